"""Every text that readers find in a file, those that are JSON taken apart; a file that is not sound fails there."""

import csv
import gzip
import json
import re
import zipfile

import cad_dgn
import cad_dwg
import dataset_geoarrow
import dataset_gis
import dataset_polish
import dataset_sheets
import dataset_sql
import hostile
from lxml import etree
import mapbox_vector_tile
import networkx
import numpy
import osmium
import pictures_ground
import pictures_layers
import pictures_plain
import pictures_tiles
from PIL import Image
import pmtiles.reader
import print_cgm
import print_corel
import print_diagrams
import print_metafiles
import print_opendocument
import print_openxml
from psd_tools import PSDImage
import pyarrow.parquet
import pyogrio
import shapely
import test_cad
import test_solid
import tools
import typst


def strings(value):
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, (list, tuple, numpy.ndarray)):
        for one in value:
            yield from strings(one)
    elif isinstance(value, str):
        yield value
        if value[:1] == "{":
            try:
                yield from strings(json.loads(value))
            except json.JSONDecodeError:
                pass


def of_json(path):
    return strings(json.loads(path.read_bytes()))


def of_xml(path):
    root = etree.parse(path, etree.XMLParser(huge_tree=True, resolve_entities=False)).getroot()
    for element in root.iter(etree.Element):
        yield from strings(element.text)
        yield from strings(list(element.attrib.values()))


def of_gdal(path):
    for name, _ in pyogrio.list_layers(path):
        meta, _, geometry, columns = pyogrio.raw.read(path, layer=name)
        assert geometry is None or not shapely.is_missing(shapely.from_wkb(geometry)).any()
        for column in columns:
            yield from strings(list(column))
        # Tags that go on from one column to the next.
        pieces = [column for field, column in zip(meta["fields"], columns) if re.fullmatch(r"tags(_\d+)?", field)]
        yield from strings(["".join(filter(None, row)) for row in zip(*pieces)] if len(pieces) > 1 else [])


def of_package(ending, read):
    """Every file of a ZIP with an ending, read apart; what is left is there and whole."""

    def texts(path):
        folder = path.with_suffix(".files")
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
            package.extractall(folder)
        files = sorted(folder.rglob(f"*{ending}"))
        assert files
        for file in files:
            yield from read(file)

    return texts


def of_table(delimiter):
    def texts(path):
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file, delimiter=delimiter, strict=True)
        assert {len(row) for row in rows} == {len(head)} and len(rows) == 3 * len(hostile.NAMES)
        yield from strings(rows)

    return texts


def of_osm(path):
    for thing in osmium.FileProcessor(str(path)):
        for tag in thing.tags:
            yield tag.k
            yield tag.v


def of_tiles(tiles):
    highest = max(z for z, _, _ in tiles)
    for (z, _, _), data in tiles.items():
        for layer in mapbox_vector_tile.decode(data).values():
            for feature in layer["features"] if z == highest else ():
                yield from strings(feature["properties"])


def of_pmtiles(path):
    with path.open("rb") as file:
        tiles = pmtiles.reader.all_tiles(pmtiles.reader.MmapSource(file))
        yield from of_tiles({address: gzip.decompress(data) for address, data in tiles})


def of_frames(frames):
    for table in frames.values():
        for column in table.columns.values():
            yield from strings(list(column))


def of_design(path):
    _, _, data = cad_dgn.elements(path)
    return [one["name"][: hostile.WESTERN] for one in data if "name" in one]


def of_dxf(path):
    document, auditor = test_cad.opened(path)
    assert [str(fault) for fault in (*auditor.errors, *auditor.fixes)] == []
    for entity in document.modelspace():
        texts = [entity.dxf.text] if entity.dxftype() == "TEXT" else []
        for tag in entity.get_xdata("MAPWRIGHT") if entity.has_xdata("MAPWRIGHT") else ():
            # What is too long for one goes on in the next.
            if tag.value[:1] == "+":
                texts[-1] += tag.value[1:]
            else:
                texts += tag.value.removeprefix("tag:").split("=", 1)
        # Letters beyond the first plane are two codes.
        yield from (text.encode("utf-16", "surrogatepass").decode("utf-16") for text in texts)


def of_dwg(path):
    """A point, a line and an area of each name are there on layers of their own; names that have room are told."""
    things = cad_dwg.model(path)
    lines = [thing["layer"] for thing in things if thing["kind"] == "LWPOLYLINE"]
    assert len(lines) == 2 * len(hostile.NAMES) and "0" not in lines
    assert sum(thing["kind"] in ("INSERT", "POINT") for thing in things) == len(hostile.NAMES)
    attributes = {thing["text"] for thing in cad_dwg.read(path)["entities"] if thing.get("tag") == "NAME"}
    texts = {thing["text"].replace("\\P", " ") for thing in things if thing["kind"] in ("TEXT", "MTEXT")} | attributes
    assert sum(hostile.spaced(hostile.read(name)).strip() in texts for name in hostile.NAMES) > 10
    return ()


def most(labels, least=30):
    """Labels have room on a sheet, or not; what has no sign in a font is not drawn."""
    plain = " ".join(map(hostile.label, labels))
    assert sum(hostile.label(hostile.read(name)) in plain for name in hostile.NAMES) > least
    return ()


def of_drawing(path):
    """Labels of an SVG; lines of one are one text."""
    document = gzip.decompress(path.read_bytes()) if path.suffix == ".svgz" else path.read_bytes()
    root = etree.fromstring(document, etree.XMLParser(resolve_entities=False))
    assert not list(root.iter("{*}script"))
    return most(["".join(text.itertext()) for text in root.iter("{*}text")])


def set_apart(labels):
    """Labels of formats that have a text for each piece: what must be shaped is outlines there."""
    return most(labels, 25)


def of_opendocument(path):
    return set_apart(["".join(text.itertext()) for text in print_opendocument.page(path).iter(f"{print_opendocument.TEXT}p")])


def of_slide(path):
    (whole,) = print_openxml.slide(path)[1].shapes
    return set_apart([shape.text_frame.text for shape in print_openxml.shapes(whole) if shape.has_text_frame])


def of_word(path):
    return set_apart([text.text or "" for text in print_openxml.document(path).element.body.iter("{*}t")])


def of_visio(path):
    assert etree.fromstring(print_openxml.visio(path)).findall(".//{*}path")
    page = print_openxml.part(path, "visio/pages/page1.xml")
    return set_apart(["".join(text.itertext()) for text in page.iter(f"{print_openxml.VISIO}Text")])


def of_attributes(element, name):
    """Labels of a document of XML that stand in attributes."""
    return lambda path: set_apart([found.get(name) or "" for found in etree.parse(path).getroot().iter(element)])


def of_diagram(path):
    assert etree.fromstring(print_diagrams.dia(path)).findall(".//{*}path")
    return set_apart([(text.text or "")[1:-1] for text in print_diagrams.diagram(path).iter(f"{print_diagrams.DIA}string")])


def of_figure(path):
    assert print_diagrams.figure(path).findall(".//{*}polygon")
    return ()


def of_scene(path):
    return set_apart([element["text"] for element in json.loads(path.read_bytes())["elements"] if element["type"] == "text"])


def of_typst(path):
    typst.compile(str(path), output=str(path.with_suffix(".pdf")), font_paths=[str(print_diagrams.FONTS)])
    assert "No syntax or stream encoding errors" in tools.run("qpdf", "--check", path.with_suffix(".pdf"))
    return set_apart([tools.run("pdftotext", "-raw", path.with_suffix(".pdf"), "-")])


def of_tex(path):
    """Nothing in a text is a command or a group; the program that sets it is of the second ring."""
    nodes = re.findall(r"^\\node\[.*?\] at \(.*?\) \{(.*)\};$", path.read_text(encoding="utf-8"), re.M)
    rest = [re.sub(r"\\(text\w+\{\}|[#$%&_{}])|\{[-`',!?]\}", "", node) for node in nodes]
    assert nodes and not [text for text in rest if re.search(r"[\\{}#$%&_^~]", text)]
    return ()


def of_page(path):
    tools.run("mutool", "draw", "-q", "-o", path.with_suffix(".png"), path)
    return ()


def of_pdf(path):
    assert "No syntax or stream encoding errors" in tools.run("qpdf", "--check", path)
    return most([tools.run("pdftotext", "-raw", path, "-")])


def of_postscript(path):
    """What Ghostscript makes of it; glyphs are outlines there."""
    tools.run("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=nullpage", path)
    text = path.read_bytes().decode("ascii")
    assert max(map(len, text.splitlines())) <= 255
    return ()


def of_corel(path):
    """libcdr draws it; its SVG is sound where the texts in it are."""
    assert etree.fromstring(print_corel.picture(path)).findall(".//{*}path")
    return ()


def of_emf(path):
    """emf2svg does not escape what would end its CDATA."""
    print_metafiles.records(path)
    assert etree.fromstring(print_metafiles.emf(path), etree.XMLParser(recover=True)).findall(".//{*}path")
    return ()


def of_wmf(path):
    print_metafiles.wmf_records(path)
    return ()


def of_cgm(path):
    assert print_cgm.structures(path)
    return ()


def of_plot(path):
    lines, _ = print_metafiles.moves(path)
    assert lines and print_metafiles.plot(path)
    return ()


def of_picture(path):
    with Image.open(path) as picture:
        picture.load()
    return ()


def of_pieces(tiles):
    """Every tile of a set is a picture; a database is sound."""

    def of(path):
        if path.suffix != ".zip":
            pictures_tiles.whole(path)
        found = tiles(path)
        assert found and all(pictures_tiles.picture(data).any() for data in found.values())
        return ()

    return of


def of_zipped_picture(path):
    with pictures_ground.unpacked(path) as folder:
        return [text for file in folder.rglob("*.png") for text in of_picture(file)]


def of_overlay(path):
    root, overlays = pictures_ground.kml(path)
    assert overlays and root.findall(".//{*}GroundOverlay")
    return ()


def of_layers(path):
    """Painting programs list the layers, and flatten them."""
    if path.suffix == ".psd":
        assert len(PSDImage.open(path)) > 1
    elif path.suffix == ".ora":
        assert len(list(pictures_layers.ora(path).children)) > 1
    else:
        assert len(pictures_layers.xcf(path).raw_layers) > 1
    return ()


def of_light(path):
    assert pictures_plain.exr_header(path)
    return ()


def of_sixel(path):
    tools.run("sixel2png", "-i", path, "-o", path.with_suffix(".png"))
    return of_picture(path.with_suffix(".png"))


def of_terminal(path):
    """No control but colours and ends of lines."""
    assert not re.search(r"[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f]", re.sub("\x1b\\[[0-9;]*m", "", path.read_text(encoding="utf-8")))
    return ()


def of_model(path):
    assert len(test_solid.document(path).meshes if path.suffix == ".glb" else test_solid.print_of(path).faces)
    return ()


def of_lines(read):
    def texts(path):
        assert not shapely.is_missing(read([line.rpartition(";")[2] for line in path.read_text().splitlines()])).any()
        return ()

    return texts


def of_graph(path):
    network = networkx.read_graphml(path)
    for _, _, said in network.edges(data=True):
        yield from strings(said)


def of_workbook(path):
    """Cells as openpyxl has them: none is a formula."""
    for rows in dataset_sheets.workbook(path)[1].values():
        yield from strings(rows)


def of_sqlite(path):
    with dataset_gis.opened(dataset_sql.loaded(path)) as db:
        assert [row[0] for row in db.execute("PRAGMA integrity_check")] == ["ok"]
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%\"geom\" TEXT%'").fetchall():
            yield from strings(db.execute(f'SELECT * FROM "{name}"').fetchall())


def of_database(read):
    def texts(path):
        with dataset_gis.opened(path) as db:
            assert [row[0] for row in db.execute("PRAGMA integrity_check")] == ["ok"]
        return read(path)

    return texts


def of_parquet(path):
    return of_columns(pyarrow.parquet.read_table(path).drop(["geometry", "bbox"]))


def of_arrow(path):
    return of_columns(dataset_geoarrow.arrow(path)[1].drop(["geometry"]))


def of_columns(table):
    for row in table.to_pylist():
        yield from strings({**row, "tags": dict(row["tags"])})


def of_polish(path):
    for section in dataset_polish.sections(path)[1]:
        yield from strings(section.said)

"""DGN: the drawing of DXF, as GDAL and ezdgn read design files."""

import json
import re
import unicodedata
from collections import Counter

import ezdgn
import ezdxf
import numpy
import pyogrio
import shapely
import test_cad
from tools import cache

# Types of elements.
CHAIN, COMPLEX_SHAPE = 12, 14
# The level of the table beside the drawing.
TABLE = 63
# What is a thing of the drawing, and not the head of the file.
DRAWN = ("Cell", "Line", "LineString", "Shape", "ComplexChain", "ComplexShape", "Text", "TextNode")


@cache
def elements(path):
    """What GDAL finds: fields by name, shapes, and what our data say of each."""
    # Its quick count passes over parts of cells that follow a chain, and pyogrio reads as many as are counted.
    all_of_them = "SELECT *, OGR_STYLE FROM elements WHERE Type > 0"
    meta, _, shapes, fields = pyogrio.raw.read(path, sql=all_of_them, encoding="cp1252")
    found = dict(zip(meta["fields"], fields, strict=True))
    return found, shapely.from_wkb(shapes), [said(links) for links in found["ULink"]]


def said(links):
    """Our data: words as GDAL hands them out, which are text."""
    ours = json.loads(links or "{}").get(str(int.from_bytes(b"MW", "little")), [])
    if not ours:
        return {}
    text = b"".join(int(word, 16).to_bytes(2, "little") for word in ours[0]["raw"][2:]).rstrip(b"\0").decode("cp1252")
    return dict(part.split("=", 1) for part in text.split(";", 2))


@cache
def design(path):
    return ezdgn.readfile(path)


@cache
def levels(path):
    """The level of each layer, as the table says."""
    found, _, _ = elements(path)
    lines = [text for text, level in zip(found["Text"], found["Level"]) if level == TABLE]
    words = " ".join(lines[lines.index("Levels:") + 1 :])
    rows = re.findall(r"(?:^|(?<=[^,]) )(\d+) (.+?)(?= \d+ |$)", words)
    named = {layer: int(level) for level, layers in rows for layer in layers.split(", ")}
    assert sorted(set(named.values())) == list(range(1, len(set(named.values())) + 1)) and max(named.values()) < TABLE
    return named


def drawing(artefact):
    """DXF of the same map, without what this format has not."""
    document, _ = test_cad.opened(artefact.sibling("dxf").path)
    return document, [entity for entity in document.modelspace() if not entity.dxf.layer.endswith("-hatch")]


def beyond(artefact):
    """Whether names were cut: letters beyond Western Europe are codes, of which fewer fit into a text."""
    return any("names are longer than a text of this version" in note for note in artefact.notes)


def lies_on_levels_as_dxf_on_layers(artefact):
    """As many things on each level as on the layers that the table names; a filling is one for each outer ring."""
    named, wanted = levels(artefact.path), Counter()
    for entity in drawing(artefact)[1]:
        outer = [path for path in entity.paths if path.path_type_flags & 1] if entity.dxftype() == "HATCH" else [entity]
        wanted[named[entity.dxf.layer]] += len(outer)
    roots = [one for one in design(artefact.path).root_elements if type(one).__name__ in DRAWN]
    found = Counter(one.record.level for one in roots)
    assert found.pop(TABLE) > 20
    # Names that had to be cut find room along streets that are too short for them whole.
    cut = {named[layer] for layer in named if layer.startswith("names-")} if beyond(artefact) else set()
    more = Counter({level: count for level, count in (found - wanted).items() if level in cut})
    assert found - more == wanted and sum(more.values()) < 20 and sum(found.values()) > 2000
    assert set(found) == set(named.values())
    kinds = Counter(entity.dxftype() for entity in drawing(artefact)[1])
    cells = Counter(bool(one.name.strip()) for one in roots if type(one).__name__ == "Cell")
    nodes = sum(type(one).__name__ == "TextNode" for one in roots)
    assert (cells[True], nodes) == (kinds["INSERT"], kinds["MTEXT"]) and cells[False] > 0
    note = next(note for note in artefact.notes if "Layers lie on levels" in note)
    assert all(layer in note for layer in named)


def lies_where_dxf_does(artefact):
    """Within a millimetre, in the system's own coordinates; lines are as long, areas of buildings as large."""
    found, shapes, data = elements(artefact.path)
    document, entities = drawing(artefact)
    lines = [entity for entity in entities if entity.dxftype() == "LWPOLYLINE"]
    places = numpy.concatenate([test_cad.places(line) for line in lines])
    # Symbols are filled, places are lines without length.
    drawn = numpy.array([bool(one) and "BRUSH" not in style for one, style in zip(data, found["OGR_STYLE"])])
    ours = shapely.total_bounds(shapes[drawn & (shapely.length(shapes) > 0)])
    assert numpy.allclose(ours, [*places.min(0), *places.max(0)], atol=1e-3, rtol=0)
    rings = [shapely.Polygon(test_cad.places(line)) for line in lines if line.closed and line.dxf.layer.startswith("buildings-")]
    whole = [shape for shape, one in zip(shapes, data) if one.get("class", "").startswith("buildings.") and shape.geom_type == "Polygon"]
    assert len(whole) == len(rings) > 100
    ours, theirs = (shapely.area(numpy.array(areas, dtype=object)) for areas in (whole, rings))
    # A corner is at most half a millimetre off in each direction.
    assert numpy.allclose(ours, theirs, atol=1e-3 * shapely.length(numpy.array(rings, dtype=object)).max(), rtol=0)
    assert numpy.isclose(ours.sum(), theirs.sum(), rtol=1e-5)
    roads = [line for line in lines if not line.closed and line.dxf.layer.startswith("roads-")]
    length = sum(shapely.LineString(test_cad.places(line)).length for line in roads)
    ours = [shape for shape, one in zip(shapes, data) if one.get("class", "").startswith("roads.") and "Line" in shape.geom_type]
    assert numpy.isclose(shapely.length(numpy.array(ours, dtype=object)).sum(), length, rtol=1e-5)


def long_lines_are_whole(artefact):
    """Those of more than 101 points are chains and shapes of strings."""
    found, shapes, _ = elements(artefact.path)
    sizes = Counter(len(line) + line.closed for line in drawing(artefact)[1] if line.dxftype() == "LWPOLYLINE")
    long = sum(count for size, count in sizes.items() if size > 101)
    complex_ones = numpy.isin(found["Type"], (CHAIN, COMPLEX_SHAPE))
    filled = numpy.array(["BRUSH" in (style or "") for style in found["OGR_STYLE"]])
    assert (complex_ones & ~filled).sum() >= long
    assert all(shape.geom_type == "Polygon" for shape in shapes[found["Type"] == COMPLEX_SHAPE])
    # ezdgn counts the words of whatever holds others.
    read = design(artefact.path)
    assert not read.repaired_containers and len(read.unsupported_elements) <= 4
    holes = sum(bool(one.common_header.properties.h_bit) for one in read.all_entities if type(one).__name__ in ("Shape", "ComplexShape"))
    assert holes > 10


def has_colours_weights_and_styles(artefact):
    """Colours of the layers are those of a DXF with true colours, or near; paths are dashed, streets wide."""
    found, _, data = elements(artefact.path)
    document, _ = test_cad.opened(artefact.sibling("dxf-2018").path)
    colours = {}
    for level, style, one in zip(found["Level"], found["OGR_STYLE"], data):
        if one and (color := re.search(r"PEN\(.*?c:#(\w{6})", style)):
            colours[one["class"].replace(".", "-", 1)] = bytes.fromhex(color[1])
    assert len(colours) > 40 and len(set(colours.values())) > 20
    for layer, rgb in colours.items():
        row = document.layers.get(layer)
        ink, near = row.color == 7 and row.rgb is None, row.rgb or ezdxf.colors.aci2rgb(row.color)
        assert rgb == bytes(3) if ink else max(abs(a - b) for a, b in zip(rgb, near)) < 70, layer
    brushes = {style.split("fc:#")[1][:6] for style in found["OGR_STYLE"] if style and "BRUSH" in style}
    assert len(brushes) > 10
    styles = {one["class"]: style for style, one in zip(found["Style"], data) if one}
    assert styles["roads.path"] > 0 and styles["roads.residential"] == 0
    weights = {one["class"]: weight for weight, one in zip(found["Weight"], data) if one}
    assert weights["roads.residential"] > weights["roads.footway"] and max(weights.values()) <= 31


def has_names_and_ids(artefact):
    """Texts are those of DXF, with letters beyond Western Europe as codes; heights are those that were asked for."""
    found, _, data = elements(artefact.path)
    document, entities = drawing(artefact)
    texts = Counter(text for text, level in zip(found["Text"], found["Level"]) if text and level != TABLE)
    wanted, cut = Counter(), 0
    for entity in entities:
        if entity.dxftype() in ("TEXT", "MTEXT"):
            lines = [entity.dxf.text] if entity.dxftype() == "TEXT" else entity.text.split("\\P")
            lines = ["".join(map(letter, line.replace("\\\\", "\\"))) for line in lines]
            # A text has 255 bytes.
            if len(" ".join(lines)) <= 255:
                wanted.update(lines)
            else:
                cut += len(lines)
    assert not wanted - texts, list(wanted - texts)[:9]
    # What is cut may find room along more streets.
    assert sum((texts - wanted).values()) <= 2 * cut and cut < 0.2 * sum(texts.values())
    ids = Counter(one["osm"] for one in data if one)
    xdata = {
        "".join(dict(tag.value.split("=", 1) for tag in entity.get_xdata("MAPWRIGHT") if "=" in tag.value)[key] for key in ("osm_type", "osm_id"))
        for entity in entities
        if entity.has_xdata("MAPWRIGHT")
    }
    assert xdata == set(ids) and len(ids) > 1000
    heights = {round(float(style.split(",s:")[1].split("g")[0]), 2) for style in found["OGR_STYLE"] if style and "LABEL" in style}
    # GDAL tells whole units.
    known = {int((text.dxf.height if text.dxftype() == "TEXT" else text.dxf.char_height) + 1e-6) for text in entities if text.dxftype() in ("TEXT", "MTEXT")}
    assert len(heights) > 1 and heights <= known
    angles = [abs((int(a[1]) + 180) % 360 - 180) for style in found["OGR_STYLE"] if style and (a := re.search(r",a:(-?\d+)", style))]
    turned = sum(abs(text.dxf.rotation) > 1e-9 for text in entities if text.dxftype() == "TEXT")
    assert len(angles) == turned > 10 and max(angles) <= 91


def letter(one):
    """As it is written: itself, without its mark, or its code."""
    if not test_cad.beyond(one):
        return one
    base = "ș" <= one <= "ț" or "Ā" <= one <= "ſ"
    if base and (ascii := unicodedata.normalize("NFKD", one)[0]).isascii():
        return ascii
    return {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}.get(one) or "".join(f"\\U+{unit:04X}" for unit in numpy.frombuffer(one.encode("utf-16-le"), "<u2"))


def says_what_it_is(artefact):
    read = design(artefact.path)
    settings = read.design_settings
    assert (settings.dimension, settings.subunits_per_master, settings.uor_per_subunit) == (2, 1000, 1)
    assert (settings.master_unit_label.strip(), settings.sub_unit_label) == (b"m", b"mm")
    lines = [text for text, level in zip(*(elements(artefact.path)[0][name] for name in ("Text", "Level"))) if level == TABLE]
    epsg = test_cad.system(artefact.sibling("dxf"))
    assert any(f"EPSG:{epsg}, metres" in line for line in lines)
    assert artefact.path.read_bytes().endswith(b"\xff\xff")


ROWS = {
    "dgn": (
        says_what_it_is,
        lies_on_levels_as_dxf_on_layers,
        lies_where_dxf_does,
        long_lines_are_whole,
        has_colours_weights_and_styles,
        has_names_and_ids,
    )
}


def credit(path):
    return " ".join(text for text in elements(path)[0]["Text"] if text)


CREDITS = {"dgn": credit}

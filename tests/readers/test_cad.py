"""Formats of the pack `cad`."""

import colorsys
import json
import re
from collections import Counter

import ezdxf
import numpy
import pyogrio
import pyproj
import reference
import shapely
from ezdxf import recover
from tools import cache

# What each says of itself: its version, whether it is lines or bytes, and what its lines are made of.
VERSIONS = {
    "dxf": ("AC1015", False, "LWPOLYLINE"),
    "dxf-r12": ("AC1009", False, "POLYLINE"),
    "dxf-2004": ("AC1018", False, "LWPOLYLINE"),
    "dxf-2007": ("AC1021", False, "LWPOLYLINE"),
    "dxf-2010": ("AC1024", False, "LWPOLYLINE"),
    "dxf-2013": ("AC1027", False, "LWPOLYLINE"),
    "dxf-2018": ("AC1032", False, "LWPOLYLINE"),
    "dxf-binary": ("AC1024", True, "LWPOLYLINE"),
}


@cache
def opened(path):
    """The drawing, and what is wrong with it. What recovers files does not read bytes."""
    if path.read_bytes().startswith(b"AutoCAD Binary DXF\r\n\x1a\x00"):
        document = ezdxf.readfile(path)
        return document, document.audit()
    return recover.readfile(path)


def lines(artefact):
    document, _ = opened(artefact.path)
    return document.modelspace().query(VERSIONS[artefact.format][2])


def places(line):
    return numpy.array(line.get_points("xy") if line.dxftype() == "LWPOLYLINE" else [(x, y) for x, y, _ in line.points()])


def closed(line):
    return line.closed if line.dxftype() == "LWPOLYLINE" else line.is_closed


def dxf_is_without_faults(artefact):
    document, auditor = opened(artefact.path)
    assert [str(fault) for fault in (*auditor.errors, *auditor.fixes)] == []
    version, binary, _ = VERSIONS[artefact.format]
    assert document.dxfversion == version
    assert binary == artefact.path.read_bytes().startswith(b"AutoCAD Binary DXF\r\n\x1a\x00")
    # R12 has no place for the unit.
    assert version == "AC1009" or document.header["$INSUNITS"] == 6


def system(artefact):
    """The system of coordinates: of the comments at the head, else of the drawing's properties."""
    document, _ = opened(artefact.path)
    head = artefact.path.read_bytes()[:300].decode("latin-1")
    if "$COMMENTS" in document.header:
        head = document.header["$COMMENTS"]
    assert "OpenStreetMap contributors, ODbL" in head
    return re.search(r"EPSG:(\d+), metres", head)[1]


def dxf_lies_where_pyproj_says(artefact):
    document, _ = opened(artefact.path)
    west, south, east, north = reference.bounds(artefact.source)
    forth = pyproj.Transformer.from_crs(4326, int(system(artefact)), always_xy=True)
    x, y = forth.transform((west + east) / 2, (south + north) / 2)
    least, most = (numpy.array(document.header[name][:2]) for name in ("$EXTMIN", "$EXTMAX"))
    assert numpy.allclose((least + most) / 2, (x, y), atol=0.01)
    left, right = forth.transform(west, (south + north) / 2), forth.transform(east, (south + north) / 2)
    assert abs((most - least)[0] - numpy.hypot(right[0] - left[0], right[1] - left[1])) < 0.01
    points = numpy.concatenate([places(line) for line in lines(artefact)])
    assert (points >= least - 0.002).all() and (points <= most + 0.002).all()


def dxf_has_the_buildings_of_the_geojson(artefact):
    """As many buildings as lie in the frame, each once, on the layer of its class."""
    document, _ = opened(artefact.path)
    least, most = (document.header[name] for name in ("$EXTMIN", "$EXTMAX"))
    frame = shapely.box(*least[:2], *most[:2])
    forth = pyproj.Transformer.from_crs(4326, int(system(artefact)), always_xy=True)
    expected = Counter()
    for feature in json.loads(artefact.sibling("geojson").path.read_bytes())["features"]:
        properties = feature["properties"]
        shape = shapely.geometry.shape(feature["geometry"])
        if properties["layer"] != "buildings" or shape.geom_type != "Polygon":
            continue
        shape = shapely.transform(shape, lambda points: numpy.array(forth.transform(*points.T)).T)
        if shape.buffer(0.1).within(frame):
            expected[f"buildings-{properties['class']}"] += 1 + len(shape.interiors)
    found = Counter(
        line.dxf.layer.lower()
        for line in lines(artefact)
        if line.dxf.layer.lower().startswith("buildings-") and closed(line)
    )
    assert sum(expected.values()) > 100
    for layer, count in expected.items():
        # Those that the frame cuts and those of several polygons come on top.
        assert count <= found[layer] <= count * 1.1 + 40, layer


def plain(text):
    """What a text says, on one line."""
    return text.dxf.text if text.dxftype() == "TEXT" else text.plain_text().replace("\n", " ")


def dxf_has_names_and_attributes(artefact):
    document, _ = opened(artefact.path)
    texts = {plain(text) for text in document.modelspace().query("TEXT MTEXT")}
    assert "© OpenStreetMap contributors, ODbL" in texts
    assert len(texts & reference.street_names(artefact.source)) >= 10
    ids = set()
    for line in lines(artefact):
        data = dict(tag.value.split("=", 1) for tag in line.get_xdata("MAPWRIGHT") if "=" in tag.value)
        wanted = f"{data['layer']}-{data['class']}"
        assert line.dxf.layer == (wanted.upper() if artefact.format == "dxf-r12" else wanted)
        ids.add(f"{data['osm_type']}{data['osm_id']}")
    known = reference.features(artefact.source)
    assert len(ids & known.keys()) > 300


def dxf_has_the_colours_of_the_style(artefact):
    document, _ = opened(artefact.path)
    colours = {layer.dxf.name.lower(): layer.rgb or ezdxf.colors.aci2rgb(layer.color) for layer in document.layers}
    water = [rgb for name, rgb in colours.items() if name.startswith("water-")]
    assert any(rgb[2] > rgb[0] for rgb in water)
    assert len(set(colours.values())) > 5


def things(path):
    """How many things of each kind lie on each layer, whatever the version writes of them."""
    document, _ = opened(path)
    found = Counter()
    for entity in document.modelspace().query("LWPOLYLINE POLYLINE POINT INSERT"):
        kind = entity.dxftype().removeprefix("LW")
        size = len(places(entity)) if kind == "POLYLINE" else 0
        found[kind, entity.dxf.layer.lower(), size] += 1
    return found


def dxf_has_what_the_one_of_2000_has(artefact):
    """The same lines with as many corners and the same symbols; those that hold as much have the same texts and fillings."""
    other = artefact.sibling("dxf")
    # Symbols that have no room are points; in R12, where names have one line, others have.
    found, wanted = things(artefact.path), things(other.path)
    assert sum(found.values()) > 500
    (document, _), (twin, _) = opened(artefact.path), opened(other.path)
    if artefact.format == "dxf-r12":
        lines = lambda counts: Counter({row: count for row, count in counts.items() if row[0] == "POLYLINE"})
        assert lines(found) == lines(wanted)
        return
    assert found == wanted
    texts = lambda drawing: Counter(plain(text) for text in drawing.modelspace().query("TEXT MTEXT"))
    assert texts(document) == texts(twin)
    fillings = lambda drawing: Counter((hatch.dxf.layer, len(hatch.paths.paths)) for hatch in drawing.modelspace().query("HATCH"))
    assert fillings(document) == fillings(twin)
    used = lambda drawing: {entity.dxf.layer.lower() for entity in drawing.modelspace()}
    assert used(document) == used(twin) <= {layer.dxf.name.lower() for layer in document.layers}


def area(rings):
    """Of rings, even-odd."""
    shape = shapely.Polygon()
    for ring in rings:
        shape = shape.symmetric_difference(shapely.make_valid(shapely.Polygon(ring)))
    return shape.area


def dxf_is_read_by_gdal(artefact):
    """As many lines on each layer as ezdxf finds, with as many corners, and the same texts; blocks come apart there."""
    # GDAL has to be told of UTF-8, which files are in since 2007 whatever they say.
    pyogrio.set_gdal_config_options({"DXF_ENCODING": "UTF-8"})
    _, _, shapes, fields = pyogrio.raw.read(artefact.path, columns=["Layer", "SubClasses", "Text"])
    pyogrio.set_gdal_config_options({"DXF_ENCODING": None})
    shapes = shapely.from_wkb(shapes)
    document, _ = opened(artefact.path)
    wanted = Counter((line.dxf.layer, len(places(line)) + closed(line)) for line in lines(artefact))
    found = Counter()
    rows = zip(fields[0], fields[1], shapes, strict=True)
    for layer, kind, shape in rows:
        if "AcDbPolyline" in kind and layer != "0":
            found[layer, shapely.get_num_coordinates(shape)] += 1
    symbols = {insert.dxf.layer for insert in document.modelspace().query("INSERT")}
    wanted, found = (Counter({row: count for row, count in rows.items() if row[0] not in symbols}) for rows in (wanted, found))
    assert found == wanted and sum(found.values()) > 300
    texts = {text.dxf.text for text in document.modelspace().query("TEXT")}
    assert len(texts & set(fields[2])) > 0.9 * len(texts)


def dxf_has_the_fillings_of_its_outlines(artefact):
    """What hatches fill is what the outlines of buildings hold, holes left out; they lie below them."""
    document, _ = opened(artefact.path)
    filled, held = Counter(), {}
    for hatch in document.modelspace().query("HATCH"):
        if hatch.dxf.layer.startswith("buildings-") and hatch.dxf.solid_fill:
            filled[hatch.dxf.layer.removesuffix("-fill")] += area([[point[:2] for point in path.vertices] for path in hatch.paths.paths])
    for line in lines(artefact):
        if line.dxf.layer.startswith("buildings-") and line.closed:
            data = tuple(tag.value for tag in line.get_xdata("MAPWRIGHT")[:2])
            held.setdefault((line.dxf.layer, data), []).append(places(line))
    outlines = Counter()
    for (layer, _), rings in held.items():
        outlines[layer] += area(rings)
    assert len(filled) > 2
    for layer, size in filled.items():
        assert numpy.isclose(size, outlines[layer], rtol=1e-6), layer
    # The outline of each area lies on its filling.
    things = list(document.modelspace())
    for below, above in zip(things, things[1:]):
        if below.dxf.layer == "buildings-building-fill":
            assert (above.dxftype(), above.dxf.layer) == ("LWPOLYLINE", "buildings-building")


def dxf_has_names_along_streets(artefact):
    """At least 95 in a hundred within 5 degrees of a street of that name, none upside down."""
    document, _ = opened(artefact.path)
    streets = {}
    for line in lines(artefact):
        data = dict(tag.value.split("=", 1) for tag in line.get_xdata("MAPWRIGHT") if "=" in tag.value)
        if data["layer"] == "roads" and not closed(line):
            for name in {value for key, value in data.items() if key.startswith(("name", "tag:name"))}:
                streets.setdefault(name, []).append(places(line))
    right = seen = 0
    for text in document.modelspace().query("TEXT"):
        if text.dxf.layer.lower() != "names-roads" or text.dxf.text not in streets:
            continue
        assert -90.001 < text.dxf.rotation <= 90.001
        at, best = numpy.array([text.dxf.align_point.x, text.dxf.align_point.y]), None
        for points in streets[text.dxf.text]:
            steps = points[1:] - points[:-1]
            lengths = (steps**2).sum(axis=1)
            keep = lengths > 0
            steps, starts, lengths = steps[keep], points[:-1][keep], lengths[keep]
            along = numpy.clip(((at - starts) * steps).sum(axis=1) / lengths, 0, 1)
            away = numpy.hypot(*(starts + along[:, None] * steps - at).T)
            near = int(away.argmin())
            if best is None or away[near] < best[0]:
                best = away[near], numpy.degrees(numpy.arctan2(steps[near][1], steps[near][0]))
        turn = abs((text.dxf.rotation - best[1] + 90) % 180 - 90)
        seen += 1
        right += best[0] < text.dxf.height and turn <= 5
    assert seen >= 10 and right >= 0.95 * seen, (right, seen)


def dxf_has_symbols_with_attributes(artefact):
    document, _ = opened(artefact.path)
    inserts = document.modelspace().query("INSERT")
    assert len(inserts) > 10
    for insert in inserts:
        data = dict(tag.value.split("=", 1) for tag in insert.get_xdata("MAPWRIGHT") if "=" in tag.value)
        said = {attribute.dxf.tag: attribute.dxf.text for attribute in insert.attribs}
        assert said["OSM_ID"] == f"{data['osm_type']}{data['osm_id']}" and said["CLASS"] == f"{data['layer']}.{data['class']}"
        assert len(list(insert.block())) > 0
    assert len({insert.dxf.name for insert in inserts}) > 1


def dxf_has_a_sheet(artefact):
    """A view at the scale of the sheet, with the title, the terms and the scale around it; lines with weights, a font of Unicode."""
    document, _ = opened(artefact.path)
    # What GDAL takes for a part of the model lies on the layout of the block *Paper_Space: that one is empty.
    assert document.layout_names_in_taborder()[1:] == ["Map", "Layout1"] and len(document.layout("Layout1").query("TEXT LWPOLYLINE")) == 0
    sheet = document.layout("Map")
    least, most = document.header["$EXTMIN"], document.header["$EXTMAX"]
    views = [view for view in sheet.query("VIEWPORT") if abs(view.dxf.view_height - (most[1] - least[1])) < 0.01]
    assert len(views) == 1
    [view] = views
    said = {text.dxf.text for text in sheet.query("TEXT")}
    scale = view.dxf.view_height / view.dxf.height * 1000
    # What is drawn is at most a few thousandths from what is on the ground: no projection is true everywhere.
    assert any(text.startswith("1:") and abs(int(text[2:].replace(",", "")) / scale - 1) < 0.005 for text in said)
    assert "© OpenStreetMap contributors, ODbL" in said and "OpenStreetMap" in said
    assert numpy.allclose(list(view.dxf.view_center_point)[:2], ((least[0] + most[0]) / 2, (least[1] + most[1]) / 2), atol=0.01)
    assert sum(layer.dxf.lineweight > 0 for layer in document.layers) > 10
    assert document.styles.get("Names").dxf.font.lower() == "arial.ttf"


def dxf_knows_its_place(artefact):
    document, _ = opened(artefact.path)
    assert document.modelspace().get_geodata().get_crs() == (int(system(artefact)), True)


def dxf_r12_has_names_of_r12(artefact):
    """Letters, digits and three signs, 31 at most; lines end with CRLF and are at most 255 bytes long."""
    document, _ = opened(artefact.path)
    data = artefact.path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") and max(map(len, data.split(b"\r\n"))) <= 255
    for table in (document.layers, document.linetypes):
        assert all(re.fullmatch(r"[A-Z0-9$_-]{1,31}", row.dxf.name.upper()) for row in table if "-" in row.dxf.name)
    assert {entity.dxftype() for entity in document.modelspace()} <= {"POLYLINE", "POINT", "TEXT", "INSERT"}
    coded = sum(beyond(text.dxf.text) for text in document.modelspace().query("TEXT"))
    notes = [note for note in artefact.notes if "have letters that this version has no place for" in note]
    assert [int(note.split()[0]) for note in notes] == [coded] * (coded > 0)


def beyond(text):
    """Whether a text has letters that Windows-1252 has not."""
    try:
        return not text.encode("cp1252")
    except UnicodeEncodeError:
        return True


def hue(rgb):
    return 360 * colorsys.rgb_to_hsv(*(level / 255 for level in rgb))[0]


def dxf_has_true_colours(artefact):
    """Any colour, and beside it the nearest of the 255 that older ones have."""
    document, _ = opened(artefact.path)
    other, _ = opened(artefact.sibling("dxf").path)
    true = {layer.dxf.name: layer.rgb for layer in document.layers if layer.rgb is not None}
    assert len(set(true.values())) > 10
    for name, rgb in true.items():
        nearest = ezdxf.colors.aci2rgb(other.layers.get(name).color)
        # The palette has few pale colours: a tint becomes a stronger one of its hue, not a grey.
        assert max(abs(a - b) for a, b in zip(rgb, nearest, strict=True)) < 140, name
        turned = abs(hue(rgb) - hue(nearest)) % 360
        assert max(rgb) - min(rgb) < 50 or min(turned, 360 - turned) < 45, name
    assert any(ezdxf.colors.aci2rgb(other.layers.get(name).color) != rgb for name, rgb in true.items())


def dxf_has_dashes(artefact):
    """Paths are dashed in all that programs draw: a pattern has a length, which is that of its dashes and gaps."""
    document, _ = opened(artefact.path)
    dashed = [row for row in document.linetypes if "-" in row.dxf.name]
    assert len(dashed) >= 3
    for row in dashed:
        tags = row.pattern_tags.tags
        lengths = [abs(tag.value) for tag in tags if tag.code == 49]
        assert numpy.isclose(tags.get_first_value(40), sum(lengths), atol=1e-5) and row.simplified_line_pattern(), row.dxf.name
    layers = {layer.dxf.name.lower(): layer.dxf.linetype.lower() for layer in document.layers}
    assert all(layers[row.dxf.name.lower()] == row.dxf.name.lower() for row in dashed)


ALL = (
    dxf_is_without_faults,
    dxf_lies_where_pyproj_says,
    dxf_has_the_buildings_of_the_geojson,
    dxf_has_names_and_attributes,
    dxf_has_the_colours_of_the_style,
    dxf_has_dashes,
)
DRAWN = (
    *ALL,
    dxf_has_the_fillings_of_its_outlines,
    dxf_has_names_along_streets,
    dxf_has_symbols_with_attributes,
    dxf_has_a_sheet,
)
TWIN = (*DRAWN, dxf_has_true_colours, dxf_has_what_the_one_of_2000_has)
PLACE = (*TWIN, dxf_knows_its_place)
ROWS = {
    "dxf": DRAWN,
    "dxf-r12": (
        *ALL,
        dxf_has_names_along_streets,
        dxf_has_symbols_with_attributes,
        dxf_r12_has_names_of_r12,
        dxf_has_what_the_one_of_2000_has,
    ),
    "dxf-2004": TWIN,
    "dxf-2007": TWIN,
    "dxf-2010": PLACE,
    "dxf-2013": PLACE,
    "dxf-2018": (*PLACE, dxf_is_read_by_gdal),
    "dxf-binary": PLACE,
}


def comments(path):
    """Comments stand before the sections, where ezdxf passes them over; the terms stand in the drawing as well."""
    texts = opened(path)[0].modelspace().query("TEXT")
    return " ".join(text.dxf.text for text in texts if text.dxf.layer.lower() == "attribution")


CREDITS = dict.fromkeys(ROWS, comments)


def test_reader(artefact, check):
    check(artefact)

"""Formats of the pack `cad`."""

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


def dxf_has_names_and_attributes(artefact):
    document, _ = opened(artefact.path)
    texts = {text.dxf.text for text in document.modelspace().query("TEXT")}
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
    for entity in document.modelspace():
        kind = entity.dxftype().removeprefix("LW")
        size = len(places(entity)) if kind == "POLYLINE" else 0
        found[kind, entity.dxf.layer.lower(), size] += 1
    return found


def dxf_has_what_the_one_of_2000_has(artefact):
    """The same things with as many corners, the same texts, the same layers."""
    other = artefact.sibling("dxf")
    assert things(artefact.path) == things(other.path)
    assert sum(things(artefact.path).values()) > 500
    (document, _), (wanted, _) = opened(artefact.path), opened(other.path)
    # R12 cuts what is longer.
    end = 30 if artefact.format == "dxf-r12" else None
    texts = lambda drawing: Counter(text.dxf.text[:end] for text in drawing.modelspace().query("TEXT"))
    assert texts(document) == texts(wanted)
    # R12 names layers first, those of names that find no room among them.
    used = lambda drawing: {entity.dxf.layer.lower() for entity in drawing.modelspace()}
    names = lambda drawing: {layer.dxf.name.lower() for layer in drawing.layers}
    assert used(document) == used(wanted) <= names(document)
    assert {name for name in names(document) ^ names(wanted) if not name.startswith("names-")} <= {"defpoints"}


def by_gdal(artefact):
    """Layer, kind of geometry and text of each thing as GDAL reads it, and the box around all."""
    # GDAL has to be told of UTF-8, which files are in since 2007 whatever they say, and of all of Windows-1252.
    encoding = "UTF-8" if artefact.format == "dxf-2018" else "CP1252"
    pyogrio.set_gdal_config_options({"DXF_ENCODING": encoding})
    _, _, shapes, fields = pyogrio.raw.read(artefact.path, columns=["Layer", "Text"])
    pyogrio.set_gdal_config_options({"DXF_ENCODING": None})
    shapes = shapely.from_wkb(shapes)
    # It leaves codes in texts, and reads 255 bytes of a line.
    plain = lambda text: re.sub(r"\\U\+([0-9A-F]{4})", lambda code: chr(int(code[1], 16)), text or "")[:30]
    rows = zip(fields[0], shapely.get_type_id(shapes), shapely.get_num_coordinates(shapes), fields[1], strict=True)
    counts = Counter((layer.lower(), int(kind), int(size), plain(text)) for layer, kind, size, text in rows)
    return counts, shapely.total_bounds(shapes)


def dxf_is_read_by_gdal_as_the_one_of_2000_is(artefact):
    (found, box), (wanted, other) = by_gdal(artefact), by_gdal(artefact.sibling("dxf"))
    assert found == wanted and sum(found.values()) > 500
    assert numpy.allclose(box, other, atol=1e-6, rtol=0)


def dxf_r12_has_names_of_r12(artefact):
    """Letters, digits and three signs, 31 at most; lines end with CRLF and are at most 255 bytes long."""
    document, _ = opened(artefact.path)
    data = artefact.path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") and max(map(len, data.split(b"\r\n"))) <= 255
    for table in (document.layers, document.linetypes):
        assert all(re.fullmatch(r"[A-Z0-9$_-]{1,31}", row.dxf.name.upper()) for row in table if "-" in row.dxf.name)
    assert {entity.dxftype() for entity in document.modelspace()} <= {"POLYLINE", "POINT", "TEXT"}
    coded = sum(beyond(text.dxf.text) for text in document.modelspace().query("TEXT"))
    notes = [note for note in artefact.notes if "have letters that this version has no place for" in note]
    assert [int(note.split()[0]) for note in notes] == [coded] * (coded > 0)


def beyond(text):
    """Whether a text has letters that Windows-1252 has not."""
    try:
        return not text.encode("cp1252")
    except UnicodeEncodeError:
        return True


def dxf_has_true_colours(artefact):
    """Any colour, and beside it the nearest of the 255 that older ones have."""
    document, _ = opened(artefact.path)
    other, _ = opened(artefact.sibling("dxf").path)
    true = {layer.dxf.name: layer.rgb for layer in document.layers if layer.rgb is not None}
    assert len(set(true.values())) > 10
    for name, rgb in true.items():
        nearest = ezdxf.colors.aci2rgb(other.layers.get(name).color)
        assert max(abs(a - b) for a, b in zip(rgb, nearest, strict=True)) < 70, name
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
ROWS = {
    "dxf": ALL,
    "dxf-r12": (
        *ALL,
        dxf_r12_has_names_of_r12,
        dxf_has_what_the_one_of_2000_has,
        dxf_is_read_by_gdal_as_the_one_of_2000_is,
    ),
    "dxf-2018": (
        *ALL,
        dxf_has_true_colours,
        dxf_has_what_the_one_of_2000_has,
        dxf_is_read_by_gdal_as_the_one_of_2000_is,
    ),
    # GDAL does not read bytes.
    "dxf-binary": (*ALL, dxf_has_true_colours, dxf_has_what_the_one_of_2000_has),
}


def comments(path):
    """Comments stand before the sections, where ezdxf passes them over; the terms stand in the drawing as well."""
    texts = opened(path)[0].modelspace().query("TEXT")
    return " ".join(text.dxf.text for text in texts if text.dxf.layer.lower() == "attribution")


CREDITS = dict.fromkeys(ROWS, comments)


def test_reader(artefact, check):
    check(artefact)

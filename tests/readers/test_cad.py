"""Formats of the pack `cad`."""

import json
import re
from collections import Counter
from functools import cache

import ezdxf
import numpy
import pyproj
import reference
import shapely
from ezdxf import recover


@cache
def opened(path):
    document, auditor = recover.readfile(path)
    return document, auditor


def dxf_is_without_faults(artefact):
    document, auditor = opened(artefact.path)
    assert [str(fault) for fault in auditor.errors] == []
    assert document.dxfversion == "AC1015" and document.header["$INSUNITS"] == 6


def system(artefact):
    head = artefact.path.read_bytes()[:500].decode("ascii")
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
    points = numpy.concatenate([numpy.array(line.get_points("xy")) for line in document.modelspace().query("LWPOLYLINE")])
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
        line.dxf.layer
        for line in document.modelspace().query("LWPOLYLINE")
        if line.dxf.layer.startswith("buildings-") and line.closed
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
    for line in document.modelspace().query("LWPOLYLINE"):
        data = dict(tag.value.split("=", 1) for tag in line.get_xdata("MAPWRIGHT") if "=" in tag.value)
        assert line.dxf.layer == f"{data['layer']}-{data['class']}"
        ids.add(f"{data['osm_type']}{data['osm_id']}")
    known = reference.features(artefact.source)
    assert len(ids & known.keys()) > 300


def dxf_has_the_colours_of_the_style(artefact):
    document, _ = opened(artefact.path)
    colours = {layer.dxf.name: ezdxf.colors.aci2rgb(layer.color) for layer in document.layers}
    water = [rgb for name, rgb in colours.items() if name.startswith("water-")]
    assert any(rgb.b > rgb.r for rgb in water)
    assert len(set(colours.values())) > 5


ROWS = {
    "dxf": (
        dxf_is_without_faults,
        dxf_lies_where_pyproj_says,
        dxf_has_the_buildings_of_the_geojson,
        dxf_has_names_and_attributes,
        dxf_has_the_colours_of_the_style,
    ),
}


def test_reader(artefact, check):
    check(artefact)

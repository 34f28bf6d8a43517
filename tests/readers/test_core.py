"""Formats of the pack `core`."""

import json
from functools import cache

import numpy
import pyogrio
import reference
import shapely


@cache
def parsed(path):
    return json.loads(path.read_bytes())


def geojson_names_its_terms(artefact):
    document = parsed(artefact.path)
    assert document["type"] == "FeatureCollection"
    assert "OpenStreetMap contributors" in document["attribution"]


def geojson_counts_and_box(artefact):
    document = parsed(artefact.path)
    info = pyogrio.read_info(artefact.path)
    assert info["features"] == len(document["features"]) > 500
    assert info["crs"] == "EPSG:4326"
    fields = list(info["fields"])
    assert fields[:6] == ["id", "layer", "osm_id", "osm_type", "class", "type"]
    assert {"name", "layer_z", "tags"} <= set(fields)
    west, south, east, north = info["total_bounds"]
    assert numpy.allclose(document["bbox"], [west, south, east, north], atol=1e-9)
    box = shapely.box(*reference.bounds(artefact.source))
    assert shapely.box(west, south, east, north).contains(box.buffer(-0.2 * (box.bounds[2] - box.bounds[0])))


def geojson_geometry_is_valid(artefact):
    _, _, shapes, _ = pyogrio.raw.read(artefact.path, columns=[])
    shapes = shapely.from_wkb(shapes)
    assert not shapely.is_missing(shapes).any() and not shapely.is_empty(shapes).any()
    ids = numpy.array([feature["id"] for feature in parsed(artefact.path)["features"]])
    wrong = ~shapely.is_valid(shapes)
    assert list(zip(ids[wrong], shapely.is_valid_reason(shapes[wrong]))) == []


def geojson_rings_follow_the_right_hand(artefact):
    for feature in parsed(artefact.path)["features"]:
        geometry = feature["geometry"]
        polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
        for polygon in polygons.get(geometry["type"], []):
            turns = [shapely.LinearRing(ring).is_ccw for ring in polygon]
            assert turns == [True] + [False] * (len(polygon) - 1), feature["id"]


def geojson_holds_what_osmium_finds(artefact):
    """Every tagged thing that reaches into the box is there, with its tags and its geometry."""
    box = shapely.box(*reference.bounds(artefact.source))
    ours = {}
    for feature in parsed(artefact.path)["features"]:
        ours.setdefault(feature["id"], []).append(feature)
    absent, tags, shapes = [], [], []
    for key, theirs in reference.features(artefact.source).items():
        if not any(shape.intersects(box) for shape in theirs["shapes"]):
            continue
        if key not in ours:
            absent.append(key)
            continue
        if any(feature["properties"]["tags"] != theirs["tags"] for feature in ours[key]):
            tags.append(key)
        # Whatever we call it, a line or an area: it is one of the shapes that osmium makes of it.
        mine = [shapely.geometry.shape(feature["geometry"]) for feature in ours[key]]
        if not any(same(a, b) for a in mine for b in theirs["shapes"]):
            shapes.append(key)
    assert (absent, tags, shapes) == ([], [], [])


def same(ours, theirs):
    """Equal up to the order of points, and to one unit of 1e-7 degrees."""
    if ours.geom_type in ("Polygon", "MultiPolygon") and theirs.geom_type in ("Polygon", "MultiPolygon"):
        return ours.is_valid and theirs.is_valid and ours.symmetric_difference(theirs).area <= 1e-7 * theirs.length
    return ours.hausdorff_distance(theirs) < 2e-7


ROWS = {
    "geojson": (
        geojson_names_its_terms,
        geojson_counts_and_box,
        geojson_geometry_is_valid,
        geojson_rings_follow_the_right_hand,
        geojson_holds_what_osmium_finds,
    ),
}


def test_reader(artefact, check):
    check(artefact)

"""Formats of the pack `core`."""

import json

import numpy
import pyogrio
import reference
import shapely
from tools import cache


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


# Keys that say how something was mapped and not what it is.
ABOUT_MAPPING = {"attribution", "comment", "created_by", "fixme", "history", "import", "note", "source", "source_ref"}


def geojson_holds_what_osmium_finds(artefact):
    """Every tagged thing that reaches into the box is there, with its tags and its geometry."""
    box = shapely.box(*reference.bounds(artefact.source))
    ours = {}
    for feature in parsed(artefact.path)["features"]:
        ours.setdefault(feature["id"], []).append(feature)
    absent, tags, shapes, count = [], [], [], 0
    for key, theirs in reference.features(artefact.source).items():
        keys = {tag.split(":")[0].lower() for tag in theirs["tags"]}
        if keys <= ABOUT_MAPPING or not any(shape.intersects(box) for shape in theirs["shapes"]):
            continue
        count += 1
        if key not in ours:
            absent.append(key)
            continue
        if any(own_tags(feature) != without_type(theirs["tags"]) for feature in ours[key]):
            tags.append(key)
        # Whatever we call it, a line or an area: it is one of the shapes that osmium makes of it.
        mine = [shapely.geometry.shape(feature["geometry"]) for feature in ours[key]]
        if any(same(a, b) for a in mine for b in theirs["shapes"]):
            continue
        # A way has holes from the relation it is the outer ring of: in the old style its tags are those of the relation.
        if not (key.startswith("w") and all(is_of_relation(shape, artefact.source) for shape in mine)):
            shapes.append(key)
    assert count > 500 and tags == []
    assert absent == [] and shapes == []


def geojson_areas_are_those_of_osmium(artefact):
    """Every relation that osmium assembles and that reaches into the box is there, of the same area."""
    box = shapely.box(*reference.bounds(artefact.source))
    ours, ways = {}, []
    for feature in parsed(artefact.path)["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        if shape.geom_type in ("Polygon", "MultiPolygon"):
            ours[feature["id"]] = shape
            if feature["id"].startswith("w"):
                ways.append(shape)
    count, wrong = 0, []
    for key, theirs in reference.features(artefact.source).items():
        areas = [shape for shape in theirs["shapes"] if shape.geom_type == "MultiPolygon"]
        if not key.startswith("r") or not any(shape.intersects(box) for shape in areas):
            continue
        count += 1
        # Where the outer way says the same as its relation, or all that matters, it stands for both.
        mine = [ours[key]] if key in ours else [way for way in ways if way.bounds == areas[0].bounds]
        if not any(abs(shape.area - areas[0].area) <= 1e-9 * areas[0].area for shape in mine):
            wrong.append(key)
    assert count > 10 and wrong == []


def is_of_relation(ours, source):
    """Whether all polygons of an area are those of a relation, holes and all."""
    polygons = getattr(ours, "geoms", [ours])
    relations = [
        polygon
        for key, theirs in reference.features(source).items()
        if key.startswith("r")
        for shape in theirs["shapes"]
        if shape.geom_type == "MultiPolygon"
        for polygon in shape.geoms
    ] + reference.old_style(source)
    return all(any(a.bounds == b.bounds and same(a, b) for b in relations) for a in polygons)


def own_tags(feature):
    return without_type(feature["properties"]["tags"])


def without_type(tags):
    """osmium leaves out what only says that a relation is an area."""
    return {k: v for k, v in tags.items() if (k, v) not in (("type", "multipolygon"), ("type", "boundary"))}


def same(ours, theirs):
    """Equal up to the order of points, and to one unit of 1e-7 degrees."""
    if ours.geom_type in ("Polygon", "MultiPolygon") and theirs.geom_type in ("Polygon", "MultiPolygon"):
        return ours.is_valid and theirs.is_valid and ours.symmetric_difference(theirs).area <= 1e-7 * theirs.length
    return ours.hausdorff_distance(theirs) < 2e-7


def geojsonseq_is_a_text_sequence(artefact):
    """RFC 8142: record separator, text, line feed; the features are those of GeoJSON."""
    data = artefact.path.read_bytes()
    assert data.startswith(b"\x1e") and data.endswith(b"\n")
    records = [json.loads(record) for record in data[1:].split(b"\x1e")]
    assert "OpenStreetMap contributors" in records[0]["attribution"]
    features = [{key: record[key] for key in ("type", "id", "properties", "geometry")} for record in records]
    assert features == parsed(artefact.sibling("geojson").path)["features"]


def geojsonseq_is_read_by_gdal_as_geojson_is(artefact):
    assert pyogrio.detect_write_driver(artefact.path) == "GeoJSONSeq"
    ours = pyogrio.read_info(artefact.path, force_feature_count=True, force_total_bounds=True)
    other = pyogrio.read_info(artefact.sibling("geojson").path)
    assert ours["driver"] == "GeoJSONSeq" and ours["crs"] == "EPSG:4326"
    assert ours["features"] == other["features"] > 500
    assert numpy.allclose(ours["total_bounds"], other["total_bounds"], atol=1e-9)
    # GDAL counts what the first feature says of the terms as fields; the others are the same.
    assert set(other["fields"]) <= set(ours["fields"])


ROWS = {
    "geojsonseq": (geojsonseq_is_a_text_sequence, geojsonseq_is_read_by_gdal_as_geojson_is),
    "geojson": (
        geojson_names_its_terms,
        geojson_counts_and_box,
        geojson_geometry_is_valid,
        geojson_rings_follow_the_right_hand,
        geojson_holds_what_osmium_finds,
        geojson_areas_are_those_of_osmium,
    ),
}


def test_reader(artefact, check):
    check(artefact)

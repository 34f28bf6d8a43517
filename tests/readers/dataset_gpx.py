"""GPX: lxml knows the order of its elements, GDAL and gpsbabel read what is in it."""

import csv
import io
import json

import core_table
import gdal
import numpy
import shapely
import tools
from tools import cache
import truth
from lxml import etree

GPX = "{http://www.topografix.com/GPX/1/1}"
OSM = "{urn:mapwright:osm}"
# Sequences of gpx.xsd (GPX 1.1) by type.
WAYPOINT = ("ele", "time", "magvar", "geoidheight", "name", "cmt", "desc", "src", "link", "sym", "type", "fix", "sat", "extensions")
ORDER = {
    "gpx": ("metadata", "wpt", "rte", "trk", "extensions"),
    "metadata": ("name", "desc", "author", "copyright", "link", "time", "keywords", "bounds", "extensions"),
    "copyright": ("year", "license"),
    "author": ("name", "email", "link"),
    "wpt": WAYPOINT,
    "trkpt": WAYPOINT,
    "trk": ("name", "cmt", "desc", "src", "link", "number", "type", "extensions", "trkseg"),
    "trkseg": ("trkpt", "extensions"),
    "extensions": ("id", "tags", "provenance"),
}
MANY = ("wpt", "trk", "trkseg", "trkpt", "link")


@cache
def root(path):
    return etree.parse(path).getroot()


@cache
def layer(path, name):
    return gdal.read(path, name)


def elements_are_in_order(artefact):
    seen = set()
    for element in root(artefact.path).iter():
        own, names = etree.QName(element).localname, [etree.QName(child).localname for child in element]
        if own in ORDER and names:
            rows = [ORDER[own].index(name) for name in names]
            assert rows == sorted(rows), names
            once = [name for name in names if name not in MANY]
            assert len(set(once)) == len(once), names
            seen.add(own)
        if own in ("wpt", "trkpt"):
            assert -180 <= float(element.get("lon")) < 180 and -90 <= float(element.get("lat")) <= 90
    assert {"gpx", "metadata", "wpt", "trk", "trkseg"} <= seen
    assert root(artefact.path).get("version") == "1.1" and root(artefact.path).get("creator") == "mapwright"


def expected(artefact, kind):
    """Features of GeoJSON by key that are of a kind, or not."""
    found = {}
    for feature in core_table.features(artefact.sibling("geojson").path):
        said = feature["properties"]
        if feature["geometry"]["type"] in kind:
            found.setdefault((said["osm_type"], said["osm_id"]), []).append((said, shapely.geometry.shape(feature["geometry"])))
    return found


def keys(table):
    letter = {"node": "n", "way": "w", "relation": "r"}
    split = (element.split("/") for element in table.columns["osm_id"])
    return [(letter[kind], int(number)) for kind, number in split]


def points_are_waypoints(artefact):
    """Every node of the map, and places of areas; each once."""
    table = layer(artefact.path, "waypoints")
    ours = dict(zip(keys(table), zip(table.shapes, table.columns["name"], table.columns["osm_tags"])))
    theirs = expected(artefact, ("Point", "MultiPoint"))
    # One of several points is as many waypoints.
    parts = sum(len(getattr(shape, "geoms", [shape])) - 1 for ((_, shape),) in theirs.values())
    assert len(ours) == len(table) - parts and set(theirs) <= set(ours) and len(theirs) > 100
    for key, ((said, shape),) in theirs.items():
        assert ours[key][0].distance(shape) < 1e-7 and json.loads(ours[key][2]) == said["tags"]
        assert not said.get("name") or ours[key][1] == said.get("name")
    # Others are areas that have a place in a layer besides.
    areas = expected(artefact, ("Polygon", "MultiPolygon"))
    for key in set(ours) - set(theirs):
        assert any(said.get("also") and shape.buffer(1e-6).contains(ours[key][0]) for said, shape in areas[key]), key
    named = sum(bool(said.get("name")) for ((said, _),) in theirs.values())
    assert 50 < named < len(theirs)


def lines_are_tracks(artefact):
    """Roads and what goes along like them, with every point in its place."""
    table = layer(artefact.path, "tracks")
    theirs = {
        key: found
        for key, found in expected(artefact, ("LineString", "MultiLineString")).items()
        if found[0][0]["layer"] in ("roads", "transport")
    }
    ours = dict(zip(keys(table), table.shapes))
    assert set(theirs) <= set(ours) and len(theirs) > 300 and len(ours) == len(table)
    both = numpy.array([[ours[key], found[0][1]] for key, found in theirs.items() if len(found) == 1])
    lengths = shapely.length(both).sum(axis=0)
    assert numpy.isclose(*lengths, rtol=1e-6) and lengths[0] > 0.1
    same = shapely.equals_exact(*map(truth.normal, both.T), tolerance=2e-7)
    assert same.all()
    # Waterways, walls and wires are no tracks, unless they are something else besides.
    lines = expected(artefact, ("LineString", "MultiLineString"))
    plain = {key for key, found in lines.items() if found[0][0]["layer"] in ("water", "barriers", "power") and not found[0][0].get("also")}
    assert plain and not plain & set(ours)


def bounds_are_said(artefact):
    said = root(artefact.path).find(f"{GPX}metadata/{GPX}bounds")
    shapes = numpy.concatenate([layer(artefact.path, name).shapes for name in ("waypoints", "tracks")])
    box = [float(said.get(side)) for side in ("minlon", "minlat", "maxlon", "maxlat")]
    assert numpy.allclose(box, shapely.total_bounds(shapes), atol=1e-9)
    header = tools.run("osmium", "fileinfo", "-g", "header.option.timestamp", artefact.source).strip()
    assert root(artefact.path).findtext(f"{GPX}metadata/{GPX}time") == (header or None)


def symbols_are_those_of_garmin(artefact):
    table = layer(artefact.path, "waypoints")
    found = dict(zip(keys(table), table.columns["sym"]))
    wanted = {("amenity", "restaurant"): "Restaurant", ("amenity", "pharmacy"): "Pharmacy", ("tourism", "museum"): "Museum"}
    seen = 0
    for key, ((said, _), *_) in expected(artefact, ("Point", "MultiPoint")).items():
        for (tag, value), symbol in wanted.items():
            if said["tags"].get(tag) == value and said["layer"] == "pois" and said["type"] == value:
                assert found[key] == symbol, key
                seen += 1
    assert seen > 0


def gpsbabel_reads_it(artefact):
    text = tools.run("gpsbabel", "-i", "gpx", "-f", artefact.path, "-o", "unicsv,utc=0", "-F", "-")
    rows = list(csv.DictReader(io.StringIO(text)))
    table = layer(artefact.path, "waypoints")
    assert len(rows) == len(table)
    said = {(round(shape.x, 6), round(shape.y, 6)) for shape in table.shapes}
    near = [row for row in rows if (float(row["Longitude"]), float(row["Latitude"])) in said]
    assert len(near) > 0.9 * len(rows)
    points = expected(artefact, ("Point", "MultiPoint")).values()
    foreign = {said["name"] for ((said, _),) in points if not (said.get("name") or "").isascii()}
    assert foreign and foreign <= {row["Name"] for row in rows}
    kinds = tools.run("gpsbabel", "-t", "-i", "gpx", "-f", artefact.path, "-o", "gpx", "-F", "-")
    tracks = etree.fromstring(kinds.encode("utf-8"))
    names = [track.findtext("{*}name") for track in tracks.iter("{*}trk")]
    assert names == list(layer(artefact.path, "tracks").columns["name"])


def credit(path):
    said = root(path).find(f"{GPX}metadata/{GPX}copyright")
    assert said.findtext(f"{GPX}license").startswith("https://opendatacommons.org/licenses/odbl")
    return said.get("author")


def provenance(path):
    return json.loads(root(path).findtext(f"{GPX}metadata/{GPX}extensions/{OSM}provenance"))


ROWS = {
    "gpx": (
        elements_are_in_order,
        points_are_waypoints,
        lines_are_tracks,
        bounds_are_said,
        symbols_are_those_of_garmin,
        gpsbabel_reads_it,
    ),
}
CREDITS = {"gpx": credit}
PLACES = {"gpx": provenance}

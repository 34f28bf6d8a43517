"""Kinds of JSON, and Geobuf: GDAL, geobuf and decoders that keep to the specifications find what GeoJSON says."""

import json
import os
import subprocess
import urllib.parse
import zipfile
from collections import Counter

import gdal
import geobuf
import numpy
import pyogrio
import pyproj
import shapely
import truth
from tools import cache

CREDIT = "© OpenStreetMap contributors, ODbL"


def layer_of_gdal(path, layer=None, **options):
    """Geometry and properties of every feature as GDAL reads them."""
    info, _, shapes, columns = pyogrio.raw.read(path, layer=layer, **options)
    names = list(info["fields"])
    plain = lambda value: value.item() if isinstance(value, numpy.generic) else value
    whole = lambda value: None if isinstance(value, float) and value != value else plain(value)
    for row, shape in enumerate(shapely.from_wkb(shapes)):
        yield shape, {name: whole(column[row]) for name, column in zip(names, columns)}


@cache
def esri(path):
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        names = file.namelist()
        assert names[:2] == ["metadata.json", "LICENSE.txt"]
        about = json.loads(file.read("metadata.json"))
        assert [f"{layer}.json" for layer in about["layers"]] == names[2:]
        return about, {layer: json.loads(file.read(f"{layer}.json")) for layer in about["layers"]}


def esri_shape(kind, geometry):
    """A geometry of ArcGIS: outer rings run clockwise, holes follow the ring they are in."""
    if kind == "esriGeometryPoint":
        return shapely.Point(geometry["x"], geometry["y"])
    if kind == "esriGeometryMultipoint":
        points = geometry["points"]
        return shapely.Point(points[0]) if len(points) == 1 else shapely.MultiPoint(points)
    if kind == "esriGeometryPolyline":
        paths = geometry["paths"]
        return shapely.LineString(paths[0]) if len(paths) == 1 else shapely.MultiLineString(paths)
    assert kind == "esriGeometryPolygon"
    areas = []
    for ring in geometry["rings"]:
        assert ring[0] == ring[-1]
        if shapely.LinearRing(ring).is_ccw:
            areas[-1][1].append(ring)
        else:
            areas.append((ring, []))
    shapes = [shapely.Polygon(outer, holes) for outer, holes in areas]
    return shapes[0] if len(shapes) == 1 else shapely.MultiPolygon(shapes)


def esri_is_the_map(artefact):
    found = []
    for layer, document in esri(artefact.path)[1].items():
        assert document["spatialReference"]["wkid"] == 4326 and document["copyrightText"] == CREDIT
        names = [field["name"] for field in document["fields"]]
        assert names[0] == "OBJECTID" and len({name.lower() for name in names}) == len(names)
        for number, feature in enumerate(document["features"], 1):
            attributes = dict(feature["attributes"])
            assert list(attributes) == names and attributes.pop("OBJECTID") == number
            for field in document["fields"]:
                value = attributes.get(field["name"])
                kind = field["type"].removeprefix("esriFieldType")
                assert value is None or {
                    "OID": lambda: True,
                    "String": lambda: len(value) <= field["length"],
                    "BigInteger": lambda: isinstance(value, int),
                    "Integer": lambda: isinstance(value, int) and abs(value) < 1 << 31,
                    "SmallInteger": lambda: value in (0, 1),
                    "Double": lambda: isinstance(value, (int, float)),
                }[kind](), (field, value)
            found.append((truth.key(layer, attributes), esri_shape(document["geometryType"], feature["geometry"]), attributes))
    truth.the_whole_map(artefact, truth.found(found))


def esri_is_read_by_gdal(artefact, folder):
    with zipfile.ZipFile(artefact.path) as file:
        file.extractall(folder)
    found = {}
    for layer in esri(artefact.path)[1]:
        path = folder / f"{layer}.json"
        info = pyogrio.read_info(path)
        assert info["driver"] == "ESRIJSON" and info["crs"] == "EPSG:4326"
        assert {"osm_id": "int64", "layer_z": "int32", "name": "object"}.items() <= dict(zip(info["fields"], info["dtypes"])).items()
        (found[layer],) = gdal.tables(path).values()
    ours = truth.of_tables(found)
    truth.in_their_layers(artefact, ours.keys)
    truth.same_shapes(artefact, ours)


def fg_is_the_map(artefact):
    document = json.loads(artefact.path.read_bytes())
    core = "http://www.opengis.net/spec/json-fg-1/1.0/conf/core"
    assert core in document["conformsTo"] and core.replace("core", "types-schemas") in document["conformsTo"]
    assert document["type"] == "FeatureCollection" and "coordRefSys" not in document
    schemas = {}
    for layer, uri in document["featureSchema"].items():
        kind, text = uri.split(",", 1)
        assert kind == "data:application/schema+json" and set(text) <= set(urllib.parse.quote(text, safe="%"))
        schemas[layer] = json.loads(urllib.parse.unquote(text))["properties"]
    types = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict}
    found, ids = [], set()
    for feature in document["features"]:
        layer, properties = feature["featureType"], feature["properties"]
        assert feature["type"] == "Feature" and feature["place"] is None and feature["time"] is None
        for name, value in properties.items():
            assert isinstance(value, types[schemas[layer][name]["type"]]), (name, value)
        ids.add(feature["id"])
        found.append((truth.key(f"{layer}_", properties), shapely.geometry.shape(feature["geometry"]), properties))
    assert len(ids) == len(document["features"])
    truth.the_whole_map(artefact, truth.found(found))


def fg_is_read_by_gdal(artefact):
    tables = gdal.layers(artefact.path)
    assert set(tables) <= truth.of(artefact).layers() and len(tables) > 8
    assert pyogrio.read_info(artefact.path, layer="roads")["driver"] == "JSONFG"
    assert {table.meta["crs"] for table in tables.values()} <= {"OGC:CRS84", "EPSG:4326"}
    rows = ((truth.key(f"{name}_", said), shape, said) for name, table in tables.items() for shape, said in zip(table.shapes, table.rows()))
    ours = truth.found(rows)
    truth.in_their_layers(artefact, ours.keys)
    truth.same_shapes(artefact, ours)


def fg_of_other_systems(artefact, folder):
    """Places in the order of axes that EPSG has: GDAL turns them, as it does for any other file of the system."""
    if artefact.extract != "monaco" or artefact.door != "native":
        return
    wanted = truth.of(artefact)
    for epsg, north_first in ((32632, False), (3035, True), (4258, True)):
        path = folder / f"{epsg}.fg.json"
        program = os.environ["MAPWRIGHT_PROGRAM"]
        subprocess.run([program, "export", "-q", artefact.source, "-f", "jsonfg", "-o", path, "--crs", f"EPSG:{epsg}"], check=True)
        document = json.loads(path.read_bytes())
        assert document["coordRefSys"] == f"http://www.opengis.net/def/crs/EPSG/0/{epsg}"
        turn = pyproj.Transformer.from_crs(4326, epsg).transform
        for feature in document["features"]:
            key = (feature["featureType"], f"{feature['properties']['osm_type']}{feature['properties']['osm_id']}")
            place, flat = (shapely.geometry.shape(feature[name]) for name in ("place", "geometry"))
            if key in wanted.row and place.geom_type == "Point":
                x, y = wanted.shapes[wanted.row[key]].coords[0]
                assert numpy.allclose(place.coords[0], turn(y, x), atol=2e-3)
                assert numpy.allclose(flat.coords[0], (x, y), atol=2e-7)
            assert place.geom_type == flat.geom_type
        assert pyproj.CRS.from_epsg(epsg).axis_info[0].direction == ("north" if north_first else "east")
        layer = pyogrio.read_info(path, layer="roads", force_total_bounds=True)
        assert layer["crs"] == f"EPSG:{epsg}"
        west, south, *_ = layer["total_bounds"]
        x, y = pyproj.Transformer.from_crs(4326, epsg, always_xy=True).transform(7.42, 43.73)
        assert abs(west - x) < x / 20 and abs(south - y) < y / 20


def topology(path):
    """A decoder that keeps to the specification: absolute places of every arc, and each object by name."""
    document = json.loads(path.read_bytes())
    assert document["type"] == "Topology" and document["attribution"] == CREDIT
    (scale_x, scale_y), (west, south) = document["transform"]["scale"], document["transform"]["translate"]
    place = lambda x, y: (x * scale_x + west, y * scale_y + south)
    arcs = []
    for arc in document["arcs"]:
        assert len(arc) >= 2 and all(isinstance(step, int) for point in arc for step in point)
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append(place(x, y))
        arcs.append(points)
    return document, arcs, place


def joined(arcs, numbers, used):
    """The line that some arcs make, one going on where the other ends."""
    line = []
    for number in numbers:
        used.append(max(number, ~number))
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        assert not line or line[-1] == points[0]
        line += points[1:] if line else points
    return line


def topo_shape(geometry, arcs, place, used):
    kind = geometry["type"]
    ring = lambda numbers: joined(arcs, numbers, used)
    area = lambda rings: shapely.Polygon(ring(rings[0]), [ring(hole) for hole in rings[1:]])
    return {
        "Point": lambda: shapely.Point(place(*geometry["coordinates"])),
        "MultiPoint": lambda: shapely.MultiPoint([place(*at) for at in geometry["coordinates"]]),
        "LineString": lambda: shapely.LineString(ring(geometry["arcs"])),
        "MultiLineString": lambda: shapely.MultiLineString([ring(line) for line in geometry["arcs"]]),
        "Polygon": lambda: area(geometry["arcs"]),
        "MultiPolygon": lambda: shapely.MultiPolygon([area(rings) for rings in geometry["arcs"]]),
    }[kind]()


def topo_is_the_map(artefact):
    document, arcs, place = topology(artefact.path)
    found, used = [], []
    for layer, thing in document["objects"].items():
        assert thing["type"] == "GeometryCollection"
        for geometry in thing["geometries"]:
            properties = geometry["properties"]
            assert geometry["id"] == f"{properties['osm_type']}{properties['osm_id']}"
            found.append((truth.key(layer, properties), topo_shape(geometry, arcs, place, used), properties))
    ours = truth.found(found)
    truth.the_whole_map(artefact, ours)
    # Every arc is used, and a fifth of them by several features or layers.
    uses = Counter(used)
    assert set(uses) == set(range(len(arcs))) and sum(count > 1 for count in uses.values()) > len(arcs) / 5
    assert numpy.allclose(document["bbox"], shapely.total_bounds(ours.shapes), atol=1e-9)


def topo_holds_nothing_twice(artefact):
    """No stretch between two places stands in two arcs, but many a stretch is used by several features."""
    document, arcs, _ = topology(artefact.path)
    stretches = [frozenset(pair) for arc in arcs for pair in zip(arc, arc[1:]) if pair[0] != pair[1]]
    counts = {}
    for number, arc in enumerate(arcs):
        for pair in zip(arc, arc[1:]):
            counts.setdefault(frozenset(pair), set()).add(number)
    assert [pair for pair, numbers in counts.items() if len(numbers) > 1 and len(pair) > 1] == []
    # Some are run backwards: complements.
    assert len(stretches) > 5000 and '"arcs": [[-' in json.dumps(document["objects"])


def topo_is_read_by_gdal(artefact):
    assert pyogrio.read_info(artefact.path, layer="roads_line")["driver"] == "TopoJSON"
    ours = truth.of_tables(gdal.layers(artefact.path))
    truth.in_their_layers(artefact, ours.keys)
    truth.same_shapes(artefact, ours, tolerance=1e-8)


@cache
def decoded(path):
    return geobuf.decode(path.read_bytes())


def geobuf_is_the_map(artefact):
    document = decoded(artefact.path)
    found = []
    for feature in document["features"]:
        properties = feature["properties"]
        assert feature["id"] == f"{properties['osm_type']}{properties['osm_id']}"
        found.append(((properties["layer"], feature["id"]), shapely.geometry.shape(feature["geometry"]), properties))
    truth.once(artefact, truth.found(found))


def geobuf_is_small(artefact):
    assert artefact.path.stat().st_size < artefact.sibling("geojson").path.stat().st_size * 0.55


ROWS = {
    "esrijson": (esri_is_the_map, esri_is_read_by_gdal),
    "geobuf": (geobuf_is_the_map, geobuf_is_small),
    "jsonfg": (fg_is_the_map, fg_is_read_by_gdal, fg_of_other_systems),
    "topojson": (topo_is_the_map, topo_holds_nothing_twice, topo_is_read_by_gdal),
}
CREDITS = {
    "esrijson": lambda path: esri(path)[0]["attribution"],
    "geobuf": lambda path: decoded(path)["attribution"],
    "jsonfg": lambda path: json.loads(path.read_bytes())["attribution"],
    "topojson": lambda path: json.loads(path.read_bytes())["attribution"],
}
PLACES = {
    "esrijson": lambda path: {"mapwright": esri(path)[0]["mapwright"]},
    "geobuf": lambda path: json.loads(decoded(path)["mapwright"]),
    "jsonfg": lambda path: {"mapwright": json.loads(json.loads(path.read_bytes())["mapwright"])},
    "topojson": lambda path: {"mapwright": json.loads(json.loads(path.read_bytes())["mapwright"])},
}

"""Tiles of the pack `core`: pmtiles and mapbox-vector-tile take them apart, GDAL opens them as one map."""

import json
import math

import mapbox_vector_tile
import numpy
import pmtiles.reader
import pyogrio
import reference
import shapely
from tools import cache

OPTIONS = {"y_coord_down": True}


@cache
def archive(path):
    """Header, metadata, and every tile decoded: (z, x, y) → layers."""
    with path.open("rb") as file:
        source = pmtiles.reader.MmapSource(file)
        reader = pmtiles.reader.Reader(source)
        decode = lambda data: mapbox_vector_tile.decode(pmtiles.reader.gzip.decompress(data), default_options=OPTIONS)
        tiles = {address: decode(data) for address, data in pmtiles.reader.all_tiles(source)}
        return reader.header(), reader.metadata(), tiles


@cache
def plain(path):
    """Every tile, unpacked: (z, x, y) → bytes."""
    with path.open("rb") as file:
        tiles = pmtiles.reader.all_tiles(pmtiles.reader.MmapSource(file))
        return {address: pmtiles.reader.gzip.decompress(data) for address, data in tiles}


@cache
def features(path):
    return json.loads(path.read_bytes())["features"]


def highest(artefact):
    header, _, tiles = archive(artefact.path)
    return {address: layers for address, layers in tiles.items() if address[0] == header["max_zoom"]}


def key(properties):
    return f"{properties['osm_type']}{properties['osm_id']}"


def pmtiles_header_and_metadata(artefact):
    header, metadata, tiles = archive(artefact.path)
    assert header["version"] == 3 and header["clustered"]
    assert header["addressed_tiles_count"] == len(tiles)
    zooms = {z for z, _, _ in tiles}
    assert zooms == set(range(header["min_zoom"], header["max_zoom"] + 1)) and len(zooms) > 3
    sides = [header[f"{side}_e7"] / 1e7 for side in ("min_lon", "min_lat", "max_lon", "max_lat")]
    assert numpy.allclose(sides, reference.bounds(artefact.source), atol=1e-6)
    assert "OpenStreetMap contributors" in metadata["attribution"]
    said = {layer["id"]: layer["fields"] for layer in metadata["vector_layers"]}
    found = {}
    for layers in tiles.values():
        for name, layer in layers.items():
            for feature in layer["features"]:
                found.setdefault(name, set()).update(feature["properties"])
    assert set(found) == set(said)
    assert all(names <= set(said[layer]) for layer, names in found.items())
    assert {"osm_id", "osm_type", "class", "type", "name", "layer_z"} <= set(said["roads"])


def pmtiles_holds_what_geojson_holds(artefact):
    box = shapely.box(*reference.bounds(artefact.source))
    theirs, outside = {}, set()
    for feature in features(artefact.sibling("geojson").path):
        shape = shapely.geometry.shape(feature["geometry"])
        if shape.intersects(box):
            # GeoJSON has an element once and names its other layers; tiles have it in each.
            also = feature["properties"].get("also", "").split(",")
            for layer in filter(None, [feature["properties"]["layer"], *also]):
                theirs.setdefault(layer, set()).add(feature["id"])
            # There, areas may have a point, which may lie beyond the box.
            outside.update((layer, feature["id"]) for layer in also if not shape.within(box))
    ours = {}
    for layers in highest(artefact).values():
        for name, layer in layers.items():
            for feature in layer["features"]:
                if feature["properties"]["class"] != "sea":
                    ours.setdefault(name, set()).add(key(feature["properties"]))
    assert set(ours) <= set(theirs)
    for layer, ids in theirs.items():
        # What only touches the box has no part inside; what is finer than a step of the grid is nowhere.
        assert ours.get(layer, set()) <= ids
        lost = {id for id in ids - ours.get(layer, set()) if (layer, id) not in outside}
        assert len(lost) <= max(2, 0.01 * len(ids)), layer


def degrees(z, x, y, extent):
    """A function from units of a tile to degrees."""

    def turn(points):
        side = 2**z
        lons = (x + points[:, 0] / extent) / side * 360 - 180
        lats = numpy.degrees(numpy.arctan(numpy.sinh(math.pi * (1 - 2 * (y + points[:, 1] / extent) / side))))
        return numpy.column_stack([lons, lats])

    return turn


def pmtiles_buildings_stand_where_they_stood(artefact):
    box = shapely.box(*reference.bounds(artefact.source))
    theirs = {feature["id"]: feature for feature in features(artefact.sibling("geojson").path)}
    compared = 0
    for (z, x, y), layers in highest(artefact).items():
        layer = layers.get("buildings", {"features": [], "extent": 4096})
        for feature in layer["features"]:
            shape = shapely.geometry.shape(feature["geometry"])
            west, north, east, south = shape.bounds
            if min(west, north) < 0 or max(east, south) > layer["extent"] or shape.area < 100:
                continue
            ours = shapely.transform(shape, degrees(z, x, y, layer["extent"]))
            other = shapely.geometry.shape(theirs[key(feature["properties"])]["geometry"])
            if not box.contains(other):
                continue
            assert ours.hausdorff_distance(other) < 1e-5, key(feature["properties"])
            compared += 1
    assert compared > 100


def pmtiles_polygons_are_valid(artefact):
    _, _, tiles = archive(artefact.path)
    wrong, count = [], 0
    for address, layers in tiles.items():
        for name, layer in layers.items():
            for feature in layer["features"]:
                shape = shapely.geometry.shape(feature["geometry"])
                assert not shape.is_empty
                count += 1
                if not shape.is_valid:
                    wrong.append((address, name, key(feature["properties"])))
    assert count > 3000 and wrong == []


def pmtiles_low_zooms_are_light(artefact):
    _, _, tiles = archive(artefact.path)
    sizes = {}
    for (z, _, _), layers in tiles.items():
        sizes[z] = sizes.get(z, 0) + sum(len(layer["features"]) for layer in layers.values())
    lowest, most = min(sizes), max(sizes)
    assert 0 < sizes[lowest] < sizes[most] / 5


def pmtiles_is_one_map_to_gdal(artefact):
    layers = [name for name, _ in pyogrio.list_layers(artefact.path)]
    _, metadata, _ = archive(artefact.path)
    assert layers == [layer["id"] for layer in metadata["vector_layers"]]
    info = pyogrio.read_info(artefact.path, layer="buildings", force_feature_count=True, force_total_bounds=True)
    assert info["driver"] == "PMTiles" and info["crs"] == "EPSG:3857"
    assert info["features"] > 300
    west, south, east, north = info["total_bounds"]
    box = reference.bounds(artefact.source)
    x = [lon * 20037508.342789244 / 180 for lon in (box[0], box[2])]
    assert x[0] - 50 < west < east < x[1] + 50


ROWS = {
    "pmtiles": (
        pmtiles_header_and_metadata,
        pmtiles_holds_what_geojson_holds,
        pmtiles_buildings_stand_where_they_stood,
        pmtiles_polygons_are_valid,
        pmtiles_low_zooms_are_light,
        pmtiles_is_one_map_to_gdal,
    ),
}

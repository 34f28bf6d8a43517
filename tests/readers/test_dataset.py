"""Formats of the pack `dataset`."""

import gzip
import json
import sqlite3
import zipfile

import core_tiles
import mapbox_vector_tile
import numpy
import pyogrio
import reference
import tools
from tools import cache
import truth


@cache
def database(path):
    """Metadata, and every tile as it lies there: (z, x, y from the north) → bytes. SQLite finds nothing wrong."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        assert [row[0] for row in db.execute("PRAGMA integrity_check")] == ["ok"]
        assert db.execute("PRAGMA application_id").fetchone() == (0x4D504258,)
        rows = db.execute("SELECT zoom_level, tile_column, (1 << zoom_level) - 1 - tile_row, tile_data FROM tiles")
        tiles = {row[:3]: row[3] for row in rows}
        metadata = dict(db.execute("SELECT name, value FROM metadata"))
        return metadata, tiles


@cache
def package(path):
    """Description, and every tile as it lies there. Python finds nothing wrong."""
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        names = file.namelist()
        assert names[:2] == ["metadata.json", "LICENSE.txt"] and len(set(names)) == len(names)
        address = lambda name: tuple(int(part) for part in name.removesuffix(".pbf").split("/"))
        return json.loads(file.read("metadata.json")), {address(name): file.read(name) for name in names[2:]}


def described_as_it_is(artefact, said, bounds, center, layers):
    """What PMTiles of the same map say in their header and metadata."""
    header, metadata, _ = core_tiles.archive(artefact.sibling("pmtiles").path)
    assert numpy.allclose(bounds, reference.bounds(artefact.source), atol=1e-6)
    place = [header[f"center_{axis}_e7"] / 1e7 for axis in ("lon", "lat")]
    assert numpy.allclose(center[:2], place, atol=1e-6) and center[2] == header["center_zoom"]
    assert (int(said["minzoom"]), int(said["maxzoom"])) == (header["min_zoom"], header["max_zoom"])
    assert layers == metadata["vector_layers"]
    for key in ("name", "description", "attribution", "type", "generator"):
        assert said[key] == metadata[key], key
    assert said["format"] == "pbf" and "ODbL" in said["attribution"]


def the_same_tiles(artefact, tiles):
    """Tile by tile the bytes that PMTiles of the same map have."""
    _, _, theirs = core_tiles.archive(artefact.sibling("pmtiles").path)
    plain = core_tiles.plain(artefact.sibling("pmtiles").path)
    assert set(tiles) == set(theirs) == set(plain) and len(tiles) > 20
    assert [address for address, data in tiles.items() if data != plain[address]] == []


def names_of(tiles):
    decoded = (mapbox_vector_tile.decode(data) for (z, _, _), data in tiles.items() if z == max(z for z, _, _ in tiles))
    layers = (layer for tile in decoded for layer in tile.values())
    return {feature["properties"].get("name") for layer in layers for feature in layer["features"]}


def one_map_to_gdal(ours, artefact):
    """Layer by layer the features and the extent that GDAL finds in PMTiles of the same map."""
    theirs = artefact.sibling("pmtiles").path
    layers = [name for name, _ in pyogrio.list_layers(theirs)]
    assert sorted(name for name, _ in pyogrio.list_layers(ours)) == sorted(layers) and len(layers) > 8
    for layer in layers:
        a, b = (pyogrio.read_info(path, layer=layer, force_feature_count=True, force_total_bounds=True) for path in (ours, theirs))
        assert a["features"] == b["features"] > 0, layer
        assert a["crs"] == b["crs"] == "EPSG:3857"
        assert list(a["fields"]) == list(b["fields"]) and {"osm_id", "osm_type", "class"} <= set(a["fields"])
        assert numpy.allclose(a["total_bounds"], b["total_bounds"], atol=0.01), layer
    return a["driver"]


def mbtiles_metadata(artefact):
    metadata, _ = database(artefact.path)
    numbers = lambda name: [float(number) for number in metadata[name].split(",")]
    layers = json.loads(metadata["json"])["vector_layers"]
    described_as_it_is(artefact, metadata, numbers("bounds"), numbers("center"), layers)


def mbtiles_tiles(artefact):
    _, tiles = database(artefact.path)
    the_same_tiles(artefact, {address: gzip.decompress(data) for address, data in tiles.items()})


def mbtiles_is_found_by_its_index(artefact):
    (z, x, y), data = list(database(artefact.path)[1].items())[-1]
    where = "FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
    with sqlite3.connect(f"file:{artefact.path}?mode=ro", uri=True) as db:
        place = (z, x, (1 << z) - 1 - y)
        assert "tile_index" in db.execute(f"EXPLAIN QUERY PLAN SELECT tile_data {where}", place).fetchone()[3]
        assert db.execute(f"SELECT tile_data {where}", place).fetchall() == [(data,)]
    said = tools.run("sqlite3", "-readonly", artefact.path, "SELECT count(*), sum(length(tile_data)) FROM tiles")
    tiles = database(artefact.path)[1]
    assert said.strip() == f"{len(tiles)}|{sum(map(len, tiles.values()))}"


def mbtiles_has_names(artefact):
    _, tiles = database(artefact.path)
    assert truth.NAMES[artefact.extract] in names_of({address: gzip.decompress(data) for address, data in tiles.items()})


def mbtiles_is_one_map_to_gdal(artefact):
    assert one_map_to_gdal(artefact.path, artefact) == "MBTiles"


def zip_description(artefact):
    said, _ = package(artefact.path)
    assert said["tilejson"] == "3.0.0" and said["scheme"] == "xyz" and said["tiles"] == ["{z}/{x}/{y}.pbf"]
    described_as_it_is(artefact, said, said["bounds"], said["center"], said["vector_layers"])


def zip_tiles(artefact):
    the_same_tiles(artefact, package(artefact.path)[1])


def zip_has_names(artefact):
    assert truth.NAMES[artefact.extract] in names_of(package(artefact.path)[1])


def zip_is_whole_and_has_no_dates(artefact):
    assert "No errors detected" in tools.run("unzip", "-t", artefact.path)
    with zipfile.ZipFile(artefact.path) as file:
        for entry in file.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0) and entry.extra == b""
            # Sizes stand before the data, not behind them.
            assert entry.flag_bits & 8 == 0 and entry.external_attr >> 16 & 0o777 == 0o644


def zip_unpacked_is_one_map_to_gdal(artefact, folder):
    with zipfile.ZipFile(artefact.path) as file:
        file.extractall(folder)
    highest = package(artefact.path)[0]["maxzoom"]
    assert one_map_to_gdal(folder / str(highest), artefact) == "MVT"


ROWS = {
    "mbtiles-vector": (
        mbtiles_metadata,
        mbtiles_tiles,
        mbtiles_is_found_by_its_index,
        mbtiles_has_names,
        mbtiles_is_one_map_to_gdal,
    ),
    "mvt-zip": (
        zip_description,
        zip_tiles,
        zip_has_names,
        zip_is_whole_and_has_no_dates,
        zip_unpacked_is_one_map_to_gdal,
    ),
}
CREDITS = {
    "mbtiles-vector": lambda path: database(path)[0]["attribution"],
    "mvt-zip": lambda path: package(path)[0]["attribution"],
}


def test_reader(artefact, check, tmp_path):
    check(*(artefact, tmp_path)[: check.__code__.co_argcount])

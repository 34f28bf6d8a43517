"""Pictures in tiles: the same ones in every kind of file, in their place on the ground, without a break between them."""

import io
import json
import re
import sqlite3
import zipfile

import numpy
import rasterio
from PIL import Image
from pictures_ground import agrees_with_the_sheet, package_said
from tools import cache

HALF = 20037508.342789244


def rows(path, query):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        return database.execute(query).fetchall()


def whole(path):
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


@cache
def mbtiles(path):
    found = rows(path, "SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")
    return {(z, x, 2**z - 1 - y): data for z, x, y, data in found}


@cache
def said(path):
    return dict(rows(path, "SELECT name, value FROM metadata"))


@cache
def zipped(path):
    with zipfile.ZipFile(path) as package:
        names = (re.fullmatch(r"(\d+)/(\d+)/(\d+)\.png", name) for name in package.namelist())
        return {tuple(map(int, name.groups())): package.read(name[0]) for name in names if name}


@cache
def geopackage(path):
    found = rows(path, "SELECT zoom_level, tile_column, tile_row, tile_data FROM map")
    return {(z, x, y): data for z, x, y, data in found}


@cache
def sqlitedb(path):
    return {(17 - z, x, y): data for x, y, z, s, data in rows(path, "SELECT * FROM tiles") if s == 0}


def picture(data):
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size) == ("PNG", (256, 256))
        return numpy.asarray(image.convert("RGBA"))


def joined(tiles, zoom):
    """All tiles of a zoom side by side, and the address of the first."""
    found = {(x, y): data for (z, x, y), data in tiles.items() if z == zoom}
    left, top = min(x for x, _ in found), min(y for _, y in found)
    width, height = max(x for x, _ in found) - left + 1, max(y for _, y in found) - top + 1
    whole = numpy.zeros((height * 256, width * 256, 4), dtype="uint8")
    for (x, y), data in found.items():
        whole[(y - top) * 256 : (y - top + 1) * 256, (x - left) * 256 : (x - left + 1) * 256] = picture(data)
    return whole, left, top


def tiles_lie_on_the_ground(artefact, tiles):
    zooms = sorted({z for z, *_ in tiles})
    assert zooms == list(range(zooms[0], zooms[-1] + 1)) and len(zooms) >= 3
    assert sum(z == zooms[0] for z, *_ in tiles) <= 4
    zoom = min(zooms[-1], 16)
    image, left, top = joined(tiles, zoom)
    pixel = 2 * HALF / 256 / 2**zoom
    transform = rasterio.transform.from_origin(left * 256 * pixel - HALF, HALF - top * 256 * pixel, pixel, pixel)
    agrees_with_the_sheet(artefact, image[..., :3], "EPSG:3857", transform, share=0.88, reach=40)


def zooms_are_drawn_for_themselves(artefact, tiles):
    """A low zoom is no picture of a higher one made small: it shows less, and no text that nobody can read."""
    zooms = sorted({z for z, *_ in tiles})
    low, high = zooms[-3], zooms[-1]
    a, left, top = joined(tiles, low)
    b, right, bottom = joined(tiles, high)
    times = 2 ** (high - low)
    grid = numpy.zeros((a.shape[0] * times, a.shape[1] * times, 4), dtype="uint8")
    y, x = (bottom - top * times) * 256, (right - left * times) * 256
    grid[y : y + b.shape[0], x : x + b.shape[1]] = b
    small = numpy.asarray(Image.fromarray(grid).reduce(times), dtype=int)
    seen = (a[..., 3] == 255) & (small[..., 3] == 255)
    off = numpy.abs(a.astype(int) - small)[..., :3].max(axis=2)[seen]
    assert (off > 24).mean() > 0.02


def nothing_breaks_between_tiles(artefact, tiles):
    """Differences across the borders of tiles are those that are anywhere."""
    zoom = max(z for z, *_ in tiles)
    image = joined(tiles, zoom)[0]
    seen = image[..., 3] == 255
    step = numpy.abs(numpy.diff(image[..., :3].astype(int), axis=1)).max(axis=2)
    step[~(seen[:, 1:] & seen[:, :-1])] = 0
    border = step[:, 255::256]
    others = step[:, [column for column in range(128, step.shape[1], 256)]]
    assert (border > 40).mean() < (others > 40).mean() * 1.6 + 0.01, ((border > 40).mean(), (others > 40).mean())


def mbtiles_is_sound(artefact):
    whole(artefact.path)
    metadata, tiles = said(artefact.path), mbtiles(artefact.path)
    assert (metadata["format"], int(metadata["maxzoom"])) == ("png", max(z for z, *_ in tiles))
    with rasterio.open(artefact.path) as picture:
        assert (picture.driver, picture.crs.to_epsg()) == ("MBTiles", 3857)
        zoom = int(metadata["maxzoom"])
        pixel = 2 * HALF / 256 / 2**zoom
        assert abs(picture.res[0] - pixel) * picture.width < pixel / 1000
        # GDAL begins at the bounds of what is drawn and reads from the nearest pixel on.
        column, row = (picture.transform.c + HALF) / pixel, (HALF - picture.transform.f) / pixel
        read = picture.read([1, 2, 3]).transpose(1, 2, 0)
    ours, left, top = joined(tiles, zoom)
    x, y = round(column) - left * 256, round(row) - top * 256
    inside = ours[y : y + read.shape[0], x : x + read.shape[1]]
    full = inside[..., 3] == 255
    assert full.mean() > 0.7 and numpy.array_equal(read[: inside.shape[0], : inside.shape[1]][full], inside[..., :3][full])


def all_hold_the_same_tiles(artefact):
    read = {"tiles-zip": zipped, "gpkg-raster": geopackage, "sqlitedb": sqlitedb}[artefact.format]
    assert read(artefact.path) == mbtiles(artefact.sibling("mbtiles").path)


def mbtiles_lies_on_the_ground(artefact):
    tiles_lie_on_the_ground(artefact, mbtiles(artefact.path))


def mbtiles_zooms_differ(artefact):
    zooms_are_drawn_for_themselves(artefact, mbtiles(artefact.path))


def mbtiles_has_no_seams(artefact):
    nothing_breaks_between_tiles(artefact, mbtiles(artefact.path))


def zip_says_what_it_holds(artefact):
    with zipfile.ZipFile(artefact.path) as package:
        about = json.loads(package.read("tilejson.json"))
        page = package.read("index.html").decode("utf-8")
    zooms = {z for z, *_ in zipped(artefact.path)}
    assert (about["minzoom"], about["maxzoom"]) == (min(zooms), max(zooms)) and about["tiles"] == ["{z}/{x}/{y}.png"]
    assert "__" not in re.sub(r"\"mapwright.*", "", page) and "http" not in re.sub(r"https://www\.openstreetmap\.org/\w+", "", page)


def geopackage_is_sound(artefact):
    whole(artefact.path)
    assert rows(artefact.path, "PRAGMA application_id") == [(0x47504B47,)] and not rows(artefact.path, "PRAGMA foreign_key_check")
    with rasterio.open(artefact.path) as picture:
        assert (picture.driver, picture.crs.to_epsg()) == ("GPKG", 3857)
        zoom = max(z for z, *_ in geopackage(artefact.path))
        assert abs(picture.res[0] - 2 * HALF / 256 / 2**zoom) < 1e-9
        assert picture.overviews(1)[0] == 2


def sqlitedb_is_sound(artefact):
    whole(artefact.path)
    ((low, high, numbering, size),) = rows(artefact.path, "SELECT minzoom, maxzoom, tilenumbering, tilesize FROM info")
    zooms = {z for z, *_ in sqlitedb(artefact.path)}
    assert (17 - high, 17 - low, numbering, size) == (min(zooms), max(zooms), "BigPlanet", 256)


def zip_credit(path):
    with zipfile.ZipFile(path) as package:
        return json.loads(package.read("tilejson.json"))["attribution"]


ROWS = {
    "mbtiles": (mbtiles_is_sound, mbtiles_lies_on_the_ground, mbtiles_zooms_differ, mbtiles_has_no_seams),
    "tiles-zip": (all_hold_the_same_tiles, zip_says_what_it_holds),
    "gpkg-raster": (all_hold_the_same_tiles, geopackage_is_sound),
    "sqlitedb": (all_hold_the_same_tiles, sqlitedb_is_sound),
}
CREDITS = {
    **dict.fromkeys(("mbtiles", "sqlitedb"), lambda path: said(path)["attribution"]),
    "tiles-zip": zip_credit,
    "gpkg-raster": lambda path: rows(path, "SELECT description FROM gpkg_contents")[0][0],
}
PLACES = {
    **dict.fromkeys(("mbtiles", "sqlitedb"), lambda path: json.loads(said(path)["mapwright"])),
    "tiles-zip": package_said,
    "gpkg-raster": lambda path: json.loads(rows(path, "SELECT metadata FROM gpkg_metadata")[0][0]),
}

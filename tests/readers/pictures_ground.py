"""Pictures that lie on the ground: GDAL finds them within a thousandth of a pixel of where the sheet says that they lie."""

import contextlib
import io
import json
import tempfile
import zipfile
from pathlib import Path

import numpy
import pyproj
import rasterio
import rasterio.windows
import test_drawing as drawing
from lxml import etree
from PIL import Image
from pictures_plain import tiff_said, tiff_tags
from rasterio.warp import Resampling, reproject
from rio_cogeo.cogeo import cog_validate
from tools import cache

KML = "{http://www.opengis.net/kml/2.2}"
ATOM = "{http://www.w3.org/2005/Atom}"


@cache
def placed(path):
    """System, corner and side of a pixel of the sheet, as its SVG says them."""
    frame = next(drawing.svg(path).iter(drawing.FRAME))
    numbers = lambda name: [float(number) for number in frame.get(name).split()]
    west, _, _, north = numbers("extent")
    left, top, *_ = numbers("page")
    unit = float(frame.get("mm-per-unit"))
    return frame.get("crs"), west - left / unit, north + top / unit, 25.4 / drawing.RENDERED_DPI / unit


def lies_where_the_sheet_does(artefact, picture):
    crs, west, north, pixel = placed(artefact.sibling("svg").path)
    assert picture.crs == rasterio.crs.CRS.from_string(crs), picture.crs
    found = picture.transform
    assert (found.b, found.d) == (0, 0)
    # The SVG has the extent in millimetres of the ground.
    close = lambda a, b: abs(a - b) < pixel / 1000 + 0.0006
    assert close(found.c, west) and close(found.f, north), (found, west, north)
    for side in (found.a, -found.e):
        assert abs(side - pixel) * max(picture.shape) < pixel / 1000 + 0.02, (side, pixel)


def shows_the_png(artefact, picture):
    png = drawing.pixels(artefact.sibling("png").path)
    off = numpy.abs(picture.read([1, 2, 3]).transpose(1, 2, 0).astype("int16") - png)
    # Tiles begin where bands of the PNG do not, which rounds a few edges another way.
    assert off.max() <= 2 * (artefact.format == "cog") and (off > 0).mean() < 0.001


def geotiff_is_read_by_gdal(artefact):
    with rasterio.open(artefact.path) as picture:
        assert picture.driver == "GTiff" and picture.tags()["AREA_OR_POINT"] == "Area"
        lies_where_the_sheet_does(artefact, picture)
        shows_the_png(artefact, picture)


def cog_is_valid(artefact):
    valid, errors, warnings = cog_validate(artefact.path, strict=True)
    assert valid, (errors, warnings)
    with rasterio.open(artefact.path) as picture:
        structure = picture.tags(ns="IMAGE_STRUCTURE")
        assert (structure["LAYOUT"], picture.profile["blockxsize"]) == ("COG", 512)
        times = picture.overviews(1)
        assert times == [2**row for row in range(1, len(times) + 1)] and max(picture.shape) / times[-1] <= 512
        # An overview shows what the whole does, drawn anew.
        small = numpy.asarray(picture.read([1, 2, 3], out_shape=(3, *(side // times[0] for side in picture.shape))), dtype=float)
        png = Image.open(artefact.sibling("png").path).convert("RGB").resize(small.shape[:0:-1], Image.Resampling.BOX)
        off = numpy.abs(small.transpose(1, 2, 0) - numpy.asarray(png, dtype=float))
        assert off.mean() < 6, off.mean()


@contextlib.contextmanager
def unpacked(path):
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        package.extractall(folder)
        yield Path(folder)


def png_world_is_read_by_gdal(artefact):
    with unpacked(artefact.path) as folder:
        with rasterio.open(folder / "map.png") as picture:
            lies_where_the_sheet_does(artefact, picture)
            shows_the_png(artefact, picture)
        (folder / "map.png.aux.xml").unlink()
        with rasterio.open(folder / "map.png") as picture:
            crs, west, north, pixel = placed(artefact.sibling("svg").path)
            assert abs(picture.transform.c - west) < pixel / 1000 + 0.0006
            assert abs(picture.transform.f - north) < pixel / 1000 + 0.0006
        esri = pyproj.CRS.from_wkt((folder / "map.prj").read_text(encoding="ascii"))
        here, there = (pyproj.Transformer.from_crs(system, "EPSG:4326", always_xy=True) for system in (esri, crs))
        assert numpy.allclose(here.transform(west, north), there.transform(west, north), atol=1e-8)


def ozi_is_read_by_gdal(artefact):
    with unpacked(artefact.path) as folder, rasterio.open(folder / "map.map") as picture:
        crs, west, north, pixel = placed(artefact.sibling("svg").path)
        found = picture.transform
        assert pyproj.CRS(picture.crs.to_wkt()).utm_zone == pyproj.CRS(crs).utm_zone
        # Calibration points have millimetres.
        assert abs(found.c - west) < pixel / 1000 + 0.002 and abs(found.f - north) < pixel / 1000 + 0.002, (found, west, north)
        assert abs(found.a - pixel) * picture.width < 0.005 and abs(found.e + pixel) * picture.height < 0.005
        shows_the_png(artefact, picture)


@cache
def kml(path):
    with zipfile.ZipFile(path) as package:
        assert package.namelist()[0] == "doc.kml"
        root = etree.fromstring(package.read("doc.kml"))
        overlays = []
        for overlay in root.iter(f"{KML}GroundOverlay"):
            box = {side: float(overlay.findtext(f"{KML}LatLonBox/{KML}{side}")) for side in ("west", "south", "east", "north")}
            with Image.open(io.BytesIO(package.read(overlay.findtext(f"{KML}Icon/{KML}href")))) as image:
                assert not image.info.get("progressive")
                overlays.append((box, int(overlay.findtext(f"{KML}drawOrder")), image.format, numpy.asarray(image.convert("RGB"))))
        return root, overlays


def mosaic(overlays):
    """The pieces put together, and the degrees that they cover."""
    wests, norths = (sorted({box[side] for box, *_ in overlays}, reverse=side == "north") for side in ("west", "north"))
    at = {(box["north"], box["west"]): pixels for box, *_, pixels in overlays}
    for box, *_ in overlays:
        assert box["east"] in wests or box["east"] == max(b["east"] for b, *_ in overlays), "a gap between pieces"
    rows = [numpy.concatenate([at[north, west] for west in wests], axis=1) for north in norths]
    whole = numpy.concatenate(rows)
    return whole, [wests[0], min(b["south"] for b, *_ in overlays), max(b["east"] for b, *_ in overlays), norths[0]]


def agrees_with_the_sheet(artefact, pixels, crs, transform, share=0.97, reach=24):
    """What lies where in a picture of another system: water, woods and houses of the GeoTIFF are there too."""
    with rasterio.open(artefact.sibling("geotiff").path) as sheet:
        warped = numpy.zeros((3, *pixels.shape[:2]), dtype="float32")
        inside = numpy.zeros(pixels.shape[:2], dtype="uint8")
        to = {"dst_transform": transform, "dst_crs": crs}
        reproject(sheet.read([1, 2, 3]).astype("float32"), warped, src_transform=sheet.transform, src_crs=sheet.crs, resampling=Resampling.bilinear, **to)
        reproject(sheet.dataset_mask(), inside, src_transform=sheet.transform, src_crs=sheet.crs, **to)
    blur = lambda image: numpy.asarray(Image.fromarray(image.astype("uint8")).reduce(6), dtype=float)
    off = numpy.abs(blur(pixels) - blur(warped.transpose(1, 2, 0))).max(axis=2)
    seen = numpy.asarray(Image.fromarray(inside).reduce(6)) == 255
    assert seen.mean() > 0.3
    assert (off[seen] < reach).mean() > share, (off[seen] < reach).mean()


def overlay_lies_in_its_box(artefact):
    _, overlays = kml(artefact.path)
    whole, (west, south, east, north) = mosaic(overlays)
    transform = rasterio.transform.from_bounds(west, south, east, north, whole.shape[1], whole.shape[0])
    agrees_with_the_sheet(artefact, whole, "EPSG:4326", transform, share=0.9, reach=32)


def kmz_is_a_single_picture_for_gdal(artefact):
    root, overlays = kml(artefact.path)
    assert {format for _, _, format, _ in overlays} == {"PNG"}
    assert all(max(pixels.shape) <= 4096 for *_, pixels in overlays)
    if len(overlays) == 1:
        with rasterio.open(artefact.path) as picture:
            box = overlays[0][0]
            assert picture.crs.to_epsg() == 4326
            found = picture.bounds
            pixel = picture.res[0]
            assert numpy.allclose([found.left, found.bottom, found.right, found.top], list(box.values()), atol=pixel / 1000)
            assert numpy.array_equal(picture.read([1, 2, 3]).transpose(1, 2, 0), overlays[0][3])


def garmin_takes_its_tiles(artefact):
    _, overlays = kml(artefact.path)
    assert 0 < len(overlays) <= 100
    for _, order, format, pixels in overlays:
        assert format == "JPEG" and order >= 50 and max(pixels.shape) <= 1024


def kml_credit(path):
    root, _ = kml(path)
    assert "OpenStreetMap" in root.findtext(f"{KML}Document/{ATOM}author/{ATOM}name")
    return root.findtext(f"{KML}Document/{KML}description")


def kml_said(path):
    root, _ = kml(path)
    with zipfile.ZipFile(path) as package:
        said = json.loads(package.read("mapwright.json"))
    assert json.loads(root.findtext(f"{KML}Document/{KML}ExtendedData/{KML}Data/{KML}value")) == said
    return said


def package_credit(path):
    with zipfile.ZipFile(path) as package:
        with Image.open(io.BytesIO(package.read("map.png"))) as image:
            image.load()
            assert image.text["Copyright"] in package.read("LICENSE.txt").decode("utf-8")
            return image.text["Copyright"]


def package_said(path):
    with zipfile.ZipFile(path) as package:
        return json.loads(package.read("mapwright.json"))


ROWS = {
    "geotiff": (geotiff_is_read_by_gdal,),
    "cog": (geotiff_is_read_by_gdal, cog_is_valid),
    "png-world": (png_world_is_read_by_gdal,),
    "ozi-map": (ozi_is_read_by_gdal,),
    "kmz-overlay": (overlay_lies_in_its_box, kmz_is_a_single_picture_for_gdal),
    "garmin-custom-map": (overlay_lies_in_its_box, garmin_takes_its_tiles),
}
CREDITS = {
    **dict.fromkeys(("geotiff", "cog"), lambda path: tiff_tags(path)[33432]),
    **dict.fromkeys(("png-world", "ozi-map"), package_credit),
    **dict.fromkeys(("kmz-overlay", "garmin-custom-map"), kml_credit),
}
PLACES = {
    **dict.fromkeys(("geotiff", "cog"), tiff_said),
    **dict.fromkeys(("png-world", "ozi-map"), package_said),
    **dict.fromkeys(("kmz-overlay", "garmin-custom-map"), kml_said),
}

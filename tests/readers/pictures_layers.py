"""Pictures in layers: laid over each other by other software, they are the PNG of the same sheet but for its rounding."""

import io
import json
import zipfile

import numpy
import test_drawing as drawing
from gimpformats.gimpXcfDocument import GimpDocument
from lxml import etree
from PIL import Image
from pictures_plain import shown, xmp
from psd_tools import PSDImage
from psd_tools.constants import Resource
from pyora import Project
from tools import cache

MOST = 60


def over(layers, size):
    """Layers (picture with opacity, left, top), the lowest first, in the arithmetic of painting programs."""
    whole = numpy.zeros((size[1], size[0], 4), dtype=float)
    for image, left, top in layers:
        pixels = numpy.asarray(image.convert("RGBA"), dtype=float) / 255
        height, width = pixels.shape[:2]
        under = whole[top : top + height, left : left + width]
        alpha = pixels[..., 3:]
        under[..., :3] = pixels[..., :3] * alpha + under[..., :3] * (1 - alpha)
        under[..., 3:] = alpha + under[..., 3:] * (1 - alpha)
    return numpy.rint(whole[..., :3] * 255).astype("int16")


def together_they_are_the_png(artefact, names, layers, size):
    png = shown(artefact.sibling("png").path)
    assert png.shape[:2] == (size[1], size[0])
    assert 10 <= len(layers) <= MOST, len(layers)
    assert len(names) == len(set(names)) == len(layers) and names[0] == "ground"
    assert {"water", "buildings", "roads"} <= {name.split(" / ")[0].split(",")[0] for name in names}
    off = numpy.abs(over(layers, size) - png).max(axis=2)
    # The PNG was rounded after each of its edges, the layers only after their own: many edges on a pixel add up.
    assert (off <= 2).mean() >= 0.998 and (off <= 3).mean() >= 0.9998 and off.max() <= 6, f"{(off > 2).mean():.3%}, {off.max()}"
    # Each is cut to what it holds.
    for (image, *_), name in zip(layers[1:], names[1:]):
        alpha = numpy.asarray(image.convert("RGBA"))[..., 3] > 0
        assert alpha[0].any() and alpha[-1].any() and alpha[:, 0].any() and alpha[:, -1].any(), name


def psd_is_read_by_psd_tools(artefact):
    document = PSDImage.open(artefact.path)
    layers = [(layer.topil(), layer.left, layer.top) for layer in document]
    together_they_are_the_png(artefact, [layer.name for layer in document], layers, document.size)
    resolution = document.image_resources.get_data(Resource.RESOLUTION_INFO)
    assert numpy.isclose(resolution.horizontal / 65536, drawing.RENDERED_DPI)
    assert b"sRGB" in document.image_resources.get_data(Resource.ICC_PROFILE)


def psd_is_the_png_without_its_layers(artefact):
    with Image.open(artefact.path) as image:
        assert numpy.array_equal(numpy.asarray(image.convert("RGB"), dtype="int16"), shown(artefact.sibling("png").path))


@cache
def ora(path):
    return Project.load(str(path))


def ora_is_read_by_pyora(artefact):
    project = ora(artefact.path)
    # From the lowest.
    found = list(project.iter_layers)
    layers = [(layer.get_image_data(raw=True), *layer.offsets) for layer in found]
    together_they_are_the_png(artefact, [layer.name for layer in found], layers, project.dimensions)


def ora_follows_the_rules(artefact):
    with zipfile.ZipFile(artefact.path) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type, package.read(first)) == ("mimetype", zipfile.ZIP_STORED, b"image/openraster")
        names = set(package.namelist())
        root = etree.fromstring(package.read("stack.xml"))
        assert {layer.get("src") for layer in root.iter("layer")} <= names
        assert root.get("xres") == str(drawing.RENDERED_DPI)
        with Image.open(io.BytesIO(package.read("mergedimage.png"))) as image:
            assert numpy.array_equal(numpy.asarray(image.convert("RGB"), dtype="int16"), shown(artefact.sibling("png").path))
        with Image.open(io.BytesIO(package.read("Thumbnails/thumbnail.png"))) as image:
            assert max(image.size) <= 256


@cache
def xcf(path):
    return GimpDocument(str(path))


def xcf_is_read_by_gimpformats(artefact):
    document = xcf(artefact.path)
    # From the uppermost.
    found = list(document.raw_layers)[::-1]
    layers = [(layer.image, layer.xOffset, layer.yOffset) for layer in found]
    together_they_are_the_png(artefact, [layer.name for layer in found], layers, (document.width, document.height))


def parasite(path, name):
    return next(bytes(item.data) for item in xcf(path).parasites if item.name == name).rstrip(b"\0").decode("utf-8")


def psd_packet(path):
    return PSDImage.open(path).image_resources.get_data(Resource.XMP_METADATA)


def ora_texts(path):
    with zipfile.ZipFile(path) as package, Image.open(io.BytesIO(package.read("mergedimage.png"))) as image:
        image.load()
        return image.text


def ora_said(path):
    with zipfile.ZipFile(path) as package:
        said = json.loads(package.read("mapwright.json"))
    assert json.loads(ora_texts(path)["mapwright"]) == said
    return said


ROWS = {
    "psd": (psd_is_read_by_psd_tools, psd_is_the_png_without_its_layers),
    "ora": (ora_is_read_by_pyora, ora_follows_the_rules),
    "xcf": (xcf_is_read_by_gimpformats,),
}
CREDITS = {
    "psd": lambda path: psd_packet(path).decode("utf-8"),
    "ora": lambda path: ora_texts(path)["Copyright"],
    "xcf": lambda path: parasite(path, "gimp-comment"),
}
PLACES = {
    "psd": lambda path: xmp(psd_packet(path)),
    "ora": ora_said,
    "xcf": lambda path: json.loads(parasite(path, "mapwright")),
}

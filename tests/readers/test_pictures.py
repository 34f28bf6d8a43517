"""Formats of the pack `drawing` that show the same sheet as another one: pictures, SVGZ."""

import gzip
import tempfile
from pathlib import Path

import numpy
import test_drawing as drawing
import tools
from PIL import Image


def terms(path):
    """Exif and XMP as Pillow finds them."""
    with Image.open(path) as image:
        exif = image.getexif()
        assert "OpenStreetMap contributors" in exif[0x8298]
        assert numpy.allclose([float(exif[tag]) for tag in (0x011A, 0x011B)], drawing.RENDERED_DPI)
        xmp = image.info["xmp"].decode("utf-8")
        assert "© OpenStreetMap contributors, ODbL</rdf:li>" in xmp


def jpg_knows_its_resolution_and_terms(artefact):
    terms(artefact.path)
    with Image.open(artefact.path) as image:
        assert (image.format, image.mode, image.info["dpi"]) == ("JPEG", "RGB", (drawing.RENDERED_DPI,) * 2)
        assert image.info["jfif_unit"] == 1 and not image.info.get("progressive")


def jpg_shows_what_png_shows(artefact):
    off = numpy.abs(drawing.pixels(artefact.path) - drawing.pixels(artefact.sibling("png").path))
    assert off.mean() < 4 and (off.max(axis=2) > 64).mean() < 0.002


def webp_is_exactly_the_png(artefact):
    terms(artefact.path)
    with Image.open(artefact.path) as image:
        assert (image.format, image.mode) == ("WEBP", "RGB")
    assert numpy.array_equal(drawing.pixels(artefact.path), drawing.pixels(artefact.sibling("png").path))


def svgz_is_exactly_the_svg(artefact):
    packed = artefact.path.read_bytes()
    assert packed[3:10] == bytes([0, 0, 0, 0, 0, 0, 255]), "a date, a name or a system in the header"
    # But for the format that it says it was made as.
    said = gzip.decompress(packed).replace(b'"formats":["svgz"]', b'"formats":["svg"]')
    assert said == artefact.sibling("svg").path.read_bytes()


def svgz_is_drawn_by_rsvg(artefact):
    with tempfile.TemporaryDirectory() as folder:
        out, dpi = Path(folder) / "out.png", drawing.RENDERED_DPI
        tools.run("rsvg-convert", "-b", "white", "-d", dpi, "-p", dpi, "-u", "-o", out, artefact.path)
        drawing.alike(artefact, drawing.pixels(out))


ROWS = {
    "jpg": (jpg_knows_its_resolution_and_terms, jpg_shows_what_png_shows),
    "webp": (webp_is_exactly_the_png,),
    "svgz": (svgz_is_exactly_the_svg, svgz_is_drawn_by_rsvg),
}


def test_reader(artefact, check):
    check(artefact)

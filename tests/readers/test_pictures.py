"""Formats of the pack `drawing` that show the same sheet as another one: pictures, SVGZ, PostScript."""

import gzip
import re
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


def gs(artefact, device, out, *options):
    tools.run("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", f"-sDEVICE={device}", *options, "-o", out, artefact.path)


def ps_follows_the_conventions(artefact):
    text = artefact.path.read_bytes().decode("ascii")
    assert text.startswith("%!PS-Adobe-3.0\n") and max(map(len, text.splitlines())) <= 255
    assert "%%Copyright: OpenStreetMap contributors, ODbL" in text
    layers = re.findall(r"^%%BeginObject: (.+)$", text, re.M)
    assert layers == list(drawing.svg_layers(artefact.sibling("svg").path))


def ps_has_the_size_of_the_svg(artefact):
    text = artefact.path.read_text(encoding="ascii")
    _, _, width, height = map(float, re.search(r"^%%HiResBoundingBox: (.+)$", text, re.M)[1].split())
    sheet = [side * 72 / 25.4 for side in drawing.sheet_mm(artefact.sibling("svg").path)]
    assert numpy.allclose([width, height], sheet, atol=0.05)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.pdf"
        gs(artefact, "pdfwrite", out)
        pages = tools.run("qpdf", "--show-npages", out)
        assert pages.strip() == "1"


def ps_is_drawn_alike_by_ghostscript(artefact):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.png"
        gs(artefact, "png16m", out, f"-r{drawing.RENDERED_DPI}", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4")
        drawing.alike(artefact, drawing.pixels(out))


ROWS = {
    "jpg": (jpg_knows_its_resolution_and_terms, jpg_shows_what_png_shows),
    "webp": (webp_is_exactly_the_png,),
    "svgz": (svgz_is_exactly_the_svg, svgz_is_drawn_by_rsvg),
    "ps": (ps_follows_the_conventions, ps_has_the_size_of_the_svg, ps_is_drawn_alike_by_ghostscript),
}


def test_reader(artefact, check):
    check(artefact)

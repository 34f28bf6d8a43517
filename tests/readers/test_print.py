"""Formats of the pack `print`."""

import re
import tempfile
from pathlib import Path

import numpy
import test_drawing as drawing
import tools


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
    "ps": (ps_follows_the_conventions, ps_has_the_size_of_the_svg, ps_is_drawn_alike_by_ghostscript),
}


def test_reader(artefact, check):
    check(artefact)

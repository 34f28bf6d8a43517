"""Encapsulated PostScript and Illustrator's dialect, as Ghostscript and pstoedit read them."""

import json
import re
import tempfile
from pathlib import Path

import numpy
import test_drawing as drawing
import test_print
import tools

POINT = 25.4 / 72


def text_of(path):
    return path.read_bytes().decode("ascii")


def points(artefact):
    return [side / POINT for side in drawing.sheet_mm(artefact.sibling("svg").path)]


def conventions(artefact):
    text = text_of(artefact.path)
    assert max(map(len, text.splitlines())) <= 255
    assert "%%Copyright: OpenStreetMap contributors, ODbL" in text
    _, _, width, height = map(float, re.search(r"^%%HiResBoundingBox: (.+)$", text, re.M)[1].split())
    assert numpy.allclose([width, height], points(artefact), atol=0.05)


def eps_has_layers(artefact):
    text = text_of(artefact.path)
    assert text.startswith("%!PS-Adobe-3.0 EPSF-3.0\n") and "setpagedevice" not in text and "pdfmark" not in text
    assert re.findall(r"^%%BeginObject: (.+)$", text, re.M) == list(drawing.svg_layers(artefact.sibling("svg").path))


def eps_paints_within_its_box(artefact):
    """Ghostscript's own measure of what is painted."""
    done = tools.both("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=bbox", artefact.path)
    left, bottom, right, top = map(float, re.search(r"%%HiResBoundingBox: (.+)", done)[1].split())
    width, height = points(artefact)
    assert numpy.allclose([left, bottom, right, top], [0, 0, width, height], atol=1)


def drawn_alike(artefact):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.png"
        width, height = points(artefact)
        page = ("-dFIXEDMEDIA", f"-dDEVICEWIDTHPOINTS={width}", f"-dDEVICEHEIGHTPOINTS={height}")
        test_print.gs(artefact, "png16m", out, *page, f"-r{drawing.RENDERED_DPI}", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4")
        drawing.alike(artefact, drawing.pixels(out))


PAINT = {"f", "F", "s", "S", "b", "B"}


def ai_objects(text):
    """Layers and how many things each has: paths, compound paths, texts, groups of a label."""
    layers = []
    for body in re.findall(r"^%AI5_BeginLayer\n(.+?)^LB\n%AI5_EndLayer--$", text, re.M | re.S):
        name = re.search(r"^\((.*)\) Ln$", body, re.M)[1]
        count = depth = 0
        for line in body.splitlines():
            word = line.rpartition(" ")[2]
            if word in ("*u", "u", "To"):
                count += depth == 0
                depth += 1
            elif word in ("*U", "U", "TO"):
                depth -= 1
            elif word in PAINT:
                count += depth == 0
        layers.append((name, count))
    return layers


def ai_has_the_layers_of_the_svg(artefact):
    text = text_of(artefact.path)
    assert ai_objects(text) == drawing.objects(artefact)
    assert int(re.search(r"^%AI5_NumLayers: (\d+)$", text, re.M)[1]) == len(drawing.objects(artefact))


def ai_keeps_text(artefact):
    """pstoedit, which reads it through Ghostscript, finds the texts in their fonts; words of a street are texts of their own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.fig"
        tools.run("pstoedit", "-q", "-f", "fig", artefact.path, out)
        # A text is twelve numbers and a string that ends in a code.
        lines = [line for line in out.read_text(encoding="latin-1").splitlines() if line.startswith("4 ") and line.endswith("\\001")]
        found = {line.removesuffix("\\001").split(" ", 13)[-1].strip() for line in lines}
    written = set(re.findall(r"^\((.*)\) Tx$", text_of(artefact.path), re.M))
    plain = {text for text in written if text.isascii() and "\\" not in text}
    assert len(plain & found) >= 0.95 * len(plain), sorted(plain - found)[:10]


ROWS = {
    "eps": (conventions, eps_has_layers, eps_paints_within_its_box, drawn_alike),
    "ai8": (conventions, ai_has_the_layers_of_the_svg, ai_keeps_text, drawn_alike),
}
CREDITS = dict.fromkeys(ROWS, lambda path: next(line for line in text_of(path).splitlines() if line.startswith("%%Copyright:")))


def provenance(path):
    """A comment and what goes on in the next lines."""
    found = re.search(r"^%Mapwright: (.*(?:\n%%\+.*)*)", text_of(path), re.M)[1]
    return json.loads(found.replace("\n%%+", ""))


PLACES = dict.fromkeys(ROWS, provenance)

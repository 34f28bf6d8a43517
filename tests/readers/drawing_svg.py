"""Versions of SVG for single programs."""

import json
import re
import tempfile
from pathlib import Path

import numpy
import test_drawing as drawing
import tools
from test_drawing import INKSCAPE, SVG

SODIPODI = "{http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd}"
# What SVG Tiny 1.2 has of what is written (its table of elements and attributes).
TINY = {"svg", "title", "desc", "metadata", "defs", "g", "path", "rect", "text"}
PLAIN = {"id", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-opacity", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray"}
TINY_ATTRIBUTES = PLAIN | {"version", "baseProfile", "width", "height", "viewBox", "d", "x", "y", "transform", "font-family", "font-size", "font-weight", "font-style", "direction", "text-anchor"}


def drawn_alike(artefact):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.png"
        tools.run("rsvg-convert", "-b", "white", "-d", drawing.RENDERED_DPI, "-p", drawing.RENDERED_DPI, "-u", "-o", out, artefact.path)
        drawing.alike(artefact, drawing.pixels(out))


def size_is_that_of_the_sheet(artefact):
    root, sides = drawing.svg(artefact.path), drawing.sheet_mm(artefact.sibling("svg").path)
    scales = {"mm": 1.0, "pt": 72 / 25.4}
    for name, side in zip(("width", "height"), sides):
        number, unit = re.fullmatch(r"([\d.]+)(mm|pt)", root.get(name)).groups()
        assert abs(float(number) / scales[unit] - side) < 0.01
    assert "OpenStreetMap contributors" in root.findtext(f"{SVG}desc")


def layered(artefact, named):
    """Layers with how many things each holds, as `named` says what an element is called that is one."""
    path = lambda g: () if g.tag != f"{SVG}g" else (*path(g.getparent()), named(g))
    layers = [g for g in drawing.svg(artefact.path).iter(f"{SVG}g") if named(g)]
    assert {g.getparent().tag for g in layers} <= {f"{SVG}svg", f"{SVG}g"}
    counted = [(" / ".join(path(g)), sum(not (child.tag == f"{SVG}g" and named(child)) for child in g)) for g in layers]
    return [(name, count) for name, count in counted if count]


def inkscape_has_its_layers(artefact):
    label = lambda g: g.get(f"{INKSCAPE}label") if g.get(f"{INKSCAPE}groupmode") == "layer" else None
    assert layered(artefact, label) == drawing.objects(artefact)
    locked = [label(g) for g in drawing.svg(artefact.path).iter(f"{SVG}g") if g.get(f"{SODIPODI}insensitive")]
    assert locked == ["background"]


def inkscape_has_its_panels(artefact):
    root = drawing.svg(artefact.path)
    view = root.find(f"{SODIPODI}namedview")
    width, height = drawing.sheet_mm(artefact.path)
    page = view.find(f"{INKSCAPE}page")
    assert numpy.allclose([float(page.get("width")), float(page.get("height"))], [width, height], atol=0.01)
    guides = view.findall(f"{SODIPODI}guide")
    assert len(guides) == 4 and view.find(f"{INKSCAPE}grid").get("units") == "mm"
    swatches = [g for g in root.iter(f"{SVG}linearGradient") if g.get(f"{INKSCAPE}swatch") == "solid"]
    colours = {stop.get("stop-color") for swatch in swatches for stop in swatch}
    assert len(swatches) == len(colours) > 20
    labels = [path.get(f"{INKSCAPE}label") for path in root.iter(f"{SVG}path") if path.get(f"{INKSCAPE}label")]
    assert len(labels) > 100 and all(re.fullmatch(r"[nwr]-?\d+", label) for label in labels)


def illustrator_has_its_layers(artefact):
    """Ids are names in Illustrator's spelling; halos are elements of their own."""
    found = layered(artefact, lambda g: g.get("data-name"))
    wanted = drawing.objects(artefact)
    assert [name for name, _ in found] == [name for name, _ in wanted]
    for (name, count), (_, least) in zip(found, wanted):
        assert least <= count <= 2 * least, name
    ids = [g.get("id") for g in drawing.svg(artefact.path).iter(f"{SVG}g") if g.get("data-name")]
    assert len(ids) == len(set(ids)) and all(re.fullmatch(r"[^\W\d_][\w.-]*|_x[0-9A-F]+_.*", id) for id in ids)


def illustrator_names_fonts(artefact):
    fonts = {text.get("font-family") for text in drawing.svg(artefact.path).iter() if text.get("font-family")}
    assert fonts and all(re.match(r"'NotoSans[A-Za-z]*-(Regular|Bold|Italic|BoldItalic)', Noto Sans", font) for font in fonts), fonts
    texts = {" ".join("".join(text.itertext()).split()) for text in drawing.svg(artefact.path).iter(f"{SVG}text")}
    drawing.named_streets(artefact, texts)


def tiny_is_of_the_profile(artefact):
    root = drawing.svg(artefact.path)
    assert (root.get("version"), root.get("baseProfile")) == ("1.2", "tiny")
    for element in root.iter(f"{SVG}*"):
        assert element.tag.removeprefix(SVG) in TINY, element.tag
        assert set(element.attrib) <= TINY_ATTRIBUTES, element.attrib


def tiny_keeps_layers_and_text(artefact):
    wanted = list(drawing.svg_layers(artefact.sibling("svg").path))
    ids = [g.get("id") for g in drawing.svg(artefact.path).iter(f"{SVG}g") if g.get("id")]
    assert [id for id in ids if id != "margin"] == wanted
    # A name along a street is a group of words.
    texts = {" ".join(" ".join(text.text for text in g.iter(f"{SVG}text")).split()) for g in drawing.svg(artefact.path).iter(f"{SVG}g") if not g.get("id")}
    texts |= {text.text for text in drawing.svg(artefact.path).iter(f"{SVG}text")}
    drawing.named_streets(artefact, texts)


ROWS = {
    "svg-inkscape": (size_is_that_of_the_sheet, inkscape_has_its_layers, inkscape_has_its_panels, drawn_alike),
    "svg-illustrator": (size_is_that_of_the_sheet, illustrator_has_its_layers, illustrator_names_fonts, drawn_alike),
    "svg-tiny": (size_is_that_of_the_sheet, tiny_is_of_the_profile, tiny_keeps_layers_and_text, drawn_alike),
}
CREDITS = dict.fromkeys(ROWS, lambda path: drawing.svg(path).findtext(f"{SVG}desc"))


def provenance(path):
    return json.loads(drawing.svg(path).findtext(f"{SVG}metadata/{{urn:mapwright:provenance}}provenance"))


PLACES = dict.fromkeys(ROWS, provenance)

"""What readers of documents, diagrams and typesetting share: the picture, layers, names and colours of the map."""

import tempfile
from pathlib import Path

import fonts
import numpy
import test_drawing as drawing
import tools
from lxml import etree
from PIL import Image


def picture(artefact, make, most=0.05):
    """`make(out, width, height)` writes a PNG of so many pixels, or nearly so; it must show the map."""
    png = drawing.pixels(artefact.sibling("png").path)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.png"
        make(out, png.shape[1], png.shape[0])
        drawing.alike(artefact, drawing.pixels(out), most)


def cropped(artefact, out, left, top):
    """What lies on the sheet of a picture that shows so many pixels more on the left and above."""
    png = drawing.pixels(artefact.sibling("png").path)
    with Image.open(out) as image:
        kept = image.convert("RGB").crop((left, top, left + png.shape[1], top + png.shape[0]))
    kept.save(out)


def svg_picture(artefact, svg, per_mm=None, most=0.05):
    """The same of a picture that a reader made as SVG; of one that is larger than the sheet, by its units in a millimetre."""

    def make(out, width, height):
        page = out.with_suffix(".svg")
        root = etree.fromstring(svg, etree.XMLParser(huge_tree=True))
        if per_mm:
            root.set("viewBox", "0 0 " + " ".join(str(side * per_mm) for side in drawing.sheet_mm(artefact.sibling("svg").path)))
            root.set("width", str(width))
            root.set("height", str(height))
        page.write_bytes(etree.tostring(root))
        with fonts.found():
            tools.run("rsvg-convert", "-b", "white", "-u", "-w", width, "-h", height, "-o", out, page)

    picture(artefact, make, most)


def named(artefact, texts):
    """Names that are on the map are there as text: streets word by word, the others whole; letters beyond ASCII among them."""
    found = {word for text in texts for word in text.split()}
    names = {name for name in drawing.svg_texts(artefact.sibling("svg").path) if name}
    told = {name for name in names if set(name.split()) <= found}
    assert len(told) > 0.7 * len(names), sorted(names - told)[:20]
    assert any(not name.isascii() for name in told)


def layers(artefact, found):
    """The same names in the same order with as many objects as in the SVG; what the sheet adds of itself aside."""
    wanted = drawing.objects(artefact)
    kept = [(name, count) for name, count in found if count and name != "margin"]
    assert kept == wanted, [pair for pair in zip(kept, wanted) if pair[0] != pair[1]][:5]


def same_size(artefact, sides, atol=0.05):
    assert numpy.allclose(sides, drawing.sheet_mm(artefact.sibling("svg").path), atol=atol), sides


def colour(artefact, colours):
    """The buildings of the map have their colour: the commonest one of the SVG."""
    fills = [g.get("fill") for g in drawing.svg(artefact.sibling("svg").path).iter() if g.get("fill", "none") not in ("none", None)]
    wanted = max(set(fills), key=fills.count).lstrip("#").lower()
    assert wanted in {value.lstrip("#").lower()[-6:] for value in colours}, wanted

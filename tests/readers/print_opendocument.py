"""Drawings and presentations of OpenDocument, as odfpy reads them."""

import json
import zipfile

import documents
from lxml import etree
from odf import opendocument
from tools import once

DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"


@once
def tree(path):
    """The parts of a document as odfpy writes them again after reading; its own writer of what is said of a document takes no line breaks."""
    parser = etree.XMLParser(huge_tree=True)
    if path.suffix == ".fodg":
        return etree.parse(path, parser).getroot()
    document = opendocument.load(str(path))
    assert document.getMediaType().endswith("presentation" if path.suffix == ".odp" else "graphics")
    whole = etree.Element("whole")
    with zipfile.ZipFile(path) as file:
        parts = (document.contentxml(), document.stylesxml().encode(), file.read("meta.xml"))
    # It escapes blanks in all names as it does in those of styles.
    whole.extend(etree.fromstring(part.replace(b"_20_", b" "), parser) for part in parts)
    return whole


def page(path):
    (found,) = tree(path).iter(f"{DRAW}page")
    return found


def has_the_size_of_the_svg(artefact):
    layout = next(tree(artefact.path).iter("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}page-layout-properties"))
    documents.same_size(artefact, [float(layout.get(f"{FO}page-{side}").removesuffix("mm")) for side in ("width", "height")])


def has_the_layers_of_the_svg(artefact):
    found = {}
    for shape in page(artefact.path):
        name = shape.get(f"{DRAW}layer")
        found[name] = found.get(name, 0) + 1
    known = [layer.get(f"{DRAW}name") for layer in tree(artefact.path).iter(f"{DRAW}layer")]
    assert set(found) <= set(known) and list(found) == [name for name in known if name in found]
    documents.layers(artefact, list(found.items()))


def has_the_groups_of_the_svg(artefact):
    found = []

    def walk(group):
        children = [child for child in group if child.tag.startswith(DRAW)]
        inner = [child for child in children if child.tag == f"{DRAW}g" and child.get(f"{DRAW}name") in names]
        found.append((group.get(f"{DRAW}name"), len(children) - len(inner)))
        for child in inner:
            walk(child)

    names = {name for name, _ in documents.drawing.objects(artefact)}
    names |= {name.partition(" / ")[0] for name in names}
    for group in page(artefact.path):
        walk(group)
    documents.layers(artefact, found)


def keeps_text(artefact):
    documents.named(artefact, ["".join(text.itertext()) for text in page(artefact.path).iter(f"{TEXT}p")])


def has_the_colours_of_the_svg(artefact):
    documents.colour(artefact, [style.get(f"{DRAW}fill-color") for style in tree(artefact.path).iter() if style.get(f"{DRAW}fill-color")])


def is_packed(artefact):
    """Within two and a half times the SVG in gzip, which has one halo for a text and no boxes; and what packages begin with."""
    with zipfile.ZipFile(artefact.path) as file:
        assert file.testzip() is None and file.namelist()[0] == "mimetype"
    assert artefact.path.stat().st_size < 2.6 * artefact.sibling("svgz").path.stat().st_size


DRAWING = (has_the_size_of_the_svg, has_the_layers_of_the_svg, keeps_text, has_the_colours_of_the_svg)
ROWS = {
    "odg": (*DRAWING, is_packed),
    "fodg": DRAWING,
    "odp": (has_the_size_of_the_svg, has_the_groups_of_the_svg, keeps_text, has_the_colours_of_the_svg, is_packed),
}


def description(path):
    return next(tree(path).iter(f"{DC}description")).text


def made(path):
    return json.loads(next(field for field in tree(path).iter(f"{META}user-defined") if field.get(f"{META}name") == "mapwright").text)


CREDITS = dict.fromkeys(ROWS, description)
PLACES = dict.fromkeys(ROWS, made)

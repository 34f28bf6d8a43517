"""Slides by python-pptx, documents by python-docx, Visio drawings by libvisio and vsdx, pages of XPS by MuPDF."""

import json
import zipfile

import docx
import pptx
import documents
import tools
from lxml import etree
from pptx.enum.shapes import MSO_SHAPE_TYPE
from tools import once

EMU = 36_000
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
VISIO = "{http://schemas.microsoft.com/office/visio/2012/main}"


def tally(groups, names):
    """Groups with their names: what lies in each itself, in order; `groups` yields (name, children)."""
    found = []

    def walk(name, children):
        inner = [child for child in children if child[1] is not None and child[0] in names]
        found.append((name, len(children) - len(inner)))
        for child in inner:
            walk(*child)

    for group in groups:
        walk(*group)
    return found


def outer(artefact):
    names = {name for name, _ in documents.drawing.objects(artefact)}
    return names | {name.partition(" / ")[0] for name in names} | {"background", "margin"}


# -- PowerPoint


@once
def slide(path):
    document = pptx.Presentation(path)
    (found,) = document.slides
    return document, found


def pptx_has_the_size_of_the_svg(artefact):
    document, _ = slide(artefact.path)
    documents.same_size(artefact, [document.slide_width / EMU, document.slide_height / EMU])


def pptx_has_the_groups_of_the_svg(artefact):
    _, found = slide(artefact.path)
    (whole,) = found.shapes
    assert whole.name == "Map" and "OpenStreetMap" in whole._element.nvGrpSpPr.cNvPr.get("descr")

    def nested(shape):
        group = shape.shape_type == MSO_SHAPE_TYPE.GROUP
        return shape.name, [nested(child) for child in shape.shapes] if group else None

    documents.layers(artefact, tally([nested(group) for group in whole.shapes], outer(artefact)))


def shapes(group):
    for shape in group.shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from shapes(shape)
        else:
            yield shape


def pptx_keeps_text_and_freeforms(artefact):
    _, found = slide(artefact.path)
    (whole,) = found.shapes
    every = list(shapes(whole))
    documents.named(artefact, [shape.text_frame.text for shape in every if shape.has_text_frame])
    freeforms = [shape for shape in every if shape.shape_type == MSO_SHAPE_TYPE.FREEFORM]
    assert len(freeforms) > 1000
    documents.colour(artefact, [value.get("val") for value in found._element.iter(f"{A}srgbClr")])
    width, height = documents.drawing.sheet_mm(artefact.sibling("svg").path)
    inside = [0 <= shape.left + shape.width / 2 <= width * EMU and 0 <= shape.top + shape.height / 2 <= height * EMU for shape in every]
    assert sum(inside) > 0.97 * len(inside)


# -- Word


@once
def document(path):
    return docx.Document(path)


def docx_has_the_page_and_a_caption(artefact):
    found = document(artefact.path)
    (section,) = found.sections
    width, height = documents.drawing.sheet_mm(artefact.sibling("svg").path)
    assert abs(section.page_width / EMU - width) < 0.1 and abs(section.page_height / EMU - height - 12) < 0.1
    drawn, caption = found.paragraphs
    assert caption.style.name.lower() == "caption" and "OpenStreetMap contributors" in caption.text
    (extent,) = drawn._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent")
    documents.same_size(artefact, [int(extent.get("cx")) / EMU, int(extent.get("cy")) / EMU])


def docx_has_the_groups_of_the_svg(artefact):
    (whole,) = document(artefact.path).element.body.iter(f"{WPG}wgp")

    def nested(element):
        if element.tag == f"{WPG}grpSp":
            return element.find(f"{WPG}cNvPr").get("name"), [nested(child) for child in element if child.tag in (f"{WPG}grpSp", f"{WPS}wsp")]
        return element.find(f"{WPS}cNvPr").get("name"), None

    documents.layers(artefact, tally([nested(child) for child in whole if child.tag == f"{WPG}grpSp"], outer(artefact)))


def docx_keeps_text(artefact):
    body = document(artefact.path).element.body
    documents.named(artefact, [text.text for text in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")])
    documents.colour(artefact, [value.get("val") for value in body.iter(f"{A}srgbClr")])


# -- Visio


@once
def visio(path):
    """As libvisio draws it."""
    html = tools.run("vsd2xhtml", path)
    start, end = html.index("<svg:svg"), html.index("</svg:svg>") + len("</svg:svg>")
    return html[start:end].encode()


def part(path, name):
    with zipfile.ZipFile(path) as file:
        return etree.fromstring(file.read(name), etree.XMLParser(huge_tree=True))


def cell(element, name):
    return next(found.get("V") for found in element if found.get("N") == name)


def vsdx_has_the_layers_of_the_svg(artefact):
    pages = part(artefact.path, "visio/pages/pages.xml")
    names = [cell(row, "Name") for row in pages.iter(f"{VISIO}Row")]
    documents.same_size(artefact, [float(cell(next(pages.iter(f"{VISIO}PageSheet")), side)) * 25.4 for side in ("PageWidth", "PageHeight")])
    counts = dict.fromkeys(names, 0)
    for shape in part(artefact.path, "visio/pages/page1.xml").find(f"{VISIO}Shapes"):
        counts[names[int(cell(shape, "LayerMember"))]] += 1
    documents.layers(artefact, list(counts.items()))


def vsdx_keeps_text(artefact):
    root = etree.fromstring(visio(artefact.path), etree.XMLParser(huge_tree=True))
    documents.named(artefact, ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")])


def vsdx_is_drawn_alike_by_libvisio(artefact):
    # It sets texts without their alignment, a little higher than they stand, which shows in crowded maps.
    documents.svg_picture(artefact, visio(artefact.path), most=0.08)


# -- XPS


def xps_is_drawn_alike_by_mupdf(artefact):
    dpi = documents.drawing.RENDERED_DPI
    documents.picture(artefact, lambda out, *_: tools.run("mutool", "draw", "-q", "-r", dpi, "-o", out, artefact.path))


def xps_has_the_layers_of_the_svg(artefact):
    root = part(artefact.path, "Documents/1/Pages/1.fpage")
    xps = "{http://schemas.microsoft.com/xps/2005/06}"
    documents.same_size(artefact, [float(root.get(side)) / 96 * 25.4 for side in ("Width", "Height")])
    names = [canvas.get("AutomationProperties.Name") for canvas in root.iter(f"{xps}Canvas") if canvas.get("AutomationProperties.Name")]
    wanted = [name for name, _ in documents.drawing.objects(artefact)]
    assert [name for name in names if name in set(wanted)] == wanted


ROWS = {
    "pptx": (pptx_has_the_size_of_the_svg, pptx_has_the_groups_of_the_svg, pptx_keeps_text_and_freeforms),
    "docx": (docx_has_the_page_and_a_caption, docx_has_the_groups_of_the_svg, docx_keeps_text),
    "vsdx": (vsdx_has_the_layers_of_the_svg, vsdx_keeps_text, vsdx_is_drawn_alike_by_libvisio),
    "xps": (xps_has_the_layers_of_the_svg, xps_is_drawn_alike_by_mupdf),
}


def described(path):
    return next(part(path, "docProps/core.xml").iter("{http://purl.org/dc/elements/1.1/}description")).text


def made(path):
    with zipfile.ZipFile(path) as file:
        return json.loads(file.read("docProps/mapwright.json"))


CREDITS = dict.fromkeys(ROWS, described)
PLACES = dict.fromkeys(ROWS, made)

"""Diagrams and source for typesetting: Dia, fig2dev and Typst draw them; draw.io and Excalidraw in a browser."""

import base64
import gzip
import json
import re
import tempfile
import urllib.parse
import zlib
from pathlib import Path

import documents
import tools
import typst
from lxml import etree
from tools import once

DIA = "{http://www.lysator.liu.se/~alla/dia/}"
FONTS = Path(__file__).resolve().parents[2] / "assets/fonts"


# -- Dia


@once
def dia(path):
    """As Dia draws it."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.svg"
        tools.both("dia", "-n", "-e", out, path)
        return out.read_bytes()


def diagram(path):
    return etree.fromstring(gzip.decompress(path.read_bytes()), etree.XMLParser(huge_tree=True))


def dia_has_the_layers_of_the_svg(artefact):
    documents.layers(artefact, [(layer.get("name"), len(layer)) for layer in diagram(artefact.path).iter(f"{DIA}layer")])


def dia_is_drawn_alike(artefact):
    # Twenty units of Dia's SVG are a centimetre.
    documents.svg_picture(artefact, dia(artefact.path), 2)


def dia_keeps_text(artefact):
    root = etree.fromstring(dia(artefact.path), etree.XMLParser(huge_tree=True))
    documents.named(artefact, ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")])


# -- Xfig


@once
def fig(path):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.svg"
        tools.both("fig2dev", "-L", "svg", path, out)
        return out.read_bytes()


def figure(path):
    """It hands letters on as they are, in ISO 8859-1."""
    return etree.fromstring(fig(path).replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"', 1), etree.XMLParser(huge_tree=True))


def xfig_names_the_layers_of_the_svg(artefact):
    """A comment before each, objects at its depth; what lies in a compound is one."""
    found, inside = [], 0
    for line in artefact.path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# layer "):
            found.append([line.removeprefix("# layer "), 0])
        elif line.startswith("-6"):
            inside -= 1
        elif found and re.match(r"[2456] ", line):
            found[-1][1] += not inside
            inside += line.startswith("6 ")
    documents.layers(artefact, [tuple(row) for row in found])


def xfig_is_drawn_alike_by_fig2dev(artefact):
    """In PDF: its SVG has texts that are a fifth smaller."""

    def make(out, width, height):
        page = out.with_suffix(".pdf")
        tools.both("fig2dev", "-L", "pdf", artefact.path, page)
        tools.run("pdftoppm", "-r", documents.drawing.RENDERED_DPI, "-png", "-singlefile", page, out.with_suffix(""))
        # What overhangs the sheet is shown, too: how far, its SVG tells in 1,200ths of an inch of a figure that is five times as large.
        left, top = (float(side) for side in re.search(rb'viewBox="(\S+) (\S+)', fig(artefact.path)).groups())
        documents.cropped(artefact, out, *(round(-side / 6000 * documents.drawing.RENDERED_DPI) for side in (left, top)))

    # Helvetica is narrower than the letters that halos are for.
    documents.picture(artefact, make, 0.08)


def xfig_keeps_text(artefact):
    if artefact.extract != "moscow":
        root = figure(artefact.path)
        documents.named(artefact, ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")])
        documents.colour(artefact, [element.get("fill") for element in root.iter() if element.get("fill")])


# -- Typst


def typst_is_drawn_alike(artefact):
    def make(out, width, height):
        typst.compile(str(artefact.path), output=str(out), format="png", ppi=documents.drawing.RENDERED_DPI, font_paths=[str(FONTS)])

    documents.picture(artefact, make)


def typst_keeps_text(artefact):
    """What pdftotext finds in the PDF that Typst makes."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.pdf"
        typst.compile(str(artefact.path), output=str(out), font_paths=[str(FONTS)])
        documents.named(artefact, [tools.run("pdftotext", "-raw", out, "-")])
        sides = re.search(r"Page size: +([\d.]+) x ([\d.]+) pts", tools.run("pdfinfo", out))
        documents.same_size(artefact, [float(side) / 72 * 25.4 for side in sides.groups()])


def typst_has_the_layers_of_the_svg(artefact):
    names = re.findall(r'^#layer\("(.*)"\)\[$', artefact.path.read_text(encoding="utf-8"), re.M)
    wanted = [name for name, _ in documents.drawing.objects(artefact)]
    assert [name for name in names if name in set(wanted)] == wanted


# -- TikZ, Scribus: their programs are of the second ring


def tikz_names_the_layers_of_the_svg(artefact):
    text = artefact.path.read_text(encoding="utf-8")
    names = re.findall(r"^% layer (.*)$", text, re.M)
    wanted = [name for name, _ in documents.drawing.objects(artefact)]
    assert [name for name in names if name in set(wanted)] == wanted
    assert text.count("\\begin{scope}") == text.count("\\end{scope}") and text.count("{") == text.count("}")


def scribus_has_the_layers_of_the_svg(artefact):
    root = etree.parse(artefact.path, etree.XMLParser(huge_tree=True)).getroot()
    names = {layer.get("NUMMER"): layer.get("NAME") for layer in root.iter("LAYERS")}
    counts = dict.fromkeys(names.values(), 0)
    for shape in root.find("DOCUMENT").findall("PAGEOBJECT"):
        counts[names[shape.get("LAYER")]] += 1
    documents.layers(artefact, list(counts.items()))
    documents.named(artefact, [text.get("CH") for text in root.iter("ITEXT")])


# -- draw.io, Excalidraw


def drawio_has_the_layers_of_the_svg(artefact):
    root = etree.parse(artefact.path, etree.XMLParser(huge_tree=True)).getroot()
    cells = list(root.iter("mxCell"))
    names = {cell.get("id"): cell.get("value") for cell in cells if cell.get("parent") == "0"}
    counts = dict.fromkeys(names.values(), 0)
    for cell in cells:
        if cell.get("parent") in names:
            counts[names[cell.get("parent")]] += 1
    documents.layers(artefact, list(counts.items()))
    documents.named(artefact, [cell.get("value") for cell in cells if "text;" in (cell.get("style") or "")])


def drawio_stencils_unpack(artefact):
    """As diagrams.net packs them: deflate within base64 within a style."""
    root = etree.parse(artefact.path, etree.XMLParser(huge_tree=True)).getroot()
    stencils = [found[1] for cell in root.iter("mxCell") if (found := re.search(r"stencil\(([^)]*)\)", cell.get("style") or ""))]
    assert len(stencils) > 500
    for packed in stencils:
        shape = etree.fromstring(urllib.parse.unquote(zlib.decompress(base64.b64decode(packed), -15).decode()))
        assert shape.tag == "shape" and float(shape.get("w")) > 0 and shape.find("foreground/path") is not None


def excalidraw_has_the_groups_of_the_svg(artefact):
    scene = json.loads(artefact.path.read_bytes())
    counts, seen = {}, set()
    for element in scene["elements"]:
        groups = element["groupIds"]
        named = next(row for row, group in enumerate(groups) if not re.fullmatch(r"g\d+", group))
        # Groups of a label or a shape of several lines are one object.
        key = groups[named - 1] if named else element["id"]
        if key not in seen:
            seen.add(key)
            counts[groups[named]] = counts.get(groups[named], 0) + 1
    ids = {".".join(name.split(" / ")) for name, _ in documents.drawing.objects(artefact)}
    assert ids <= set(counts), sorted(ids - set(counts))[:5]
    documents.named(artefact, [element["text"] for element in scene["elements"] if element["type"] == "text"])
    documents.colour(artefact, [element["backgroundColor"] for element in scene["elements"]])


ROWS = {
    "dia": (dia_has_the_layers_of_the_svg, dia_is_drawn_alike, dia_keeps_text),
    "xfig": (xfig_names_the_layers_of_the_svg, xfig_is_drawn_alike_by_fig2dev, xfig_keeps_text),
    "typst": (typst_has_the_layers_of_the_svg, typst_is_drawn_alike, typst_keeps_text),
    "tikz": (tikz_names_the_layers_of_the_svg,),
    "scribus": (scribus_has_the_layers_of_the_svg,),
    "drawio": (drawio_has_the_layers_of_the_svg, drawio_stencils_unpack),
    "excalidraw": (excalidraw_has_the_groups_of_the_svg,),
}


def first(path, packed=False):
    """The beginning of a file of text."""
    data = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    return data[:300_000].decode("utf-8", "ignore")


def attribute(name):
    return lambda path: next(iter(etree.parse(path, etree.XMLParser(huge_tree=True)).getroot().iter("mxfile", "DOCUMENT"))).get(name)


def comment(path, packed=False):
    """JSON in the lines of comments of a text."""
    found = "".join(re.findall(r"^(?:%|//|#|<!--) ?(.*?)(?: -->)?$", first(path, packed), re.M))
    return json.JSONDecoder().raw_decode(found[found.index('{"mapwright"') :])[0]


CREDITS = {
    "dia": lambda path: first(path, True),
    "xfig": lambda path: first(path)[:2000],
    "typst": lambda path: first(path)[:2000],
    "tikz": lambda path: first(path)[:2000],
    "scribus": attribute("COMMENTS"),
    "drawio": attribute("attribution"),
    "excalidraw": lambda path: json.loads(path.read_bytes())["attribution"],
}
PLACES = {
    "dia": lambda path: comment(path, True),
    "xfig": comment,
    "typst": comment,
    "tikz": comment,
    "scribus": lambda path: json.loads(attribute("KEYWORDS")(path)),
    "drawio": lambda path: json.loads(attribute("mapwright")(path)),
    "excalidraw": lambda path: {"mapwright": json.loads(path.read_bytes())["mapwright"]},
}

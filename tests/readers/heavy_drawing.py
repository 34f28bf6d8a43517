"""Drawings in large programs: LibreOffice, Inkscape and Scribus draw them, GDAL finds the features of a PDF."""

import json
import tempfile
from collections import Counter
from pathlib import Path

import numpy
import print_cgm
import print_corel
import pyproj
import test_drawing as drawing
import tools
from lxml import etree
from PIL import Image

# Pixels of the longer side at which pictures are compared: no more than the map's own picture has, which would be blurred.
LONG = 1500
# Least likeness: of vectors that look the same, and of those a reader is known to draw otherwise.
LIKE = 0.9


def scaled(path, size):
    with Image.open(path) as image:
        whole = Image.new("RGB", image.size, "white")
        whole.paste(image.convert("RGB"), mask=image.getchannel("A") if image.mode == "RGBA" else None)
        return numpy.asarray(whole.resize(size, Image.Resampling.LANCZOS).convert("L"), dtype=float)


def box(values, side=8):
    sums = numpy.cumsum(numpy.cumsum(numpy.pad(values, ((1, 0), (1, 0))), 0), 1)
    return (sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]) / side**2


def likeness(artefact, picture):
    """Structural similarity (Wang et al., 2004, windows of 8 pixels) to mapwright's own picture of the sheet."""
    own = artefact.sibling("png").path
    with Image.open(own) as image:
        longer = max(image.size)
        assert longer >= LONG, image.size
        size = tuple(round(LONG * side / longer) for side in image.size)
    a, b = scaled(own, size), scaled(picture, size)
    mean_a, mean_b = box(a), box(b)
    spread_a, spread_b, common = box(a * a) - mean_a**2, box(b * b) - mean_b**2, box(a * b) - mean_a * mean_b
    small, large = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    index = (2 * mean_a * mean_b + small) * (2 * common + large) / ((mean_a**2 + mean_b**2 + small) * (spread_a + spread_b + large))
    return round(float(index.mean()), 3)


def inkscape(read, artefact, least=LIKE):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.png"
        read("inkscape", "--export-type=png", "--export-area-page", "-w", 2 * LONG, "-b", "white", "-o", out, artefact.path)
        found = likeness(artefact, out)
    assert found >= least, found
    return {"ssim": found}


def ghostscript(read, artefact, least=LIKE):
    """Ghostscript draws the page, with the fonts of this machine where the file names them. Files of Illustrator set no size of a page."""
    width, height = (side * 72 / 25.4 for side in drawing.sheet_mm(artefact.sibling("svg").path))
    size = (f"-dDEVICEWIDTHPOINTS={width}", f"-dDEVICEHEIGHTPOINTS={height}") if artefact.format == "ai8" else ("-dEPSCrop",)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.png"
        smooth = ("-dTextAlphaBits=4", "-dGraphicsAlphaBits=4")
        read("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", *size, "-sDEVICE=png16m", *smooth, "-r300", f"-sOutputFile={out}", artefact.path)
        found = likeness(artefact, out)
    assert found >= least, found
    return {"ssim": found}


def mupdf(read, artefact, least=LIKE):
    """MuPDF draws the page."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.png"
        read("mutool", "draw", "-q", "-r", 300, "-o", out, artefact.path)
        found = likeness(artefact, out)
    assert found >= least, found
    return {"ssim": found}


def pages(artefact, pdf, least):
    """The one page of a PDF that a program made, or what of it is the sheet: below it a caption may stand."""
    out = pdf.with_name("page.png")
    tools.run("pdftoppm", "-png", "-r", 300, pdf, out.with_suffix(""))
    (page,) = pdf.parent.glob("page*.png")
    width, height = drawing.sheet_mm(artefact.sibling("svg").path)
    with Image.open(page) as image:
        image.crop((0, 0, image.width, round(image.width * height / width))).save(out)
    found = likeness(artefact, out)
    texts = set(tools.run("pdftotext", "-raw", pdf, "-").split())
    names = {name for name in drawing.svg_texts(artefact.sibling("svg").path) if name}
    told = sum(set(name.split()) <= texts for name in names)
    assert found >= least, found
    return {"ssim": found, "names": f"{told} of {len(names)}"}


def office(read, artefact, least=LIKE):
    """LibreOffice draws it: as PDF, since in its SVG dashes are whole lines."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        kind = "pdf" if artefact.format in ("docx", "odp", "pptx") else "pdf:draw_pdf_Export"
        read("soffice", "--headless", profile, "--convert-to", kind, "--outdir", folder, artefact.path)
        return pages(artefact, Path(folder) / f"{artefact.path.stem}.pdf", least)


def whiteboard(read, artefact, least=LIKE):
    """mxGraph and Excalidraw's own library draw it in Chromium, and have its things and names."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.png"
        width, height = drawing.sheet_mm(artefact.sibling("svg").path)
        size = [round(2 * LONG * side / max(width, height)) for side in (width, height)]
        told = json.loads(read("node", Path(__file__).with_name("heavy_whiteboard.mjs"), artefact.path, out, *size))
        found = likeness(artefact, out)
    words = {word for text in told.pop("texts") for word in text.split()}
    names = {name for name in drawing.svg_texts(artefact.sibling("svg").path) if name}
    named = sum(set(name.split()) <= words for name in names)
    assert named > 0.7 * len(names), (named, len(names))
    layers = told.pop("layers", None)
    if layers:
        assert layers == [name for name, _ in drawing.objects(artefact)], layers
    assert found >= least, found
    return {**{key: told[key] for key in ("edges", "vertices", "things") if key in told}, "names": f"{named} of {len(names)}", "ssim": found}


def latex(read, artefact, least=LIKE):
    """pdfLaTeX sets the page, in its own fonts."""
    with tempfile.TemporaryDirectory() as folder:
        read("pdflatex", "-interaction=batchmode", f"-output-directory={folder}", artefact.path)
        return pages(artefact, Path(folder) / f"{artefact.path.stem}.pdf", least)


def sla(read, artefact, least=LIKE):
    """Scribus opens its own document: layers, objects, and how the page looks."""
    with tempfile.TemporaryDirectory() as folder:
        out, told = Path(folder) / "out.png", Path(folder) / "told.json"
        read("xvfb-run", "-a", "scribus", "-g", "-ns", "-py", Path(__file__).with_name("heavy_sla.py"), artefact.path, out, told)
        found, layers = likeness(artefact, out), json.loads(told.read_text(encoding="utf-8"))
    wanted = [name for name, _ in drawing.objects(artefact)]
    assert [name for name in layers if name in set(wanted)] == wanted, layers
    assert found >= least, found
    return {"layers": len(layers), "ssim": found}


def objects(read, artefact):
    """GDAL finds every layer with its features, their names and where they lie."""
    layers = [line.split(": ", 1)[1].rpartition(" (")[0] or line.split(": ", 1)[1] for line in read("ogrinfo", "-ro", "-q", artefact.path).splitlines() if line[:1].isdigit()]
    assert {"buildings", "roads"} <= {layer.partition(" / ")[0] for layer in layers}
    frame = next(drawing.svg(artefact.sibling("svg").path).iter(drawing.FRAME))
    extent = [float(number) for number in frame.get("extent").split()]
    text = read("ogrinfo", "-ro", "-al", "-geom=SUMMARY", artefact.path)
    count = sum(int(line.split(": ")[1]) for line in text.splitlines() if line.startswith("Feature Count: "))
    names = {line.partition(" = ")[2] for line in text.splitlines() if line.strip().startswith("name (String)")}
    boxes = numpy.array([line.split(": ")[1].translate(str.maketrans("(),-", "    ")).split() for line in text.splitlines() if line.startswith("Extent: ")], dtype=float)
    assert pyproj.CRS(frame.get("crs")).is_projected and count > 200 and len(names) > 20
    assert (boxes[:, :2].min(axis=0) >= numpy.array(extent[:2]) - 60).all() and (boxes[:, 2:].max(axis=0) <= numpy.array(extent[2:]) + 60).all()
    return {"layers": len(layers), "features": count, "names": len(names)}


# Kinds of objects in documents of Scribus.
LINE, GROUP = "7", "12"
# Millimetres of the page that Scribus makes for a drawing, letter paper, and dots an inch of its picture: it lies a dot beside its place.
LETTER, DOTS = (215, 279), 600


def scribus(read, artefact, least=LIKE):
    """Scribus finds every line, area and text, their colours, and draws them."""
    width, height = drawing.sheet_mm(artefact.sibling("svg").path)
    scale = min(LETTER[0] / width, LETTER[1] / height)
    with tempfile.TemporaryDirectory() as folder:
        document, out = Path(folder) / "out.sla", Path(folder) / "out.png"
        script = Path(__file__).with_name("heavy_scribus.py")
        read("scribus", "-g", "-ns", "-py", script, artefact.path, width * scale, height * scale, document, out, DOTS)
        whole, around, *objects = etree.parse(document, etree.XMLParser(huge_tree=True)).iter("PAGEOBJECT")
        assert (whole.get("PTYPE"), around.get("PCOLOR")) == (GROUP, "FromCGM#ffffff")
        # The first thing in the file is as large as the sheet; what overhangs it makes the group larger.
        sheet = [float(objects[0].get(name)) for name in ("gXpos", "gYpos", "WIDTH", "HEIGHT")]
        group = [float(whole.get(name)) for name in ("groupWidth", "groupHeight")]
        pixels = [side * scale / 25.4 * DOTS / of for side, of in zip((width, height), group)]
        left, top, right, bottom = sheet[0], sheet[1], sheet[0] + sheet[2], sheet[1] + sheet[3]
        with Image.open(out) as page:
            page.crop([round(side * pixels[row % 2]) for row, side in enumerate((left, top, right, bottom))]).save(out)
        found = likeness(artefact, out)
    kinds = Counter(kind for kind, _ in print_cgm.elements(artefact.path))
    lines = sum(o.get("PTYPE") == LINE for o in objects)
    # Each text is an area.
    areas = kinds[4, 4] + kinds[4, 7] + kinds[4, 8]
    assert lines == kinds[4, 1] and len(objects) - lines == areas, (lines, len(objects), kinds)
    colours = {o.get(name, "").removeprefix("FromCGM") for o in objects for name in ("PCOLOR", "PCOLOR2")}
    wanted = print_corel.opaque(artefact)
    assert len(wanted - colours) <= 0.1 * len(wanted), wanted - colours
    assert found >= least, found
    return {"lines": lines, "areas": areas, "colours": len(colours), "ssim": found}


DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def impress(read, artefact):
    """LibreOffice Impress finds every line, area and text of a CGM, and their colours. It lays the drawing on a slide that is shorter than
    the drawing, and texts around their places, so it is no judge of how things look."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        read("soffice", "--headless", profile, "--convert-to", "fodp", "--outdir", folder, artefact.path)
        root = etree.parse(Path(folder) / f"{artefact.path.stem}.fodp", etree.XMLParser(huge_tree=True))
    (slide,) = root.iter(f"{DRAW}page")
    shapes = Counter(shape.tag.removeprefix(DRAW) for shape in slide if shape.get(f"{DRAW}layer") == "layout")
    kinds = Counter(kind for kind, _ in print_cgm.elements(artefact.path))
    # Lines that end where they began are polygons.
    things = shapes["line"] + shapes["polyline"] + shapes["polygon"]
    assert things == kinds[4, 1] + kinds[4, 7] and shapes["path"] == kinds[4, 8], (shapes, kinds)
    texts = {"".join(text.itertext()).strip() for text in slide.iter(f"{TEXT}p")} - {""}
    written = {text.strip() for text in print_cgm.texts(artefact.path)} - {""}
    assert written <= texts, sorted(written - texts)[:10]
    colours = {value for node in root.iter() for name, value in node.attrib.items() if name.endswith("color")}
    wanted = print_corel.opaque(artefact)
    assert len(wanted - colours) <= 0.1 * len(wanted), wanted - colours
    return {"lines and polygons": things, "areas with holes": shapes["path"], "texts": len(texts), "colours": len(colours)}

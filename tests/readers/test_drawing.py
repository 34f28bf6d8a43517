"""Formats of the pack `drawing`."""

import re
import tempfile
from pathlib import Path

import numpy
import pikepdf
import pyproj
import reference
import tools
from tools import cache
from lxml import etree
from PIL import Image

Image.MAX_IMAGE_PIXELS = None
SVG = "{http://www.w3.org/2000/svg}"
INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"
FRAME = "{urn:mapwright:frame}frame"
RENDERED_DPI = 150


@cache
def svg(path):
    return etree.parse(path, etree.XMLParser(recover=False, resolve_entities=False, huge_tree=True)).getroot()


def svg_layers(path):
    """Ids of layers in document order, each with its label."""
    return {g.get("id"): g.get("data-name") for g in svg(path).iter(f"{SVG}g") if g.get("class") == "layer"}


def objects(artefact, names=" / ".join):
    """Layers that hold something themselves, with those they are in, and how many things: those of the SVG of the same map."""
    layers = [g for g in svg(artefact.sibling("svg").path).iter(f"{SVG}g") if g.get("class") == "layer"]
    path = lambda g: (*path(g.getparent()), g.get("data-name")) if g.get("class") == "layer" else ()
    counted = [(names(path(g)), sum(child.tag != f"{SVG}g" for child in g)) for g in layers]
    return [(name, count) for name, count in counted if count]


def svg_texts(path):
    return [" ".join("".join(text.itertext()).split()) for text in svg(path).iter(f"{SVG}text")]


def sheet_mm(path):
    return [float(re.fullmatch(r"([\d.]+)mm", svg(path).get(side))[1]) for side in ("width", "height")]


def pixels(path):
    with Image.open(path) as image:
        return numpy.asarray(image.convert("RGB"), dtype=numpy.int16)


def colours(image):
    """Every colour and how many pixels have it; a colour is one number, which sorts a hundred times faster than three."""
    packed = image.astype(numpy.int32) @ numpy.array([65536, 256, 1], dtype=numpy.int32)
    return numpy.unique(packed, return_counts=True)


def alike(artefact, rendered, most=0.05):
    """The picture another program makes of a file is the picture that mapwright draws of the same sheet."""
    png = pixels(artefact.sibling("png").path)
    height, width = (min(a, b) for a, b in zip(png.shape[:2], rendered.shape[:2]))
    assert max(abs(a - b) for a, b in zip(png.shape[:2], rendered.shape[:2])) <= 2
    off = numpy.abs(png[:height, :width] - rendered[:height, :width]).max(axis=2)
    # Edges are smoothed in many ways; areas must agree.
    assert (off > 64).mean() < most, f"{(off > 64).mean():.1%} of the picture differs"
    assert len(colours(rendered)[0]) > 50, "hardly a colour in it"


def named_streets(artefact, found):
    """Streets that osmium knows are written on the map."""
    names = reference.street_names(artefact.source)
    written = {name for name in names if name in found}
    assert len(written) >= min(10, len(names) / 2), f"only {sorted(written)} of {len(names)} names"


def svg_is_a_sheet_in_millimetres(artefact):
    root = svg(artefact.path)
    view = [float(number) for number in root.get("viewBox").split()]
    assert numpy.allclose(view[2:], sheet_mm(artefact.path))
    assert root.find(f"{SVG}title").text
    assert "OpenStreetMap contributors" in root.find(f"{SVG}desc").text
    assert not list(root.iter(f"{SVG}image"))


def svg_has_layers_of_classes(artefact):
    layers = svg_layers(artefact.path)
    assert len(layers) == len(set(layers)) >= 15
    assert {"water", "buildings", "roads"} <= set(layers)
    classes = {layer.split(".")[1] for layer in layers if re.match(r"roads[^.]*\.", layer)}
    assert {"residential", "service", "footway"} <= classes
    for g in svg(artefact.path).iter(f"{SVG}g"):
        outer, _, label = g.get("id", "").rpartition(".")
        if outer:
            assert (g.getparent().get("id"), g.get("data-name")) == (outer, label)


def svg_keeps_text(artefact):
    named_streets(artefact, set(svg_texts(artefact.path)))
    paths = {f"#{path.get('id')}" for path in svg(artefact.path).find(f"{SVG}defs").iter(f"{SVG}path")}
    assert {text.get("href") for text in svg(artefact.path).iter(f"{SVG}textPath")} == paths


def svg_is_compact(artefact):
    data = [path.get("d") for path in svg(artefact.path).iter(f"{SVG}path")]
    numbers = sum(len(re.findall(r"-?[\d.]+", d)) for d in data)
    assert sum(map(len, data)) / (numbers / 2) <= 12, "bytes for a vertex"


def svg_knows_where_it_lies(artefact):
    frame = next(svg(artefact.path).iter(FRAME))
    corners = numpy.array(frame.get("corners").split(), dtype=float).reshape(4, 2)
    extent = [float(number) for number in frame.get("extent").split()]
    page = [float(number) for number in frame.get("page").split()]
    lies_there(frame.get("crs"), corners, extent)
    per_unit = float(frame.get("mm-per-unit"))
    assert numpy.allclose([(extent[2] - extent[0]) * per_unit, (extent[3] - extent[1]) * per_unit], page[2:], atol=0.05)
    # 1 : N on the ground, measured on the ellipsoid across the middle of the sheet.
    left, right = (corners[0] + corners[1]) / 2, (corners[2] + corners[3]) / 2
    *_, metres = pyproj.Geod(ellps="WGS84").inv(*left, *right)
    assert abs(metres * 1000 / page[2] / float(frame.get("scale")) - 1) < 0.002


def lies_there(crs, corners, extent):
    """Corners in degrees are the corners of the extent, as PROJ computes them."""
    project = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    west, south, east, north = extent
    expected = [(west, south), (west, north), (east, north), (east, south)]
    assert numpy.allclose([project.transform(*corner) for corner in corners], expected, atol=0.05, rtol=0)


def svg_is_drawn_alike_by_rsvg(artefact):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.png"
        tools.run("rsvg-convert", "-b", "white", "-d", RENDERED_DPI, "-p", RENDERED_DPI, "-u", "-o", out, artefact.path)
        alike(artefact, pixels(out))


def pdf_is_sound(artefact):
    assert "No syntax or stream encoding errors" in tools.run("qpdf", "--check", artefact.path)


def pdf_has_the_layers_of_the_svg(artefact):
    with pikepdf.open(artefact.path) as pdf:
        groups = pdf.Root.OCProperties
        names = [str(group.Name) for group in groups.OCGs]
        assert len(groups.D.ON) == len(names)
        assert names == list(svg_layers(artefact.sibling("svg").path).values())
        flat = [name for name in nested(groups.D.Order)]
        assert sorted(flat) == sorted(names)
        assert any(isinstance(entry, pikepdf.Array) for entry in groups.D.Order), "no layer is inside another"


def nested(order):
    for entry in order:
        if isinstance(entry, pikepdf.Array):
            yield from nested(entry)
        else:
            yield str(entry.Name)


def pdf_has_the_size_of_the_svg(artefact):
    with pikepdf.open(artefact.path) as pdf:
        left, bottom, right, top = (float(side) for side in pdf.pages[0].mediabox)
        millimetres = [(right - left) * 25.4 / 72, (top - bottom) * 25.4 / 72]
        assert numpy.allclose(millimetres, sheet_mm(artefact.sibling("svg").path), atol=0.01)
        assert "OpenStreetMap contributors" in str(pdf.docinfo["/Subject"])
        assert "OpenStreetMap contributors" in pdf.open_metadata().get("dc:rights")


def pdf_fonts_are_embedded(artefact):
    rows = tools.run("pdffonts", artefact.path).splitlines()[2:]
    assert rows
    for row in rows:
        embedded, subset, unicode = row.split()[-5:-2]
        assert (embedded, subset, unicode) == ("yes", "yes", "yes"), row


def pdf_text_is_text(artefact):
    text = " ".join(tools.run("pdftotext", "-raw", artefact.path, "-").split())
    named_streets(artefact, text)
    texts = set(svg_texts(artefact.sibling("svg").path))
    absent = {label for label in texts if label and label not in text}
    assert len(absent) <= len(texts) * 0.02, sorted(absent)


def pdf_knows_where_it_lies(artefact):
    frame = next(svg(artefact.sibling("svg").path).iter(FRAME))
    with pikepdf.open(artefact.path) as pdf:
        view = pdf.pages[0].VP[0]
        places = numpy.array([float(number) for number in view.Measure.GPTS]).reshape(4, 2)
        crs = f"EPSG:{int(view.Measure.GCS.EPSG)}"
        left, bottom, right, top = (float(side) for side in view.BBox)
        assert left < right and bottom < top
        assert [float(number) for number in view.Measure.LPTS] == [0, 0, 0, 1, 1, 1, 1, 0]
    assert crs == frame.get("crs")
    lies_there(crs, places[:, ::-1], [float(number) for number in frame.get("extent").split()])
    page = [float(number) for number in frame.get("page").split()]
    assert numpy.allclose([(right - left) * 25.4 / 72, (top - bottom) * 25.4 / 72], page[2:], atol=0.01)


def pdf_is_drawn_alike_by_poppler(artefact):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        tools.run("pdftoppm", "-r", RENDERED_DPI, "-png", "-singlefile", artefact.path, out)
        alike(artefact, pixels(out.with_suffix(".png")))


def png_is_sound(artefact):
    tools.run("pngcheck", "-q", artefact.path)
    with Image.open(artefact.path) as image:
        image.load()
        assert image.mode == "RGB"
        assert "OpenStreetMap contributors" in image.text["Copyright"]


def png_has_size_and_resolution(artefact):
    with Image.open(artefact.path) as image:
        dpi = image.info["dpi"]
        assert numpy.allclose(dpi, RENDERED_DPI, atol=0.1)
        expected = [side / 25.4 * dpi[0] for side in sheet_mm(artefact.sibling("svg").path)]
        assert numpy.allclose(image.size, expected, atol=1)


def png_shows_a_map(artefact):
    found, counts = colours(pixels(artefact.path))
    assert len(found) > 200
    assert counts.max() < 0.9 * counts.sum(), "nearly all of it is one colour"


ROWS = {
    "svg": (
        svg_is_a_sheet_in_millimetres,
        svg_has_layers_of_classes,
        svg_keeps_text,
        svg_is_compact,
        svg_knows_where_it_lies,
        svg_is_drawn_alike_by_rsvg,
    ),
    "pdf": (
        pdf_is_sound,
        pdf_has_the_layers_of_the_svg,
        pdf_has_the_size_of_the_svg,
        pdf_fonts_are_embedded,
        pdf_text_is_text,
        pdf_knows_where_it_lies,
        pdf_is_drawn_alike_by_poppler,
    ),
    "png": (png_is_sound, png_has_size_and_resolution, png_shows_a_map),
}


def test_reader(artefact, check):
    check(artefact)

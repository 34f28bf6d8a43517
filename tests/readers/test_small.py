"""Drawings of nothing and of one place: sound files, and what is drawn of the place is all that the second has more than the first."""

import gzip
import json
import os
import subprocess

import cad_dgn
import cad_dwg
import cad_mechanical
from lxml import etree
import numpy
from OCP.IFSelect import IFSelect_ReturnStatus
from OCP.IGESControl import IGESControl_Reader
from PIL import Image
import print_cgm
import print_corel
import print_diagrams
import print_metafiles
import print_opendocument
import print_openxml
import pytest
import test_cad
import tools
import typst

BOUNDS = '<bounds minlat="59.90" minlon="10.73" maxlat="59.91" maxlon="10.75"/>'
PLACE = '<node id="1" lat="59.905" lon="10.74"><tag k="amenity" v="cafe"/><tag k="name" v="Кафе Å"/></node>'
PACKS = ("cad", "drawing", "print")


def paths(root):
    return sum(1 for _ in root.iter("{*}path", "{*}text", "{*}use", "{*}circle", "{*}polygon", "{*}polyline", "{*}line"))


def of_svg(path):
    document = path.read_bytes()
    tools.run("rsvg-convert", "-o", path.with_suffix(".png"), path)
    return paths(etree.fromstring(gzip.decompress(document) if path.suffix == ".svgz" else document))


def of_pdf(path):
    assert "No syntax or stream encoding errors" in tools.run("qpdf", "--check", path)
    return len(tools.run("pdftotext", "-raw", path, "-"))


def of_postscript(path):
    """Pixels that are not of the commonest colour."""
    out = path.with_suffix(".png")
    tools.run("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pnggray", "-r100", "-dTextAlphaBits=4", f"-sOutputFile={out}", path)
    with Image.open(out) as picture:
        counts = numpy.bincount(numpy.asarray(picture.convert("L")).ravel())
    return int(counts.sum() - counts.max())


def of_corel(path):
    return paths(etree.fromstring(print_corel.picture(path)))


def of_emf(path):
    return paths(etree.fromstring(print_metafiles.emf(path), etree.XMLParser(recover=True)))


def of_wmf(path):
    print_metafiles.wmf(path)
    return len(print_metafiles.wmf_records(path))


def of_cgm(path):
    assert print_cgm.structures(path)
    return len(print_cgm.elements(path))


def of_plot(path):
    return len(print_metafiles.plot(path))


def of_dxf(path):
    document, auditor = test_cad.opened(path)
    assert [str(fault) for fault in (*auditor.errors, *auditor.fixes)] == []
    return len(document.modelspace())


def of_dwg(path):
    return len(cad_dwg.model(path))


def of_dgn(path):
    return len(cad_dgn.elements(path)[1])


def of_iges(path):
    """Open CASCADE reads a drawing of nothing, but calls it a failure to have nothing to hand on."""
    reader = IGESControl_Reader()
    assert reader.ReadFile(str(path)) == IFSelect_ReturnStatus.IFSelect_RetDone
    return reader.IGESModel().NbEntities()


def of_step(path):
    return sum(1 for _ in cad_mechanical.entities(path))


def of_picture(path):
    with Image.open(path) as picture:
        colours = picture.convert("RGB").getcolors(picture.width * picture.height)
    return picture.width * picture.height - max(count for count, _ in colours)


def of_opendocument(path):
    return sum(1 for _ in print_opendocument.page(path).iter("{*}path", "{*}frame"))


def of_slide(path):
    (whole,) = print_openxml.slide(path)[1].shapes
    return len(list(print_openxml.shapes(whole)))


def of_word(path):
    return sum(1 for _ in print_openxml.document(path).element.body.iter(f"{print_openxml.WPS}wsp"))


def of_visio(path):
    return paths(etree.fromstring(print_openxml.visio(path)))


def of_xps(path):
    tools.run("mutool", "draw", "-q", "-o", path.with_suffix(".png"), path)
    return of_picture(path.with_suffix(".png"))


def of_typst(path):
    return paths(etree.fromstring(typst.compile(str(path), format="svg", font_paths=[str(print_diagrams.FONTS)])))


def of_elements(*names):
    return lambda path: sum(1 for _ in etree.parse(path).getroot().iter(*names))


ROWS = {
    **dict.fromkeys(("fodg", "odg", "odp"), of_opendocument),
    "pptx": of_slide,
    "docx": of_word,
    "vsdx": of_visio,
    "xps": of_xps,
    "typst": of_typst,
    "dia": lambda path: paths(etree.fromstring(print_diagrams.dia(path))),
    "xfig": lambda path: paths(print_diagrams.figure(path)),
    "tikz": lambda path: path.read_text(encoding="utf-8").count("\\path["),
    "scribus": of_elements("PAGEOBJECT"),
    "drawio": of_elements("mxCell"),
    "excalidraw": lambda path: len(json.loads(path.read_bytes())["elements"]),
    **dict.fromkeys(("jpg", "png", "webp"), of_picture),
    **dict.fromkeys(("svg", "svg-illustrator", "svg-inkscape", "svg-tiny", "svgz"), of_svg),
    **dict.fromkeys(("geopdf", "pdf", "pdf-a", "pdf-x"), of_pdf),
    **dict.fromkeys(("ai8", "eps", "ps"), of_postscript),
    **dict.fromkeys(("cdr", "cmx"), of_corel),
    "emf": of_emf,
    "wmf": of_wmf,
    "cgm": of_cgm,
    "hpgl": of_plot,
    **dict.fromkeys(("dxf", "dxf-2004", "dxf-2007", "dxf-2010", "dxf-2013", "dxf-2018", "dxf-binary", "dxf-r12"), of_dxf),
    **dict.fromkeys(cad_dwg.ROWS, of_dwg),
    "dgn": of_dgn,
    "iges": of_iges,
    "step-2d": of_step,
}


@tools.cache
def formats():
    rows = json.loads(subprocess.run([os.environ["MAPWRIGHT_PROGRAM"], "formats", "--json"], capture_output=True, check=True).stdout)
    return {row["id"]: row["extension"] for row in rows if row["pack"] in PACKS and not row.get("alias_of")}


def made(folder, format, inside):
    source = folder / f"{len(inside)}.osm"
    source.write_text(f'<osm version="0.6">{BOUNDS}{inside}</osm>', encoding="utf-8")
    path = folder / f"{len(inside)}.{formats()[format]}"
    subprocess.run([os.environ["MAPWRIGHT_PROGRAM"], "export", "-q", source, "-f", format, "-o", path], check=True)
    return path


def test_every_format_has_a_row():
    assert set(ROWS) == set(formats())


@pytest.mark.parametrize("format", sorted(ROWS))
def test_nothing_and_one_place(format, tmp_path):
    nothing, place = (ROWS[format](made(tmp_path, format, inside)) for inside in ("", PLACE))
    assert place > nothing >= 0, (nothing, place)

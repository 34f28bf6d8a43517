"""LibreOffice Draw, LibreCAD and GDAL open drawings of CAD: texts, objects, colours, extents."""

import re
import tempfile
from pathlib import Path

import numpy
import test_cad
import test_drawing as drawing
from lxml import etree

LIBRECAD = ("dpkg-query", "-W", "librecad")
SVG = "{http://www.w3.org/2000/svg}"


def libreoffice(read, artefact):
    """LibreOffice draws every name as text, and as many shapes as there are lines and fillings."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        read("soffice", profile, "--headless", "--convert-to", "svg:draw_svg_Export", "--outdir", folder, artefact.path)
        root = etree.parse(str(Path(folder) / f"{artefact.path.stem}.svg"), etree.XMLParser(huge_tree=True)).getroot()
    document, _ = test_cad.opened(artefact.path)
    model = document.modelspace()
    # Before 2007 it takes the letters of the code page for others.
    plain = artefact.format != "dxf-2018"
    names = {text.dxf.text for text in model.query("TEXT") if "%" not in text.dxf.text and (text.dxf.text.isascii() or not plain)}
    shown = "\n".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    found = {name for name in names if name in shown}
    assert len(found) >= max(1, 0.95 * len(names)), sorted(names - found)[:10]
    shapes = sum(1 for kind in ("path", "line", "polygon", "polyline") for _ in root.iter(SVG + kind))
    drawn = len(model.query("LWPOLYLINE")) + len(model.query("HATCH"))
    assert shapes >= 0.9 * drawn, (shapes, drawn)
    colours = {node.get(kind) for node in root.iter(f"{SVG}path") for kind in ("fill", "stroke")} - {None, "none"}
    assert len(colours) > 10
    return {"names": len(found), "shapes": shapes, "colours": len(colours)}


def librecad(read, artefact):
    """LibreCAD prints the whole drawing, as wide for its height as the model is, in many colours."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / artefact.path.name
        file.write_bytes(artefact.path.read_bytes())
        read("librecad", "dxf2pdf", "-a", file)
        read("pdftoppm", "-png", "-singlefile", "-scale-to", 1500, file.with_suffix(".pdf"), Path(folder) / "out")
        image = drawing.pixels(Path(folder) / "out.png")
    rows, columns = numpy.nonzero((image < 250).any(axis=2))
    document, _ = test_cad.opened(artefact.path)
    least, most = document.header["$EXTMIN"], document.header["$EXTMAX"]
    wanted = (most[0] - least[0]) / (most[1] - least[1])
    ratio = (columns.max() - columns.min()) / (rows.max() - rows.min())
    # The terms below the frame and names at its edge may make it wider.
    assert 0.95 < ratio / wanted < 1.4, (ratio, wanted)
    colours = len(drawing.colours(image)[0])
    assert len(rows) > 10_000 and colours > 20
    return {"ratio": round(float(ratio), 3), "colours": colours}


def gdal(read, artefact):
    """Debian's GDAL (the CAD, DXF and DGN drivers) finds the layers and the extent of the DXF of the same sheet."""
    said = read("ogrinfo", "-ro", "-al", "-so", "--config", "DXF_ENCODING", "UTF-8", artefact.path)
    counts = [int(count) for count in re.findall(r"^Feature Count: (\d+)", said, re.MULTILINE)]
    extents = re.findall(r"^Extent: \((\S+), (\S+)\) - \((\S+), (\S+)\)", said, re.MULTILINE)
    boxes = [list(map(float, extent)) for extent in extents]
    box = [min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)]
    document, _ = test_cad.opened(artefact.sibling("dxf").path)
    least, most = document.header["$EXTMIN"], document.header["$EXTMAX"]
    # Three quarters of a sheet for what lies across the edge and for the terms. The CAD driver lists what blocks hold, too, which lies about zero.
    width, height = most[0] - least[0], most[1] - least[1]
    assert abs(box[2] - most[0]) < 0.75 * width and abs(box[3] - most[1]) < 0.75 * height, (box, least, most)
    assert artefact.format.startswith("dwg") or abs(box[0] - least[0]) < 0.75 * width, (box, least)
    assert sum(counts) > 1000
    return {"layers": len(counts), "features": sum(counts)}

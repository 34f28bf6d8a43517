"""Drawings in large programs: LibreOffice and Inkscape draw them, GDAL finds the features of a PDF."""

import tempfile
from pathlib import Path

import numpy
import pyproj
import test_drawing as drawing
import tools
from PIL import Image

# Pixels across, at which pictures are compared.
ACROSS = 1500
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
        size = (ACROSS, round(ACROSS * image.height / image.width))
    a, b = scaled(own, size), scaled(picture, size)
    mean_a, mean_b = box(a), box(b)
    spread_a, spread_b, common = box(a * a) - mean_a**2, box(b * b) - mean_b**2, box(a * b) - mean_a * mean_b
    small, large = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    index = (2 * mean_a * mean_b + small) * (2 * common + large) / ((mean_a**2 + mean_b**2 + small) * (spread_a + spread_b + large))
    return round(float(index.mean()), 3)


def inkscape(read, artefact, least=LIKE):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.png"
        read("inkscape", "--export-type=png", "--export-area-page", "-w", 2 * ACROSS, "-b", "white", "-o", out, artefact.path)
        found = likeness(artefact, out)
    assert found >= least, found
    return {"ssim": found}


def office(read, artefact, least=LIKE):
    """LibreOffice draws it; what it takes for a picture on a sheet of its own size is cut out of that."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        read("soffice", "--headless", profile, "--convert-to", "svg:draw_svg_Export", "--outdir", folder, artefact.path)
        out = Path(folder) / "out.png"
        tools.run("rsvg-convert", "-b", "white", "-u", "-w", 2 * ACROSS, "-o", out, Path(folder) / f"{artefact.path.stem}.svg")
        found = likeness(artefact, out)
    assert found >= least, found
    return {"ssim": found}


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

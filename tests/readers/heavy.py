"""Ring 2: large programs that people really use. Run by `npm run test:readers [format…]`; what they found goes to
docs/verified.json, which the page and the docs quote."""

import argparse
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import conftest
import dataset_gis
import dataset_polish
import fonts
import heavy_cad
import heavy_databases
import heavy_drawing
import heavy_office
import heavy_osmnx
import heavy_polars
import heavy_qgis
import numpy
import pyproj
import shapely
import test_drawing as drawing
import tools
from tools import cache

REPORT = conftest.ROOT / "docs/verified.json"

@dataclass(frozen=True, eq=False)
class Reader:
    """A program, the arguments that make it print its version, and its check of each format it reads."""

    title: str
    program: str
    version: tuple
    checks: dict


def read(program, *arguments):
    """Runs a program without a display and gives what it prints."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", env=env, timeout=600)
    assert done.returncode == 0, f"{program} fails: {(done.stdout + done.stderr)[-2000:]}"
    return done.stdout


def picture(path):
    """What a picture shows, as rows of the report."""
    image = drawing.pixels(path)
    return {"pixels": list(image.shape[1::-1]), "colours": len(drawing.colours(image)[0])}


def drawn(artefact, make):
    """`make(out)` draws the file; the drawing must be that of mapwright's own raster."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.png"
        make(out)
        drawing.alike(artefact, drawing.pixels(out))
        return picture(out)


def inkscape_svg(artefact):
    """Inkscape knows every layer under its name, and draws what mapwright draws."""
    rows = [line.rsplit(",", 4) for line in read("inkscape", "--query-all", artefact.path).splitlines()]
    boxes = {row[0]: tuple(map(float, row[1:])) for row in rows if len(row) == 5}
    layers = [layer for layer in drawing.svg_layers(artefact.path) if layer in boxes]
    assert layers == list(drawing.svg_layers(artefact.path))
    found = drawn(artefact, lambda out: read("inkscape", "-d", drawing.RENDERED_DPI, "-b", "white", "-o", out, artefact.path))
    return {"layers": len(layers), "objects": len(boxes), **found}


def inkscape_pdf(artefact):
    return drawn(artefact, lambda out: read("inkscape", "--pdf-poppler", "-d", drawing.RENDERED_DPI, "-b", "white", "-o", out, artefact.path))


def chromium_svg(artefact):
    """A browser draws the sheet at 96 dots an inch; street names along their lines included."""
    width, height = (round(side / 25.4 * 96) for side in drawing.sheet_mm(artefact.path))
    scale = drawing.RENDERED_DPI / 96

    def shoot(out):
        flags = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking")
        size = (f"--window-size={width},{height}", f"--force-device-scale-factor={scale}", f"--screenshot={out}")
        read("chromium", *flags, *size, artefact.path.as_uri())

    return drawn(artefact, shoot)


def mupdf_pdf(artefact):
    return drawn(artefact, lambda out: read("mutool", "draw", "-q", "-r", drawing.RENDERED_DPI, "-o", out, artefact.path))


def ghostscript_pdf(artefact):
    device = ("-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=png16m", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4")
    return drawn(artefact, lambda out: read("gs", *device, f"-r{drawing.RENDERED_DPI}", f"-sOutputFile={out}", artefact.path))


def gdal_pdf(artefact):
    """GDAL finds the map's place on the ground, and the layers."""
    info = json.loads(read("gdalinfo", "-json", "-mdd", "LAYERS", artefact.path))
    frame = next(drawing.svg(artefact.sibling("svg").path).iter(drawing.FRAME))
    crs = pyproj.CRS.from_wkt(info["coordinateSystem"]["wkt"])
    assert crs.equals(pyproj.CRS(frame.get("crs")), ignore_axis_order=True) or crs.to_epsg() == int(frame.get("crs")[5:])
    corners = info["cornerCoordinates"]
    west, south = corners["lowerLeft"]
    east, north = corners["upperRight"]
    extent = [float(number) for number in frame.get("extent").split()]
    pixel = (extent[2] - extent[0]) / info["size"][0]
    assert numpy.allclose([west, south, east, north], extent, atol=1.5 * pixel, rtol=0)
    layers = info["metadata"].get("LAYERS", {})
    assert len(layers) == len(drawing.svg_layers(artefact.sibling("svg").path))
    return {"crs": frame.get("crs"), "layers": len(layers), "pixel_m": round(pixel, 2)}


def qgis_geojson(artefact):
    """QGIS loads every feature, and calls no geometry invalid."""
    layers = heavy_qgis.ask(read, artefact.path)
    features = json.loads(artefact.path.read_bytes())["features"]
    count = sum(layer["features"] for layer in layers)
    invalid = sum(layer["invalid"] for layer in layers)
    assert count == len(features) and invalid == 0, (count, len(features), invalid)
    assert all({"osm_id", "class", "name"} <= set(layer["fields"]) for layer in layers)
    kinds = sorted({kind for layer in layers for kind in layer["kinds"]})
    assert len(kinds) >= 3, kinds
    return {"features": count, "invalid": invalid, "geometries": kinds}


def qgis_project(artefact):
    """QGIS opens every layer, and draws at the map's scale what mapwright draws: fills and streets have its colours."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(artefact.path) as file:
        file.extractall(folder)
        picture_path = Path(folder) / "out.png"
        found = heavy_qgis.draw(read, Path(folder) / "map.qgz", picture_path)
        theirs = drawing.pixels(picture_path)
    frame = next(drawing.svg(artefact.sibling("svg").path).iter(drawing.FRAME))
    assert found["invalid"] == [] and len(found["layers"]) > 12 and found["rules"] > 60 and found["labelled"] > 5
    assert found["crs"] == frame.get("crs") and abs(found["scale"] / float(frame.get("scale")) - 1) < 0.01
    return {**{key: found[key] for key in ("crs", "scale", "rules")}, "layers": len(found["layers"]), "alike": looks_alike(artefact, theirs)}


def looks_alike(artefact, theirs):
    """Share of the sheet on which a drawing without icons and hatches has the colour of mapwright's own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "ours.png"
        read("rsvg-convert", "-w", theirs.shape[1], "-h", theirs.shape[0], "-o", out, artefact.sibling("svg").path)
        ours = drawing.pixels(out)
    near = (numpy.abs(ours.astype(int) - theirs.astype(int)).max(axis=2) < 24).mean()
    assert near > 0.6, near
    return round(float(near), 3)


def qgis_styles(artefact):
    """QGIS puts every style on its layer: as many rules as the project has, houses in their colour."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(artefact.path) as file:
        file.extractall(folder)
        found = heavy_qgis.styles(read, artefact.sibling("gpkg").path, folder)
    assert len(found) > 12 and all(row["valid"] and row["loaded"] for row in found.values()), found
    wanted, _ = dataset_gis.qml_colour(dataset_gis.style_of(artefact.sibling("gpkg").path, "buildings_area"), "residential")
    assert wanted in found["buildings_area"]["colours"], (wanted, found["buildings_area"])
    return {"layers": len(found), "rules": sum(row["rules"] for row in found.values())}


def qgis_layers(artefact):
    """QGIS loads every layer of a file or package, and calls no geometry invalid."""
    path = f"/vsizip/{artefact.path}" if artefact.path.suffix == ".zip" else artefact.path
    found = [layer for layer in heavy_qgis.ask(read, path) if layer["kinds"] and "NoGeometry" not in layer["kinds"] and layer["crs"]]
    assert len(found) > 12 and not any(layer["invalid"] for layer in found), [(layer["name"], layer["invalid"]) for layer in found if layer["invalid"]]
    assert {layer["crs"] for layer in found} == {"EPSG:4326"}
    return {"layers": len(found), "features": sum(layer["features"] for layer in found)}


def osmnx_graphml(artefact):
    """OSMnx loads the network, and all that it does with its own works with it."""
    found = heavy_osmnx.ask(read, artefact.path)
    assert found["street_counts_alike"] > 0.98, found
    assert 0 < found["consolidated"] < found["simplified"] < found["nodes"] < found["edges"] and found["route"] > 2, found
    return found


def igraph_graphml(artefact):
    """igraph sees numbers as numbers, true as true, and the length that OSMnx sees."""
    import igraph

    network = igraph.Graph.Read_GraphML(str(artefact.path))
    assert network.is_directed() and all(isinstance(value, float) for value in network.es["length"] + network.vs["street_count"])
    assert {type(value) for name in ("oneway", "car") for value in network.es[name]} == {bool}
    oneway = sum(network.es["oneway"])
    assert 0 < oneway < network.ecount()
    return {"nodes": network.vcount(), "edges": network.ecount(), "metres": round(sum(network.es["length"])), "oneway": oneway}


JAR = "/usr/share/mkgmap/mkgmap.jar"


def mkgmap_polish(artefact):
    """mkgmap compiles the map, and its reader of compiled maps finds places, lines, areas, roads and names in it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.mp"
        file.write_bytes(artefact.path.read_bytes())
        read("mkgmap", f"--output-dir={folder}", "--route", "--unicode", file)
        (compiled,) = (path for path in Path(folder).glob("*.img") if re.fullmatch(r"\d{8}\.img", path.name))
        harness = Path(__file__).with_name("heavy_mkgmap.java")
        found = json.loads(read("java", "-cp", JAR, "-Dfile.encoding=UTF-8", harness, compiled))
        size = compiled.stat().st_size
    sections = dataset_polish.sections(artefact.path)[1]
    roads = sum("RoadID" in section.said for section in sections)
    assert found["roads"] >= 0.9 * roads and found["levels"] >= 4, (found["roads"], roads, found["levels"])
    shapes = [section.shape for section in sections]
    assert numpy.allclose(found["box"], shapely.total_bounds(shapes), atol=0.01)
    labels = {label.casefold() for label in found.pop("labels")}
    names = {section.said["Label"].casefold() for section in sections if section.kind == "[POI]" and "Label" in section.said}
    assert len(names & labels) > 0.8 * len(names), len(names & labels)
    assert any(not name.isascii() for name in names & labels), sorted(names & labels)[:20]
    assert found["points"] >= 0.9 * sum(section.kind == "[POI]" for section in sections)
    return {"kilobytes": size // 1000, **{name: found[name] for name in ("points", "lines", "areas", "roads", "levels")}}


def office(artefact):
    return heavy_office.ask(read, artefact)


def with_read(check):
    """A check that runs programs by itself."""
    return lambda artefact: check(read, artefact)


def inkscape_layers(artefact):
    """Inkscape's own layers, in Inkscape."""
    rows = [line.rsplit(",", 4) for line in read("inkscape", "--query-all", artefact.path).splitlines()]
    known = {row[0] for row in rows if len(row) == 5}
    layers = [g.get("id") for g in drawing.svg(artefact.path).iter(f"{drawing.SVG}g") if g.get(f"{drawing.INKSCAPE}groupmode") == "layer"]
    assert set(layers) <= known and len(layers) == len(drawing.svg_layers(artefact.sibling("svg").path))
    return {"layers": len(layers), **heavy_drawing.inkscape(read, artefact)}


def like(draw, least=heavy_drawing.LIKE):
    return lambda artefact: draw(read, artefact, least)


READERS = (
    Reader(
        "Inkscape",
        "inkscape",
        ("inkscape", "--version"),
        {
            "svg": inkscape_svg,
            "pdf": inkscape_pdf,
            "svg-inkscape": inkscape_layers,
            "svg-illustrator": like(heavy_drawing.inkscape),
            "svg-tiny": like(heavy_drawing.inkscape),
            "emf": like(heavy_drawing.inkscape),
            "wmf": like(heavy_drawing.inkscape),
            # libcdr sets texts a third of their size lower than their baseline.
            "cdr": like(heavy_drawing.inkscape, 0.85),
        },
    ),
    Reader("Chromium", "chromium", ("chromium", "--version"), {"svg": chromium_svg}),
    Reader("MuPDF", "mutool", ("mutool", "-v"), {"pdf": mupdf_pdf, **dict.fromkeys(("geopdf", "pdf-a", "pdf-x"), like(heavy_drawing.mupdf))}),
    Reader(
        "Ghostscript",
        "gs",
        ("gs", "--version"),
        {"pdf": ghostscript_pdf, **dict.fromkeys(("ai8", "eps", "geopdf", "pdf-a", "pdf-x", "ps"), like(heavy_drawing.ghostscript))},
    ),
    Reader("GDAL", "gdalinfo", ("gdalinfo", "--version"), {"pdf": gdal_pdf, "geopdf": lambda artefact: heavy_drawing.objects(read, artefact)}),
    # Of CGM, it takes the height of capitals for the size of a font, slanted faces for another font, letters beyond ASCII for UTF-8.
    Reader("Scribus", "scribus", ("scribus", "--version"), {"cgm": like(heavy_drawing.scribus, 0.82), "scribus": like(heavy_drawing.sla)}),
    # Letters are not spaced, and no line is thinner than a hundredth of an inch.
    Reader("mxGraph", "chromium", ("chromium", "--version"), {"drawio": like(heavy_drawing.whiteboard, 0.87)}),
    # A font of its own without bold and italic, and dashes of its own.
    Reader("Excalidraw", "chromium", ("chromium", "--version"), {"excalidraw": like(heavy_drawing.whiteboard, 0.72)}),
    Reader("LaTeX", "pdflatex", ("pdflatex", "--version"), {"tikz": like(heavy_drawing.latex, 0.85)}),
    Reader(
        "LibreOffice",
        "soffice",
        heavy_office.VERSION,
        {
            "ods": office,
            "xlsx": office,
            "cmx": like(heavy_drawing.office),
            "cdr": like(heavy_drawing.office, 0.85),
            # Texts stand in pieces, and letters are spaced by its own rules: in crowded maps that shows.
            **dict.fromkeys(("odg", "fodg", "odp", "pptx"), like(heavy_drawing.office, 0.85)),
            # Its reader of Visio passes over how texts are aligned: they begin where they should have their middle.
            "vsdx": like(heavy_drawing.office, 0.78),
        },
    ),
    Reader("LibreOffice Writer", "/usr/lib/libreoffice/program/libswlo.so", heavy_office.VERSION, {"docx": like(heavy_drawing.office, 0.85)}),
    # Its filter for CGM comes with Impress.
    Reader("LibreOffice Impress", "/usr/lib/libreoffice/program/libicglo.so", heavy_office.VERSION, {"cgm": with_read(heavy_drawing.impress)}),
    Reader(
        "LibreOffice Draw",
        "/usr/lib/libreoffice/program/libsdlo.so",
        heavy_office.VERSION,
        dict.fromkeys(("dxf", "dxf-r12", "dxf-2018"), with_read(heavy_cad.libreoffice)),
    ),
    Reader("LibreCAD", "librecad", heavy_cad.LIBRECAD, {"dxf-r12": with_read(heavy_cad.librecad)}),
    Reader("GDAL", "ogrinfo", ("ogrinfo", "--version"), dict.fromkeys(("dxf", "dxf-2018", "dwg-2000", "dgn"), with_read(heavy_cad.gdal))),
    Reader("OSMnx", "osmnx", heavy_osmnx.VERSION, {"graphml": osmnx_graphml}),
    Reader("igraph", "igraph", (sys.executable, "-c", "import igraph; print(igraph.__version__)"), {"graphml": igraph_graphml}),
    Reader("Polars", "polars", heavy_polars.VERSION, {"geoarrow": heavy_polars.ask, "geoparquet": heavy_polars.ask}),
    Reader(
        "QGIS",
        heavy_qgis.MODULE,
        heavy_qgis.VERSION,
        {
            "geojson": qgis_geojson,
            "gpkg": qgis_layers,
            "qgis-project": qgis_project,
            "qml": qgis_styles,
            "shapefile": qgis_layers,
            "sld": qgis_styles,
            "spatialite": qgis_layers,
        },
    ),
    Reader("PostgreSQL with PostGIS", "pg_virtualenv", heavy_databases.POSTGRES, {"pgsql": heavy_databases.postgis}),
    Reader("MariaDB", "mariadbd", heavy_databases.MARIADB, {"mysql": heavy_databases.mariadb}),
    Reader("mkgmap", "mkgmap", ("mkgmap", "--version"), {"polish-mp": mkgmap_polish}),
)


@cache
def version(reader):
    done = subprocess.run(reader.version, capture_output=True, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    number = re.search(r"\d+(\.\d+)*", done.stdout + done.stderr)
    package = tools.HEAVY.get(reader.program)
    how = f"apt-get install {package}" if package else "pip install -r tests/readers/heavy.txt"
    assert number, f"{reader.title} tells no version; {how}"
    return number[0]


def main():
    with fonts.found():
        return report()


def report():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", help="ids of formats; all when none is named")
    asked = parser.parse_args()
    rows = json.loads(REPORT.read_text(encoding="utf-8")) if REPORT.exists() else []
    passed = failed = 0
    for reader in READERS:
        for format, check in reader.checks.items():
            if asked.formats and format not in asked.formats:
                continue
            row = {"format": format, "reader": reader.title, "version": version(reader), "date": str(datetime.date.today()), "found": {}}
            faults = 0
            for artefact in (a for a in conftest.artefacts() if (a.format, a.door) == (format, "native")):
                try:
                    row["found"][artefact.extract] = check(artefact)
                    passed += 1
                except (AssertionError, subprocess.TimeoutExpired, KeyError, OSError) as fault:
                    print(f"{reader.title} on {artefact.extract}.{format}: {fault}", file=sys.stderr)
                    faults += 1
            failed += faults
            rows = [old for old in rows if (old["format"], old["reader"]) != (format, reader.title)]
            if not faults:
                rows.append(row)
            print(f"{reader.title:18} {row['version']:10} {format:10} {'FAILED' if faults else 'ok'}  {json.dumps(row['found'])}")
    rows.sort(key=lambda row: (row["format"], row["reader"]))
    REPORT.write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n", encoding="utf-8")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Names that are out to break files: every format writes a sound one, and its reader finds the names, or what stands for them."""

import gzip
import json
import os
import subprocess
from collections import Counter

import cad_dwg
import cad_mechanical
import dataset_html
import dataset_json
import dataset_sheets
import dataset_sql
import dataset_table
import hostile
import hostile_texts as texts
import pictures_tiles
import pytest
import shapely
import test_dataset
from tools import cache

# Texts that tell of a name: of a point, a line and an area each `name`, the tag `name`, key and value of another tag.
NAMED, TAGS, WHOLE = 3, 9, 12
# In drawings `name` and the tag `name` are told, keys with values are one text.
DRAWN = 6
# By format: its reader, how it shows what it cannot hold, how often it tells of each name at least.
ROWS = {
    **dict.fromkeys(("ai8", "eps"), (texts.of_postscript, (), 0)),
    **dict.fromkeys(("cdr", "cmx"), (texts.of_corel, (), 0)),
    "cgm": (texts.of_cgm, (), 0),
    "csv": (texts.of_table(","), (), WHOLE),
    "csv-wkt": (texts.of_table(","), (), WHOLE),
    **dict.fromkeys(
        ("bmp", "cog", "epd-bmp", "geotiff", "gif", "ico", "jxl", "pcx", "ppm", "qoi", "tga", "tiff"), (texts.of_picture, (), 0)
    ),
    "ansi": (texts.of_terminal, (), 0),
    "exr": (texts.of_light, (), 0),
    **dict.fromkeys(("garmin-custom-map", "kmz-overlay"), (texts.of_overlay, (), 0)),
    "gpkg-raster": (texts.of_pieces(pictures_tiles.geopackage), (), 0),
    "mbtiles": (texts.of_pieces(pictures_tiles.mbtiles), (), 0),
    "sqlitedb": (texts.of_pieces(pictures_tiles.sqlitedb), (), 0),
    "tiles-zip": (texts.of_pieces(pictures_tiles.zipped), (), 0),
    **dict.fromkeys(("ora", "psd", "xcf"), (texts.of_layers, (), 0)),
    **dict.fromkeys(("ozi-map", "png-world"), (texts.of_zipped_picture, (), 0)),
    "sixel": (texts.of_sixel, (), 0),
    "dia": (texts.of_diagram, (), 0),
    "docx": (texts.of_word, (), 0),
    "drawio": (texts.of_attributes("mxCell", "value"), (), 0),
    "excalidraw": (texts.of_scene, (), 0),
    **dict.fromkeys(("fodg", "odg", "odp"), (texts.of_opendocument, (), 0)),
    "pptx": (texts.of_slide, (), 0),
    "scribus": (texts.of_attributes("ITEXT", "CH"), (), 0),
    "tikz": (texts.of_tex, (), 0),
    "typst": (texts.of_typst, (), 0),
    "vsdx": (texts.of_visio, (), 0),
    "xfig": (texts.of_figure, (), 0),
    "xps": (texts.of_page, (), 0),
    "dgn": (texts.of_design, (hostile.western,), NAMED),
    "dxf": (texts.of_dxf, (hostile.spaced, hostile.few_carets, hostile.broken), DRAWN),
    **dict.fromkeys(
        ("dxf-2004", "dxf-2007", "dxf-2010", "dxf-2013", "dxf-2018"),
        (texts.of_dxf, (hostile.spaced, hostile.few_carets, hostile.broken), DRAWN),
    ),
    "dxf-binary": (texts.of_dxf, (hostile.spaced, hostile.coded), DRAWN),
    "dxf-r12": (texts.of_dxf, (hostile.carets, hostile.broken), DRAWN),
    **dict.fromkeys(cad_dwg.ROWS, (texts.of_dwg, (), 0)),
    "emf": (texts.of_emf, (), 0),
    "esrijson": (texts.of_package(".json", texts.of_json), (), WHOLE),
    "ewkt": (texts.of_lines(shapely.from_wkt), (), 0),
    "flatgeobuf": (texts.of_gdal, (), WHOLE),
    **dict.fromkeys(("geopdf", "pdf-a", "pdf-x"), (texts.of_pdf, (), 0)),
    "geoarrow": (texts.of_arrow, (), WHOLE),
    "geobuf": (lambda path: texts.strings(dataset_json.decoded(path)), (), WHOLE),
    "geojson": (texts.of_json, (), WHOLE),
    "geojsonseq": (lambda path: texts.strings([json.loads(text) for text in path.read_text(encoding="utf-8")[1:].split("\x1e")]), (), WHOLE),
    "geoparquet": (texts.of_parquet, (), WHOLE),
    "georss": (texts.of_gdal, (hostile.xml,), NAMED),
    "glb": (texts.of_model, (), 0),
    "gml": (texts.of_gdal, (hostile.xml,), WHOLE),
    "gml-zip": (texts.of_package(".gml", texts.of_gdal), (hostile.xml,), WHOLE),
    "gml2": (texts.of_gdal, (hostile.xml,), WHOLE),
    "gmt": (texts.of_package(".gmt", texts.of_gdal), (hostile.gmt,), NAMED),
    "gpkg": (texts.of_database(texts.of_gdal), (), WHOLE),
    "gpx": (texts.of_gdal, (hostile.xml,), NAMED),
    "graphml": (texts.of_graph, (hostile.xml,), 1),
    "hpgl": (texts.of_plot, (), 0),
    "html": (lambda path: texts.strings([dataset_html.names(path), dataset_html.tags(path)]), (), TAGS),
    "iges": (cad_mechanical.texts, (hostile.spaced,), NAMED),
    "jml": (texts.of_gdal, (hostile.xml,), WHOLE),
    "jpg": (texts.of_picture, (), 0),
    "jsonfg": (texts.of_json, (), WHOLE),
    "kml": (texts.of_gdal, (hostile.xml,), WHOLE),
    "kmz": (texts.of_gdal, (hostile.xml,), WHOLE),
    "maplibre-style": (texts.of_package(".json", texts.of_json), (), 0),
    "mbtiles-vector": (lambda path: texts.of_tiles({at: gzip.decompress(data) for at, data in test_dataset.database(path)[1].items()}), (), NAMED),
    "mif": (texts.of_package(".mif", texts.of_gdal), (hostile.mapinfo,), WHOLE),
    "mvt-zip": (lambda path: texts.of_tiles(test_dataset.package(path)[1]), (), NAMED),
    "mysql": (lambda path: texts.of_frames(dataset_sql.mysql_tables(path)), (), WHOLE),
    "o5m": (texts.of_osm, (), TAGS),
    "ods": (lambda path: texts.strings(dataset_sheets.tables_of(path)[1]), (hostile.sheet,), WHOLE),
    "opl": (texts.of_osm, (), TAGS),
    "osc": (texts.of_osm, (hostile.xml,), TAGS),
    "osm-gz": (texts.of_osm, (hostile.xml,), TAGS),
    "osm-pbf": (texts.of_osm, (), TAGS),
    "osm-xml": (texts.of_osm, (hostile.xml,), TAGS),
    "overpass-json": (texts.of_json, (), TAGS),
    "pdf": (texts.of_pdf, (), 0),
    "pgsql": (lambda path: texts.of_frames(dataset_sql.pgsql_tables(path)), (), WHOLE),
    "pmtiles": (texts.of_pmtiles, (), NAMED),
    "png": (texts.of_picture, (), 0),
    "polish-mp": (texts.of_polish, (hostile.garmin,), NAMED),
    "ps": (texts.of_postscript, (), 0),
    "qgis-project": (texts.of_package(".gpkg", texts.of_database(texts.of_gdal)), (), WHOLE),
    "qml": (texts.of_package(".qml", texts.of_xml), (), 0),
    "shapefile": (texts.of_package(".shp", texts.of_gdal), (hostile.cut(254),), WHOLE),
    "sld": (texts.of_package(".sld", texts.of_xml), (), 0),
    "spatialite": (texts.of_database(texts.of_gdal), (), WHOLE),
    "sqlite-sql": (texts.of_sqlite, (), WHOLE),
    "step-2d": (cad_mechanical.texts, (hostile.spaced,), NAMED),
    "stl": (texts.of_model, (), 0),
    **dict.fromkeys(("svg", "svg-illustrator", "svg-inkscape", "svg-tiny"), (texts.of_drawing, (), 0)),
    "svgz": (texts.of_drawing, (), 0),
    "topojson": (texts.of_json, (), WHOLE),
    "tsv": (lambda path: texts.strings(dataset_table.tabbed(path)), (hostile.quoted,), WHOLE),
    "webp": (texts.of_picture, (), 0),
    "wmf": (texts.of_wmf, (), 0),
    "wkb": (texts.of_lines(shapely.from_wkb), (), 0),
    "wkt": (texts.of_lines(shapely.from_wkt), (), 0),
    "xlsx": (texts.of_workbook, (hostile.escaped,), WHOLE),
}


@cache
def formats():
    rows = json.loads(subprocess.run([os.environ["MAPWRIGHT_PROGRAM"], "formats", "--json"], capture_output=True, check=True).stdout)
    return {row["id"]: row["extension"] for row in rows if not row.get("alias_of")}


@pytest.fixture(scope="session")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "answer.json"
    path.write_text(json.dumps(hostile.answer()), encoding="ascii")
    return path


def test_every_format_has_a_row():
    assert set(ROWS) == set(formats())


def told(text, found, shown):
    """How often a name is told: as it is, without spaces around it, or as the format shows it."""
    plain = (text, text.strip())
    return sum(found[one] for one in {*plain, *(show(one) for show in shown for one in plain)})


@pytest.mark.parametrize("format", sorted(ROWS))
def test_names_do_no_harm(format, source, tmp_path):
    find, shown, least = ROWS[format]
    path = tmp_path / f"map.{formats()[format]}"
    subprocess.run([os.environ["MAPWRIGHT_PROGRAM"], "export", "-q", source, "--bbox", hostile.BOX, "-f", format, "-o", path], check=True)
    found = Counter(find(path))
    assert {name: count for name in map(hostile.read, hostile.NAMES) if (count := told(name, found, shown)) < least} == {}

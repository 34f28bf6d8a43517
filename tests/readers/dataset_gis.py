"""Databases and files of GIS: GeoPackage, SpatiaLite, Shapefile, projects, as SQLite, SpatiaLite and GDAL read them."""

import json
import re
import sqlite3
import zipfile

import gdal
import numpy
import pyogrio
import shapely
import tools
from tools import cache
import truth
from lxml import etree


def opened(path):
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


@cache
def tables(path):
    return gdal.tables(path)


# Columns that every table has, besides its own.
COMMON = {"osm_id", "osm_type", "class", "type", "name", "layer_z", "tags"}


def holds_the_map(artefact, found, but=()):
    """Layer by layer the features of GeoJSON, in common columns."""
    for name, table in found.items():
        assert COMMON - set(but) <= set(table.columns), name
        assert table.columns["osm_id"].dtype == numpy.int64, name
        assert all(-10 <= z <= 10 for z in table.columns["layer_z"]), name
    ours = truth.of_tables(found)
    truth.in_their_layers(artefact, ours.keys)
    truth.same_shapes(artefact, ours, tolerance=1e-7)
    truth.same_fields(artefact, ours, loose=True, but=but)
    truth.has_name(artefact, ours)


def qml_colour(document, class_):
    """The colour of the first layer of a class's symbol, as QGIS writes it."""
    root = etree.fromstring(document)
    rules = {rule.get("label"): rule.get("symbol") for rule in root.iter("rule") if rule.get("symbol")}
    (symbol,) = [symbol for symbol in root.iter("symbol") if symbol.get("name") == rules[class_]]
    options = {option.get("name"): option.get("value") for option in symbol.iter("Option")}
    *rgb, opacity = map(int, (options.get("color") or options["line_color"]).split(","))
    return "#" + "".join(f"{part:02x}" for part in rgb), opacity


def style_of(path, layer):
    """The style of a layer of a GeoPackage."""
    with opened(path) as db:
        return db.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = ?", (layer,)).fetchone()[0].encode()


def drawn_like_the_map(artefact, style, class_="residential"):
    """Houses have the colour that the drawing gives them."""
    colour, opacity = qml_colour(style, class_)
    text = artefact.sibling("svg").path.read_text(encoding="utf-8")
    assert opacity == 255 and (f'"{colour}"' in text or f":{colour}" in text or shortened(colour) in text), colour


def shortened(colour):
    return f'"#{colour[1]}{colour[3]}{colour[5]}"' if colour[1::2] == colour[2::2] else colour


# -- GeoPackage


def gpkg_is_sound_to_sqlite(artefact):
    with opened(artefact.path) as db:
        assert [row[0] for row in db.execute("PRAGMA integrity_check")] == ["ok"]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert db.execute("PRAGMA user_version").fetchone() == (10300,)
        listed = dict(db.execute("SELECT table_name, data_type FROM gpkg_contents"))
        assert set(listed.values()) == {"features"} and len(listed) > 12
        counts = dict(db.execute("SELECT table_name, feature_count FROM gpkg_ogr_contents"))
        assert counts == {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in listed}


def gpkg_holds_the_map(artefact):
    assert pyogrio.read_info(artefact.path, layer="roads_line")["driver"] == "GPKG"
    holds_the_map(artefact, tables(artefact.path))


def gpkg_fields_are_typed(artefact):
    table = gdal.read(artefact.path, "roads_line")
    meta, bridges = table.meta, [value for value in table.columns["bridge"] if value is not None]
    kinds = dict(zip(meta["fields"], meta["dtypes"]))
    assert kinds["osm_id"] == "int64" and kinds["maxspeed"] == "float64" and kinds["name"] == "object"
    assert set(bridges) <= {True, False} and sum(bridges) > 0
    assert meta["crs"] == "EPSG:4326" and meta["geometry_type"] == "MultiLineString"


def gpkg_tree_finds_what_is_there(artefact):
    table = tables(artefact.path)["buildings_area"]
    west, south, east, north = shapely.total_bounds(table.shapes)
    box = (west + (east - west) * 0.4, south + (north - south) * 0.4, west + (east - west) * 0.6, south + (north - south) * 0.6)
    with opened(artefact.path) as db:
        where = "maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?"
        found = db.execute(f"SELECT count(*) FROM rtree_buildings_area_geom WHERE {where}", (box[0], box[2], box[1], box[3])).fetchone()[0]
        assert db.execute("SELECT count(*) FROM rtree_buildings_area_geom").fetchone()[0] == len(table)
    bounds = shapely.bounds(table.shapes)
    # The tree rounds outwards, to numbers of 32 bits.
    true = ((bounds[:, 2] >= box[0]) & (bounds[:, 0] <= box[2]) & (bounds[:, 3] >= box[1]) & (bounds[:, 1] <= box[3])).sum()
    assert true <= found <= true + 0.02 * len(table) and 0 < found < len(table)
    meta, _, geometry, _ = pyogrio.raw.read(artefact.path, layer="buildings_area", bbox=box)
    assert true >= len(geometry) > 0


def gpkg_looks_like_the_map(artefact):
    with opened(artefact.path) as db:
        styles = dict(db.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
    assert set(styles) == set(tables(artefact.path))
    drawn_like_the_map(artefact, styles["buildings_area"].encode())
    labels = etree.fromstring(styles["roads_line"].encode()).iter("text-style")
    assert {label.get("fieldName") for label in labels} == {"name"}


def gpkg_says_what_it_is(artefact):
    with opened(artefact.path) as db:
        kinds = dict(db.execute("SELECT md_standard_uri, metadata FROM gpkg_metadata"))
        root = etree.fromstring(kinds["http://www.isotc211.org/2005/gmd"].encode())
        box = [float(side.findtext("{*}Decimal")) for side in root.find(".//{*}EX_GeographicBoundingBox")]
        west, east, south, north = box
        assert -180 <= west < east <= 180 and -90 <= south < north <= 90
        assert "Open Database License" in kinds["http://mrcc.com/qgis.dtd"]
        about = dict(db.execute("SELECT column_name, description FROM gpkg_data_columns WHERE table_name = 'buildings_area'"))
        assert about["height"] == "From the tag height, metres" and "JSON" in about["tags"]


def gpkg_credit(path):
    with opened(path) as db:
        return db.execute("SELECT metadata FROM gpkg_metadata WHERE md_standard_uri LIKE '%gmd'").fetchone()[0]


def gpkg_place(path):
    with opened(path) as db:
        return json.loads(db.execute("SELECT metadata FROM gpkg_metadata WHERE md_standard_uri LIKE 'urn:%'").fetchone()[0])


# -- SpatiaLite


def spatialite(path, question):
    return tools.run("spatialite", "-silent", path, question).split()


def spatialite_knows_its_own(artefact):
    version, *_ = spatialite(artefact.path, "SELECT CheckSpatialMetaData()")
    assert version == "3"


def spatialite_geometry_is_valid(artefact):
    for name, table in tables(artefact.path).items():
        (counts,) = spatialite(artefact.path, f'SELECT count(*), sum(IsValid(geometry)), min(Srid(geometry)) FROM "{name}"')
        assert counts == f"{len(table)}|{len(table)}|4326", name


def spatialite_measures_what_geojson_has(artefact):
    area = sum(float(spatialite(artefact.path, f'SELECT sum(Area(geometry)) FROM "{name}" WHERE osm_id <> 0')[0] or 0)
               for name in tables(artefact.path) if name.endswith("_area"))
    assert numpy.isclose(area, truth.measures(tables(artefact.path))[1], rtol=1e-9)


def spatialite_index_finds_what_is_there(artefact):
    table = tables(artefact.path)["buildings_area"]
    west, south, east, north = shapely.bounds(table.shapes[0])
    found = "SELECT ROWID FROM SpatialIndex WHERE f_table_name = 'buildings_area' AND search_frame = BuildMbr"
    ids = spatialite(artefact.path, f"SELECT pk_uid FROM buildings_area WHERE ROWID IN ({found}({west}, {south}, {east}, {north}))")
    assert 1 <= len(ids) < len(table) / 4 and "1" in ids


def spatialite_holds_the_map(artefact):
    assert pyogrio.read_info(artefact.path, layer="roads_line")["driver"] == "SQLite"
    holds_the_map(artefact, tables(artefact.path))


def spatialite_word(path, name):
    with opened(path) as db:
        return db.execute("SELECT value FROM mapwright WHERE name = ?", (name,)).fetchone()[0]


# -- Shapefile


@cache
def shapes(path):
    return {name: whole(table) for name, table in gdal.tables(f"/vsizip/{path}").items()}


def whole(table):
    """Tags out of their pieces."""
    pieces = sorted((name for name in table.columns if re.fullmatch(r"tags(_\d+)?", name)), key=lambda name: int(name[5:] or 1))
    columns = [table.columns.pop(name) for name in pieces]
    table.columns["tags"] = numpy.array(["".join(filter(None, row)) for row in zip(*columns)], dtype=object)
    return table


def shapefile_holds_the_map(artefact):
    assert pyogrio.read_info(f"/vsizip/{artefact.path}", layer="roads_line")["driver"] == "ESRI Shapefile"
    long = any("texts were cut" in note for note in artefact.notes)
    holds_the_map(artefact, shapes(artefact.path), but=("tags",) if long else ())


def shapefile_is_described(artefact):
    meta = pyogrio.read_info(f"/vsizip/{artefact.path}", layer="roads_line")
    assert meta["crs"] == "EPSG:4326" and meta["encoding"] == "UTF-8"
    kinds = dict(zip(meta["fields"], meta["dtypes"]))
    assert kinds["osm_id"] == "int64" and kinds["maxspeed"] == "float64" and kinds["bridge"] == "bool"
    with zipfile.ZipFile(artefact.path) as file:
        assert file.testzip() is None
        names = file.namelist()
        for layer in shapes(artefact.path):
            assert {f"{layer}.{ending}" for ending in ("shp", "shx", "dbf", "cpg", "prj", "qml", "qmd")} <= set(names)


def shapefile_index_leads_to_records(artefact):
    """By the index alone: every record is where `.shx` says, and as long."""
    with zipfile.ZipFile(artefact.path) as file:
        for layer in shapes(artefact.path):
            shp, shx = (file.read(f"{layer}.{ending}") for ending in ("shp", "shx"))
            big = numpy.frombuffer(shx[100:], ">u4").reshape(-1, 2) * 2
            assert int.from_bytes(shp[24:28], "big") * 2 == len(shp) and int.from_bytes(shx[24:28], "big") * 2 == len(shx)
            heads = [numpy.frombuffer(shp[place : place + 8], ">u4") for place, _ in big]
            assert [(head[0], head[1] * 2) for head in heads] == [(row + 1, length) for row, (_, length) in enumerate(big)]


def shapefile_looks_like_the_map(artefact):
    with zipfile.ZipFile(artefact.path) as file:
        drawn_like_the_map(artefact, file.read("buildings_area.qml"))


def package_text(name):
    def read(path):
        with zipfile.ZipFile(path) as file:
            return file.read(name).decode()

    return read


def package_json(path):
    return json.loads(package_text("mapwright.json")(path))


# -- Projects and styles


def project_lies_beside_its_data(artefact):
    with zipfile.ZipFile(artefact.path) as file:
        assert file.testzip() is None
        assert set(file.namelist()) == {"mapwright.json", "LICENSE.txt", "map.qgz", "map.gpkg"}
    holds_the_map(artefact, tables(f"/vsizip/{artefact.path}/map.gpkg"))


def styles_are_of_the_layers(artefact):
    """A style for each layer that the GeoPackage of the map has, and the colour that its own styles give houses."""
    with zipfile.ZipFile(artefact.path) as file:
        names = {name.rpartition(".")[0] for name in file.namelist() if name.endswith(f".{artefact.format}")}
        assert names - {"map"} == set(tables(artefact.sibling("gpkg").path))
        document = file.read(f"buildings_area.{artefact.format}")
    wanted, _ = qml_colour(style_of(artefact.sibling("gpkg").path, "buildings_area"), "residential")
    if artefact.format == "qml":
        assert qml_colour(document, "residential")[0] == wanted
        return
    (rule,) = [rule for rule in etree.fromstring(document).iter("{*}Rule") if rule.findtext("{*}Name") == "residential" and rule.find("{*}PolygonSymbolizer") is not None]
    assert rule.find(".//{*}CssParameter[@name='fill']").text == wanted


ROWS = {
    "gpkg": (
        gpkg_is_sound_to_sqlite,
        gpkg_holds_the_map,
        gpkg_fields_are_typed,
        gpkg_tree_finds_what_is_there,
        gpkg_looks_like_the_map,
        gpkg_says_what_it_is,
    ),
    "qgis-project": (project_lies_beside_its_data,),
    "qml": (styles_are_of_the_layers,),
    "shapefile": (
        shapefile_holds_the_map,
        shapefile_is_described,
        shapefile_index_leads_to_records,
        shapefile_looks_like_the_map,
    ),
    "sld": (styles_are_of_the_layers,),
    "spatialite": (
        spatialite_knows_its_own,
        spatialite_geometry_is_valid,
        spatialite_measures_what_geojson_has,
        spatialite_index_finds_what_is_there,
        spatialite_holds_the_map,
    ),
}
CREDITS = {
    "gpkg": gpkg_credit,
    "qgis-project": package_text("LICENSE.txt"),
    "qml": package_text("LICENSE.txt"),
    "shapefile": package_text("LICENSE.txt"),
    "sld": package_text("LICENSE.txt"),
    "spatialite": lambda path: spatialite_word(path, "attribution"),
}
PLACES = {
    "gpkg": gpkg_place,
    "qgis-project": package_json,
    "qml": package_json,
    "shapefile": package_json,
    "sld": package_json,
    "spatialite": lambda path: json.loads(spatialite_word(path, "mapwright")),
}

"""Scripts of SQL: sqlite3 runs them; those for PostGIS and MySQL are read row by row, by the rules of their literals."""

import json
import re
import tempfile
from pathlib import Path

import dataset_gis
import gdal
import pandas
import shapely
import tools
from tools import cache


# Databases of this process: others load the same scripts at the same time.
DATABASES = tempfile.TemporaryDirectory(prefix="mapwright-")


@cache
def loaded(path):
    """The database that sqlite3 makes of a script."""
    database = Path(DATABASES.name) / "-".join(path.parts[-3:])
    database.unlink(missing_ok=True)
    tools.run("sqlite3", "-bail", database, f".read {path}")
    return database


def sqlite_script_holds_the_map(artefact):
    found = {}
    with dataset_gis.opened(loaded(artefact.path)) as db:
        assert [row[0] for row in db.execute("PRAGMA integrity_check")] == ["ok"]
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%\"geom\" TEXT%'").fetchall():
            table = pandas.read_sql(f'SELECT * FROM "{name}"', db)
            found[name] = gdal.of_frame(table.drop(columns="geom"), shapely.from_wkt(table["geom"]))
    dataset_gis.holds_the_map(artefact, found)


def sqlite_script_has_trees(artefact):
    with dataset_gis.opened(loaded(artefact.path)) as db:
        count = db.execute("SELECT count(*) FROM buildings_area").fetchone()[0]
        assert db.execute("SELECT count(*) FROM buildings_area_rtree").fetchone()[0] == count > 100
        name, kind = db.execute("SELECT typeof(name), typeof(osm_id) FROM roads_line WHERE name IS NOT NULL LIMIT 1").fetchone()
        assert (name, kind) == ("text", "integer")


TYPES = {"bigint": int, "double precision": float, "double": float, "boolean": lambda text: text in ("t", "true", "1")}
# Numbers, words, binary geometry, and texts in which a quote is doubled and a backslash stands before another.
TOKEN = re.compile(r"ST_GeomFromWKB\(x'([0-9A-F]*)'\)|'((?:[^'\\]|''|\\.)*)'|([^,()'\s]+)", re.S)


def columns_of(text, quote):
    """Tables of a script with their columns and what reads a value of each."""
    found = {}
    for name, body in re.findall(rf"^CREATE TABLE (?:{quote}public{quote}\.)?{quote}(\w+){quote} \(\n(.*?)\n\)", text, re.S | re.M):
        rows = re.findall(rf"^  {quote}([^{quote}]+){quote} (double precision|\w+)", body, re.M)
        found[name] = [(column, TYPES.get(kind, str)) for column, kind in rows]
    return found


def frame(columns, rows):
    """Rows as a table, geometry as GEOS reads it."""
    value = lambda kind, text: None if text is None else kind(text)
    table = pandas.DataFrame([[value(kind, text) for (_, kind), text in zip(columns, row, strict=True)] for row in rows], columns=[name for name, _ in columns])
    return gdal.of_frame(table.drop(columns="geom"), shapely.from_wkb(table["geom"].to_numpy()))


def pgsql_tables(path):
    """What COPY is given, by the rules of its text format; geometry with its SRID."""
    text = path.read_text(encoding="utf-8")
    unescaped = lambda cell: None if cell == "\\N" else re.sub(r"\\(.)", lambda hit: {"t": "\t", "n": "\n", "r": "\r"}.get(hit[1], hit[1]), cell)
    found = {}
    for name, columns in columns_of(text, '"').items():
        (block,) = re.findall(rf'^COPY "public"\."{name}" \([^\n]*\) FROM stdin;\n(.*?)^\\\.$', text, re.S | re.M)
        found[name] = frame(columns, [[unescaped(cell) for cell in line.split("\t")] for line in block.split("\n")[:-1]])
        assert set(shapely.get_srid(found[name].shapes)) == {4326}
        assert f'ON "public"."{name}" USING gist ("geom")' in text
    return found


def pgsql_script_holds_the_map(artefact):
    dataset_gis.holds_the_map(artefact, pgsql_tables(artefact.path))


def mysql_tables(path):
    """What INSERT is given, by the rules of MySQL's literals."""
    text = path.read_text(encoding="utf-8")
    unescaped = lambda cell: re.sub(r"\\(.)|''", lambda hit: {"n": "\n", "r": "\r"}.get(hit[1], hit[1] or "'"), cell, flags=re.S)
    found = {}
    for name, columns in columns_of(text, "`").items():
        start = text.index(f"CREATE TABLE `{name}`")
        part = text[start : text.index("CREATE SPATIAL INDEX", start)]
        cells = []
        for geometry, words, word in TOKEN.findall("".join(part.split(f"INSERT INTO `{name}` VALUES")[1:])):
            cells += [geometry or (unescaped(words) if not word else None if word == "NULL" else word)] if word != ";" else []
        assert len(cells) % len(columns) == 0
        found[name] = frame(columns, [cells[row : row + len(columns)] for row in range(0, len(cells), len(columns))])
    return found


def mysql_script_holds_the_map(artefact):
    dataset_gis.holds_the_map(artefact, mysql_tables(artefact.path))


def head(line):
    return lambda path: path.read_text(encoding="utf-8").splitlines()[line].removeprefix("-- ")


def place(path):
    return json.loads(head(2)(path))


ROWS = {
    "mysql": (mysql_script_holds_the_map,),
    "pgsql": (pgsql_script_holds_the_map,),
    "sqlite-sql": (sqlite_script_holds_the_map, sqlite_script_has_trees),
}
CREDITS = {"mysql": head(0), "pgsql": head(0), "sqlite-sql": head(0)}
PLACES = {"mysql": place, "pgsql": place, "sqlite-sql": place}

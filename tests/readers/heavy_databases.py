"""Loads SQL scripts into real servers, each started for that alone, and asks what lies in them."""

import contextlib
import json
import subprocess
import tempfile
import time
from pathlib import Path

import gdal
import numpy
import truth

POSTGRES = ("sh", "-c", "ls /usr/lib/postgresql | tail -1")
MARIADB = ("mariadbd", "--version")


def answer(program, *arguments, text=None):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", input=text, timeout=600)
    assert done.returncode == 0, f"{program} fails: {(done.stdout + done.stderr)[-2000:]}"
    return done.stdout


def named(artefact):
    """Name in the extract that is not Latin, as a literal."""
    return truth.NAMES[artefact.extract].replace("'", "''")


QUESTIONS = """
SELECT 'features', sum(n) FROM (SELECT count(*) AS n FROM buildings_area UNION ALL SELECT count(*) FROM roads_line UNION ALL SELECT count(*) FROM pois_point) AS c;
SELECT 'area', sum(ST_Area(geom)) FROM buildings_area;
SELECT 'length', sum(ST_Length(geom)) FROM roads_line;
SELECT 'named', count(*) FROM ({tables}) AS t WHERE name = '{name}';
SELECT 'json', count(*) FROM buildings_area WHERE {json} IS NOT NULL;
"""
TABLES = " UNION ALL ".join(f"SELECT name FROM {table}" for table in ("pois_point", "roads_line", "buildings_area", "transport_point", "transport_area", "landuse_area", "boundaries_line"))


def answers(rows):
    """What was asked, and what it is."""
    return dict(row.split("\t") for row in rows.splitlines() if row.count("\t") == 1)


def judged(artefact, rows):
    """What a server says is what GeoJSON has."""
    found = answers(rows)
    tables = gdal.tables(artefact.sibling("gpkg").path)
    lengths, areas = (truth.measures({name: tables[name]}) for name in ("roads_line", "buildings_area"))
    assert int(found["features"]) == sum(len(tables[name]) for name in ("buildings_area", "roads_line", "pois_point"))
    assert numpy.isclose(float(found["area"]), areas[1], rtol=1e-6) and numpy.isclose(float(found["length"]), lengths[0], rtol=1e-6)
    assert int(found["named"]) > 0 and int(found["json"]) > 0, found
    return {"features": int(found["features"]), "buildings": int(found["json"]), "length_degrees": round(float(found["length"]), 6)}


def postgis(artefact):
    """PostGIS loads the script, finds nothing invalid, and uses the index."""
    questions = QUESTIONS.format(tables=TABLES, name=named(artefact), json="tags->>'building'")
    more = """
    SELECT 'invalid', count(*) FROM buildings_area WHERE NOT ST_IsValid(geom);
    SELECT 'srid', Find_SRID('public', 'roads_line', 'geom');
    SET enable_seqscan = off;
    EXPLAIN SELECT * FROM roads_line WHERE geom && (SELECT geom FROM buildings_area LIMIT 1);
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        script, asked = Path(folder, "map.sql"), Path(folder, "asked.sql")
        script.write_bytes(artefact.path.read_bytes())
        asked.write_text(questions + more, encoding="utf-8")
        load = f"psql -q -v ON_ERROR_STOP=1 -f {script} >/dev/null && psql -q -At -v ON_ERROR_STOP=1 -f {asked}"
        rows = answer("pg_virtualenv", "sh", "-c", f"createdb map && PGDATABASE=map sh -c {json.dumps(load)}")
    rows = rows.replace("|", "\t")
    found = answers(rows)
    assert found["invalid"] == "0" and found["srid"] == "4326" and "roads_line_geom" in rows
    return judged(artefact, rows)


@contextlib.contextmanager
def server():
    with tempfile.TemporaryDirectory() as folder:
        data, socket = Path(folder, "data"), Path(folder, "socket")
        answer("mariadb-install-db", f"--datadir={data}", "--auth-root-authentication-method=normal", "--user=root", "--skip-test-db")
        options = [f"--datadir={data}", f"--socket={socket}", "--skip-networking", "--user=root", "--pid-file=pid"]
        process = subprocess.Popen(["mariadbd", "--no-defaults", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                if socket.exists():
                    break
                time.sleep(0.2)
            yield lambda *arguments, text: answer("mariadb", "--no-defaults", f"--socket={socket}", "-N", "-B", "--default-character-set=utf8mb4", *arguments, text=text)
        finally:
            process.terminate()
            process.wait(60)


def mariadb(artefact):
    """MariaDB loads the script and measures what GeoJSON has."""
    questions = QUESTIONS.format(tables=TABLES, name=named(artefact), json="JSON_VALUE(tags, '$.building')")
    with server() as ask:
        ask(text="CREATE DATABASE map CHARACTER SET utf8mb4")
        ask("map", text=artefact.path.read_text(encoding="utf-8"))
        rows = ask("map", text=questions + "SHOW INDEX FROM roads_line WHERE Index_type = 'SPATIAL'")
    assert "roads_line_geom" in rows
    return judged(artefact, rows)

"""MIF/MID: GDAL (MapInfo File) reads every pair of the package; pens, brushes and symbols stand in the text."""

import json
import re
import zipfile

import gdal
import numpy
import tools
from tools import cache
import truth

PEN = re.compile(r"    Pen \(([1-7]),([12]),(\d+)\)")
BRUSH = re.compile(r"    Brush \(([12]),(\d+),16777215\)")
SYMBOL = re.compile(r"    Symbol \(34,(\d+),(\d+)\)")


@cache
def texts(path):
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert names[-2:] == ["LICENSE.txt", "mapwright.json"]
        pairs = [name.rpartition(".") for name in names[:-2]]
        assert [ending for _, _, ending in pairs] == ["mif", "mid"] * (len(pairs) // 2)
        return {name: package.read(f"{name}.mif").decode("utf-8") for name, _, ending in pairs if ending == "mif"}


@tools.once
def tables(path):
    found = {}
    with tools.folder() as folder:
        with zipfile.ZipFile(path) as package:
            package.extractall(folder)
        for file in sorted(folder.glob("*.mif")):
            table = gdal.read(file, file.stem)
            assert "4326" in str(table.meta["crs"]) or "WGS" in str(table.meta["crs"]), table.meta["crs"]
            # Tags go on from one column to the next.
            parts = [table.columns.pop(name) for name in [f"tags_{row}" for row in range(2, 9)] if name in table.columns]
            for part in parts:
                table.columns["tags"] = numpy.array([(a or "") + (b or "") for a, b in zip(table.columns["tags"], part)], dtype=object)
            found[file.stem] = table
    return found


def features_are_those_of_geojson(artefact):
    ours = truth.of_tables(tables(artefact.path))
    truth.in_their_layers(artefact, ours.keys)
    truth.same_shapes(artefact, ours, tolerance=2e-7)


def fields_are_those_of_geojson(artefact):
    found = tables(artefact.path)
    ours = truth.of_tables(found)
    truth.same_fields(artefact, ours, loose=True, but=("tags",))
    truth.has_name(artefact, ours)
    # What has more tags than the columns hold breaks off.
    wanted = truth.of(artefact)
    whole = [(key, said["tags"]) for key, said in zip(ours.keys, ours.said) if key in wanted.row and ends(said["tags"])]
    assert len(whole) > 0.98 * len(wanted.row)
    assert all(json.loads(tags) == wanted.said[wanted.row[key]]["tags"] for key, tags in whole)
    for name, kinds in {"layer_z": "i", "lanes": "i", "height": "f", "bridge": "bi", "osm_id": "f"}.items():
        truth.typed(found, name, *kinds)


def ends(tags):
    try:
        return bool(json.loads(tags))
    except json.JSONDecodeError:
        return False


def looks_are_those_of_classes(artefact):
    for name, text in texts(artefact.path).items():
        assert re.match(r'Version 1520\nCharset "UTF-8"\nDelimiter ","\nCoordSys Earth Projection 1, 104\nColumns \d+\n', text), name
        clauses = [line for line in text.splitlines() if line.startswith("    ")]
        kind = name.rsplit("_", 1)[1]
        for line in clauses:
            assert {"point": SYMBOL, "line": PEN, "area": PEN if "Pen" in line else BRUSH}[kind].fullmatch(line), line
    roads = {PEN.fullmatch(line).groups() for line in texts(artefact.path)["roads_line"].splitlines() if line.startswith("    Pen")}
    assert len({width for width, _, _ in roads}) > 2 and len({colour for _, _, colour in roads}) > 3
    parks = re.findall(r"    Brush \(2,(\d+)", texts(artefact.path)["leisure_area"])
    colours = {(int(one) >> 16, int(one) >> 8 & 255, int(one) & 255) for one in parks}
    assert any(green > red and green > blue for red, green, blue in colours)


def terms(path):
    with zipfile.ZipFile(path) as package:
        return package.read("LICENSE.txt").decode("utf-8")


def provenance(path):
    with zipfile.ZipFile(path) as package:
        return json.loads(package.read("mapwright.json"))


ROWS = {"mif": (features_are_those_of_geojson, fields_are_those_of_geojson, looks_are_those_of_classes)}
CREDITS = {"mif": terms}
PLACES = {"mif": provenance}

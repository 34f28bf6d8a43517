"""Maps in HTML: what stands in the blocks of the page is the map, and Chromium shows it, as a file and without a network."""

import base64
import gzip
import json
import re
import tempfile
from pathlib import Path

import core_tiles
import numpy
import test_dataset
import tools
from conftest import ROOT
from PIL import Image
from tools import cache, once


@once
def blocks(path):
    found = re.findall(r'<script type="[\w/]+" id="(\w+)">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL)
    assert [id for id, _ in found] == ["mapwright", "map", "names", "tags", "tiles", "engine", "worker"]
    return dict(found)


def unpacked(text):
    return gzip.decompress(base64.b64decode(text, validate=True))


@once
def names(path):
    return json.loads(unpacked(blocks(path)["names"]))


@once
def tags(path):
    return {id: tags for line in blocks(path)["tags"].split() for id, tags in json.loads(unpacked(line)).items()}


def tiles(path):
    rows = (line.split(" ") for line in blocks(path)["tiles"].split("\n") if line)
    return {tuple(int(part) for part in address.split("/")): unpacked(data) for address, data in rows}


def tiles_are_those_of_the_map(artefact):
    test_dataset.the_same_tiles(artefact, tiles(artefact.path))


def tags_are_those_of_the_data(artefact):
    """Of every object that GeoJSON has, all of them."""
    rows = json.loads(artefact.sibling("geojson").path.read_bytes())["features"]
    found, wrong = tags(artefact.path), []
    for row in rows:
        id = row["properties"].get("osm_id")
        if id is None or int(id) < 0:
            continue
        own = found.get(f"{row['properties']['osm_type']}{id}", {})
        wrong += [id] if own.get("name") != row["properties"].get("name") else []
    assert len(rows) > 1000 and len(wrong) < 0.01 * len(rows), wrong[:10]


def names_can_be_found(artefact):
    """Those of the tiles of the highest zoom, where they are."""
    rows = names(artefact.path)
    told = {row[0] for row in rows}
    assert test_dataset.names_of(tiles(artefact.path)) - {None} <= told and len(told) > 100
    assert any(not name.isascii() for name in told)
    west, south, east, north = json.loads(blocks(artefact.path)["map"])["bounds"]
    for _, _, left, lower, right, upper in rows:
        assert west - 0.01 <= left <= right <= east + 0.01 and south - 0.01 <= lower <= upper <= north + 0.01


@cache
def used(path, name):
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "page.png"
        found = json.loads(tools.run("node", ROOT / "tests/readers/web_page.mjs", path, name, picture))
        with Image.open(picture) as image:
            return found, numpy.asarray(image.convert("RGB"), dtype=numpy.int16)


def people_use_it_in_a_browser(artefact):
    rows = names(artefact.path)
    counts = {row[0]: sum(other[0] == row[0] for other in rows) for row in rows}
    kind = lambda row: row[1] in ("residential", "primary", "secondary", "tertiary", "pedestrian")
    name, _, *box = next(row for row in rows if kind(row) and counts[row[0]] == 1 and len(row[0]) > 8)
    found, picture = used(artefact.path, name)
    assert found["outside"] == [] and found["faults"] == []
    assert "OpenStreetMap contributors" in found["credit"] and found["title"]
    west, south, east, north = json.loads(blocks(artefact.path)["map"])["bounds"]
    left, lower, right, upper = found["bounds"]
    assert numpy.all(numpy.subtract([west, south, right, upper], [left, lower, east, north]) > -1e-9)
    assert found["drawn"]["buildings"] > 50 and found["drawn"]["roads"] > 50
    assert "buildings" not in found["switched"] and found["switched"]["roads"] > 50
    assert found["zoomed"]["zoom"] > found["first"]["zoom"] + 0.5
    assert numpy.abs(numpy.subtract(found["moved"]["middle"], found["zoomed"]["middle"])).max() > 1e-5
    assert found["name"].startswith(name) and found["named"] > 0
    # The name lies in the part of the view that the panel leaves free.
    assert numpy.hypot(*numpy.subtract(found["shown"]["middle"], [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])) < 0.01
    for one in found["told"]:
        kind_of, id = one["id"].split()
        assert one["tags"] == tags(artefact.path)[f"{kind_of[0]}{id}"]
    assert any(key.startswith("building") for one in found["told"] for key in one["tags"])
    assert found["printed"] == {"panel": False, "pages": 1}
    # Hundreds of colours: streets, water, labels with smooth edges.
    assert len(numpy.unique(picture.reshape(-1, 3), axis=0)) > 200


ROWS = {"html": (tiles_are_those_of_the_map, tags_are_those_of_the_data, names_can_be_found, people_use_it_in_a_browser)}
CREDITS = {"html": lambda path: json.loads(blocks(path)["map"])["style"]["sources"]["map"]["attribution"]}
PLACES = {"html": lambda path: json.loads(blocks(path)["mapwright"])}

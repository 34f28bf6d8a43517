"""Geometry is exact: every area of every extract is valid, turns the right way and is that of osmium; borders that areas
share stay shared when they are simplified.

The extracts are those of ring 1, all that lie in tests/data, and all under the folder `$MAPWRIGHT_FOLDER`, if it is set."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import conftest
import numpy
import pytest
import reference
import shapely
from lxml import etree
from tools import cache

KINDS = (".osm", ".pbf", ".osm.gz", ".osm.bz2", ".osm.xml.gz", ".map.json.gz")
# What osmium or mapwright refuses to read, or osmium reads as a history; the Rust tests say what becomes of these.
REFUSED = ("deleted_nodes.osh.pbf", "/fuzz/", "osm-testdata", ".zst", "zstd", "josmTest01", "issue-4.osm", "osm-tags_center", "staffordshire", "osmtogeojson-tests", "street-graph.osm")


def folders():
    yield conftest.ROOT / "tests/data"
    if "MAPWRIGHT_FOLDER" in os.environ:
        yield Path(os.environ["MAPWRIGHT_FOLDER"])


def found():
    """Extracts by a name for the test."""
    paths = [conftest.ROOT / path for path in conftest.extracts().values()]
    for folder in folders():
        assert folder.is_dir(), f"{folder} is no folder"
        paths += sorted(path for path in folder.rglob("*") if path.name.endswith(KINDS))
    wanted = [path for path in dict.fromkeys(paths) if not any(word in str(path) for word in REFUSED)]
    return {f"{path.parent.name}-{path.name}": path for path in wanted}


@cache
def program():
    """The command line, as the export before these tests built it."""
    path = os.environ.get("MAPWRIGHT_PROGRAM") or shutil.which("mapwright")
    assert path, "MAPWRIGHT_PROGRAM is not set; run `npm test`"
    return path


def export(source, *arguments):
    """The bytes of an export; none where the extract holds no place."""
    done = subprocess.run([program(), "export", "-q", source, "-o", "-", *arguments], capture_output=True)
    if done.returncode != 0:
        assert b"no place" in done.stderr, done.stderr.decode()
        return None
    return done.stdout


@cache
def areas(source):
    """Areas by id; ways and relations."""
    text = export(source, "-f", "geojson", "--bbox", "-180,-90,180,90")
    features = json.loads(text)["features"] if text else []
    return [(f["id"], f["geometry"]) for f in features if f["geometry"]["type"] in ("Polygon", "MultiPolygon")]


@pytest.fixture(params=sorted(found().items()), ids=lambda row: row[0])
def source(request):
    return request.param[1]


def test_areas_are_valid(source):
    shapes = [(key, shapely.geometry.shape(geometry)) for key, geometry in areas(source)]
    assert [(key, shapely.is_valid_reason(shape)) for key, shape in shapes if not shape.is_valid or shape.is_empty] == []


def test_outer_rings_turn_left_and_holes_right(source):
    wrong = []
    for key, geometry in areas(source):
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        turns = [[shapely.LinearRing(ring).is_ccw for ring in polygon] for polygon in polygons]
        if any(turn != [True] + [False] * (len(turn) - 1) for turn in turns):
            wrong.append(key)
    assert wrong == []


def test_multipolygons_are_those_of_osmium(source):
    """Every relation that osmium assembles is there, of the same area, or stands under its outer way."""
    ours, by_box = {}, {}
    for key, geometry in areas(source):
        shape = shapely.geometry.shape(geometry)
        ours.setdefault(key, []).append(shape)
        by_box.setdefault(shape.bounds, []).append(shape)
    wrong = []
    for key, theirs in reference.features(source).items():
        for area in theirs["shapes"]:
            if not key.startswith("r") or area.geom_type != "MultiPolygon":
                continue
            # Across the antimeridian GeoJSON is cut (RFC 7946), which moves the points of one half.
            if area.bounds[2] - area.bounds[0] > 180:
                continue
            mine = ours.get(key, []) + by_box.get(area.bounds, [])
            if not any(abs(shape.area - area.area) <= 1e-9 * area.area + 1e-14 for shape in mine):
                wrong.append((key, area.area, [shape.area for shape in mine]))
    assert wrong == []


# Points of a drawing lie on a grid, mm; what is thinner is no overlap and no gap.
GRID = 0.01
# Detail levels and how far a line may leave its place there, mm.
TOLERANCE = {2: 0.2, 3: 0.1}


def drawn(source, detail):
    """Areas of land and water on the sheet, each as it is drawn."""
    root = etree.fromstring(export(source, "-f", "svg", "--scale", "20000", "--detail-level", str(detail)))
    name = "{http://www.w3.org/2000/svg}"
    shapes = []
    for group in root.iter(f"{name}g"):
        if not group.get("id", "").startswith(("land.", "water.", "buildings.")):
            continue
        for path in group.iter(f"{name}path"):
            fill = path.get("fill") or group.get("fill")
            if fill not in (None, "none"):
                rings = [ring for ring in polygons(path.get("d")) if len(ring) > 3]
                shape = shapely.Polygon()
                for ring in rings:
                    shape = shape.symmetric_difference(shapely.make_valid(shapely.Polygon(ring)))
                if shape.area > 0:
                    shapes.append(shape)
    return shapes


def polygons(path):
    """Rings of a path of `M`, `m`, `l`, `L`, `h`, `v` and `z`."""
    rings, at, command = [], numpy.zeros(2), ""
    tokens = re.findall(r"[a-zA-Z]|-?\d*\.?\d+", path)
    while tokens:
        if tokens[0].isalpha():
            command = tokens.pop(0)
        if command in "zZ":
            rings[-1].append(rings[-1][0])
            at = numpy.array(rings[-1][0])
            continue
        if command in "hHvV":
            axis, value = int(command in "vV"), float(tokens.pop(0))
            at = at.copy()
            at[axis] = value if command.isupper() else at[axis] + value
        else:
            point = numpy.array([float(tokens.pop(0)), float(tokens.pop(0))])
            at = point if command.isupper() else at + point
        if command in "mM":
            rings.append([])
            command = "l" if command == "m" else "L"
        rings[-1].append(tuple(at))
    return rings


def crossings(shapes):
    """Pairs of areas that overlap although neither lies in the other."""
    tree, count = shapely.STRtree(shapes), 0
    for one, two in tree.query(shapes, predicate="intersects").T:
        if one >= two:
            continue
        a, b = shapes[one], shapes[two]
        parts = (a.intersection(b), a.difference(b), b.difference(a))
        count += all(part.buffer(-2 * GRID).area > 0 for part in parts)
    return count


def gaps(shapes, width):
    """Thin holes that all areas together leave."""
    whole = shapely.union_all([shape.buffer(GRID, join_style="mitre") for shape in shapes])
    rings = [ring for part in shapely.get_parts(whole) for ring in part.interiors]
    return sum(shapely.Polygon(ring).buffer(-width / 2).is_empty for ring in rings)


@pytest.mark.parametrize("detail", sorted(TOLERANCE))
@pytest.mark.parametrize("extract", ["helsinki", "monaco", "moscow", "tests/data/extracts/dreieich.pbf"])
def test_borders_stay_shared(extract, detail):
    source = conftest.ROOT / conftest.extracts().get(extract, extract)
    whole, simple = drawn(source, 6), drawn(source, detail)
    assert len(simple) > 20
    before, after = crossings(whole), crossings(simple)
    thin = TOLERANCE[detail]
    print(f"{extract}, detail {detail}: {len(whole)} areas, {before} crossings, {gaps(whole, thin)} gaps; simplified {len(simple)}, {after}, {gaps(simple, thin)}")
    assert after <= before
    assert gaps(simple, thin) <= gaps(whole, thin)

"""GMT: GDAL (OGR_GMT) reads every file of the package; segment headers are pens and fills."""

import json
import re
import subprocess
import zipfile
from collections import Counter

import gdal
import numpy
import shapely
import tools
from tools import cache
import truth

HEAD = re.compile(r">( -G(-|\d+/\d+/\d+(@\d+)?))( -W(-|[\d.]+p,\d+/\d+/\d+(@\d+)?))")


@cache
def texts(path):
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert names[-2:] == ["LICENSE.txt", "mapwright.json"]
        return {name.removesuffix(".gmt"): package.read(name).decode("utf-8") for name in names[:-2]}


@tools.once
def tables(path):
    found = {}
    with tools.folder() as folder:
        with zipfile.ZipFile(path) as package:
            package.extractall(folder)
        for file in sorted(folder.glob("*.gmt")):
            found[file.stem] = gdal.read(file, file.stem)
            assert found[file.stem].meta["crs"] == "EPSG:4326", file
    return found


def features_are_those_of_geojson(artefact):
    """A place of several points is several rows."""
    found = tables(artefact.path)
    once = {}
    for name, table in found.items():
        keys = [truth.key(name, said) for said in table.rows()]
        count = Counter(keys) if name.endswith("_point") else {}
        once[name] = table.kept([row for row, key in enumerate(keys) if count.get(key, 1) == 1])
        assert sum(many > 1 for many in count.values()) < 40
    ours, wanted = truth.of_tables(once), truth.of(artefact)
    truth.same_shapes(artefact, ours, tolerance=2e-7)
    control = {row: " " for row in (*range(32), *range(127, 160))}
    plain = lambda text: text.replace('"', "'").replace("\\", "/").translate(control)
    for key, mine in zip(ours.keys, ours.said):
        if key not in wanted.row:
            continue
        said = wanted.said[wanted.row[key]]
        for name in ("class", "type", "name"):
            assert (mine[name] or "") == plain(said.get(name) or "")
        # Some have more tags than a line of GMT holds.
        tags = ";".join(f"{key.replace(';', ';;')}={value.replace(';', ';;')}" for key, value in said["tags"].items())
        assert (mine["tags"] or plain(tags)) == plain(tags) and (len(tags) > 3000 or mine["tags"])
    truth.has_name(artefact, ours)


def fields_are_typed(artefact):
    for name, kinds in {"layer_z": "i", "lanes": "if", "height": "f", "bridge": "i", "osm_id": "O"}.items():
        truth.typed(tables(artefact.path), name, *kinds)


def gmt_reads_it(artefact, folder):
    """GMT itself says nothing against a file, counts its points, and names its segments."""
    with zipfile.ZipFile(artefact.path) as package:
        package.extractall(folder)
    files = sorted(folder.glob("*.gmt"))
    assert len(files) > 15
    for file in files:
        count, west, east, south, north = re.search(r"N = (\d+)\s+<(.*)/(.*)>\s+<(.*)/(.*)>", quiet("gmt", "info", file)).groups()
        shapes = tables(artefact.path)[file.stem].shapes
        assert int(count) == shapely.get_num_coordinates(shapes).sum()
        assert numpy.allclose([float(west), float(south), float(east), float(north)], shapely.total_bounds(shapes), atol=1e-6)
    named = quiet("gmt", "convert", folder / "roads_line.gmt", "-aL=name")
    heads = [line for line in named.splitlines() if line.startswith(">")]
    table = tables(artefact.path)["roads_line"]
    assert len(heads) == sum(len(getattr(shape, "geoms", [shape])) for shape in table.shapes)
    names = {name for name in table.columns["name"] if name}
    assert sum(any(name in head for head in heads) for name in names) == len(names) > 20


def quiet(*arguments):
    done = subprocess.run([*map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0 and not done.stderr, done.stderr[:500]
    return done.stdout


def segments_are_drawn(artefact):
    """GMT draws roads with pens, and parks with fills."""
    for name, text in texts(artefact.path).items():
        heads = {line for line in text.splitlines() if line.startswith(">")}
        assert all(HEAD.fullmatch(head) for head in heads), name
        assert max(map(len, text.encode("utf-8").splitlines())) <= 4095
        kind = {"point": "POINT", "line": "(MULTI)?LINESTRING", "area": "(MULTI)?POLYGON"}[name.rsplit("_", 1)[1]]
        assert re.match(rf"# @VGMT1\.0 @G{kind}\n# @R[-\d./]+\n# @Je4326\n# © OpenStreetMap contributors, ODbL\n# @N", text)
    roads = {HEAD.fullmatch(line)[5] for line in texts(artefact.path)["roads_line"].splitlines() if line.startswith(">")}
    assert len(roads) > 3 and all("p," in pen for pen in roads - {"-"})
    parks = {HEAD.fullmatch(line)[2] for line in texts(artefact.path)["leisure_area"].splitlines() if line.startswith(">")}
    assert len(parks - {"-"}) > 2


def credit(path):
    with zipfile.ZipFile(path) as package:
        assert "ODbL" in package.read("LICENSE.txt").decode("utf-8")
    return next(line for line in texts(path)["roads_line"].splitlines() if "©" in line)


def provenance(path):
    with zipfile.ZipFile(path) as package:
        return json.loads(package.read("mapwright.json"))


ROWS = {"gmt": (features_are_those_of_geojson, fields_are_typed, gmt_reads_it, segments_are_drawn)}
CREDITS = {"gmt": credit}
PLACES = {"gmt": provenance}

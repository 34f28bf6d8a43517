"""What GeoJSON of the same map says, for every format of features: it holds each element once, in its main layer, and names the others."""

import json
from collections import Counter
from dataclasses import dataclass

import core_table
import numpy
import reference
import shapely
import tools

# A name in each extract that is not ASCII.
NAMES = {"helsinki": "Helsingin päärautatieasema", "monaco": "Académie de Nice", "moscow": "1-я Останкинская улица"}
KINDS = {"point": "Point", "line": "LineString", "area": "Polygon"}


@dataclass(frozen=True)
class Truth:
    """Elements in the order of GeoJSON, by main layer and element (`("roads", "w1")`), and what they are in other layers."""

    row: dict
    shapes: numpy.ndarray
    normal: numpy.ndarray
    said: list
    also: dict

    def layers(self):
        return {layer for layer, _ in (*self.row, *self.also)}


@tools.once
def features(path):
    found = core_table.features(path)
    said = [feature["properties"] for feature in found]
    shapes = numpy.array([shapely.geometry.shape(feature["geometry"]) for feature in found], dtype=object)
    row = {(one["layer"], feature["id"]): row for row, (one, feature) in enumerate(zip(said, found))}
    assert len(row) == len(found) > 500
    also = {(layer, feature["id"]): shape for feature, one, shape in zip(found, said, shapes) for layer in filter(None, one.get("also", "").split(","))}
    return Truth(row, shapes, normal(shapes), said, also)


def of(artefact):
    return features(artefact.sibling("geojson").path)


def normal(shapes):
    """Wherever rings and parts begin; of one part or of several, formats say it in their own way."""
    alone = lambda shape: shape.geoms[0] if hasattr(shape, "geoms") and len(shape.geoms) == 1 else shape
    return shapely.normalize(numpy.array([alone(shape) for shape in shapely.force_2d(numpy.asarray(shapes, dtype=object))], dtype=object))


def key(layer, said):
    """By the name of a table, `roads_line`, or of a layer."""
    return layer.rsplit("_", 1)[0], f"{said['osm_type']}{int(said['osm_id'])}"


@dataclass(frozen=True)
class Found:
    """What a format holds: layer and element of each row, shapes, properties."""

    keys: list
    shapes: numpy.ndarray
    said: list

    def row(self):
        return {key: row for row, key in enumerate(self.keys)}


def found(rows):
    """Of rows: key, shape, properties."""
    keys, shapes, said = zip(*rows)
    return Found(list(keys), numpy.array(shapes, dtype=object), list(said))


def of_tables(tables):
    """Of tables by name, in each of which all is of one layer and kind; the sea is no element."""
    rows = []
    for name, table in tables.items():
        for shape, said in zip(table.shapes, table.rows()):
            if said["osm_id"] != 0:
                assert shape is not None and shape.geom_type.removeprefix("Multi") == KINDS[name.rsplit("_", 1)[1]], name
                rows.append((key(name, said), shape, said))
    return found(rows)


def in_their_layers(artefact, keys):
    """Every element in its main layer, and once; in others where the place that it has there is on the map."""
    wanted = of(artefact)
    assert len(set(keys)) == len(keys) and len(wanted.layers()) > 10
    assert set(wanted.row) <= set(keys) <= {*wanted.row, *wanted.also}
    box = shapely.box(*reference.bounds(artefact.source))
    assert [key for key in set(wanted.also) - set(keys) if box.covers(wanted.also[key])] == []


def alike(ours, theirs, tolerance=1e-9):
    """The same geometry shape by shape, and in sum."""
    ours, theirs = (numpy.asarray(shapes, dtype=object) for shapes in (ours, theirs))
    assert len(ours) == len(theirs) > 500 and not shapely.is_missing(ours).any()
    same_normal(normal(ours), normal(theirs), tolerance)


def same_normal(ours, theirs, tolerance):
    same = shapely.equals_exact(ours, theirs, tolerance=tolerance)
    assert same.all(), [(ours[row].wkt[:200], theirs[row].wkt[:200]) for row in numpy.flatnonzero(~same)[:3]]
    assert numpy.allclose(shapely.total_bounds(ours), shapely.total_bounds(theirs), atol=max(tolerance, 1e-9), rtol=0)
    for measure in (shapely.area, shapely.length):
        assert numpy.isclose(measure(ours).sum(), measure(theirs).sum(), rtol=max(tolerance * 10, 1e-9)) and measure(ours).sum() > 0


def same_shapes(artefact, ours, tolerance=1e-9):
    """Of elements in their main layers."""
    wanted, row = of(artefact), ours.row()
    there = [(row[key], place) for key, place in wanted.row.items() if key in row]
    mine, theirs = (numpy.array(side) for side in zip(*there))
    assert len(there) > 0.99 * len(wanted.row) and not shapely.is_missing(ours.shapes).any()
    same_normal(normal(ours.shapes[mine]), wanted.normal[theirs], tolerance)


def same_fields(artefact, ours, loose=False, tags="tags", but=()):
    """Every property of elements in their main layers, and all tags. `loose`: figures may be words, and words figures."""
    wanted, row, seen = of(artefact), ours.row(), Counter()
    for place in (place for place in wanted.row if place in row):
        mine, theirs = ours.said[row[place]], wanted.said[wanted.row[place]]
        text = mine.get(tags)
        assert tags in but or (json.loads(text) if isinstance(text, str) else text) == theirs["tags"], place
        for name in {*mine, *(() if loose else theirs)} - {"layer", "also", tags, *but}:
            own, value = (None if one is None or one == "" or one != one else one for one in (mine.get(name), theirs.get(name)))
            if name not in theirs and not (loose or own is None):
                raise AssertionError((place, name, own))
            if name in theirs or not loose:
                assert same(own, value, loose), (place, name, own, value)
                seen[name] += value is not None
    assert seen["name"] > 50 and seen["osm_id"] > 500 and seen["class"] > 500 and seen["levels"] + seen["height"] > 0
    return seen


def same(own, value, loose):
    if not loose or own is None or value is None:
        return own == value
    if isinstance(value, bool):
        return {"true": True, "false": False}.get(own, own) == value
    if isinstance(value, (int, float)):
        return numpy.isclose(float(own), value, atol=5e-4)
    return value == own if isinstance(own, str) else float(value) == own


def has_name(artefact, ours):
    assert NAMES[artefact.extract] in {said.get("name") for said in ours.said}


def the_whole_map(artefact, ours, tolerance=1e-9, **how):
    """All of it: `ours` holds every element in each of its layers."""
    in_their_layers(artefact, ours.keys)
    same_shapes(artefact, ours, tolerance)
    same_fields(artefact, ours, **how)
    has_name(artefact, ours)


def once(artefact, ours):
    """All of it, for formats that hold each element once."""
    wanted = of(artefact)
    assert len(ours.keys) == len(wanted.row) and set(ours.keys) == set(wanted.row)
    same_shapes(artefact, ours)
    same_fields(artefact, ours)
    row = ours.row()
    assert all((ours.said[row[place]].get("also") or "") == wanted.said[at].get("also", "") for place, at in wanted.row.items())
    has_name(artefact, ours)


def typed(tables, name, *kinds):
    """The kinds of numpy that a column has wherever it stands."""
    found = {table.columns[name].dtype.kind for table in tables.values() if name in table.columns}
    assert found and found <= set(kinds), (name, found)


def measures(tables):
    """Length of all lines and area of all polygons, in squares of degrees; without the sea."""
    shapes = numpy.concatenate([table.shapes[table.columns["osm_id"] != 0] for table in tables.values()])
    kinds = shapely.get_type_id(shapes)
    return shapely.length(shapes[numpy.isin(kinds, (1, 5))]).sum(), shapely.area(shapes[numpy.isin(kinds, (3, 6))]).sum()

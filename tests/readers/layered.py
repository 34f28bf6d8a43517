"""Tables of layers against GeoJSON of the same map, which holds each element once and names its other layers."""

import json
from collections import Counter, defaultdict
from functools import cache

import core_table
import numpy
import pyogrio
import reference
import shapely

# A name in each extract that is not ASCII, of a feature of a layer.
NAMES = {"helsinki": "Helsingin päärautatieasema", "monaco": "Académie de Nice", "moscow": "1-я Останкинская улица"}


class Layer:
    """Rows of a layer and kind of geometry: columns by name, and shapes."""

    def __init__(self, columns, shapes):
        self.columns, self.shapes = columns, shapes

    def __len__(self):
        return len(self.shapes)

    def keys(self):
        return [(kind, int(number)) for kind, number in zip(self.columns["osm_type"], self.columns["osm_id"])]


def read(path, name, renamed=(), **options):
    """A layer as GDAL reads it."""
    meta, _, geometry, fields = pyogrio.raw.read(path, layer=name, **options)
    columns = {dict(renamed).get(field, field): values for field, values in zip(meta["fields"], fields)}
    return Layer(columns, shapely.from_wkb(geometry)), meta


def names(path):
    return [name for name, _ in pyogrio.list_layers(path)]


def layer_of(name):
    return name.rsplit("_", 1)[0]


@cache
def features(path):
    """What GeoJSON says of each element in its main layer: layer → key → list of (properties, shape)."""
    found = defaultdict(lambda: defaultdict(list))
    for feature in core_table.features(path):
        said = feature["properties"]
        key = (said["osm_type"], said["osm_id"])
        found[said["layer"]][key].append((said, shapely.geometry.shape(feature["geometry"])))
    return found


# Layers in which areas of other layers have a place.
MARKED = ("places", "pois", "addresses")


def counted(artefact):
    """How many features each layer has at most, and at least: places of areas that only touch the frame may lie outside."""
    frame = shapely.box(*reference.bounds(artefact.source))
    most, least = Counter(), Counter()
    for feature in core_table.features(artefact.sibling("geojson").path):
        said = feature["properties"]
        also = list(filter(None, (said.get("also") or "").split(",")))
        most.update([said["layer"], *also])
        doubtful = also and not frame.contains(shapely.geometry.shape(feature["geometry"]))
        least.update([said["layer"], *(layer for layer in also if layer not in MARKED or not doubtful)])
    return most, least


def same_counts(artefact, tables):
    """Layer by layer as many features as GeoJSON has there, mainly or besides."""
    ours = Counter()
    for name, table in tables.items():
        ours[layer_of(name)] += len(table)
    most, least = counted(artefact)
    assert set(ours) == set(most) and len(ours) > 10 and sum(ours.values()) > 500
    assert all(least[layer] <= ours[layer] <= most[layer] for layer in most), (ours, most)
    assert sum(most.values()) - sum(least.values()) < 0.05 * sum(most.values())


def pairs(artefact, tables, least=0.9):
    """Rows of elements in their main layers with what GeoJSON says of them: table, row, properties, shape."""
    theirs = features(artefact.sibling("geojson").path)
    found = []
    for name, table in tables.items():
        for row, key in enumerate(table.keys()):
            same = theirs[layer_of(name)].get(key, ())
            if len(same) == 1:
                found.append((table, row, *same[0]))
    assert len(found) > least * sum(len(keys) for keys in theirs.values())
    return found


def same_shapes(artefact, tables, tolerance=2e-7):
    """Shape by shape, and in sum, what GeoJSON has."""
    found = pairs(artefact, tables)
    ours = numpy.array([table.shapes[row] for table, row, _, _ in found])
    theirs = numpy.array([shape for _, _, _, shape in found])
    assert not shapely.is_missing(ours).any()
    same = shapely.equals_exact(shapely.normalize(single(ours)), shapely.normalize(single(theirs)), tolerance=tolerance)
    assert same.all(), [(found[row][2]["osm_type"], found[row][2]["osm_id"]) for row in numpy.flatnonzero(~same)[:5]]
    for measure in (shapely.area, shapely.length):
        assert numpy.isclose(measure(ours).sum(), measure(theirs).sum(), rtol=1e-6) and measure(ours).sum() > 0
    assert numpy.allclose(shapely.total_bounds(ours), shapely.total_bounds(theirs), atol=1e-6)


def single(shapes):
    """Of one part or of several, formats say it in their own way."""
    alone = lambda shape: shape.geoms[0] if hasattr(shape, "geoms") and len(shape.geoms) == 1 else shape
    return numpy.array([alone(shape) for shape in shapely.force_2d(shapes)])


def same_fields(artefact, tables, guessed=False):
    """Every field of every row, in its type; returns how many of each there were."""
    seen = Counter()
    for table, row, said, _ in pairs(artefact, tables):
        for name, value in said.items():
            if name in ("layer", "also", "tags") or name not in table.columns:
                continue
            ours = table.columns[name][row]
            if value is None or value == "":
                assert ours is None or ours == "" or ours != ours, (name, ours)
                continue
            if isinstance(value, bool):
                # Flags are flags, numbers of two values, or words.
                assert {"true": True, "false": False}.get(ours, ours) == value, (name, ours, value)
            elif isinstance(value, (int, float)):
                assert numpy.isclose(float(ours), value, atol=5e-4), (name, ours, value)
            else:
                # Who guesses types takes texts of figures for numbers.
                figures = guessed and not isinstance(ours, str)
                assert (float(value) if figures else value) == ours, (name, ours, value)
            seen[name] += 1
    assert seen["name"] > 50 and seen["osm_id"] > 500 and seen["levels"] + seen["height"] > 0
    return seen


def same_tags(artefact, tables, least=0.9):
    """All tags, as JSON."""
    found = pairs(artefact, tables, least)
    assert found
    assert all(json.loads(table.columns["tags"][row]) == said["tags"] for table, row, said, _ in found)


def has_name(artefact, tables):
    assert any(NAMES[artefact.extract] in list(table.columns.get("name", ())) for table in tables.values())


def typed(tables, name, *kinds):
    """The kinds of numpy that a column has wherever it stands."""
    found = {table.columns[name].dtype.kind for table in tables.values() if name in table.columns}
    assert found and found <= set(kinds), (name, found)

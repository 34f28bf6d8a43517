"""What every format with a table for each layer and kind of geometry holds: what GeoJSON of the same map says."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache

import core_table
import numpy
import pandas
import pyogrio
import reference as extent
import shapely

# A name in each extract that is not Latin, or not ASCII.
NAMES = {"helsinki": "Helsingin päärautatieasema", "monaco": "Académie de Nice", "moscow": "1-я Останкинская улица"}
KINDS = {"point": {"Point"}, "line": {"LineString"}, "area": {"Polygon"}}
# Columns that every table has, besides its own.
COMMON = ("osm_id", "osm_type", "class", "type", "name", "layer_z", "tags")


@dataclass(frozen=True)
class Wanted:
    """Features by layer and element: in their main layers with geometry and properties, in others with the geometry there."""

    main: dict
    also: dict
    bounds: tuple


@cache
def wanted(path):
    main, also, shapes = {}, {}, []
    for feature in core_table.features(path):
        properties = feature["properties"]
        shape = shapely.geometry.shape(feature["geometry"])
        key = (properties["osm_type"], properties["osm_id"])
        main[properties["layer"], *key] = (shape, properties)
        also.update({(layer, *key): shape for layer in filter(None, properties.get("also", "").split(","))})
        shapes.append(shape)
    return Wanted(main, also, tuple(shapely.total_bounds(shapes)))


def gdal(path, layer):
    """A layer as GDAL reads it: attributes, and geometry as shapely has it."""
    meta, _, geometry, values = pyogrio.raw.read(path, layer=layer)
    table = pandas.DataFrame(dict(zip(meta["fields"], values)))
    return meta, table.assign(geometry=shapely.from_wkb(geometry) if geometry is not None else None)


def gdal_layers(path):
    """Every layer of a file, as GDAL reads it."""
    return {name: gdal(path, name)[1] for name, kind in pyogrio.list_layers(path) if kind is not None}


def holds_the_map(artefact, tables, *, tolerance=1e-7, tags=lambda row: row["tags"], columns=COMMON):
    """Layer by layer the features of GeoJSON with their geometry, class, name and tags; of the sea, nothing is asked."""
    reference = wanted(artefact.sibling("geojson").path)
    found, boxes = Counter(), []
    for name, table in tables.items():
        layer, _, kind = name.rpartition("_")
        assert set(columns) - {"tags"} <= set(table.columns), name
        table = table[table["osm_id"] != 0]
        if not len(table):
            continue
        assert {shape.geom_type.removeprefix("Multi") for shape in table["geometry"]} <= KINDS[kind], name
        assert table["osm_id"].dtype == numpy.int64 and table["layer_z"].between(-10, 10).all(), name
        boxes.append(shapely.total_bounds(table["geometry"].to_numpy()))
        for row in table.to_dict("records"):
            key = (layer, row["osm_type"], row["osm_id"])
            found[key] += 1
            if key not in reference.main:
                continue
            shape, properties = reference.main[key]
            assert [row[key] or "" for key in ("class", "type")] == [properties[key] for key in ("class", "type")]
            assert text(row["name"]) == properties.get("name", ""), name
            if "tags" in columns:
                assert json.loads(tags(row)) == properties["tags"], (name, row["osm_id"])
            same = shapely.equals_exact(shapely.normalize(single(row["geometry"])), shapely.normalize(single(shape)), tolerance)
            assert same, (name, row["osm_type"], row["osm_id"])
    assert set(found.values()) == {1}
    assert set(found) - set(reference.also) == set(reference.main) and len(reference.main) > 500
    # The point of an area is not in the box where the area only reaches into it.
    box = shapely.box(*extent.bounds(artefact.source))
    outside = [key for key in set(reference.also) - set(found) if box.covers(reference.also[key])]
    assert outside == [], outside[:5]
    boxes = numpy.array(boxes)
    bounds = [*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)]
    assert numpy.allclose(bounds, reference.bounds, atol=1e-6)
    names = {row for table in tables.values() for row in table["name"]}
    assert NAMES[artefact.extract] in names


def text(value):
    return "" if value is None or value != value else value


def single(shape):
    """One geometry of a kind instead of several with one part."""
    return shape.geoms[0] if hasattr(shape, "geoms") and len(shape.geoms) == 1 else shape


def measures(tables):
    """Length of all lines and area of all polygons, in squares of degrees; without the sea."""
    shapes = [shape for table in tables.values() for shape in table[table["osm_id"] != 0]["geometry"]]
    lines = [shape for shape in shapes if "Line" in shape.geom_type]
    areas = [shape for shape in shapes if "Polygon" in shape.geom_type]
    return shapely.length(lines).sum(), shapely.area(areas).sum()

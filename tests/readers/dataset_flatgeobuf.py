"""FlatGeobuf: GDAL and a reader of its own layout find what GeoJSON says, and read in part by place."""

import json
import struct

import dataset_json
import numpy
import pyogrio
import shapely
import truth
from tools import cache

NODE, SIZE = 16, 40


def fgb_is_the_map(artefact):
    info = pyogrio.read_info(artefact.path, force_feature_count=True, force_total_bounds=True)
    assert (info["driver"], info["crs"], info["geometry_type"]) == ("FlatGeobuf", "EPSG:4326", "Unknown")
    kinds = dict(zip(info["fields"], info["dtypes"]))
    assert {"osm_id": "int64", "layer_z": "int64", "name": "object", "bridge": "bool", "height": "float64"}.items() <= kinds.items()
    ours = truth.found((truth.key(said["layer"] + "_", said), shape, said) for shape, said in dataset_json.layer_of_gdal(artefact.path))
    assert info["features"] == len(ours.keys)
    assert numpy.allclose(info["total_bounds"], shapely.total_bounds(ours.shapes), atol=1e-9)
    # GDAL has no flags that are not there: null is false for it.
    flags = {name for name, kind in kinds.items() if kind == "bool"}
    wanted = truth.of(artefact)
    for key, said in zip(ours.keys, ours.said):
        for name in flags & set(said) - set(wanted.said[wanted.row[key]]):
            assert not said.pop(name)
    truth.once(artefact, ours)


def at(bytes_, place, form):
    return struct.unpack_from("<" + form, bytes_, place)[0]


def field(buffer, table, row):
    """Where the value of a field of a FlatBuffers table stands, by its row in the schema."""
    vtable = table - at(buffer, table, "i")
    step = at(buffer, vtable + 4 + 2 * row, "H") if 4 + 2 * row < at(buffer, vtable, "H") else 0
    return table + step if step else None


def follow(buffer, place):
    return place + at(buffer, place, "I")


@cache
def fgb(path):
    """The header's table, the nodes of the tree, the bytes of the features."""
    data = path.read_bytes()
    assert data[:8] == b"fgb\x03fgb\x00"
    size = at(data, 8, "I")
    header = data[8 : 12 + size]
    root = follow(header, 4)
    count, node = at(header, field(header, root, 8), "Q"), at(header, field(header, root, 9), "H")
    assert node == NODE and size % 8 == 4
    levels = [count]
    while len(levels) < 2 or levels[-1] > 1:
        levels.append(-(-levels[-1] // NODE))
    start = 12 + size
    nodes = list(struct.iter_unpack("<4dQ", data[start : start + sum(levels) * SIZE]))
    return header, root, levels, nodes, data[start + sum(levels) * SIZE :]


def fgb_tree_is_packed(artefact):
    """Every node is around its children, all of them are full but the last of a level, leaves lead to features in order."""
    _, _, levels, nodes, features = fgb(artefact.path)
    begins, place = [], 0
    for count in reversed(levels):
        begins.append(place)
        place += count
    for level, (begin, count) in enumerate(zip(begins[:-1], list(reversed(levels))[:-1])):
        below, there = begins[level + 1], list(reversed(levels))[level + 1]
        for row in range(count):
            west, south, east, north, child = nodes[begin + row]
            assert child == below + row * NODE
            children = numpy.array(nodes[child : min(child + NODE, below + there)])
            assert [west, south, east, north] == [*children[:, :2].min(axis=0), *children[:, 2:4].max(axis=0)]
    leaves, place = nodes[begins[-1] :], 0
    shapes = [shape for shape, _ in dataset_json.layer_of_gdal(artefact.path)]
    for leaf, shape in zip(leaves, shapes, strict=True):
        assert leaf[4] == place and leaf[:4] == shape.bounds
        place += 4 + at(features, place, "I")
    assert place == len(features)
    # Near in the file is near on the ground: steps are short against those of any other order.
    middles = numpy.array([(leaf[0] + leaf[2], leaf[1] + leaf[3]) for leaf in leaves])
    walk = lambda rows: numpy.hypot(*(numpy.diff(middles[rows], axis=0).T)).sum()
    assert walk(numpy.arange(len(leaves))) < walk(numpy.argsort(middles[:, 0], kind="stable")) / 3


def fgb_is_read_in_part(artefact, folder):
    """What lies in a box is found by the index: without its boxes nothing is."""
    west, south, east, north = pyogrio.read_info(artefact.path)["total_bounds"]
    everything = [shape for shape, _ in dataset_json.layer_of_gdal(artefact.path)]
    # About the place around which most things are: the middle may be sea.
    x, y = numpy.median([shape.centroid.coords[0] for shape in everything], axis=0)
    width, height = (east - west) / 30, (north - south) / 30
    box = (x - width, y - height, x + width, y + height)
    inside = [shape for shape, _ in dataset_json.layer_of_gdal(artefact.path, bbox=box)]
    wanted = [shape for shape in everything if shape.intersects(shapely.box(*box))]
    assert 10 < len(wanted) < len(everything) / 2
    assert {shape.wkb for shape in wanted} <= {shape.wkb for shape in inside}
    assert all(shapely.box(*shape.bounds).intersects(shapely.box(*box)) for shape in inside)
    header, _, levels, _, _ = fgb(artefact.path)
    data = bytearray(artefact.path.read_bytes())
    start = 8 + len(header)
    data[start : start + sum(levels) * SIZE] = bytes(sum(levels) * SIZE)
    (folder / "blind.fgb").write_bytes(data)
    assert list(dataset_json.layer_of_gdal(folder / "blind.fgb", bbox=box)) == []


def fgb_text(path, row):
    header, root, *_ = fgb(path)
    start = follow(header, field(header, root, row))
    return header[start + 4 : start + 4 + at(header, start, "I")].decode()


def fgb_header_is_whole(artefact):
    assert fgb_text(artefact.path, 0) == "features" and "OpenStreetMap contributors" in fgb_text(artefact.path, 12)
    header, root, *_ = fgb(artefact.path)
    crs = follow(header, field(header, root, 10))
    assert at(header, field(header, crs, 1), "i") == 4326
    meta = pyogrio.read_info(artefact.path)["layer_metadata"] or {}
    assert json.loads(fgb_text(artefact.path, 13))["attribution"] == dataset_json.CREDIT
    assert not meta or meta.get("attribution") == dataset_json.CREDIT


ROWS = {"flatgeobuf": (fgb_is_the_map, fgb_tree_is_packed, fgb_is_read_in_part, fgb_header_is_whole)}
CREDITS = {"flatgeobuf": lambda path: json.loads(fgb_text(path, 13))["attribution"]}
PLACES = {"flatgeobuf": lambda path: {"mapwright": json.loads(json.loads(fgb_text(path, 13))["mapwright"])}}

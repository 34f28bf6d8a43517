"""Formats of the pack `solid`."""

import json
from functools import cache

import numpy
import pygltflib
import pyproj
import reference
import shapely
import trimesh


@cache
def scene(path):
    return trimesh.load(path, process=False)


@cache
def document(path):
    return pygltflib.GLTF2().load(path)


@cache
def solids(path):
    """Triangles of every building by its id, y up, merged over its materials."""
    file = document(path)
    node = next(node for node in file.nodes if node.name == "buildings")
    found, data = {}, file.binary_blob()
    for primitive in file.meshes[node.mesh].primitives:
        place, index = (read(file, data, row) for row in (primitive.attributes.POSITION, primitive.indices))
        starts = [*primitive.extras["first_index"], len(index)]
        for row, key in enumerate(primitive.extras["osm"]):
            rows = index[starts[row] : starts[row + 1]].reshape(-1, 3)
            found.setdefault(key, []).append(place[rows].astype(float))
    return {key: numpy.concatenate(parts) for key, parts in found.items()}


def read(file, data, row):
    accessor = file.accessors[row]
    view = file.bufferViews[accessor.bufferView]
    kind, width = {5126: ("<f4", 3), 5125: ("<u4", 1)}[accessor.componentType]
    values = numpy.frombuffer(data, kind, accessor.count * width, view.byteOffset)
    return values.reshape(-1, 3) if width == 3 else values


def glb_has_named_layers_and_terms(artefact):
    file = document(artefact.path)
    names = [node.name for node in file.nodes]
    assert names[0] == "ground" and {"buildings", "roads"} <= set(names)
    assert file.asset.copyright == "© OpenStreetMap contributors, ODbL"
    assert set(names) == set(scene(artefact.path).graph.nodes_geometry) or len(scene(artefact.path).geometry) > 3


def glb_lies_about_the_middle(artefact):
    extras = document(artefact.path).asset.extras
    west, south, east, north = reference.bounds(artefact.source)
    forth = pyproj.Transformer.from_crs(4326, extras["crs"], always_xy=True)
    x, y = forth.transform((west + east) / 2, (south + north) / 2)
    assert numpy.allclose(extras["origin"], (x, y), atol=0.51)
    least, most = scene(artefact.path).bounds
    assert numpy.allclose((most - least)[[0, 2]], extras["size"], atol=12)


def glb_buildings_are_closed(artefact):
    """A few footprints touch themselves in a corner; an edge there has four faces."""
    broken = []
    for key, triangles in solids(artefact.path).items():
        solid = trimesh.Trimesh(**trimesh.triangles.to_kwargs(triangles))
        solid.merge_vertices(digits_vertex=3)
        if not (solid.is_watertight and solid.is_winding_consistent and solid.volume > 0):
            broken.append(key)
    assert len(broken) <= 0.01 * len(solids(artefact.path)), broken


def glb_boxes_have_their_volume(artefact):
    """Flat buildings: footprint by shapely times height."""
    extras = document(artefact.path).asset.extras
    forth = pyproj.Transformer.from_crs(4326, extras["crs"], always_xy=True)
    (x, y), (width, depth) = extras["origin"], extras["size"]
    frame, checked = shapely.box(x - width / 2, y - depth / 2, x + width / 2, y + depth / 2).buffer(-1), 0
    # Not osmium's footprints: it does not follow relations of the old style, which give ways holes.
    features = json.loads(artefact.sibling("geojson").path.read_bytes())["features"]
    known = {feature["id"]: feature for feature in features if feature["properties"]["layer"] == "buildings"}
    for key, triangles in solids(artefact.path).items():
        tags = known[key]["properties"]["tags"]
        area = shapely.geometry.shape(known[key]["geometry"])
        footprint = shapely.transform(area, lambda points: numpy.array(forth.transform(*points.T)).T)
        if tags.get("roof:shape", "flat") != "flat" or not footprint.within(frame):
            continue
        low, high = triangles[..., 1].min(), triangles[..., 1].max()
        volume = numpy.einsum("ij,ij->i", triangles[:, 0], numpy.cross(triangles[:, 1], triangles[:, 2])).sum() / 6
        height = tags.get("height", "")
        if height.replace(".", "", 1).isdigit():
            assert abs(high - float(height)) < 0.01, key
        expected = footprint.area * (high - low)
        assert abs(volume - expected) < 0.01 * expected + 0.5, key
        checked += 1
    assert checked > 100


ROWS = {
    "glb": (
        glb_has_named_layers_and_terms,
        glb_lies_about_the_middle,
        glb_buildings_are_closed,
        glb_boxes_have_their_volume,
    ),
}


def test_reader(artefact, check):
    check(artefact)

"""Formats of the pack `solid`."""

import json
import re

import numpy
import pygltflib
import pyproj
import reference
import shapely
import tools
from tools import cache
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


@cache
def print_of(path):
    return trimesh.load(path)


def stl_is_closed(artefact):
    body = print_of(artefact.path)
    assert body.is_watertight and body.is_winding_consistent and body.is_volume
    # No two corners fall together, so no triangle is without an area.
    assert len(body.faces) == len(trimesh.load(artefact.path, process=False).faces) and body.area_faces.min() > 0


def stl_is_as_large_as_asked(artefact):
    """150 mm, the shape of the box, a plate of 2 mm, and something on it."""
    body = print_of(artefact.path)
    assert numpy.allclose(body.bounds[0], 0) and abs(body.extents[:2].max() - 150) < 0.005
    least, most = (numpy.array(part) for part in numpy.reshape(reference.bounds(artefact.source), (2, 2)))
    geod = pyproj.Geod(ellps="WGS84")
    middle = (least + most) / 2
    wide = geod.inv(least[0], middle[1], most[0], middle[1])[2]
    high = geod.inv(middle[0], least[1], middle[0], most[1])[2]
    assert abs(body.extents[0] / body.extents[1] / (wide / high) - 1) < 0.002
    plate = body.extents[0] * body.extents[1] * 2
    assert 0.7 * plate < body.volume < 2.5 * plate
    assert body.extents[2] > 5


def stl_buildings_are_as_high_as_their_tags(artefact):
    """The highest flat buildings that nothing else overlaps stand where and as high as the GeoJSON has them."""
    body, model = print_of(artefact.path), document(artefact.sibling("glb").path).asset.extras
    forth = pyproj.Transformer.from_crs(4326, model["crs"], always_xy=True)
    (x, y), (width, depth) = model["origin"], model["size"]
    corner, factor = numpy.array([x - width / 2, y - depth / 2]), 150 / max(width, depth)
    features = json.loads(artefact.sibling("geojson").path.read_bytes())["features"]
    features = [row["properties"] | {"shape": row["geometry"]} for row in features if row["properties"]["layer"] == "buildings"]
    onto = lambda points: (numpy.array(forth.transform(*points.T)).T - corner) * factor
    shapes = [shapely.transform(shapely.geometry.shape(row["shape"]), onto) for row in features]
    tree, plate = shapely.STRtree(shapes), shapely.box(0, 0, *body.extents[:2])
    alone = []
    for row, shape in zip(features, shapes):
        height, roof = row["tags"].get("height", ""), row["tags"].get("roof:shape", "flat")
        if height.replace(".", "", 1).isdigit() and roof == "flat" and shape.area > 1 and plate.contains(shape):
            near = (shapes[row] for row in tree.query(shape, "intersects"))
            if sum(other.intersection(shape).area > 0.01 for other in near) == 1:
                alone.append((float(height), shape.representative_point()))
    tops = body.triangles[body.face_normals[:, 2] > 0.99]
    flat = shapely.STRtree(shapely.polygons(tops[..., :2]))
    for height, spot in sorted(alone, key=lambda row: -row[0])[:10]:
        found = tops[flat.query(spot, "intersects")][..., 2].max()
        assert abs(found - max(2 + height * factor, 2.4)) < 0.02, (height, spot)
    # Moscow has few heights.
    assert len(alone) > 5 or artefact.extract == "moscow"


def stl_has_no_faults_for_admesh(artefact):
    said = tools.run("admesh", artefact.path)
    assert "OpenStreetMap contributors, ODbL" in said
    rows = dict(re.findall(r"^(.+?) *: +(-?[\d.]+)", said, re.M))
    faults = ["Degenerate facets", "Edges fixed", "Facets removed", "Facets added", "Facets reversed"]
    faults += ["Backwards edges", "Normals fixed", "Total disconnected facets"]
    assert {name: rows[name] for name in faults} == dict.fromkeys(faults, "0")


ROWS = {
    "glb": (
        glb_has_named_layers_and_terms,
        glb_lies_about_the_middle,
        glb_buildings_are_closed,
        glb_boxes_have_their_volume,
    ),
    "stl": (
        stl_is_closed,
        stl_is_as_large_as_asked,
        stl_buildings_are_as_high_as_their_tags,
        stl_has_no_faults_for_admesh,
    ),
}


def test_reader(artefact, check):
    check(artefact)

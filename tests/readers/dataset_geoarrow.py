"""GeoArrow: pyarrow and geopandas find what GeoJSON says, typed, in batches that each hold what is near."""

import json
import os
import subprocess

import geopandas
import numpy
import pyarrow.ipc
import pyproj
import shapely
import truth
from tools import cache

EXTENSION = {b"ARROW:extension:name": b"geoarrow.wkb"}


@cache
def arrow(path):
    """The table, as it lies in the file; every buffer and offset is checked."""
    with pyarrow.memory_map(str(path)) as file:
        reader = pyarrow.ipc.open_file(file)
        table = reader.read_all()
        table.validate(full=True)
        return reader.num_record_batches, table


def rows(path):
    table = arrow(path)[1]
    shapes = shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False))
    for shape, row in zip(shapes, table.drop(["geometry"]).to_pylist()):
        yield shape, {**row, "tags": dict(row["tags"])}


def arrow_is_the_map(artefact):
    truth.once(artefact, truth.found((truth.key(said["layer"] + "_", said), shape, said) for shape, said in rows(artefact.path)))


def arrow_says_what_it_is(artefact):
    schema = arrow(artefact.path)[1].schema
    assert schema.metadata[b"license"].startswith(b"https://opendatacommons.org")
    geometry = schema.field("geometry")
    assert geometry.type == pyarrow.binary() and EXTENSION.items() <= geometry.metadata.items()
    assert json.loads(geometry.metadata[b"ARROW:extension:metadata"]) == {"crs": "OGC:CRS84", "crs_type": "authority_code"}
    kinds = {"osm_id": pyarrow.int64(), "name": pyarrow.string(), "height": pyarrow.float64(), "bridge": pyarrow.bool_(), "layer_z": pyarrow.int64()}
    assert {name: schema.field(name).type for name in kinds} == kinds
    assert schema.field("tags").type == pyarrow.map_(pyarrow.string(), pyarrow.field("value", pyarrow.string(), nullable=False))
    with pyarrow.memory_map(str(artefact.path)) as file:
        assert pyarrow.ipc.open_file(file).get_batch(0).num_rows > 500


def arrow_is_a_layer_to_geopandas(artefact):
    frame = geopandas.GeoDataFrame.from_arrow(arrow(artefact.path)[1])
    wanted = truth.of(artefact)
    assert frame.crs == pyproj.CRS("OGC:CRS84") and len(frame) == len(wanted.row)
    assert numpy.allclose(frame.total_bounds, shapely.total_bounds(wanted.shapes), atol=1e-9)
    for measure in (shapely.area, shapely.length):
        assert numpy.isclose(measure(frame.geometry.values).sum(), measure(wanted.shapes).sum(), rtol=1e-9)


def arrow_of_other_systems(artefact, folder):
    """Small batches that lie apart, tags as text, and systems that are told whole or by their code."""
    if artefact.extract != "monaco" or artefact.door != "native":
        return
    for epsg in (32632, 3857, 4258, 3035):
        path = folder / f"{epsg}.arrow"
        sets = ["--set", "geoarrow.group=1000", "--set", "geoarrow.tags=json", "--crs", f"EPSG:{epsg}"]
        subprocess.run([os.environ["MAPWRIGHT_PROGRAM"], "export", "-q", str(artefact.source), "-f", "geoarrow", "-o", str(path), *sets], check=True)
        batches, table = arrow(path)
        frame = geopandas.GeoDataFrame.from_arrow(table)
        assert frame.crs == pyproj.CRS.from_epsg(epsg) and batches > 3 and json.loads(frame["tags"].iloc[0])
        theirs = geopandas.GeoDataFrame.from_arrow(arrow(artefact.path)[1])
        pair = frame.to_crs(4326).merge(theirs, on=["osm_type", "osm_id"], suffixes=("", "_"))
        near = shapely.hausdorff_distance(pair.geometry.values, pair["geometry_"].values)
        assert len(pair) == len(theirs) and numpy.nanmax(near) < 2e-6
        boxes = [shapely.box(*shapely.total_bounds(frame.geometry.values[start : start + 1000])) for start in range(0, len(frame), 1000)]
        assert sum(box.area for box in boxes[:-1]) < shapely.unary_union(boxes).envelope.area * len(boxes) * 0.8


def metadata(name):
    return lambda path: arrow(path)[1].schema.metadata[name].decode()


ROWS = {"geoarrow": (arrow_is_the_map, arrow_says_what_it_is, arrow_is_a_layer_to_geopandas, arrow_of_other_systems)}
CREDITS = {"geoarrow": metadata(b"attribution")}
PLACES = {"geoarrow": lambda path: json.loads(metadata(b"mapwright")(path))}

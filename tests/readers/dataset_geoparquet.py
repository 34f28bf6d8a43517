"""GeoParquet: pyarrow and geopandas find what GeoJSON says, typed, and read in part by place."""

import json
import os
import subprocess

import geopandas
import numpy
import pyarrow
import pyarrow.parquet
import pyproj
import shapely
import truth
from tools import cache


@cache
def parquet(path):
    return pyarrow.parquet.ParquetFile(path)


def rows(path):
    table = parquet(path).read()
    names = [name for name in table.column_names if name not in ("geometry", "bbox")]
    shapes = shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False))
    for shape, row in zip(shapes, table.select(names).to_pylist()):
        yield shape, {**row, "tags": dict(row["tags"])}


def parquet_is_the_map(artefact):
    ours = truth.found((truth.key(said["layer"] + "_", said), shape, said) for shape, said in rows(artefact.path))
    truth.once(artefact, ours)
    assert parquet(artefact.path).metadata.num_rows == len(ours.keys)


def parquet_says_what_it_is(artefact):
    """GeoParquet 1.1: the key `geo`, and a schema with types."""
    file = parquet(artefact.path)
    metadata = file.metadata.metadata
    geo = json.loads(metadata[b"geo"])
    column = geo["columns"]["geometry"]
    assert (geo["version"], geo["primary_column"], column["encoding"]) == ("1.1.0", "geometry", "WKB")
    assert column["orientation"] == "counterclockwise" and "crs" not in column
    shapes = [shape for shape, _ in rows(artefact.path)]
    assert set(column["geometry_types"]) == {shape.geom_type for shape in shapes}
    assert numpy.allclose(column["bbox"], shapely.total_bounds(shapes), atol=1e-9)
    assert column["covering"]["bbox"] == {side: ["bbox", side] for side in ("xmin", "ymin", "xmax", "ymax")}
    boxes = file.read(["bbox"])["bbox"].to_pylist()
    assert [tuple(box[side] for side in ("xmin", "ymin", "xmax", "ymax")) for box in boxes] == [shape.bounds for shape in shapes]
    for shape in shapes:
        if shape.geom_type == "Polygon":
            assert shape.exterior.is_ccw and not any(hole.is_ccw for hole in shape.interiors)
    schema = file.schema_arrow
    assert schema.field("osm_id").type == pyarrow.int64() and schema.field("name").type == pyarrow.string()
    assert schema.field("tags").type == pyarrow.map_(pyarrow.string(), pyarrow.field("value", pyarrow.string(), nullable=False))
    assert schema.field("height").type == pyarrow.float64() and schema.field("bridge").type == pyarrow.bool_()
    assert file.metadata.created_by.startswith("mapwright version ")
    assert {file.metadata.row_group(0).column(row).compression for row in range(file.metadata.num_columns)} == {"SNAPPY"}


def parquet_is_a_layer_to_geopandas(artefact):
    frame = geopandas.read_parquet(artefact.path)
    wanted = truth.of(artefact)
    assert frame.crs == pyproj.CRS("OGC:CRS84") and len(frame) == len(wanted.row)
    assert numpy.isclose(frame.geometry.area.sum(), shapely.area(wanted.shapes).sum(), rtol=1e-9)
    west, south, east, north = frame.total_bounds
    box = (west, south, (west + east) / 2, (south + north) / 2)
    part = geopandas.read_parquet(artefact.path, bbox=box)
    inside = frame.cx[box[0] : box[2], box[1] : box[3]]
    bounds = frame.geometry.bounds
    touching = (bounds.minx <= box[2]) & (bounds.maxx >= box[0]) & (bounds.miny <= box[3]) & (bounds.maxy >= box[1])
    assert len(inside) <= len(part) == touching.sum() < len(frame)


def parquet_of_other_systems(artefact, folder):
    """Small groups that lie apart, another compression, tags as text, and systems that are told whole or not at all."""
    if artefact.extract != "monaco" or artefact.door != "native":
        return
    options = [f"geoparquet.{option}" for option in ("group=1000", "compression=gzip", "tags=json")]
    for epsg in (32632, 3857, 4258, 3035):
        path = folder / f"{epsg}.parquet"
        sets = [word for option in options for word in ("--set", option)]
        call = [os.environ["MAPWRIGHT_PROGRAM"], "export", str(artefact.source), "-f", "geoparquet", "-o", str(path), "--crs", f"EPSG:{epsg}"]
        done = subprocess.run([*call, *sets], capture_output=True, text=True, check=True)
        said = done.stdout + done.stderr
        column = json.loads(pyarrow.parquet.read_metadata(path).metadata[b"geo"])["columns"]["geometry"]
        assert ("crs" in column) and (column["crs"] is None) == (epsg == 3035) == ("definition" in said)
        frame = geopandas.read_parquet(path)
        assert frame.crs == (pyproj.CRS.from_epsg(epsg) if epsg != 3035 else None)
        ours = frame.set_crs(epsg).to_crs(4326)
        theirs = geopandas.read_parquet(artefact.path)
        key = ["osm_type", "osm_id"]
        pair = ours.merge(theirs, on=key, suffixes=("", "_"))
        near = shapely.hausdorff_distance(pair.geometry.values, pair["geometry_"].values)
        assert len(pair) == len(theirs) and numpy.nanmax(near) < 2e-6
        metadata = pyarrow.parquet.read_metadata(path)
        assert metadata.num_row_groups > 3 and metadata.row_group(0).column(0).compression == "GZIP"
        assert json.loads(frame["tags"].iloc[0])
        boxes = []
        for group in range(metadata.num_row_groups):
            sides = {metadata.row_group(group).column(row).path_in_schema: metadata.row_group(group).column(row).statistics for row in range(metadata.num_columns)}
            boxes.append(shapely.box(sides["bbox.xmin"].min, sides["bbox.ymin"].min, sides["bbox.xmax"].max, sides["bbox.ymax"].max))
        everything = shapely.unary_union(boxes).envelope.area
        assert sum(box.area for box in boxes[:-1]) < everything * len(boxes) * 0.8


ROWS = {
    "geoparquet": (
        parquet_is_the_map,
        parquet_says_what_it_is,
        parquet_is_a_layer_to_geopandas,
        parquet_of_other_systems,
    ),
}
CREDITS = {"geoparquet": lambda path: parquet(path).metadata.metadata[b"attribution"].decode()}
PLACES = {"geoparquet": lambda path: json.loads(parquet(path).metadata.metadata[b"mapwright"])}

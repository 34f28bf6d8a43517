"""Reads tables in columns with Polars, whose readers of Arrow and Parquet are its own."""

import sys

import numpy
import shapely
import truth

VERSION = (sys.executable, "-c", "import polars; print(polars.__version__)")


def ask(artefact):
    """How many rows of how many layers there are, and what they measure: that of GeoJSON. Tags are a map; geometry is WKB."""
    import polars

    read = polars.read_ipc if artefact.format == "geoarrow" else polars.read_parquet
    frame, wanted = read(artefact.path), truth.of(artefact)
    shapes = shapely.from_wkb(frame["geometry"].to_numpy())
    assert len(frame) == len(wanted.row) and not shapely.is_missing(shapes).any()
    for measure in (shapely.area, shapely.length):
        assert numpy.isclose(measure(shapes).sum(), measure(wanted.shapes).sum(), rtol=1e-9)
    (row,) = frame.filter(polars.col("name") == truth.NAMES[artefact.extract]).head(1).to_dicts()
    assert row["tags"]["name"] == truth.NAMES[artefact.extract]
    kinds = {name: str(frame.schema[name]) for name in ("osm_id", "height", "bridge", "name")}
    assert kinds == {"osm_id": "Int64", "height": "Float64", "bridge": "Boolean", "name": "String"}
    return {"rows": len(frame), "layers": frame["layer"].n_unique(), "length_degrees": round(float(shapely.length(shapes).sum()), 6)}

"""Tables of the pack `dataset`: they say what CSV and GeoJSON say, as csv, pandas, shapely and GDAL read them."""

import csv

import core_table
import numpy
import pandas
import pyogrio
import shapely
from tools import cache


@cache
def tabbed(path):
    """Rows as `cut` and `awk` see them: tabs and line ends are nothing but separators."""
    head, *lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    names = head.split("\t")
    table = [line.split("\t") for line in lines]
    assert {len(row) for row in table} == {len(names)}
    return tuple(dict(zip(names, row)) for row in table)


def tsv_says_what_csv_says(artefact):
    flat = lambda text: text.replace("\t", " ").replace("\r", " ").replace("\n", " ")
    ours, theirs = tabbed(artefact.path), core_table.rows(artefact.sibling("csv").path)
    assert len(ours) == len(theirs) > 500
    for row, other in zip(ours, theirs):
        quoted = {key: f'"{value.replace(chr(34), chr(34) * 2)}"' if value.startswith('"') else value for key, value in other.items()}
        assert row == {key: flat(value) for key, value in quoted.items()}


def tsv_is_typed_for_pandas(artefact):
    frame = pandas.read_csv(artefact.path, sep="\t", low_memory=False)
    assert len(frame) == len(tabbed(artefact.path))
    assert frame["osm_id"].dtype == numpy.int64 and frame["lon"].dtype == numpy.float64
    assert set(frame["name"].dropna()) == {row["name"] for row in core_table.rows(artefact.sibling("csv").path) if row["name"]}


def tsv_is_read_by_gdal(artefact):
    info = pyogrio.read_info(artefact.path, force_feature_count=True)
    assert info["driver"] in ("CSV", "TSV")
    assert info["features"] == len(tabbed(artefact.path))
    assert list(info["fields"]) == list(tabbed(artefact.path)[0])


def wkt_comes_first(artefact):
    names = list(core_table.rows(artefact.path)[0])
    assert names == ["WKT", *core_table.rows(artefact.sibling("csv").path)[0]]


def wkt_is_the_geometry_of_geojson(artefact):
    ours = shapely.from_wkt([row["WKT"] for row in core_table.rows(artefact.path)])
    features = core_table.features(artefact.sibling("geojson").path)
    theirs = numpy.array([shapely.geometry.shape(feature["geometry"]) for feature in features])
    assert len(ours) == len(theirs) > 500
    # Of one part or of several, GeoJSON and WKT say it in their own way.
    same = shapely.equals_exact(shapely.normalize(ours), shapely.normalize(theirs), tolerance=1e-7)
    assert same.all(), numpy.flatnonzero(~same)[:5]
    assert numpy.allclose(shapely.area(ours).sum(), shapely.area(theirs).sum(), rtol=1e-9)
    assert numpy.allclose(shapely.length(ours).sum(), shapely.length(theirs).sum(), rtol=1e-9)


def wkt_is_a_layer_to_gdal(artefact):
    meta, _, geometry, _ = pyogrio.raw.read(artefact.path)
    assert meta["geometry_type"] is not None and len(geometry) == len(core_table.rows(artefact.path))
    shapes = shapely.from_wkb(geometry)
    assert not shapely.is_missing(shapes).any()
    wanted = shapely.total_bounds(shapely.from_wkt([row["WKT"] for row in core_table.rows(artefact.path)]))
    assert numpy.allclose(shapely.total_bounds(shapes), wanted, atol=1e-9)


def first_source(path):
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))["source"]


ROWS = {
    "csv-wkt": (wkt_comes_first, wkt_is_the_geometry_of_geojson, wkt_is_a_layer_to_gdal),
    "tsv": (tsv_says_what_csv_says, tsv_is_typed_for_pandas, tsv_is_read_by_gdal),
}
CREDITS = {"csv-wkt": first_source, "tsv": first_source}

"""Tables of the pack `core`: they say what GeoJSON says, as csv, pandas and GDAL read them."""

import csv
import json

import numpy
import pandas
import pyogrio
import shapely
from tools import cache

csv.field_size_limit(1 << 30)


@cache
def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, strict=True))


@cache
def features(path):
    return json.loads(path.read_bytes())["features"]


def as_text(value):
    return {None: "", True: "true", False: "false"}[value] if value is None or isinstance(value, bool) else str(value)


def csv_says_what_geojson_says(artefact):
    ours, theirs = rows(artefact.path), features(artefact.sibling("geojson").path)
    assert len(ours) == len(theirs) > 500
    assert ours[0]["source"] == "© OpenStreetMap contributors, ODbL"
    for row, feature in zip(ours, theirs):
        properties = dict(feature["properties"])
        assert json.loads(row["tags"]) == properties.pop("tags")
        own = {key: value for key, value in row.items() if key not in ("tags", "geometry", "lon", "lat", "source")}
        assert {key: value for key, value in own.items() if value} == {
            key: as_text(value) for key, value in properties.items() if value not in ("", None)
        }
        assert row["geometry"] == {"Point": "point", "LineString": "line", "Polygon": "area"}[
            feature["geometry"]["type"].removeprefix("Multi")
        ]


def csv_columns_are_in_order(artefact):
    names = list(rows(artefact.path)[0])
    assert names[:7] == ["layer", "osm_id", "osm_type", "class", "type", "name", "layer_z"]
    assert names[-5:] == ["geometry", "lon", "lat", "tags", "source"]
    assert {"height", "levels", "oneway", "maxspeed"} <= set(names)


def csv_places_lie_on_the_feature(artefact):
    for row, feature in zip(rows(artefact.path), features(artefact.sibling("geojson").path)):
        shape = shapely.geometry.shape(feature["geometry"])
        place = shapely.Point(float(row["lon"]), float(row["lat"]))
        assert shape.distance(place) < 2e-7, (row["osm_type"], row["osm_id"])


def csv_is_typed_for_pandas(artefact):
    frame = pandas.read_csv(artefact.path, low_memory=False)
    assert len(frame) == len(rows(artefact.path))
    assert frame["osm_id"].dtype == numpy.int64 and frame["lon"].dtype == numpy.float64
    assert frame["layer_z"].between(-10, 10).all()
    assert frame.groupby("layer").size().to_dict()["buildings"] > 100
    for name in {"height", "width", "levels", "lanes"} & set(frame):
        assert frame[name].dtype.kind in "fi", name


def csv_is_read_by_gdal(artefact):
    info = pyogrio.read_info(artefact.path, force_feature_count=True)
    assert info["driver"] == "CSV"
    assert info["features"] == len(rows(artefact.path))
    assert list(info["fields"]) == list(rows(artefact.path)[0])


ROWS = {
    "csv": (
        csv_says_what_geojson_says,
        csv_columns_are_in_order,
        csv_places_lie_on_the_feature,
        csv_is_typed_for_pandas,
        csv_is_read_by_gdal,
    ),
}

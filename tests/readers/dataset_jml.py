"""JML: GDAL reads the layer as OpenJUMP writes them."""

import json
import re

import gdal
import truth
from lxml import etree
from tools import cache


@cache
def root(path):
    return etree.parse(path, etree.XMLParser(huge_tree=True)).getroot()


@cache
def table(path):
    (found,) = gdal.tables(path).values()
    return found


def rows_are_those_of_geojson(artefact):
    found, wanted = table(artefact.path), truth.of(artefact)
    said = found.rows()
    ours = truth.found((truth.key(one["layer"] + "_", one), shape, one) for shape, one in zip(found.shapes, said))
    assert found.meta["crs"] == "EPSG:4326" and ours.keys == list(wanted.row)
    truth.same_shapes(artefact, ours, tolerance=2e-7)
    truth.same_fields(artefact, ours, loose=True)
    truth.has_name(artefact, ours)


def columns_have_types(artefact):
    types = {column.findtext("name"): column.findtext("type") for column in root(artefact.path).iter("column")}
    wanted = {"osm_id": "LONG", "layer_z": "INTEGER", "lanes": "INTEGER", "lon": "DOUBLE", "bridge": "BOOLEAN", "name": "STRING", "R_G_B": "STRING"}
    assert {name: types[name] for name in wanted} == wanted
    truth.typed({"": table(artefact.path)}, "lon", "f")
    truth.typed({"": table(artefact.path)}, "layer_z", "i")
    template = root(artefact.path).find("JCSGMLInputTemplate")
    names = [template.findtext(name) for name in ("CollectionElement", "FeatureElement", "GeometryElement", "CRSElement")]
    assert names == ["featureCollection", "feature", "geometry", "boundedBy"]
    # Every property is a column.
    assert {one.get("name") for one in root(artefact.path).iter("property")} <= set(types)


def colours_are_those_of_classes(artefact):
    colours = {}
    for feature in root(artefact.path).iter("feature"):
        said = {one.get("name"): one.text for one in feature.findall("property")}
        colours.setdefault((said["layer"], said["class"], said["geometry"]), set()).add(said.get("R_G_B"))
    assert all(len(found) == 1 for found in colours.values()) and len(colours) > 40
    found = {key: value.pop() for key, value in colours.items()}
    assert sum(colour is not None for colour in found.values()) > 40
    assert all(re.fullmatch("[0-9A-F]{6}", colour) for colour in found.values() if colour)
    red, green, blue = (int(found["leisure", "park", "area"][at : at + 2], 16) for at in (0, 2, 4))
    assert green > red and green > blue
    water = next(value for (layer, kind, shape), value in found.items() if layer == "water" and shape == "area" and kind in ("pool", "lake", "basin", "pond", "river", "canal"))
    red, green, blue = (int(water[at : at + 2], 16) for at in (0, 2, 4))
    assert blue > red


def comments(path):
    found = []
    node = root(path).getprevious()
    while node is not None:
        found.insert(0, node.text.strip())
        node = node.getprevious()
    return found


ROWS = {"jml": (rows_are_those_of_geojson, columns_have_types, colours_are_those_of_classes)}
CREDITS = {"jml": lambda path: comments(path)[1]}
PLACES = {"jml": lambda path: json.loads(comments(path)[0])}

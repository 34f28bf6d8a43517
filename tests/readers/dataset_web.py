"""Web maps: the style of MapLibre with its tiles and symbols, as the validator of its specification, Pillow and Python read them."""

import io
import json
import zipfile

import dataset_gis
import test_dataset
import tools
from tools import cache
from conftest import ROOT
from PIL import Image

VALIDATOR = ROOT / "node_modules/@maplibre/maplibre-gl-style-spec/dist/gl-style-validate.mjs"


@cache
def package(path):
    """Style, index of symbols, picture of symbols, and every tile as it lies there."""
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        names = [name for name in file.namelist() if name.startswith("tiles/")]
        address = lambda name: tuple(int(part) for part in name.removeprefix("tiles/").removesuffix(".pbf").split("/"))
        tiles = {address(name): file.read(name) for name in names}
        sprite = json.loads(file.read("sprite@2x.json")), file.read("sprite@2x.png")
        return json.loads(file.read("style.json")), *sprite, tiles


def style_is_valid(artefact, folder):
    """MapLibre's own validator has nothing to say of it."""
    document = folder / "style.json"
    document.write_text(json.dumps(package(artefact.path)[0]), encoding="utf-8")
    assert tools.run("node", VALIDATOR, document).strip() == ""


def style_draws_layers_of_the_tiles(artefact):
    document, *_, tiles = package(artefact.path)
    (source,) = document["sources"].values()
    assert source["tiles"] == ["http://localhost:8000/tiles/{z}/{x}/{y}.pbf"] and "OpenStreetMap contributors" in source["attribution"]
    drawn = {layer["source-layer"] for layer in document["layers"] if "source-layer" in layer}
    there = {name for data in tiles.values() for name in test_dataset.mapbox_vector_tile.decode(data)}
    assert len(drawn & there) > 8 and {"source"} <= set.intersection(*(set(layer) for layer in document["layers"] if "source-layer" in layer))
    colours = json.dumps(document["layers"])
    style = dataset_gis.style_of(artefact.sibling("gpkg").path, "water_area")
    water, _ = dataset_gis.qml_colour(style, next(name for name in ("lake", "river", "sea", "pond", "reservoir", "fountain", "pool") if f'"{name}"'.encode() in style))
    assert water in colours.lower(), water


def tiles_are_those_of_the_map(artefact):
    test_dataset.the_same_tiles(artefact, package(artefact.path)[3])


def symbols_lie_where_the_index_says(artefact):
    """Each cell has an inside and an outside; a cross is symmetric."""
    _, index, picture, _ = package(artefact.path)
    image = Image.open(io.BytesIO(picture))
    assert len(index) > 100 and image.mode == "LA"
    for name, cell in index.items():
        box = (cell["x"], cell["y"], cell["x"] + cell["width"], cell["y"] + cell["height"])
        low, high = image.crop(box).getchannel("A").getextrema()
        assert cell["sdf"] and cell["pixelRatio"] == 2 and low < 64 and high > 191, name
    assert {"restaurant", "cafe", "arrow", "parking"} <= set(index)


ROWS = {"maplibre-style": (style_is_valid, style_draws_layers_of_the_tiles, tiles_are_those_of_the_map, symbols_lie_where_the_index_says)}
CREDITS = {"maplibre-style": dataset_gis.package_text("LICENSE.txt")}
PLACES = {"maplibre-style": dataset_gis.package_json}

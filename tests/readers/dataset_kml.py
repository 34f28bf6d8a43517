"""KML and KMZ: what lxml finds in the document, GDAL (LIBKML) and gpsbabel in its places."""

import csv
import io
import json
import re
import zipfile

import gdal
import reference
import tools
from tools import cache
import truth
from lxml import etree
from PIL import Image

KML = "{http://www.opengis.net/kml/2.2}"
ATOM = "{http://www.w3.org/2005/Atom}"
# Elements of features in the order of the schema (OGC 07-147r2, AbstractFeatureType and what extends it).
FEATURE = ("name", "visibility", "open", "author", "Snippet", "description", "TimeStamp", "styleUrl", "Style", "ExtendedData")
ORDER = {
    "Document": (*FEATURE, "Schema", "Document", "Placemark"),
    "Placemark": (*FEATURE, "Point", "LineString", "Polygon", "MultiGeometry"),
    "Style": ("IconStyle", "LabelStyle", "LineStyle", "PolyStyle"),
    "IconStyle": ("color", "scale", "Icon"),
    "LabelStyle": ("color", "scale"),
    "LineStyle": ("color", "width"),
    "PolyStyle": ("color", "fill", "outline"),
    "Polygon": ("extrude", "tessellate", "altitudeMode", "outerBoundaryIs", "innerBoundaryIs"),
    "LineString": ("tessellate", "coordinates"),
}
COLOUR = re.compile(r"[0-9a-f]{8}")


def text(path):
    if path.suffix == ".kml":
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        assert package.namelist() == ["doc.kml", "files/mark.png", "mapwright.json"]
        return package.read("doc.kml")


@cache
def root(path):
    return etree.fromstring(text(path))


@tools.once
def tables(path):
    """Layers as GDAL reads them; a column `name` is another one to it than the name of the place."""
    own = lambda columns: {{"Name": "title", "name2": "name"}.get(name, name): values for name, values in columns.items()}
    return {name: gdal.Table(own(table.columns), table.shapes) for name, table in gdal.layers(path).items()}


def elements_are_in_order(artefact):
    seen = set()
    for element in root(artefact.path).iter():
        names = [etree.QName(child).localname for child in element]
        order = ORDER.get(etree.QName(element).localname)
        if order and names:
            rows = [order.index(name) for name in names]
            assert rows == sorted(rows), names
            seen.add(etree.QName(element).localname)
            # Only these may come again.
            once = [name for name in names if name not in ("Style", "Placemark", "Document", "innerBoundaryIs")]
            assert len(set(once)) == len(once), names
    assert seen == set(ORDER)


def styles_are_those_of_the_map(artefact):
    """Every place has a style that is there; the colours are in the order of KML, and those of things."""
    styles = {style.get("id"): style for style in root(artefact.path).iter(f"{KML}Style")}
    used = {element.text.removeprefix("#") for element in root(artefact.path).iter(f"{KML}styleUrl")}
    assert used == set(styles) and len(used) > 40
    colours = {element.text for element in root(artefact.path).iter(f"{KML}color")}
    assert all(COLOUR.fullmatch(colour) for colour in colours)
    fill = lambda id: styles[id].findtext(f"{KML}PolyStyle/{KML}color")
    line = lambda id: styles[id].find(f"{KML}LineStyle")
    rgb = lambda colour: tuple(int(colour[at : at + 2], 16) for at in (6, 4, 2))
    # Water is blue, woods are green, and residential streets lie wide under nothing darker.
    red, green, blue = rgb(fill("water_area.pool" if "water_area.pool" in styles else "water_area.lake"))
    assert blue > green > red
    red, green, blue = rgb(fill("leisure_area.park"))
    assert green > red and green > blue
    widths = {id: float(line(id).findtext(f"{KML}width")) for id in styles if id.startswith("roads_line.") and line(id) is not None}
    assert 0 < widths["roads_line.footway"] < widths["roads_line.residential"] < 30


def places_are_those_of_geojson(artefact):
    ours = truth.of_tables(tables(artefact.path))
    truth.in_their_layers(artefact, ours.keys)
    truth.same_shapes(artefact, ours, tolerance=2e-7)


def fields_are_typed(artefact):
    found = tables(artefact.path)
    ours = truth.of_tables(found)
    truth.same_fields(artefact, ours, loose=True)
    truth.has_name(artefact, ours)
    for name, kinds in {"lanes": "if", "maxspeed": "f", "height": "f", "bridge": "bf", "layer_z": "i", "osm_id": "O"}.items():
        truth.typed(found, name, *kinds)


def descriptions_are_text(artefact):
    texts = [element.text or "" for element in root(artefact.path).iter(f"{KML}description")]
    assert len(texts) > 500 and not any("<" in text or ">" in text for text in texts)
    assert sum("highway=" in text for text in texts) > 100


def hidden_is_what_the_style_leaves_out(artefact):
    places = root(artefact.path).findall(f".//{KML}Placemark")
    bare = {style.get("id") for style in root(artefact.path).iter(f"{KML}Style") if [etree.QName(child).localname for child in style] == ["LabelStyle"] and style.findtext(f"{KML}LabelStyle/{KML}scale") == "0"}
    hidden = {place.findtext(f"{KML}styleUrl").removeprefix("#") for place in places if place.findtext(f"{KML}visibility") == "0"}
    assert hidden == bare and 0 < len(hidden)


def date_is_that_of_the_data(artefact):
    said = root(artefact.path).findtext(f"{KML}Document/{KML}TimeStamp/{KML}when")
    header = tools.run("osmium", "fileinfo", "-g", "header.option.timestamp", artefact.source).strip()
    assert said == (header or None)


def gpsbabel_reads_points(artefact):
    """Waypoints are the places that are points, in their places."""
    found = list(csv.DictReader(io.StringIO(tools.run("gpsbabel", "-i", "kml", "-f", artefact.path, "-o", "unicsv,utc=0", "-F", "-"))))
    points = [table for name, table in tables(artefact.path).items() if name.endswith("_point")]
    # It passes over places of several points.
    single = sum(shape.geom_type == "Point" for table in points for shape in table.shapes)
    assert len(found) == single > 100
    west, south, east, north = reference.bounds(artefact.source)
    inside = [row for row in found if west <= float(row["Longitude"]) <= east and south <= float(row["Latitude"]) <= north]
    assert len(inside) > 0.8 * len(found)


def mark_is_a_picture(artefact):
    with zipfile.ZipFile(artefact.path) as package, Image.open(io.BytesIO(package.read("files/mark.png"))) as mark:
        assert mark.size == (64, 64) and mark.getchannel("A").getextrema() == (0, 255)
    hrefs = {element.text for element in root(artefact.path).iter(f"{KML}href")}
    assert hrefs == {"files/mark.png"}


def credit(path):
    document = root(path).find(f"{KML}Document")
    assert document.findtext(f"{ATOM}author/{ATOM}name") == "OpenStreetMap contributors"
    assert document.findtext(f"{KML}Snippet") in document.findtext(f"{KML}description")
    return document.findtext(f"{KML}Snippet")


def provenance(path):
    data = root(path).find(f"{KML}Document/{KML}ExtendedData/{KML}Data")
    assert data.get("name") == "mapwright"
    said = json.loads(data.findtext(f"{KML}value"))
    if path.suffix == ".kmz":
        with zipfile.ZipFile(path) as package:
            assert json.loads(package.read("mapwright.json")) == said
    return said


COMMON = (
    elements_are_in_order,
    styles_are_those_of_the_map,
    places_are_those_of_geojson,
    fields_are_typed,
    descriptions_are_text,
    hidden_is_what_the_style_leaves_out,
    date_is_that_of_the_data,
)
ROWS = {"kml": (*COMMON, gpsbabel_reads_points), "kmz": (*COMMON, mark_is_a_picture)}
CREDITS = {"kml": credit, "kmz": credit}
PLACES = {"kml": provenance, "kmz": provenance}

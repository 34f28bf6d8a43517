"""GeoRSS: GDAL reads the feed; lxml finds what Atom asks of every entry (RFC 4287, section 4.1)."""

import json
import re
from collections import Counter

import core_table
import gdal
import numpy
import shapely
import truth
from lxml import etree
from tools import cache

ATOM = "{http://www.w3.org/2005/Atom}"
GEORSS = "{http://www.georss.org/georss}"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


@cache
def root(path):
    return etree.parse(path, etree.XMLParser(huge_tree=True)).getroot()


@cache
def table(path):
    (found,) = gdal.tables(path).values()
    return found


def feed_is_atom(artefact):
    feed = root(artefact.path)
    entries = feed.findall(f"{ATOM}entry")
    for one in (feed, *entries):
        names = Counter(etree.QName(child).localname for child in one if child.tag.startswith(ATOM))
        assert names["id"] == names["title"] == names["updated"] == 1, names
        assert DATE.fullmatch(one.findtext(f"{ATOM}updated"))
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids) > 500 and feed.findtext(f"{ATOM}author/{ATOM}name")
    for entry, id in zip(entries, ids):
        assert entry.find(f"{ATOM}link").get("href") == id.split("#")[0]
        assert entry.find(f"{ATOM}content").get("type") == "text"


def entries_are_parts_of_features(artefact):
    """Part by part what GeoJSON has, without holes."""
    features = core_table.features(artefact.sibling("geojson").path)
    wanted = []
    for feature in features:
        shape, said = shapely.geometry.shape(feature["geometry"]), feature["properties"]
        kind = {"n": "node", "w": "way", "r": "relation"}[said["osm_type"]]
        for row, part in enumerate(getattr(shape, "geoms", [shape])):
            part = shapely.Polygon(part.exterior) if part.geom_type == "Polygon" else part
            address = f"https://www.openstreetmap.org/{kind}/{said['osm_id']}"
            wanted.append((f"{address}#{row + 1}" if row else address, said, part))
    found = table(artefact.path)
    assert found.meta["crs"] == "EPSG:4326" and list(found.columns["id"]) == [id for id, _, _ in wanted]
    same = shapely.equals_exact(shapely.normalize(found.shapes), shapely.normalize(numpy.array([part for _, _, part in wanted])), tolerance=2e-7)
    assert same.all(), numpy.flatnonzero(~same)[:5]
    assert shapely.area(found.shapes).sum() > 0 and shapely.length(found.shapes).sum() > 0
    for row, (_, said, _) in enumerate(wanted):
        if said.get("name"):
            assert found.columns["title"][row] == said["name"]
        text = found.columns["content"][row]
        assert set(text.split("\n")) >= {f"{key}={value}" for key, value in said["tags"].items() if "\n" not in value and value == value.strip()}
        assert found.columns["category_term"][row] == f"{said['layer']}.{said['class']}"
    assert truth.NAMES[artefact.extract] in list(found.columns["title"])


def credit(path):
    assert root(path).findtext(f"{ATOM}author/{ATOM}name") == "OpenStreetMap contributors"
    return root(path).findtext(f"{ATOM}rights")


ROWS = {"georss": (feed_is_atom, entries_are_parts_of_features)}
CREDITS = {"georss": credit}
PLACES = {"georss": lambda path: json.loads(root(path).findtext("{urn:mapwright:}provenance"))}

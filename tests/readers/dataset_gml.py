"""GML: GDAL reads it with its schema and without; lxml holds the document against the schema."""

import json
import re
import shutil
import zipfile

import gdal
import numpy
import shapely
import tools
from tools import cache
import truth
from lxml import etree

MAP = "{urn:mapwright:map}"
XS = "{http://www.w3.org/2001/XMLSchema}"
GML = {"gml": "{http://www.opengis.net/gml/3.2}", "gml-zip": "{http://www.opengis.net/gml/3.2}", "gml2": "{http://www.opengis.net/gml}"}
# What text of a type looks like (XML Schema 1.0, part 2).
TYPES = {
    "xs:long": re.compile(r"-?\d+"),
    "xs:double": re.compile(r"-?\d+(\.\d+)?"),
    "xs:boolean": re.compile("true|false"),
    "xs:string": re.compile(r".*", re.DOTALL),
}


@cache
def root(path):
    if path.suffix == ".gml":
        return etree.parse(path, etree.XMLParser(huge_tree=True)).getroot()
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        assert package.namelist() == ["map.gml", "map.xsd", "LICENSE.txt", "mapwright.json"]
        return etree.fromstring(package.read("map.gml"))


@tools.once
def tables(path):
    """Layers as GDAL reads them, away from other files: it writes beside what it reads."""
    with tools.folder() as folder:
        file = folder / "map.gml"
        if path.suffix == ".gml":
            shutil.copy(path, file)
            found = gdal.layers(file)
        else:
            with zipfile.ZipFile(path) as package:
                package.extractall(folder)
            found = gdal.tables(file)
    assert {table.meta["crs"] for table in found.values()} == {"EPSG:4326"}
    return found


def features_are_those_of_geojson(artefact):
    """Longitude is the first coordinate to GDAL whichever stands first in the file."""
    ours = truth.of_tables(tables(artefact.path))
    truth.in_their_layers(artefact, ours.keys)
    truth.same_shapes(artefact, ours, tolerance=2e-7)


def fields_are_those_of_geojson(artefact):
    ours = truth.of_tables(tables(artefact.path))
    truth.same_fields(artefact, ours, loose=True)
    truth.has_name(artefact, ours)


def types_are_guessed(artefact):
    """Without a schema, GDAL looks at what there is."""
    for name, kinds in {"osm_id": "i", "lanes": "if", "layer_z": "i", "height": "if"}.items():
        truth.typed(tables(artefact.path), name, *kinds)


def types_are_those_of_the_schema(artefact):
    for name, kinds in {"osm_id": "i", "lanes": "if", "layer_z": "i", "height": "f", "maxspeed": "f", "bridge": "bif"}.items():
        truth.typed(tables(artefact.path), name, *kinds)
    assert all(table.columns["osm_id"].dtype == numpy.int64 for table in tables(artefact.path).values())


def ids_are_unique(artefact):
    name = f"{GML[artefact.format]}id" if artefact.format != "gml2" else "fid"
    ids = [element.get(name) for element in root(artefact.path).iter() if element.get(name) is not None]
    assert len(set(ids)) == len(ids) > 500 and all(re.fullmatch(r"[a-z_]+(\.[nwr]-?\d+(\.g(\.\d+)?)?)?", id) for id in ids)


def box_is_that_of_the_features(artefact):
    """In the axes of the system: latitude first in GML 3."""
    gml = GML[artefact.format]
    (box,) = root(artefact.path).find(f"{gml}boundedBy")
    numbers = [float(number) for number in re.split("[ ,]", " ".join(box.itertext()).replace("\n", " ").strip()) if number]
    west, south, east, north = shapely.total_bounds(numpy.concatenate([table.shapes for table in tables(artefact.path).values()]))
    wanted = [west, south, east, north] if artefact.format == "gml2" else [south, west, north, east]
    assert numpy.allclose(numbers, wanted, atol=1e-9)
    srs = {element.get("srsName") for element in root(artefact.path).iter() if element.get("srsName")}
    assert srs == {"http://www.opengis.net/gml/srs/epsg.xml#4326" if artefact.format == "gml2" else "urn:ogc:def:crs:EPSG::4326"}


def geometry_is_simple(artefact):
    """Elements of the profile, and no others; in a type either all are of one part or none."""
    gml = GML[artefact.format]
    three = {"Point", "LineString", "Polygon", "MultiPoint", "MultiCurve", "MultiSurface"}
    two = {"Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"}
    kinds = {}
    for member in root(artefact.path).iter(f"{MAP}featureMember", f"{gml}featureMember"):
        for geometry in member[0].findall(f"{MAP}geometry"):
            kinds.setdefault(etree.QName(member[0]).localname, set()).add(etree.QName(geometry[0]).localname)
    assert all(len(kind) == 1 for kind in kinds.values()), kinds
    assert set.union(*kinds.values()) <= (two if artefact.format == "gml2" else three)


def document_fits_the_schema(artefact):
    """Every feature has the elements of its type in their order, and their text is of their types."""
    with zipfile.ZipFile(artefact.path) as package:
        schema = etree.fromstring(package.read("map.xsd"))
    assert schema.get("targetNamespace") == MAP.strip("{}") and schema.get("elementFormDefault") == "qualified"
    heads = {element.get("name"): element for element in schema.findall(f"{XS}element")}
    assert all(element.get("substitutionGroup") == "gml:AbstractFeature" for element in heads.values())
    types = {kind.get("name"): [(one.get("name"), one.get("type")) for one in kind.iter(f"{XS}element")] for kind in schema.findall(f"{XS}complexType")}
    assert set(heads) == {name.removesuffix("Type") for name in types}
    members = root(artefact.path).findall(f"{MAP}featureMember")
    assert len(members) > 500
    for (feature,) in members:
        rows = types[f"{etree.QName(feature).localname}Type"]
        names = [name for name, _ in rows]
        own = [etree.QName(child).localname for child in feature]
        places = [names.index(name) for name in own]
        assert places == sorted(set(places))
        for child in feature:
            kind = dict(rows)[etree.QName(child).localname]
            if kind.startswith("gml:"):
                (geometry,) = child
                assert kind == f"gml:{'Curve' if geometry.tag.endswith('}LineString') else 'Surface' if geometry.tag.endswith('}Polygon') else etree.QName(geometry).localname}PropertyType"
            else:
                assert TYPES[kind].fullmatch(child.text or ""), (kind, child.text)
    location = root(artefact.path).get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation").split()
    assert dict(zip(location[::2], location[1::2]))[MAP.strip("{}")] == "map.xsd"


def xmllint_finds_it_well_formed(artefact, folder):
    file = artefact.path
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as package:
            package.extract("map.xsd", folder)
        file = folder / "map.xsd"
    tools.run("xmllint", "--noout", "--nonet", "--huge", file)


def credit(path):
    gml = GML["gml2" if path.name.startswith("gml2") else "gml"]
    return root(path).findtext(f"{gml}description")


def provenance(path):
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as package:
            assert "ODbL" in package.read("LICENSE.txt").decode("utf-8")
            said = json.loads(package.read("mapwright.json"))
        assert json.loads(root(path).getprevious().text) == said
    return json.loads(root(path).getprevious().text)


COMMON = (features_are_those_of_geojson, fields_are_those_of_geojson, ids_are_unique, box_is_that_of_the_features, geometry_is_simple)
ROWS = {
    "gml": (*COMMON, types_are_guessed, xmllint_finds_it_well_formed),
    "gml2": (*COMMON, types_are_guessed, xmllint_finds_it_well_formed),
    "gml-zip": (*COMMON, types_are_those_of_the_schema, document_fits_the_schema, xmllint_finds_it_well_formed),
}
CREDITS = dict.fromkeys(ROWS, credit)
PLACES = dict.fromkeys(ROWS, provenance)

"""OSM's own formats of the pack `dataset`: osmium, osmconvert and overpy find what is in the input."""

import gzip
import json
import tempfile
from pathlib import Path

import core_osm
import osmium
import overpy
import reference
import tools
from tools import cache
from lxml import etree


def osmconvert_counts_the_same(artefact):
    """Marko Marek's osmconvert, whose format o5m is, reads nodes, ways, relations and their ids."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.osm"
        tools.run("osmconvert", artefact.path, "--out-osm", f"-o={out}")
        ours = core_osm.opl_of(out)
    assert ours == core_osm.opl(artefact.source)


def box_and_date_are_kept(artefact):
    info = json.loads(tools.run("osmium", "fileinfo", "-j", artefact.path))["header"]
    if ".json" not in artefact.source.name:
        assert info["boxes"] == json.loads(tools.run("osmium", "fileinfo", "-j", artefact.source))["header"]["boxes"]


def every_line_is_an_object(artefact):
    lines = artefact.path.read_text(encoding="utf-8").split("\n")
    assert lines[0].startswith("# © OpenStreetMap") and lines[1].startswith("# {") and lines[-1] == ""
    assert {line[0] for line in lines[2:-1]} == {"n", "w", "r"}


def change_creates_everything(artefact):
    with artefact.path.open("rb") as file:
        root = etree.parse(file).getroot()
    assert (root.tag, root.get("version")) == ("osmChange", "0.6")
    assert [action.tag for action in root] == ["create"]
    assert {element.get("version") for element in root[0]} == {"1"}


def gzip_has_no_date(artefact):
    assert artefact.path.read_bytes()[3:10] == bytes([0, 0, 0, 0, 0, 0, 255])


@cache
def answer(path):
    return overpy.Overpass().parse_json(path.read_bytes())


@cache
def objects(path):
    """Tags by kind and id, places of nodes, nodes of ways, members of relations."""
    with tempfile.TemporaryDirectory() as folder:
        path = reference.xml(path, Path(folder)) if ".json" in path.name else path
        found = {}
        for thing in osmium.FileProcessor(str(path)):
            tags = {tag.k: tag.v for tag in thing.tags}
            if thing.is_node():
                more = (round(thing.lon, 7), round(thing.lat, 7))
            elif thing.is_way():
                more = [node.ref for node in thing.nodes]
            else:
                more = [(member.type, member.ref, member.role) for member in thing.members]
            found[thing.type_str(), thing.id] = (tags, more)
        return found


def overpy_finds_the_same_objects(artefact):
    result = answer(artefact.path)
    ours = {("n", node.id): (node.tags, (float(node.lon), float(node.lat))) for node in result.nodes}
    ours |= {("w", way.id): (way.tags, way._node_ids) for way in result.ways}
    letter = {overpy.RelationNode: "n", overpy.RelationWay: "w", overpy.RelationRelation: "r"}
    members = lambda relation: [(letter[type(member)], member.ref, member.role) for member in relation.members]
    ours |= {("r", relation.id): (relation.tags, members(relation)) for relation in result.relations}
    assert len(ours) > 5000
    assert ours == objects(artefact.source)


OSMIUM = (core_osm.holds_the_same_objects, core_osm.nothing_refers_to_more_than_in_the_input)
ROWS = {
    "o5m": (*OSMIUM, osmconvert_counts_the_same, box_and_date_are_kept),
    "opl": (*OSMIUM, every_line_is_an_object),
    "osc": (*OSMIUM, change_creates_everything),
    "osm-gz": (*OSMIUM, core_osm.fileinfo_agrees, gzip_has_no_date),
    "overpass-json": (overpy_finds_the_same_objects,),
}
CREDITS = {
    "opl": lambda path: path.open(encoding="utf-8").readline(),
    "osc": lambda path: next(etree.iterparse(str(path), events=("start",)))[1].get("copyright"),
    "osm-gz": lambda path: next(etree.iterparse(gzip.open(path), tag="note"))[1].text,
    "overpass-json": lambda path: json.loads(path.read_bytes())["osm3s"]["copyright"],
}


def second_line(path):
    with path.open(encoding="utf-8") as file:
        file.readline()
        return json.loads(file.readline().removeprefix("# "))


PLACES = {
    "opl": second_line,
    "osc": lambda path: json.loads(next(etree.iterparse(str(path), events=("start",)))[1].get("mapwright")),
    "osm-gz": lambda path: json.loads(next(etree.iterparse(gzip.open(path), tag="meta"))[1].get("mapwright")),
    "overpass-json": lambda path: {"mapwright": json.loads(json.loads(path.read_bytes())["mapwright"])},
}

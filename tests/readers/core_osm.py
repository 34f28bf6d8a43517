"""OSM XML and PBF of the pack `core`: osmium, pyosmium and GDAL find what they find in the input."""

import json
import tempfile
from pathlib import Path

import osmium
import pyogrio
import reference
import tools
from tools import cache


@cache
def opl(path):
    """Every object as a line: id, tags, place, nodes, members; osmium's own writing."""
    if ".json" in path.name:
        with tempfile.TemporaryDirectory() as folder:
            return opl_of(reference.xml(path, Path(folder)))
    return opl_of(path)


def opl_of(path):
    return tools.run("osmium", "cat", "-f", "opl,add_metadata=none", path).splitlines()


def holds_the_same_objects(artefact):
    theirs, ours = opl(artefact.source), opl(artefact.path)
    assert len(ours) > 5000
    assert ours == theirs


def fileinfo_agrees(artefact):
    info = json.loads(tools.run("osmium", "fileinfo", "-e", "-j", artefact.path))
    assert info["data"]["objects_ordered"] and not info["data"]["multiple_versions"]
    assert info["header"]["option"]["generator"] == "mapwright"
    if ".json" not in artefact.source.name:
        original = json.loads(tools.run("osmium", "fileinfo", "-e", "-j", artefact.source))
        assert info["data"]["count"] == original["data"]["count"]
        assert info["data"]["bbox"] == original["data"]["bbox"]
        assert info["header"]["boxes"] == original["header"]["boxes"]


def nothing_refers_to_more_than_in_the_input(artefact):
    if ".json" in artefact.source.name:
        return
    count = [missing(path) for path in (artefact.path, artefact.source)]
    assert count[0] == count[1]


def missing(path):
    """Nodes that ways refer to and that are not there."""
    there, wanted = set(), set()
    for thing in osmium.FileProcessor(str(path)):
        if thing.is_node():
            there.add(thing.id)
        elif thing.is_way():
            wanted.update(node.ref for node in thing.nodes)
    return wanted - there


def gdal_makes_the_same_layers(artefact):
    if ".json" in artefact.source.name:
        return
    for layer in ("points", "lines", "multilinestrings", "multipolygons", "other_relations"):
        ours, theirs = (
            pyogrio.read_info(path, layer=layer, force_feature_count=True) for path in (artefact.path, artefact.source)
        )
        assert ours["features"] == theirs["features"], layer
        assert list(ours["fields"]) == list(theirs["fields"])


def pbf_is_compact_and_dated(artefact):
    header = json.loads(tools.run("osmium", "fileinfo", "-j", artefact.path))["header"]["option"]
    assert header["pbf_dense_nodes"] == "true"
    assert header["sorting"] == "Type_then_ID"
    if artefact.source.name.endswith(".pbf"):
        original = json.loads(tools.run("osmium", "fileinfo", "-j", artefact.source))["header"]["option"]
        assert header.get("osmosis_replication_timestamp") == original.get("osmosis_replication_timestamp")


CHECKS = (
    holds_the_same_objects,
    fileinfo_agrees,
    nothing_refers_to_more_than_in_the_input,
    gdal_makes_the_same_layers,
)
ROWS = {
    "osm-xml": CHECKS,
    "osm-pbf": (*CHECKS, pbf_is_compact_and_dated),
}

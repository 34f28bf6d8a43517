"""Where a file names the source of its data: found by a reader of its format, at the place that the metadata name."""

import csv
import gzip
import json
import struct

import conftest
import core_tiles
import networkx
import numpy
import osmium
import packs
import pikepdf
import pytest
import test_drawing
from lxml import etree
from PIL import Image
from pygltflib import GLTF2

WORDS = "OpenStreetMap contributors"


def subject(path):
    with pikepdf.open(path) as pdf:
        return str(pdf.docinfo["/Subject"])


def exif(path):
    with Image.open(path) as image:
        return image.getexif()[0x8298]


def first_row(path):
    with open(path, encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))["source"]


def header_of_pbf(path):
    """The field `source` (17) of the header block, which pyosmium does not hand out: its blob is not packed."""
    assert osmium.io.Reader(str(path)).header().get("generator") == "mapwright"
    data = path.read_bytes()
    (length,) = struct.unpack(">I", data[:4])
    # The length of the blob is the last field of what stands before it: a varint after its tag.
    size = sum((byte & 127) << 7 * row for row, byte in enumerate(data[4 : 4 + length].rpartition(b"\x18")[2]))
    return data[4 + length : 4 + length + size].decode("utf-8", "ignore")


CREDITS = {
    "csv": first_row,
    "geojson": lambda path: json.loads(path.read_bytes())["attribution"],
    "geojsonseq": lambda path: json.loads(path.read_text(encoding="utf-8").split("\x1e", 2)[1])["attribution"],
    "glb": lambda path: GLTF2().load(path).asset.copyright,
    "graphml": lambda path: networkx.read_graphml(path).graph["attribution"],
    "jpg": exif,
    "osm-pbf": header_of_pbf,
    "osm-xml": lambda path: next(etree.iterparse(str(path), tag="note"))[1].text,
    "pdf": subject,
    "pmtiles": lambda path: core_tiles.archive(path)[1]["attribution"],
    "png": lambda path: Image.open(path).text["Copyright"],
    "ps": lambda path: next(line for line in path.read_text("latin-1").splitlines() if line.startswith("%%Copyright:")),
    "stl": lambda path: numpy.fromfile(path, dtype="S80", count=1)[0].decode("ascii"),
    "svg": lambda path: test_drawing.svg(path).findtext(f"{test_drawing.SVG}desc"),
    "svgz": lambda path: etree.fromstring(gzip.decompress(path.read_bytes())).findtext(f"{test_drawing.SVG}desc"),
    "webp": exif,
    **packs.tables("CREDITS"),
}


def test_every_format_has_a_place_or_says_that_it_has_none():
    artefacts = conftest.artefacts()
    assert set(CREDITS) <= {artefact.format for artefact in artefacts}
    for artefact in artefacts:
        told = any("name the source" in note for note in artefact.notes)
        assert told == (artefact.format not in CREDITS), artefact.path


@pytest.mark.parametrize("format", sorted(CREDITS))
def test_the_source_is_named(format):
    for artefact in conftest.artefacts():
        if artefact.format == format:
            assert WORDS in CREDITS[format](artefact.path), artefact.path

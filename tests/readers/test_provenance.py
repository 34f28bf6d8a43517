"""Where a file says how it was made: found by a reader of its format, at the place that the metadata name."""

import functools
import gzip
import itertools
import json
import os
import re
import subprocess

import conftest
import core_tiles
import networkx
import osmium
import packs
import pikepdf
import pytest
import test_dataset
import test_drawing
from ezdxf.lldxf.tagger import ascii_tags_loader
from lxml import etree
from PIL import Image
from pygltflib import GLTF2

# Products whose look a style decides.
STYLED = ("Mesh", "Pixels", "Plan", "Scene", "StyledLayers", "StyledTiles", "WebPage")
XMP = "{urn:mapwright:}provenance"
# All that are lines.
DXF = ("dxf", "dxf-r12", "dxf-2004", "dxf-2007", "dxf-2010", "dxf-2013", "dxf-2018")


def xmp(packet):
    (element,) = etree.fromstring(packet).iter(XMP)
    return json.loads(element.text)


def pdf(path):
    """What the reader of XMP says and what stands in the stream are the same."""
    with pikepdf.open(path) as document:
        with document.open_metadata() as metadata:
            text = metadata[XMP]
        assert xmp(document.Root.Metadata.read_bytes()) == json.loads(text)
    return json.loads(text)


def picture(path):
    with Image.open(path) as image:
        return xmp(image.info["xmp"])


def png(path):
    with Image.open(path) as image:
        return json.loads(image.text["mapwright"])


def drawing(root):
    return json.loads(root.findtext(f"{test_drawing.SVG}metadata/{{urn:mapwright:provenance}}provenance"))


def postscript(path):
    """A comment and what goes on in the next lines, each as short as the conventions want them."""
    head = path.read_text("latin-1").split("%%EndComments")[0]
    found = re.search(r"^%Mapwright: (.*(?:\n%%\+.*)*)", head, re.MULTILINE)[1]
    assert max(map(len, head.splitlines())) <= 255
    return json.loads(found.replace("\n%%+", ""))


def header_of_pbf(path):
    """libosmium hands out what it takes for optional features."""
    header = osmium.io.Reader(str(path)).header()
    features = [header.get(f"pbf_optional_feature_{row}", "") for row in range(4)]
    return json.loads(next(feature for feature in features if "mapwright" in feature))


def inner(text):
    return {"mapwright": json.loads(json.loads(text)["mapwright"])}


def comments(path):
    """The comments before the first section, as ezdxf loads them; what goes on from one to the next ends the last."""
    with path.open("rt", encoding="utf-8", errors="surrogateescape") as stream:
        tags = itertools.takewhile(lambda tag: tag.code == 999, ascii_tags_loader(stream, skip_comments=False))
        texts = [tag.value for tag in tags]
    assert max(len(text) for text in texts) <= 255
    return json.loads("".join(texts[next(row for row, text in enumerate(texts) if text.startswith("{")) :]))


PLACES = {
    **dict.fromkeys(DXF, comments),
    "geojson": lambda path: inner(path.read_bytes()),
    "geojsonseq": lambda path: inner(path.read_text(encoding="utf-8").split("\x1e", 2)[1]),
    "glb": lambda path: {"mapwright": GLTF2().load(path).asset.extras["mapwright"]},
    "graphml": lambda path: json.loads(networkx.read_graphml(path).graph["provenance"]),
    "jpg": picture,
    "mbtiles-vector": lambda path: json.loads(test_dataset.database(path)[0]["mapwright"]),
    "mvt-zip": lambda path: {"mapwright": test_dataset.package(path)[0]["mapwright"]},
    "osm-pbf": header_of_pbf,
    "osm-xml": lambda path: json.loads(next(etree.iterparse(str(path), tag="meta"))[1].get("mapwright")),
    "pdf": pdf,
    "pmtiles": lambda path: {"mapwright": core_tiles.archive(path)[1]["mapwright"]},
    "png": png,
    "ps": postscript,
    "svg": lambda path: drawing(test_drawing.svg(path)),
    "svgz": lambda path: drawing(etree.fromstring(gzip.decompress(path.read_bytes()))),
    "webp": picture,
    **packs.tables("PLACES"),
}


def artefacts(format):
    return [artefact for artefact in conftest.distinct() if artefact.format == format]


@functools.cache
def catalogue():
    rows = json.loads(subprocess.check_output([os.environ["MAPWRIGHT_PROGRAM"], "formats", "--json"]))
    return {row["id"]: row for row in rows if "alias_of" not in row}


def test_every_format_whose_metadata_name_a_place_has_a_reader():
    assert sorted(PLACES) == sorted(id for id, row in catalogue().items() if "provenance" in row)


@pytest.mark.parametrize("format", sorted(PLACES))
def test_how_it_was_made_is_said(format):
    for artefact in artefacts(format):
        said = PLACES[format](artefact.path)["mapwright"]
        assert re.fullmatch(r"\d+\.\d+\.\d+", said["version"]), artefact.path
        assert said["request"]["formats"] == [format], artefact.path
        assert set(said["request"]["bbox"]) == {"min_lon", "min_lat", "max_lon", "max_lat"}, artefact.path
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", said.get("date", "2000-01-01T00:00:00Z")), artefact.path
        assert said.get("style") == ("default" if catalogue()[format]["product"] in STYLED else None), artefact.path


def test_a_pdf_that_another_program_saved_still_says_it(tmp_path):
    artefact = artefacts("pdf")[0]
    saved = tmp_path / "saved.pdf"
    with pikepdf.open(artefact.path) as document:
        document.save(saved, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
    assert pdf(saved) == pdf(artefact.path)
    # As it stands there, for whoever reads no PDF.
    assert b'{"mapwright":' in saved.read_bytes() or b"{&quot;mapwright&quot;:" in saved.read_bytes()

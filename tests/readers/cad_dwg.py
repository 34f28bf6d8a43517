"""DWG, as LibreDWG reads it, held against the DXF of the same map, which ezdxf reads."""

import json
import subprocess
from collections import Counter
from pathlib import Path

import numpy
from test_cad import opened
from tools import once

# Its counterpart in DXF.
TWINS = {
    "dwg": "dxf-2018",
    "dwg-2013": "dxf-2013",
    "dwg-2010": "dxf-2010",
    "dwg-2007": "dxf-2007",
    "dwg-2004": "dxf-2004",
    "dwg-2000": "dxf",
    "dwg-r14": "dxf",
}
# What files begin with.
MAGIC = {
    "dwg": b"AC1032",
    "dwg-2013": b"AC1027",
    "dwg-2010": b"AC1024",
    "dwg-2007": b"AC1021",
    "dwg-2004": b"AC1018",
    "dwg-2000": b"AC1015",
    "dwg-r14": b"AC1014",
}


@once
def read(path):
    script = Path(__file__).with_name("dwg.mjs")
    done = subprocess.run(["node", script, path], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def model(path):
    """Entities of model space."""
    found = read(path)
    own = {block["handle"] for block in found["blocks"] if block["name"].lower() == "*model_space"}
    return [entity for entity in found["entities"] if entity["owner"] in own]


def size(points):
    return len(points or [])


def dwg_has_what_the_dxf_has(artefact):
    """As many things of each kind on each layer, lines with as many corners."""
    document, _ = opened(artefact.sibling(TWINS[artefact.format]).path)
    wanted = Counter()
    for entity in document.modelspace():
        kind = entity.dxftype()
        corners = len(entity) if kind == "LWPOLYLINE" else len(entity.paths.paths) if kind == "HATCH" else 0
        wanted[kind, entity.dxf.layer.lower(), corners] += 1
    found = Counter()
    for entity in model(artefact.path):
        corners = size(entity.get("points")) if entity["kind"] == "LWPOLYLINE" else size(entity.get("rings"))
        found[entity["kind"], entity["layer"].lower(), corners] += 1
    assert artefact.path.read_bytes()[:6] == MAGIC[artefact.format]
    assert found == wanted and sum(found.values()) > 500


def dwg_lies_where_the_dxf_lies(artefact):
    document, _ = opened(artefact.sibling(TWINS[artefact.format]).path)
    wanted = numpy.concatenate([line.get_points("xy") for line in document.modelspace().query("LWPOLYLINE")])
    lines = [entity["points"] for entity in model(artefact.path) if entity["kind"] == "LWPOLYLINE"]
    found = numpy.concatenate(lines)
    assert numpy.allclose(found, wanted, atol=0.001, rtol=0)


def dwg_has_the_texts_of_the_dxf(artefact):
    document, _ = opened(artefact.sibling(TWINS[artefact.format]).path)
    # R14 cuts what is longer, and lines end elsewhere then.
    end = 30 if artefact.format == "dwg-r14" else None
    plain = lambda text: text.replace("\\P", "\n" if end is None else " ")[:end]
    found = Counter(plain(entity["text"]) for entity in model(artefact.path) if entity["kind"] in ("TEXT", "MTEXT"))
    wanted = Counter()
    for text in document.modelspace().query("TEXT MTEXT"):
        wanted[plain(text.dxf.text if text.dxftype() == "TEXT" else text.text)] += 1
    assert found == wanted
    assert any(not text.isascii() for text in found)


def dwg_has_layers_with_their_colours(artefact):
    document, _ = opened(artefact.sibling(TWINS[artefact.format]).path)
    found = {layer["name"].lower(): layer for layer in read(artefact.path)["layers"]}
    used = {layer.dxf.name.lower(): layer for layer in document.layers if layer.dxf.name.lower() not in ("0", "defpoints")}
    assert used.keys() <= found.keys()
    for name, layer in used.items():
        if layer.rgb is not None and artefact.format not in ("dwg-r14", "dwg-2000"):
            r, g, b = layer.rgb
            assert found[name]["color"] == r << 16 | g << 8 | b, name
        elif layer.rgb is None:
            assert found[name]["index"] == layer.color, name
        assert found[name]["lineType"].lower() == layer.dxf.linetype.lower(), name


def dwg_has_symbols_with_attributes(artefact):
    entities = read(artefact.path)["entities"]
    tags = Counter(entity["tag"] for entity in entities if entity["kind"] == "ATTRIB")
    inserts = sum(entity["kind"] == "INSERT" for entity in entities)
    assert tags == {"NAME": inserts, "CLASS": inserts, "OSM_ID": inserts} and inserts > 10
    ids = {entity["text"] for entity in entities if entity.get("tag") == "OSM_ID"}
    assert all(id[0] in "nwr" and id[1:].isdigit() for id in ids)


def dwg_has_a_sheet(artefact):
    """One view of the drawing, at the scale of the sheet."""
    document, _ = opened(artefact.sibling(TWINS[artefact.format]).path)
    views = [entity for entity in read(artefact.path)["entities"] if entity["kind"] == "VIEWPORT" and entity.get("view")]
    shown = document.header["$EXTMAX"][1] - document.header["$EXTMIN"][1]
    assert any(abs(view["view"] - shown) < 0.01 and view["height"] > 50 for view in views)


def dwg_knows_its_place(artefact):
    assert read(artefact.path)["geodata"]


ALL = (
    dwg_has_what_the_dxf_has,
    dwg_lies_where_the_dxf_lies,
    dwg_has_the_texts_of_the_dxf,
    dwg_has_layers_with_their_colours,
    dwg_has_symbols_with_attributes,
)
SHEET = (*ALL, dwg_has_a_sheet)
PLACE = (*SHEET, dwg_knows_its_place)
ROWS = {
    "dwg": PLACE,
    "dwg-2013": PLACE,
    "dwg-2010": PLACE,
    "dwg-2007": SHEET,
    "dwg-2004": SHEET,
    "dwg-2000": SHEET,
    "dwg-r14": ALL,
}


def terms(path):
    return " ".join(entity["text"] for entity in model(path) if entity["kind"] == "TEXT" and entity["layer"].lower() == "attribution")


CREDITS = dict.fromkeys(ROWS, terms)

"""CGM: its elements, taken apart by python-cgm, tell what lies on which layer; Scribus and LibreOffice draw it in the second ring.

python-cgm 0.1.0 needs nothing but click. Its later versions decode more, but take the element list for the precision of places, and need
an older Pillow and imagecodecs. Others that were tried: NCAR's ctrans ends at the application data ("Can't parse CGM element(class=7, id=2)")
and knows no direct colours, its cgm2ncgm leaves out what came after version 1; Debian 12 and npm have no other reader."""

import json
import re
import struct

import cgm.parser
import numpy
import print_corel
import test_drawing as drawing
from tools import once


@once
def elements(path):
    """Class, number and parameters, partitions put together: as python-cgm finds them."""
    found = [((element.class_id, element.element_id), element.parameters) for element in cgm.parser.iter_elements(path.read_bytes())]
    assert found[0][0] == (0, 1) and found[-1][0] == (0, 2)
    return found


def string(body, at=0):
    size, at = body[at], at + 1
    if size == 255:
        size, at = struct.unpack_from(">H", body, at)[0], at + 2
    return body[at : at + size].decode("latin-1"), at + size


def texts(path):
    """What the elements of text say, behind a place and a flag."""
    place = len(dict(elements(path))[2, 6]) // 2
    return [string(body, place + 2)[0] for kind, body in elements(path) if kind == (4, 4)]


def structures(path):
    """Layers by their names, each with the names of its objects."""
    layers, open_structures = [], []
    for kind, body in elements(path):
        if kind == (0, 21):
            id, at = string(body)
            open_structures.append((id, string(body, at)[0]))
            if open_structures[-1][1] == "grobject":
                layers[-1][1].append(None)
        elif kind == (9, 1):
            name, at = string(body)
            value = string(body, at + 5)[0]
            if name == "layername":
                layers.append((value, []))
            else:
                layers[-1][1][-1] = value
        elif kind == (0, 23):
            open_structures.pop()
    assert not open_structures
    return layers


def cgm_has_the_layers_of_the_svg(artefact):
    layers = [(name, len(found)) for name, found in structures(artefact.path)]
    assert [layer for layer in layers if layer[0] != "margin"] == drawing.objects(artefact)


def cgm_has_the_size_of_the_svg(artefact):
    kinds = dict(elements(artefact.path))
    mode, scale = struct.unpack(">Hf", kinds[2, 1])
    assert mode == 1 and kinds[1, 1] == b"\0\4"
    left, bottom, right, top = struct.unpack(">4h" if len(kinds[2, 6]) == 8 else ">4i", kinds[2, 6])
    assert numpy.allclose([(right - left) * scale, (top - bottom) * scale], drawing.sheet_mm(artefact.sibling("svg").path), atol=0.02)


def cgm_keeps_text(artefact):
    texts = {" ".join((name or "").split()) for _, names in structures(artefact.path) for name in names}
    svg = {text for text in drawing.svg_texts(artefact.sibling("svg").path) if text.isascii() and text}
    assert len(svg - texts) <= 0.02 * len(svg), sorted(svg - texts)[:10]
    written = sum(kind == (4, 4) for kind, _ in elements(artefact.path))
    assert artefact.extract == "moscow" or written > 50


def cgm_has_the_colours_of_the_svg(artefact):
    """Those of fillings, lines, edges and texts; 24 bits each."""
    found = {"#" + body.hex() for kind, body in elements(artefact.path) if kind in ((5, 4), (5, 14), (5, 23), (5, 29))}
    wanted = print_corel.opaque(artefact)
    assert len(wanted) > 20 and len(wanted - found) <= 0.1 * len(wanted), wanted - found


ROWS = {"cgm": (cgm_has_the_size_of_the_svg, cgm_has_the_layers_of_the_svg, cgm_has_the_colours_of_the_svg, cgm_keeps_text)}
CREDITS = {"cgm": lambda path: string(dict(elements(path))[1, 2])[0]}
PLACES = {"cgm": lambda path: json.loads(re.sub("^mapwright ", "", string(dict(elements(path))[7, 2], 2)[0]))}

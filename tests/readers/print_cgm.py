"""CGM: its elements tell what lies on which layer; LibreOffice draws it in the second ring."""

import json
import re
import struct

import numpy
import test_drawing as drawing
from tools import once


@once
def elements(path):
    """Class, number and parameters, partitions put together."""
    data, at, found = path.read_bytes(), 0, []
    while at < len(data):
        (head,) = struct.unpack_from(">H", data, at)
        at += 2
        size = head & 31
        if size < 31:
            body = data[at : at + size]
            at += size + size % 2
        else:
            body, more = b"", True
            while more:
                (part,) = struct.unpack_from(">H", data, at)
                more, size = part & 0x8000, part & 0x7FFF
                body += data[at + 2 : at + 2 + size]
                at += 2 + size + size % 2
        found.append(((head >> 12, head >> 5 & 127), body))
    assert at == len(data) and found[0][0] == (0, 1) and found[-1][0] == (0, 2)
    return found


def string(body, at=0):
    size, at = body[at], at + 1
    if size == 255:
        size, at = struct.unpack_from(">H", body, at)[0], at + 2
    return body[at : at + size].decode("cp1252"), at + size


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


ROWS = {"cgm": (cgm_has_the_size_of_the_svg, cgm_has_the_layers_of_the_svg, cgm_keeps_text)}
CREDITS = {"cgm": lambda path: string(dict(elements(path))[1, 2])[0]}
PLACES = {"cgm": lambda path: json.loads(re.sub("^mapwright ", "", string(dict(elements(path))[7, 2], 2)[0]))}

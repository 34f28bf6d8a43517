"""CorelDRAW and its exchange format: libcdr draws them, their own chunks tell what lies on which layer."""

import json
import re
import struct
import tempfile
import zlib
from pathlib import Path

import numpy
import test_drawing as drawing
import tools
from lxml import etree
from tools import once

SVG = drawing.SVG


@once
def picture(path):
    """The first page as libcdr draws it, as SVG."""
    text = tools.run(f"{path.suffix[1:]}2xhtml", path)
    pages = re.findall(r"<svg:svg.*?</svg:svg>", text, re.S)
    assert len(pages) == 1, f"{len(pages)} pages"

    return pages[0].encode()


def root(artefact):
    return etree.fromstring(picture(artefact.path), etree.XMLParser(huge_tree=True))


def has_the_size_of_the_svg(artefact):
    sides = [float(root(artefact).get(side).removesuffix("in")) * 25.4 for side in ("width", "height")]
    assert numpy.allclose(sides, drawing.sheet_mm(artefact.sibling("svg").path), atol=0.01)
    paths = [re.findall(r"-?[\d.]+,-?[\d.]+", path.get("d")) for path in root(artefact).iter(f"{SVG}path")]
    places = numpy.array([place.split(",") for path in paths for place in path], dtype=float) * 25.4 / 72
    # Only what strokes and halos overhang lies beyond the sheet.
    assert (places.min(axis=0) > -60).all() and (numpy.quantile(places, 0.01, axis=0) > -1).all()
    assert (numpy.quantile(places, 0.99, axis=0) < numpy.array(sides) + 1).all()


def is_drawn_alike(artefact):
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "page.svg", Path(folder) / "out.png"
        page.write_bytes(picture(artefact.path))
        png = drawing.pixels(artefact.sibling("png").path)
        tools.run("rsvg-convert", "-b", "white", "-u", "-w", png.shape[1], "-h", png.shape[0], "-o", out, page)
        drawing.alike(artefact, drawing.pixels(out))


def opaque(artefact):
    """Colours of what the SVG fills without letting anything shine through."""
    fills = {path.get("fill") for path in drawing.svg(artefact.sibling("svg").path).iter() if path.get("fill") and not path.get("fill-opacity")}
    return {"#" + "".join(2 * digit for digit in fill[1:]) if len(fill) == 4 else fill for fill in fills if fill.startswith("#")}


def has_the_colours_of_the_svg(artefact):
    """Colours that are opaque there are the same here."""
    long = opaque(artefact)
    found = set(re.findall(r"fill: (#[0-9a-f]{6})", picture(artefact.path).decode()))
    found |= {text.get("fill") for text in root(artefact).iter(f"{SVG}tspan")}
    assert len(long) > 20 and len(long - found) <= 0.1 * len(long), long - found


# -- CorelDRAW


def chunks(data):
    at = 0
    while at + 8 <= len(data):
        name, length = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def tree(data, lengths):
    at, out = 0, []
    while at + 8 <= len(data):
        name, length = data[at : at + 4], lengths[struct.unpack_from("<I", data, at + 4)[0]]
        body = data[at + 8 : at + 8 + length]
        out.append((body[:4], tree(body[4:], lengths)) if name == b"LIST" else (name, body))
        at += 8 + length + length % 2
    return out


@once
def document(path):
    """The packed part: its lengths are in a table of their own."""
    data = path.read_bytes()
    assert data[:4] == b"RIFF" and struct.unpack_from("<I", data, 4)[0] == len(data) - 8 and data[8:12] == b"CDRD"
    parts = list(chunks(data[12:]))
    assert parts[0] == (b"vrsn", struct.pack("<H", 1300))
    packed = next(body for name, body in parts if name == b"LIST" and body[:4] == b"cmpr")
    first, raw, second, table = struct.unpack_from("<4I", packed, 4)
    main, rest = packed[20 : 20 + first], packed[20 + first : 20 + first + second]
    assert main[:8] == rest[:8] == b"CPng\1\0\4\0"
    data, lengths = zlib.decompress(main[8:]), zlib.decompress(rest[8:])
    assert (len(data), len(lengths)) == (raw, table)
    return tree(data, struct.unpack(f"<{len(lengths) // 4}I", lengths))


def inside(nodes, *kinds):
    for kind, body in nodes:
        if kind == kinds[0]:
            yield from inside(body, *kinds[1:]) if len(kinds) > 1 else [body]


def argument(loda, wanted):
    _, count, offsets, kinds, _ = struct.unpack_from("<5I", loda)
    starts = struct.unpack_from(f"<{count + 1}I", loda, offsets)
    for row, kind in enumerate(reversed(struct.unpack_from(f"<{count}I", loda, kinds))):
        if kind == wanted:
            return loda[starts[row] : starts[row + 1]]


def cdr_has_the_layers_of_the_svg(artefact):
    """Topmost first; the master page, which comes before, has the layers that every document has."""
    master, page = inside(document(artefact.path), b"page", b"gobj")
    name = lambda layer: argument(next(inside(layer, b"lgob", b"loda")), 0x3E8).decode("utf-16-le").partition("\0")[0]
    assert [name(layer) for layer in inside(master, b"layr")] == ["Guides", "Desktop", "Grid"]
    layers = [(name(layer), sum(kind in (b"obj ", b"grp ") for kind, _ in layer)) for layer in inside(page, b"layr")]
    assert [layer for layer in reversed(layers) if layer[0] != "margin"] == drawing.objects(artefact)
    numbers = [number for layer in inside(page, b"layr") for kind, body in layer if kind in (b"obj ", b"grp ") for number in inside(body, b"usdn")]
    assert len(numbers) == len(set(numbers))


def cdr_keeps_text(artefact):
    """Level, regular text is text: in the reader's fonts and letters, Cyrillic ones too."""
    texts = {" ".join("".join(text.itertext()).split()) for text in root(artefact).iter(f"{SVG}text")}
    wanted = {line for text in drawing.svg(artefact.sibling("svg").path).iter(f"{SVG}text") for line in text.itertext()}
    found = {" ".join(text.split()) for text in wanted} & texts
    assert len(found) > 0.9 * len(texts) and len(found) > 5, sorted(texts - found)[:10]
    if artefact.extract == "moscow":
        assert any(re.search("[А-Яа-я]{4}", text) for text in texts)


# -- CMX


@once
def instructions(path):
    """Numbers of instructions with the tags they hold, from the page that the index of the file names."""
    data = path.read_bytes()
    assert data[:4] == b"RIFF" and data[8:16] == b"CMX1cont"
    (master,) = struct.unpack_from("<I", data, 20 + 84)
    assert data[master : master + 4] == b"ixmr"
    (count,) = struct.unpack_from("<H", data, master + 8 + 4)
    places = dict(struct.unpack_from("<HI", data, master + 14 + 6 * row) for row in range(count))
    pages = places[2]
    (page,) = struct.unpack_from("<I", data, pages + 8 + 4)
    assert data[pages : pages + 4] == b"ixpg" and data[page : page + 4] == b"page"
    (length,) = struct.unpack_from("<I", data, page + 4)
    at, end, found = page + 8, page + 8 + length, []
    while at < end:
        (size,) = struct.unpack_from("<H", data, at)
        head = 4
        if size == 0xFFFF:
            (size,) = struct.unpack_from("<I", data, at + 2)
            head = 8
        (code,) = struct.unpack_from("<h", data, at + head - 2)
        found.append((-code, data[at + head : at + size]))
        at += size
    assert at == end
    return found


def cmx_has_the_layers_of_the_svg(artefact):
    layers = []
    for code, body in instructions(artefact.path):
        if code == 11:
            _, _, _, _, tally, length = struct.unpack_from("<HHHIIH", body[1:])
            layers.append((body[17 : 17 + length].decode("cp1252"), tally))
    assert [layer for layer in layers if layer[0] != "margin"] == drawing.objects(artefact)
    curves = sum(code == 67 for code, _ in instructions(artefact.path))
    drawn = sum(1 for _ in root(artefact).iter(f"{SVG}path"))
    # What libcdr fills and strokes is one of its paths, too.
    assert curves == drawn >= sum(count for _, count in drawing.objects(artefact))


ROWS = {
    "cdr": (has_the_size_of_the_svg, cdr_has_the_layers_of_the_svg, cdr_keeps_text, has_the_colours_of_the_svg, is_drawn_alike),
    "cmx": (has_the_size_of_the_svg, cmx_has_the_layers_of_the_svg, has_the_colours_of_the_svg, is_drawn_alike),
}


def about(path):
    """The texts of the list INFO."""
    data = path.read_bytes()
    info = next(body for name, body in chunks(data[12:]) if name == b"LIST" and body[:4] == b"INFO")
    return {name.decode(): body.partition(b"\0")[0].decode() for name, body in chunks(info[4:])}


CREDITS = {"cdr": lambda path: about(path)["ICMT"], "cmx": lambda path: about(path)["ICOP"]}
PLACES = {"cdr": lambda path: json.loads(about(path)["ICMT"][about(path)["ICMT"].index("{") :]), "cmx": lambda path: json.loads(about(path)["ICMT"])}

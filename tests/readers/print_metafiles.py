"""Metafiles and plotter files: emf2svg, wmf2svg and hp2xx draw them; their records tell what lies on which layer."""

import json
import re
import struct
import tempfile
from pathlib import Path

import fonts
import numpy
import test_drawing as drawing
import test_print
import tools
from lxml import etree
from tools import once

SVG = drawing.SVG


def alike(artefact, svg):
    """A picture that a reader made as SVG is that of the map."""
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "page.svg", Path(folder) / "out.png"
        page.write_bytes(svg)
        png = drawing.pixels(artefact.sibling("png").path)
        with fonts.found():
            tools.run("rsvg-convert", "-b", "white", "-u", "-w", png.shape[1], "-h", png.shape[0], "-o", out, page)
        drawing.alike(artefact, drawing.pixels(out))


def words(artefact, texts):
    """Streets are there, word by word."""
    found = {word for text in texts for word in text.split()}
    names = {name for name in drawing.svg_texts(artefact.sibling("svg").path) if name}
    told = {name for name in names if set(name.split()) <= found}
    assert len(told) > 0.7 * len(names), sorted(names - told)[:20]


# -- EMF


@once
def emf(path):
    """As emf2svg draws it."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.svg"
        tools.run("emf2svg-conv", "-i", path, "-o", out)
        return out.read_bytes()


@once
def records(path):
    data, at, found = path.read_bytes(), 0, []
    while at < len(data):
        kind, size = struct.unpack_from("<II", data, at)
        assert size >= 8 and size % 4 == 0
        found.append((kind, data[at + 8 : at + size]))
        at += size
    assert at == len(data) and found[0][0] == 1 and found[-1][0] == 14
    size, count = struct.unpack_from("<II", data, 48)
    assert (size, count) == (len(data), len(found))
    return found


def emf_has_the_size_of_the_svg(artefact):
    header = records(artefact.path)[0][1]
    sides = [side / 100 for side in struct.unpack_from("<8i", header)[6:]]
    assert numpy.allclose(sides, drawing.sheet_mm(artefact.sibling("svg").path), atol=0.02)
    root = etree.fromstring(emf(artefact.path), etree.XMLParser(huge_tree=True))
    found = [float(root.get(side)) / 100 for side in ("width", "height")]
    assert numpy.allclose(found, sides, atol=0.05)


def emf_has_the_layers_of_the_svg(artefact):
    """Groups of public comments; a label of several parts is a group of its own, in which nothing begins a group."""
    found = []

    def walk(rows, path):
        """Counts what lies in a group itself; returns whether it holds drawings alone."""
        place = len(found)
        found.append([" / ".join(path), 0])
        leaf = True
        for kind, body in rows:
            if kind == 70 and body[4:8] == b"GDIC":
                if struct.unpack_from("<I", body, 8)[0] == 3:
                    break
                leaf = False
                (length,) = struct.unpack_from("<I", body, 28)
                walk(rows, (*path, body[32 : 32 + 2 * length].decode("utf-16-le").rstrip("\0")))
            elif kind in (7, 8, 90, 91, 62, 63, 64, 84):
                found[place][1] += 1
        return leaf

    walk(iter(records(artefact.path)), ())
    wanted = drawing.objects(artefact)
    names = {name for name, _ in wanted}
    counts, last = [], None
    for name, count in found:
        if name in names:
            counts.append([name, count])
            last = name
        elif last is not None and name.startswith(f"{last} / "):
            counts[-1][1] += 1
    assert [tuple(row) for row in counts] == wanted


def emf_keeps_text(artefact):
    root = etree.fromstring(emf(artefact.path), etree.XMLParser(huge_tree=True))
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    words(artefact, texts)
    if artefact.extract == "moscow":
        assert any(re.search("[А-Яа-я]{4}", text) for text in texts)
    assert {text.get("font-family") for text in root.iter(f"{SVG}text")} == {"Noto Sans"}


def upright(found):
    """emf2svg turns text about a place nine tenths of its size below the baseline, which it takes for the top of the line."""
    number, text = float(found[2]) - float(found[3]), found[1].decode()
    return f"rotate({text}, {number:.4f})".encode()


def emf_is_drawn_alike(artefact):
    svg = re.sub(rb"rotate\(([^,]+,[^,]+), ([\d.-]+)\) translate\(0, ([\d.-]+)\)", upright, emf(artefact.path))
    alike(artefact, svg)


# -- WMF


@once
def wmf(path):
    """As wmf2svg draws it, which does not escape ampersands."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.svg"
        tools.both("wmf2svg", "-o", out, path)
        return re.sub(rb"&(?![a-z]+;|#)", b"&amp;", out.read_bytes())


@once
def wmf_records(path):
    data, at, found = path.read_bytes(), 40, []
    words, _, longest = struct.unpack_from("<IHI", data, 22 + 6)
    assert words * 2 == len(data) - 22
    while at < len(data):
        size, function = struct.unpack_from("<IH", data, at)
        assert size >= 3 and size <= longest
        found.append((function, data[at + 6 : at + 2 * size]))
        at += 2 * size
    assert found[-1][0] == 0
    return found


def comments(path):
    return [body[4 : 4 + struct.unpack_from("<H", body, 2)[0]].decode() for function, body in wmf_records(path) if function == 0x626]


def wmf_has_the_size_of_the_svg(artefact):
    left, top, right, bottom, inch = struct.unpack_from("<4hH", artefact.path.read_bytes(), 6)
    sides = [(right - left) / inch * 25.4, (bottom - top) / inch * 25.4]
    assert numpy.allclose(sides, drawing.sheet_mm(artefact.sibling("svg").path), atol=0.05)


def wmf_names_the_layers_of_the_svg(artefact):
    names = [text.removeprefix("layer ") for text in comments(artefact.path) if text.startswith("layer ")]
    wanted = [name for name, _ in drawing.objects(artefact)]
    assert [name for name in names if name in set(wanted)] == wanted


def wmf_keeps_text(artefact):
    pages = {0: "cp1252", 204: "cp1251"}
    fonts, slots, texts = {}, [], []
    for function, body in wmf_records(artefact.path):
        if function in (0x2FA, 0x2FC, 0x2FB):
            free = slots.index(None) if None in slots else len(slots)
            slots[free : free + 1] = [pages[body[13]] if function == 0x2FB else ""]
        elif function == 0x1F0:
            slots[struct.unpack("<H", body[:2])[0]] = None
        elif function == 0x12D:
            fonts["page"] = slots[struct.unpack("<H", body[:2])[0]] or fonts.get("page")
        elif function == 0xA32:
            (length,) = struct.unpack_from("<H", body, 4)
            texts.append(body[8 : 8 + length].decode(fonts["page"]))
    words(artefact, texts)
    if artefact.extract == "moscow":
        assert any(re.search("[А-Яа-я]{4}", text) for text in texts)


def wmf_is_drawn_by_libwmf(artefact):
    """Every polygon, line and letter; what colours it makes of them is not ours to say."""
    found = wmf(artefact.path)
    kinds = {function: sum(1 for other, _ in wmf_records(artefact.path) if other == function) for function in (0x324, 0x325, 0x538)}
    assert found.count(b"<polygon") >= kinds[0x324] and found.count(b"<polyline") + found.count(b"<path") >= kinds[0x538]
    assert found.count(b"<text") > 100


# -- HP-GL


@once
def plot(path):
    """Lines of what hp2xx plots, in millimetres: its EPS says 1016 units an inch."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.eps"
        tools.both("hp2xx", "-q", "-t", "-N", "-m", "eps", "-f", out, path)
        return out.read_text(encoding="latin-1")


def moves(path):
    """Lines with the pen down, in millimetres, by the pen; and the comments."""
    text = path.read_text(encoding="ascii")
    comments = re.findall(r'CO"([^"]*)";', text)
    pen, at, lines = 0, None, []
    for word, numbers in re.findall(r"(SP|PU|PD)([-\d,]*);", re.sub(r'CO"[^"]*";', "", text)):
        values = [int(number) for number in numbers.split(",") if number]
        if word == "SP":
            pen = values[0]
        elif word == "PU" and values:
            at = values
        elif word == "PD":
            places = list(zip(values[::2], values[1::2]))
            lines.append((pen, [tuple(at), *places]))
            at = places[-1]
    return lines, comments


def length(lines):
    return sum(numpy.hypot(*(numpy.diff(numpy.array(line, dtype=float), axis=0).T)).sum() for line in lines) / 40


def hpgl_names_the_layers_of_the_svg(artefact):
    lines, comments = moves(artefact.path)
    names = [text.removeprefix("layer ") for text in comments if text.startswith("layer ")]
    wanted = [name for name, _ in drawing.objects(artefact)]
    assert [name for name in names if name in set(wanted)] == [name for name in wanted if name in set(names)]
    assert len(set(names)) > 0.8 * len(wanted) and {pen for pen, _ in lines} <= set(range(1, 9))


def hpgl_is_plotted_in_true_size(artefact):
    """hp2xx plots as many millimetres as there are, within the sheet."""
    lines, _ = moves(artefact.path)
    points = numpy.array([place for _, line in lines for place in line], dtype=float) / 40
    width, height = drawing.sheet_mm(artefact.sibling("svg").path)
    assert numpy.allclose([points.min(axis=0), points.max(axis=0)], [[0, 0], [width, height]], atol=60) and (numpy.quantile(points, [0.01], axis=0) > -1).all()
    found = plot(artefact.path)
    box = [float(number) for number in re.search(r"^%%BoundingBox:(.+)$", found, re.M)[1].split()]
    assert abs((box[2] - box[0]) / 72 * 25.4 - width) < 2 and abs((box[3] - box[1]) / 72 * 25.4 - height) < 2


def hpgl_draws_nothing_twice(artefact):
    lines, _ = moves(artefact.path)
    keys = [min(tuple(line), tuple(reversed(line))) for _, line in lines if len(line) > 2]
    assert len(set(keys)) > 0.97 * len(keys)


ROWS = {
    "emf": (emf_has_the_size_of_the_svg, emf_has_the_layers_of_the_svg, emf_keeps_text, emf_is_drawn_alike),
    "wmf": (wmf_has_the_size_of_the_svg, wmf_names_the_layers_of_the_svg, wmf_keeps_text, wmf_is_drawn_by_libwmf),
    "hpgl": (hpgl_names_the_layers_of_the_svg, hpgl_is_plotted_in_true_size, hpgl_draws_nothing_twice),
}


def description(path):
    header = path.read_bytes()
    count, offset = struct.unpack_from("<II", header, 60)
    return header[offset : offset + 2 * count].decode("utf-16-le")


def emf_made(path):
    body = next(body for kind, body in records(path) if kind == 70 and body[4:8] == b"mapw")
    return json.loads(body[8 : 4 + struct.unpack_from("<I", body)[0]])


CREDITS = {
    "emf": description,
    "wmf": lambda path: comments(path)[1],
    "hpgl": lambda path: " ".join(moves(path)[1][:3]),
}
PLACES = {
    "emf": emf_made,
    "wmf": lambda path: json.loads(comments(path)[0].removeprefix("mapw")),
}

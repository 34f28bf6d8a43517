"""IGES and STEP as Open CASCADE reads them, on which FreeCAD, gmsh and other programs stand."""

import json
import re
from collections import Counter
from dataclasses import dataclass

import numpy
import reference
import test_cad
import tools
import truth
from OCP.Bnd import Bnd_Box
from OCP.BRepBndLib import BRepBndLib
from OCP.BRepGProp import BRepGProp
from OCP.GProp import GProp_GProps
from OCP.IFSelect import IFSelect_ReturnStatus
from OCP.IGESCAFControl import IGESCAFControl_Reader
from OCP.Quantity import Quantity_Color
from OCP.STEPCAFControl import STEPCAFControl_Reader
from OCP.StepGeom import StepGeom_CartesianPoint, StepGeom_Polyline
from OCP.TCollection import TCollection_ExtendedString
from OCP.TDF import TDF_LabelSequence
from OCP.TDocStd import TDocStd_Document
from OCP.XCAFDoc import XCAFDoc_ColorType, XCAFDoc_DocumentTool

# Open CASCADE counts in millimetres.
METRE = 1000
# What lines become, of one piece or several; points and symbols become something else.
LINES = ("TopAbs_EDGE", "TopAbs_WIRE")
COLOURS = (XCAFDoc_ColorType.XCAFDoc_ColorCurv, XCAFDoc_ColorType.XCAFDoc_ColorGen)


@dataclass
class Thing:
    """A line, or else a point or a symbol: its layer, its colour, its length and the box around it in metres."""

    line: bool
    layer: str
    colour: tuple | None
    length: float
    box: numpy.ndarray


def labels(fill):
    found = TDF_LabelSequence()
    fill(found)
    return [found.Value(row) for row in range(1, found.Length() + 1)]


def thing(shape, layer, colour):
    length, box = GProp_GProps(), Bnd_Box()
    BRepGProp.LinearProperties_s(shape, length)
    BRepBndLib.AddOptimal_s(shape, box, False, False)
    box = numpy.array(box.Get()).reshape(2, 3)
    return Thing(shape.ShapeType().name in LINES, layer, colour, length.Mass() / METRE, box / METRE)


@tools.cache
def opened(path):
    """The reader, and what it finds: in IGES shapes side by side, in STEP parts of one."""
    iges = path.suffix == ".igs"
    reader = IGESCAFControl_Reader() if iges else STEPCAFControl_Reader()
    document = TDocStd_Document(TCollection_ExtendedString("map"))
    reader.SetLayerMode(True)
    reader.SetColorMode(True)
    assert reader.ReadFile(str(path)) == IFSelect_ReturnStatus.IFSelect_RetDone and reader.Transfer(document)
    main = document.Main()
    shapes, layers = XCAFDoc_DocumentTool.ShapeTool_s(main), XCAFDoc_DocumentTool.LayerTool_s(main)
    colours, colour = XCAFDoc_DocumentTool.ColorTool_s(main), Quantity_Color()
    rows = labels(shapes.GetFreeShapes)
    if not iges:
        (whole,) = rows
        rows = labels(lambda found: shapes.GetSubShapes_s(whole, found))
    found = []
    for row in rows:
        on = layers.GetLayers(row)
        assert on.Length() == 1
        painted = any(colours.GetColor_s(row, kind, colour) for kind in COLOURS)
        shown = tuple(bytes.fromhex(Quantity_Color.ColorToHex_s(colour).ToCString()[1:])) if painted else None
        found.append(thing(shapes.GetShape_s(row), on.Value(1).ToExtString(), shown))
    return reader, found


# -- What IGES says beside its shapes.


def model(path):
    reader = opened(path)[0]
    return reader.IGESModel() if path.suffix == ".igs" else reader.Reader().StepModel()


def entities(path):
    found = model(path)
    return [found.Entity(row) for row in range(1, found.NbEntities() + 1)]


def of_kind(path, kind, form=None):
    return [one for one in entities(path) if one.TypeNumber() == kind and form in (None, one.FormNumber())]


def letters(text):
    """Codes of letters are those of AutoCAD; beyond 16 bits there are two."""
    text = re.sub(r"\\U\+([0-9A-F]{4})", lambda code: chr(int(code[1], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def start(path):
    """The start section: lines of 72 columns, whose spaces at the end Open CASCADE leaves out."""
    found = model(path)
    return "".join(f"{found.StartLine(row).rstrip():72}" for row in range(1, found.NbStartLines() + 1))


def levels(path):
    return {str(one.Level()): letters(one.FuncDescription().ToCString()) for one in of_kind(path, 406, 3)}


def notes(path):
    return [letters(one.Text(row).ToCString()) for one in of_kind(path, 212) for row in range(1, one.NbStrings() + 1)]


# -- What STEP says beside its shapes.


def header(path):
    return path.read_text("ascii").split("ENDSEC;")[0]


# -- Both.


@tools.cache
def names(path):
    """What curves, points and symbols are called: number and name."""
    if path.suffix == ".igs":
        return [letters(one.Value().ToCString()) for one in of_kind(path, 406, 15)]
    things = (one for one in entities(path) if isinstance(one, (StepGeom_Polyline, StepGeom_CartesianPoint)))
    return [name for thing in things if (name := thing.Name().ToCString())]


def things(path):
    """By the names of layers."""
    known = levels(path) if path.suffix == ".igs" else {}
    return [(known.get(thing.layer, thing.layer), thing) for thing in opened(path)[1]]


def texts(path):
    """All that names say, for `test_hostile`."""
    yield from (name.split(" ", 1)[1] for name in names(path) if " " in name)
    yield from notes(path) if path.suffix == ".igs" else ()


def lines_are_those_of_dxf(artefact):
    """On every layer as many lines as in DXF, as long, within the same box; elsewhere as many points and symbols."""
    other = artefact.sibling("dxf")
    wanted, symbols = {}, Counter()
    for line in test_cad.lines(other):
        places = test_cad.places(line)
        wanted.setdefault(line.dxf.layer, []).append(numpy.vstack([places, places[:1]]) if line.closed else places)
    for symbol in test_cad.opened(other.path)[0].modelspace().query("INSERT POINT"):
        symbols[symbol.dxf.layer] += 1
    found = {}
    for layer, thing in things(artefact.path):
        if thing.line:
            found.setdefault(layer, []).append(thing)
    assert Counter(layer for layer, thing in things(artefact.path) if not thing.line) == symbols
    assert found.keys() == wanted.keys() and len(found) > 30
    text = start(artefact.path) if artefact.format == "iges" else header(artefact.path)
    epsg, *origin = re.search(r"EPSG:(\d+), metres; origin of the drawing at (\S+) ([\d.]+)", text).groups()
    assert epsg == test_cad.system(other)
    for layer, theirs in wanted.items():
        ours = found[layer]
        assert len(ours) == len(theirs), layer
        length = sum(numpy.linalg.norm(numpy.diff(line, axis=0), axis=1).sum() for line in theirs)
        assert numpy.isclose(sum(line.length for line in ours), length, rtol=1e-6, atol=1e-3), layer
        places = numpy.concatenate(theirs) - numpy.array(origin, float)
        boxes = numpy.array([line.box for line in ours])
        box = numpy.array([boxes[:, 0].min(axis=0), boxes[:, 1].max(axis=0)])
        assert numpy.allclose(box[:, :2], [places.min(axis=0), places.max(axis=0)], atol=1e-3, rtol=0), layer
        assert numpy.allclose(box[:, 2], 0, atol=1e-3), layer


def colours_are_those_of_the_style(artefact):
    """Those that DXF of 2018 has; what is ink there is black in STEP and of the program's colour in IGES."""
    document, _ = test_cad.opened(artefact.sibling("dxf-2018").path)
    ink = None if artefact.format == "iges" else (0, 0, 0)
    wanted = {row.dxf.name: row.rgb if row.rgb is None else tuple(row.rgb) for row in document.layers}
    found = {(layer, thing.colour) for layer, thing in things(artefact.path)}
    assert found == {(layer, wanted[layer] or ink) for layer, _ in found}
    assert len({colour for _, colour in found}) > 10


def things_have_number_and_name(artefact):
    found = names(artefact.path)
    # As many as there are lines, points and symbols.
    assert len(found) == len(things(artefact.path))
    numbers = {name.split(" ", 1)[0] for name in found}
    assert len(numbers & reference.features(artefact.source).keys()) > 300
    called = {name.split(" ", 1)[1] for name in found if " " in name}
    assert truth.NAMES[artefact.extract] in called
    assert len(called & reference.street_names(artefact.source)) >= 10


def iges_is_without_faults(artefact):
    found = model(artefact.path)
    checks = [found.Check(row, True) for row in range(found.NbEntities() + 1)]
    assert [check.CFail(1) for check in checks if check.HasFailed()] == []
    assert [check.CWarning(1) for check in checks if check.HasWarnings()] == []
    known = {(one.TypeNumber(), one.FormNumber()) for one in entities(artefact.path)}
    forms = {(106, 11), (106, 63), (116, 0), (212, 0), (212, 6), (212, 7), (308, 0), (314, 0), (406, 3), (406, 15), (408, 0)}
    assert known == forms


def iges_has_lines_of_80_columns(artefact):
    """Numbered in each section; the last line says how many there are."""
    rows = artefact.path.read_text("ascii").splitlines()
    assert {len(row) for row in rows} == {80}
    count = Counter()
    for row in rows:
        count[row[72]] += 1
        assert int(row[73:]) == count[row[72]]
    assert "".join(dict.fromkeys(row[72] for row in rows)) == "SGDPT"
    assert rows[-1][:32] == "".join(f"{letter}{count[letter]:7}" for letter in "SGDP")


def iges_says_unit_date_and_widths(artefact):
    head = model(artefact.path).GlobalSection()
    assert (head.UnitFlag(), head.UnitName().ToCString(), head.IGESVersion(), head.Resolution()) == (6, "M", 11, 1e-4)
    assert re.fullmatch(r"\d{8}\.\d{6}", head.Date().ToCString())
    lines = [one for one in of_kind(artefact.path, 106) if one.SubordinateStatus() == 0]
    assert len({one.LineWeight() for one in lines}) > 3 and max(one.LineWeight() for one in lines) <= head.MaxLineWeight()
    # Solid, and some of the others.
    assert {1, 2} <= {one.RankLineFont() for one in lines} <= {1, 2, 3, 4, 5}


def iges_has_the_texts_of_dxf(artefact):
    document, _ = test_cad.opened(artefact.sibling("dxf").path)
    space = document.modelspace()
    wanted = [text.dxf.text for text in space.query("TEXT")] + [line for text in space.query("MTEXT") for line in text.plain_text(split=True)]
    same = lambda text: text.replace("©", "(c)").replace("% %", "%%")
    assert Counter(map(same, notes(artefact.path))) == Counter(map(same, wanted))
    assert len(wanted) > 50


def step_is_without_faults(artefact):
    """Every instance is known and whole, and no reference leads nowhere."""
    found = model(artefact.path)
    checks = [found.Check(row, True) for row in range(found.NbEntities() + 1)]
    assert [check.CFail(1) for check in checks if check.HasFailed() or check.HasWarnings()] == []
    assert not any(found.IsUnknownEntity(row) or found.IsErrorEntity(row) for row in range(1, found.NbEntities() + 1))
    assert "FILE_SCHEMA(('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }'));" in header(artefact.path)


BOTH = (lines_are_those_of_dxf, colours_are_those_of_the_style, things_have_number_and_name)
ROWS = {
    "iges": (
        *BOTH,
        iges_is_without_faults,
        iges_has_lines_of_80_columns,
        iges_says_unit_date_and_widths,
        iges_has_the_texts_of_dxf,
    ),
    "step-2d": (*BOTH, step_is_without_faults),
}


def author(path):
    head = model(path).GlobalSection()
    assert "(ODbL)" in head.CompanyName().ToCString()
    assert any("OpenStreetMap contributors, ODbL" in note for note in notes(path)) and "ODbL" in start(path)
    return head.AuthorName().ToCString()


def organisation(path):
    """Of the header; the description says it, too."""
    text = header(path)
    assert "'Open Database License (ODbL)" in text and "FILE_DESCRIPTION(('(c) OpenStreetMap contributors, ODbL" in text
    return text


CREDITS = {"iges": author, "step-2d": organisation}


def said(text):
    """JSON among other words."""
    return json.JSONDecoder().raw_decode(text, text.index('{"mapwright"'))[0]


def comment(path):
    """The first one, which ends where comments do."""
    return said(re.search(r"/\*(.*?)\*/", header(path))[1])


PLACES = {"iges": lambda path: said(start(path)), "step-2d": comment}

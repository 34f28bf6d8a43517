"""The Polish format, read line by line as cGPSmapper's manual describes it; nothing else may stand there."""

import json
import re
from collections import Counter

import core_table
import numpy
import shapely
from tools import cache

KEYS = {
    "[IMG ID]": {"CodePage", "LblCoding", "ID", "Name", "Copyright", "Elevation", "Preprocess", "TreSize", "RgnLimit", "POIIndex", "Transparent", "Routing", "Levels"},
    "[POI]": {"Type", "Label", "EndLevel", "Data0"},
    "[POLYLINE]": {"Type", "Label", "Label2", "EndLevel", "DirIndicator", "RoadID", "RouteParam", "Data0"},
    "[POLYGON]": {"Type", "Label", "EndLevel", "Data0"},
}
PLACE = re.compile(r"\((-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)\)")
PLACES_ = re.compile(rf"{PLACE.pattern}(,{PLACE.pattern})*")
ROUTE = re.compile(r"[0-7],[0-4](,[01]){10}")


class Section:
    def __init__(self, kind):
        self.kind, self.said, self.data, self.nodes = kind, {}, [], []

    @property
    def type(self):
        return int(self.said["Type"], 16)

    @property
    def shape(self):
        if self.kind == "[POI]":
            return shapely.Point(self.data[0][0])
        return shapely.Polygon(self.data[0], self.data[1:]) if self.kind == "[POLYGON]" else shapely.LineString(self.data[0])


@cache
def sections(path):
    """The head, and what follows."""
    found, current = [], None
    first, *lines = path.read_text(encoding="utf-8").split("\n")
    assert first.startswith("; {")
    for line in filter(None, lines):
        if line.startswith("["):
            if line in ("[END]", "[END-IMG ID]"):
                assert (line == "[END-IMG ID]") == (current.kind == "[IMG ID]")
                found.append(current)
                current = None
            else:
                assert current is None and line in KEYS
                current = Section(line)
            continue
        key, _, value = line.partition("=")
        name = re.sub(r"^(Level|Zoom|Nod)\d+$", r"\1", key)
        if key == "Data0":
            assert PLACES_.fullmatch(value), value
            current.data.append([(float(lon), float(lat)) for lat, lon in PLACE.findall(value)])
        elif name == "Nod":
            current.nodes.append(tuple(map(int, value.split(","))))
            assert current.kind == "[POLYLINE]" and key == f"Nod{len(current.nodes)}"
        elif name in ("Level", "Zoom"):
            assert current.kind == "[IMG ID]"
            current.said[key] = value
        else:
            assert key in KEYS[current.kind] and key not in current.said, line
            current.said[key] = value
    assert current is None
    return found[0], found[1:]


def of(artefact, kind):
    return [section for section in sections(artefact.path)[1] if section.kind == kind]


def head_is_whole(artefact):
    head, rest = sections(artefact.path)
    said = head.said
    assert head.kind == "[IMG ID]" and re.fullmatch(r"\d{8}", said["ID"])
    assert (said.get("CodePage"), said["LblCoding"], said["Levels"]) == (None, "10", "5")
    bits = [int(said[f"Level{row}"]) for row in range(5)]
    assert bits == sorted(bits, reverse=True) and bits[0] == 24
    # The last level is empty.
    assert 0 < max(int(section.said.get("EndLevel", 0)) for section in rest) <= 3
    assert [len(section.data) for section in rest if section.kind != "[POLYGON]"] == [1] * sum(section.kind != "[POLYGON]" for section in rest)


def features(artefact, layer, kinds):
    found = core_table.features(artefact.sibling("geojson").path)
    mine = [feature for feature in found if feature["properties"]["layer"] == layer and feature["properties"]["class"] in kinds]
    return [(feature["properties"], shapely.geometry.shape(feature["geometry"])) for feature in mine]


def roads_are_those_of_the_map(artefact):
    """Length by type, within what six decimals hold."""
    lines = of(artefact, "[POLYLINE]")
    for kind, code in {"motorway": 1, "primary": 3, "secondary": 4, "tertiary": 5}.items():
        wanted = [(said, shape) for said, shape in features(artefact, "roads", (kind,)) if not said["type"].endswith("_link")]
        ours = sum(section.shape.length for section in lines if section.type == code)
        assert numpy.isclose(ours, sum(shape.length for _, shape in wanted if "Line" in shape.geom_type), rtol=1e-3), kind
    assert sum(section.type == 6 for section in lines) > 20
    buildings = [section.shape for section in of(artefact, "[POLYGON]") if section.type == 0x13]
    theirs = [shape for said, shape in features(artefact, "buildings", {said["class"] for said in (f["properties"] for f in core_table.features(artefact.sibling("geojson").path)) if said["layer"] == "buildings"} - {"part"}) if "Polygon" in shape.geom_type]
    assert numpy.isclose(shapely.area(buildings).sum(), shapely.area(theirs).sum(), rtol=1e-3) and len(buildings) > 100


def roads_lead_on(artefact):
    """Junctions are where roads have a point in common, and nowhere else."""
    roads = [section for section in of(artefact, "[POLYLINE]") if "RoadID" in section.said]
    assert [int(road.said["RoadID"]) for road in roads] == list(range(1, len(roads) + 1)) and len(roads) > 100
    times, ends, places, here = Counter(), set(), {}, {}
    cell = lambda place: tuple(round(value * 2**24 / 360) for value in place)
    for road in roads:
        assert ROUTE.fullmatch(road.said["RouteParam"])
        line = road.data[0]
        times.update(line)
        ends.update((line[0], line[-1]))
        rows, numbers = [node[0] for node in road.nodes], [node[1] for node in road.nodes]
        assert rows == sorted(set(rows)) and rows[0] == 0 and len(rows) > 1
        # Whoever goes along comes to another place with every junction, and never back: mkgmap would go round for ever.
        assert len(set(numbers)) == len(numbers)
        for row, number, inside in road.nodes:
            assert inside == 0
            places.setdefault(line[row], set()).add(number)
            here.setdefault(number, set()).add(line[row])
    assert all(len(numbers) == 1 for numbers in places.values())
    # What is one junction is one place to a device; what meets there and is none of its own lies in that place.
    assert all(len(set(map(cell, spots))) == 1 for spots in here.values())
    meeting = {place for place, count in times.items() if count > 1} | ends
    known = {cell(place) for place in places}
    assert all(cell(place) in known for place in meeting)
    # In the middle of loops, and where a road meets one that is nothing but a place.
    assert len(set(places) - meeting) < 0.03 * len(places)
    # One may drive in one direction where the map says so, and nobody drives on footways.
    oneway = sum(road.said["RouteParam"].split(",")[2] == "1" for road in roads)
    said = [f["properties"] for f in core_table.features(artefact.sibling("geojson").path) if f["properties"]["layer"] == "roads"]
    marked = sum(one["oneway"] in ("yes", "-1") for one in said if one.get("oneway"))
    assert marked <= oneway + 20 and oneway > 20
    paths = [road.said["RouteParam"].split(",") for road in roads if road.type == 0x16]
    assert paths and all(flags[6] == "1" for flags in paths)


def names_are_labels(artefact):
    labels = {section.said.get("Label") for section in sections(artefact.path)[1]}
    streets = {said["name"] for said, _ in features(artefact, "roads", ("primary", "secondary", "tertiary", "residential")) if said.get("name")}
    assert streets <= labels and any(not name.isascii() for name in streets)
    points = Counter(section.type for section in of(artefact, "[POI]"))
    assert len(points) > 15 and all(0x100 <= type <= 0x6fff for type in points)
    assert {section.type for section in of(artefact, "[POLYGON]")} <= set(range(1, 0x54))


def credit(path):
    return sections(path)[0].said["Copyright"]


ROWS = {"polish-mp": (head_is_whole, roads_are_those_of_the_map, roads_lead_on, names_are_labels)}
CREDITS = {"polish-mp": credit}
PLACES = {"polish-mp": lambda path: json.loads(path.read_text(encoding="utf-8").split("\n")[0].removeprefix("; "))}

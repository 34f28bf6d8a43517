"""Networks of the pack `core`: networkx walks them; pieces and lengths are computed again from what pyosmium reads."""

import itertools
import random
from collections import Counter

import lxml.etree
import networkx
import osmium
import pyproj
import reference
import shapely
from tools import cache

GEOD = pyproj.Geod(ellps="WGS84")
# What is a street; construction sites, proposals and platforms are none.
STREETS = set(
    "motorway motorway_link trunk trunk_link primary primary_link secondary secondary_link tertiary tertiary_link "
    "unclassified residential living_street road service track cycleway path pedestrian footway bridleway corridor "
    "steps busway".split()
)


KINDS = {"int": int, "long": int, "double": float, "boolean": {"True": True, "False": False}.get, "string": str}


@cache
def graph(path):
    """What networkx reads, where all is text for OSMnx's sake, with the types that the file gives to others."""
    network = networkx.read_graphml(path, force_multigraph=True)
    keys = [key.attrib for _, key in lxml.etree.iterparse(path, tag="{*}key")]
    kinds = {(key["for"], key["attr.name"]): KINDS[key["attr.type"]] for key in keys}
    things = [("node", data) for _, data in network.nodes(data=True)]
    things += [("edge", data) for _, _, data in network.edges(data=True)]
    for owner, data in things:
        assert all(isinstance(value, str) for value in data.values())
        data.update({name: kinds[owner, name](value) for name, value in data.items()})
    return network


@cache
def ways(source):
    """Streets that reach into the box: id → (tags, [(node id, place)])."""
    box = shapely.box(*reference.bounds(source))
    shapely.prepare(box)
    found = {}
    for way in osmium.FileProcessor(str(source), osmium.osm.NODE | osmium.osm.WAY).with_locations():
        if not way.is_way() or way.tags.get("highway") not in STREETS:
            continue
        points = [(node.ref, (node.lon, node.lat)) for node in way.nodes if node.location.valid()]
        if len(points) > 1 and box.intersects(shapely.LineString([place for _, place in points])):
            found[way.id] = (dict(way.tags), points)
    return found


def undirected(network):
    """Every piece of a way once, whatever directions it has: (way, ends, length) → count."""
    pieces = Counter()
    for a, b, data in network.edges(data=True):
        pieces[data["osmid"], *sorted((network.nodes[a]["osm_id"], network.nodes[b]["osm_id"])), data["length"]] += 1
    return pieces


def graphml_has_the_attributes_of_osmnx(artefact):
    network = graph(artefact.path)
    assert network.is_directed() and network.graph["crs"] == "epsg:4326"
    assert "OpenStreetMap contributors" in network.graph["attribution"]
    for _, data in network.nodes(data=True):
        assert {"x", "y", "osm_id", "street_count"} <= set(data) and data["street_count"] > 0
        # OSMnx calls the nodes themselves so.
        assert "osmid" not in data
    streets = Counter()
    # A street counts once, whichever of its directions are there.
    sides = Counter((data["osmid"], *sorted((a, b)), data["length"], data["reversed"]) for a, b, data in network.edges(data=True))
    for way, a, b, length, backward in sides:
        if not backward or (way, a, b, length, False) not in sides:
            streets.update([a, b] * sides[way, a, b, length, backward])
    assert all(data["street_count"] == streets[node] for node, data in network.nodes(data=True))
    for a, b, data in network.edges(data=True):
        assert {"osmid", "highway", "length", "oneway", "reversed", "speed_kph", "travel_time", "geometry"} <= set(data)
        assert isinstance(data["length"], float) and isinstance(data["oneway"], bool) and isinstance(data["osmid"], int)
        line = shapely.from_wkt(data["geometry"])
        ends = [(network.nodes[node]["x"], network.nodes[node]["y"]) for node in (a, b)]
        assert [line.coords[0], line.coords[-1]] == ends
        assert abs(GEOD.geometry_length(line) - data["length"]) < 0.002
        assert abs(data["length"] / data["speed_kph"] * 3.6 - data["travel_time"]) < 0.01


def graphml_pieces_and_lengths_are_those_of_osmium(artefact):
    network, streets = graph(artefact.path), ways(artefact.source)
    used = {data["osmid"] for _, _, data in network.edges(data=True)}
    absent = set(streets) - used
    # An area is no street to walk along, and nobody may use what is closed to all.
    closed = {way for way in absent if {"access", "foot", "vehicle", "bicycle"} & set(streets[way][0])}
    rings = {way for way in absent if streets[way][1][0] == streets[way][1][-1]}
    squares = {way for way in absent if streets[way][0].get("area") == "yes"}
    squares |= {way for way in rings if "platform" in streets[way][0].values()}
    classes = {way for way in absent if streets[way][0]["highway"] == "busway"}
    assert absent <= closed | squares | classes
    assert used <= set(streets)
    barred = {data["osm_id"] for _, data in network.nodes(data=True) if "foot" in data}
    visits = Counter()
    for way in used:
        nodes = [node for node, _ in streets[way][1]]
        visits.update(nodes + [nodes[0], nodes[-1]])
    expected = Counter()
    for way in used:
        piece = []
        for node, place in streets[way][1]:
            piece.append((node, place))
            if len(piece) > 1 and (visits[node] > 1 or node in barred):
                lons, lats = zip(*(place for _, place in piece))
                expected[way, *sorted((piece[0][0], node))] += 1
                expected["length"] += GEOD.line_length(lons, lats)
                piece = piece[-1:]
    found = undirected(network)
    count = Counter()
    for (way, a, b, length), times in found.items():
        # Loops and rings have the same ends and length in both directions, and so have twins.
        count[way, a, b] += 1 if times <= 2 else times // 2
        count["length"] += length * (1 if times <= 2 else times // 2)
    assert abs(count.pop("length") - expected.pop("length")) < 0.001 * sum(expected.values())
    assert count == expected
    assert sum(count.values()) > 300


def drivable(network):
    return network.edge_subgraph(
        (a, b, key) for a, b, key, data in network.edges(keys=True, data=True) if data["car"] is True
    )


def graphml_directions_are_tagged(artefact):
    network, streets = graph(artefact.path), ways(artefact.source)
    cars = {}
    for _, _, data in network.edges(data=True):
        if data["car"]:
            cars.setdefault(data["osmid"], set()).add(data["reversed"])
    plain = 0
    for way, sides in cars.items():
        tags = streets[way][0]
        if any(key.startswith("oneway:") for key in tags):
            continue
        oneway = tags.get("oneway") or ("yes" if tags.get("junction") in ("roundabout", "circular") or tags["highway"] == "motorway" else "no")
        assert sides == {"yes": {False}, "-1": {True}, "no": {False, True}}[oneway], way
        plain += 1
    assert plain > 50


def graphml_can_be_driven(artefact):
    network = drivable(graph(artefact.path))
    largest = max(networkx.strongly_connected_components(network), key=len)
    assert len(largest) > 0.5 * len(network)
    places = sorted(largest)
    chance = random.Random(7)
    ratios = []
    for _ in range(60):
        a, b = chance.sample(places, 2)
        (ax, ay), (bx, by) = ((network.nodes[node]["x"], network.nodes[node]["y"]) for node in (a, b))
        straight = GEOD.inv(ax, ay, bx, by)[2]
        route = networkx.shortest_path_length(network, a, b, weight="length")
        assert route >= straight - 0.01
        if straight > 200:
            ratios.append(route / straight)
    ratios.sort()
    assert len(ratios) > 20 and 1.05 < ratios[len(ratios) // 2] < 3


def graphml_forbidden_turns_are_real(artefact):
    """Every sequence is a path, and lies where a restriction of the input has its members."""
    network = graph(artefact.path)
    edges = {data["edge"]: (a, b, data) for a, b, data in network.edges(data=True)}
    relations = {
        frozenset(member.ref for member in relation.members if member.role in ("from", "to"))
        for relation in osmium.FileProcessor(str(artefact.source), osmium.osm.RELATION)
        if relation.tags.get("type") == "restriction" and (relation.tags.get("restriction") or "").startswith("no_")
    }
    known = 0
    for name, (_, _, data) in edges.items():
        for entry in filter(None, data.get("forbidden", "").split(";")):
            path, modes = entry.split(" ")
            steps = [name, *map(int, path.split(">"))]
            for before, after in itertools.pairwise(steps):
                assert edges[before][1] == edges[after][0]
            assert set(modes.split("+")) <= {"car", "bicycle"}
            known += frozenset((data["osmid"], edges[steps[-1]][2]["osmid"])) in relations
    inside = {ref for members in relations for ref in members} & set(ways(artefact.source))
    assert known > 0 or not inside


ROWS = {
    "graphml": (
        graphml_has_the_attributes_of_osmnx,
        graphml_pieces_and_lengths_are_those_of_osmium,
        graphml_directions_are_tagged,
        graphml_can_be_driven,
        graphml_forbidden_turns_are_real,
    ),
}

"""What osmium finds in an extract: the judge of what mapwright exports of it."""

import gzip
import json
import tempfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

import shapely
import tools
from tools import cache


@cache
def features(source):
    """Geometry and tags of everything tagged, by `n1`, `w1`, `r1`; a closed way may be a line and an area."""
    return exported(source)


@cache
def old_style(source):
    """Polygons of relations without tags of their own, which stand on their outer ways (the old style)."""
    shapes = [shape for found in exported(source, "-n").values() if not found["tags"] for shape in found["shapes"]]
    return [polygon for shape in shapes if shape.geom_type == "MultiPolygon" for polygon in shape.geoms]


def exported(source, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        path = xml(source, Path(folder)) if ".json" in source.name else in_order(source, Path(folder))
        options = ("-f", "geojsonseq", "-x", "print_record_separator=false", "-u", "type_id")
        text = tools.run("osmium", "export", *options, *arguments, path)
    found = {}
    for line in filter(None, text.split("\n")):
        feature = json.loads(line)
        kind, number = feature["id"][0], int(feature["id"][1:])
        # osmium numbers areas: twice the way's id, or twice the relation's and one.
        key = f"{'rw'[number % 2 == 0]}{number // 2}" if kind == "a" else f"{kind}{number}"
        found.setdefault(key, {"tags": feature["properties"], "shapes": []})
        found[key]["shapes"].append(shapely.geometry.shape(feature["geometry"]))
    return found


@cache
def bounds(source):
    """The box in the header, `(west, south, east, north)`."""
    if ".json" in source.name:
        box = document(source).get("bounds")
        if box is None:
            nodes = [element for element in document(source)["elements"] if element["type"] == "node"]
            lons, lats = ([node[axis] for node in nodes] for axis in ("lon", "lat"))
            return min(lons), min(lats), max(lons), max(lats)
        return box["minlon"], box["minlat"], box["maxlon"], box["maxlat"]
    text = tools.run("osmium", "fileinfo", "-g", "header.boxes", source).strip()
    return tuple(map(float, text.strip("()").replace("(", "").replace(")", "").split(",")))


def street_names(source):
    """Names of streets that lie in the box."""
    box = shapely.box(*bounds(source))
    return {
        feature["tags"]["name"]
        for feature in features(source).values()
        if "highway" in feature["tags"] and "name" in feature["tags"]
        if any(shape.geom_type == "LineString" and shape.intersects(box) for shape in feature["shapes"])
    }


@cache
def document(source):
    data = source.read_bytes()
    return json.loads(gzip.decompress(data) if source.suffix == ".gz" else data)


def in_order(source, folder):
    """A file as osmium wants it: nodes, ways, relations, each by id; XML of other programs may be in any order."""
    if ".osm" not in source.name or source.name.endswith(".pbf"):
        return source
    path = folder / "sorted.osm.pbf"
    tools.run("osmium", "sort", source, "-o", path)
    return path


def xml(source, folder):
    """Overpass JSON as OSM XML, which osmium reads."""
    order = ("node", "way", "relation")
    elements = sorted(document(source)["elements"], key=lambda e: (order.index(e["type"]), e["id"]))
    lines = ["<osm version='0.6'>"]
    for e in elements:
        place = f" lat='{e['lat']}' lon='{e['lon']}'" if "lat" in e else ""
        lines.append(f"<{e['type']} id='{e['id']}' version='1'{place}>")
        lines += [f"<nd ref='{ref}'/>" for ref in e.get("nodes", ())]
        lines += [
            f"<member type='{m['type']}' ref='{m['ref']}' role={quoteattr(m['role'])}/>" for m in e.get("members", ())
        ]
        lines += [f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in e.get("tags", {}).items()]
        lines.append(f"</{e['type']}>")
    path = folder / "extract.osm"
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return path

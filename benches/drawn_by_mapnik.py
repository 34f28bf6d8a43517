#!/usr/bin/python3
"""Draws a GeoPackage that ogr2ogr made of OpenStreetMap data with Mapnik: land use, water, buildings, roads, names of streets.

    benches/drawn_by_mapnik.py map.gpkg map.png 2048 7.409,43.723,7.449,43.752

The box is west, south, east, north. Few rules, far fewer than the style `default` has: it is there to compare speed.
"""
import sys

import mapnik


def given(key):
    """ogr2ogr has a column for every key; where a feature lacks it, Mapnik sees null or an empty text."""
    return f"not ([{key}] = null or [{key}] = '')"


FILLS = [
    ("[natural] = 'water'", "#a9d1e2"),
    ("[landuse] = 'forest' or [natural] = 'wood'", "#b5d3a6"),
    ("[landuse] = 'residential'", "#ebe7e1"),
    ("[leisure] = 'park' or [landuse] = 'grass'", "#cce8c1"),
    (given("building"), "#d9cfc5"),
]
ROADS = [
    ("[highway] = 'motorway' or [highway] = 'trunk' or [highway] = 'primary'", "#fcd6a4", 7),
    ("[highway] = 'secondary' or [highway] = 'tertiary'", "#f7fabf", 6),
    ("[highway] = 'residential' or [highway] = 'unclassified' or [highway] = 'service'", "#ffffff", 5),
    ("[highway] = 'footway' or [highway] = 'path' or [highway] = 'steps'", "#e08070", 1),
    (given("waterway"), "#7db9d3", 2),
]


def rules(rows):
    return "".join(f"<Rule><Filter>{condition}</Filter>{symbol}</Rule>" for condition, symbol in rows)


def document(source):
    fills = rules((condition, f'<PolygonSymbolizer fill="{color}"/>') for condition, color in FILLS)
    casings = rules((condition, f'<LineSymbolizer stroke="#999999" stroke-width="{width + 2}" stroke-linejoin="round"/>') for condition, _, width in reversed(ROADS))
    roads = rules((condition, f'<LineSymbolizer stroke="{color}" stroke-width="{width}" stroke-linejoin="round"/>') for condition, color, width in reversed(ROADS))
    text = '<TextSymbolizer face-name="DejaVu Sans Book" size="11" placement="line" halo-fill="white" halo-radius="1">[name]</TextSymbolizer>'
    names = rules([(f"{given('highway')} and {given('name')}", text)])
    layers = [("multipolygons", "fills"), ("lines", "casings"), ("lines", "roads"), ("lines", "names")]
    styles = dict(fills=fills, casings=casings, roads=roads, names=names)
    return (
        '<Map srs="epsg:3857" background-color="#f6f3ee">'
        + "".join(f'<Style name="{name}">{body}</Style>' for name, body in styles.items())
        + "".join(
            f'<Layer name="{style}" srs="epsg:4326"><StyleName>{style}</StyleName><Datasource>'
            f'<Parameter name="type">ogr</Parameter><Parameter name="file">{source}</Parameter><Parameter name="layer">{layer}</Parameter>'
            "</Datasource></Layer>"
            for layer, style in layers
        )
        + "</Map>"
    )


def main():
    source, target, side, box = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    sheet = mapnik.Map(side, side)
    mapnik.load_map_from_string(sheet, document(source))
    mercator = mapnik.ProjTransform(mapnik.Projection("epsg:4326"), mapnik.Projection("epsg:3857"))
    sheet.zoom_to_box(mercator.forward(mapnik.Box2d(*map(float, box.split(",")))))
    mapnik.render_to_file(sheet, target, "png")


main()

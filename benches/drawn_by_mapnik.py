#!/usr/bin/python3
"""Draws a GeoPackage that ogr2ogr made of OpenStreetMap data with Mapnik: land use, water, buildings, roads, names of streets.

    benches/drawn_by_mapnik.py map.gpkg map.png 2048

A few rules only, fewer than any style of ours has: it is there to compare speed.
"""
import sys

import mapnik

FILLS = [
    ("[natural] = 'water'", "#a9d1e2"),
    ("[landuse] = 'forest' or [natural] = 'wood'", "#b5d3a6"),
    ("[landuse] = 'residential'", "#ebe7e1"),
    ("[leisure] = 'park' or [landuse] = 'grass'", "#cce8c1"),
    ("not ([building] = null)", "#d9cfc5"),
]
ROADS = [
    ("[highway] = 'motorway' or [highway] = 'trunk' or [highway] = 'primary'", "#fcd6a4", 7),
    ("[highway] = 'secondary' or [highway] = 'tertiary'", "#f7fabf", 6),
    ("[highway] = 'residential' or [highway] = 'unclassified' or [highway] = 'service'", "#ffffff", 5),
    ("[highway] = 'footway' or [highway] = 'path' or [highway] = 'steps'", "#e08070", 1),
    ("not ([waterway] = null)", "#7db9d3", 2),
]


def rules(rows):
    return "".join(f"<Rule><Filter>{condition}</Filter>{symbol}</Rule>" for condition, symbol in rows)


def document(source):
    fills = rules((condition, f'<PolygonSymbolizer fill="{color}"/>') for condition, color in FILLS)
    casings = rules((condition, f'<LineSymbolizer stroke="#999999" stroke-width="{width + 2}" stroke-linejoin="round"/>') for condition, _, width in reversed(ROADS))
    roads = rules((condition, f'<LineSymbolizer stroke="{color}" stroke-width="{width}" stroke-linejoin="round"/>') for condition, color, width in reversed(ROADS))
    text = '<TextSymbolizer face-name="DejaVu Sans Book" size="11" placement="line" halo-fill="white" halo-radius="1">[name]</TextSymbolizer>'
    names = rules([("not ([highway] = null) and not ([name] = null)", text)])
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
    source, target, side = sys.argv[1], sys.argv[2], int(sys.argv[3])
    sheet = mapnik.Map(side, side)
    mapnik.load_map_from_string(sheet, document(source))
    sheet.zoom_all()
    mapnik.render_to_file(sheet, target, "png")


main()

#!/usr/bin/env python3
"""A large extract out of a small one: copies of it, shifted apart, ids kept apart.

    .venv/bin/python benches/enlarge.py vancouver.osm.pbf large.osm.pbf --columns 4 --rows 3 --shift 0.093 0.0725

makes 12 copies. What lies in several copies is there several times, so the result is denser than any city.
"""
import argparse

import osmium

APART = 10**11


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--columns", type=int, default=4)
    parser.add_argument("--rows", type=int, default=3)
    parser.add_argument("--shift", type=float, nargs=2, default=(0.093, 0.0725), metavar=("LON", "LAT"))
    args = parser.parse_args()
    bounds = osmium.io.Reader(args.source, osmium.osm.osm_entity_bits.NOTHING).header().box()
    low, high = bounds.bottom_left, bounds.top_right
    copies = [(column, row) for row in range(args.rows) for column in range(args.columns)]
    header = osmium.io.Header()
    header.add_box(osmium.osm.Box(low.lon, low.lat, high.lon + args.shift[0] * (args.columns - 1), high.lat + args.shift[1] * (args.rows - 1)))
    with osmium.SimpleWriter(args.target, header=header, overwrite=True) as writer:
        # By kind and id, as every extract is.
        for kind in (osmium.osm.NODE, osmium.osm.WAY, osmium.osm.RELATION):
            for number, (column, row) in enumerate(copies):
                away = number * APART
                for thing in osmium.FileProcessor(args.source, kind):
                    if thing.is_node():
                        place = (thing.location.lon + args.shift[0] * column, thing.location.lat + args.shift[1] * row)
                        writer.add_node(thing.replace(id=thing.id + away, location=place))
                    elif thing.is_way():
                        writer.add_way(thing.replace(id=thing.id + away, nodes=[node.ref + away for node in thing.nodes]))
                    else:
                        members = [(member.type, member.ref + away, member.role) for member in thing.members]
                        writer.add_relation(thing.replace(id=thing.id + away, members=members))


main()

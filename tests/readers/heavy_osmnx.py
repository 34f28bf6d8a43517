"""Does with a street network what people do in OSMnx, in a process of its own: load, count, simplify, consolidate, route, save."""

import json
import sys
import tempfile
from pathlib import Path

VERSION = (sys.executable, "-c", "import osmnx; print(osmnx.__version__)")


def ask(read, path):
    """How many nodes and edges are left after each step, and what OSMnx itself counts and measures."""
    return json.loads(read(sys.executable, __file__, path).splitlines()[-1])


def work(path):
    import osmnx

    network = osmnx.load_graphml(path)
    counted = osmnx.stats.count_streets_per_node(network)
    simple = osmnx.simplify_graph(network)
    merged = osmnx.consolidate_intersections(osmnx.project_graph(simple), tolerance=10)
    core = osmnx.truncate.largest_component(network, strongly=True)
    nodes = sorted(core)
    routes = [osmnx.shortest_path(core, nodes[0], nodes[-1], weight=weight) for weight in ("length", "travel_time")]
    osmnx.add_edge_speeds(network)
    with tempfile.TemporaryDirectory() as folder:
        for row, graph in enumerate((network, simple, merged)):
            osmnx.save_graph_geopackage(graph, Path(folder) / f"{row}.gpkg")
            osmnx.save_graphml(graph, Path(folder) / f"{row}.graphml")
            again = osmnx.load_graphml(Path(folder) / f"{row}.graphml")
            assert (len(again), len(again.edges)) == (len(graph), len(graph.edges))
    # Two one-way streets between the same nodes are one to OSMnx.
    alike = sum(counted[node] == data["street_count"] for node, data in network.nodes(data=True))
    return {
        "nodes": len(network),
        "edges": len(network.edges),
        "metres": round(sum(data["length"] for *_, data in network.edges(data=True))),
        "street_counts_alike": round(alike / len(network), 3),
        "simplified": len(simple),
        "consolidated": len(merged),
        "route": min(map(len, routes)),
    }


if __name__ == "__main__":
    print(json.dumps(work(sys.argv[1])))

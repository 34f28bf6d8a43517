"""What GeoJSON of the same map says, for formats whose features stand in layers or in an order of their own."""

import json
from functools import cache

import core_table
import numpy
import shapely
import test_dataset


@cache
def features(path):
    """Geometry and properties by main layer and element: `("roads", "w1")`."""
    found = {}
    for feature in core_table.features(path):
        shape = shapely.geometry.shape(feature["geometry"])
        found[feature["properties"]["layer"], feature["id"]] = (shape, feature["properties"])
    assert len(found) == len(core_table.features(path)) > 500
    return found


def truth(artefact):
    return features(artefact.sibling("geojson").path)


def layers(artefact):
    """The elements of each layer, where an element stands in each of its layers."""
    found = {}
    for (layer, element), (_, properties) in truth(artefact).items():
        for name in [layer, *filter(None, properties.get("also", "").split(","))]:
            found.setdefault(name, set()).add(element)
    return found


def in_their_layers(artefact, found):
    """`found`, pairs of layer and element: all of the main layers, and of the others those whose one place is on the map."""
    wanted = {(layer, element) for layer, elements in layers(artefact).items() for element in elements}
    assert set(truth(artefact)) <= set(found) <= wanted
    assert len(wanted) - len(found) < len(wanted) / 40 and len(found) > len(truth(artefact))


def alike(ours, theirs, tolerance=1e-9):
    """The same geometries, wherever their rings and parts begin."""
    ours, theirs = numpy.array(ours, dtype=object), numpy.array(theirs, dtype=object)
    assert len(ours) == len(theirs) > 500
    same = shapely.equals_exact(shapely.normalize(ours), shapely.normalize(theirs), tolerance=tolerance)
    assert same.all(), [(ours[row].wkt[:200], theirs[row].wkt[:200]) for row in numpy.flatnonzero(~same)[:3]]
    assert numpy.allclose(shapely.total_bounds(ours), shapely.total_bounds(theirs), atol=1e-9)
    for measure in (shapely.area, shapely.length):
        assert numpy.isclose(measure(ours).sum(), measure(theirs).sum(), rtol=1e-9) and measure(ours).sum() > 0


def said(properties, wanted, tags="tags"):
    """Properties of a feature are those of GeoJSON: values that are there, typed, tags whole."""
    own = {key: value for key, value in properties.items() if value not in (None, "")}
    text = own.pop(tags)
    assert (json.loads(text) if isinstance(text, str) else text) == wanted["tags"]
    other = {key: value for key, value in wanted.items() if key not in ("tags", "layer", "also") and value not in (None, "")}
    own = {key: value for key, value in own.items() if key in other or key not in ("layer", "also")}
    assert own == other


def the_whole_map(artefact, found):
    """`found`, by layer and element: geometry and properties. Main layers say what GeoJSON says; the others hold elements again."""
    wanted = truth(artefact)
    in_their_layers(artefact, found)
    alike([found[key][0] for key in wanted], [wanted[key][0] for key in wanted])
    for key, (_, properties) in wanted.items():
        said(found[key][1], properties)
    names = {properties.get("name") for _, properties in found.values()}
    assert test_dataset.NAMES[artefact.extract] in names


def once(artefact, found):
    """The same for formats that hold each element once, in the order of GeoJSON or their own."""
    wanted = truth(artefact)
    assert set(found) == set(wanted)
    alike([found[key][0] for key in wanted], [wanted[key][0] for key in wanted])
    for key, (_, properties) in wanted.items():
        also = {"also": properties["also"]} if properties.get("also") else {}
        assert {key: value for key, value in found[key][1].items() if key == "also" and value} == also
        said(found[key][1], properties)
    assert test_dataset.NAMES[artefact.extract] in {properties.get("name") for _, properties in found.values()}

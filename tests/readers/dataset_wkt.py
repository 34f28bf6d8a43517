"""Lines of geometry: shapely reads them, and they are those of GeoJSON in the same order."""

import struct

import core_table
import dataset_truth
import shapely


def lines(artefact):
    text = artefact.path.read_text(encoding="ascii")
    assert text.endswith("\n")
    return text.removesuffix("\n").split("\n")


def geojson(artefact):
    features = core_table.features(artefact.sibling("geojson").path)
    return [shapely.geometry.shape(feature["geometry"]) for feature in features]


def wkt_is_the_geometry_of_geojson(artefact):
    dataset_truth.alike(shapely.from_wkt(lines(artefact)), geojson(artefact))


def ewkt_says_the_system(artefact):
    heads, texts = zip(*(line.split(";") for line in lines(artefact)))
    assert set(heads) == {"SRID=4326"}
    dataset_truth.alike(shapely.from_wkt(texts), geojson(artefact))


def wkb_is_the_geometry_of_geojson(artefact):
    shapes = shapely.from_wkb(lines(artefact))
    assert set(shapely.get_srid(shapes)) == {0}
    dataset_truth.alike(shapes, geojson(artefact), tolerance=0)


def wkb_is_what_shapely_writes(artefact):
    """Byte by byte: little endian, no flags of EWKB."""
    ours = lines(artefact)
    assert ours == list(shapely.to_wkb(shapely.from_wkb(ours), hex=True, byte_order=1, output_dimension=2))
    assert {struct.unpack("<I", bytes.fromhex(line[2:10]))[0] for line in ours} >= {1, 2, 3}


ROWS = {
    "wkt": (wkt_is_the_geometry_of_geojson,),
    "ewkt": (ewkt_says_the_system,),
    "wkb": (wkb_is_the_geometry_of_geojson, wkb_is_what_shapely_writes),
}

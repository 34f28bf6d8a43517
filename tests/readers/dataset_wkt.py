"""Lines of geometry: shapely reads them, and they are those of GeoJSON in the same order."""

import struct

import shapely
import truth


def lines(artefact):
    text = artefact.path.read_text(encoding="ascii")
    assert text.endswith("\n")
    return text.removesuffix("\n").split("\n")


def wkt_is_the_geometry_of_geojson(artefact):
    truth.alike(shapely.from_wkt(lines(artefact)), truth.of(artefact).shapes)


def ewkt_says_the_system(artefact):
    heads, texts = zip(*(line.split(";") for line in lines(artefact)))
    assert set(heads) == {"SRID=4326"}
    truth.alike(shapely.from_wkt(texts), truth.of(artefact).shapes)


def wkb_is_the_geometry_of_geojson(artefact):
    shapes = shapely.from_wkb(lines(artefact))
    assert set(shapely.get_srid(shapes)) == {0}
    truth.alike(shapes, truth.of(artefact).shapes, tolerance=0)


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

"""Writes crs.csv: places, and where PROJ puts them in many coordinate reference systems.

    python tests/data/crs.py

Columns: code, longitude, latitude, x, y, how many metres another program may be off, method. Points lie inside the area of
use of each code. Run with pyproj 3.7 (PROJ 9.5) and without its grids.
"""

from pathlib import Path

from pyproj import CRS, Transformer

# Codes whose datum PROJ ties to WGS 84 by the same numbers as we do: a millimetre.
EXACT = """
2046 2048 2054 2056 2100 2154 2163 2172 2180 2193 2326 2443 2451 3005 3006 3031 3034 3035 3057 3059 3067 3112
3120 3123 3275 3301 3338 3346 3347 3349 3375 3376 3377 3395 3408 3410 3413 3414 3460 3571 3577 3763 3765 3794
3812 3826 3832 3857 3978 3993 3994 3995 4087 4258 4269 4326 4490 4547 4674 4839 5041 5042 5070 5179 5186 5243
5247 5530 5641 5842 5880 5936 6350 6668 6677 6931 6933 7801 7856 8352 8353 8857 8859 20007 20437 21781 22195
22392 23700 25829 25830 25831 25832 25833 25835 26191 26910 26918 26931 26941 27561 27572 28193 28356 30169
31287 31300 31370 31466 31467 31600 31983 32601 32628 32632 32635 32651 32660 32661 32662 32733 32756 32761
"""

# Places of codes on old datums, which PROJ may shift another way, and how many metres apart that is.
OLD = (
    (2039, 34.8, 32.08, 10.0),
    (3003, 11.25, 43.77, 0.001),
    (3106, 90.0, 24.0, 0.1),
    (5347, -58.4, -34.6, 1.0),
    (5514, 14.42, 50.08, 10.0),
    (20790, -9.14, 38.72, 2.0),
    (22235, 28.0, -26.0, 0.001),
    (27700, -3.0, 58.0, 0.01),
    (27700, -0.12, 51.5, 0.01),
    (28191, 35.2, 31.8, 0.001),
    (28407, 37.6, 55.75, 1.0),
    (28992, 4.9, 52.37, 0.01),
    (29873, 114.0, 4.0, 0.001),
    (29902, -6.26, 53.35, 0.1),
    (31256, 16.37, 48.2, 0.001),
)

# Where in the area of use points lie, as parts of its width and height.
PARTS = ((0.5, 0.5), (0.25, 0.3), (0.7, 0.8))


def inside(code):
    west, south, east, north = CRS.from_epsg(code).area_of_use.bounds
    east += 360 if east < west else 0
    for across, up in PARTS:
        longitude = west + (east - west) * across
        yield longitude - 360 if longitude > 180 else longitude, south + (north - south) * up


def rows():
    places = [(code, *place, 0.001) for code in map(int, EXACT.split()) for place in inside(code)]
    for code, longitude, latitude, metres in sorted([*places, *OLD]):
        longitude, latitude = round(longitude, 6), round(latitude, 6)
        x, y = Transformer.from_crs("EPSG:4326", code, always_xy=True).transform(longitude, latitude)
        operation = CRS.from_epsg(code).coordinate_operation
        method = operation.method_name if operation else "degrees"
        digits = 9 if operation is None else 4
        yield f"{code},{longitude},{latitude},{x:.{digits}f},{y:.{digits}f},{metres:g},{method}"


if __name__ == "__main__":
    lines = ["code,longitude,latitude,x,y,metres,method", *rows()]
    (Path(__file__).parent / "crs.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

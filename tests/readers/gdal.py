"""All layers of a file as GDAL reads them. The file is read once: opened anew for every layer, one of forty is parsed forty times."""

import ctypes
import itertools
from functools import cache
from pathlib import Path

import numpy
import pyogrio
import shapely
import tools

COPIES = itertools.count()


class Table:
    """Rows of a layer: columns by name, their types, shapes as GEOS has them."""

    def __init__(self, columns, shapes, meta=None):
        self.columns, self.shapes, self.meta = columns, numpy.asarray(shapes, dtype=object), meta or {}

    def __len__(self):
        return len(self.shapes)

    def kept(self, rows):
        """Some of its rows."""
        return Table({name: values[rows] for name, values in self.columns.items()}, self.shapes[rows], self.meta)

    def rows(self):
        """Each as a dictionary."""
        return [dict(zip(self.columns, values)) for values in zip(*map(list, self.columns.values()))]


def of_frame(frame, shapes):
    """A table of pandas."""
    return Table({name: frame[name].to_numpy() for name in frame}, shapes)


def names(path):
    return [name for name, kind in pyogrio.list_layers(path) if kind is not None]


def read(path, name, **options):
    """One layer."""
    meta, _, geometry, fields = pyogrio.raw.read(path, layer=name, **options)
    return Table(dict(zip(meta["fields"], fields)), shapely.force_2d(shapely.from_wkb(geometry)), meta)


def tables(path):
    """Layers of a database, which hands out each by itself."""
    return {name: read(path, name) for name in names(path)}


@tools.once
def layers(path):
    """Layers of a document: GDAL, with which pyogrio comes, copies them all in one go into a database in memory."""
    copy = f"/vsimem/{next(COPIES)}.gpkg"
    library().copy(path, copy)
    found = tables(copy)
    library().VSIUnlink(copy.encode())
    return found


@cache
def library():
    (path,) = (Path(pyogrio.__file__).parents[1] / "pyogrio.libs").glob("libgdal*")
    return Library(ctypes.CDLL(path))


class Library:
    """What of GDAL's C interface (gdal_utils.h) pyogrio does not hand on."""

    def __init__(self, dll):
        pointer, text = ctypes.c_void_p, ctypes.c_char_p
        for name, result, arguments in (
            ("GDALOpenEx", pointer, [text, ctypes.c_uint, pointer, pointer, pointer]),
            ("GDALVectorTranslateOptionsNew", pointer, [ctypes.POINTER(text), pointer]),
            ("GDALVectorTranslateOptionsFree", None, [pointer]),
            ("GDALVectorTranslate", pointer, [text, pointer, ctypes.c_int, ctypes.POINTER(pointer), pointer, pointer]),
            ("GDALClose", ctypes.c_int, [pointer]),
            ("VSIUnlink", ctypes.c_int, [text]),
        ):
            function = getattr(dll, name)
            function.restype, function.argtypes = result, arguments
            setattr(self, name, function)

    def copy(self, source, target):
        words = [b"-f", b"GPKG", b"-lco", b"FID=fid_of_the_copy", b"-lco", b"SPATIAL_INDEX=NO"]
        options = self.GDALVectorTranslateOptionsNew((ctypes.c_char_p * (len(words) + 1))(*words, None), None)
        vector_and_loud = 4 | 64
        opened = self.GDALOpenEx(str(source).encode(), vector_and_loud, None, None, None)
        assert opened, source
        fault = ctypes.c_int(0)
        made = self.GDALVectorTranslate(target.encode(), None, 1, (ctypes.c_void_p * 1)(opened), options, ctypes.byref(fault))
        assert made and not fault.value, source
        for dataset in (made, opened):
            self.GDALClose(dataset)
        self.GDALVectorTranslateOptionsFree(options)

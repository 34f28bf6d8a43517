"""Where the rows of formats stand: in the module of their pack, `test_cad.py`, and in modules of their own, `cad_x.py`."""

import importlib
from pathlib import Path
from tools import cache

NAMES = ("cad", "core", "dataset", "drawing", "pictures", "print", "solid")


@cache
def table(pack, name):
    """A table of a pack, format → row: `ROWS` has its checks, `CREDITS` what finds the credit, `PLACES` how it was made."""
    own = sorted(path.stem for path in Path(__file__).parent.glob(f"{pack}_*.py"))
    modules = [importlib.import_module(module) for module in (f"test_{pack}", *own)]
    rows = [row for module in modules for row in getattr(module, name, {}).items()]
    assert len(dict(rows)) == len(rows), f"{name} of {pack} has two rows for one format"
    return dict(rows)


def tables(name):
    """The same of all packs."""
    return {format: row for pack in NAMES for format, row in table(pack, name).items()}

"""Finds the exported files and runs each format's checks on them."""

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import packs
import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Artefact:
    """An exported file: of which extract, through which door (native or wasm), in which format."""

    extract: str
    door: str
    format: str
    path: Path
    notes: tuple

    def sibling(self, format):
        """The same map in another format, through the same door; where only some formats were made by it, natively."""
        found = [other for other in artefacts() if (other.extract, other.format) == (self.extract, format)]
        return next((other for other in found if other.door == self.door), None) or next(iter(found))

    @property
    def source(self):
        """The extract it was made from."""
        return ROOT / extracts()[self.extract]


@cache
def extracts():
    if "MAPWRIGHT_EXTRACTS" not in os.environ:
        raise pytest.UsageError("MAPWRIGHT_EXTRACTS is not set; run `npm test`")
    return json.loads(os.environ["MAPWRIGHT_EXTRACTS"])


@cache
def artefacts():
    if "MAPWRIGHT_OUT" not in os.environ:
        raise pytest.UsageError("MAPWRIGHT_OUT is not set; run `npm test`")
    out = Path(os.environ["MAPWRIGHT_OUT"])
    rows = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return tuple(
        Artefact(row["extract"], row["door"], row["format"], out / row["file"], tuple(map(str, row["notes"])))
        for row in rows
    )


@cache
def distinct():
    """The files to be read: of two doors that made the same bytes, as tests/npm/compare.mjs counts, the first alone."""
    seen = {}
    for artefact in artefacts():
        digest = hashlib.sha256(artefact.path.read_bytes()).digest()
        seen.setdefault((artefact.extract, artefact.format, tuple(sorted(artefact.notes)), digest), artefact)
    return tuple(seen.values())


def pytest_generate_tests(metafunc):
    """`test_reader(artefact, check)` of a pack becomes one test for every file and every check in its row."""
    if {"artefact", "check"} <= set(metafunc.fixturenames):
        rows = packs.table(metafunc.module.__name__.removeprefix("test_"), "ROWS")
        cases = [(artefact, check) for artefact in distinct() for check in rows.get(artefact.format, ())]
        names = [f"{a.extract}-{a.door}-{a.format}-{check.__name__}" for a, check in cases]
        metafunc.parametrize(("artefact", "check"), cases, ids=names)

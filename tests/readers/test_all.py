"""That the readers are there, that every format has a row, and that nothing is missing among the files."""

import shutil
from itertools import product

import conftest
import packs
import pytest
import tools


@pytest.mark.parametrize("program", sorted(tools.PACKAGES))
def test_program_is_installed(program):
    assert shutil.which(program), f"{program} is missing: apt-get install {tools.PACKAGES[program]}"


def test_every_format_has_a_row():
    rows = packs.tables("ROWS")
    assert sorted(rows) == sorted({artefact.format for artefact in conftest.artefacts()})
    assert [format for format, checks in rows.items() if not checks] == []


def test_every_extract_went_through_every_format_and_door():
    files = {(artefact.extract, artefact.door, artefact.format) for artefact in conftest.artefacts()}
    extracts, doors, formats = (sorted({file[i] for file in files}) for i in range(3))
    assert extracts == sorted(conftest.extracts())
    assert doors == ["native", "wasm"]
    assert files == set(product(extracts, doors, formats))


def test_no_file_is_empty():
    assert [str(artefact.path) for artefact in conftest.artefacts() if artefact.path.stat().st_size < 100] == []

"""LibreOffice opens workbooks and saves every sheet as CSV: rows, headings, names."""

import csv
import tempfile
from pathlib import Path

import core_table
import truth

VERSION = ("soffice", "--version")
# Commas, quotation marks, UTF-8, cells as they are shown, all sheets (the last field).
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def ask(read, artefact):
    """What LibreOffice finds in every sheet."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        read("soffice", profile, "--headless", "--convert-to", FILTER, "--outdir", folder, artefact.path)
        sheets = {}
        for path in Path(folder).glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                sheets[path.stem.removeprefix(f"{artefact.path.stem}-")] = list(csv.reader(file))
    about = {row[0]: row[1] for row in sheets.pop("About")}
    counts = {name: len(rows) - 1 for name, rows in sheets.items()}
    assert counts == {name: int(about[name]) for name in counts} and len(counts) > 12
    assert about["Source"] == "© OpenStreetMap contributors, ODbL"
    names = {row[rows[0].index("name")] for rows in sheets.values() if "name" in rows[0] for row in rows[1:]}
    assert truth.NAMES[artefact.extract] in names
    assert {row["name"] for row in core_table.rows(artefact.sibling("csv").path)} - {""} <= names
    cells = {cell for rows in sheets.values() for row in rows for cell in row}
    assert not cells & {"#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#N/A", "#NUM!"}
    return {"sheets": len(counts), "rows": sum(counts.values())}

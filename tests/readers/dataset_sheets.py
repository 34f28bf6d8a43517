"""Workbooks: openpyxl, pandas and odfpy find in every sheet what GeoJSON says of its elements."""

import json
import zipfile

import dataset_json
import openpyxl
import pandas
import pyogrio
import shapely
import truth
from lxml import etree
from odf import opendocument, table, text
from tools import cache

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
LINK = "{http://www.w3.org/1999/xlink}href"


def the_map(artefact, sheets):
    """`sheets`, by name: rows as dictionaries, with what the link leads to."""
    wanted, found = truth.of(artefact), []
    for name, rows in sheets.items():
        for row in rows:
            row = {key: value for key, value in row.items() if value is not None}
            place = shapely.Point(row.pop("lon"), row.pop("lat"))
            kind = {"n": "node", "w": "way", "r": "relation"}[row["osm_type"]]
            assert row.pop("link") == f"https://www.openstreetmap.org/{kind}/{row['osm_id']}"
            found.append((truth.key(name, row), place, row))
    ours = truth.found(found)
    truth.in_their_layers(artefact, ours.keys)
    truth.same_fields(artefact, ours)
    row = ours.row()
    for key, place in wanted.row.items():
        for name in set(ours.said[row[key]]) & set(wanted.said[place]) - {"tags"}:
            value = ours.said[row[key]][name]
            assert isinstance(value, bool) == isinstance(wanted.said[place][name], bool), (name, value)
    places = ours.shapes[[row[key] for key in wanted.row]]
    assert (shapely.distance(places, wanted.shapes) < 2e-7).all()


def about_says(facts, sheets):
    assert facts["Source"] == dataset_json.CREDIT and facts["Made with"].startswith("mapwright ")
    assert {name: facts[name] for name in sheets} == {name: len(rows) for name, rows in sheets.items()}


@cache
def workbook(path):
    book = openpyxl.load_workbook(path)
    sheets = {}
    for sheet in book.worksheets[1:]:
        head, *body = sheet.iter_rows()
        names = [cell.value for cell in head]
        assert all(cell.font.b for cell in head) and sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions and sheet.sheet_state == "visible"
        assert all(sheet.column_dimensions[cell.column_letter].width >= 10 for cell in head)
        sheets[sheet.title] = []
        for cells in body:
            assert all(cell.data_type in "nsbi" for cell in cells), "no cell is a formula"
            row = dict(zip(names, (cell.value for cell in cells)))
            link = cells[names.index("link")]
            if link.value is not None:
                assert link.hyperlink.target == link.value
            sheets[sheet.title].append(row)
    return book, sheets


def xlsx_is_the_map(artefact):
    the_map(artefact, workbook(artefact.path)[1])


def xlsx_about(artefact):
    book, sheets = workbook(artefact.path)
    first = book.worksheets[0]
    assert first.title == "About" and len(book.sheetnames) == len(set(map(str.lower, book.sheetnames))) == len(sheets) + 1
    facts = {title: value for title, value in first.iter_rows(min_col=1, max_col=2, values_only=True)}
    about_says(facts, sheets)
    links = {cell.value: cell.hyperlink.location for (cell,) in first.iter_rows(max_col=1) if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in sheets}
    properties = book.properties
    assert properties.creator == "OpenStreetMap contributors" and dataset_json.CREDIT in properties.description


def xlsx_is_read_by_gdal(artefact):
    _, sheets = workbook(artefact.path)
    assert [name for name, _ in pyogrio.list_layers(artefact.path)] == ["About", *sheets]
    for name in ("buildings_area", "roads_line"):
        info = pyogrio.read_info(artefact.path, layer=name, force_feature_count=True)
        kinds = dict(zip(info["fields"], info["dtypes"]))
        assert info["driver"] == "XLSX" and info["features"] == len(sheets[name])
        assert kinds["osm_id"].startswith("int") and (kinds["lon"], kinds["name"]) == ("float64", "object")


def xlsx_parts_are_well_formed(artefact):
    with zipfile.ZipFile(artefact.path) as file:
        assert file.testzip() is None and file.namelist()[0] == "[Content_Types].xml"
        parts = {name: etree.fromstring(file.read(name)) for name in file.namelist()}
    types = {part.get("PartName", "").lstrip("/") for part in parts["[Content_Types].xml"]}
    assert {name for name in parts if name.startswith(("xl/worksheets/sheet", "docProps"))} <= types


@cache
def document(path):
    """Sheets of OpenDocument: rows by name, values by what their type says."""
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        first = file.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert file.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        root = etree.fromstring(file.read("content.xml"))
    sheets = {}
    for sheet in root.iter(f"{TABLE}table"):
        rows = [[value(cell) for cell in row.iter(f"{TABLE}table-cell")] for row in sheet.iter(f"{TABLE}table-row")]
        sheets[sheet.get(f"{TABLE}name")] = rows
    assert [cell for cell in root.iter(f"{TABLE}table-cell") if cell.get(f"{TABLE}formula")] == []
    return root, sheets


def value(cell):
    kind = cell.get(f"{OFFICE}value-type")
    if kind == "float":
        number = float(cell.get(f"{OFFICE}value"))
        return int(number) if number.is_integer() else number
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    if kind is None:
        return None
    assert kind == "string"
    return "\n".join(map(line, cell.iter(f"{TEXT}p")))


def line(paragraph):
    out = paragraph.text or ""
    for part in paragraph:
        name = etree.QName(part).localname
        out += {"s": " " * int(part.get(f"{TEXT}c", 1)), "tab": "\t", "a": part.text or ""}[name] + (part.tail or "")
    return out


def tables_of(path):
    named = dict(document(path)[1])
    about = named.pop("About")
    return about, {name: [dict(zip(rows[0], row)) for row in rows[1:]] for name, rows in named.items()}


def ods_is_the_map(artefact):
    about, sheets = tables_of(artefact.path)
    the_map(artefact, sheets)
    about_says(dict(about), sheets)
    links = [link.get(LINK) for link in document(artefact.path)[0].iter(f"{TEXT}a")]
    assert sum(target.startswith("https://www.openstreetmap.org/") for target in links) > sum(map(len, sheets.values()))


def ods_is_read_by_odfpy(artefact):
    if artefact.extract == "helsinki":
        return
    _, sheets = tables_of(artefact.path)
    book = opendocument.load(artefact.path)
    found = {sheet.getAttribute("name"): sheet for sheet in book.spreadsheet.getElementsByType(table.Table)}
    assert list(found) == ["About", *sheets]
    rows = found["roads_line"].getElementsByType(table.TableRow)
    assert len(rows) == len(sheets["roads_line"]) + 1
    first = rows[0].getElementsByType(table.TableCell)
    assert "".join(str(node) for node in first[0].getElementsByType(text.P)) == "osm_id"
    frame = pandas.read_excel(artefact.path, sheet_name="roads_line", engine="odf")
    assert frame["osm_id"].dtype == "int64" and frame["lon"].dtype == "float64"
    assert set(frame["name"].dropna()) == {row["name"] for row in sheets["roads_line"] if row["name"]}


def ods_is_read_by_gdal(artefact):
    _, sheets = tables_of(artefact.path)
    assert [name for name, _ in pyogrio.list_layers(artefact.path)] == ["About", *sheets]
    info = pyogrio.read_info(artefact.path, layer="roads_line", force_feature_count=True)
    kinds = dict(zip(info["fields"], info["dtypes"]))
    assert info["driver"] == "ODS" and info["features"] == len(sheets["roads_line"])
    assert kinds["osm_id"].startswith("int") and (kinds["lon"], kinds["name"]) == ("float64", "object")


def ods_meta(path):
    with zipfile.ZipFile(path) as file:
        return etree.fromstring(file.read("meta.xml"))


ROWS = {
    "ods": (ods_is_the_map, ods_is_read_by_odfpy, ods_is_read_by_gdal),
    "xlsx": (xlsx_is_the_map, xlsx_about, xlsx_is_read_by_gdal, xlsx_parts_are_well_formed),
}
CREDITS = {
    "ods": lambda path: ods_meta(path).findtext(".//{http://purl.org/dc/elements/1.1/}description"),
    "xlsx": lambda path: openpyxl.load_workbook(path, read_only=True).properties.description,
}
PLACES = {
    "ods": lambda path: json.loads(ods_meta(path).findtext(".//{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}user-defined")),
    "xlsx": lambda path: json.loads(list(openpyxl.load_workbook(path, read_only=True)["About"].values)[-1][1]),
}

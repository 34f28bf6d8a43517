"""Versions of PDF: what their standards want, each clause with a file that breaks it; and objects of features."""

import io
import re

import pikepdf
import reference
import test_drawing as drawing
from PIL import ImageCms
from tools import cache


@cache
def operators(path):
    with pikepdf.open(path) as pdf:
        return frozenset(str(instruction.operator) for instruction in pikepdf.parse_content_stream(pdf.pages[0]))


def fonts(pdf):
    return [font.DescendantFonts[0] for font in pdf.pages[0].Resources.get("/Font", {}).values()], list(pdf.pages[0].Resources.get("/Font", {}).values())


def profile(pdf):
    """The profile of the output intent, as Little CMS opens it."""
    (intent,) = pdf.Root.OutputIntents
    data = intent.DestOutputProfile.read_bytes()
    return intent, ImageCms.ImageCmsProfile(io.BytesIO(data)).profile


def version(pdf, wanted):
    assert pdf.pdf_version == wanted


def identified(pdf):
    assert len(pdf.trailer.ID) == 2 and len(bytes(pdf.trailer.ID[0])) == 16
    assert not pdf.is_encrypted


def quiet(pdf):
    assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys()) and "/JavaScript" not in pdf.Root.get("/Names", {})


def embedded(pdf):
    descendants, whole = fonts(pdf)
    assert descendants
    for font in descendants:
        assert {"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())
    assert all("/ToUnicode" in font for font in whole)


def srgb(pdf):
    intent, found = profile(pdf)
    assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
    assert (found.xcolor_space.strip(), found.device_class.strip()) == ("RGB", "mntr")


def archive(pdf):
    packet = pdf.Root.Metadata.read_bytes().decode()
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "2U"
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"]) and metadata["pdf:Producer"] == str(pdf.docinfo["/Producer"])
        assert metadata["dc:description"] == str(pdf.docinfo["/Subject"])
    assert "/Filter" not in pdf.Root.Metadata
    # Properties of no published schema are described.
    assert re.search(r"<pdfaSchema:namespaceURI>urn:mapwright:<", packet) and "<pdfaProperty:name>provenance<" in packet


def layered(pdf):
    """Optional content: one view with a name that lists every layer, and no automatic states."""
    groups = pdf.Root.OCProperties
    assert str(groups.D.Name) and "/AS" not in groups.D and "/Configs" not in groups
    assert sorted(drawing.nested(groups.D.Order)) == sorted(str(group.Name) for group in groups.OCGs)


def unset(*names):
    def change(pdf):
        holder = pdf.Root
        for name in names[:-1]:
            holder = holder[name]
        del holder[names[-1]]

    return change


def without_font_file(pdf):
    descriptor = fonts(pdf)[0][0].FontDescriptor
    for name in ("/FontFile2", "/FontFile3"):
        if name in descriptor:
            del descriptor[name]


def without_unicode(pdf):
    del fonts(pdf)[1][0].ToUnicode


def other_title(pdf):
    pdf.docinfo["/Title"] = "Another"


def other_profile(pdf):
    pdf.Root.OutputIntents[0].S = pikepdf.Name("/GTS_PDFX")


def with_script(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.beep()")


def with_states(pdf):
    pdf.Root.OCProperties.D.AS = pikepdf.Array()


# ISO 19005-2: the clause, its check, and what breaks it.
ARCHIVE = (
    ("6.1.3 trailer", identified, lambda pdf: pdf.trailer.__delitem__("/ID")),
    ("6.2.3 output intent", srgb, other_profile),
    ("6.2.11.4 fonts are embedded", embedded, without_font_file),
    ("6.2.11.7 text has its way back to Unicode", embedded, without_unicode),
    ("6.5 no actions", quiet, with_script),
    ("6.6 metadata", archive, other_title),
    ("6.6 metadata are there", archive, unset("/Metadata")),
    ("6.9 optional content", layered, with_states),
)


def press(pdf):
    intent, found = profile(pdf)
    assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFX", 4)
    assert (found.xcolor_space.strip(), found.device_class.strip()) == ("CMYK", "prtr")
    assert str(intent.OutputConditionIdentifier) and str(intent.Info)
    # There and back through the profile, colours stay what they are.
    assert str(pdf.pages[0].Group.CS) == "/DeviceCMYK"


def press_metadata(pdf):
    with pdf.open_metadata() as metadata:
        assert metadata["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
        assert metadata["pdf:Trapped"] == "False" and metadata["xmpMM:DocumentID"].startswith("uuid:")
        assert metadata["xmpMM:RenditionClass"] == "default" and metadata["dc:title"] and metadata["xmp:MetadataDate"]
    assert str(pdf.docinfo["/Trapped"]) == "/False" and pdf.docinfo["/CreationDate"]


def boxed(pdf):
    page = pdf.pages[0]
    media, bleed, trim = ([float(side) for side in page[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox"))
    assert all(a <= b for a, b in zip(media[:2] + bleed[:2], bleed[:2] + trim[:2]))
    assert all(a >= b for a, b in zip(media[2:] + bleed[2:], bleed[2:] + trim[2:]))


def without_trim(pdf):
    del pdf.pages[0].TrimBox


def rgb_group(pdf):
    pdf.pages[0].Group.CS = pikepdf.Name("/DeviceRGB")


# ISO 15930-7.
PRESS = (
    ("6.2 trailer", identified, lambda pdf: pdf.trailer.__delitem__("/ID")),
    ("6.2.2 output intent", press, lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    ("6.3 transparency", press, rgb_group),
    ("6.5 fonts", embedded, without_font_file),
    ("6.13 boxes", boxed, without_trim),
    ("6.16 optional content", layered, with_states),
    ("6.17 metadata", press_metadata, unset("/Metadata")),
)


def fulfils(clauses):
    def check(artefact):
        with pikepdf.open(artefact.path) as pdf:
            for clause, holds, _ in clauses:
                holds(pdf)

    check.__name__ = "fulfils_its_standard"
    return check


def caught(clauses):
    def check(artefact):
        if artefact.extract != "moscow" or artefact.door != "native":
            return
        for clause, holds, breaks in clauses:
            with pikepdf.open(artefact.path) as pdf:
                breaks(pdf)
                try:
                    holds(pdf)
                except (AssertionError, AttributeError, KeyError, ValueError):
                    continue
            raise AssertionError(f"{clause} holds of a file that breaks it")

    check.__name__ = "checks_see_what_breaks_it"
    return check


def archive_has_one_kind_of_colour(artefact):
    assert not {"k", "K"} & operators(artefact.path) and {"rg", "RG"} & operators(artefact.path)


def press_has_one_kind_of_colour(artefact):
    assert not {"rg", "RG"} & operators(artefact.path) and {"k", "K"} & operators(artefact.path)
    with pikepdf.open(artefact.path) as pdf:
        version(pdf, "1.6")


# -- Objects


def geopdf_objects(path):
    """Layers with the properties of their objects, and the numbers under which the content has these."""
    layers = {}
    with pikepdf.open(path) as pdf:
        root = pdf.Root.StructTreeRoot
        parents = root.ParentTree.Nums[1]
        for layer in root.K:
            rows = []
            for element in layer.K:
                assert parents[int(element.K)].objgen == element.objgen
                assert str(element.A.O) == "/UserProperties"
                rows.append({str(row.N): str(row.V) for row in element.A.P} | {"number": int(element.K)})
            layers[str(layer.T)] = rows
        marks = [instruction.operands for instruction in pikepdf.parse_content_stream(pdf.pages[0], "BDC")]
        numbers = [int(mark[1].MCID) for mark in marks if str(mark[0]) == "/Feature"]
    assert sorted(numbers) == sorted(row["number"] for rows in layers.values() for row in rows)
    return layers


def geopdf_has_objects(artefact):
    layers = geopdf_objects(artefact.path)
    names = dict(drawing.objects(artefact))
    assert set(layers) <= set(names) and {"buildings", "roads"} <= {name.partition(" / ")[0] for name in layers}
    rows = [row for rows in layers.values() for row in rows]
    assert len(rows) > 200 and all(re.fullmatch(r"[nwr]-?\d+", row["osm_id"]) and row["class"] for row in rows)
    named = {row["name"] for row in rows if "name" in row}
    assert len(named) > 20 and len(named & reference.street_names(artefact.source)) > 10
    if artefact.extract == "moscow":
        assert any(re.search("[А-Яа-я]{4}", name) for name in named)


def pdf_rows(*more):
    return (
        drawing.pdf_is_sound,
        drawing.pdf_has_the_layers_of_the_svg,
        drawing.pdf_has_the_size_of_the_svg,
        drawing.pdf_fonts_are_embedded,
        drawing.pdf_text_is_text,
        *more,
    )


ROWS = {
    "geopdf": pdf_rows(drawing.pdf_knows_where_it_lies, geopdf_has_objects, drawing.pdf_is_drawn_alike_by_poppler),
    "pdf-a": pdf_rows(fulfils(ARCHIVE), caught(ARCHIVE), archive_has_one_kind_of_colour, drawing.pdf_is_drawn_alike_by_poppler),
    "pdf-x": pdf_rows(fulfils(PRESS), caught(PRESS), press_has_one_kind_of_colour, drawing.pdf_is_drawn_alike_by_poppler),
}


def subject(path):
    with pikepdf.open(path) as pdf:
        return str(pdf.docinfo["/Subject"])


def made(path):
    import test_provenance

    return test_provenance.pdf(path)


CREDITS = dict.fromkeys(ROWS, subject)
PLACES = dict.fromkeys(ROWS, made)

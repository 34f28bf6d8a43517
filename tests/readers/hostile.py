"""Names that are out to break files, and what formats show of them that they cannot hold."""

import re
import struct

NAMES = [
    "\"quoted\" 'both' `ticks`",
    "doubled \"\" '' ``",
    "'; DROP TABLE roads_line; --",
    "line\nbreak\ttab\rreturn\r\nboth",
    "]]> --> ?> -- <!-- <![CDATA[",
    "</text><script>alert(1)</script>",
    "&amp; &#0; &#x41; &nope; %00 %s%n %%d",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "+1",
    "-1-1",
    "nul a\0b",
    "controls \x01\x08\x0b\x1b\x1f\x7f\x85\x9f.",
    "escapes \\u0000 \\x00 \\0 \\n _x000D_ \\U+0041",
    "\u202eoverride\u202c \u200e\u200f\u2028\u2029.",
    "שדרות רוטשילד",
    "emoji 😀🧿 👩‍👩‍👧 𝒳",
    "x" * 300,
    "é" * 300,
    "lone \ud800\0 \ud800A surrogate",
    "turned \udc00\ud800 surrogates",
    "${jndi:ldap://x} #{a} {{b}} $(id) {\\fArial;}",
    "back\\slash\\\\ end\\",
    "\\.",
    "\\N",
    "NULL",
    "nan",
    "true",
    "1e400",
    "0123",
    "(unbalanced \\",
    "endstream endobj %%EOF",
    "../../etc/passwd C:\\CON",
    "^M^J^ %%d %%u ~[0x05]",
    "# comment ; , | \t : = @D\"x\" > #",
    "[END]",
    "\ufeffmark \ufffe\uffff\ufdd0.",
    "  spaces  inside  ",
    "a=b;c=d",
]

BOX = "24.935,60.168,24.96,60.18"


def place(row, east=0.0, north=0.0):
    return round(24.94 + row % 8 * 0.002 + east, 7), round(60.17 + row // 8 * 0.001 + north, 7)


def answer():
    """What Overpass says of a point, a line and an area of each name, which is the key and the value of a tag, too."""
    elements = []

    def node(id, at, tags=None):
        elements.append({"type": "node", "id": id, "lon": at[0], "lat": at[1], "tags": tags or {}})
        return id

    def way(id, places, tags):
        nodes = [node(id * 10 + corner, at) for corner, at in enumerate(places)]
        elements.append({"type": "way", "id": id, "nodes": nodes + nodes[:1] * ("building" in tags), "tags": tags})

    for row, name in enumerate(NAMES):
        tags = {"name": name, name: name}
        node(row + 1, place(row), {**tags, "amenity": "cafe"})
        way(1000 + row, [place(row, 0.0002), place(row, 0.0016)], {**tags, "highway": "residential"})
        way(2000 + row, [place(row, 0.0002, 0.0002), place(row, 0.0012, 0.0002), place(row, 0.0012, 0.0006), place(row, 0.0002, 0.0006)], {**tags, "building": "house"})
    return {"version": 0.6, "osm3s": {"timestamp_osm_base": "2024-05-06T07:08:09Z"}, "elements": elements}


def read(name):
    """A name as it is read: half of a pair is no character, NUL is left out."""
    return re.sub("[\ud800-\udfff]", "\ufffd", name).replace("\0", "")


# -- What formats show instead of a name: functions from texts to texts.

CONTROLS = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029]")


def xml(text):
    """XML 1.0 has no place for most control characters (2.2)."""
    return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def level(text):
    """On one line of a table."""
    return re.sub("[\t\r\n]", " ", text)


def mapinfo(text):
    """In as many bytes as a column has."""
    return cut(254)(level(text.replace("\r\n", " ")))


def sheet(text):
    """OpenDocument has paragraphs for lines."""
    return xml(text).replace("\r", "")


def escaped(text):
    """What looks like an escape is escaped itself (ECMA-376, 22.9.2.19): openpyxl leaves it so."""
    return xml(re.sub("_(?=x[0-9A-F]{4}_)", "_x005F_", text))


def quoted(text):
    """With a quote in front, a table of tabs needs quotes."""
    return '"' + level(text).replace('"', '""') + '"' if text[:1] == '"' else level(text)


def spaced(text):
    return CONTROLS.sub(" ", text)


def gmt(text):
    """Quotes and backslashes have others that look alike."""
    return spaced(text).replace('"', "'").replace("\\", "/")


def cut(most):
    """In so many bytes, whole letters."""
    return lambda text: text.encode()[:most].decode(errors="ignore")


def carets(text):
    """As lines of DXF have them, with a space behind, where none is there already or always."""
    return spaced(text).replace("^", "^ ")


def few_carets(text):
    return re.sub(r"\^(?! )", "^ ", spaced(text))


def broken(text):
    """Two percent signs would begin a code in DXF."""
    text = few_carets(text)
    while "%%" in text:
        text = text.replace("%%", "% %")
    return text


def coded(text):
    """A backslash that would begin a code is one; ezdxf reads codes in lines alone."""
    return spaced(text).replace("\\U+", "\\U+005CU+")


# So many bytes of a name fit beside what an element is.
WESTERN = 190


def western(text):
    """Letters beyond those of Windows-1252 are codes, a few have lost their marks."""
    written = lambda letter: letter if letter.encode("cp1252", "ignore") else "".join(f"\\U+{unit:04X}" for unit in halves(letter))
    halves = lambda letter: struct.unpack(f"<{len(letter.encode('utf-16-le')) // 2}H", letter.encode("utf-16-le"))
    return "".join(map(written, spaced(text)))[:WESTERN]


def garmin(text):
    """The first 80 letters; a tilde with a bracket would begin a code."""
    return spaced(text)[:80].replace("~[", "~(")


def label(text):
    """Labels of drawings run over several lines, without what has no sign."""
    return re.sub(r"[\s\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]+", " ", text).strip()

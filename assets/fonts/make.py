"""Makes the font files of this folder and index.json from Debian's package fonts-noto-core.

    apt-get install fonts-noto-core && pip install fonttools==4.68.0 && python3 assets/fonts/make.py

Hinting is dropped (text is drawn as outlines or at print resolution), layout features stay. Run it after changing FILES.
"""

import json
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

SOURCE = Path("/usr/share/fonts/truetype/noto")
HERE = Path(__file__).parent
# Letters, marks, punctuation, figures, currencies, arrows and signs that names, house numbers and titles use.
LATIN = (
    "0020-007E 00A0-024F 0250-02FF 0300-036F 0370-03FF 0400-052F 1E00-1EFF 2000-206F 2070-20CF 2100-218F 2C60-2C7F "
    "A78B-A78E FB00-FB06 FFFD"
)
# What a script's own file holds besides its letters: spaces, joiners, the dotted circle that broken clusters show.
COMMON = "0020 00A0 200B-200F 25CC"
# Name of the source and of the result, weights and slopes, characters. The order is the order in which files are tried.
FILES = [
    ("NotoSans", "noto-sans", ["Regular", "Bold", "Italic"], LATIN),
    ("NotoSansArabic", "noto-sans-arabic", ["Regular", "Bold"], "0600-06FF 0750-077F 08A0-08FF"),
    ("NotoSansHebrew", "noto-sans-hebrew", ["Regular", "Bold"], "0590-05FF FB1D-FB4F"),
    ("NotoSansArmenian", "noto-sans-armenian", ["Regular", "Bold"], "0530-058F"),
    ("NotoSansGeorgian", "noto-sans-georgian", ["Regular", "Bold"], "10A0-10FF 1C90-1CBF 2D00-2D2F"),
    ("NotoSansThai", "noto-sans-thai", ["Regular", "Bold"], "0E00-0E7F"),
    ("NotoSansLao", "noto-sans-lao", ["Regular", "Bold"], "0E80-0EFF"),
    ("NotoSansKhmer", "noto-sans-khmer", ["Regular"], "1780-17FF"),
    ("NotoSansMyanmar", "noto-sans-myanmar", ["Regular"], "1000-109F"),
    ("NotoSansDevanagari", "noto-sans-devanagari", ["Regular"], "0900-097F"),
    ("NotoSansBengali", "noto-sans-bengali", ["Regular"], "0964-0965 0980-09FF"),
    ("NotoSansGurmukhi", "noto-sans-gurmukhi", ["Regular"], "0964-0965 0A00-0A7F"),
    ("NotoSansGujarati", "noto-sans-gujarati", ["Regular"], "0964-0965 0A80-0AFF"),
    ("NotoSansOriya", "noto-sans-oriya", ["Regular"], "0964-0965 0B00-0B7F"),
    ("NotoSansTamil", "noto-sans-tamil", ["Regular"], "0B80-0BFF"),
    ("NotoSansTelugu", "noto-sans-telugu", ["Regular"], "0C00-0C7F"),
    ("NotoSansKannada", "noto-sans-kannada", ["Regular"], "0C80-0CFF"),
    ("NotoSansMalayalam", "noto-sans-malayalam", ["Regular"], "0D00-0D7F"),
    ("NotoSansSinhala", "noto-sans-sinhala", ["Regular"], "0D80-0DFF"),
    ("NotoSansEthiopic", "noto-sans-ethiopic", ["Regular"], "1200-137F"),
    ("NotoSansTifinagh", "noto-sans-tifinagh", ["Regular"], "2D30-2D7F"),
    ("NotoSansThaana", "noto-sans-thaana", ["Regular"], "0780-07BF"),
    ("NotoSansCanadianAboriginal", "noto-sans-canadian-aboriginal", ["Regular"], "1400-167F 18B0-18FF"),
    ("NotoSansMath", "noto-sans-math", ["Regular"], "2190-2199 2200-22FF"),
    ("NotoSansSymbols", "noto-sans-symbols", ["Regular"], "2160-2188 2600-26FF"),
    ("NotoSansSymbols2", "noto-sans-symbols2", ["Regular"], "25A0-25FF 2600-26FF"),
]


def characters(text):
    """`0020 00A0-00FF` as code points."""
    spans = [[int(end, 16) for end in span.split("-")] for span in text.split()]
    return [code for span in spans for code in range(span[0], span[-1] + 1)]


def ranges(codes):
    """Code points as first and last of every run."""
    runs = []
    for code in sorted(codes):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return runs


def make(source, target, wanted):
    """Writes one subset; returns its family and the characters it holds."""
    options = Options(hinting=False, desubroutinize=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True)
    options.drop_tables += ["DSIG"]
    font = load_font(source, options)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    save_font(font, target, options)
    return font["name"].getBestFamilyName(), font.getBestCmap().keys()


def main():
    """Makes all files and their index."""
    rows = []
    for source, target, styles, text in FILES:
        letters = characters(text)
        for style in styles:
            name = f"{target}-{style.lower()}"
            file = HERE / f"{name}.ttf"
            family, held = make(SOURCE / f"{source}-{style}.ttf", file, letters + characters(COMMON))
            # Spaces and joiners alone are no reason to load a script's file.
            held = [code for code in held if code in set(letters)]
            weight = 700 if style == "Bold" else 400
            rows.append({"id": name, "family": family, "weight": weight, "italic": style == "Italic", "bytes": file.stat().st_size, "ranges": ranges(held)})
    body = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    (HERE / "index.json").write_text(f"[\n{body}\n]\n")


main()

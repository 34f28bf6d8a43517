"""Writes harfbuzz.json: what HarfBuzz 15.0.0 makes of texts of one direction, script and face.

    pip install uharfbuzz==0.57.0 && python3 tests/data/text/harfbuzz.py
"""

import json
from pathlib import Path

import uharfbuzz

HERE = Path(__file__).parent
FONTS = HERE.parents[2] / "assets" / "fonts"
TEXTS = [
    ("noto-sans-regular", "AVAT To. Wäldchen", "latn", "ltr"),
    ("noto-sans-bold", "Straße des 17. Juni", "latn", "ltr"),
    ("noto-sans-italic", "Vierwaldstättersee", "latn", "ltr"),
    ("noto-sans-regular", "Đường Nguyễn Huệ", "latn", "ltr"),
    ("noto-sans-regular", "e\u0301cole a\u0308", "latn", "ltr"),
    ("noto-sans-regular", "Ελευθερίου", "grek", "ltr"),
    ("noto-sans-regular", "Тверская улица", "cyrl", "ltr"),
    ("noto-sans-arabic-regular", "شارع الملك عبد الله", "arab", "rtl"),
    ("noto-sans-arabic-regular", "کوچهٔ بهار", "arab", "rtl"),
    ("noto-sans-arabic-bold", "مُحَمَّد", "arab", "rtl"),
    ("noto-sans-hebrew-regular", "רְחוֹב הַנְּבִיאִים", "hebr", "rtl"),
    ("noto-sans-devanagari-regular", "क्षत्रिय हिन्दी मार्ग", "deva", "ltr"),
    ("noto-sans-bengali-regular", "রবীন্দ্র সরণি", "beng", "ltr"),
    ("noto-sans-tamil-regular", "தெரு கொழும்பு", "taml", "ltr"),
    ("noto-sans-thai-regular", "ถนนสุขุมวิทที่น้ำ", "thai", "ltr"),
    ("noto-sans-khmer-regular", "ព្រះសីហនុ", "khmr", "ltr"),
    ("noto-sans-myanmar-regular", "မြန်မာ", "mymr", "ltr"),
    ("noto-sans-armenian-regular", "Երևան", "armn", "ltr"),
    ("noto-sans-georgian-regular", "რუსთაველის გამზირი", "geor", "ltr"),
    ("noto-sans-ethiopic-regular", "አዲስ አበባ", "ethi", "ltr"),
]


def shape(font, text, script, direction):
    """Glyph id, advance and offsets in font units, from left to right."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(FONTS / f"{font}.ttf"))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.script, buffer.direction = script, direction
    uharfbuzz.shape(uharfbuzz.Font(face), buffer)
    pairs = zip(buffer.glyph_infos, buffer.glyph_positions)
    return [[info.codepoint, at.x_advance, at.x_offset, at.y_offset] for info, at in pairs]


rows = [{"font": font, "text": text, "glyphs": shape(font, text, script, way)} for font, text, script, way in TEXTS]
lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
(HERE / "harfbuzz.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")

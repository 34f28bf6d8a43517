"""Labels in other scripts as poppler finds them in PDF: whole names, in the order of reading."""

import html
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Extract, box, scale, and the script that names are written in.
PLACES = [
    ("ebisu.osm.gz", "139.6947,35.6384,139.7083,35.6480", 5000, "[\u3040-\u30ff\u4e00-\u9fff]"),
    ("suwon.osm.gz", "127.0412,37.2772,127.0503,37.2874", 4000, "[\uac00-\ud7a3]"),
    ("taipei.osm.gz", "121.5179,25.0481,121.5317,25.0578", 5000, "[\u4e00-\u9fff]"),
    ("syria.osm.gz", "36.7142,34.0101,36.7479,34.0369", 10000, "[\u0600-\u06ff]"),
]
MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")


def program():
    """The command line as the tests build it."""
    about = subprocess.run(
        ["cargo", "metadata", "--format-version=1", "--no-deps", "--offline"], cwd=ROOT, capture_output=True, check=True
    )
    return Path(json.loads(about.stdout)["target_directory"]) / "debug" / "mapwright"


def lettered(svg):
    """Texts of a drawing: those that lie level, and those along lines."""
    clean = lambda text: html.unescape(" ".join(re.sub("<[^>]*>", " ", text).split()))
    texts = re.findall("<text\\b.*?</text>", svg, flags=re.S)
    level = [clean(text) for text in texts if "<textPath" not in text]
    return level, [clean(text) for text in texts if "<textPath" in text]


@pytest.mark.parametrize("extract, box, scale, script", PLACES)
def test_names_are_found(extract, box, scale, script, tmp_path):
    """Every name of the SVG is in what poppler reads; Arabic along lines is not asked for: poppler turns it round."""
    command = [program(), "export", ROOT / "tests/data/extracts" / extract, "--bbox", box, "--scale", str(scale)]
    done = subprocess.run([*command, "-f", "pdf", "-f", "svg", "-o", f"{tmp_path}/"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "have no font" not in done.stderr, done.stderr
    level, along = lettered((tmp_path / "map.svg").read_text())
    wanted = level if extract.startswith("syria") else level + along
    wanted = {text for text in wanted if re.search(script, text)}
    assert len(wanted) > 5, sorted(wanted)
    read = subprocess.run(["pdftotext", "-raw", tmp_path / "map.pdf", "-"], capture_output=True, text=True, check=True)
    # Poppler turns the two letters of the ligature lam-alef round.
    plain = lambda text: re.sub("\\s+", "", MARKS.sub("", text)).replace("لا", "ال")
    found = plain(read.stdout)
    absent = {text for text in wanted if plain(text) not in found}
    assert not absent, sorted(absent)


@pytest.mark.parametrize("text", ["text", "outline"])
def test_outlines_look_as_text_does(text, tmp_path):
    """Outlines in PDF and SVG need no font, text does."""
    source = ROOT / "tests/data/extracts/ebisu.osm.gz"
    command = [program(), "export", source, "--bbox", PLACES[0][1], "--scale", "5000", "--text", text]
    subprocess.run([*command, "-f", "pdf", "-f", "svg", "-o", f"{tmp_path}/"], capture_output=True, check=True)
    fonts = subprocess.run(["pdffonts", tmp_path / "map.pdf"], capture_output=True, text=True, check=True).stdout
    svg = (tmp_path / "map.svg").read_text()
    assert ("NotoSansJP" in fonts) == (text == "text")
    assert ("<text" in svg) == (text == "text")
    assert "恵比寿" in svg

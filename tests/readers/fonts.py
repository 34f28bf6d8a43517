"""The fonts that drawings name, for programs that draw them: those have them who follow what the formats' texts say."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include>/etc/fonts/fonts.conf</include><dir>{}</dir></fontconfig>
"""


@contextmanager
def found():
    """Programs find them; without, they take others."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fonts.conf"
        path.write_text(FONTS.format(Path(__file__).resolve().parents[2] / "assets/fonts"), encoding="utf-8")
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(path)
        try:
            yield
        finally:
            os.environ.pop("FONTCONFIG_FILE")
            if before:
                os.environ["FONTCONFIG_FILE"] = before

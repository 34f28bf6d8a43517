"""Programs that read files, and how to get them."""

import shutil
import subprocess

PACKAGES = {
    "rsvg-convert": "librsvg2-bin",
    "pdftotext": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "qpdf": "qpdf",
    "pngcheck": "pngcheck",
    "osmium": "osmium-tool",
    "gs": "ghostscript",
    "admesh": "admesh",
}


def run(program, *arguments):
    """Runs a reader and gives what it prints; whatever it complains about is a failure."""
    assert shutil.which(program), f"{program} is missing: apt-get install {PACKAGES[program]}"
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
    complaint = (done.stdout + done.stderr).strip()
    assert done.returncode == 0, f"{program} {' '.join(map(str, arguments))} fails: {complaint}"
    return done.stdout

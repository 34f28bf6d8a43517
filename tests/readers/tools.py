"""Programs that read files, and how to get them."""

import contextlib
import functools
import hashlib
import json
import shutil
import subprocess
import tempfile
from collections import OrderedDict
from pathlib import Path

# By program, the Debian package it comes in: those of every run, and those of the second ring too.
LISTS = json.loads((Path(__file__).resolve().parents[2] / "scripts/debian.json").read_text(encoding="utf-8"))
PACKAGES = LISTS["readers"]
HEAVY = {**PACKAGES, **LISTS["heavy"]}


def run(program, *arguments):
    """Runs a reader and gives what it prints; whatever it complains about is a failure."""
    assert shutil.which(program), f"{program} is missing: apt-get install {PACKAGES[program]}"
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
    complaint = (done.stdout + done.stderr).strip()
    assert done.returncode == 0, f"{program} {' '.join(map(str, arguments))} fails: {complaint}"
    return done.stdout


def both(program, *arguments):
    """The same, of what tells on the other channel, too."""
    assert shutil.which(program), f"{program} is missing: apt-get install {PACKAGES[program]}"
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", errors="replace")
    assert done.returncode == 0, f"{program} fails: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


@contextlib.contextmanager
def folder():
    """A folder to unpack into: checks run side by side, so nothing is unpacked beside the file that all of them read."""
    with tempfile.TemporaryDirectory(prefix="mapwright-") as name:
        yield Path(name)


# What readers found last: files are checked one after the other, so what a few of them hold is enough, and memory stays bounded.
MOST = 24
KEPT = OrderedDict()


def kept(key, make):
    if key not in KEPT:
        found = make()
        while len(KEPT) >= MOST:
            KEPT.popitem(last=False)
        KEPT[key] = found
    KEPT.move_to_end(key)
    return KEPT[key]


def cache(function):
    """As of functools, but what was found long ago is forgotten."""
    return functools.wraps(function)(lambda *arguments: kept((function, arguments), lambda: function(*arguments)))


def once(function):
    """Keeps what a function of a path finds by the bytes of the file: natively and in the browser formats write the same ones."""

    @functools.wraps(function)
    def found(path):
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").digest()
        return kept((function, digest, Path(path).suffix), lambda: function(path))

    return found

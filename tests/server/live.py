"""A fresh server for tests in Python."""
import os
import re
import socket
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = Path(os.environ.get("MAPWRIGHT_PROGRAM", ROOT / "target/debug/mapwright"))


class Server:
    """`mapwright serve` on a port of its own, with a local key; `end` asks it to stop and looks whether it did so well."""

    def __init__(self, folder, settings, *options):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        page = folder / "page"
        page.mkdir()
        (page / "index.html").write_text("<!doctype html><title>page</title>")
        self.host = f"http://127.0.0.1:{port}"
        self.data = folder / "data"
        self.log = folder / "log"
        command = [PROGRAM, "serve", "--listen", f"127.0.0.1:{port}", "--page", page, "--data-dir", self.data, *options]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stderr=log, env={**os.environ, **settings})
        until = time.monotonic() + 60
        while "mapwright serves" not in self.said():
            assert self.process.poll() is None and time.monotonic() < until, self.said()
            time.sleep(0.05)
        self.key = re.search("ocd_[a-z0-9]{30}", self.said())[0]
        self.headers = {"X-API-Key": self.key}

    def said(self):
        return self.log.read_text(errors="replace")

    def new_key(self, tier):
        made = subprocess.run([PROGRAM, "keys", "create", "--data-dir", self.data, "--tier", tier], capture_output=True, text=True, check=True)
        return re.search("ocd_[a-z0-9]{30}", made.stdout)[0]

    def sql(self, statement, *values):
        """Rows of its database."""
        with closing(sqlite3.connect(self.data / "mapwright.sqlite")) as database, database:
            return database.execute(statement, values).fetchall()

    def end(self):
        self.process.terminate()
        assert self.process.wait(40) == 0, self.said()
        assert "panicked" not in self.said() and "internal error" not in self.said(), self.said()

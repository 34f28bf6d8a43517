#!/usr/bin/env python3
"""Requests of a free key that are made to hurt, each sent to a server of its own: answer, seconds, and the most memory the
server and its children held. Ends with 1 where one held more than 500 MB.

    cargo build --release && .venv/bin/python benches/hostile.py [--program target/debug/mapwright]
"""
import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import requests

ROOT = Path(__file__).parents[1]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
MOST_MB = 500
# 0.1 km² of the middle of Helsinki.
BOX = [24.940, 60.1690, 24.9457, 60.1718]


def place(chance):
    return [round(24.93 + chance.random() / 50, 5), round(60.16 + chance.random() / 50, 5)]


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def ring(chance, count):
    points = [place(chance) for _ in range(count)]
    return points + points[:1]


def overlay(kind, coordinates):
    return {"overlays": [{"data": {"type": kind, "coordinates": coordinates}}]}


def triangles(chance, count):
    return {"area": {"type": "MultiPolygon", "coordinates": [[ring(chance, 3)] for _ in range(count)]}}


def style(count, **more):
    layer = {"type": "line", "source": "map", "source-layer": "roads", "paint": {"line-color": "#123456", "line-width": 1}}
    return {"map_style": {"version": 8, "layers": [{"id": f"l{row}", **layer, **more} for row in range(count)]}}


def comb(count, turned):
    points = [[0.01 * row / count, 0.01 * (row % 2)] for row in range(count)] + [[0.011, -0.001], [0, 0]]
    points = [[y, x] for x, y in points] if turned else points
    return [[round(24.937 + x, 7), round(60.166 + y, 7)] for x, y in points]


def cases():
    chance = random.Random(14)
    names = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": place(chance)}, "properties": {"name": f"Place {row}"}}
        for row in range(4000)]}
    text = {"text-field": "M", "text-size": 900, "text-allow-overlap": True}
    yield "overlay polygon, 50,000 random vertices", overlay("Polygon", [ring(chance, 50_000)])
    yield "area polygon, 50,000 random vertices", {"area": {"type": "Polygon", "coordinates": [ring(chance, 50_000)]}}
    yield "area of 200 overlapping triangles", triangles(chance, 200)
    yield "area of 80 overlapping triangles", triangles(chance, 80)
    yield "overlay polygon, 4,000 random vertices", overlay("Polygon", [ring(chance, 4000)])
    yield "overlay of 4,000 points", overlay("MultiPoint", [place(chance) for _ in range(4000)])
    yield "overlay of 4,000 named points", {"overlays": [{"data": names}]}
    yield "overlay line, 30,000 random vertices", overlay("LineString", [place(chance) for _ in range(30_000)])
    yield "area comb under an overlay comb", {"area": {"type": "Polygon", "coordinates": [comb(4000, False)]},
                                             **overlay("Polygon", [comb(4000, True)])}
    yield "overlay comb, 20,000 teeth", overlay("Polygon", [comb(20_000, True)])
    yield "style of 6,000 layers", style(6000)
    yield "style of 1,000 layers", style(1000)
    yield "4,000 labels as large as the sheet", {"overlays": [{"data": names}], "map_style": {"version": 8, "layers": [
        {"id": "l", "type": "symbol", "source": "map", "source-layer": "overlays", "layout": text}]}}
    yield "arrows without end", style(20, type="symbol", layout={
        "symbol-placement": "line", "icon-image": "arrow", "icon-size": 1e-5, "symbol-spacing": 1e-5}, paint={})
    yield "sheet of 2,480 km²", {"page": {"size": [5000, 5000], "scale": 10000}}


class Server:
    """A server, watched from its start on."""

    def __init__(self, program, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.host, self.peak, data = f"http://127.0.0.1:{port}", 0, folder / "data"
        (folder / "index.html").touch()
        command = [program, "serve", "--listen", f"127.0.0.1:{port}", "--page", folder, "--data-dir", data, "--workers", "1"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if line.startswith("mapwright serves"):
                break
        threading.Thread(target=self.process.stderr.read, daemon=True).start()
        threading.Thread(target=self.watch, daemon=True).start()
        keys = [program, "keys", "create", "--tier", "free", "--data-dir", data]
        self.key = subprocess.run(keys, check=True, capture_output=True, text=True).stdout.strip()

    def watch(self):
        while self.process.poll() is None:
            self.peak = max(self.peak, sum(peak(pid) for pid in family(self.process.pid)))
            time.sleep(0.02)

    def send(self, fields):
        """Status and sentence: of the answer, or of the task's end."""
        headers = {"X-API-Key": self.key}
        body = {"bbox": BOX, "formats": ["svg"], **fields}
        text = compact(body)
        headers |= {"Content-Type": "application/json"}
        answer = requests.post(f"{self.host}/api/render", data=text, headers=headers, timeout=600)
        if answer.status_code != 202:
            return answer.status_code, answer.json()["detail"]
        while True:
            status = requests.get(self.host + answer.json()["status_url"], headers=headers, timeout=60).json()
            if status["status"] not in ("queued", "processing"):
                return status["status"], status["error"] or f"{status['files'][0]['size']:,} bytes"
            time.sleep(0.1)


def family(pid):
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        others = [Path(thread, "children").read_text().split() for thread in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return [pid]
    below = {int(child) for child in children} | {int(child) for each in others for child in each}
    return [pid] + [each for child in below for each in family(child)]


def peak(pid):
    """The most memory a process has held, MB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", type=Path, default=TARGET / "release/mapwright")
    options.add_argument("--only", default="", help="cases whose name holds this")
    options = options.parse_args()
    failed = False
    for name, fields in cases():
        if options.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            server = Server(options.program, Path(folder))
            try:
                began = time.monotonic()
                try:
                    status, words = server.send(fields)
                except requests.RequestException as fault:
                    status, words = "gone", str(fault)
                seconds = time.monotonic() - began
                ended = server.process.poll() is not None
            finally:
                server.process.terminate()
                server.process.wait()
            failed |= ended or server.peak > MOST_MB
            size = len(compact(fields)) / 1000
            print(f"{name} ({size:,.0f} kB): {status}, {seconds:.2f} s, {server.peak:.0f} MB: {words[:150]}", flush=True)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()

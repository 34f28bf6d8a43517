#!/usr/bin/env python3
"""What a server bears: 200 exports at once, polling while both workers draw, memory over 1,000 exports. Needs wrk.

    cargo build --release && .venv/bin/python benches/load.py [--quick]
"""
import argparse
import os
import re
import socket
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

ROOT = Path(__file__).parents[1]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAM = TARGET / "release/mapwright"
# 1.0 km² of the middle of Helsinki, from the sample that the program carries.
BOX = {"min_lon": 24.934, "min_lat": 60.166, "max_lon": 24.952, "max_lat": 60.175}
# Keys that poll side by side: each may read 100 times a second.
KEYS = 80
POLL = """
local calls = {{ {calls} }}
local turn = 0
request = function()
  turn = turn % #calls + 1
  return wrk.format("GET", calls[turn][1], {{ ["X-API-Key"] = calls[turn][2] }})
end
"""


class Server:
    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.host, self.data = f"http://127.0.0.1:{port}", folder / "data"
        (folder / "index.html").touch()
        command = [PROGRAM, "serve", "--listen", f"127.0.0.1:{port}", "--page", folder, "--data-dir", self.data, "--workers", "2"]
        limits = {"MAPWRIGHT_RATES_RENDER": '{"burst": 10000, "a_second": 1000}', "MAPWRIGHT_QUEUE": "10000"}
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **limits})
        for line in self.process.stderr:
            if "shown only now" in line:
                self.key = line.split()[-1]
            if line.startswith("mapwright serves"):
                break
        threading.Thread(target=self.process.stderr.read, daemon=True).start()
        self.session = requests.Session()
        self.session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=32))

    def new_key(self):
        command = [PROGRAM, "keys", "create", "--tier", "enterprise", "--data-dir", self.data]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def order(self, key=None, formats=("svg",)):
        answer = self.session.post(f"{self.host}/api/render", json={"bbox": BOX, "formats": formats}, headers={"X-API-Key": key or self.key})
        answer.raise_for_status()
        return answer.json()["status_url"]

    def counts(self):
        text = self.session.get(f"{self.host}/metrics").text
        return {status: int(count) for status, count in re.findall(r'mapwright_tasks\{status="(\w+)"\} (\d+)', text)}

    def drained(self):
        while any(self.counts().get(status, 0) for status in ("queued", "processing")):
            time.sleep(0.05)

    def family(self, file):
        """A file of /proc of the server and of the processes that make its exports."""
        texts = []
        for path in Path("/proc").glob(f"[0-9]*/{file}"):
            try:
                parent = int((path.parent / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if self.process.pid in (parent, int(path.parent.name)):
                    texts.append(path.read_text())
            except (FileNotFoundError, ProcessLookupError):
                pass
        return texts

    def seconds(self):
        """Of a processor, so far, with those of children that have ended: does not depend on who else uses the machine."""
        fields = [text.rsplit(")", 1)[1].split() for text in self.family("stat")]
        return sum(sum(map(int, row[11:15])) for row in fields) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Of the server, and of all with the processes that make exports; MB."""
        sizes = [int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024 for text in self.family("status") if "VmRSS" in text]
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())[1]) / 1024, sum(sizes)


def drain(server, count):
    began, used = time.monotonic(), server.seconds()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: server.order(), range(count)))
    taken = time.monotonic() - began
    server.drained()
    return count / (time.monotonic() - began), taken, (server.seconds() - used) / count


def poll(server, folder, seconds):
    keys = [server.new_key() for _ in range(KEYS)]
    calls = [(server.order(key), key) for key in keys]
    script = folder / "poll.lua"
    script.write_text(POLL.format(calls=", ".join(f'{{"{path}", "{key}"}}' for path, key in calls)))
    stop = threading.Event()

    def busy():
        while not stop.is_set():
            if server.counts().get("queued", 0) < 10:
                for _ in range(10):
                    server.order(formats=("svg", "png", "pdf"))
            stop.wait(0.2)

    thread = threading.Thread(target=busy)
    thread.start()
    time.sleep(1)
    out = subprocess.run(["wrk", "-t1", "-c8", f"-d{seconds}s", "--latency", "-s", script, server.host], check=True, capture_output=True, text=True).stdout
    stop.set()
    thread.join()
    server.drained()
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    part = 10 if parser.parse_args().quick else 1
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        server = Server(folder)
        try:
            rate, taken, used = drain(server, 200 // part)
            print(f"{200 // part} exports of 1 km² as SVG: {rate:.1f} a second; all taken on after {taken:.1f} s; {used:.2f} processor seconds each; load {os.getloadavg()[0]:.1f}")
            out = poll(server, folder, max(3, 20 // part))
            wanted = ("50%", "99%", "Requests/sec", "Non-2xx", "Socket errors")
            print("polling while both workers draw:", "; ".join(" ".join(line.split()) for line in out.splitlines() if line.strip().startswith(wanted)))
            print(f"load {os.getloadavg()[0]:.1f}")
            for done in range(0, 1000 // part, 200 // part):
                rate, _, used = drain(server, 200 // part)
                print(f"memory after {done + 200 // part} more exports: {server.memory()[0]:.0f} MB, {server.memory()[1]:.0f} with all processes ({rate:.1f} a second, {used:.2f} processor seconds each)", flush=True)
            print(f"load {os.getloadavg()[0]:.1f} after")
        finally:
            server.process.terminate()
            print(f"exit code {server.process.wait()}")


main()

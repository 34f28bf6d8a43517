#!/usr/bin/env python3
"""One export by the REST API: asks for it, waits for it, saves its files. Needs the package requests."""
import os
import time

import requests

HOST = os.environ.get("MAPWRIGHT_HOST", "http://127.0.0.1:8080")
KEY = os.environ["MAPWRIGHT_KEY"]

session = requests.Session()
session.headers["X-API-Key"] = KEY
task = session.post(f"{HOST}/api/render", json={
    "bbox": {"min_lon": 24.940, "min_lat": 60.168, "max_lon": 24.946, "max_lat": 60.171},
    "formats": ["svg", "geojson"],
    "map_style": "default",
    "detail_level": 3,
})
if not task.ok:
    raise SystemExit(task.json()["error"])
task = task.json()
while True:
    answer = session.get(HOST + task["status_url"])
    state = answer.json()
    print(f"{state['status']}: {state['progress']} % {state['step']}")
    if state["status"] in ("completed", "failed", "cancelled"):
        break
    time.sleep(int(answer.headers.get("Retry-After", 2)))
if state["status"] != "completed":
    raise SystemExit(state["error"] or state["status"])
for file in state["files"]:
    with open(file["filename"], "wb") as out:
        out.write(session.get(HOST + file["url"]).content)
    print(f"{file['filename']}: {file['size']} bytes")

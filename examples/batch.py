#!/usr/bin/env python3
"""Three places by a pool of threads. Needs the package requests."""
import os
import time
from concurrent.futures import ThreadPoolExecutor

import requests

HOST = os.environ.get("MAPWRIGHT_HOST", "http://127.0.0.1:8080")
KEY = os.environ["MAPWRIGHT_KEY"]
PLACES = {
    "helsinki-station": (24.938, 60.169, 24.944, 60.173),
    "helsinki-park": (24.944, 60.170, 24.950, 60.174),
    "monaco-port": (7.420, 43.733, 7.428, 43.738),
}


def export(name, box):
    headers = {"X-API-Key": KEY}
    body = {"bbox": dict(zip(("min_lon", "min_lat", "max_lon", "max_lat"), box)), "formats": ["pdf"]}
    while True:
        answer = requests.post(f"{HOST}/api/render", json=body, headers=headers)
        if answer.status_code != 429:
            break
        time.sleep(int(answer.headers["Retry-After"]))
    if not answer.ok:
        return f"{name}: {answer.json()['error']}"
    task = answer.json()
    while True:
        answer = requests.get(HOST + task["status_url"], headers=headers)
        state = answer.json()
        if state["status"] not in ("queued", "processing"):
            break
        time.sleep(int(answer.headers["Retry-After"]))
    if state["status"] != "completed":
        return f"{name}: {state['error']}"
    data = requests.get(HOST + task["downloads"]["pdf"], headers=headers).content
    with open(f"{name}.pdf", "wb") as out:
        out.write(data)
    return f"{name}.pdf: {len(data)} bytes"


with ThreadPoolExecutor(3) as pool:
    for line in pool.map(lambda place: export(*place), PLACES.items()):
        print(line)

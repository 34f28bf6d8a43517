"""A live server against its own OpenAPI document: a day in its life, then whatever schemathesis makes up.

Run by `npm test`; by hand: `.venv/bin/python -m pytest -q tests/server/contract.py` after `cargo build`.
"""
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
import schemathesis
from live import Server

BOX = {"min_lon": 24.940, "min_lat": 60.169, "max_lon": 24.943, "max_lat": 60.171}
# Examples made up for each call, besides those that follow from the document one by one; and the longest time.
EXAMPLES = int(os.environ.get("MAPWRIGHT_EXAMPLES", "5"))
SECONDS = int(os.environ.get("MAPWRIGHT_SECONDS", "30"))
# What a document cannot say: an area without data, minima above maxima, a tier that is too small. So data that fit the
# document may be refused, but never with a status or a body that is not in it.
UNSAID = "positive_data_acceptance"
# HTTP clients cannot shake hands for a WebSocket; the Rust tests do.
SOCKET = "/ws/task/{id}"
# The limiter would answer most of what comes that fast; pictures of the export form are kept small.
SETTINGS = {"MAPWRIGHT_RATES_RENDER": '{"burst": 1000, "a_second": 100}', "MAPWRIGHT_FORM_PIXELS": "250000", "MAPWRIGHT_QUEUE": "100000"}


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("contract"), SETTINGS)
    yield server
    server.end()


@pytest.fixture(scope="session")
def document(server):
    """The server's own, without the bytes of files: schemathesis reads those of JSON formats as JSON, which are no text."""
    def plain(value):
        if isinstance(value, dict):
            return {name: {} if name == "*/*" else plain(inner) for name, inner in value.items()}
        return [plain(inner) for inner in value] if isinstance(value, list) else value

    return plain(requests.get(f"{server.host}/api/openapi.json").json())


@pytest.fixture(scope="session")
def contract(document):
    return schemathesis.openapi.from_dict(document)


class Client:
    """Calls, and looks whether the answer is what the document says."""

    def __init__(self, server, contract):
        self.server, self.contract = server, contract

    def __call__(self, method, template, expected, *, headers=None, **arguments):
        path = template.format(**arguments.pop("path", {}))
        answer = requests.request(method, self.server.host + path, headers=self.server.headers if headers is None else headers, **arguments)
        assert answer.status_code == expected, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        self.contract[template][method].validate_response(answer)
        return answer


@pytest.fixture
def call(server, contract):
    return Client(server, contract)


def over(call, id):
    """Polls as a client does."""
    while True:
        answer = call("GET", "/api/status/{id}", 200, path={"id": id})
        if answer.json()["status"] not in ("queued", "processing"):
            assert "retry-after" not in answer.headers
            return answer.json()
        time.sleep(min(int(answer.headers["retry-after"]), 0.2))


def test_a_task_lives_as_the_document_says(call):
    body = {"bbox": BOX, "formats": ["svg", "geojson", "jpeg"], "config": {"crs": "EPSG:3067", "page": {"size": "A5", "furniture": {"title": "Helsinki"}}}}
    task = call("POST", "/api/render", 202, json=body).json()
    id = task["task_id"]
    call("POST", "/api/status/{id}/ticket", 201, path={"id": id})
    state = over(call, id)
    assert state["status"] == "completed" and [file["format"] for file in state["files"]] == body["formats"]
    for file in state["files"]:
        path = {"id": id, "format": file["format"]}
        assert len(call("GET", "/api/download/{id}/{format}", 200, path=path).content) == file["size"]
        headers = {"Range": "bytes=0-9"}
        assert len(call("GET", "/api/download/{id}/{format}", 206, path=path, headers=headers).content) == 10
        call("GET", "/api/download/{id}/{format}", 416, path=path, headers={"Range": "bytes=999999999-"})
        call("GET", "/api/download/{id}/{format}", 200, path=path, headers={"Range": "bytes=0-9,20-29"})
    call("GET", "/api/download/{id}/{format}", 404, path={"id": id, "format": "pdf"})
    call("DELETE", "/api/render/{id}", 409, path={"id": id})
    events = call("GET", "/api/status/{id}/events", 200, path={"id": id})
    last = json.loads(re.findall("^data: (.*)$", events.text, re.M)[-1])
    assert last == state


def test_every_refusal_is_declared(call, server):
    small = {"bbox": BOX, "formats": ["svg"]}
    call("POST", "/api/render", 401, json=small, headers={})
    call("POST", "/api/render", 401, json=small, headers={"X-API-Key": "ocd_" + "a" * 30})
    call("POST", "/api/render", 400, json={**small, "map_stile": "default"})
    call("POST", "/api/render", 413, data=b" " * (2 << 20), headers={**server.headers, "Content-Type": "application/json"})
    call("POST", "/api/render", 415, data=b"{}", headers={**server.headers, "Content-Type": "text/plain"})
    word = {**server.headers, "Idempotency-Key": "one"}
    id = call("POST", "/api/render", 202, json=small, headers=word).json()["task_id"]
    call("POST", "/api/render", 422, json={**small, "formats": ["pdf"]}, headers=word)
    over(call, id)
    nowhere = {**small, "bbox": {"min_lon": 0, "min_lat": 0, "max_lon": 0.01, "max_lat": 0.01}}
    assert "no data" in call("POST", "/api/render", 400, json=nowhere).json()["error"]
    call("POST", "/api/render", 200, json=small, headers={**server.headers, "Prefer": "wait=60"})
    for template in ("/api/formats", "/api/styles", "/api/layers", "/api/usage", "/api/docs", "/livez", "/readyz", "/metrics"):
        call("GET", template, 200)
    call("GET", "/api/usage", 401, headers={})


def test_the_document_says_what_generators_need(server):
    def look(value, place):
        if isinstance(value, dict):
            assert value.get("type") != "array" or "items" in value, f"{place}: an array of what?"
            values = value.get("enum", []) if isinstance(value.get("enum", []), list) else []
            assert len({type(each) for each in values}) <= 1, f"{place}: values of several types"
            for name, inner in value.items():
                look(inner, f"{place}/{name}")
        elif isinstance(value, list):
            for row, inner in enumerate(value):
                look(inner, f"{place}/{row}")

    document = requests.get(f"{server.host}/api/openapi.json").json()
    look(document, "")
    for path in ("/api/render", "/api/download/{id}/{format}"):
        for call in document["paths"][path].values():
            assert call["responses"]["200"]["content"]["application/octet-stream"]["schema"]


def test_nothing_made_up_gets_an_undeclared_answer(server, document):
    file = server.log.parent / "openapi.json"
    file.write_text(json.dumps(document))
    command = [
        Path(sys.executable).parent / "schemathesis", "run", file, "--url", server.host, "--no-color", "--continue-on-failure",
        "-H", f"X-API-Key: {server.key}", "--generation-deterministic", "--max-examples", str(EXAMPLES), "--max-time", str(SECONDS),
        "--phases", "examples,coverage,fuzzing", "--exclude-checks", UNSAID, "--exclude-path", SOCKET, "--warnings", "off",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=server.log.parent)
    print(done.stdout[-20000:])
    assert done.returncode == 0, "schemathesis found an answer that is not in the document; see above"
    assert int(re.search(r"(\d+) generated", done.stdout)[1]) > 200

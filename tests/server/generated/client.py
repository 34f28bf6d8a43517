"""What openapi-python-client makes of the contract: renders and downloads with nothing but the generated package."""
import os
import sys
import time

from mapwright_client import AuthenticatedClient
from mapwright_client.api.default import download, formats, layers, render, status
from mapwright_client.models import Accepted, Config, Corners, Format, Layer, Page, Paper, Problem, Request, State, Status, Style
from mapwright_client.types import File

client = AuthenticatedClient(base_url=os.environ["MAPWRIGHT_HOST"], token=os.environ["MAPWRIGHT_KEY"], prefix="", auth_header_name="X-API-Key")
box = Corners(min_lon=24.940, min_lat=60.169, max_lon=24.943, max_lat=60.171)


def rendered(**more):
    return render.sync(client=client, body=Request(bbox=box, **more))


task = rendered(formats=[Format.SVG, Format.GEOJSON], map_style=Style.MINIMAL, config=Config(page=Page(size=Paper.A5), layers=[Layer.ROADS]))
assert isinstance(task, Accepted), task
while True:
    state = status.sync(task.task_id, client=client)
    assert isinstance(state, Status), state
    if state.status not in (State.QUEUED, State.PROCESSING):
        break
    time.sleep(0.1)
assert state.status is State.COMPLETED and state.error is None and state.code is None, state
for file in state.files:
    got = download.sync(task.task_id, file.format_, client=client)
    assert isinstance(got, File), got
    data = got.payload.read()
    assert len(data) == file.size and b"OpenStreetMap" in data, file
    part = download.sync(task.task_id, file.format_, client=client, range_="bytes=0-9")
    assert part.payload.read() == data[:10]
whole = render.sync(client=client, body=Request(bbox=[24.940, 60.169, 24.943, 60.171], formats=[Format.PNG]), prefer="wait=60")
assert isinstance(whole, File) and whole.payload.read().startswith(b"\x89PNG"), whole
nowhere = render.sync(client=client, body=Request(bbox=[0, 0, 0.01, 0.01], formats=[Format.PNG]))
assert isinstance(nowhere, Problem) and nowhere.field == "bbox" and nowhere.status == 400, nowhere
assert any(row.id == "svg" for row in formats.sync(client=client))
assert any(row.id == "roads" and row.fields for row in layers.sync(client=client))
sys.stdout.write("rendered and downloaded\n")

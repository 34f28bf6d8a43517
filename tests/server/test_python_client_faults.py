"""The Python client where servers and connections fail: a fake server plays that. Pauses are written down instead of waited."""
import asyncio
import json
import logging
import traceback
import tracemalloc

import httpx
import pytest
from conftest import done
from fake import DROP, TAKEN, TASK, fake, problem, state

import mapwright_client
from mapwright_client import Client, MapwrightError
from mapwright_client._events import Events

KEY = "ocd_" + "k" * 30
BOX = (24.940, 60.169, 24.943, 60.171)
CONTENT = bytes(range(256)) * 400


@pytest.fixture
def pauses(monkeypatch):
    waited = []
    again = asyncio.sleep

    async def sleep(seconds):
        waited.append(seconds)
        await again(0)

    monkeypatch.setattr("mapwright_client._wire.time.sleep", waited.append)
    monkeypatch.setattr("mapwright_client._wire.asyncio.sleep", sleep)
    return waited


def submit(client):
    return done(client.submit(bbox=BOX, formats=["svg"]))


def test_a_call_is_tried_again_and_stays_the_same_export(run, pauses):
    answers = [DROP, problem(503, "storage", 7), problem(429, "too_many", 3), TAKEN]
    with fake(render=answers) as (host, asked):
        task = run(submit, host, KEY)
    assert task.id == TASK and len(asked) == 4
    assert len({call.headers["idempotency-key"] for call in asked}) == 1 and len(asked[0].headers["idempotency-key"]) >= 16
    assert len({call.body for call in asked}) == 1 and all(call.headers["x-api-key"] == KEY for call in asked)
    assert 0 < pauses[0] < 2 and 7 <= pauses[1] < 8 and 3 <= pauses[2] < 4 and len(pauses) == 3


def test_two_exports_have_two_words(run):
    async def work(client):
        await submit(client), await submit(client)

    with fake(render=[TAKEN]) as (host, asked):
        run(work, host, KEY)
    assert len({call.headers["idempotency-key"] for call in asked}) == 2


CASES = [
    # What the server always says; settings; the exception, its retry_after, and how often it is asked.
    (problem(503, "storage", 1), {}, mapwright_client.SourceFailed, 1, 5),
    (problem(503, "storage", 1), {"tries": 2}, mapwright_client.SourceFailed, 1, 2),
    (problem(429, "queue_full", 30), {"patience": 5.0}, mapwright_client.RateLimited, 30, 1),
    (problem(502, "overpass_message", 30, task_id=TASK), {}, mapwright_client.SourceFailed, 30, 1),
    ((504, {}, b"<html>gateway"), {}, mapwright_client.SourceFailed, None, 5),
    (problem(500, "internal"), {}, mapwright_client.ServerFault, None, 1),
    (problem(400, "bad_request", field="bbox"), {}, mapwright_client.InvalidRequest, None, 1),
    (problem(413, "too_large"), {}, mapwright_client.InvalidRequest, None, 1),
    (problem(422, "empty", task_id=TASK), {}, mapwright_client.TaskFailed, None, 1),
    ((202, {}, b"<html>hello"), {}, mapwright_client.ServerFault, None, 1),
    ((202, {}, b"[]"), {}, mapwright_client.ServerFault, None, 1),
    (DROP, {"tries": 3}, mapwright_client.Unreachable, None, 3),
]


@pytest.mark.parametrize("answer, how, kind, retry_after, calls", CASES)
def test_tries_have_an_end(run, pauses, answer, how, kind, retry_after, calls):
    async def work(client):
        with pytest.raises(kind) as caught:
            await submit(client)
        return caught.value

    with fake(render=[answer]) as (host, asked):
        fault = run(work, host, KEY, **how)
    assert type(fault) is kind and fault.retry_after == retry_after and len(asked) == calls and len(pauses) == calls - 1


def test_a_fault_of_the_server_has_a_trace(run):
    async def work(client):
        with pytest.raises(mapwright_client.ServerFault) as caught:
            await done(client.usage())
        return caught.value

    with fake(usage=[problem(500, "internal", trace="t1")]) as (host, _):
        fault = run(work, host, KEY)
    assert (fault.trace, fault.code, str(fault)) == ("t1", "internal", "it is internal")


def test_nobody_there(run, pauses):
    async def work(client):
        with pytest.raises(mapwright_client.Unreachable) as caught:
            await submit(client)
        return caught.value

    with fake() as (host, _):
        pass
    assert run(work, host, KEY).code == "unreachable" and len(pauses) == 4


def test_events_that_break_off_are_followed_by_polling(run, pauses):
    def event(*row):
        return b"event: status\r\ndata: " + repr(state(*row)).replace("'", '"').replace("None", "null").encode() + b"\r\n\r\n"

    whole = event("processing", 30)
    events = (200, {"content-type": "text/event-stream", "content-length": None}, [b": ping\n\n", event("queued"), whole[:20], whole[20:-1], whole[-1:]])
    polled = [(200, {"retry-after": "3"}, state("processing", 30)), (200, {}, state("processing", 60)), (200, {}, state("completed", 100, CONTENT))]
    for broken in (events, problem(401, "key"), problem(500, "internal"), DROP):
        pauses.clear()
        heard = []
        with fake(render=[TAKEN], events=[broken], status=list(polled)) as (host, asked):
            export = run(lambda client: done(client.export(bbox=BOX, formats="svg", progress=lambda now: heard.append((now.status, now.progress)))), host, KEY)
        expected = [("processing", 30), ("processing", 60), ("completed", 100)]
        assert heard == ([("queued", 0)] if broken is events else []) + expected
        assert pauses == [3, 2] and export.files[0].size == len(CONTENT) and [call.method for call in asked].count("DELETE") == 0


def test_events_come_in_any_pieces():
    stream = ": ping\r\n\r\ndata: Käpylä\r\ndata:two\r\nid: 7\r\n\r\nevent: status\ndata: {}\n\n\rdata: last\r\r".encode() + b"data: not whole"
    expected = ["Käpylä\ntwo", "{}", "last"]
    for size in range(1, len(stream) + 1):
        events = Events()
        pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
        assert [data for piece in pieces for data in events.feed(piece)] == expected, size


def test_a_deadline_is_kept_and_the_export_cancelled(run):
    async def work(client):
        with pytest.raises(mapwright_client.Timeout) as caught:
            await done(client.export(bbox=BOX, formats=["svg"], deadline=0.3))
        return caught.value

    with fake(render=[TAKEN], status=[(200, {"retry-after": "600"}, state("processing"))]) as (host, asked):
        assert run(work, host, KEY).code == "timeout"
    assert [(call.method, call.path) for call in asked[-2:]] == [("POST", "/api/render"), ("DELETE", f"/api/render/{TASK}")]
    assert len({call.headers["idempotency-key"] for call in asked if call.method == "POST"}) == 1


def finished(content=CONTENT):
    return [(200, {}, state("completed", 100, content))]


async def save(client, target):
    files = await done(client.task(TASK).files())
    return await done(files[0].save(target))


def test_a_download_goes_on_where_it_broke(run, pauses, tmp_path):
    half = len(CONTENT) // 2

    def rest(call):
        assert call.headers["range"] == f"bytes={half}-" and call.headers["if-range"].strip('"') == state("", 0, CONTENT)["files"][0]["sha256"]
        return 206, {"content-range": f"bytes {half}-{len(CONTENT) - 1}/{len(CONTENT)}"}, CONTENT[half:]

    for second in (rest, (200, {}, CONTENT)):
        first = (200, {"content-length": str(len(CONTENT))}, [CONTENT[:half]])
        with fake(status=finished(), svg=[DROP, first, problem(503, "storage", 2), second]) as (host, asked):
            path = run(lambda client: save(client, tmp_path), host, KEY)
        assert path.read_bytes() == CONTENT and list(tmp_path.iterdir()) == [path] and path.name == "map.svg"
        assert len(asked) == 5 and "range" not in asked[2].headers and "range" in asked[4].headers


def test_wrong_bytes_leave_no_file(run, tmp_path):
    (tmp_path / "old.svg").write_bytes(b"old")
    for wrong in (CONTENT[:-1] + b"?", CONTENT[:-1], CONTENT + b"?"):
        async def work(client):
            with pytest.raises(mapwright_client.Damaged) as caught:
                await save(client, tmp_path / "old.svg")
            return caught.value

        with fake(status=finished(), svg=[(200, {}, wrong)]) as (host, asked):
            assert run(work, host, KEY).task_id == TASK
        assert len(asked) == 3 and [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]
    with fake(status=finished(), svg=[(200, {}, wrong), (200, {}, CONTENT)]) as (host, _):
        assert run(lambda client: save(client, tmp_path / "old.svg"), host, KEY).read_bytes() == CONTENT


def test_no_name_of_a_server_leads_out_of_a_folder(run, tmp_path):
    for name, own in [("../../up.svg", "up.svg"), ("..\\..\\up.svg", "up.svg"), ("/etc/up.svg", "up.svg"), ("..", "map"), ("", "map")]:
        row = state("completed", 100, CONTENT)
        row["files"][0]["filename"] = name
        with fake(status=[(200, {}, row)], svg=[(200, {}, CONTENT)]) as (host, _):
            assert run(lambda client: save(client, f"{tmp_path}/new/"), host, KEY) == tmp_path / "new" / own


def test_large_files_pass_through_little_memory(run, tmp_path):
    large = bytes(1 << 20) * 48
    with fake(status=finished(large), svg=[(200, {}, large)]) as (host, _):
        tracemalloc.start()
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        path = run(lambda client: save(client, tmp_path), host, KEY)
        peak = tracemalloc.get_traced_memory()[1] - before
        tracemalloc.stop()
    assert path.stat().st_size == len(large) and peak < 8 << 20, f"{peak >> 20} MiB"


def test_keys_go_to_no_other_address(run):
    with fake(render=[TAKEN]) as (other, never), fake(render=[(307, {"location": f"{other}/api/render"}, b"")]) as (host, asked):
        async def work(client):
            with pytest.raises(MapwrightError, match="base_url"):
                await submit(client)

        run(work, host, KEY)
    assert len(asked) == 1 and never == []


def test_a_path_before_the_api_belongs_to_the_address(run):
    with fake(render=[TAKEN]) as (host, asked):
        async def work(client):
            await submit(client)
            return client.base_url

        assert run(work, f"{host}/maps/", KEY) == f"{host}/maps"
    assert asked[0].path == "/maps/api/render"


def test_the_key_is_shown_nowhere(run, pauses, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    shown = []

    async def work(client):
        task = client.task(TASK)
        shown.extend([repr(client), repr(task), str(client), repr(await done(task.files())), repr(await done(client.task(TASK).wait()))])
        for call in (lambda: submit(client), lambda: done(client.usage()), lambda: done(client.formats())):
            with pytest.raises(MapwrightError) as caught:
                await call()
            fault = caught.value
            shown.extend([repr(fault), str(fault), repr(vars(fault)), "".join(traceback.format_exception(fault))])
            # Also where a program writes down what stood in the frames of this package.
            walked = [frame for frame, _ in traceback.walk_tb(fault.__traceback__) if "mapwright_client" in frame.f_globals["__name__"]]
            assert walked and fault.__cause__ is None and not isinstance(fault.__context__, httpx.HTTPError)
            shown.extend(repr(frame.f_locals) for frame in walked)

    with fake(status=finished(), render=[problem(401, "key")], usage=[DROP], formats=[(200, {}, b"<")]) as (host, asked):
        monkeypatch.setenv("MAPWRIGHT_API_KEY", KEY)
        run(work, host, None)
    assert all(call.headers["x-api-key"] == KEY for call in asked) and len(asked) > 8
    assert len(caplog.text) > 1000 and any("again in" in record.message for record in caplog.records)
    assert KEY not in caplog.text and KEY not in "\n".join(shown)


def test_what_is_no_key_or_address_is_said_without_it():
    for key in ("ocd_\nsecret", "ocd_sécret", "ocd_ secret"):
        with pytest.raises(ValueError, match="api_key") as caught:
            Client("http://127.0.0.1", key)
        assert "cret" not in "".join(traceback.format_exception(caught.value)[-1:])
    for address in ("127.0.0.1:80", "ftp://host", "http://", "http://user:secret@host", "http://host?key=secret"):
        with pytest.raises(ValueError, match="base_url") as caught:
            Client(address, KEY)
        assert "secret" not in str(caught.value)
    for how in ({"tries": 0}, {"timeout": 0}, {"patience": -1}):
        with pytest.raises(ValueError, match=next(iter(how))):
            Client("http://127.0.0.1", KEY, **how)


def test_bodies_are_those_of_the_contract(run):
    polygon = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    cases = [
        ({"bbox": BOX, "formats": "svg"}, {"bbox": {"min_lon": 24.940, "min_lat": 60.169, "max_lon": 24.943, "max_lat": 60.171}, "formats": ["svg"]}),
        (
            {"place": "Monte-Carlo", "formats": ("svg", "pdf"), "map_style": "dark", "webhook": "https://example.org/told"},
            {"formats": ["svg", "pdf"], "map_style": "dark", "webhook": "https://example.org/told", "config": {"place": "Monte-Carlo"}},
        ),
        (
            {"area": polygon, "formats": ["dxf"], "detail_level": 2, "config": {"crs": "EPSG:3067"}, "bbox": None},
            {"formats": ["dxf"], "detail_level": 2, "config": {"crs": "EPSG:3067", "area": polygon}},
        ),
    ]
    with fake(render=[TAKEN]) as (host, asked):
        for given, _ in cases:
            run(lambda client: done(client.submit(**given)), host, KEY)
    assert [json.loads(call.body) for call in asked] == [sent for _, sent in cases]
    with pytest.raises(TypeError, match="place"):
        Client("http://127.0.0.1", KEY).submit(place="Monte-Carlo", formats=["svg"], config={"place": "Paris"})

"""The Python client against a live server."""
import asyncio
import hashlib
import json
import re
import time

import pytest
from conftest import done, each
from fake import fake
from live import ROOT, Server

import mapwright_client
from mapwright_client import Client, verify_webhook

BOX = (24.940, 60.169, 24.943, 60.171)
NOWHERE = (0.0, 0.0, 0.01, 0.01)
# A picture that takes far longer than any test waits for it.
LARGE = {"bbox": (24.9352, 60.1642, 24.9534, 60.1791), "formats": ["png"], "config": {"page": {"size": "A0", "dpi": 600}}}
# Exports of the free tier fail: they have no memory.
SETTINGS = {"MAPWRIGHT_WORK_FREE": '{"memory": 1, "processor": 60, "deadline": 300}'}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with fake(told=[(200, {}, b"")]) as (hook, told):
        settings = {**SETTINGS, "MAPWRIGHT_HOOKS_HOSTS": json.dumps([hook.removeprefix("http://")])}
        server = Server(tmp_path_factory.mktemp("client"), settings, "--workers", "2")
        server.free, server.hook, server.told = server.new_key("free"), f"{hook}/told", told
        yield server
        server.end()


@pytest.fixture
def use(run, server):
    """Lets work use a client of this server."""
    return lambda work, key=server.key, **how: run(work, server.host, key, **how)


def ended(server, task_id):
    """The status of a task once it is over."""
    with Client(server.host, server.key) as client:
        until = time.monotonic() + 30
        while not (state := client.task(task_id).status()).is_over:
            assert time.monotonic() < until, state
            time.sleep(0.05)
        return state.status


def test_an_export_from_the_call_to_the_disk(use, tmp_path):
    states = []
    request = {**LARGE, "formats": ["png", "geojson"], "map_style": "minimal", "detail_level": 4, "config": {"page": {"size": "A0", "dpi": 150}}}

    async def work(client):
        export = await done(client.export(progress=states.append, **request))
        return export, await done(export.save(tmp_path / "maps"))

    export, paths = use(work)
    progress = [state.progress for state in states]
    assert progress == sorted(progress) and progress[-1] == 100 and len(set(progress)) > 2, progress
    assert not states[0].is_over and states[-1] == export.state and len(states) == len({repr(state) for state in states})
    assert export.state.created_at <= export.state.started_at <= export.state.finished_at
    assert [file.format for file in export.files] == request["formats"] and any("multipolygons" in note for note in export.notes)
    assert [path.name for path in paths] == ["map.png", "map.geojson"]
    assert sorted(paths) == sorted((tmp_path / "maps").iterdir())
    for file, path in zip(export.files, paths):
        content = path.read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)
    assert paths[0].read_bytes().startswith(b"\x89PNG") and len(json.loads(paths[1].read_bytes())["features"]) > 1000


def test_a_task_is_begun_found_again_and_read(use):
    async def work(client):
        begun = await done(client.submit(bbox={"min_lon": 24.940, "min_lat": 60.169, "max_lon": 24.943, "max_lat": 60.171}, formats="svg"))
        task = client.task(begun.id)
        export = await done(task.wait())
        files = await done(task.files())
        with pytest.raises(mapwright_client.Conflict) as late:
            await done(task.cancel())
        return begun, export, await done(export.files[0].bytes()), await done(files[0].bytes()), late.value

    begun, export, content, again, late = use(work)
    assert export.task_id == begun.id and content == again and len(content) == export.files[0].size
    assert (late.status, late.code, late.title) == (409, "over", "Conflict")


def test_a_word_of_ones_own_makes_one_export(use):
    async def work(client):
        word = f"word-{time.monotonic_ns()}"
        tasks = [await done(client.submit(bbox=BOX, formats=["svg"], idempotency_key=word)) for _ in range(2)]
        with pytest.raises(mapwright_client.Conflict, match="Idempotency-Key") as other:
            await done(client.submit(bbox=BOX, formats=["pdf"], idempotency_key=word))
        return tasks, other.value.status, await done(client.submit(bbox=BOX, formats=["svg"]))

    (one, two), status, third = use(work)
    assert one.id == two.id != third.id and status == 422


def test_cancel(use, server):
    async def work(client):
        task = await done(client.submit(**LARGE))
        with pytest.raises(mapwright_client.Conflict):
            await done(task.files())
        # A try whose answer was lost, and another.
        states = [await done(task.cancel()) for _ in range(2)]
        with pytest.raises(mapwright_client.Cancelled) as over:
            await done(task.wait())
        return task.id, states, over.value

    task_id, states, over = use(work)
    assert [state.status for state in states] == ["cancelled"] * 2 and over.task_id == task_id


def test_whoever_stops_waiting_cancels(use, server):
    def hear(state):
        seen.append(state.task_id)
        raise KeyError("mine")

    for stop, fault in [({"progress": hear}, KeyError), ({"deadline": 2.0}, mapwright_client.Timeout)]:
        seen = []

        async def work(client):
            with pytest.raises(fault):
                await done(client.export(**{"progress": lambda state: seen.append(state.task_id), **stop}, **LARGE))

        use(work)
        assert ended(server, seen[0]) == "cancelled"


def test_what_has_a_word_of_its_own_goes_on(use):
    def hear(state):
        seen.append(state.task_id)
        if len(seen) == 1:
            raise KeyError("mine")

    seen = []
    word = f"word-{time.monotonic_ns()}"
    request = {**LARGE, "config": {"page": {"size": "A2", "dpi": 150}}}

    async def work(client):
        with pytest.raises(KeyError):
            await done(client.export(progress=hear, idempotency_key=word, **request))
        return await done(client.export(progress=hear, idempotency_key=word, **request))

    assert use(work).task_id == seen[0] == seen[-1]


def test_a_cancelled_coroutine_cancels(server):
    async def main():
        begun = asyncio.Queue()
        async with mapwright_client.AsyncClient(server.host, server.key) as client:
            task = asyncio.create_task(client.export(progress=begun.put_nowait, **LARGE))
            state = await begun.get()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return state.task_id

    assert ended(server, asyncio.run(main())) == "cancelled"


def test_waiting_for_a_task_ends_without_ending_it(use, server):
    async def work(client):
        task = await done(client.submit(**LARGE))
        with pytest.raises(mapwright_client.Timeout):
            await done(task.wait(deadline=0.3))
        return await done(task.status()), await done(task.cancel())

    status, cancelled = use(work)
    assert status.status in ("queued", "processing") and cancelled.status == "cancelled"


def test_a_batch_goes_on_where_one_fails(use, tmp_path):
    requests = [{"bbox": BOX, "formats": ["svg"]}, {"bbox": NOWHERE, "formats": ["svg"]}, {"bbox": (7.420, 43.733, 7.428, 43.738), "formats": ["pdf"]}]

    async def work(client):
        rows = []
        async for row in each(client.batch(requests, parallel=2)):
            rows.append(row)
            if row.export:
                await done(row.export.save(tmp_path / str(row.index)))
        return rows

    rows = sorted(use(work), key=lambda row: row.index)
    assert [row.request for row in rows] == requests and [row.error is None for row in rows] == [True, False, True]
    assert isinstance(rows[1].error, mapwright_client.InvalidRequest) and rows[1].error.field == "bbox" and rows[1].export is None
    assert (tmp_path / "0/map.svg").read_bytes().startswith(b"<?xml") and (tmp_path / "2/map.pdf").read_bytes().startswith(b"%PDF-")


def test_a_batch_that_is_left_cancels_the_others(use, server):
    known = server.sql("SELECT id FROM task")

    async def work(client):
        rows = client.batch([{"bbox": BOX, "formats": ["svg"]}, LARGE, LARGE, LARGE], parallel=2)
        first = await anext(rows) if hasattr(rows, "__anext__") else next(rows)
        assert first.index == 0 and first.export
        await done(rows.aclose() if hasattr(rows, "aclose") else rows.close())

    use(work)
    begun = [row[0] for row in server.sql("SELECT id FROM task") if row not in known]
    assert len(begun) in (2, 3)
    assert sorted(ended(server, task_id) for task_id in begun) == ["cancelled"] * (len(begun) - 1) + ["completed"]


def test_words_that_are_none_are_found_before_anything_is_sent(use):
    async def work(client):
        before = await done(client.usage())
        with pytest.raises(TypeError, match="dpi.*config"):
            async for _ in each(client.batch([{"bbox": BOX, "formats": ["svg"]}, {"bbox": BOX, "formats": ["svg"], "dpi": 300}])):
                pass
        with pytest.raises(TypeError, match="formats"):
            await done(client.export(bbox=BOX))
        return before, await done(client.usage())

    before, after = use(work)
    assert before.exports == after.exports


def test_one_file_by_one_call_or_by_several(use, tmp_path):
    async def work(client):
        page = {"page": {"furniture": {"title": "Käpylä"}}}
        return [await done(client.render_now("svg", bbox=BOX, wait=wait, config=page)) for wait in (60, 0)]

    at_once, later = use(work)
    assert at_once == later and at_once.content.startswith(b"<?xml") and at_once.mime == "image/svg+xml"
    assert at_once.save(tmp_path).name == at_once.filename == "käpylä.svg" and (tmp_path / "käpylä.svg").read_bytes() == at_once.content


def test_the_exports_of_a_key(use, server, monkeypatch):
    monkeypatch.setattr("mapwright_client._core._ROWS", 2)
    key = server.new_key("pro")

    async def work(client):
        begun = [(await done(client.submit(bbox=BOX, formats=[name]))).id for name in ("svg", "geojson", "csv", "osm", "pbf")]
        for task_id in begun:
            await done(client.task(task_id).wait())
        return begun, [await rows(client.tasks(limit)) for limit in (None, 3, 0)]

    begun, (whole, three, none) = use(work, key)
    assert [row.task_id for row in whole] == begun[::-1] and three == whole[:3] and none == []
    assert whole[0].formats == ("pbf",) and whole[0].request["bbox"] and whole[0].is_over and whole[0].files[0].format == "pbf"
    server.sql("UPDATE task SET status = 'expired' WHERE id = ?", begun[0])
    (row,) = [row for row in use(lambda client: rows(client.tasks()), key) if row.task_id == begun[0]]
    assert row.status == "expired" and row.is_over


async def rows(found):
    return [row async for row in each(found)]


def test_lists_and_the_use_of_a_key(use):
    async def work(client):
        return [await done(call()) for call in (client.formats, client.styles, client.layers, client.usage)]

    formats, styles, layers, usage = use(work)
    assert {"svg", "dxf"} <= {row["id"] for row in formats} and "minimal" in {row["id"] for row in styles} and any(row["fields"] for row in layers)
    assert usage.tier == "enterprise" and usage.limit is None and usage.exports > 0 and 0 < usage.resets_in <= 86400


def test_every_refusal_is_an_exception_of_its_own(use, server):
    def refused(kind, call, key=server.key):
        async def work(client):
            with pytest.raises(kind) as caught:
                await done(call(client))
            return caught.value

        return use(work, key)

    wrong = refused(mapwright_client.InvalidRequest, lambda client: client.export(bbox=BOX, formats=["svg"], config={"page": {"dpii": 3}}))
    assert (wrong.status, wrong.code, wrong.field, wrong.title) == (400, "bad_request", "page.dpii", "Bad Request") and "dpii" in str(wrong)
    assert refused(mapwright_client.InvalidRequest, lambda client: client.export(bbox=[1.0, 2.0], formats=["svg"])).field == "bbox"
    assert refused(mapwright_client.Unauthorized, lambda client: client.usage(), "ocd_" + "a" * 30).status == 401
    assert refused(mapwright_client.Unauthorized, lambda client: client.submit(bbox=BOX, formats=["svg"]), "").code == "key"
    dear = refused(mapwright_client.LimitReached, lambda client: client.export(bbox=BOX, formats=["cdr"]), server.free)
    assert (dear.status, dear.limit, dear.used, dear.tier) == (402, "free", "cdr", "pro")
    wide = refused(mapwright_client.LimitReached, lambda client: client.export(bbox=(24.9, 60.1, 25.0, 60.2), formats=["svg"]), server.free)
    assert wide.limit == 25 < wide.used and (wide.tier, wide.field) == ("basic", "bbox")
    assert refused(mapwright_client.NotFound, lambda client: client.task("0" * 32).status()).status == 404
    failed = refused(mapwright_client.TaskFailed, lambda client: client.export(**LARGE), server.free)
    assert failed.code == "too_large" and "memory" in failed.detail and failed.task_id


def test_a_result_that_is_no_more(use, server, tmp_path):
    async def work(client):
        export = await done(client.export(bbox=BOX, formats=["svg"]))
        server.sql("UPDATE task SET status = 'expired' WHERE id = ?", export.task_id)
        for call in (lambda: export.files[0].save(tmp_path), lambda: client.task(export.task_id).status(), lambda: client.task(export.task_id).wait()):
            with pytest.raises(mapwright_client.Gone) as gone:
                await done(call())
            assert gone.value.status == 410

    use(work)
    assert list(tmp_path.iterdir()) == []


def test_programs_of_the_readme(server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAPWRIGHT_API_KEY", server.key)
    programs = re.findall("^```python\n(.*?)^```", (ROOT / "clients/python/README.md").read_text(), re.M | re.S)
    for program in programs:
        exec(compile(program.replace("http://127.0.0.1:8080", server.host), "README.md", "exec"), {})
    made = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert len(programs) == 4
    assert made == {"maps/map.svg", "maps/map.pdf", "harbour.geojson", "maps/station/map.pdf", "maps/park/map.pdf", "preview.png", "maps/map.dxf"}


def test_webhooks_by_the_vectors_of_rfc_4231():
    body, secret = b"what do ya want for nothing?", "Jefe"
    right = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    for signature in (right, f"sha256={right}", right.upper(), f" {right}\n"):
        assert verify_webhook(body, signature, secret) and verify_webhook(body, signature, secret.encode())
    for signature in ("", "sha256=", right[:-1], right[:-1] + "4", "é" * 64):
        assert not verify_webhook(body, signature, secret)
    assert not verify_webhook(body + b" ", right, secret) and not verify_webhook(body, right, "jefe")


def test_a_webhook_of_the_server_is_genuine(use, server):
    async def work(client):
        export = await done(client.export(bbox=BOX, formats=["svg"], webhook=server.hook))
        until = time.monotonic() + 30
        while not (calls := [call for call in server.told if export.task_id.encode() in call.body]):
            assert time.monotonic() < until, "nobody was told"
            await asyncio.sleep(0.05)
        return export, calls[0]

    export, call = use(work)
    [(secret,)] = server.sql("SELECT hook_secret FROM key WHERE name = 'local'")
    signature = call.headers["x-mapwright-signature"]
    assert verify_webhook(call.body, signature, secret) and not verify_webhook(call.body + b" ", signature, secret)
    assert mapwright_client.State.of_text(call.body) == export.state


def test_one_version_for_all():
    assert mapwright_client.__version__ == json.loads((ROOT / "package.json").read_text())["version"]

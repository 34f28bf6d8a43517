"""What tests of the Python client share: it blocks or is awaited, and every test is of both."""
import asyncio
import inspect
import sys

import pytest
from live import ROOT

sys.path.insert(0, str(ROOT / "clients/python/src"))


async def done(value):
    """What a call of either client gives."""
    return await value if inspect.isawaitable(value) else value


async def each(rows):
    """What a batch of either client yields."""
    if hasattr(rows, "__aiter__"):
        async for row in rows:
            yield row
    else:
        for row in rows:
            yield row


@pytest.fixture(params=["Client", "AsyncClient"])
def run(request):
    """Lets `work(client)`, a coroutine, use one of the clients."""
    import mapwright_client

    def run(work, host, key, **how):
        async def main():
            client = getattr(mapwright_client, request.param)(host, key, **how)
            try:
                return await work(client)
            finally:
                await done(client.close())

        return asyncio.run(main())

    return run

"""/livez and /readyz, for whoever restarts or routes.

Live means that the loop ticks: it never touches database or Telegram, or an outage of theirs would restart every bot.
Ready means that alerts can be kept and sources are heard.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

Checks = Callable[[], Awaitable[Mapping[str, str]]]


def application(checks: Checks) -> Starlette:
    """Return the pages. `checks` gives "ok", or what is wrong, by the name of each check."""

    async def livez(_: Request) -> JSONResponse:
        await asyncio.sleep(0)
        return JSONResponse({"live": True})

    async def readyz(_: Request) -> JSONResponse:
        findings = dict(await checks())
        ready = all(finding == "ok" for finding in findings.values())
        return JSONResponse({"ready": ready, "checks": findings}, status_code=200 if ready else 503)

    return Starlette(routes=[Route("/livez", livez), Route("/readyz", readyz)])


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the service has its own."""

    @property
    def install_signal_handlers(self) -> Callable[[], None]:
        """Do nothing."""
        return lambda: None


@asynccontextmanager
async def serving(host: str, port: int, checks: Checks) -> AsyncIterator[None]:
    """Serve the pages while the context lasts; port 0 serves none.

    Raises:
        OSError: the port is taken, or the host is none of this machine's.
    """
    if not port:
        yield
        return
    with socket.create_server((host, port)) as listening:
        config = uvicorn.Config(application(checks), log_config=None, access_log=False, lifespan="off")
        server = _Server(config)
        task = asyncio.create_task(server._serve([listening]))  # noqa: SLF001 - serve() would take over the signals
        try:
            yield
        finally:
            server.should_exit = True
            await asyncio.gather(task, return_exceptions=True)

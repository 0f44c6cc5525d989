"""/livez and /readyz, for whoever restarts or routes, and /metrics for whoever watches.

Live means that the loop ticks: it never touches database or Telegram, or an outage of theirs would restart every bot.
Ready means that alerts can be kept and sources are heard.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.web.gate import Gate
from bot.web.metrics import CONTENT_TYPE


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What the pages ask. `live` says why the loop is stuck, or nothing; it waits for nobody.

    `ready` gives "ok", or what is wrong, by the name of each check. `metrics` gives Prometheus' text format.
    `published` are further routes, for other systems and for the operator. `token` is asked for, where one is set.
    """

    live: Callable[[], str]
    ready: Callable[[], Awaitable[Mapping[str, str]]]
    metrics: Callable[[], Awaitable[bytes]]
    published: Sequence[Route] = ()
    token: str = ""


def application(pages: Pages, host: str = "127.0.0.1") -> Gate:
    """Return the pages as an application, behind their gate; `host` is what they are bound to."""

    async def livez(_: Request) -> JSONResponse:
        await asyncio.sleep(0)
        why = pages.live()
        return JSONResponse({"live": not why} | ({"why": why} if why else {}), status_code=503 if why else 200)

    async def metrics(_: Request) -> Response:
        return Response(await pages.metrics(), headers={"content-type": CONTENT_TYPE})

    async def readyz(_: Request) -> JSONResponse:
        findings = dict(await pages.ready())
        ready = all(finding == "ok" for finding in findings.values())
        return JSONResponse({"ready": ready, "checks": findings}, status_code=200 if ready else 503)

    own = [Route("/livez", livez), Route("/readyz", readyz), Route("/metrics", metrics)]
    return Gate(Starlette(routes=[*own, *pages.published]), token=pages.token, host=host)


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the service has its own."""

    @property
    def install_signal_handlers(self) -> Callable[[], None]:
        """Do nothing."""
        return lambda: None


@asynccontextmanager
async def serving(host: str, port: int, pages: Pages) -> AsyncIterator[None]:
    """Serve the pages while the context lasts; port 0 serves none.

    Raises:
        OSError: the port is taken, or the host is none of this machine's.
    """
    if not port:
        yield
        return
    with socket.create_server((host, port)) as listening:
        config = uvicorn.Config(
            application(pages, host), server_header=False, log_config=None, access_log=False, lifespan="off"
        )
        server = _Server(config)
        task = asyncio.create_task(server._serve([listening]))  # noqa: SLF001 - serve() would take over the signals
        try:
            yield
        finally:
            server.should_exit = True
            await asyncio.gather(task, return_exceptions=True)

"""Open events for other systems: /events.geojson, /events.atom, and each one's CAP alert. `?lang=` is the language."""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.alerts.reader import Names, Reader
from bot.model.event import Event
from bot.web import atom, cap, geojson
from bot.wording import words_for
from bot.wording.local import zone_of

_NOT_IN_A_SENDER = re.compile(r"[\s,<&]+")


class Events(Protocol):
    """What is asked of the store."""

    async def live_events(self) -> tuple[Event, ...]:
        """Return all events that still go on."""
        ...

    async def event(self, event_id: str) -> Event | None:
        """Return one event's present state."""
        ...


def published(events: Events, names: Names, now: Callable[[], datetime], sender: str) -> Sequence[Route]:
    """Return the routes. `sender` names whoever runs this Outrider in the CAP alerts."""
    named = _NOT_IN_A_SENDER.sub("", sender) or "outrider"

    def reader(request: Request) -> Reader:
        return Reader(words_for(request.query_params.get("lang", "en")), zone_of("UTC"), names)

    async def as_geojson(request: Request) -> Response:
        return Response(geojson.geojson(await _newest(events), reader(request)), media_type=geojson.CONTENT_TYPE)

    async def as_atom(request: Request) -> Response:
        base = str(request.base_url).rstrip("/")
        feed = atom.atom(await _newest(events), reader(request), now(), base=base)
        return Response(feed, headers={"content-type": atom.CONTENT_TYPE})

    async def as_cap(request: Request) -> Response:
        event = await events.event(request.path_params["event_id"])
        if event is None:
            return PlainTextResponse("no event of that id\n", status_code=404)
        return Response(cap.cap(event, reader(request), sender=named), headers={"content-type": cap.CONTENT_TYPE})

    pages: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "/events.geojson": as_geojson, "/events.atom": as_atom, "/events/{event_id}.cap": as_cap,
    }  # fmt: skip
    return [Route(path, page) for path, page in pages.items()]


async def _newest(events: Events) -> list[Event]:
    return sorted(await events.live_events(), key=lambda event: (event.last_seen_at, event.id), reverse=True)

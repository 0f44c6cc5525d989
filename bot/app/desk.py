"""What the operator's page shows, gathered from the house: facts, tables, the dots of the map."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache

from bot import __version__
from bot.alerts.account import account
from bot.alerts.facts import shown_severity
from bot.alerts.heads import standing as head
from bot.alerts.reader import Reader
from bot.app.build import House
from bot.app.jobs import Jobs
from bot.app.signs import Sign, Signs
from bot.maps.colours import SEVERITIES
from bot.maps.world import SCALE, Detail, World
from bot.model.alert import Delivery
from bot.model.event import Event
from bot.model.item import Source
from bot.services.freshness import down_since
from bot.services.ports import SourceState
from bot.storage.tables import SCHEMA
from bot.web.desk import Account, Cell, Desk, Dot, Standing, Table
from bot.web.metrics import Metrics
from bot.wording import words_for
from bot.wording.local import zone_of

MOST_EVENTS, MOST_DOTS, LAST_ALERTS = 200, 2000, 30
LONGEST = 2.0  # seconds, of the database
_SOUTH = -60 * SCALE  # Antarctica is left out
_LEAST_POINTS = 3
_TURN = 3600  # tenths of a degree
_LATE = timedelta(minutes=5)

Checks = Callable[[], Awaitable[Mapping[str, str]]]


def desk_of(house: House, jobs: Jobs, metrics: Metrics, signs: Signs, checks: Checks) -> Desk:
    """Return what the page asks."""

    async def standing() -> Standing:
        return await _standing(house, jobs, metrics, signs, checks)

    async def told(event_id: str) -> Account | None:
        event = await house.store.event(event_id)
        return None if event is None else _account(event, _reader(house))

    async def world() -> bytes:
        return await asyncio.to_thread(outlines)

    colours = {severity.value: "#{:02x}{:02x}{:02x}".format(*colour) for severity, colour in SEVERITIES.items()}
    return Desk(standing=standing, account=told, world=world, colours=colours)


@cache
def outlines() -> bytes:
    """Return the land as one SVG path, in tenths of a degree with north up, as JSON."""
    parts = []
    for country in World().outlines(Detail.FAR).rings:
        if country.ring.bounds.north < _SOUTH:
            continue
        points = [(round(lon * 10 / SCALE), round(-lat * 10 / SCALE)) for lon, lat in country.ring.points()]
        whole = _unbroken(points)
        if len(whole) < _LEAST_POINTS:  # an islet that is smaller than a tenth of a degree
            continue
        wests = (min(lon for lon, _ in whole), max(lon for lon, _ in whole))
        turns = [0, *[_TURN] * (wests[0] < -_TURN // 2), *[-_TURN] * (wests[1] > _TURN // 2)]
        parts += ["M" + "L".join(f"{lon + turn} {lat}" for lon, lat in whole) + "Z" for turn in turns]
    return json.dumps({"land": "".join(parts)}).encode()


def _unbroken(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ring without points that stand twice, and without a jump where it crosses the date line."""
    whole = [points[0]]
    for lon, lat in points[1:]:
        there = lon - _TURN * round((lon - whole[-1][0]) / _TURN)
        if (there, lat) != whole[-1]:
            whole.append((there, lat))
    return whole


async def _standing(house: House, jobs: Jobs, metrics: Metrics, signs: Signs, checks: Checks) -> Standing:
    now = house.clock.now()
    findings = await checks()
    sources = _sources(house.sources, jobs.states(), now)
    facts = [("Service", _ready(findings)), ("Sources", _fresh(house.sources, jobs.states(), now))]
    try:
        async with asyncio.timeout(LONGEST):
            events = await house.store.live_events()
            waiting, waits = await _waiting(house, now)
            last = [await _last_alerts(house, now)]
    except Exception as error:  # noqa: BLE001 - the page shows what is known without the database
        events, waits = (), Cell(text=f"not known: {type(error).__name__}", mark="bad")
        last, note = [], "The database cannot be read."
        waiting = Table(id="outbox", title="Outbox", columns=(), rows=(), note=note)
    ordered = sorted(events, key=lambda event: (shown_severity(event), event.last_seen_at), reverse=True)
    reader = _reader(house)
    facts += [
        ("Open events", Cell(text=str(len(events)))),
        ("Waiting alerts", waits),
        ("Published to sent", _latency(metrics.latencies)),
        ("Canary", _sign(signs.canary, now, on=bool(house.tuning.canary.every_minutes))),
        ("Backup", _sign(signs.backup, now, on=bool(house.tuning.backups.every_hours))),
        ("Reconciled", _sign(signs.reconciled, now)),
        ("Configuration", _sign(signs.reload, now, never="as at the start")),
    ]
    settings = house.settings
    facts += [("Heartbeat", _sign(signs.heartbeat, now))] if settings.heartbeat_url else []
    facts += [("Webhook", _sign(signs.webhook, now))] if settings.webhook_url else []
    return Standing(
        at=f"{now:%Y-%m-%d %H:%M:%S} UTC",
        version=f"{__version__}, schema {SCHEMA}",
        facts=tuple(facts),
        tables=(_events(ordered, reader, now), waiting, *last, sources),
        dots=tuple(
            Dot(
                id=event.id, lon=round(event.place.point.lon, 2), lat=round(event.place.point.lat, 2),
                severity=shown_severity(event).value, title=head(event, reader),
            )
            for event in reversed(ordered[:MOST_DOTS])  # the gravest on top
        ),
    )  # fmt: skip


def _reader(house: House) -> Reader:
    return Reader(words_for("en"), zone_of("UTC"), house.gazetteer.name_in)


def _account(event: Event, reader: Reader) -> Account:
    told = account(event, reader)
    named = [Cell(text=f"{one.outlet}: {one.title}", link=one.url) for one in event.reports]
    lines = tuple(filter(None, (told.body, told.advice, f"{event.id}, version {event.version}, {event.state.value}")))
    return Account(id=event.id, title=told.title, lines=lines, sources=tuple(named))


def _events(events: Sequence[Event], reader: Reader, now: datetime) -> Table:
    rows = tuple(
        (
            Cell(text=shown_severity(event).value, mark=shown_severity(event).value),
            Cell(text=_words(event, reader), link=f"/event/{event.id}"),
            Cell(text=event.state.value),
            Cell(text=str(len(event.voices))),
            Cell(text=age(now - event.last_seen_at)),
        )
        for event in events[:MOST_EVENTS]
    )
    more = f"and {len(events) - MOST_EVENTS} more" if len(events) > MOST_EVENTS else ""
    note = more if events else "Nothing goes on that is known here."
    columns = ("Severity", "Event", "State", "Voices", "Last heard")
    return Table(id="events", title="Open events", columns=columns, rows=rows, note=note)


def _words(event: Event, reader: Reader) -> str:
    """Return what and where, without the severity, which has a column of its own."""
    told = head(event, reader)
    return told.partition(": ")[2] or told


async def _waiting(house: House, now: datetime) -> tuple[Table, Cell]:
    """Return what waits by lane, and its sum."""
    pending = sorted(await house.store.outbox_pending(now), key=lambda one: one.severity, reverse=True)
    counts = await house.store.outbox_counts()
    ages = [now - one.due_since for one in pending if one.due_since]
    rows = tuple(
        (
            Cell(text=one.severity.value, mark=one.severity.value),
            Cell(text=str(one.rows)),
            _waits(now - one.due_since if one.due_since else None),
        )
        for one in pending
    )
    kept = ", ".join(f"{number} {state.value}" for state, number in counts.items() if number)
    table = Table(
        id="outbox", title="Outbox", columns=("Lane", "Waiting", "Oldest that is due"), rows=rows,
        note=f"Kept: {kept or 'nothing'}.",
    )  # fmt: skip
    number = sum(one.rows for one in pending)
    late = bool(ages) and max(ages) > _LATE
    return table, Cell(
        text=f"{number}, oldest {age(max(ages))}" if ages else str(number), mark="bad" if late else "good"
    )


def _waits(since: timedelta | None) -> Cell:
    if since is None:
        return Cell(text="not yet due")
    return Cell(text=age(since), mark="bad" if since > _LATE else "")


async def _last_alerts(house: House, now: datetime) -> Table:
    marks = {Delivery.SENT: "good", Delivery.UNKNOWN: "bad", Delivery.DEAD: "warn"}
    rows = tuple(
        (
            Cell(text=age(now - one.settled_at) if one.settled_at else ""),
            Cell(text=one.severity.value, mark=one.severity.value),
            Cell(text=one.reason.value),
            Cell(text=f"{one.state.value}{f': {one.why}' if one.why else ''}", mark=marks.get(one.state, "")),
            Cell(text=age(one.settled_at - one.created_at) if one.settled_at else ""),
            Cell(text=str(one.attempt)),
            Cell(text=one.event_id, link=f"/event/{one.event_id}"),
        )
        for one in await house.logbook.recent_deliveries(LAST_ALERTS)
    )
    columns = ("Ago", "Severity", "Why", "Outcome", "Took", "Tries", "Event")
    note = "" if rows else "None was sent yet."
    return Table(id="alerts", title="Last alerts", columns=columns, rows=rows, note=note)


def _sources(sources: Sequence[Source], states: Mapping[str, SourceState], now: datetime) -> Table:
    """Return the sources: those that are down first, then those that were never heard, then by their silence."""

    def worst(source: Source) -> tuple[int, float]:
        state = states.get(source.id)
        if state is None or state.last_success_at is None:
            return (1 if state is None or not state.failing else 0, 0.0)
        down = down_since(source, state, now) is not None
        return (0 if down else 2 if state.failing else 3, state.last_success_at.timestamp())

    rows = tuple(_source(source, states.get(source.id), now) for source in sorted(sources, key=worst))
    columns = ("Source", "State", "Answered", "Newest item", "About", "Id")
    return Table(id="sources", title="Sources, the worst first", columns=columns, rows=rows)


def _source(source: Source, state: SourceState | None, now: datetime) -> tuple[Cell, ...]:
    heard = state.last_success_at if state else None
    if state is None or (heard is None and not state.failing):
        stands = Cell(text="not heard yet", mark="warn")
    elif down_since(source, state, now) is not None:
        stands = Cell(text=f"down: {state.failing or 'silent beyond its habit'}", mark="bad")
    elif state.failing:
        stands = Cell(text=state.failing, mark="warn")
    else:
        stands = Cell(text="fresh", mark="good")
    newest = state.last_item_at if state else None
    return (
        Cell(text=source.name),
        stands,
        Cell(text=age(now - heard) if heard else "never"),
        Cell(text=age(now - newest) if newest else ""),
        Cell(text=" ".join(source.regions[:6])),
        Cell(text=source.id),
    )


def _ready(findings: Mapping[str, str]) -> Cell:
    wrong = [f"{name} {finding}" for name, finding in findings.items() if finding != "ok"]
    return Cell(text="; ".join(wrong) or "ready", mark="bad" if wrong else "good", link="/readyz")


def _fresh(sources: Sequence[Source], states: Mapping[str, SourceState], now: datetime) -> Cell:
    known = [(source, states[source.id]) for source in sources if source.id in states]
    down = sum(down_since(source, state, now) is not None for source, state in known)
    heard = sum(state.last_success_at is not None for _, state in known)
    mark = "good" if not down else "warn" if down < len(sources) / 5 else "bad"
    return Cell(text=f"{heard} of {len(sources)} heard, {down} down", mark=mark)


def _latency(latencies: Sequence[float]) -> Cell:
    """Return the percentiles of what this process sent since its start."""
    if not latencies:
        return Cell(text="none sent yet")
    ranked = sorted(latencies)
    at = (ranked[min(len(ranked) - 1, int(len(ranked) * part / 100))] for part in (50, 95, 99))
    text = ", ".join(f"p{part} {age(timedelta(seconds=one))}" for part, one in zip((50, 95, 99), at, strict=True))
    return Cell(text=f"{text} (of {len(ranked)})")


def _sign(sign: Sign, now: datetime, *, on: bool = True, never: str = "not yet") -> Cell:
    if not on:
        return Cell(text="off", mark="warn")
    since = f"{age(now - sign.at)} ago" if sign.at else never
    if sign.why:
        return Cell(text=f"{sign.why}; last well: {since}", mark="bad")
    return Cell(text=f"{since}, {sign.note}" if sign.note else since, mark="good" if sign.at else "")


def age(span: timedelta) -> str:
    """Return a span of time in one or two words: "7 s", "3 min", "2 h", "5 d"."""
    seconds = max(0.0, span.total_seconds())
    for name, length, most in (("s", 1, 120), ("min", 60, 7200), ("h", 3600, 172_800)):
        if seconds < most:
            return f"{seconds / length:.0f} {name}"
    return f"{seconds / 86_400:.0f} d"

"""`outrider replay`: items in time order in, the events that they make out, judged as one watcher of the whole world.

Everything between an item and what is told runs here as in the service, but for the store: known events are kept in
memory, with an index of places and times of their own.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import takewhile
from math import floor
from typing import Any

from pydantic import ValidationError

from bot.alerts.plan import is_told
from bot.app.books import load_books
from bot.app.folders import config_dir
from bot.app.json_lines import answer_lines
from bot.app.reading_lines import Line
from bot.events.judge import expiry, judge_time, overtaken, statement, worth_keeping
from bot.events.naming import index_names
from bot.events.neighbourhood import is_near, neighbourhood
from bot.model.event import Event, EventChange, Neighbourhood, Statement
from bot.model.item import Item
from bot.model.place import Point
from bot.pipeline import Books, Understanding, judge, understand

BAND_DEGREES = 2.0
KM_PER_DEGREE = 111.0  # of latitude, rounded down: a band too many costs nothing
FORGOTTEN_AFTER = timedelta(days=30)  # longer than any neighbourhood looks back


class KnownEvents:
    """Events by place and time, as the store would hand them out."""

    def __init__(self) -> None:
        self._events: dict[str, Event] = {}
        self._by_country: dict[str | None, set[str]] = {}
        self._by_latitude: dict[int, set[str]] = {}
        self._by_name: dict[str, set[str]] = {}
        self._due: list[tuple[datetime, str]] = []
        self._said: dict[str, list[Statement]] = {}
        self._loose: dict[str, list[tuple[datetime, str]]] = {}
        self._event_of: dict[str, str] = {}

    def keep(self, event: Event) -> None:
        """Keep the event's new state."""
        self._belong(self._events.get(event.id), event)
        self._events[event.id] = event
        for code in event.countries or (None,):
            self._by_country.setdefault(code, set()).add(event.id)
        self._by_latitude.setdefault(_band(event.place.point.lat), set()).add(event.id)
        for name in index_names(event):
            self._by_name.setdefault(name, set()).add(event.id)
        heappush(self._due, (expiry(event), event.id))

    def near(self, where: Neighbourhood) -> tuple[Event, ...]:
        """Return the events near, live and closed, not merged ones; newest first."""
        ids = {one for code in (*where.countries, None) for one in self._by_country.get(code, ())}
        ids |= {one for word in where.words for one in self._by_name.get(word, ())}
        for point in where.points:
            ids |= set(self._beside(point, where.km))
        found = [event for event in map(self._events.__getitem__, ids) if not event.countries or is_near(event, where)]
        kept = [one for one in found if one.merged_into is None and one.last_seen_at >= where.since]
        return tuple(sorted(kept, key=lambda one: (one.last_seen_at, one.id), reverse=True))

    def hear(self, said: Statement, now: datetime) -> None:
        """Keep what an item said that comes in now, for when an older one comes in."""
        self._said.setdefault(said.item.id, []).append(said)
        if worth_keeping(said):
            for code in {place.country for one in said.assessments for place in one.places if place.country}:
                self._loose.setdefault(code, []).append((now, said.item.id))

    def heard(self, where: Neighbourhood, events: Iterable[Event], at: datetime) -> tuple[Statement, ...]:
        """Return what the reports of these events said, and what was said near since then and belongs to no event."""
        ids = {report.item_id for event in events for report in event.reports}
        came_since = (
            takewhile(lambda one: one[0] >= at, reversed(self._loose.get(code, ()))) for code in where.countries
        )  # nothing comes in before it is published
        loose = {item_id for came in came_since for _, item_id in came if item_id not in self._event_of}
        late = (one for item_id in sorted(loose) for one in self._said[item_id] if one.at >= at)
        return (*(one for item_id in sorted(ids) for one in self._said.get(item_id, ())), *late)

    def passed(self, now: datetime) -> Iterator[EventChange]:
        """Give what time alone has changed until now, in its order, and forget what nothing can concern any more."""
        while self._due and self._due[0][0] <= now:
            at, event_id = heappop(self._due)
            event = self._events.get(event_id)
            if event is None:
                continue
            change = judge_time(event, at)
            if change is not None:
                self.keep(change.after)
                yield change
            elif event.last_seen_at + FORGOTTEN_AFTER <= now:
                self._forget(event)
            elif not event.live:
                heappush(self._due, (event.last_seen_at + FORGOTTEN_AFTER, event_id))

    def _belong(self, before: Event | None, after: Event) -> None:
        """Note which items belong to the event by now."""
        ids = {report.item_id for report in after.reports}
        for item_id in {report.item_id for report in before.reports} - ids if before else ():
            if self._event_of.get(item_id) == after.id:
                del self._event_of[item_id]
        self._event_of.update(dict.fromkeys(ids, after.id))

    def _forget(self, event: Event) -> None:
        del self._events[event.id]
        for ids in (*self._by_country.values(), *self._by_latitude.values(), *self._by_name.values()):
            ids.discard(event.id)

    def _beside(self, point: Point, km: float) -> Iterator[str]:
        """Give the events whose latitude is no further off than that."""
        reach = km / KM_PER_DEGREE
        for band in range(_band(point.lat - reach), _band(point.lat + reach) + 1):
            yield from self._by_latitude.get(band, ())


def _band(lat: float) -> int:
    return floor(lat / BAND_DEGREES)


@dataclass(slots=True)
class Story:
    """An event with its history."""

    event: Event
    changes: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Replay:
    """The replay of a stream: give it understandings in time order, then ask for the events."""

    known: KnownEvents = field(default_factory=KnownEvents)
    stories: dict[str, Story] = field(default_factory=dict)
    names: dict[str, str | int] = field(default_factory=dict)
    now: datetime | None = None

    def take(self, understanding: Understanding, name: str | int) -> tuple[EventChange, ...]:
        """Judge an item at the time of its publication (never before the last one), and return what it changed."""
        published = understanding.item.published_at
        assert published is not None
        now = self.now = max(published, self.now or published)
        self.names[understanding.item.id] = name
        for change in self.known.passed(now):
            self._note(change, None)
        near = neighbourhood(understanding.item, understanding.assessments, now)
        changes = self._judged(understanding, near, published, now) if near else ()
        for change in changes:
            self.known.keep(change.after)
            self._note(change, name if change is changes[0] else None)
        return changes

    def _judged(
        self, understanding: Understanding, near: Neighbourhood, at: datetime, now: datetime
    ) -> tuple[EventChange, ...]:
        known = self.known.near(near)
        heard = self.known.heard(near, overtaken(known, at), at)
        self.known.hear(statement(understanding.item, understanding.assessments, now), now)
        return judge(understanding, known, now, heard)

    def events(self) -> Iterator[dict[str, Any]]:
        """Give the events as they are at last, the first seen first; what was merged stands with its cause."""
        for story in self.stories.values():
            if story.event.merged_into is not None:
                cause = self._last(story.event)
                cause.changes = sorted([*cause.changes, *story.changes], key=lambda one: str(one["at"]))
        for story in sorted(self.stories.values(), key=lambda one: (one.event.first_seen_at, one.event.id)):
            if story.event.merged_into is None:
                yield self._line(story)

    def _last(self, event: Event) -> Story:
        while event.merged_into is not None:
            event = self.stories[event.merged_into].event
        return self.stories[event.id]

    def _note(self, change: EventChange, name: str | int | None) -> None:
        story = self.stories.setdefault(change.after.id, Story(change.after))
        story.event = change.after
        story.changes.append(
            {
                "at": change.at.isoformat(),
                "kind": change.kind,
                "item_id": name,
                "severity": change.after.severity,
                "tell": is_told(change) and (change.before is not None or change.after.live),
            }
        )

    def _line(self, story: Story) -> dict[str, Any]:
        event = story.event
        return {
            "event_id": event.id,
            "hazard": event.hazard,
            "severity": event.severity,
            "state": event.state,
            "countries": list(event.countries),
            "places": [place.name for place in event.area],
            "item_ids": [self.names[report.item_id] for report in event.reports],
            "changes": story.changes,
        }


def replay_lines(lines: Iterable[str], books: Books) -> Iterator[dict[str, Any]]:
    """Give `{id, error}` for each bad line as it is met, and in the end one answer for each event."""
    replay = Replay()
    for line in lines:
        if line.strip():
            error = _take(replay, line, books)
            if error is not None:
                yield error
    yield from replay.events()


def _take(replay: Replay, line: str, books: Books) -> dict[str, Any] | None:
    """Take in one line; return what is wrong with it, if anything."""
    name: str | int | None = None
    try:
        data = json.loads(line)
        name = data.get("id") if isinstance(data, dict) and isinstance(data.get("id"), str | int) else None
        entry = Line.model_validate(data)
        replay.take(understand(_dated(entry.item()), books), entry.id)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        return {"id": name, "error": f"{'.'.join(map(str, first['loc']))}: {first['msg']}"}
    except (ValueError, RecursionError) as error:
        return {"id": name, "error": str(error)}
    except Exception as error:  # noqa: BLE001 - an item that cannot be read costs only itself
        return {"id": name, "error": f"cannot be read: {type(error).__name__}: {error}"}
    return None


def _dated(item: Item) -> Item:
    if item.published_at is None:
        raise ValueError("published_at: is missing, and a replay has no other clock")
    return replace(item, fetched_at=item.published_at)


def replay_file(name: str) -> int:
    """Replay the file (or - for standard input), print the events as JSON Lines, and return the exit status."""
    books = load_books(config_dir())
    return answer_lines(name, lambda lines: replay_lines(lines, books))

"""The daily or weekly brief of a chat, at the hour that it chose, by its own clock.

A brief is taken under a lease before it is sent, and written down after it: several processes send one, a restart
repeats none that was written down, and a crash between the two repeats it once, after the lease. In the chat's quiet
hours it waits. After an outage one brief comes, not one for each day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.alerts.briefs import Brief, Way, brief_message
from bot.alerts.reader import Names, Reader
from bot.events.board import Row, Standing, board
from bot.events.touching import covers, touches
from bot.model.advice import Advice
from bot.model.alert import TryLater
from bot.model.event import ChangeKind, Event, EventChange
from bot.model.place import Place
from bot.model.reading import Cue
from bot.model.watch import Chat, ChatState, Watch
from bot.services.due import next_brief
from bot.services.ports import Clock, Sender
from bot.watches.concern import Concern
from bot.watches.match import match_of
from bot.watches.quiet import quiet_until

LEASE = timedelta(minutes=2)
AT_ONCE = 200
ON_BOARD_FOR = timedelta(days=14)
_CUES = {
    Standing.OPEN: Cue.RESTORED, Standing.REOPENED: Cue.RESTORED, Standing.DISRUPTED: Cue.DISRUPTED,
    Standing.SUSPENDED: Cue.SUSPENDED, Standing.CLOSED: Cue.CLOSED,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DueBrief:
    """A brief whose time has come; `since` is when the one before went out."""

    chat: Chat
    due_at: datetime
    since: datetime


class Kept(Protocol):
    """What is asked of the store."""

    async def take_briefs(self, now: datetime, lease: timedelta, limit: int) -> tuple[DueBrief, ...]:
        """Take briefs that are due and that nobody else is sending."""
        ...

    async def settle_brief(self, brief: DueBrief, due_at: datetime | None, told_at: datetime | None = None) -> None:
        """Write when the next is due, and if this one went out when."""
        ...

    async def over_for(self, chat_id: int, since: datetime) -> tuple[Event, ...]:
        """Return the events of which the chat was told and that are over since then."""
        ...

    async def live_events(self) -> tuple[Event, ...]:
        """Return all events that still go on."""
        ...

    async def events_with_ways(self, since: datetime) -> tuple[Event, ...]:
        """Return the events that tell how an airport or a border stands."""
        ...

    async def advice(self, country: str) -> tuple[Advice, ...]:
        """Return what each government advises about a country."""
        ...

    async def watches_of(self, chat_id: int) -> tuple[Watch, ...]:
        """Return a chat's watches."""
        ...


class Briefs:
    """Sends what is due. Each look can be repeated without harm."""

    def __init__(self, *, store: Kept, sender: Sender, clock: Clock, names: Names) -> None:
        self._store, self._sender, self._clock, self._names = store, sender, clock, names

    async def look(self) -> int:
        """Send the briefs that are due now; return how many went out."""
        now, told = self._clock.now(), 0
        taken = await self._store.take_briefs(now, LEASE, AT_ONCE)
        if not taken:
            return 0
        live = [_opened(event) for event in await self._store.live_events()]
        rows = board(await self._store.events_with_ways(now - ON_BOARD_FOR), now)
        for one in taken:
            told += await self._send(one, live, rows, now)
        return told

    async def _send(self, due: DueBrief, live: Sequence[Concern], rows: Sequence[Row], now: datetime) -> bool:
        chat = due.chat
        sleeps = quiet_until(chat, now)
        if chat.state is not ChatState.ACTIVE or sleeps is not None:
            await self._store.settle_brief(due, sleeps or next_brief(chat, now))
            return False
        message = brief_message(await self._brief(due, live, rows), chat, Reader.of(chat, self._names), now)
        if message is not None:
            outcome = await self._sender.send(chat, message)
            if isinstance(outcome, TryLater):
                await self._store.settle_brief(due, outcome.at)
                return False
        await self._store.settle_brief(due, next_brief(chat, now), now)
        return message is not None

    async def _brief(self, due: DueBrief, live: Sequence[Concern], rows: Sequence[Row]) -> Brief:
        watches = await self._store.watches_of(due.chat.id)
        open_events = [one.change.after for one in live if any(_heard(one, watch) for watch in watches)]
        open_events.sort(key=lambda event: (-event.severity.step, event.id))
        places = [place for watch in watches for place in watch.area]
        countries = dict.fromkeys(code for place in places for code in (place.country, *place.countries) if code)
        advice = [one for country in countries for one in await self._store.advice(country)]
        return Brief(
            since=due.since,
            watched=len(watches),
            open=tuple(open_events),
            over=await self._store.over_for(due.chat.id, due.since),
            board=tuple(_way(row) for row in rows if any(_about(row, place) for place in places)),
            advice=tuple(one for one in advice if one.before is not None and one.since > due.since),
        )


def _opened(event: Event) -> Concern:
    return Concern(EventChange(kind=ChangeKind.OPENED, before=None, after=event, cause=None, at=event.last_seen_at))


def _heard(concern: Concern, watch: Watch) -> bool:
    wanted = watch.hazards is None or bool(watch.hazards & concern.hazards)
    return wanted and concern.severity >= watch.min_severity and match_of(watch, concern) is not None


def _about(row: Row, place: Place) -> bool:
    return covers(place, row.place) or touches(place, row.place)


def _way(row: Row) -> Way:
    return Way(place=row.place, what=row.what, cue=_CUES[row.standing], since=row.since)

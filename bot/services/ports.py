"""The ports: what the services need of the world. The edges provide them, tests bring their own.

An expected failure (a feed that is down, bytes that are no feed) is a value: `FetchFailed`, `Unreadable`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.feeds.full_list import Listed
from bot.feeds.rhythm import Rhythm
from bot.model.advice import Advice
from bot.model.alert import Alert, Delivery, HandOver, Message, Outcome, Told
from bot.model.assessment import Severity
from bot.model.event import Event, EventChange, Neighbourhood, Statement
from bot.model.item import Item, Source
from bot.model.watch import Chat, Ears, Match, Watch, Watched
from bot.pipeline import Understanding


class Clock(Protocol):
    """The time of day, and waiting."""

    def now(self) -> datetime:
        """Return the present time, aware, in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What the server gave to ask with next time; echoed back exactly."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A whole body within the limits. `max_age` is the server's own hint of when to come back, `retry_after` its order.

    `moved_to` is the address that permanent redirects alone led to, or nothing.
    """

    body: bytes
    content_type: str
    validators: Validators
    url: str
    max_age: timedelta | None = None
    retry_after: timedelta | None = None
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """Nothing has changed since the last time; the rest as in `Fetched`."""

    validators: Validators
    max_age: timedelta | None = None
    retry_after: timedelta | None = None
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailed:
    """No answer that can be used, in plain words. `retry_after` is the server's wish; `gone` is 410.

    `status` is the HTTP status, where there was an answer at all.
    """

    why: str
    retry_after: timedelta | None = None
    gone: bool = False
    status: int | None = None


class Fetcher(Protocol):
    """Gets a feed's bytes, politely and within limits."""

    async def fetch(self, url: str, validators: Validators) -> Fetched | NotModified | FetchFailed:
        """Get the address with a conditional request; never raises for what the network does."""
        ...


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The bytes or the item could not be read, in plain words."""

    why: str


class Decoder(Protocol):
    """Turns a feed's bytes into items."""

    async def decode(self, source: Source, fetched: Fetched, now: datetime) -> tuple[Item, ...] | Unreadable:
        """Decode within limits of time and memory; never raises for what the bytes are."""
        ...


class Understander(Protocol):
    """Reads and assesses items, off the event loop."""

    async def understand(self, items: Sequence[Item]) -> tuple[Understanding | Unreadable, ...]:
        """Return one answer an item, in order; an item that cannot be read costs only itself."""
        ...


class Sender(Protocol):
    """Brings a message to a chat. It alone knows the messenger's errors."""

    async def send(self, chat: Chat, message: Message) -> Outcome:
        """Send, reply or edit as the message says; never raises but for cancellation."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where permanent redirects lead, since when, seen on how many polls in a row; `kept` is asked there at once."""

    to: str
    since: datetime
    seen: int = 1
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is known of polling one source. `failing` is why it fails, in plain words, or None.

    `url` is the catalogue's address that all this is known of. `wish` is the interval that suits what comes, None for
    the catalogue's; before `soonest_at` nothing is asked whatever happens. `last_success_at` is the fetch clock,
    `last_item_at` (the newest date) and `stirred_at` (when something new was met) are the content clock, `longest_gap`
    its longest silence, slowly forgotten, `stirs` how often it stirred. `listed` are the items of the last complete
    list, `shrunk` how often in a row most of them were missing.
    """

    source_id: str
    validators: Validators = Validators()
    next_at: datetime | None = None
    last_success_at: datetime | None = None
    last_item_at: datetime | None = None
    failures: int = 0
    empty_polls: int = 0
    failing: str | None = None
    disabled: bool = False
    url: str = ""
    moved: Moved | None = None
    wish: timedelta | None = None
    soonest_at: datetime | None = None
    rhythm: Rhythm | None = None
    failing_since: datetime | None = None
    stirred_at: datetime | None = None
    longest_gap: timedelta | None = None
    stirs: int = 0
    listed: tuple[Listed, ...] = ()
    shrunk: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One item's whole effect, stored in one transaction: the item as seen, the changes, the alerts.

    `item` is None for what time alone changed. `said` is kept for when an older item comes in; None for what can
    concern no event. `handed` is done before the alerts are added. `near` is where was looked for known events and
    `known` are their ids: where another process opened one there since, the decision clashes. `silent`: nobody is
    told of it, for it is old news, or its source was held back.
    """

    item: Item | None
    changes: tuple[EventChange, ...]
    alerts: tuple[Alert, ...]
    at: datetime
    said: Statement | None = None
    handed: tuple[HandOver, ...] = ()
    near: Neighbourhood | None = None
    known: frozenset[str] = frozenset()
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """An outbox row on its way: its attempt is committed. `event` is the event's present state.

    `attempt` counts from 1; `ambiguous` counts earlier tries of which it is unknown whether they arrived.
    `message_id` is the first alert of this event in this chat, to reply to or to edit, if it was sent.
    `row` is the store's own number of it, which stays when the chat moves.
    """

    alert: Alert
    chat: Chat
    event: Event
    attempt: int
    ambiguous: int
    message_id: int | None = None
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What becomes of a claimed row."""

    state: Delivery
    next_at: datetime | None = None
    why: str = ""
    message_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Alerts of one severity that are still to be sent. `due_since` is since when the oldest could have been sent.

    None where none can yet: quiet hours.
    """

    severity: Severity
    rows: int
    due_since: datetime | None


class Store(Protocol):
    """All that is kept. Every writing method is one transaction, committed when it returns."""

    async def source_states(self) -> Mapping[str, SourceState]:
        """Return the state of each source that was ever polled, by source id."""
        ...

    async def save_source_state(self, state: SourceState) -> None:
        """Keep a source's state."""
        ...

    async def coverage_told(self) -> Mapping[tuple[int, str], datetime]:
        """Return since when there was no source about a country, by (chat id, country) of who was told so."""
        ...

    async def tell_coverage(self, chat_id: int, country: str, since: datetime | None) -> None:
        """Keep that the chat was told of the loss; with None, of the return."""
        ...

    async def advice(self, country: str) -> tuple[Advice, ...]:
        """Return what each government advises about a country (ISO 3166), the strictest first."""
        ...

    async def advice_of(self, government: str) -> Mapping[str, Advice]:
        """Return all that a government (ISO 3166) advises, by its own ids."""
        ...

    async def keep_advice(self, learnt: Sequence[Advice]) -> None:
        """Keep what governments advise, each in place of what the same one advised about the same before."""
        ...

    async def unseen(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return the items whose id, or whose words under that id, were not committed before; duplicates once."""
        ...

    async def items(self, ids: Sequence[str]) -> tuple[Item, ...]:
        """Return the items of these ids that are still kept, each in its newest words; in no order."""
        ...

    async def known_events(self, near: Neighbourhood) -> tuple[Event, ...]:
        """Return the events near, live and closed, not merged ones; newest last_seen_at first."""
        ...

    async def statements(self, near: Neighbourhood, event_ids: Sequence[str], since: datetime) -> tuple[Statement, ...]:
        """Return what the reports of these events said, and what was said since then near and belongs to no event."""
        ...

    async def live_events(self) -> tuple[Event, ...]:
        """Return all events that still go on."""
        ...

    async def events_with_ways(self, since: datetime) -> tuple[Event, ...]:
        """Return the events last seen since then that tell how an airport, an air space or a border stands."""
        ...

    async def event(self, event_id: str) -> Event | None:
        """Return one event's present state."""
        ...

    async def event_ids(self, name: str, most: int = 9) -> tuple[str, ...]:
        """Return the ids of events whose id begins so, or whose tag it is (`ML-17SEP-K7`), or the one that is it."""
        ...

    async def watched(self, ears: Ears) -> tuple[Watched, ...]:
        """Return the watches of active chats that these ears may mean, with their chats."""
        ...

    async def told(self, event_ids: Sequence[str]) -> Mapping[tuple[int, str], Told]:
        """Return what each chat was told of these events, by (chat id, event id)."""
        ...

    async def heard(self, event_id: str, chat_ids: Sequence[int]) -> tuple[tuple[Watched, Match], ...]:
        """Return how the event concerned these chats when they were first told of it."""
        ...

    async def commit(self, decisions: Sequence[Decision]) -> int:
        """Write all decisions in one transaction; return how many alerts were new.

        An alert whose key is already in the outbox is dropped. A change whose `before` is not the stored version of
        its event (or an opened event that exists already) raises VersionClash, and nothing is written.
        """
        ...

    async def claim(
        self,
        owner: str,
        now: datetime,
        limit: int,
        lease: timedelta,
        *,
        most: Severity = Severity.EXTREME,
        resting: Collection[int] = (),
    ) -> tuple[Claimed, ...]:
        """Take rows that are due, most severe first and events in turn, and commit the attempt before returning them.

        `most` leaves graver rows alone (the turn of the lesser ones), `resting` the rows of these chats.
        Never claims a reply or an edit whose chat's first alert of that event is not settled, nor a row whose chat is
        not active. Rows past their expiry become `expired`.
        """
        ...

    async def settle(self, claimed: Claimed, settlement: Settlement, now: datetime) -> bool:
        """Write what came of the attempt; False where another attempt holds the row by now."""
        ...

    async def recover(self, owner: str, now: datetime, in_flight: Collection[int] = ()) -> int:
        """Make rows `ambiguous` that nobody is sending any more; return how many.

        Of this owner's rows those not `in_flight` (their numbers). Of other owners' at once, where the store belongs to
        one process at a time; else when their leases are over.
        """
        ...

    async def rouse(self, now: datetime) -> int:
        """Make due now what waits for a retry, not for the end of quiet hours: the clock was set back."""
        ...

    async def next_due(self, now: datetime) -> datetime | None:
        """Return when the next row is due, or None."""
        ...

    async def outbox_counts(self) -> Mapping[Delivery, int]:
        """Return the number of rows in each state."""
        ...

    async def outbox_pending(self, now: datetime) -> tuple[Pending, ...]:
        """Return what active chats are still to be sent, by severity; a severity of which nothing waits is left out."""
        ...

    async def touch(self) -> str:
        """Write something that changes nothing, durably; return the number of the schema."""
        ...

    async def chat(self, chat_id: int) -> Chat | None:
        """Return a chat."""
        ...

    async def save_calm(self, chat: Chat, *, wakes_at: datetime, brief_at: datetime | None, now: datetime) -> None:
        """Keep a chat; make due what waits longer than `wakes_at` for its morning, and its brief at `brief_at`."""
        ...

    async def save_chat(self, chat: Chat) -> None:
        """Keep a chat."""
        ...

    async def move_chat(self, old_id: int, new_id: int) -> None:
        """A group became a supergroup: move its chat, watches and outbox in one transaction."""
        ...

    async def watches_of(self, chat_id: int) -> tuple[Watch, ...]:
        """Return a chat's watches, oldest first."""
        ...

    async def add_watch(self, watch: Watch) -> Watch:
        """Keep a new watch; return it with its id. An equal watch of that chat is updated, not doubled."""
        ...

    async def remove_watch(self, chat_id: int, watch_id: int) -> bool:
        """Drop a chat's watch; False if that chat has none of that id."""
        ...

    async def due_watches(self, now: datetime, limit: int) -> tuple[Watched, ...]:
        """Return at most so many watches whose `due_at` has come, with their chats in any state, longest due first."""
        ...

    async def prune(
        self,
        *,
        items_before: datetime,
        statements_before: datetime,
        events_before: datetime,
        deliveries_before: datetime,
    ) -> int:
        """Drop what is older than its time of keeping; return the number of rows. What may still be sent stays."""
        ...

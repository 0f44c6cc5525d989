"""Listening to a stream: what it says is told, what breaks is built anew, and gaps are filled by the list."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import at, chat, watch
from service_fakes import HandClock, ScriptedFetcher
from support.feed_builders import NOW
from support.official import collection, feature
from support.push_server import PushServer, saying, until
from support.real_parts import RealDecoder, RealUnderstander

from bot.app.books import load_books
from bot.gazetteer import Gazetteer
from bot.model.item import Format, Source, SourceKind
from bot.net.addresses import AddressGuard
from bot.net.stream import SocketStream
from bot.pipeline import Books
from bot.services.ingest import Ingest, Polled
from bot.services.listen import MOST_GARBAGE, SILENT_AFTER, Listen, Stream, StreamBroken
from bot.services.ports import Fetched, SourceState, Validators
from bot.services.timetable import backfill
from bot.storage.store import SqlStore

EMSC = Source(id="emsc-ws", name="EMSC", url="wss://quakes.example/socket", format=Format.EMSC, owner_group="emsc",
              kind=SourceKind.OFFICIAL, languages=("en",), every=timedelta(minutes=1))  # fmt: skip
EMSC_LIST = replace(EMSC, id="emsc-fdsn", url="https://quakes.example/query", every=timedelta(minutes=5))
USGS = replace(EMSC, id="usgs", name="USGS", url="https://usgs.example", format=Format.USGS, owner_group="usgs")
WINDOW = timedelta(hours=6)


def message(action: str = "create", *, unid: str = "20240917_1", mag: float = 6.3, minutes_ago: float = 2) -> bytes:
    when = (NOW - timedelta(minutes=minutes_ago)).isoformat()
    facts = {"unid": unid, "mag": mag, "depth": 12.0, "lat": -0.3, "lon": -78.5, "time": when, "lastupdate": action,
             "flynn_region": "ECUADOR", "evtype": "ke"}  # fmt: skip
    point = {"type": "Point", "coordinates": [-78.5, -0.3, 12.0]}
    return json.dumps({"action": action, "data": feature(facts, point, id=unid)}).encode()


class Script:
    """A stream whose connections say what they are given, one after the other; the last one goes on for ever."""

    def __init__(self, clock: HandClock, *connections: list[bytes | StreamBroken | None]) -> None:
        self._clock, self._connections = clock, list(connections)
        self.began: list[float] = []
        self.over = asyncio.Event()

    async def listen(self, url: str) -> AsyncGenerator[bytes | None, None]:
        del url
        self.began.append((self._clock.now() - NOW).total_seconds())
        if not self._connections:
            self.over.set()
            await asyncio.Event().wait()
        for one in self._connections.pop(0):
            if isinstance(one, StreamBroken):
                raise one
            self._clock.turn(seconds=15)
            yield one
        raise StreamBroken("the connection broke off")


class Room:
    """The real intake, listening for a while."""

    def __init__(self, store: SqlStore, books: Books) -> None:
        self.store, self.clock = store, HandClock(NOW)
        self.states: list[SourceState] = []
        self.taken: list[Polled] = []
        self.connected = 0
        self.intake = Ingest(
            store=store, fetcher=ScriptedFetcher(), decoder=RealDecoder(), understander=RealUnderstander(books),
            clock=self.clock, first_poll_window=WINDOW,
        )  # fmt: skip

    async def play(self, script: Script) -> None:
        """Listen until the script is at its end."""
        listening = asyncio.create_task(self.listen(script))
        async with asyncio.timeout(30):
            await script.over.wait()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)

    async def listen(self, stream: Stream, source: Source = EMSC) -> None:
        """Listen until cancelled."""
        ear = Listen(store=self.store, stream=stream, decoder=RealDecoder(), ingest=self.intake, clock=self.clock,
                     window=WINDOW)  # fmt: skip
        await ear.listen(
            source, SourceState(source_id=source.id), on_state=self.states.append, on_connected=self._count,
            on_taken=self.taken.append,
        )  # fmt: skip

    def _count(self) -> None:
        self.connected += 1


@pytest.fixture(scope="module")
def books() -> Books:
    return load_books(Path(__file__).parents[2] / "config")


@pytest.fixture
async def room(books: Books) -> AsyncIterator[Room]:
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as store:
        await store.save_chat(chat(1))
        await store.add_watch(watch(Gazetteer.open().search("Ecuador", limit=1)[0]))
        yield Room(store, books)


async def test_a_quake_of_the_stream_is_told_at_once_and_its_update_changes_the_same_event(room: Room) -> None:
    await room.play(Script(room.clock, [message(), message("update", mag=6.4)]))
    (event,) = await room.store.live_events()
    assert [polled.alerts for polled in room.taken] == [1, 0]
    assert event.place.country == "EC"


async def test_a_quake_that_another_office_measured_too_is_one_event(room: Room) -> None:
    await room.play(Script(room.clock, [message()]))
    facts = {"mag": 6.2, "place": "5 km S of Quito, Ecuador", "time": (NOW.timestamp() - 130) * 1000, "updated": 1,
             "type": "earthquake"}  # fmt: skip
    listed = collection(feature(facts, {"type": "Point", "coordinates": [-78.52, -0.26, 10.0]}, id="us1"))
    answer = Fetched(body=json.dumps(listed).encode(), content_type="", validators=Validators(), url="")
    items = await RealDecoder().decode(USGS, answer, room.clock.now())
    assert isinstance(items, tuple)
    polled = await room.intake.take(USGS.id, items)
    assert (polled.new_items, polled.alerts, len(await room.store.live_events())) == (1, 0, 1)


async def test_what_struck_long_ago_is_learnt_in_silence(room: Room) -> None:
    await room.play(Script(room.clock, [message(minutes_ago=7 * 60)]))
    assert [(polled.changes, polled.alerts) for polled in room.taken] == [(1, 0)]


async def test_a_broken_stream_is_connected_to_again_ever_more_slowly(room: Room) -> None:
    broken = [[StreamBroken("the server cannot be reached")] for _ in range(12)]
    stream = Script(room.clock, *broken)  # type: ignore[arg-type]
    await room.play(stream)
    waits = [later - earlier for earlier, later in zip(stream.began, stream.began[1:], strict=False)]
    assert len(waits) == 12
    assert all(2**turn <= wait <= 1.5 * 2**turn for turn, wait in enumerate(waits[:8]))
    assert all(300 <= wait <= 450 for wait in waits[9:])
    assert len({round(wait / min(2**turn, 300), 3) for turn, wait in enumerate(waits)}) > 6, "with jitter"
    assert (await room.store.source_states())[EMSC.id].failing == "the server cannot be reached"


async def test_a_connection_that_held_is_built_anew_at_once(room: Room) -> None:
    flaps = [[StreamBroken("gone")] for _ in range(5)]
    stream = Script(room.clock, *flaps, [None] * 5, [None])  # type: ignore[arg-type]
    await room.play(stream)
    assert 75 < stream.began[6] - stream.began[5] <= 75 + 1.5
    assert room.states[-2].failing is None


async def test_a_server_that_refuses_is_left_alone_for_long(room: Room) -> None:
    stream = Script(room.clock, [StreamBroken("HTTP 429 Too Many Requests", 429)])
    await room.play(stream)
    assert stream.began[1] >= timedelta(hours=4).total_seconds()


async def test_garbage_costs_only_itself_and_much_of_it_the_connection(room: Room) -> None:
    await room.play(Script(room.clock, [b"{]", b"<html>", message()], [b"[]"] * (MOST_GARBAGE + 1)))
    assert [bool(polled.failing) for polled in room.taken] == [True, True, False] + [True] * MOST_GARBAGE
    assert room.states[-1].failing is not None
    assert room.states[-1].failing.startswith("not what was expected: ")


async def test_a_stream_that_only_answers_pings_is_connected_to_anew_after_half_an_hour(room: Room) -> None:
    signs = int(SILENT_AFTER.total_seconds() / 15)
    stream = Script(room.clock, [None] * (signs + 50), [None])
    await room.play(stream)
    assert SILENT_AFTER.total_seconds() <= stream.began[1] <= SILENT_AFTER.total_seconds() + 30
    assert room.connected == 2


async def test_the_state_is_written_at_each_connection_and_once_a_minute(room: Room) -> None:
    written: list[SourceState] = []
    keep = room.store.save_source_state

    async def counted(state: SourceState) -> None:
        written.append(state)
        await keep(state)

    room.store.save_source_state = counted  # type: ignore[method-assign]
    await room.play(Script(room.clock, [None] * 40))
    assert len(written) == 10 + 1, "in ten minutes, and at the break"


async def test_messages_over_a_real_socket_survive_a_server_that_breaks_off(room: Room) -> None:
    async with PushServer(saying(message().decode())) as server:
        url = server.url
        ear = SocketStream(user_agent="Outrider/test", guard=AddressGuard(allow_loopback=True), heartbeat_s=0.2)
        listening = asyncio.create_task(room.listen(ear, replace(EMSC, url=url)))
        await until(lambda: len(room.taken) == 1)
        for socket in list(server.sockets):
            socket.transport.abort()
        await until(lambda: len(room.taken) == 2)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await until(lambda: server.open == 0)
    assert [polled.new_items for polled in room.taken] == [1, 0]
    assert len(await room.store.live_events()) == 1


def test_the_list_of_the_same_office_is_due_as_soon_as_its_server_allows() -> None:
    listed = SourceState(source_id=EMSC_LIST.id, next_at=at(5), soonest_at=at(1))
    states = {EMSC_LIST.id: listed, USGS.id: replace(listed, source_id=USGS.id), EMSC.id: SourceState(source_id="x")}
    (due,) = backfill(EMSC, (EMSC, EMSC_LIST, USGS), states)
    assert (due.source_id, due.next_at) == (EMSC_LIST.id, at(1))
    failing = {EMSC_LIST.id: replace(listed, failing="HTTP 503")}
    assert backfill(EMSC, (EMSC, EMSC_LIST), failing) == ()

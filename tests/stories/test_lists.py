"""A list of what is in force, over the hours: closed, off the list, closed again; and what a bad answer does not do."""

from datetime import timedelta
from pathlib import Path

import pytest
from builders import chat, watch
from service_fakes import HandClock, ScriptedFetcher
from support.feed_builders import NOW
from support.real_parts import RealDecoder, RealUnderstander

from bot.app.books import load_books
from bot.gazetteer import Gazetteer
from bot.model.alert import AlertReason, Delivery
from bot.model.event import EventState
from bot.model.item import Format, Source, SourceKind
from bot.pipeline import Books
from bot.services.ingest import Ingest
from bot.services.ports import Fetched, FetchFailed, Settlement, SourceState, Validators
from bot.storage.store import SqlStore

FAA = Source(id="faa", name="FAA", url="https://nas.example/status", format=Format.FAA, kind=SourceKind.OFFICIAL,
             languages=("en",))  # fmt: skip
ROW = "<Airport><ARPT>{code}</ARPT><Reason>!{code} AD AP CLSD</Reason><Reopen>Sep 18 at 02:00 UTC.</Reopen></Airport>"
LEASE = timedelta(seconds=30)
CODES = ("MIA", "SFO", "DEN", "BOS")


def status(*codes: str, minutes: int = 0) -> Fetched:
    rows = "".join(ROW.format(code=code) for code in codes)
    body = (
        "<AIRPORT_STATUS_INFORMATION>"
        f"<Update_Time>{NOW + timedelta(minutes=minutes):%a %b %d %H:%M:%S %Y} GMT</Update_Time>"
        f"<Airport_Closure_List>{rows}</Airport_Closure_List></AIRPORT_STATUS_INFORMATION>"
    )
    return answer(body.encode())


def answer(body: bytes) -> Fetched:
    return Fetched(body=body, content_type="text/xml", validators=Validators(), url="")


class Day:
    """The FAA's list polled again and again by the real intake."""

    def __init__(self, store: SqlStore, books: Books) -> None:
        self.clock, self.store = HandClock(NOW), store
        self._books, self._state = books, SourceState(source_id=FAA.id, last_success_at=NOW)

    async def poll(self, answer: Fetched | FetchFailed) -> str | None:
        intake = Ingest(
            store=self.store, fetcher=ScriptedFetcher(answer), decoder=RealDecoder(), clock=self.clock,
            understander=RealUnderstander(self._books), first_poll_window=timedelta(hours=6),
        )  # fmt: skip
        self.clock.turn(minutes=1)
        polled, self._state = await intake.poll(FAA, self._state)
        return polled.failing

    async def live(self) -> set[str]:
        return {event.place.iata or event.place.name for event in await self.store.live_events()}


@pytest.fixture(scope="module")
def books() -> Books:
    return load_books(Path(__file__).parents[2] / "config")


@pytest.fixture
async def day(tmp_path: Path, books: Books) -> object:
    async with SqlStore.open(f"sqlite+aiosqlite:///{tmp_path / 'o.sqlite3'}", "test", migrate=True) as store:
        await store.save_chat(chat(1))
        states = next(place for place in Gazetteer.open().search("United States", limit=1))
        await store.add_watch(watch(states))
        yield Day(store, books)


async def test_an_airport_that_left_the_list_is_open_and_closed_again_when_it_comes_back(day: Day) -> None:
    await day.poll(status("MIA", "SFO"))
    assert await day.live() == {"MIA", "SFO"}
    await day.poll(status("SFO", minutes=1))
    assert await day.live() == {"SFO"}
    day.clock.turn(hours=5)
    await day.poll(status("MIA", "SFO", minutes=303))
    assert await day.live() == {"MIA", "SFO"}


@pytest.mark.parametrize(
    "bad",
    [
        FetchFailed(why="HTTP 503 Service Unavailable", status=503),
        status(),
        status("MIA"),
        answer(status("MIA").body[:-40]),
        answer(b"<html><body>Maintenance</body></html>"),
        answer(b""),
    ],
    ids=["failed", "empty", "partial", "cut", "page", "nothing"],
)  # fmt: skip
async def test_a_failed_partial_or_empty_answer_withdraws_nothing(day: Day, bad: Fetched | FetchFailed) -> None:
    await day.poll(status(*CODES))
    await day.poll(bad)
    assert await day.live() == set(CODES)
    await day.poll(status(*CODES[:3]))
    assert await day.live() == set(CODES[:3])


async def test_the_end_is_told_to_who_was_told_of_the_closure(day: Day) -> None:
    await day.poll(status("MIA", "SFO"))
    for _ in CODES:
        for first in await day.store.claim("test", day.clock.now(), 10, LEASE):
            await day.store.settle(first, Settlement(state=Delivery.SENT, message_id=7), day.clock.now())
    await day.poll(status("SFO", minutes=2))
    (claimed,) = await day.store.claim("test", day.clock.now(), 10, LEASE)
    assert (claimed.alert.reason, claimed.event.place.iata) == (AlertReason.ALL_CLEAR, "MIA")
    assert claimed.event.state is EventState.ENDED

"""A government's list of travel advice, polled over days: what is told of it, and what is only kept."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from builders import MALI, chat, watch
from service_fakes import HandClock, ScriptedFetcher
from support.feed_builders import NOW
from support.real_parts import RealDecoder, RealUnderstander

from bot.app.books import load_books
from bot.model.alert import AlertReason, Delivery
from bot.model.assessment import Severity
from bot.model.event import EventState
from bot.model.hazard import Hazard
from bot.model.item import Format, Source, SourceKind
from bot.pipeline import Books
from bot.services.ingest import Ingest, Polled
from bot.services.ports import Claimed, Fetched, Settlement, SourceState, Validators
from bot.storage.store import SqlStore

STATE = Source(id="us-state", name="US State Department", url="https://advice.example/list", format=Format.US_STATE,
               kind=SourceKind.OFFICIAL, languages=("en",))  # fmt: skip
GERMANY = Source(id="de-aa", name="Auswärtiges Amt", url="https://advice.example/de", format=Format.AUSWAERTIGES_AMT,
                 kind=SourceKind.OFFICIAL, languages=("de",))  # fmt: skip
WORDS = {2: "Exercise Increased Caution", 3: "Reconsider Travel", 4: "Do Not Travel"}


class Days:
    """Lists polled by the real intake, with what chat 1, which watches Mali, is told."""

    def __init__(self, store: SqlStore, books: Books) -> None:
        self.clock, self.store, self._books = HandClock(NOW), store, books
        self._states: dict[str, SourceState] = {}

    async def poll(self, payload: object, source: Source = STATE) -> Polled:
        body = json.dumps(payload).encode()
        answer = Fetched(body=body, content_type="application/json", validators=Validators(), url="")
        intake = Ingest(
            store=self.store, fetcher=ScriptedFetcher(answer), decoder=RealDecoder(), clock=self.clock,
            understander=RealUnderstander(self._books), first_poll_window=timedelta(hours=6),
        )  # fmt: skip
        self.clock.turn(hours=12)
        state = self._states.get(source.id, SourceState(source_id=source.id))
        polled, self._states[source.id] = await intake.poll(source, state)
        assert polled.failing is None
        return polled

    async def mali(self, level: int, summary: str = "There is risk of armed attacks.") -> Polled:
        """Poll State's list in which Mali stands at this level, issued an hour ago."""
        issued = (self.clock.now() + timedelta(hours=11)).isoformat()
        title = f"Mali - Level {level}: {WORDS[level]}"
        return await self.poll([{"Title": title, "Summary": summary, "Updated": issued}])

    async def told(self) -> list[Claimed]:
        """Return what is sent now."""
        claimed = await self.store.claim("test", self.clock.now(), 10, timedelta(seconds=30))
        for one in claimed:
            await self.store.settle(one, Settlement(state=Delivery.SENT, message_id=7), self.clock.now())
        return list(claimed)


@pytest.fixture(scope="module")
def books() -> Books:
    return load_books(Path(__file__).parents[2] / "config")


@pytest.fixture
async def days(books: Books) -> AsyncIterator[Days]:
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as store:
        await store.save_chat(chat(1))
        await store.add_watch(watch(MALI))
        yield Days(store, books)


async def test_the_first_list_is_learnt_in_silence_and_can_be_asked(days: Days) -> None:
    polled = await days.mali(4)
    assert (polled.new_items, polled.changes) == (1, 0)
    (advice,) = await days.store.advice("ML")
    assert (advice.level.whole, advice.level.own_word) == (Severity.SEVERE, "Level 4")


async def test_a_rise_is_told_a_reissue_is_not_and_the_fall_is_told_as_eased_to_who_heard_of_the_rise(
    days: Days,
) -> None:
    await days.mali(3)
    await days.mali(4)
    (rise,) = await days.told()
    assert (rise.event.hazard, rise.event.severity, rise.event.state) == (
        Hazard.ADVISORY, Severity.SEVERE, EventState.OPEN,
    )  # fmt: skip
    assert rise.event.headline.startswith("The United States raises its travel advice for Mali: level 4")

    reissued = await days.mali(4, "Reissued after periodic review with minor edits.")
    assert (reissued.new_items, reissued.changes, await days.told()) == (0, 0, [])

    await days.mali(3)
    (fall,) = await days.told()
    assert (fall.alert.reason, fall.event.id, fall.event.state) == (
        AlertReason.EASING, rise.event.id, EventState.EASING,
    )  # fmt: skip


async def test_a_fall_of_which_no_rise_was_told_is_kept_and_not_told(days: Days) -> None:
    await days.mali(4)
    polled = await days.mali(2)
    assert (polled.changes, await days.told()) == (0, [])
    (advice,) = await days.store.advice("ML")
    assert advice.level.whole is Severity.MINOR
    assert advice.before is not None
    assert advice.before.whole is Severity.SEVERE


async def test_a_new_warning_for_parts_of_a_country_is_told(days: Days) -> None:
    row = {"lastModified": NOW.timestamp(), "countryCode": "ML", "countryName": "Mali"}
    await days.poll({"response": {"208": row}}, GERMANY)
    await days.poll({"response": {"208": row | {"partialWarning": True}}}, GERMANY)
    (claimed,) = await days.told()
    assert claimed.event.headline.startswith("Germany raises its travel advice for Mali: travel warning for parts")


async def test_each_government_has_its_own_word_about_a_country(days: Days) -> None:
    await days.mali(4)
    row = {"lastModified": NOW.timestamp(), "countryCode": "ML", "countryName": "Mali", "partialWarning": True}
    await days.poll({"response": {"208": row}}, GERMANY)
    found = await days.store.advice("ML")
    assert [(one.level.government, one.level.whole, one.level.parts) for one in found] == [
        ("US", Severity.SEVERE, Severity.NONE), ("DE", Severity.NONE, Severity.SEVERE),
    ]  # fmt: skip


async def test_a_rise_that_was_not_committed_is_told_after_the_restart(
    days: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    await days.mali(3)

    async def broken(_: object) -> int:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(days.store, "commit", broken)
        with pytest.raises(OSError, match="full"):
            await days.mali(4)
    await days.mali(4)
    assert len(await days.told()) == 1

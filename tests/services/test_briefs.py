"""Briefs: at the hour by the chat's own clock, once, with what is new; over the real store in memory."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from builders import MALI, at, chat, event, watch
from contract.outbox_builders import alert, changed, decision, opened, sent
from service_fakes import HandClock

from bot.model.alert import Message, Outcome, Sent, TryLater
from bot.model.event import ChangeKind, EventState
from bot.model.watch import Brief, Chat, ChatState, QuietHours
from bot.services.briefs import LEASE, Briefs
from bot.services.due import next_brief
from bot.storage.store import SqlStore

AWA = 42


class Postbox:
    """Keeps what is sent, and answers as it is told."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, Message]] = []
        self.answers: list[Outcome] = []

    async def send(self, chat: Chat, message: Message) -> Outcome:
        outcome = self.answers.pop(0) if self.answers else Sent(len(self.sent) + 1)
        if isinstance(outcome, Sent):
            self.sent.append((chat.id, message))
        return outcome


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with SqlStore.open("sqlite+aiosqlite://", "this") as opened_store:
        yield opened_store


async def asked(store: SqlStore, clock: HandClock, **fields: object) -> Chat:
    """Keep a chat that watches Mali and wants a brief each day at 8."""
    wanted = replace(chat(AWA), **({"brief": Brief(time(8))} | fields))  # type: ignore[arg-type]
    now = clock.now()
    await store.save_calm(wanted, wakes_at=now, brief_at=next_brief(wanted, now), now=now)
    await store.add_watch(watch(MALI, chat_id=AWA))
    return wanted


def briefs(store: SqlStore, clock: HandClock, postbox: Postbox) -> Briefs:
    return Briefs(store=store, sender=postbox, clock=clock, names=lambda place, _: place.name)


async def test_a_brief_tells_what_goes_on_what_is_over_and_comes_once(store: SqlStore) -> None:
    clock, postbox = HandClock(at(0)), Postbox()
    await asked(store, clock)
    going, over = event(id="going"), event(id="over")
    await store.commit([decision(opened(going), opened(over), alerts=(alert(chat_id=AWA, event_id="over"),))])
    (claimed,) = await store.claim("this", clock.now(), 1, timedelta(seconds=30))
    await store.settle(claimed, sent(), clock.now())
    ended = changed(over, ChangeKind.ENDED, hours=1, state=EventState.ENDED)
    await store.commit([decision(ended)])

    clock.turn(days=1)
    assert await briefs(store, clock, postbox).look() == 1
    assert await briefs(store, clock, postbox).look() == 0
    ((number, told),) = postbox.sent
    assert number == AWA
    assert told.silent
    assert told.plain.startswith("Your brief")
    assert "(new)" in told.plain
    assert "All clear" in told.plain

    clock.turn(days=1)
    await briefs(store, clock, postbox).look()
    assert "nothing new" in postbox.sent[1][1].plain
    assert "1 event goes on." in postbox.sent[1][1].plain


async def test_who_wants_news_alone_hears_nothing_on_a_day_without(store: SqlStore) -> None:
    clock, postbox = HandClock(at(0)), Postbox()
    await asked(store, clock, brief=Brief(time(8), only_news=True))
    clock.turn(days=1)
    assert await briefs(store, clock, postbox).look() == 0
    await store.commit([decision(opened(event(id="new", first_seen_at=clock.now(), last_seen_at=clock.now())))])
    clock.turn(days=1)
    assert await briefs(store, clock, postbox).look() == 1


async def test_two_processes_send_one_brief(store: SqlStore) -> None:
    clock = HandClock(at(0))
    await asked(store, clock)
    clock.turn(days=1)
    assert len(await store.take_briefs(clock.now(), LEASE, 10)) == 1
    assert await store.take_briefs(clock.now(), LEASE, 10) == ()
    postbox = Postbox()
    assert await briefs(store, clock, postbox).look() == 0
    clock.turn(seconds=LEASE.total_seconds())  # whoever took it has died before it sent
    assert await briefs(store, clock, postbox).look() == 1
    clock.turn(seconds=LEASE.total_seconds())
    assert await briefs(store, clock, postbox).look() == 0


async def test_after_days_without_the_service_one_brief_comes_not_one_a_day(store: SqlStore) -> None:
    clock, postbox = HandClock(at(0)), Postbox()
    await asked(store, clock)
    clock.turn(days=5)
    assert [await briefs(store, clock, postbox).look() for _ in range(3)] == [1, 0, 0]


async def test_a_brief_waits_for_the_end_of_quiet_hours_and_of_a_refusal(store: SqlStore) -> None:
    clock, postbox = HandClock(datetime(2026, 9, 17, 10, tzinfo=UTC)), Postbox()
    await asked(store, clock, quiet=QuietHours(time(22), time(9)))
    clock.turn(hours=22, minutes=1)  # 08:01
    assert await briefs(store, clock, postbox).look() == 0
    clock.turn(hours=1)
    postbox.answers = [TryLater(clock.now() + timedelta(minutes=3), "flood")]
    assert await briefs(store, clock, postbox).look() == 0
    assert await briefs(store, clock, postbox).look() == 0
    clock.turn(minutes=3)
    assert await briefs(store, clock, postbox).look() == 1


async def test_who_stopped_or_wants_no_briefs_gets_none(store: SqlStore) -> None:
    clock, postbox = HandClock(at(0)), Postbox()
    wanted = await asked(store, clock, state=ChatState.STOPPED)
    clock.turn(days=1)
    assert await briefs(store, clock, postbox).look() == 0
    off = replace(wanted, state=ChatState.ACTIVE, brief=None)
    await store.save_calm(off, wakes_at=clock.now(), brief_at=next_brief(off, clock.now()), now=clock.now())
    clock.turn(days=1)
    assert await briefs(store, clock, postbox).look() == 0


async def test_a_discreet_chat_reads_of_no_place(store: SqlStore) -> None:
    clock, postbox = HandClock(at(0)), Postbox()
    await asked(store, clock, discreet=True)
    await store.commit([decision(opened(event(id="going")))])
    clock.turn(days=1)
    await briefs(store, clock, postbox).look()
    assert "Mali" not in postbox.sent[0][1].plain + postbox.sent[0][1].html


@pytest.mark.parametrize("hour", [1, 2, 3])
@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Africa/Bamako", "Australia/Lord_Howe"])
def test_each_day_of_a_year_has_one_brief_over_both_changes_of_the_clock(zone: str, hour: int) -> None:
    wanted = replace(chat(AWA), timezone=zone, brief=Brief(time(hour, 30)))
    moment, days = datetime(2026, 1, 1, tzinfo=UTC), list[date]()
    for _ in range(365):
        due = next_brief(wanted, moment)
        assert due is not None
        days.append(due.astimezone(ZoneInfo(zone)).date())
        moment = due
    assert len(set(days)) == 365
    assert days == sorted(days)
    assert days[-1] - days[0] == timedelta(days=364)


def test_a_weekly_brief_comes_on_its_day() -> None:
    wanted = replace(chat(AWA), brief=Brief(time(8), weekday=6))
    due = next_brief(wanted, datetime(2026, 9, 20, 8, 0, tzinfo=UTC))  # a Sunday at that minute
    assert due == datetime(2026, 9, 27, 8, 0, tzinfo=UTC)

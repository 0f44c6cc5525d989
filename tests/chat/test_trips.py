"""Trips as people tell of them, in words and by a calendar file: watched, briefed, ended, cancelled."""

from datetime import date

import pytest
from builders import BAMAKO, GAO, at, event
from service_fakes import HandClock
from support.chat_stage import Stage, ask, press

from bot.alerts.reader import Names
from bot.model.advice import Advice, Level
from bot.model.alert import Message, Outcome, Sent, TryLater
from bot.model.assessment import Severity
from bot.model.event import Event
from bot.model.watch import Chat, ChatState, WatchKind
from bot.services.tend import Tend

AWA, GROUP, BOSS, GUEST = 42, -1_001_234_567_890, 7, 8

BOOKING = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Test//EN\r
BEGIN:VEVENT\r
UID:1\r
DTSTART:20241112T093000Z\r
DTEND:20241112T151500Z\r
SUMMARY:Flight 12 to BKO\r
LOCATION:Modibo Keita International Airport\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
DTSTART;VALUE=DATE:20241112\r
DTEND;VALUE=DATE:20241119\r
SUMMARY:Hotel <b>&\r
LOCATION:Rue 12\\, Gao\\, Mali\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3\r
DTSTART;VALUE=DATE:20230101\r
RRULE:FREQ=YEARLY\r
SUMMARY:Birthday in Paris\r
LOCATION:Paris\r
END:VEVENT\r
END:VCALENDAR\r
"""


class Post:
    """Keeps what is sent, and answers as it is told."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.answer: Outcome = Sent(1)

    async def send(self, chat: Chat, message: Message) -> Outcome:
        if isinstance(self.answer, Sent):
            self.sent.append((chat.id, message.plain))
        return self.answer


def tending(stage: Stage, post: Post, *events: Event, advice: tuple[Advice, ...] = ()) -> Tend:
    async def live() -> tuple[Event, ...]:
        return events

    async def advised(_country: str) -> tuple[Advice, ...]:
        return advice

    stage.store.live_events, stage.store.advice = live, advised  # type: ignore[attr-defined]
    names: Names = lambda place, _language: place.name  # noqa: E731
    return Tend(store=stage.store, sender=post, clock=stage.clock, names=names)  # type: ignore[arg-type]


def turn_to(clock: HandClock, hours: float) -> None:
    clock.turn(seconds=(at(hours) - clock.now()).total_seconds())


async def test_a_trip_in_words_becomes_dated_watches_with_a_days_margin(stage: Stage) -> None:
    told = await ask(stage, AWA, "/trip Bamako 12-18 Nov via BKO")
    assert "12 Nov – 18 Nov" in told.text
    bamako, airport = stage.store.kept.values()
    assert (bamako.kind, airport.kind) == (WatchKind.PLACE, WatchKind.AIRPORT)
    assert {(watch.active_from, watch.active_until) for watch in (bamako, airport)} == {
        (date(2024, 11, 11), date(2024, 11, 19))
    }


async def test_a_trip_tells_its_dates_in_the_chats_own_language_too(stage: Stage) -> None:
    assert "12 Nov – 18 Nov" in (await ask(stage, AWA, "/trip Bamako du 12 au 18 novembre")).text
    assert "28 Dec – 4 Jan" in (await ask(stage, AWA, "/trip Gao с 28 декабря по 4 января")).text


async def test_a_place_that_is_watched_anyway_stays_watched_beside_its_trip(stage: Stage) -> None:
    await ask(stage, AWA, "/watch Bamako")
    await ask(stage, AWA, "/trip Bamako 12-18 Nov")
    listed = await ask(stage, AWA, "/trips")
    await press(stage, AWA, listed, "✖ Bamako")
    (watch,) = stage.store.kept.values()
    assert watch.trip_id is None


async def test_a_destination_of_several_bearers_is_asked_for(stage: Stage) -> None:
    asked = await ask(stage, AWA, "/trip Tripoli 12-18 Nov via BKO")
    assert asked.labels == ["Tripoli, Libya", "Tripoli, Lebanon"]
    assert not stage.store.kept
    told = await press(stage, AWA, asked, "Lebanon")
    assert "Tripoli, Lebanon" in told.text
    assert [watch.area[0].country for watch in stage.store.kept.values()] == ["LB", "ML"]


@pytest.mark.parametrize(
    "typed", ["/trip", "/trip Bamako", "/trip 12-18 Nov", "/trip Bamako 31 Nov", "/trip " + "x" * 300]
)
async def test_what_is_no_trip_is_answered_with_how_to_write_one(stage: Stage, typed: str) -> None:
    assert "Write it like this: /trip" in (await ask(stage, AWA, typed)).text
    assert not stage.store.kept


async def test_an_unknown_destination_is_said_to_be_unknown(stage: Stage) -> None:
    assert "I do not know a place “Atlantis”" in (await ask(stage, AWA, "/trip Atlantis 12-18 Nov")).text


async def test_the_same_trip_twice_is_one_and_a_trip_is_cancelled_by_its_button(stage: Stage) -> None:
    await ask(stage, AWA, "/trip Bamako 12-18 Nov via BKO")
    told = await ask(stage, AWA, "/trip Bamako 12-18 Nov via BKO")
    assert len(stage.store.kept) == 2
    gone = await press(stage, AWA, told, "Cancel this trip")
    assert "I know of no trip of yours" in gone.text
    assert not stage.store.kept


async def test_a_trip_that_does_not_fit_any_more_leaves_nothing_behind(stage: Stage) -> None:
    for index in range(49):
        stage.clock.turn(minutes=1)
        stage.telegram.share_location(AWA, 12 + index / 100, -8)
        await stage.telegram.next_message(AWA)
    assert "no more" in (await ask(stage, AWA, "/trip Bamako 12-18 Nov via BKO")).text
    assert len(stage.store.kept) == 49


async def test_a_member_of_a_group_sees_its_trips_and_changes_none(stage: Stage) -> None:
    stage.telegram.statuses[GROUP, BOSS] = "administrator"
    assert "Only administrators" in (await ask(stage, GROUP, "/trip Bamako 12-18 Nov", user_id=GUEST)).text
    await ask(stage, GROUP, "/trip Bamako 12-18 Nov", user_id=BOSS)
    listed = await ask(stage, GROUP, "/trips", user_id=GUEST)
    stage.telegram.press(GROUP, listed, "✖ Bamako", user_id=GUEST)
    assert "Only administrators" in (await stage.telegram.next_answer())["text"]
    assert len(stage.store.kept) == 1


async def test_a_trip_of_another_chat_cannot_be_cancelled(stage: Stage) -> None:
    await ask(stage, 43, "/trip Bamako 12-18 Nov")
    (theirs,) = stage.store.kept.values()
    shown = await ask(stage, AWA, "/trips")
    stage.press_action(AWA, shown, f"2:td:0:{theirs.trip_id}")
    assert "already" in (await stage.telegram.next_answer())["text"]
    assert len(stage.store.kept) == 1


async def test_a_calendar_file_becomes_a_trip_of_its_airports_and_towns(stage: Stage) -> None:
    stage.telegram.send_file(AWA, "booking.ics", BOOKING)
    told = await stage.telegram.next_message(AWA)
    assert "12 Nov – 18 Nov" in told.text
    dates = {watch.label: (watch.active_from, watch.active_until) for watch in stage.store.kept.values()}
    assert dates == {
        "Modibo Keita International Airport": (date(2024, 11, 11), date(2024, 11, 13)),
        "Gao": (date(2024, 11, 11), date(2024, 11, 19)),
    }


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK\x03\x04", b"BEGIN:VCALENDAR", BOOKING[:150], BOOKING.replace(b"20241112", b"2024NONE"),
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:\xff\xfe\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        BOOKING.replace(b"2024", b"2023"), b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    ],
)  # fmt: skip
async def test_a_file_that_is_no_trip_is_answered_plainly_and_changes_nothing(stage: Stage, content: bytes) -> None:
    stage.telegram.send_file(AWA, "booking.ics", content)
    said = (await stage.telegram.next_message(AWA)).text
    assert any(words in said for words in ("cannot read that", "no airport and no town", "over already"))
    assert not stage.store.kept


async def test_a_file_that_is_too_large_is_not_even_fetched(stage: Stage) -> None:
    stage.telegram.send_file(AWA, "year.ics", BOOKING, size=300_000)
    assert "too large" in (await stage.telegram.next_message(AWA)).text
    assert "getFile" not in [method for method, _ in stage.telegram.calls]


async def test_the_brief_comes_the_morning_before_once_with_what_goes_on_and_what_is_advised(stage: Stage) -> None:
    await ask(stage, AWA, "/trip Bamako 12-18 Nov")
    post = Post()
    warned = Advice(
        subject="mali", country="ML", since=at(0), issued_at=at(0), link="https://gov.example/mali",
        level=Level(government="FR", whole=Severity.SEVERE, own_word="formellement déconseillé"),
    )  # fmt: skip
    tend = tending(stage, post, event(BAMAKO), event(GAO, id="event-2"), advice=(warned,))
    turn_to(stage.clock, 24 * 55 + 1)  # 11 November, 08:00
    assert await tend.look() == 0
    stage.clock.turn(hours=1)
    assert await tend.look() == 1
    assert await tend.look() == 0
    ((chat_id, text),) = post.sent
    assert chat_id == AWA
    assert "Before your trip: Bamako, 12 Nov – 18 Nov" in text
    assert "armed attack – Bamako, Mali" in text
    assert "Gao" not in text
    assert "France about Mali: formellement déconseillé" in text


async def test_a_trip_that_begins_now_is_briefed_at_once(stage: Stage) -> None:
    await ask(stage, AWA, "/trip Bamako 17-18 Sep")
    post = Post()
    assert await tending(stage, post).look() == 1
    assert "I know of nothing that goes on there now" in post.sent[0][1]


async def test_a_trip_ends_a_day_after_the_return_and_says_so_once(stage: Stage) -> None:
    await ask(stage, AWA, "/trip Bamako 12-18 Nov via BKO")
    post = Post()
    tend = tending(stage, post)
    turn_to(stage.clock, 24 * 56)
    await tend.look()
    turn_to(stage.clock, 24 * 64 - 8)  # 19 November, 23:00
    assert await tend.look() == 0
    stage.clock.turn(hours=1)
    assert await tend.look() == 1
    assert await tend.look() == 0
    assert "Your trip is over" in post.sent[-1][1]
    assert not stage.store.kept


async def test_what_must_be_told_waits_for_the_morning_and_for_the_messenger(stage: Stage) -> None:
    await ask(stage, AWA, "/trip Bamako 17-18 Sep")
    shown = await ask(stage, AWA, "/settings")
    await press(stage, AWA, shown, "Quiet hours")  # 22:00 to 07:00
    post = Post()
    tend = tending(stage, post)
    stage.clock.turn(hours=16)
    assert await tend.look() == 0
    turn_to(stage.clock, 24.5)
    post.answer = TryLater(at(25), "flood")
    assert await tend.look() == 0
    post.answer = Sent(1)
    assert await tend.look() == 1


async def test_a_live_location_that_ended_unheard_is_forgotten_at_night_too(stage: Stage) -> None:
    stage.telegram.share_live(AWA, 12.6, -8.0, period=3600)
    await stage.telegram.next_message(AWA)
    post = Post()
    stage.clock.turn(hours=1)
    assert await tending(stage, post).look() == 1
    assert "have forgotten where you were" in post.sent[0][1]
    assert not stage.store.kept


async def test_who_stopped_is_told_nothing_and_the_trip_still_ends(stage: Stage) -> None:
    await ask(stage, AWA, "/trip Bamako 12-18 Nov")
    await ask(stage, AWA, "/stop")
    assert stage.store.chats[AWA].state is ChatState.STOPPED
    post = Post()
    tend = tending(stage, post)
    turn_to(stage.clock, 24 * 56)
    assert await tend.look() == 0
    turn_to(stage.clock, 24 * 70)
    assert await tend.look() == 0
    assert (post.sent, stage.store.kept) == ([], {})

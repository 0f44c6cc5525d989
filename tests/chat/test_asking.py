"""Questions to the bot: a place, an airport, the latest, what was held back, what can be seen."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time, timedelta

import pytest
from builders import BAMAKO, BKO, GAO, MALI, NIGER, at, event, report
from support.asked import Asked, asked_stage, witnessed
from support.telegram_emulator import TelegramEmulator

from bot.model.advice import Advice, Level
from bot.model.assessment import Severity, TargetState
from bot.model.hazard import Hazard, Target
from bot.model.reading import Cue
from bot.model.watch import QuietHours

AWA, GROUP, GUEST = 42, -1_001_234_567_890, 8
SHUT = TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=BKO, since=at(0))


@pytest.fixture
async def asked(telegram: TelegramEmulator) -> AsyncIterator[Asked]:
    async with asked_stage(telegram) as stage:
        yield stage


def attack(**fields: object) -> object:
    return event(BAMAKO, **witnessed(BAMAKO, **fields))


def advice(government: str, own_word: str, **fields: object) -> Advice:
    level = Level(government=government, whole=Severity.SEVERE, words="do not travel", own_word=own_word)
    made = Advice(subject=government, country="ML", level=level, since=at(-240), issued_at=at(-48),
                  link=f"https://advice.example/{government}")  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


async def test_a_place_is_told_with_events_board_advice_and_who_reports(asked: Asked) -> None:
    await asked.happens(attack(targets=(SHUT,)))
    await asked.store.keep_advice([advice("US", "Level 4: Do Not Travel"), advice("GB", "against all travel", turn=1)])
    await asked.polled("sahel-wire", last_success_at=at(0), last_item_at=at(-1))
    told = await asked.ask(AWA, "/risk Bamako")
    lines = told.text.splitlines()
    assert lines[0] == "Bamako, Mali, as known on 17 Sep, 07:00 UTC"
    assert "SEVERE (unconfirmed): armed attack, airport closed – Bamako, Mali" in told.text
    assert "since 17 Sep, 07:00 UTC" in told.text
    assert (
        "Modibo Keita International Airport (BKO): operations suspended since 17 Sep, 07:00 UTC (Sahel Wire)"
        in told.text
    )
    assert "United States: “Level 4: Do Not Travel”, issued 15 Sep" in told.text
    assert "United Kingdom: “against all travel”, since 7 Sep" in told.text
    assert "https://advice.example/US" in told.links
    assert "Mali: 1 source works, 1 not asked yet, newest item 17 Sep, 06:00 UTC" in told.text
    assert told.labels == ["Watch Bamako, Mali"]


async def test_what_lies_off_is_told_with_distance_and_direction_and_what_is_elsewhere_is_not(asked: Asked) -> None:
    await asked.happens(event(BKO, **witnessed(BKO)))
    await asked.happens(event(GAO, id="event-2", **witnessed(GAO)))
    told = await asked.ask(AWA, "/risk Bamako")
    assert " km south · " in told.text
    assert "Gao" not in told.text


@pytest.mark.parametrize("place", ["Niger", "Sahel", "Gao", "BKO"])
async def test_of_a_place_where_nothing_is_known_silence_is_called_no_all_clear(asked: Asked, place: str) -> None:
    told = await asked.ask(AWA, f"/risk {place}")
    assert "I know of nothing that goes on there. Silence is no all-clear." in told.text


async def test_a_group_of_countries_is_told_country_by_country(asked: Asked) -> None:
    await asked.happens(event(NIGER, **witnessed(NIGER)))
    await asked.store.keep_advice([advice("US", "Level 4")])
    told = await asked.ask(AWA, "/risk Sahel")
    assert "armed attack – Niger" in told.text
    assert "Burkina Faso: no source of its own" in told.text


async def test_a_country_whose_sources_all_fail_is_told_to_be_out_of_sight(asked: Asked) -> None:
    down = {"failing": "no answer", "failures": 5, "failing_since": at(-3), "last_success_at": at(-3)}
    await asked.polled("sahel-wire", **down)
    await asked.polled("lac-info", **down)
    told = await asked.ask(AWA, "/risk Mali")
    assert "Mali: blind since 17 Sep, 04:00 UTC, none of its own sources works" in told.text


async def test_what_is_unclear_is_asked_back_and_a_press_answers(asked: Asked) -> None:
    assert "Which place?" in (await asked.ask(AWA, "/risk")).text
    assert "Which airport?" in (await asked.ask(AWA, "/airport")).text
    assert "I do not know a place “Atlantis”" in (await asked.ask(AWA, "/risk Atlantis")).text
    assert "too long" in (await asked.ask(AWA, "/risk " + "x" * 300)).text
    choice = await asked.ask(AWA, "/risk Tripoli")
    assert choice.labels == ["Tripoli, Libya", "Tripoli, Lebanon"]
    assert "Tripoli, Lebanon, as known on" in (await asked.press(AWA, choice, "Lebanon")).text


@pytest.mark.parametrize("typed", ["BKO", "Bamako", "Modibo Keita International Airport"])
async def test_an_airport_is_told_by_code_name_or_city_and_can_be_watched(asked: Asked, typed: str) -> None:
    await asked.happens(attack(targets=(SHUT,)))
    told = await asked.ask(AWA, f"/airport {typed}")
    assert told.text.splitlines()[1].startswith(
        "⛔ Modibo Keita International Airport (BKO): operations suspended since"
    )
    assert "armed attack" in told.text
    watched = await asked.press(AWA, told, "Watch Modibo")
    assert "Watching Modibo Keita International Airport (BKO)" in watched.text


async def test_an_airport_of_which_nothing_is_told_is_not_called_open(asked: Asked) -> None:
    told = await asked.ask(AWA, "/airport BKO")
    assert "Nobody has reported it closed or disrupted" in told.text
    assert "open" not in told.text.lower().replace("reopen", "")
    assert "no airport of Gao" in (await asked.ask(AWA, "/airport Gao")).text


async def test_the_latest_is_paged_in_place_and_each_event_can_be_opened(asked: Asked) -> None:
    await asked.ask(AWA, "/watch Mali")
    for number in range(7):
        seen = {"first_seen_at": at(-number), "last_seen_at": at(-number)}
        await asked.happens(event(GAO if number else BAMAKO, id=f"event-{number}", **witnessed(GAO, **seen)))
        await asked.telegram.next_message(AWA)
    first = await asked.ask(AWA, "/latest")
    assert "1. 🟠 SEVERE (unconfirmed): armed attack – Bamako, Mali" in first.text
    assert first.labels == ["1", "2", "3", "4", "5", "▶", "Close"]
    second = await asked.press(AWA, first, "▶")
    assert (second.message_id, second.labels) == (first.message_id, ["6", "7", "◀", "Close"])
    opened = await asked.press(AWA, second, "6")
    assert "Toll" not in opened.text
    assert "Sources: Sahel Wire" in opened.text
    assert "Page 2 of 2" in (await asked.press(AWA, opened, "Back")).text


async def test_the_latest_holds_what_is_watched_and_nothing_else(asked: Asked) -> None:
    assert "I watch no place for you yet" in (await asked.ask(AWA, "/latest")).text
    await asked.ask(AWA, "/watch Niger")
    await asked.happens(attack())
    assert "Nothing was reported where you watch" in (await asked.ask(AWA, "/latest")).text


async def test_what_was_told_is_not_missed_and_what_was_not_is_told_with_why(asked: Asked) -> None:
    await asked.ask(AWA, "/watch Bamako")
    await asked.happens(attack())
    await asked.telegram.next_message(AWA)
    assert "Nothing was held back" in (await asked.ask(AWA, "/missed")).text
    await asked.happens(event(BAMAKO, id="small", severity=Severity.MINOR, hazard=Hazard.UNREST, **witnessed(BAMAKO)))
    await asked.happens(event(GAO, id="far", **witnessed(GAO)))
    told = (await asked.ask(AWA, "/missed")).text
    assert "below the least severity of Bamako, Mali: MODERATE" in told
    assert "too far off" in told
    assert told.index("Gao") < told.index("unrest")


async def test_a_mute_other_hazards_and_other_dates_are_told_as_the_reason(asked: Asked) -> None:
    await asked.ask(AWA, "/watch Bamako")
    (watch,) = await asked.store.watches_of(AWA)
    await asked.store.add_watch(replace(watch, muted_until=at(9)))
    await asked.happens(attack())
    assert "Bamako, Mali is muted" in (await asked.ask(AWA, "/missed")).text
    await asked.store.add_watch(replace(watch, hazards=frozenset({Hazard.FLOOD})))
    assert "Bamako, Mali hears of other hazards only" in (await asked.ask(AWA, "/missed")).text
    await asked.store.add_watch(replace(watch, active_from=at(240).date()))
    assert "watched at other dates only" in (await asked.ask(AWA, "/missed")).text


async def test_what_began_before_it_was_watched_is_told_so(asked: Asked) -> None:
    await asked.happens(attack())
    asked.clock.turn(hours=1)
    await asked.ask(AWA, "/watch Bamako")
    assert "it was known before you watched Bamako" in (await asked.ask(AWA, "/missed")).text


async def test_what_waits_for_the_morning_is_told_with_the_hour(asked: Asked) -> None:
    await asked.ask(AWA, "/watch Bamako")
    chat = await asked.store.chat(AWA)
    assert chat is not None
    await asked.store.save_chat(replace(chat, quiet=QuietHours(time(6), time(9))))
    await asked.happens(attack())
    assert "it waits for the end of your quiet hours, 17 Sep, 09:00 UTC" in (await asked.ask(AWA, "/missed")).text


async def test_what_telegram_did_not_take_is_told_so(asked: Asked) -> None:
    await asked.ask(AWA, "/watch Bamako")
    asked.telegram.fault("sendMessage", "bad", value="Bad Request: strange")
    await asked.happens(attack())
    assert "Telegram did not take the message" in (await asked.ask(AWA, "/missed")).text
    assert "1 never came: /missed" in (await asked.ask(AWA, "/status")).text


async def test_the_state_tells_sources_of_what_is_watched_and_how_the_chat_is_reached(asked: Asked) -> None:
    await asked.ask(AWA, "/watch Bamako")
    await asked.happens(attack())
    await asked.telegram.next_message(AWA)
    ok = {"last_success_at": at(0), "last_item_at": at(-1)}
    await asked.polled("sahel-wire", **ok)
    await asked.polled("lac-info", failing="no", failures=5, failing_since=at(-2), last_success_at=at(-2))
    await asked.polled("world", last_success_at=at(-9))
    told = (await asked.ask(AWA, "/status")).text
    assert "2 of 3 sources work" in told
    assert "Mali: 1 source works, 1 fails since 17 Sep, 05:00 UTC, newest item 17 Sep, 06:00 UTC" in told
    assert "1 message in the last 14 days, the last 17 Sep, 07:00 UTC" in told
    assert told.endswith("Silence is no all-clear.")


async def test_a_source_that_answers_no_more_is_called_late(asked: Asked) -> None:
    await asked.polled("sahel-wire", last_success_at=at(0) - timedelta(hours=2), last_item_at=at(-3))
    await asked.polled("lac-info", last_success_at=at(0))
    assert "Mali: 1 source works, 1 is late" in (await asked.ask(AWA, "/risk Mali")).text


QUESTIONS = ["/risk Bamako", "/airport BKO", "/latest", "/missed", "/status", "/why"]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_every_member_of_a_group_may_ask_and_a_topic_keeps_the_answer(asked: Asked, question: str) -> None:
    asked.telegram.topics.add((GROUP, 5))
    answer = await asked.ask(GROUP, question, user_id=GUEST)
    assert "Only administrators" not in answer.text
    asked.telegram.say(GROUP, question, user_id=GUEST, message_thread_id=5, is_topic_message=True)
    again = await asked.telegram.next_message(GROUP)
    assert (again.thread_id, again.text) == (5, answer.text)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_changes_nothing_that_is_kept_but_the_chat_itself(asked: Asked, question: str) -> None:
    await asked.ask(AWA, "/watch Mali")
    await asked.happens(attack())
    await asked.telegram.next_message(AWA)
    before = (await asked.store.chat(AWA), await asked.store.watches_of(AWA), await asked.store.alerts_to(AWA, at(-9)))
    await asked.ask(AWA, question)
    after = (await asked.store.chat(AWA), await asked.store.watches_of(AWA), await asked.store.alerts_to(AWA, at(-9)))
    assert before == after


async def test_a_member_of_a_group_asks_about_an_airport_and_may_not_watch_it_by_the_button(asked: Asked) -> None:
    told = await asked.ask(GROUP, "/airport BKO", user_id=GUEST)
    asked.telegram.press(GROUP, told, "Watch", user_id=GUEST)
    assert "Only administrators" in (await asked.telegram.next_answer())["text"]
    assert await asked.store.watches_of(GROUP) == ()


async def test_a_feed_s_words_are_escaped_in_answers(asked: Asked) -> None:
    told = report(outlet="<b>Evil</b> & co", item_id="evil")
    await asked.happens(event(MALI, reports=(told,), targets=(SHUT,), headline="<i>x</i>"))
    assert "<b>Evil</\u2060b> & co" in (await asked.ask(AWA, "/risk Mali")).text

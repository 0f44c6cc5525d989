"""Roll calls through the real application: one answer a person, one tally, help that is heard, and no names kept."""

import asyncio
import csv
import io

from support.crew_stage import BOSS, GROUP, CrewStage
from support.telegram_emulator import Shown

from bot.model.roll_call import Answer

AWA, MOUSSA, FANTA = 11, 12, 13
SAFE, HELP, AWAY = "✅ I am safe", "🆘 I need help", "🚪 I am not there"


async def opened(stage: CrewStage, words: str = "/rollcall Everybody at the hotel?") -> Shown:
    return await stage.say(GROUP, words)


async def shown(stage: CrewStage, message: Shown) -> str:
    await stage.crew.roll_calls.settled()
    return next(one.text for one in stage.telegram.messages if one.message_id == message.message_id)


async def test_a_roll_call_asks_and_counts_each_person_once(crewed: CrewStage) -> None:
    crewed.telegram.counts[GROUP] = 5
    asked = await opened(crewed)
    assert asked.text.splitlines()[:2] == ["Roll call: how are you?", "Everybody at the hotel?"]
    assert not asked.silent
    assert await crewed.pressed(GROUP, asked, SAFE, user_id=AWA) == "Noted: ✅ I am safe"
    await crewed.pressed(GROUP, asked, SAFE, user_id=AWA)
    await crewed.pressed(GROUP, asked, SAFE, user_id=MOUSSA)
    await crewed.pressed(GROUP, asked, AWAY, user_id=MOUSSA)
    text = await shown(crewed, asked)
    assert "✅ I am safe: 1" in text
    assert "🚪 I am not there: 1" in text
    assert "No answer: 2 of 4" in text


async def test_a_member_cannot_open_close_or_export_one(crewed: CrewStage) -> None:
    assert "Only administrators" in (await crewed.say(GROUP, "/rollcall", user_id=AWA)).text
    assert "Only administrators" in (await crewed.say(GROUP, "/drill", user_id=AWA)).text
    assert "Only administrators" in (await crewed.say(GROUP, "/rollcall export", user_id=AWA)).text
    asked = await opened(crewed)
    assert "Only administrators" in await crewed.pressed(GROUP, asked, "Close", user_id=AWA)
    assert await crewed.crew.roll_calls.current(GROUP) is not None


async def test_who_needs_help_is_named_in_the_chat_aloud_and_nowhere_else(crewed: CrewStage) -> None:
    asked = await opened(crewed)
    await crewed.pressed(GROUP, asked, HELP, user_id=AWA)
    await crewed.crew.roll_calls.settled()
    cry = crewed.telegram.in_chat(GROUP)[-1]
    assert cry.text == "🆘 1 person needs help.\nAwa"
    assert cry.links == ["tg://user?id=11"]
    assert not cry.silent
    assert cry.reply_to == asked.message_id
    (tally,) = await crewed.crew.roll_calls.tallies(GROUP)
    assert tally.given[0].person != "11"
    assert len(tally.given[0].person) == 32


async def test_a_person_is_another_hash_in_each_roll_call(crewed: CrewStage) -> None:
    one, other = (crewed.crew.roll_calls.person(number, AWA) for number in (1, 2))
    assert one != other


async def test_a_closed_roll_call_takes_no_answer_and_forgets_its_words(crewed: CrewStage) -> None:
    asked = await opened(crewed)
    await crewed.pressed(GROUP, asked, SAFE, user_id=AWA)
    assert await crewed.pressed(GROUP, asked, "Close", user_id=BOSS) == "Closed."
    text = await shown(crewed, asked)
    assert text.endswith("Closed.")
    crewed.press_action(GROUP, asked, "2:rs:0:1", user_id=MOUSSA)
    assert (await crewed.telegram.next_answer())["text"] == "This roll call is closed."
    (tally,) = await crewed.crew.roll_calls.tallies(GROUP)
    assert tally.call.words == ""
    assert len(tally.given) == 1


async def test_one_roll_call_at_a_time(crewed: CrewStage) -> None:
    await opened(crewed)
    again = await opened(crewed)
    assert "open here already" in again.text
    await crewed.pressed(GROUP, again, "Close", user_id=BOSS)
    assert "Roll call: how are you?" in (await opened(crewed, "/rollcall")).text


async def test_the_silent_are_reminded_once_by_their_number(crewed: CrewStage) -> None:
    crewed.telegram.counts[GROUP] = 5
    asked = await opened(crewed)
    await crewed.pressed(GROUP, asked, SAFE, user_id=AWA)
    await crewed.crew.roll_calls.settled()
    crewed.clock.turn(minutes=11)
    for _ in range(3):
        await crewed.crew.look()
    reminders = [one.text for one in crewed.telegram.in_chat(GROUP) if "not answered" in one.text]
    assert reminders == ["3 people have not answered the roll call yet: please press a button."]


async def test_a_roll_call_ends_by_itself(crewed: CrewStage) -> None:
    asked = await opened(crewed)
    crewed.clock.turn(hours=13)
    await crewed.crew.look()
    await crewed.crew.look()
    assert (await shown(crewed, asked)).endswith("Closed.")


async def test_what_a_crash_left_unshown_is_shown_and_rung_by_the_next_look(crewed: CrewStage) -> None:
    asked = await opened(crewed)
    call = await crewed.crew.roll_calls.current(GROUP)
    assert call is not None
    await crewed.store.roll_calls.answer(call.id, "f" * 32, Answer.HELP, crewed.clock.now())
    crewed.clock.turn(seconds=20)
    await crewed.crew.look()
    assert "🆘 I need help: 1" in await shown(crewed, asked)
    assert [one.text for one in crewed.telegram.in_chat(GROUP)][-1] == "🆘 1 person needs help."


async def test_answers_are_exported_with_numbers_for_people(crewed: CrewStage) -> None:
    asked = await opened(crewed)
    await crewed.pressed(GROUP, asked, HELP, user_id=AWA)
    await crewed.pressed(GROUP, asked, SAFE, user_id=MOUSSA)
    await crewed.crew.roll_calls.settled()
    crewed.telegram.say(GROUP, "/rollcall export", user_id=BOSS)
    while not (sent := crewed.telegram.in_chat(GROUP)[-1]).document:
        await crewed.telegram.next_message(GROUP)
    rows = list(csv.DictReader(io.StringIO(sent.document.decode("utf-8-sig"))))
    assert [(row["person"], row["answer"]) for row in rows] == [("1", "help"), ("2", "safe")]
    assert "Awa" not in sent.document.decode()


async def test_answers_are_forgotten_after_thirty_days(crewed: CrewStage) -> None:
    await opened(crewed)
    crewed.clock.turn(days=31)
    await crewed.crew.look()
    assert await crewed.crew.roll_calls.tallies(GROUP) == ()


async def test_a_drill_says_so_first_rings_nobody_and_tells_the_time_to_answer(crewed: CrewStage) -> None:
    asked = await crewed.say(GROUP, "/drill")
    assert asked.text.splitlines()[0].startswith("EXERCISE")
    crewed.clock.turn(seconds=75)
    await crewed.pressed(GROUP, asked, HELP, user_id=AWA)
    assert "first answer: 1:15" in await shown(crewed, asked)
    assert not [one for one in crewed.telegram.in_chat(GROUP) if "needs help" in one.text]
    assert await crewed.store.live_events() == ()


async def test_a_button_of_another_chats_roll_call_counts_nothing(crewed: CrewStage) -> None:
    await opened(crewed)
    elsewhere = await crewed.say(42, "/help", user_id=42)
    crewed.press_action(42, elsewhere, "2:rs:0:1", user_id=42)
    assert (await crewed.telegram.next_answer())["text"] == "This roll call is closed."
    (tally,) = await crewed.crew.roll_calls.tallies(GROUP)
    assert tally.given == ()


async def test_a_thousand_people_who_press_at_once_are_a_thousand_answers(crewed: CrewStage) -> None:
    asked = await opened(crewed)
    call = await crewed.crew.roll_calls.current(GROUP)
    assert call is not None
    answers = [Answer.SAFE, Answer.AWAY]
    presses = [
        crewed.crew.roll_calls.answer(GROUP, call.id, (number, "x"), answers[turn])
        for turn in range(2) for number in range(1000)
    ]  # fmt: skip
    await asyncio.gather(*presses)
    text = await shown(crewed, asked)
    (tally,) = await crewed.crew.roll_calls.tallies(GROUP)
    assert len(tally.given) == 1000
    assert f"✅ I am safe: {tally.count(Answer.SAFE)}" in text
    assert f"🚪 I am not there: {tally.count(Answer.AWAY)}" in text

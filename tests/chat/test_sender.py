"""What came of each try to send: certainly not sent is a closed list, all else may have arrived."""

from datetime import timedelta

import pytest
from builders import at, chat
from support.telegram_emulator import TOKEN, TelegramEmulator
from telegram.ext import ExtBot

from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.sender import TelegramSender
from bot.chat.transport import make_bot
from bot.model.alert import Button, Lane, Message, Never, Sent, TryLater, Unknown

AWA = chat(42)
PLAIN = Message(html="<b>SEVERE</b>: attack in Bamako", plain="SEVERE: attack in Bamako")


@pytest.fixture
def sender(bot: ExtBot[Lane]) -> TelegramSender:
    return TelegramSender(bot, lambda: at(0))


async def test_a_message_stands_in_the_chat(telegram: TelegramEmulator, sender: TelegramSender) -> None:
    outcome = await sender.send(AWA, PLAIN)
    (shown,) = telegram.in_chat(42)
    assert outcome == Sent(shown.message_id)
    assert (shown.text, shown.html, shown.silent) == (PLAIN.plain, PLAIN.html, False)


async def test_a_reply_a_topic_and_silence_are_as_asked(telegram: TelegramEmulator, sender: TelegramSender) -> None:
    telegram.topics.add((42, 9))
    first = await sender.send(AWA, PLAIN)
    assert isinstance(first, Sent)
    reply = Message(html="Reopened", plain="Reopened", silent=True, reply_to=first.message_id, thread_id=9)
    await sender.send(AWA, reply)
    shown = telegram.in_chat(42)[-1]
    assert (shown.reply_to, shown.silent, shown.thread_id) == (first.message_id, True, 9)


async def test_a_reply_to_what_is_gone_is_sent_all_the_same(telegram: TelegramEmulator, sender: TelegramSender) -> None:
    assert isinstance(await sender.send(AWA, Message(html="All clear", plain="All clear", reply_to=999)), Sent)
    assert telegram.in_chat(42)[-1].reply_to is None


async def test_an_edit_turns_the_message_and_the_same_edit_again_is_no_fault(
    telegram: TelegramEmulator, sender: TelegramSender
) -> None:
    first = await sender.send(AWA, PLAIN)
    assert isinstance(first, Sent)
    edit = Message(html="<b>EXTREME</b>", plain="EXTREME", edit=first.message_id)
    assert await sender.send(AWA, edit) == first
    assert await sender.send(AWA, edit) == first
    assert [message.text for message in telegram.in_chat(42)] == ["EXTREME"]


async def test_an_edit_of_what_is_gone_never_succeeds(sender: TelegramSender) -> None:
    outcome = await sender.send(AWA, Message(html="x", plain="x", edit=999))
    assert isinstance(outcome, Never)
    assert not outcome.chat_gone


async def test_broken_marks_cost_the_marks_not_the_alert(telegram: TelegramEmulator, sender: TelegramSender) -> None:
    assert isinstance(await sender.send(AWA, Message(html="<b>SEVERE<b>", plain="SEVERE")), Sent)
    assert telegram.in_chat(42)[-1].text == "SEVERE"


async def test_a_text_that_is_too_long_is_cut_not_lost(telegram: TelegramEmulator, sender: TelegramSender) -> None:
    text = "Gunfire \N{FIRE} " * 1000
    assert isinstance(await sender.send(AWA, Message(html=f"<b>{text}</b>", plain=text)), Sent)
    assert telegram.in_chat(42)[-1].text.startswith("Gunfire \N{FIRE}")


@pytest.mark.parametrize(
    "button", [Button(label="Map", url="javascript:alert(1)"), Button(label="Mute", action="x" * 65)]
)
async def test_a_bad_button_costs_the_buttons_not_the_alert(
    telegram: TelegramEmulator, sender: TelegramSender, button: Button
) -> None:
    message = Message(html=PLAIN.html, plain=PLAIN.plain, buttons=((button,),))
    assert isinstance(await sender.send(AWA, message), Sent)
    assert telegram.in_chat(42)[-1].labels == []
    assert telegram.in_chat(42)[-1].html == PLAIN.html


async def test_a_deleted_topic_costs_the_topic_not_the_alert(
    telegram: TelegramEmulator, sender: TelegramSender
) -> None:
    outcome = await sender.send(AWA, Message(html="x", plain="x", thread_id=9))
    assert isinstance(outcome, Sent)
    assert outcome.topic_gone
    alert, note = telegram.in_chat(42)
    assert (alert.text, alert.thread_id) == ("x", None)
    assert "/start" in note.text
    assert note.silent


async def test_all_faults_of_a_message_at_once_still_leave_its_text(
    telegram: TelegramEmulator, sender: TelegramSender
) -> None:
    bad = ((Button(label="Map", url="ftp://x"),),)
    assert isinstance(await sender.send(AWA, Message(html="<x>", plain="SEVERE", thread_id=9, buttons=bad)), Sent)
    assert telegram.in_chat(42)[0].text == "SEVERE"


async def test_flood_control_is_heeded_to_the_second(telegram: TelegramEmulator, sender: TelegramSender) -> None:
    telegram.fault("sendMessage", "flood", value=17)
    outcome = await sender.send(AWA, PLAIN)
    assert isinstance(outcome, TryLater)
    assert outcome.at == at(0) + timedelta(seconds=17)
    assert telegram.in_chat(42) == []


async def test_a_chat_that_blocked_us_is_gone(telegram: TelegramEmulator, sender: TelegramSender) -> None:
    telegram.fault("sendMessage", "blocked")
    assert await sender.send(AWA, PLAIN) == Never("Forbidden: Forbidden: bot was blocked by the user", chat_gone=True)


@pytest.mark.parametrize("why", ["chat not found", "not enough rights to send text messages to the chat"])
async def test_a_chat_that_cannot_be_written_to_is_gone(
    telegram: TelegramEmulator, sender: TelegramSender, why: str
) -> None:
    telegram.fault("sendMessage", "bad", value=why)
    outcome = await sender.send(AWA, PLAIN)
    assert isinstance(outcome, Never)
    assert outcome.chat_gone


async def test_a_group_that_moved_tells_its_new_id(telegram: TelegramEmulator, sender: TelegramSender) -> None:
    telegram.fault("sendMessage", "migrated", value=-1_001_234)
    outcome = await sender.send(chat(-5), PLAIN)
    assert isinstance(outcome, Never)
    assert outcome.moved_to == -1_001_234


async def test_a_refused_connection_is_certainly_not_sent() -> None:
    closed = make_bot(TOKEN, base_url="http://127.0.0.1:9/bot", pace=PacedStart(Pacer()), on_fatal=lambda _why: None)
    outcome = await TelegramSender(closed, lambda: at(0)).send(AWA, PLAIN)
    assert isinstance(outcome, TryLater)


@pytest.mark.parametrize(
    ("kind", "arrives"),
    [
        ("drop_before", False),
        ("drop_after", True),
        ("cut_after", True),
        ("html_after", True),
        ("empty_after", True),
        ("error_after", True),
        ("error", False),
        ("plain_flood", False),
    ],
)
async def test_what_has_no_answer_may_have_arrived(
    telegram: TelegramEmulator, sender: TelegramSender, kind: str, *, arrives: bool
) -> None:
    telegram.fault("sendMessage", kind)
    assert isinstance(await sender.send(AWA, PLAIN), Unknown)
    assert bool(telegram.in_chat(42)) is arrives


async def test_a_hanging_answer_may_have_arrived(telegram: TelegramEmulator, sender: TelegramSender) -> None:
    sender._bot.request._client.timeout = 0.2  # type: ignore[attr-defined]  # not half a minute in a test
    telegram.fault("sendMessage", "hang_after", value=1)
    assert isinstance(await sender.send(AWA, PLAIN), Unknown)
    assert telegram.in_chat(42)


async def test_a_refused_token_holds_everyone_and_is_told_once(telegram: TelegramEmulator) -> None:
    told: list[str] = []
    strange = make_bot("1:wrong", base_url=telegram.base_url, pace=PacedStart(Pacer()), on_fatal=told.append)
    sender = TelegramSender(strange, lambda: at(0))
    for _ in range(2):
        outcome = await sender.send(AWA, PLAIN)
        assert isinstance(outcome, TryLater)
        assert outcome.everyone
    assert len(told) == 1
    assert "OUTRIDER_TELEGRAM_TOKEN" in told[0]
    assert "wrong" not in told[0]


async def test_when_two_chats_are_refused_everyone_is_held(telegram: TelegramEmulator) -> None:
    pace = PacedStart(Pacer())
    made = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=lambda _why: None)
    sender = TelegramSender(made, lambda: at(0), pace.everyone_held)
    telegram.fault("sendMessage", "flood", times=2, value=30)
    one, two = await sender.send(chat(1), PLAIN), await sender.send(chat(2), PLAIN)
    assert isinstance(one, TryLater)
    assert not one.everyone
    assert isinstance(two, TryLater)
    assert two.everyone


@pytest.mark.parametrize("paid", [True, False])
async def test_only_a_paid_sender_asks_to_pay(telegram: TelegramEmulator, bot: ExtBot[Lane], *, paid: bool) -> None:
    sender = TelegramSender(bot, lambda: at(0), paid=paid)
    await sender.send(AWA, PLAIN)
    await bot.send_message(42, "Watching Mali.")
    asked = ["allow_paid_broadcast" in given for name, given in telegram.calls if name == "sendMessage"]
    assert asked == [paid, False]


async def test_a_refused_reply_to_a_person_waits_and_is_sent(telegram: TelegramEmulator, bot: ExtBot[Lane]) -> None:
    telegram.fault("sendMessage", "flood", value=1)
    await bot.send_message(42, "Watching Mali.")
    assert [message.text for message in telegram.in_chat(42)] == ["Watching Mali."]

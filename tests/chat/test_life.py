"""The chat's edge comes to life without a network, tells what ends it in one line, and closes."""

import asyncio

from builders import at, chat
from fakes import FakeAtlas, FakeStore
from service_fakes import HandClock
from support.chat_stage import Stage, ask
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.exchange import App
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.sender import TelegramSender
from bot.chat.transport import make_bot
from bot.model.alert import Lane, Message, TryLater
from bot.services.subscriptions import Subscriptions


def built(telegram: TelegramEmulator, fatal: list[str], token: str = TOKEN) -> App:
    clock = HandClock()
    subscriptions = Subscriptions(FakeStore(), FakeAtlas(), clock)  # type: ignore[arg-type]
    bot = make_bot(token, base_url=telegram.base_url, pace=PacedStart(Pacer()), on_fatal=fatal.append)
    return build_application(bot, subscriptions, clock.now)


async def test_a_network_that_comes_late_is_waited_for(telegram: TelegramEmulator) -> None:
    fatal: list[str] = []
    telegram.fault("getMe", "drop_before", times=1)
    application = built(telegram, fatal)
    await open_chat(application, fatal.append)
    telegram.say(42, "/help")
    assert "/watch" in (await telegram.next_message(42)).text
    await close_chat(application)
    assert fatal == []


async def test_a_wrong_token_is_told_in_one_line_and_ends_the_chat_only(telegram: TelegramEmulator) -> None:
    fatal: list[str] = []
    application = built(telegram, fatal, token="1000001:somebody-elses")  # noqa: S106 - no secret
    await open_chat(application, fatal.append)
    await close_chat(application)
    assert len(fatal) == 1
    assert "401" in fatal[0]
    assert "somebody" not in fatal[0]


async def test_a_token_that_is_revoked_while_it_runs_is_told_once(stage: Stage) -> None:
    stage.telegram.token = "1000001:a-new-one"  # noqa: S105 - no secret
    stage.telegram.say(42, "/help")
    outcome = await TelegramSender(stage.bot, lambda: at(0)).send(chat(42), Message(html="x", plain="x"))
    await asyncio.sleep(0.2)
    assert isinstance(outcome, TryLater)
    assert outcome.everyone
    assert len(stage.fatal) == 1


async def test_the_poller_that_is_pushed_out_tells_so_in_one_line(stage: Stage) -> None:
    second: list[str] = []
    other = built(stage.telegram, second)
    await open_chat(other, second.append)
    await asyncio.sleep(0.2)
    await close_chat(other)
    assert len(stage.fatal) == 1
    assert "another process polls" in stage.fatal[0]


async def test_the_poller_that_is_pushed_out_neither_polls_nor_sends_any_more(stage: Stage) -> None:
    other = built(stage.telegram, [])
    await open_chat(other, [].append)
    await asyncio.sleep(0.5)
    assert stage.application.updater is not None
    assert not stage.application.updater.running
    calls = len(stage.telegram.calls)
    outcome = await TelegramSender(stage.bot, lambda: at(0)).send(chat(42), Message(html="x", plain="x"))
    assert isinstance(outcome, TryLater)
    assert outcome.everyone
    assert len(stage.telegram.calls) == calls
    await close_chat(other)


async def test_every_call_but_the_polling_stands_in_the_row(telegram: TelegramEmulator) -> None:
    class Counting(PacedStart):
        turns = 0

        async def wait(self, chat_id: int | None, lane: Lane = Lane.REPLY) -> None:
            self.turns += 1
            await super().wait(chat_id, lane)

    pace = Counting(Pacer(per_second=1000, private_gap=0, group_gap=0))
    subscriptions = Subscriptions(FakeStore(), FakeAtlas(), HandClock())  # type: ignore[arg-type]
    bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=lambda _why: None)
    application = build_application(bot, subscriptions, HandClock().now)
    await open_chat(application, lambda _why: None)
    telegram.say(42, "/start")
    welcome = await telegram.next_message(42)
    telegram.press(42, welcome, welcome.labels[0])
    await telegram.next_answer()
    await TelegramSender(bot, lambda: at(0)).send(chat(43), Message(html="x", plain="x"))
    await close_chat(application)
    assert {"getMe", "setMyCommands", "sendMessage", "answerCallbackQuery"} <= {name for name, _ in telegram.calls}
    assert pace.turns == len(telegram.calls)


async def test_a_faulty_poll_loses_no_message(stage: Stage) -> None:
    stage.telegram.fault("getUpdates", "error", value=502, times=2)
    await ask(stage, 42, "/watch Mali")
    stage.telegram.fault("getUpdates", "drop_after", times=1)
    answer = await ask(stage, 42, "/watch Niger")
    assert "Niger" in answer.text


async def test_messages_of_one_chat_are_answered_in_their_order(stage: Stage) -> None:
    await ask(stage, 42, "/start")
    for text in ("/watch Mali", "/watches", "/unwatch Mali", "/watches"):
        stage.telegram.say(42, text)
    texts = [(await stage.telegram.next_message(42)).text for _ in range(4)]
    assert "Watching Mali" in texts[0]
    assert "• Mali" in texts[1]
    assert "no longer watch Mali" in texts[2]
    assert "no place" in texts[3]

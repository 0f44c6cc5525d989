"""The operator's notice: confirmed in the operator's chat, told to each chat once over the real store in a file."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from builders import chat
from fakes import GROUPS, FakeAtlas
from service_fakes import HandClock
from support.chat_stage import Stage, ask, press
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.alerts.broadcast import broadcast_message
from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.operator import Operator
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.sender import TelegramSender
from bot.chat.transport import make_bot
from bot.model.alert import Lane, Message, Outcome
from bot.model.watch import Chat, ChatState
from bot.services.broadcast import LONGEST, Broadcast
from bot.services.operate import Operate
from bot.services.ports import Sender
from bot.services.regions import Regions
from bot.services.subscriptions import Subscriptions
from bot.storage.store import SqlStore
from bot.wording import LANGUAGES

HERE, ELSEWHERE = 77, 5
MANY = range(1001, 1011)
WORDS = "On Sunday from 2:00 to 3:00 UTC <no> alerts can be sent.\nWe move to a larger house & are back at 3:00."


@dataclass
class Room:
    """The chat, and what sends."""

    stage: Stage
    store: SqlStore
    broadcast: Broadcast
    sender: Sender

    async def confirmed(self, words: str = WORDS) -> None:
        """Let the operator write the notice and press the button."""
        shown = await ask(self.stage, HERE, f"/notice {words}")
        await press(self.stage, HERE, shown, "Send it")

    async def go(self) -> int:
        """Send what waits."""
        return await self.broadcast.look(lambda: True)

    def heard(self) -> Counter[int]:
        """Return how often each chat was told."""
        return heard(self.stage.telegram)


def heard(telegram: TelegramEmulator) -> Counter[int]:
    return Counter(one.chat_id for one in telegram.messages if "whoever runs this service" in one.text)


@asynccontextmanager
async def room(telegram: TelegramEmulator, folder: Path, clock: HandClock) -> AsyncIterator[Room]:
    fatal = list[str]()
    async with SqlStore.open(f"sqlite+aiosqlite:///{folder / 'outrider.sqlite3'}", "this", migrate=True) as store:
        subscriptions = Subscriptions(store, Regions(FakeAtlas(), GROUPS), clock)  # type: ignore[arg-type]
        pace = PacedStart(Pacer(per_second=1000, private_gap=0, group_gap=0))
        bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=fatal.append)
        sender = TelegramSender(bot, clock.now)
        broadcast = Broadcast(box=store.broadcasts, store=store, sender=sender, clock=clock, operator_chat=HERE)
        operator = Operator(HERE, Operate(store, clock), broadcast)
        application = build_application(bot, subscriptions, clock.now, operator)
        await open_chat(application, fatal.append)
        stage = Stage(telegram, store, subscriptions, bot, application, fatal, clock)  # type: ignore[arg-type]
        yield Room(stage, store, broadcast, sender)
        await close_chat(application)


@pytest.fixture
async def here(telegram: TelegramEmulator, tmp_path: Path) -> AsyncIterator[Room]:
    async with room(telegram, tmp_path, HandClock()) as made:
        for number in MANY:
            await made.store.save_chat(chat(number))
        yield made


async def test_it_is_shown_with_the_number_of_chats_and_nobody_is_told_before_it_is_confirmed(here: Room) -> None:
    shown = await ask(here.stage, HERE, f"/notice {WORDS}")
    assert shown.text == f"This goes to 11 chats, silently and in these words:\n\n{WORDS}"
    assert shown.labels == ["Send it", "Do not"]
    assert await here.go() == 0
    turned = await press(here.stage, HERE, shown, "Send it")
    assert turned.text == "It is on its way to 11 chats. I report when it is done."
    assert await here.go() == 11
    assert here.heard() == dict.fromkeys([HERE, *MANY], 1)


async def test_each_chat_gets_it_once_silently_as_it_was_written_and_the_operator_gets_a_report(here: Room) -> None:
    await here.store.save_chat(chat(1001, language="fr"))
    await here.confirmed()
    await here.go()
    (told,) = here.stage.telegram.in_chat(1002)
    assert told.text == f"📣 A word from whoever runs this service; it is no alert:\n\n{WORDS}"
    assert told.silent
    (french,) = here.stage.telegram.in_chat(1001)
    assert french.text.startswith("📣 Un mot de qui gère ce service ; ce n’est pas une alerte :")
    report = here.stage.telegram.in_chat(HERE)[-1]
    assert report.text == "The notice has been sent. Chats told: 11. Not reached: 0."
    before = len(here.stage.telegram.messages)
    assert await here.go() == 0
    assert len(here.stage.telegram.messages) == before, "one report, and nothing of it is left"


async def test_a_second_press_tells_nobody_twice(here: Room) -> None:
    shown = await ask(here.stage, HERE, f"/notice {WORDS}")
    action = shown.data_of("Send it")
    await press(here.stage, HERE, shown, "Send it")
    for _ in range(2):
        here.stage.telegram.press_data(HERE, shown, action)
        assert "confirmed before" in (await here.stage.telegram.next_answer())["text"]
        await here.go()
    assert set(here.heard().values()) == {1}


async def test_a_draft_is_good_for_a_day(here: Room) -> None:
    shown = await ask(here.stage, HERE, f"/notice {WORDS}")
    here.stage.clock.turn(days=1, minutes=1)
    here.stage.telegram.press(HERE, shown, "Send it")
    assert "older than a day" in (await here.stage.telegram.next_answer())["text"]
    assert await here.go() == 0


async def test_elsewhere_the_command_is_unknown_and_its_button_does_nothing(here: Room) -> None:
    assert "I did not understand that" in (await ask(here.stage, ELSEWHERE, f"/notice {WORDS}")).text
    name, _ = await here.broadcast.draft(WORDS)
    some = here.stage.telegram.in_chat(ELSEWHERE)[-1]
    here.stage.press_action(ELSEWHERE, some, f"2:nb:0:{name}")
    assert "confirmed before" in (await here.stage.telegram.next_answer())["text"]
    assert await here.go() == 0


async def test_without_words_or_with_too_many_it_is_said(here: Room) -> None:
    assert "Write it like this: /notice On Sunday" in (await ask(here.stage, HERE, "/notice")).text
    assert f"may have {LONGEST} characters" in (await ask(here.stage, HERE, "/notice " + "a" * (LONGEST + 1))).text


async def test_who_blocked_the_bot_or_stopped_meanwhile_is_counted_and_an_unanswered_send_is_not_repeated(
    here: Room,
) -> None:
    await here.confirmed()
    await here.store.save_chat(replace(chat(1001), state=ChatState.STOPPED))
    here.stage.telegram.fault("sendMessage", "blocked", chat_id=1002)
    here.stage.telegram.fault("sendMessage", "drop_after", chat_id=1003)
    await here.go()
    report = here.stage.telegram.in_chat(HERE)[-1].text
    assert report == (
        "The notice has been sent. Chats told: 8. Not reached: 2. "
        "No answer came for 1: told or not, they are not told again."
    )
    assert here.heard()[1003] == 1
    blocked = await here.store.chat(1002)
    assert blocked is not None
    assert blocked.state is ChatState.UNREACHABLE


async def test_a_refusal_for_a_while_is_waited_for_and_nobody_is_left_out(here: Room) -> None:
    await here.confirmed()
    here.stage.telegram.fault("sendMessage", "flood", chat_id=1004, value=1)
    await here.go()
    assert here.heard()[1004] == 0
    async with asyncio.timeout(10):
        while not here.heard()[1004]:  # the pacer keeps to the second of the wall's clock that Telegram asked for
            await asyncio.sleep(0.3)
            here.stage.clock.turn(minutes=2)
            await here.go()
    assert here.heard() == dict.fromkeys([HERE, *MANY], 1)


async def test_who_is_forgotten_is_not_told_and_nothing_of_it_is_kept(here: Room) -> None:
    await here.confirmed()
    assert "broadcast_parcels" in await here.store.belongings(1005)
    await here.store.forget(1005)
    assert not set(await here.store.belongings(1005)) - {"schema"}
    await here.go()
    assert here.heard()[1005] == 0


async def test_a_group_that_became_a_supergroup_is_told_under_its_new_number(here: Room) -> None:
    await here.store.save_chat(chat(-5))
    await here.store.save_chat(chat(-6))
    await here.confirmed()
    await here.store.move_chat(-5, -1_005)
    here.stage.telegram.fault("sendMessage", "migrated", chat_id=-6, value=-1_006)
    await here.go()
    assert here.heard() == dict.fromkeys([HERE, *MANY, -1_005, -1_006], 1)


class Dying:
    """Sends, and breaks off at the fourth: before or after the message stands in the chat."""

    def __init__(self, sender: Sender, *, arrives: bool) -> None:
        self._sender, self._arrives, self.sent = sender, arrives, 0
        self.hangs = asyncio.Event()

    async def send(self, to: Chat, message: Message) -> Outcome:
        self.sent += 1
        if self.sent < 4:
            return await self._sender.send(to, message)
        if self._arrives:
            await self._sender.send(to, message)
        self.hangs.set()
        return await asyncio.Future[Outcome]()


@pytest.mark.parametrize("arrives", [True, False])
async def test_after_a_restart_in_the_midst_the_rest_is_told_and_nobody_twice(
    telegram: TelegramEmulator, tmp_path: Path, *, arrives: bool
) -> None:
    clock = HandClock()
    async with room(telegram, tmp_path, clock) as before:
        for number in MANY:
            await before.store.save_chat(chat(number))
        await before.confirmed()
        dying = Dying(before.sender, arrives=arrives)
        broadcast = Broadcast(
            box=before.store.broadcasts, store=before.store, sender=dying, clock=clock, operator_chat=HERE
        )
        looking = asyncio.create_task(broadcast.look(lambda: True))
        await dying.hangs.wait()
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
    async with room(telegram, tmp_path, clock) as after:
        assert await after.go() == 7
        told = after.heard()
    missed = 1003  # the operator's chat, 1001 and 1002 were told before
    assert told == Counter(dict.fromkeys([HERE, *MANY], 1)) - Counter({missed: 0 if arrives else 1})
    assert "Chats told: 10. Not reached: 0. No answer came for 1" in telegram.in_chat(HERE)[-1].text


async def test_a_stop_lets_the_send_in_flight_end_and_the_rest_waits(here: Room) -> None:
    await here.confirmed()
    turns = iter([True, True, True, False])
    assert await here.broadcast.look(lambda: next(turns)) == 3
    assert sum(here.heard().values()) == 3
    assert await here.go() == 8
    assert here.heard() == dict.fromkeys([HERE, *MANY], 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_notice_fits_into_one_message_of_the_lowest_lane(language: str) -> None:
    message = broadcast_message("x" * LONGEST, chat(language=language))
    assert len(message.plain.encode("utf-16-le")) // 2 <= 4096
    assert (message.lane, message.silent) == (Lane.QUIET, True)

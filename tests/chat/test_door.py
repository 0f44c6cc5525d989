"""Open, by invitation, or by a list: who is let in, and what everybody else reaches (nothing)."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from fakes import GROUPS, FakeAtlas
from service_fakes import HandClock
from support.chat_stage import Stage, ask
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.offer import Offer
from bot.chat.operator import Operator
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.references import MANAGE, Reference, References
from bot.chat.transport import make_bot
from bot.services.invitations import Admission, Door
from bot.services.operate import Operate
from bot.services.regions import Regions
from bot.services.subscriptions import Subscriptions
from bot.storage.store import SqlStore

OPERATOR, AWA, BEN, CEM = 77, 1, 2, 3
GROUP = -1_001_234_567_890
Opened = Callable[..., Awaitable[Stage]]


@pytest.fixture
async def opened(telegram: TelegramEmulator) -> AsyncIterator[Opened]:
    """Open the bot's door as asked, over the real store."""
    clock, fatal = HandClock(), list[str]()
    async with SqlStore.open("sqlite+aiosqlite://", "this") as store:
        stages: list[Stage] = []

        async def opening(door: Door, *listed: int) -> Stage:
            subscriptions = Subscriptions(store, Regions(FakeAtlas(), GROUPS), clock)  # type: ignore[arg-type]
            pace = PacedStart(Pacer(per_second=1000, private_gap=0, group_gap=0))
            bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=fatal.append)
            offer = Offer(admission=Admission(store, clock, door, {OPERATOR, *listed}))
            operator = Operator(OPERATOR, Operate(store, clock))
            application = build_application(bot, subscriptions, clock.now, operator, offer=offer)
            await open_chat(application, fatal.append)
            stages.append(Stage(telegram, store, subscriptions, bot, application, fatal, clock))  # type: ignore[arg-type]
            return stages[0]

        yield opening
        await close_chat(stages[0].application)


def word_of(answer: str) -> str:
    return answer.split("?start=")[1].split(maxsplit=1)[0]


async def test_an_invitation_lets_in_as_many_as_it_says_and_they_stay(opened: Opened) -> None:
    stage = await opened(Door.INVITATION)
    assert "invitation alone" in (await ask(stage, AWA, "/start")).text
    assert "invitation alone" in (await ask(stage, AWA, "/start i_guessed")).text
    assert await stage.subscriptions.chat(AWA) is None

    link = (await ask(stage, OPERATOR, "/invite 2 7")).text
    assert link.startswith("https://t.me/outrider_test_bot?start=i_")
    assert "For 2 chats" in link
    for guest in (AWA, BEN):
        assert "language" in (await ask(stage, guest, f"/start {word_of(link)}")).text
    assert "invitation alone" in (await ask(stage, CEM, f"/start {word_of(link)}")).text
    assert "Watching Bamako" in (await ask(stage, AWA, "/watch Bamako")).text
    assert await stage.subscriptions.chat(CEM) is None


async def test_an_invitation_ends_with_its_days(opened: Opened) -> None:
    stage = await opened(Door.INVITATION)
    link = (await ask(stage, OPERATOR, "/invite 5 7")).text
    stage.clock.turn(days=7)
    assert "invitation alone" in (await ask(stage, AWA, f"/start {word_of(link)}")).text


async def test_a_list_lets_in_whom_it_names_and_no_invitation_helps(opened: Opened) -> None:
    stage = await opened(Door.LIST, AWA)
    link = (await ask(stage, OPERATOR, "/invite 5 7")).text
    assert "Watching Bamako" in (await ask(stage, AWA, "/watch Bamako")).text
    assert "invitation alone" in (await ask(stage, BEN, f"/start {word_of(link)}")).text


async def test_behind_the_door_who_lost_their_rights_in_a_group_sees_no_more_of_it(opened: Opened) -> None:
    stage = await opened(Door.OPEN)
    stage.telegram.statuses[GROUP, AWA] = "creator"
    await ask(stage, GROUP, "/watch Mali", user_id=AWA)
    link = References(TOKEN).close(MANAGE, Reference(GROUP))
    assert "For the chat" in (await ask(stage, AWA, f"/start {link}")).text
    assert "Mali" in (await ask(stage, AWA, "/watches")).text
    stage.telegram.standing(GROUP, AWA, "member")
    assert "Only administrators" in (await ask(stage, AWA, "/watches")).text
    assert "Mali" not in (await ask(stage, AWA, "/watches")).text


async def test_an_open_door_lets_everybody_in_and_only_the_operator_invites(opened: Opened) -> None:
    stage = await opened(Door.OPEN)
    assert "Watching Bamako" in (await ask(stage, AWA, "/watch Bamako")).text
    assert "t.me" not in (await ask(stage, AWA, "/invite 2 7")).text
    for typed in ("/invite", "/invite 0 7", "/invite 2", "/invite many days"):
        assert "/invite 10 7" in (await ask(stage, OPERATOR, typed)).text

"""The operator's commands are heard in the operator's chat, and are unknown everywhere else."""

from collections.abc import AsyncIterator

import pytest
from fakes import FakeAtlas, FakeStore
from service_fakes import HandClock
from support.chat_stage import Stage, ask
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.operator import Operator
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.transport import make_bot
from bot.services.subscriptions import Subscriptions

HERE, ELSEWHERE, GROUP = 77, 5, -1_001_234_567_890


class HeldEvents:
    """Withdraws what it holds, and keeps why; the number of chats that were told stands beside each event."""

    def __init__(self, **told: int) -> None:
        self.told, self.why = told, dict[str, str]()

    async def retract(self, event_id: str, why: str = "") -> int | None:
        self.why[event_id] = why
        return self.told.get(event_id)


async def staged(telegram: TelegramEmulator, operator: Operator) -> AsyncIterator[Stage]:
    store, clock, fatal = FakeStore(), HandClock(), list[str]()
    subscriptions = Subscriptions(store, FakeAtlas(), clock)  # type: ignore[arg-type]
    pace = PacedStart(Pacer(per_second=1000, private_gap=0, group_gap=0))
    bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=fatal.append)
    application = build_application(bot, subscriptions, clock.now, operator)
    await open_chat(application, fatal.append)
    yield Stage(telegram, store, subscriptions, bot, application, fatal, clock)
    await close_chat(application)


@pytest.fixture
def held() -> HeldEvents:
    return HeldEvents(one=1, many=12)


@pytest.fixture
async def stage(telegram: TelegramEmulator, held: HeldEvents, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    operator = Operator(getattr(request, "param", HERE), held)  # type: ignore[arg-type]
    async for one in staged(telegram, operator):
        yield one


async def test_an_event_is_withdrawn_with_its_reason_and_it_is_said_how_many_are_told(
    stage: Stage, held: HeldEvents
) -> None:
    assert (await ask(stage, HERE, "/retract one a film was being shot")).text == "Withdrawn. 1 chat is told."
    assert (await ask(stage, HERE, "/retract many")).text == "Withdrawn. 12 chats are told."
    assert held.why == {"one": "a film was being shot", "many": ""}


async def test_what_cannot_be_withdrawn_is_said(stage: Stage) -> None:
    assert (await ask(stage, HERE, "/retract none")).text == "No event none can be withdrawn."
    assert "Which event?" in (await ask(stage, HERE, "/retract")).text


async def test_elsewhere_it_is_a_command_like_any_that_is_unknown(stage: Stage, held: HeldEvents) -> None:
    assert "I did not understand that" in (await ask(stage, ELSEWHERE, "/retract one")).text
    assert not held.why


@pytest.mark.parametrize("stage", [GROUP], indirect=True)
async def test_in_the_operators_group_only_its_administrators_are_heard(stage: Stage, held: HeldEvents) -> None:
    assert "Only administrators" in (await ask(stage, GROUP, "/retract one", user_id=8)).text
    assert not held.why

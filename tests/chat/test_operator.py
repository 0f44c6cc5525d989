"""The operator's commands are heard in the operator's chat, and are unknown everywhere else."""

from collections.abc import AsyncIterator, Sequence

import pytest
from builders import report
from fakes import FakeAtlas, FakeStore
from service_fakes import HandClock
from support.chat_stage import Stage, ask
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.operator import Operator
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.transport import make_bot
from bot.model.event import Report
from bot.services.operate import Because, Done, Refused
from bot.services.subscriptions import Subscriptions

HERE, ELSEWHERE, GROUP = 77, 5, -1_001_234_567_890


class HeldEvents:
    """Does what it is asked to the events that it holds, and keeps what was asked."""

    def __init__(self, **told: int) -> None:
        self.told, self.asked = told, list[tuple[str, ...]]()

    async def retract(self, name: str, why: str = "") -> Done | Refused:
        self.asked.append(("retract", name, why))
        return self._done(name)

    async def merge(self, kept: str, gone: str, why: str = "") -> Done | Refused:
        self.asked.append(("merge", kept, gone, why))
        return self._done(kept)

    async def split(self, name: str, items: Sequence[str]) -> Done | Refused:
        self.asked.append(("split", name, *items))
        return Done(self.told[name], (name, "another"))

    async def reports(self, name: str) -> tuple[Report, ...] | Refused:
        return (report(title="A <b>bold</b> title"), report("Le Fleuve", hours=1)) if name in self.told else _gone(name)

    def _done(self, name: str) -> Done | Refused:
        return Done(self.told[name], (name,)) if name in self.told else _gone(name)


def _gone(name: str) -> Refused:
    if name == "m":
        return Refused(Because.SEVERAL, name, ("many", "more"))
    return Refused(Because.OVER if name == "over" else Because.UNKNOWN, name)


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
    assert held.asked == [("retract", "one", "a film was being shot"), ("retract", "many", "")]


async def test_what_cannot_be_withdrawn_is_said(stage: Stage) -> None:
    assert (await ask(stage, HERE, "/retract none")).text == "Nothing is called none."
    assert (await ask(stage, HERE, "/retract m")).text == "m may be several: many, more"
    assert "it is over, withdrawn or merged" in (await ask(stage, HERE, "/retract over")).text
    assert "Which event?" in (await ask(stage, HERE, "/retract")).text


async def test_two_events_are_made_one_and_the_first_goes_on(stage: Stage, held: HeldEvents) -> None:
    assert (await ask(stage, HERE, "/merge one many same blast")).text == "They are one event now: one."
    assert held.asked == [("merge", "one", "many", "same blast")]
    assert "Which two events" in (await ask(stage, HERE, "/merge one")).text
    assert (await ask(stage, HERE, "/merge none one")).text == "Nothing is called none."


async def test_an_events_reports_are_shown_before_it_is_split(stage: Stage, held: HeldEvents) -> None:
    shown = (await ask(stage, HERE, "/split one")).text
    assert "Sahel Wire: A <b>bold</b> title" in shown
    assert "/split one le-fleuv" in shown
    assert (await ask(stage, HERE, "/split one le-fl sahel")).text == "They are two events now: one, another."
    assert held.asked == [("split", "one", "le-fl", "sahel")]
    assert "Which event?" in (await ask(stage, HERE, "/split")).text
    assert (await ask(stage, HERE, "/split none")).text == "Nothing is called none."


async def test_elsewhere_it_is_a_command_like_any_that_is_unknown(stage: Stage, held: HeldEvents) -> None:
    assert "I did not understand that" in (await ask(stage, ELSEWHERE, "/retract one")).text
    assert not held.asked


@pytest.mark.parametrize("stage", [GROUP], indirect=True)
async def test_in_the_operators_group_only_its_administrators_are_heard(stage: Stage, held: HeldEvents) -> None:
    assert "Only administrators" in (await ask(stage, GROUP, "/retract one", user_id=8)).text
    assert not held.asked

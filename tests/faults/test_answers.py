"""Every row of the fault table (notes on reliability, section 2), through the real bot.

Each on the first try and on every try, and all of them at random over many sends.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from builders import at
from contract.outbox_builders import alert, waiting
from faults.history import copies, in_figures, shown
from service_fakes import HandClock
from support.seeds import drawn
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.chat import transport
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.sender import TelegramSender
from bot.chat.transport import make_bot
from bot.model.alert import Delivery
from bot.services.deliver import Deliver
from bot.storage.store import SqlStore


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table. `acted`: the server had taken the message; `again`: it is tried again."""

    kind: str
    acted: bool
    sure: bool
    value: Any = None
    dead: bool = False


NOT_SENT = [Row("ConnectError", acted=False, sure=True), Row("ConnectTimeout", acted=False, sure=True),
            Row("PoolTimeout", acted=False, sure=True), Row("flood", acted=False, sure=True, value=1)]  # fmt: skip
NEVER = [Row("blocked", acted=False, sure=True, dead=True),
         Row("bad", acted=False, sure=True, value="message to be replied not found", dead=True)]  # fmt: skip
UNSURE = [
    Row("drop_before", acted=False, sure=False), Row("drop_after", acted=True, sure=False),
    Row("hang_after", acted=True, sure=False, value=3), Row("cut_after", acted=True, sure=False),
    Row("html_after", acted=True, sure=False), Row("empty_after", acted=True, sure=False),
    Row("WriteError", acted=False, sure=False), Row("WriteTimeout", acted=False, sure=False),
    Row("RemoteProtocolError", acted=False, sure=False), Row("plain_flood", acted=False, sure=False),
    *(Row("error", acted=False, sure=False, value=status) for status in (500, 502, 503, 504)),
    *(Row("error_after", acted=True, sure=False, value=status) for status in (500, 502, 503, 504)),
]  # fmt: skip
_HTTPX = {"ConnectError", "ConnectTimeout", "PoolTimeout", "WriteError", "WriteTimeout", "RemoteProtocolError"}


class Stage:
    """An outbox of one alert a chat, the real sender, and Telegram; time is turned by hand between the tries."""

    def __init__(self, telegram: TelegramEmulator, store: SqlStore, sender: TelegramSender, clock: HandClock) -> None:
        self.telegram, self.store, self.clock = telegram, store, clock
        self.breaking: dict[int, list[str]] = {}
        self.deliver = Deliver(store=store, sender=sender, render=in_figures, clock=self.clock, owner="me")

    def plant(self, row: Row, chat_id: int, times: int) -> None:
        if row.kind in _HTTPX:
            self.breaking[chat_id] = [row.kind] * times
        else:
            self.telegram.fault("sendMessage", row.kind, times=times, chat_id=chat_id, value=row.value)

    async def sweeps(self, most: int = 12) -> Counter[Delivery]:
        for _ in range(most):
            await self.deliver.sweep()
            counts = Counter(dict(await self.store.outbox_counts()))
            if not counts[Delivery.NEW] + counts[Delivery.AMBIGUOUS]:
                break
            self.clock.turn(minutes=6)
            await asyncio.sleep(0.15)  # a refusal is waited for by the machine's clock
        return +counts

    def seen(self, number: int) -> list[Any]:
        return [shown(one.chat_id, one.text, at(0), edit=False) for one in self.telegram.in_chat(number)]


@pytest.fixture
async def stage(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setattr(transport, "READ_TIMEOUT", 0.3)
    async with TelegramEmulator() as telegram, SqlStore.open("sqlite+aiosqlite://", "me") as store:
        pace = PacedStart(Pacer(per_second=2000, private_gap=0.0))
        bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=lambda _: None)
        await bot.initialize()
        clock = HandClock(at(0))
        made = Stage(telegram, store, TelegramSender(bot, clock.now), clock)
        _break(monkeypatch, made)
        yield made
        await bot.shutdown()


def _break(monkeypatch: pytest.MonkeyPatch, made: Stage) -> None:
    """Let the client's own errors come where they are planted, as they come before a request is out."""
    post = httpx.AsyncClient.request

    async def request(client: httpx.AsyncClient, *given: Any, **named: Any) -> httpx.Response:  # noqa: ANN401
        chat_id = (named.get("data") or {}).get("chat_id")
        planned = made.breaking.get(int(chat_id)) if chat_id else None
        if planned:
            raise getattr(httpx, planned.pop())("planted")
        return await post(client, *given, **named)

    monkeypatch.setattr(httpx.AsyncClient, "request", request)


@pytest.mark.parametrize("row", NOT_SENT + UNSURE, ids=lambda row: f"{row.kind}{row.value or ''}")
async def test_a_fault_on_the_first_try_loses_nothing_and_repeats_only_what_had_arrived(stage: Stage, row: Row) -> None:
    await waiting(stage.store, alert())
    stage.plant(row, 1, 1)

    assert await stage.sweeps() == {Delivery.SENT: 1}

    seen = stage.seen(1)
    assert len(seen) == 1 + row.acted
    assert seen[-1].repeat is not row.sure, "marked if, and only if, an earlier one may have arrived"


@pytest.mark.parametrize("row", NOT_SENT + UNSURE, ids=lambda row: f"{row.kind}{row.value or ''}")
async def test_a_fault_on_every_try_ends_openly_where_it_may_have_arrived_and_never_where_it_cannot(
    stage: Stage, row: Row
) -> None:
    await waiting(stage.store, alert(expires_at=at(2)))
    stage.plant(row, 1, 99)

    ended = await stage.sweeps()

    assert ended == ({Delivery.NEW: 1} if row.sure else {Delivery.UNKNOWN: 1})
    seen = stage.seen(1)
    assert len(seen) == (3 if row.acted else 0)
    assert all(one.repeat for one in seen[1:])


@pytest.mark.parametrize("row", NEVER, ids=lambda row: row.kind)
async def test_what_never_can_be_sent_is_tried_once(stage: Stage, row: Row) -> None:
    await waiting(stage.store, alert())
    stage.plant(row, 1, 99)
    assert await stage.sweeps() == {Delivery.DEAD: 1}
    assert len([call for call in stage.telegram.calls if call[0] == "sendMessage"]) == 1


async def test_a_group_that_moved_is_sent_to_at_its_new_number(stage: Stage) -> None:
    await waiting(stage.store, alert(chat_id=-5))
    stage.telegram.fault("sendMessage", "migrated", chat_id=-5, value=-1005)
    assert await stage.sweeps() == {Delivery.SENT: 1}
    assert (len(stage.telegram.in_chat(-5)), len(stage.telegram.in_chat(-1005))) == (0, 1)


@pytest.mark.parametrize("sends", [150, pytest.param(2000, marks=pytest.mark.heavy)])
async def test_faults_of_all_kinds_at_random_lose_nothing(stage: Stage, sends: int) -> None:
    seed = drawn()
    dice = random.Random(seed)
    await waiting(stage.store, *(alert(chat_id=number) for number in range(1, sends + 1)))
    acted = 0
    for number in range(1, sends + 1):
        if dice.random() < 0.3:
            row = dice.choice([row for row in NOT_SENT + UNSURE if row.kind not in {"hang_after", "flood"}])
            stage.plant(row, number, 1)
            acted += row.acted

    assert await stage.sweeps() == {Delivery.SENT: sends}, f"seed {seed}"

    seen = [one for number in range(1, sends + 1) for one in stage.seen(number)]
    assert {one.chat_id for one in seen} == set(range(1, sends + 1)), f"seed {seed}"
    assert copies(seen) == acted, f"seed {seed}"
    print(f"{sends} sends, faults at 30 %: {acted} had arrived, {copies(seen)} repeats, seed {seed}")  # noqa: T201
    assert all(stage.seen(number)[1].repeat for number in range(1, sends + 1) if len(stage.seen(number)) > 1)

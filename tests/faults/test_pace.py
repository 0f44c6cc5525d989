"""The pace of delivery in virtual time, over the real delivery, sender, library and pacer. Every run prints its seed.

The small ones run with all tests; the whole ones (`heavy`) with `make faults`.
"""

import asyncio
from collections.abc import Callable
from random import Random

import pytest
from support.fan_out import alerts, fan_out
from support.virtual_telegram import VirtualTelegram, by_chat, most_within
from support.virtual_time import in_virtual_time

from bot.chat.pacer import PAID_PER_SECOND, PER_SECOND
from bot.model.assessment import Severity

SEED = 20_261_122
HEAVY = pytest.mark.heavy


def report(what: str, **figures: float) -> None:
    print(f"\n{what}: {', '.join(f'{name} {figure:g}' for name, figure in figures.items())}; seed {SEED}")  # noqa: T201 - the figures are the point


def mixed(number: int) -> list[int]:
    """Return chats, a tenth of them groups."""
    return [-chat if chat % 10 == 0 else chat for chat in range(1, number + 1)]


@pytest.mark.parametrize("chats", [2_000, pytest.param(100_000, marks=HEAVY)])
def test_no_window_is_over_a_limit_and_nearly_all_of_the_rate_is_used(chats: int) -> None:
    telegram = VirtualTelegram(SEED)

    async def story() -> float:
        async with fan_out(telegram) as stage:
            stage.line.add(alerts([chat for chat in mixed(chats)[:500] for _ in range(3)], event_id="event-2"))
            stage.line.add(alerts(mixed(chats)))
            return await stage.until_all_is_sent()

    took = in_virtual_time(story())
    calls = len(telegram.calls)
    busiest = most_within([at for at, _ in telegram.calls], 1.0)
    chats_over = [
        chat
        for chat, starts in by_chat(telegram.calls).items()
        if most_within(starts, 60.0) > (20 if chat < 0 else 61) or most_within(starts, 1.0) > (1 if chat < 0 else 2)
    ]
    report(
        f"{chats:,} chats, a tenth groups", sends=calls, seconds=took, rate=calls / took, busiest_second=busiest,
        chats_over=len(chats_over),
    )  # fmt: skip
    assert busiest <= 29
    assert chats_over == []
    assert calls / took >= 0.95 * PER_SECOND
    assert len(telegram.arrived) == calls == chats + 1_500


@pytest.mark.parametrize(("many", "urgent"), [(3_000, 250), pytest.param(100_000, 5_000, marks=HEAVY)])
def test_an_extreme_alert_starts_at_once_and_takes_nearly_all_of_the_rate_while_the_rest_keeps_its_share(
    many: int, urgent: int
) -> None:
    telegram = VirtualTelegram(SEED)
    chosen = Random(SEED).sample(range(1, many + 1), urgent)

    async def story() -> None:
        async with fan_out(telegram) as stage:
            stage.line.add(alerts(range(1, many + 1)))
            sending = asyncio.create_task(stage.until_all_is_sent())
            await asyncio.sleep(60)
            stage.line.add(alerts(chosen, Severity.EXTREME, event_id="event-2", after=60))
            await sending

    in_virtual_time(story())
    extreme = [one.at - 60 for one in telegram.arrived if "event-2" in one.text]
    rest = [one.at - 60 for one in telegram.arrived if "event-1" in one.text]
    last = max(extreme)
    share = sum(0 <= at <= last for at in rest) / sum(0 <= one.at - 60 <= last for one in telegram.arrived)
    report(
        f"extreme for {urgent:,} chats, 60 s into {many:,}", first=min(extreme), last=last, share_of_the_rest=share
    )  # fmt: skip
    assert len(extreme) == urgent
    assert len(rest) == many
    assert min(extreme) <= 1.0
    assert last <= 195 * urgent / 5_000 + 1
    assert share >= 0.048  # one in twenty, less the eight that were on their way


def test_who_writes_to_the_bot_during_a_fan_out_is_answered_within_a_second() -> None:
    telegram = VirtualTelegram(SEED)
    waits: list[float] = []

    async def story() -> None:
        async with fan_out(telegram) as stage:
            stage.line.add(alerts(range(1, 3_001), Severity.EXTREME))
            sending = asyncio.create_task(stage.until_all_is_sent())
            for person in range(5_000, 5_060):
                await asyncio.sleep(stage.telegram.dice.uniform(0.5, 1.5))
                asked = asyncio.get_running_loop().time()
                await stage.bot.send_message(person, "Watching Mali.")
                waits.append(asyncio.get_running_loop().time() - asked)
            await sending

    in_virtual_time(story())
    report("60 commands during a fan-out", slowest=max(waits), mean=sum(waits) / len(waits))
    assert max(waits) <= 1.0


def test_who_pays_tells_a_thousand_a_second_and_never_pays_for_a_reply() -> None:
    telegram = VirtualTelegram(SEED)

    async def story() -> float:
        async with fan_out(telegram, in_flight=100, paid_per_second=PAID_PER_SECOND) as stage:
            stage.line.add(alerts(range(1, 3_001), Severity.EXTREME))
            sending = asyncio.create_task(stage.until_all_is_sent())
            await asyncio.sleep(1)
            await stage.bot.send_message(5_000, "Watching Mali.")
            return await sending

    took = in_virtual_time(story())
    busiest = most_within([one.at for one in telegram.arrived if one.paid], 1.0)
    report("3,000 chats, paid for", seconds=took, rate=3_000 / took, busiest_second=busiest)
    assert {one.chat_id for one in telegram.arrived if not one.paid} == {5_000}
    assert busiest <= PAID_PER_SECOND + 1
    assert 3_000 / took >= 0.95 * PAID_PER_SECOND


def test_five_events_that_come_one_after_the_other_share_the_rate() -> None:
    telegram = VirtualTelegram(SEED)

    async def story() -> None:
        async with fan_out(telegram) as stage:
            for number in range(5):
                chats = range(number * 1_000 + 1, number * 1_000 + 501)
                stage.line.add(alerts(chats, Severity.SEVERE, event_id=f"event-{number}", after=number * 5))
                if not number:
                    sending = asyncio.create_task(stage.until_all_is_sent())
                await asyncio.sleep(5)
            await sending

    in_virtual_time(story())
    starts = [min(one.at for one in telegram.arrived if f"event-{n}" in one.text) - 5 * n for n in range(5)]
    share = [sum(25 <= one.at < 50 for one in telegram.arrived if f"event-{n}" in one.text) for n in range(5)]
    report("five events, five seconds apart", slowest_start=max(starts), least=min(share), most=max(share))
    assert max(starts) <= 1.0
    assert max(share) - min(share) <= 4


Refuse = Callable[[int, Random], tuple[int, bool] | None]


def everyone_at_times(chat_id: int, dice: Random) -> tuple[int, bool] | None:
    del chat_id
    return (dice.randint(1, 30), True) if dice.random() < 0.5 else None


def one_chat_at_times(chat_id: int, dice: Random) -> tuple[int, bool] | None:
    return (dice.randint(1, 30), False) if chat_id == 7 and dice.random() < 0.5 else None


def union(spans: list[tuple[float, float]]) -> float:
    """Return how long at least one of the spans lasts."""
    total, end = 0.0, float("-inf")
    for start, stop in sorted(spans):
        total += max(0.0, stop - max(start, end))
        end = max(end, stop)
    return total


@pytest.mark.parametrize("chats", [100, pytest.param(2_000, marks=HEAVY)])
def test_in_a_storm_of_refusals_nothing_is_sent_too_soon_and_little_time_is_wasted(chats: int) -> None:
    telegram = VirtualTelegram(SEED, everyone_at_times)

    async def story() -> float:
        async with fan_out(telegram) as stage:
            stage.line.add(alerts(range(1, chats + 1)))
            return await stage.until_all_is_sent()

    took = in_virtual_time(story())
    ideal = union([(start, stop) for start, stop, _ in telegram.held]) + len(telegram.calls) / PER_SECOND
    report(
        f"storm of 50 % refusals for all, {chats:,} chats", seconds=took, ideal=ideal, ratio=took / ideal,
        refusals=telegram.refusals, too_soon=len(telegram.too_soon), arrived=len(telegram.arrived),
    )  # fmt: skip
    assert telegram.too_soon == []
    assert len(telegram.arrived) == chats
    assert took <= 1.2 * ideal


def test_one_stormy_chat_waits_as_it_is_told_and_the_others_go_on_at_the_full_rate() -> None:
    telegram = VirtualTelegram(SEED, one_chat_at_times)

    async def story() -> float:
        async with fan_out(telegram) as stage:
            stage.line.add(alerts([7] * 20, event_id="event-2"))
            stage.line.add(alerts(one for one in range(1, 2_001) if one != 7))
            return await stage.until_all_is_sent()

    took = in_virtual_time(story())
    others = [one.at for one in telegram.arrived if one.chat_id != 7]
    mine = [one.at for one in telegram.arrived if one.chat_id == 7]
    ideal = union([(start, stop) for start, stop, _ in telegram.held]) + 20 / 1.0
    report(
        "one stormy chat", others_rate=len(others) / max(others), its_seconds=took, its_ideal=ideal,
        refusals=telegram.refusals, too_soon=len(telegram.too_soon),
    )  # fmt: skip
    assert telegram.too_soon == []
    assert len(mine) == 20
    assert len(others) == 1_999
    assert len(others) / max(others) >= 0.95 * PER_SECOND
    assert took <= 1.2 * ideal

"""Waiting for a turn, in virtual time: what is refused goes back, replies wait, what is closed stays closed."""

import asyncio
from itertools import pairwise

import pytest
from support.virtual_time import in_virtual_time

from bot.chat.paced_start import ClosedError, HeldBackError, PacedStart
from bot.chat.pacer import Pacer
from bot.model.alert import Lane


def now() -> float:
    return asyncio.get_running_loop().time()


def test_starts_are_spaced_on_the_loop_s_own_time() -> None:
    async def story() -> list[float]:
        pace, starts = PacedStart(Pacer()), list[float]()

        async def one(chat_id: int) -> None:
            await pace.wait(chat_id, Lane.REST)
            starts.append(now())

        await asyncio.gather(*map(one, range(1, 57)))
        return starts

    starts = in_virtual_time(story())
    assert starts[-1] == pytest.approx(55 / 28, abs=0.3)
    assert min(later - sooner for sooner, later in pairwise(starts)) >= 0.5 / 28 - 1e-9


def test_an_alert_that_waits_for_a_chat_that_is_refused_goes_back_to_the_outbox_at_once() -> None:
    async def story() -> float:
        pace = PacedStart(Pacer())
        for _ in range(2):
            await pace.wait(7, Lane.REST)
        waiting = asyncio.create_task(pace.wait(7, Lane.REST))
        await asyncio.sleep(0.1)
        pace.refused(7, 300.0)
        with pytest.raises(HeldBackError) as held:
            await waiting
        assert now() < 0.2
        assert pace.resting() == {7}
        return held.value.seconds

    assert in_virtual_time(story()) == pytest.approx(300.0)


def test_a_reply_waits_out_a_short_refusal_and_is_given_up_in_a_long_one() -> None:
    async def story() -> None:
        pace = PacedStart(Pacer())
        pace.refused(7, 20.0)
        await pace.wait(7)
        assert now() == pytest.approx(20.0)
        pace.refused(7, 300.0)
        with pytest.raises(HeldBackError):
            await pace.wait(7)

    in_virtual_time(story())


def test_while_everyone_is_refused_no_chat_takes_alerts_and_afterwards_all_do() -> None:
    async def story() -> None:
        pace = PacedStart(Pacer())
        pace.refused(7, 20.0)
        assert pace.refused(8, 20.0)
        assert pace.resting() is None
        await asyncio.sleep(20.1)
        assert pace.resting() == frozenset()

    in_virtual_time(story())


def test_who_gives_up_waiting_holds_nobody_back() -> None:
    async def story() -> None:
        pace = PacedStart(Pacer())
        tasks = [asyncio.create_task(pace.wait(chat_id, Lane.EXTREME)) for chat_id in range(1, 100)]
        await asyncio.sleep(0.01)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await pace.wait(200, Lane.REST)
        assert now() < 0.1

    in_virtual_time(story())


def test_once_closed_nothing_starts_any_more_and_the_first_reason_stays() -> None:
    async def story() -> str:
        pace = PacedStart(Pacer())
        await pace.wait(-1, Lane.REST)
        waiting = asyncio.create_task(pace.wait(-1, Lane.REST))
        await asyncio.sleep(0)
        pace.close("the token was revoked")
        pace.close("and more")
        with pytest.raises(ClosedError, match="the token was revoked"):
            await waiting
        with pytest.raises(ClosedError):
            await pace.wait(2)
        assert pace.resting() is None
        return pace.closed

    assert in_virtual_time(story()) == "the token was revoked"

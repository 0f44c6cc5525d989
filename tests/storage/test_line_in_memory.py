"""The line in memory, over which the pace is proven, gives out what the real store gives out."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from builders import at, event
from contract.outbox_builders import LEASE, alert, waiting
from support.line import MemoryLine

from bot.model.alert import Delivery
from bot.model.assessment import Severity
from bot.services.ports import Settlement
from bot.storage.store import SqlStore

GRADES = (Severity.MINOR, Severity.MODERATE, Severity.SEVERE, Severity.EXTREME)


@pytest.mark.parametrize("seed", range(5))
async def test_it_claims_the_same_rows_in_the_same_order_as_the_store(store: SqlStore, seed: int) -> None:
    dice, line = Random(seed), MemoryLine(event())
    alerts = [
        replace(
            alert(chat_id=dice.randint(1, 30), event_id=f"event-{number}", hours=dice.random()),
            severity=dice.choice(GRADES),
        )
        for number in range(120)
    ]
    await waiting(store, *alerts)
    line.add(alerts)
    now, given = at(1), 0
    while given < len(alerts):
        wish = {
            "most": dice.choice([Severity.EXTREME, Severity.EXTREME, Severity.SEVERE, Severity.MODERATE]),
            "resting": frozenset(dice.sample(range(1, 31), 3)),
        }
        limit = dice.randint(1, 8)
        real = await store.claim("me", now, limit, LEASE, **wish)  # type: ignore[arg-type]
        made = await line.claim("me", now, limit, LEASE, **wish)  # type: ignore[arg-type]
        assert [one.alert.key for one in made] == [one.alert.key for one in real]
        for mine, its in zip(made, real, strict=True):
            later = dice.random() < 0.2
            end = Settlement(
                state=Delivery.NEW if later else Delivery.SENT, next_at=now + timedelta(seconds=dice.randint(0, 5))
            )
            await store.settle(its, end, now)
            await line.settle(mine, end, now)
            given += not later
        now += timedelta(seconds=1)
    assert line.unsent == 0

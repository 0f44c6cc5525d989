"""Whatever happens in whatever order, no alert is lost, none overtakes its first, none is sent by two at once."""

import random
from datetime import timedelta

import pytest
from builders import at, chat
from contract.outbox_builders import LEASE, alert, ambiguous, decision, sent, waiting
from support.seeds import drawn

from bot.model.alert import Alert, AlertReason, Delivery
from bot.model.assessment import Severity
from bot.model.watch import ChatState
from bot.services.ports import Claimed, Settlement, Store

CHATS = range(1, 7)
EVENTS = ("event-1", "event-2")


class Walk:
    """A worker's life on dice: it commits, claims, settles, freezes, dies and comes back."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.dice, self.now, self.life = store, random.Random(seed), at(0), 0
        self.in_flight: dict[str, Claimed] = {}
        self.frozen: list[Claimed] = []
        self.arrived: list[str] = []
        self.wanted: dict[str, int] = {}

    async def begin(self) -> None:
        firsts = [alert(chat_id=one, event_id=event, expires_at=at(999)) for one in CHATS for event in EVENTS]
        await waiting(self.store, *firsts)
        self.wanted = {one.key: 0 for one in firsts}

    async def step(self) -> None:
        self.now += timedelta(seconds=self.dice.choice([0, 1, 20]))
        moves = [self.commit, self.claim, self.claim, self.settle, self.settle, self.freeze, self.wake, self.die]
        await self.dice.choices([*moves, self.toggle], [2, 4, 4, 4, 4, 1, 1, 0.3, 1])[0]()

    async def commit(self) -> None:
        what = self.dice.choice(["update", "widening", "escalation"])
        made = alert(
            f"{what}:{self.dice.randrange(4)}",
            chat_id=self.dice.choice(CHATS), event_id=self.dice.choice(EVENTS), expires_at=at(999),
            created_at=self.now, severity=self.dice.choice([Severity.MODERATE, Severity.EXTREME]),
        )  # fmt: skip
        await self.store.commit([decision(alerts=(made, made))])
        self.wanted.setdefault(made.key, len(self.arrived))

    async def claim(self) -> None:
        for one in await self.store.claim(f"life {self.life}", self.now, self.dice.randrange(1, 4), LEASE):
            self.check(one.alert)
            self.in_flight[one.alert.key] = one
            if self.dice.random() < 0.8:
                self.arrived.append(one.alert.key)

    def is_told(self, key: str) -> bool:
        """Tell whether it arrived itself, or a change of the same event after it did that tells the present state."""
        of_event = key.rsplit(":", 2)[0] if key.count(":") > 2 else key.rsplit(":", 1)[0]
        later = self.arrived[self.wanted[key] :]
        return key in self.arrived or any(other.startswith(f"{of_event}:") for other in later)

    def check(self, claimed: Alert) -> None:
        assert claimed.chat_id not in {one.chat.id for one in self.in_flight.values()}, "one in flight a chat"
        first = f"{claimed.chat_id}:{claimed.event_id}:first"
        assert claimed.reason is AlertReason.FIRST or first in self.arrived, "it overtook its first alert"

    async def settle(self) -> None:
        if not self.in_flight:
            return
        _, one = self.in_flight.popitem()
        arrived = one.alert.key in self.arrived
        refused = Settlement(state=Delivery.NEW, next_at=self.now + timedelta(seconds=5), why="refused")
        soon = ambiguous(self.now + timedelta(seconds=2))
        await self.store.settle(one, self.dice.choice([sent(), soon]) if arrived else refused, self.now)

    async def freeze(self) -> None:
        if self.in_flight:
            self.frozen.append(self.in_flight.popitem()[1])

    async def wake(self) -> None:
        """Come back with a settlement that may be out of date, and says nothing but what is so."""
        if self.frozen:
            one = self.frozen.pop()
            state = Delivery.SENT if one.alert.key in self.arrived else Delivery.AMBIGUOUS
            await self.store.settle(one, Settlement(state=state, next_at=self.now), self.now)

    async def die(self) -> None:
        self.life += 1
        self.in_flight.clear()
        await self.store.recover(f"life {self.life}", self.now)

    async def toggle(self) -> None:
        number = self.dice.choice(CHATS)
        await self.store.save_chat(chat(number, state=self.dice.choice([ChatState.ACTIVE, ChatState.STOPPED])))

    async def finish(self) -> None:
        """Send what is left, with no more faults."""
        for number in CHATS:
            await self.store.save_chat(chat(number))
        self.now = max(self.now, at(1)) + LEASE  # other processes of a server are left the time of their leases
        await self.die()
        while (due := await self.store.next_due(self.now)) is not None:
            self.now = max(self.now, due)
            for one in await self.store.claim(f"life {self.life}", self.now, 3, LEASE):
                self.check(one.alert)
                self.arrived.append(one.alert.key)
                assert await self.store.settle(one, sent(), self.now)


@pytest.mark.parametrize("_", range(4))
async def test_no_order_of_faults_loses_an_alert(store: Store, _: int) -> None:
    seed = drawn()
    print(f"seed {seed}")  # noqa: T201 - shown when it fails
    walk = Walk(store, seed)
    await walk.begin()
    for _step in range(120):
        await walk.step()

    await walk.finish()

    counts = await store.outbox_counts()
    ended = counts[Delivery.SENT] + counts[Delivery.SUPERSEDED] + counts[Delivery.UNKNOWN]
    assert ended == len(walk.wanted) == sum(counts.values())
    assert counts[Delivery.SENT] <= len(set(walk.arrived)) <= counts[Delivery.SENT] + counts[Delivery.UNKNOWN]
    assert sum(not walk.is_told(key) for key in walk.wanted) <= counts[Delivery.UNKNOWN]
    assert await store.claim("me", walk.now + timedelta(days=1), 100, LEASE) == ()

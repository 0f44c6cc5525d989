"""The judge can see: faults that bots of this kind really have are planted one by one, and each is found."""

import random
import shutil
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import at
from contract.outbox_builders import alert, waiting
from faults.history import in_figures
from faults.world import IN_FLIGHT, Line, Points, World
from sqlalchemy import true
from support.seeds import drawn

from bot.model.alert import Delivery, Message, Never, Outcome, Sent, TryLater, Unknown
from bot.model.assessment import Severity
from bot.model.watch import Chat
from bot.services import retry
from bot.services.ports import Claimed, Decision, Settlement, Store
from bot.storage import line, outbox
from bot.storage.store import SqlStore

CRASHES = 90


class Planted:
    """A store with a fault; all else is the real one's."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the real one has
        return getattr(self.store, name)


class MarkedBeforeSent(Planted):
    async def claim(self, owner: str, now: datetime, limit: int, lease: timedelta, **more: Any) -> tuple[Claimed, ...]:  # noqa: ANN401
        claimed = await self.store.claim(owner, now, limit, lease, **more)
        for one in claimed:
            await self.store.settle(one, Settlement(state=Delivery.SENT, message_id=1), now)
        return claimed


class SettledInBatches(Planted):
    """Outcomes are written ten at a time; what is left is written before the next sweep, as a bulk writer would."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._held: list[tuple[Claimed, Settlement, datetime]] = []

    async def settle(self, claimed: Claimed, settlement: Settlement, now: datetime) -> bool:
        self._held.append((claimed, settlement, now))
        if len(self._held) >= 7:
            await self._flush()
        return True

    async def recover(self, owner: str, now: datetime, in_flight: Collection[int] = ()) -> int:
        await self._flush()
        return await self.store.recover(owner, now, in_flight)

    async def _flush(self) -> None:
        held, self._held = self._held, []
        for one in held:
            await self.store.settle(*one)


class NobodyRecovers(Planted):
    async def recover(self, owner: str, now: datetime, in_flight: Collection[int] = ()) -> int:
        del owner, now, in_flight
        return 0


class AttemptNotCommitted(Planted):
    """The row stays `new` while it is sent."""

    async def claim(self, owner: str, now: datetime, limit: int, lease: timedelta, **more: Any) -> tuple[Claimed, ...]:  # noqa: ANN401
        claimed = await self.store.claim(owner, now, limit, lease, **more)
        for one in claimed:
            await self.store.settle(one, Settlement(state=Delivery.NEW, next_at=now + timedelta(seconds=1)), now)
        return claimed

    async def settle(self, claimed: Claimed, settlement: Settlement, now: datetime) -> bool:
        async with self.store._database.writing() as connection:  # type: ignore[attr-defined]
            change = outbox.outbox.update().where(outbox.outbox.c.id == claimed.row)
            await connection.execute(change.values(state=settlement.state, settled_at=now))
        return True


class SeenBeforeAlerts(Planted):
    """The item is committed as seen, its events and alerts after it."""

    async def commit(self, decisions: Sequence[Decision]) -> int:
        await self.store.commit([replace(one, changes=(), alerts=(), said=None) for one in decisions])
        return await self.store.commit([replace(one, item=None) for one in decisions])


class KeyedByItem(Planted):
    """The alert's key names the item, not the matter."""

    async def commit(self, decisions: Sequence[Decision]) -> int:
        return await self.store.commit([
            replace(one, item=None, alerts=tuple(replace(a, key=f"{a.key}:{one.at:%M%S}") for a in one.alerts))
            for one in decisions
        ])  # fmt: skip

    async def told(self, event_ids: Sequence[str]) -> dict[tuple[int, str], Any]:
        del event_ids
        return {}


class AnswersLost(Line):
    """Every other answer is lost on its way back; the sender says so as `outcome`."""

    async def send(self, chat: Chat, message: Message) -> Outcome:
        sent = await super().send(chat, message)
        return sent if self._dice.random() < 0.5 else self.said()

    def said(self) -> Outcome:
        return Unknown("no answer")


class CallsLost(AnswersLost):
    """Every other call never reaches Telegram, and no answer says so."""

    async def send(self, chat: Chat, message: Message) -> Outcome:
        return Unknown("no answer") if self._dice.random() < 0.5 else await Line.send(self, chat, message)


class BlindRetry(AnswersLost):
    """`except NetworkError: try again`."""

    def said(self) -> Outcome:
        return TryLater(self._telegram._clock.now(), "NetworkError")


class GivesUp(CallsLost):
    """`except TimedOut: give up`."""

    async def send(self, chat: Chat, message: Message) -> Outcome:
        outcome = await super().send(chat, message)
        return Never("TimedOut") if isinstance(outcome, Unknown) else outcome


class TakesItForSent(CallsLost):
    async def send(self, chat: Chat, message: Message) -> Outcome:
        outcome = await super().send(chat, message)
        return Sent(1) if isinstance(outcome, Unknown) else outcome


async def crashes(folder: Path, seed: int, until: str, **life: Any) -> list[str]:  # noqa: ANN401 - of World.live
    """Return what the judge finds in lives that end at some point, each followed by one that ends in peace."""
    prepared = World(folder / "prepared.sqlite3", 0)
    await prepared.begin()
    found: list[str] = []
    dice = random.Random(seed)
    for run in range(CRASHES):
        file = folder / f"{run}.sqlite3"
        shutil.copy(prepared.file, file)
        world = World(file, seed + run)
        await world.live(Points(dice.randrange(1, 420)), **life)
        await world.live(**life)
        found += world.faults(repeats=IN_FLIGHT)
        if until in kinds(found):
            break
    return found


async def unsure(folder: Path, sender: type[Line], **life: Any) -> list[str]:  # noqa: ANN401 - of World.live
    """Return what the judge finds in a life whose calls or answers get lost."""
    world = World(folder / "unsure.sqlite3", drawn())
    await world.begin()
    await world.live(sender=sender, rounds=12, **life)
    return world.faults(repeats=999)


def kinds(found: list[str]) -> set[str]:
    return {one.split(":")[0] for one in found}


async def test_without_a_planted_fault_the_judge_finds_nothing(tmp_path: Path) -> None:
    assert await unsure(tmp_path, AnswersLost) == []
    (tmp_path / "calls").mkdir()
    assert await unsure(tmp_path / "calls", CallsLost) == []


@pytest.mark.parametrize(("fault", "kind"), [
    (MarkedBeforeSent, "LOST"), (SettledInBatches, "DUP"), (NobodyRecovers, "CLEAN"), (AttemptNotCommitted, "DUP"),
    (SeenBeforeAlerts, "LOST"), (KeyedByItem, "DUP"),
])  # fmt: skip
async def test_a_store_with_a_planted_fault_is_found_out(tmp_path: Path, fault: type[Planted], kind: str) -> None:
    seed = drawn()
    assert kind in kinds(await crashes(tmp_path, seed, kind, changed=fault)), f"seed {seed}"


@pytest.mark.parametrize(("sender", "kind"), [(BlindRetry, "DUP"), (GivesUp, "LOST"), (TakesItForSent, "LOST")])
async def test_a_sender_with_a_planted_fault_is_found_out(tmp_path: Path, sender: type[Line], kind: str) -> None:
    assert kind in kinds(await unsure(tmp_path, sender))


async def test_repeats_without_a_mark_are_found_out(tmp_path: Path) -> None:
    def unmarked(*given: Any, repeat: bool) -> Message:  # noqa: ANN401
        del repeat
        return in_figures(*given, repeat=False)

    assert "DUP" in kinds(await unsure(tmp_path, AnswersLost, render=unmarked))


async def test_repeats_without_end_are_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class NeverAnswers(AnswersLost):
        async def send(self, chat: Chat, message: Message) -> Outcome:
            await Line.send(self, chat, message)
            return Unknown("no answer")

    monkeypatch.setattr(retry, "allowed_repeats", lambda _: 9)
    assert "DUP" in kinds(await unsure(tmp_path, NeverAnswers))


async def order_of(store: Store) -> list[str]:
    """Return what a chat is sent of a first alert that waits for the morning, its update, and one out of time."""
    await waiting(store, alert(not_before=at(2)), alert("update-toll"), alert(chat_id=2, expires_at=at(0.5)))
    graver = alert(chat_id=3, event_id="event-2", severity=Severity.EXTREME, hours=0.5)
    await waiting(store, *(alert(chat_id=number, event_id="event-3") for number in range(10, 30)), graver)
    return [one.alert.key for one in await store.claim("me", at(1), 4, timedelta(seconds=30))]


async def test_the_order_and_the_expiry_hold_and_faults_planted_there_are_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def planted(name: str, fault: object) -> list[str]:
        with monkeypatch.context() as patch:
            if name:
                patch.setattr(line, name, fault)
            async with SqlStore.open("sqlite+aiosqlite://", "me") as store:
                return await order_of(store)

    async def nobody_expires(*_: object) -> None:
        pass

    right = await planted("", None)
    assert right[0] == "3:event-2:first", "the most severe first, however late it came"
    assert {key.split(":")[1] for key in right[1:]} == {"event-3"}
    assert "1:event-1:update-toll" in await planted("or_", lambda *_: true()), "it overtakes its first alert"
    assert "2:event-1:first" in await planted("_expire", nobody_expires), "it is told when its time is over"

    class Fifo(Planted):
        async def commit(self, decisions: Sequence[Decision]) -> int:
            return await self.store.commit([
                replace(one, alerts=tuple(replace(a, severity=Severity.MODERATE) for a in one.alerts))
                for one in decisions
            ])  # fmt: skip

    async with SqlStore.open("sqlite+aiosqlite://", "me") as store:
        assert (await order_of(Fifo(store)))[0] != "3:event-2:first", "an extreme alert has to wait its turn"

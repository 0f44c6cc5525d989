"""Who leads, and for how long that may be trusted."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from bot.services.leading import LEASE, TRUST, Lead
from bot.services.ports import SourceState


class Table:
    """Leases in memory, on a clock that the test turns."""

    def __init__(self) -> None:
        self.now, self.away = 0.0, False
        self.rows: dict[str, tuple[str, float, int]] = {}

    def of(self, owner: str, *duties: str, heard: Callable[[bool], None] = lambda _: None) -> Lead:
        return Lead(Hand(self, owner), duties, on_change=heard, time=lambda: self.now)


class Hand:
    def __init__(self, table: Table, owner: str) -> None:
        self._table, self._owner = table, owner

    async def take_lease(self, name: str, length: timedelta) -> int | None:
        if self._table.away:
            raise OSError("the database is away")
        owner, until, fence = self._table.rows.get(name, ("", 0.0, 0))
        if owner not in {"", self._owner} and self._table.now < until:
            return None
        fence += owner != self._owner
        self._table.rows[name] = (self._owner, self._table.now + length.total_seconds(), fence)
        return fence

    async def give_lease_back(self, name: str) -> None:
        owner, _, fence = self._table.rows.get(name, ("", 0.0, 0))
        if owner == self._owner:
            self._table.rows[name] = ("", 0.0, fence)

    async def take_sources(self, ids: Sequence[str], length: timedelta, most: int) -> Mapping[str, SourceState | None]:
        raise NotImplementedError

    async def hear_of_alerts(self, wake: Callable[[], None]) -> None:
        raise NotImplementedError

    async def give_source_back(self, source_id: str) -> None:
        raise NotImplementedError


async def test_one_leads_and_the_other_stands_by_until_the_lease_is_over() -> None:
    table = Table()
    one, other = table.of("one", "send"), table.of("other", "send")
    assert await one.ask()
    assert not await other.ask()
    assert (one.held(), other.held()) == (True, False)

    table.now += LEASE.total_seconds()
    assert await other.ask()
    assert (one.held(), other.held(), other.fence) == (False, True, 2)


async def test_a_frozen_leader_does_not_trust_its_lease_any_more_before_another_can_have_it() -> None:
    table = Table()
    one, other = table.of("one", "send"), table.of("other", "send")
    await one.ask()

    table.now += TRUST
    assert not one.held()
    assert not await other.ask(), "between the two nobody leads"
    assert LEASE.total_seconds() - 1 > TRUST


async def test_a_lead_that_cannot_be_renewed_runs_out() -> None:
    table = Table()
    one = table.of("one", "send")
    await one.ask()
    table.away = True
    table.now += TRUST - 1
    assert one.held(), "a database that is away for a moment stops no sending"
    table.now += 1
    assert not one.held()


async def test_duties_that_go_together_are_held_together_or_not_at_all() -> None:
    table = Table()
    talker, whole = table.of("talker", "chat"), table.of("whole", "send", "chat")
    await talker.ask()

    assert not await whole.ask()
    assert table.rows["send"][0] == "", "it keeps nothing from others that it cannot use"
    assert await table.of("sender", "send").ask()


async def test_who_resigns_is_followed_at_once() -> None:
    table = Table()
    one, other = table.of("one", "send", "chat"), table.of("other", "send", "chat")
    await one.ask()
    await one.resign()

    assert not one.held()
    assert await other.ask()

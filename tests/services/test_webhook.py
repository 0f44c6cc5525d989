"""The webhook: each told change once or more, in order, signed; nothing is lost by an outage or a restart."""

import hmac
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from builders import GAO, at, event
from contract.outbox_builders import decision, opened
from service_fakes import HandClock

from bot.model.event import Event
from bot.services.record import RecordedChange
from bot.services.webhook import LONGEST_PAUSE, Webhook
from bot.storage.store import SqlStore

SECRET = "sixteen letters or more"  # noqa: S105 - made up
OPERATING = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")


class Partner:
    """A system that takes calls, unless it is away."""

    def __init__(self) -> None:
        self.away = False
        self.calls = 0
        self.taken: list[tuple[dict[str, str], bytes]] = []

    async def call(self, url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> str:
        self.calls += 1
        if self.away:
            return "answers 503"
        assert url == "https://partner.example/in"
        self.taken.append(({name.title(): value for name, value in (headers or {}).items()}, body or b""))
        return ""

    @property
    def heard(self) -> list[str]:
        return [json.loads(body)["event"] for _, body in self.taken]


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with SqlStore.open("sqlite+aiosqlite://", "a test") as opened_store:
        yield opened_store


def webhook(store: SqlStore, partner: Partner, clock: HandClock) -> Webhook:
    def body(change: RecordedChange) -> dict[str, object]:
        return {"id": change.number, "event": change.event.id}

    return Webhook(
        url="https://partner.example/in", secret=SECRET, store=store, caller=partner, clock=clock, body=body
    )  # fmt: skip


async def happens(store: SqlStore, *events: Event, silent: bool = False) -> None:
    for one in events:
        await store.commit([replace(decision(opened(one)), silent=silent)])


def named(*ids: str) -> list[Event]:
    return [event(GAO, id=one) for one in ids]


async def test_what_happens_after_it_was_set_is_told_in_order_and_what_was_before_is_not(store: SqlStore) -> None:
    partner, clock = Partner(), HandClock(at(0))
    hook = webhook(store, partner, clock)
    await happens(store, *named("before"))
    assert await hook.look() == 0
    await happens(store, *named("a", "b"))
    await happens(store, *named("old-news"), silent=True)
    await happens(store, *named("c"))
    assert await hook.look() == 3
    assert partner.heard == ["a", "b", "c"]
    assert await hook.look() == 0


async def test_an_outage_loses_nothing_and_is_waited_for_ever_longer(store: SqlStore) -> None:
    partner, clock = Partner(), HandClock(at(0))
    hook = webhook(store, partner, clock)
    await hook.look()
    partner.away = True
    await happens(store, *named("a", "b"))
    for _ in range(3600):
        await hook.look()
        clock.turn(seconds=1)
    assert partner.calls == 11, "after 0, 5, 15, 35, 75 s ... and at last each 15 min"
    partner.away = False
    clock.turn(seconds=LONGEST_PAUSE.total_seconds())
    again = webhook(store, partner, clock)  # the process was started again meanwhile
    assert await again.look() == 2
    assert partner.heard == ["a", "b"]


async def test_of_a_flood_each_change_is_told_once(store: SqlStore) -> None:
    partner, clock = Partner(), HandClock(at(0))
    hook = webhook(store, partner, clock)
    await hook.look()
    ids = [f"e{number}" for number in range(620)]
    await happens(store, *named(*ids))
    assert await hook.look() == 620
    assert partner.heard == ids


async def test_the_example_of_the_documentation_verifies_what_is_sent(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    partner, clock = Partner(), HandClock(at(0))
    hook = webhook(store, partner, clock)
    await hook.look()
    await happens(store, *named("a"))
    await hook.look()
    ((headers, body),) = partner.taken
    example = re.search(r"```python\n(import hmac, time.*?)```", OPERATING, re.DOTALL)
    assert example is not None
    scope: dict[str, object] = {}
    exec(example[1], scope)  # noqa: S102 - the documentation's own words
    is_ours = scope["is_ours"]
    assert callable(is_ours)
    monkeypatch.setattr("time.time", lambda: at(0).timestamp() + 20.0)
    assert is_ours(headers, body, SECRET)
    assert not is_ours(headers, body + b" ", SECRET)
    assert not is_ours(headers, body, "another secret")
    assert not is_ours(headers | {"X-Outrider-Timestamp": str(int(at(1).timestamp()))}, body, SECRET)
    monkeypatch.setattr("time.time", (at(0) + timedelta(minutes=6)).timestamp)
    assert not is_ours(headers, body, SECRET), "an old one may be a replay"
    stamp = headers["X-Outrider-Timestamp"].encode()
    assert (
        headers["X-Outrider-Signature"]
        == f"sha256={hmac.new(SECRET.encode(), stamp + b'.' + body, sha256).hexdigest()}"
    )

"""The canary flies the real way to one chat, and nobody else ever hears of it."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from builders import chat
from service_fakes import HandClock, ListDecoder
from support.service import service
from support.telegram_emulator import TelegramEmulator

from bot.app.build import House
from bot.model.alert import Never, Sent, Unknown
from bot.model.assessment import Severity
from bot.model.watch import Chat, Watch, WatchKind
from bot.services.canary import NULL_CHAT, Aviary, Canary, Flight, null_chat
from bot.services.heartbeat import holds_back

OPERATOR, RESIDENT = 7, 8


class WallClock(HandClock):
    """The real time, for what really takes time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def flight(house: House, to: Chat) -> Flight:
    """Fly while the delivery sweeps, as it does in the service."""

    async def deliver() -> None:
        while True:
            await house.deliver.sweep()
            await asyncio.sleep(0.05)

    delivering = asyncio.create_task(deliver())
    try:
        return await house.canary.fly(to)
    finally:
        delivering.cancel()
        await asyncio.gather(delivering, return_exceptions=True)


async def test_it_arrives_at_the_operators_and_those_who_watch_that_island_hear_nothing(tmp_path: Path) -> None:
    async with TelegramEmulator() as telegram, service(tmp_path, telegram, [], WallClock()) as house:
        island = house.gazetteer.search("Heard Island and McDonald Islands", limit=1)[0]
        await house.store.save_chat(chat(RESIDENT))
        await house.store.add_watch(
            Watch(
                id=0, chat_id=RESIDENT, kind=WatchKind.COUNTRY, area=(island,), label=island.name,
                min_severity=Severity.MINOR,
            )
        )  # fmt: skip
        flown = await flight(house, chat(OPERATOR))
        assert (flown.why, flown.lag < timedelta(seconds=30)) == ("", True)
        (message,) = telegram.in_chat(OPERATOR)
        assert "[canary" in message.text
        assert telegram.in_chat(RESIDENT) == []
        assert await house.store.live_events() == ()
        assert sum((await house.store.outbox_counts()).values()) == 0, "nothing of it stays"
        again = await flight(house, null_chat())
        assert again.why == ""
        assert await house.store.chat(NULL_CHAT) is None, "or it would be among all chats"
        assert len(telegram.in_chat(OPERATOR)) == 1, "the null chat's canary goes to nobody"


async def test_it_says_where_it_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with TelegramEmulator() as telegram, service(tmp_path, telegram, [], WallClock()) as house:
        telegram.fault("sendMessage", "blocked")
        assert (await flight(house, chat(OPERATOR))).why.startswith("not sent: dead")
        monkeypatch.setattr("bot.services.canary.LONGEST", timedelta(seconds=1))
        assert (await house.canary.fly(null_chat())).why == "not there after 1 s", "nobody delivers"
        async with house.ingest.turn():
            assert (await house.canary.fly(null_chat())).why == "not there after 1 s", "the intake is stuck"
        blind = Canary(
            store=house.logbook,  # type: ignore[arg-type]  # the store is both
            decoder=ListDecoder(failing="took longer than 5 s"),
            understander=house.understander,
            clock=house.clock,
            turn=house.ingest.turn,
            island=house.gazetteer.search("Mali", limit=1)[0],
            on_alerts=lambda: None,
        )
        assert (await blind.fly(null_chat())).why == "not decoded: took longer than 5 s"


async def test_the_null_chat_needs_no_messenger() -> None:
    class Nobody:
        async def send(self, chat: Chat, message: object) -> Sent | Never | Unknown:
            return Never(f"chat {chat.id}, {message}")

    aviary = Aviary(Nobody())
    assert await aviary.send(null_chat(), None) == Sent(0)  # type: ignore[arg-type]
    assert await aviary.send(chat(OPERATOR), None) == Never("chat 7, None")  # type: ignore[arg-type]
    assert null_chat().id == NULL_CHAT


def test_no_sign_of_life_goes_out_while_the_sources_or_the_canary_are_silent() -> None:
    now, quarter = datetime(2026, 11, 22, 18, tzinfo=UTC), timedelta(minutes=15)
    assert holds_back("ok", now - quarter, quarter, now) == ""
    assert holds_back("none has answered yet", now, quarter, now) == "sources: none has answered yet"
    assert holds_back("ok", None, quarter, now) == "no canary has arrived yet"
    assert holds_back("ok", now - timedelta(minutes=31), quarter, now) == "no canary has arrived since 17:29 UTC"
    assert holds_back("ok", None, timedelta(0), now) == "", "where none flies the sources alone decide"

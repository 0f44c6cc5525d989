"""The case that stands for all, through the real worker, over HTTP, into chats that really wrote to the bot."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from builders import BAMAKO, BKO, BURKINA_FASO, FRANCE, MALI, NIGER, at, chat, item, watch
from service_fakes import HandClock
from support.feed_server import FeedServer
from support.service import service
from support.telegram_emulator import Shown, TelegramEmulator

from bot.app.build import House
from bot.app.demo.day import DayItem, load_day
from bot.model.event import EventState, Neighbourhood
from bot.model.item import Source, SourceKind
from bot.model.watch import WatchKind
from bot.services.ports import SourceState

ANNE, BEN, CLAIRE, DAN = 11, 12, 13, 14


@dataclass
class Stage:
    """The service, its feeds and its chats."""

    telegram: TelegramEmulator
    feeds: FeedServer
    clock: HandClock
    house: House
    states: dict[str, SourceState] = field(default_factory=dict)
    answers: set[int] = field(default_factory=set)

    async def play(self, moment: DayItem) -> None:
        self.clock.turn(seconds=(moment.at + timedelta(seconds=30) - self.clock.now()).total_seconds())
        outlet = next(one for one in load_day().sources if one.id == moment.source)
        told = item(moment.title, moment.text, outlet=outlet.name, language=outlet.language, published_at=moment.at)
        self.feeds.publish(f"/{moment.source}.rss", [told])
        for source in self.house.sources:
            state = self.states.get(source.id, SourceState(source_id=source.id))
            polled, after = await self.house.ingest.poll(source, state)
            assert polled.failing is None or not self.feeds.asked(f"/{source.id}.rss")
            self.states[source.id] = after
        await self.house.deliver.sweep()

    def told(self, number: int) -> list[Shown]:
        """Return the chat's alerts: all but the answers to its commands."""
        return [shown for shown in self.telegram.in_chat(number) if shown.message_id not in self.answers]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    clock = HandClock(load_day().items[0].at - timedelta(minutes=30))
    async with TelegramEmulator() as telegram, FeedServer() as feeds:
        sources = [
            Source(
                id=one.id, name=one.name, url=feeds.url(f"/{one.id}.rss"), kind=SourceKind(one.kind),
                languages=(one.language,), owner_group=one.id,
            )
            for one in load_day().sources
        ]  # fmt: skip
        for source in sources:
            feeds.publish(f"/{source.id}.rss", [])
        async with service(tmp_path, telegram, sources, clock) as house:
            yield Stage(telegram, feeds, clock, house)


async def subscribe(stage: Stage, number: int, *wishes: str, language: str = "en") -> None:
    for wish in ("/start", *wishes):
        stage.telegram.say(number, wish, language=language)
        stage.answers.add((await stage.telegram.next_message(number)).message_id)


async def test_the_day_is_told_once_with_replies_for_what_matters_and_one_end(stage: Stage) -> None:
    await subscribe(stage, ANNE, "/watch Mali")
    await subscribe(stage, BEN, "/watch Bamako 50")
    await subscribe(stage, CLAIRE, "/watch BKO", language="fr")
    await subscribe(stage, DAN, "/watch Niger", "/watch Burkina Faso", "/watch France", "/watch Russia")
    for moment in load_day().items:
        await stage.play(moment)

    assert stage.told(DAN) == []
    for number in (ANNE, BEN, CLAIRE):
        first, *replies = stage.told(number)
        assert first.reply_to is None
        assert not first.silent
        assert {reply.reply_to for reply in replies} == {first.message_id}
        assert len(replies) >= 3
        assert len({reply.text for reply in replies}) == len(replies)
    first, *replies = stage.told(ANNE)
    heads = [reply.text.splitlines()[0] for reply in replies]
    assert "SEVERE" in first.history[0].splitlines()[0]
    assert "Bamako" in first.history[0].splitlines()[0]
    assert any("EXTREME" in head for head in heads), heads
    assert any("BKO" in reply.text and "suspended" in reply.text for reply in replies)
    assert sum("All clear" in head for head in heads) == 1, heads
    assert "All clear" in heads[-1]
    assert any("reopen" in head.lower() for head in heads), heads
    near = Neighbourhood(countries=("ML",), points=(), km=0, since=at(-100))
    (event,) = await stage.house.store.known_events(near)
    assert event.state is EventState.ENDED


async def test_a_hundred_watchers_are_told_once_each_and_a_hundred_others_nothing(stage: Stage) -> None:
    russia = stage.house.gazetteer.country("RU")
    assert russia is not None
    wishes = (MALI, BAMAKO, BKO, NIGER, FRANCE, russia, BURKINA_FASO)
    near, far = wishes[:3], wishes[3:]
    for number in range(100, 300):
        place = near[number % 3] if number < 200 else far[number % 4]
        await stage.house.store.save_chat(chat(number))
        radius = 50.0 if place is BAMAKO else None
        kind = {MALI: WatchKind.COUNTRY, BAMAKO: WatchKind.PLACE, BKO: WatchKind.AIRPORT}.get(place, WatchKind.COUNTRY)
        await stage.house.store.add_watch(watch(place, number=0, chat_id=number, kind=kind, radius_km=radius))
    text = (
        "Gunmen stormed a gendarmerie school in Bamako, the capital of Mali, on Tuesday morning, and flights at Modibo "
        "Keita International Airport have been suspended. The group behind it has struck across Mali, Burkina Faso and "
        "Niger for years. A coup in 2021 brought the army to power, which sent French troops home and hired a security "
        "group from Russia. Officials say that the situation is under control."
    )
    report = DayItem(at=load_day().items[0].at, source="sahel-wire", title="", text=text)
    await stage.play(report)
    await stage.house.deliver.sweep()
    counts = [len(stage.told(number)) for number in range(100, 300)]
    assert counts == [1] * 100 + [0] * 100


async def test_the_map_button_shows_the_map_as_a_reply_and_in_another_chat_nothing(stage: Stage) -> None:
    await subscribe(stage, ANNE, "/watch Mali")
    await stage.play(load_day().items[0])
    alert = stage.told(ANNE)[0]
    stage.telegram.press(ANNE, alert, "Map")
    shown = await stage.telegram.next_message(ANNE, after=alert)
    assert shown.photo.startswith(b"\x89PNG")
    assert (shown.reply_to, shown.silent) == (alert.message_id, True)
    stage.telegram.say(DAN, "/start")
    own = await stage.telegram.next_message(DAN)
    stage.telegram.press_data(DAN, own, alert.data_of("Map"))
    for said in ("", "This button is out of date. /help shows what I can do."):
        assert (await stage.telegram.next_answer())["text"] == said
    assert not [message for message in stage.telegram.in_chat(DAN) if message.photo]

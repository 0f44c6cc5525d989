"""A stage for questions: the real application and delivery over a real store in memory, events that a test makes up."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from builders import item, report
from fakes import GROUPS, FakeAtlas
from service_fakes import HandClock
from support.telegram_emulator import TOKEN, Shown, TelegramEmulator

from bot.alerts.render import render
from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.sender import TelegramSender
from bot.chat.transport import make_bot
from bot.model.assessment import Assessment, Certainty, Reason, Severity, Status, Urgency
from bot.model.event import ChangeKind, Event, EventChange
from bot.model.hazard import Category, Hazard, Target
from bot.model.item import Item, Source
from bot.model.place import Place
from bot.model.reading import Cue, HazardMention, PlaceMention, Polarity, Reading, Role, StatusMention, TimeFrame
from bot.model.text import Field, Span
from bot.pipeline import Understanding, tell
from bot.services.deliver import Deliver
from bot.services.inquiries import Inquiries
from bot.services.ports import Decision, SourceState
from bot.services.regions import Regions
from bot.services.subscriptions import Subscriptions
from bot.storage.store import SqlStore
from bot.watches.index import ears

SOURCES = (
    Source(id="sahel-wire", name="Sahel Wire", url="https://sahel-wire.example/rss", regions=("ML",)),
    Source(id="lac-info", name="Lac Info", url="https://lac-info.example/rss", regions=("ML", "NE")),
    Source(id="world", name="World", url="https://world.example/rss"),
)
ATTACK = item("Gunfire in Bamako", "Officials say it is under control. A coup in 2020; France sent troops.")


class ToldReader:
    """Reads the attack in Bamako as the real reader would, and nothing else."""

    async def understand(self, items: tuple[Item, ...]) -> tuple[Understanding, ...]:
        return tuple(Understanding(one, _reading(one), (_assessment(one),)) for one in items)


def _span(told: Item, words: str) -> Span:
    field, text = (Field.TITLE, told.title) if words in told.title else (Field.TEXT, told.text)
    return Span(field, text.index(words), text.index(words) + len(words))


def _reading(told: Item) -> Reading:
    atlas = FakeAtlas()

    def place(name: str, role: Role) -> PlaceMention:
        (found,) = atlas.search(name)[:1]
        return PlaceMention(span=_span(told, name), surface=name, candidates=(found,), place=found, role=role)

    def hazard(kind: Hazard, words: str, frame: TimeFrame) -> HazardMention:
        return HazardMention(hazard=kind, category=Category.SECURITY, span=_span(told, words), time_frame=frame,
                             polarity=Polarity.ASSERTED, phrase="x")  # fmt: skip

    return Reading(
        item_id=told.id,
        language="en",
        places=(place("Bamako", Role.EVENT), place("France", Role.MENTION)),
        hazards=(
            hazard(Hazard.ARMED_ATTACK, "Gunfire", TimeFrame.CURRENT),
            hazard(Hazard.COUP, "coup", TimeFrame.BACKGROUND),
        ),
        statuses=(
            StatusMention(cue=Cue.REASSURANCE, target=Target.HAZARD, span=_span(told, "under control"),
                          time_frame=TimeFrame.CURRENT, polarity=Polarity.ASSERTED, phrase="x"),
        ),
    )  # fmt: skip


def _assessment(told: Item) -> Assessment:
    (bamako,) = FakeAtlas().search("Bamako")
    return Assessment(
        item_id=told.id, alertable=True, hazard=Hazard.ARMED_ATTACK, severity=Severity.SEVERE, status=Status.ONGOING,
        urgency=Urgency.IMMEDIATE, certainty=Certainty.LIKELY, score=64, place=bamako, places=(bamako,),
        reasons=(
            Reason(code="event", spans=(_span(told, "Gunfire"),)),
            Reason(code="armed-attack", points=58, spans=(_span(told, "Gunfire"),)),
            Reason(code="capital", points=6),
        ),
    )  # fmt: skip


@dataclass
class Asked:
    """The chat, the store, the time."""

    telegram: TelegramEmulator
    store: SqlStore
    subscriptions: Subscriptions
    deliver: Deliver
    clock: HandClock

    async def happens(self, event: Event, told: Item = ATTACK) -> None:
        """Let an event open as the service would: stored with its item, told to whom it concerns, sent."""
        now = self.clock.now()
        change = EventChange(kind=ChangeKind.OPENED, before=None, after=event, cause=told.id, at=now)
        watched = await self.store.watched(ears(change, now))
        alerts = tell([change], watched, await self.store.told([event.id]), now)
        await self.store.commit([Decision(item=told, changes=(change,), alerts=alerts, at=now)])
        await self.deliver.sweep()

    async def ask(self, chat_id: int, text: str, *, user_id: int | None = None, language: str = "en") -> Shown:
        """Write, and return the answer."""
        self.telegram.say(chat_id, text, user_id=user_id, language=language)
        return await self.telegram.next_message(chat_id)

    async def press(self, chat_id: int, message: Shown, label: str, *, user_id: int | None = None) -> Shown:
        """Press the button, and return the message that turned or came."""
        self.telegram.press(chat_id, message, label, user_id=user_id)
        shown = await self.telegram.next_message(chat_id)
        await self.telegram.next_answer()
        return shown

    async def polled(self, source_id: str, **state: object) -> None:
        """Let a source have been polled, with this outcome."""
        await self.store.save_source_state(SourceState(source_id=source_id, **state))  # type: ignore[arg-type]


def witnessed(place: Place, told: Item = ATTACK, **fields: object) -> dict[str, object]:
    """Return the fields of an event there that this item reports."""
    one = report(item_id=told.id, place_id=place.id, title=told.title)
    return {"reports": (one,), "headline": told.title, **fields}


@asynccontextmanager
async def asked_stage(telegram: TelegramEmulator) -> AsyncIterator[Asked]:
    """Open the stage."""
    clock = HandClock()
    atlas = Regions(FakeAtlas(), GROUPS)
    pace = PacedStart(Pacer(per_second=1000, private_gap=0, group_gap=0))
    bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=lambda _why: None)
    async with SqlStore.open("sqlite+aiosqlite://", "test") as store:
        subscriptions = Subscriptions(store, atlas, clock)
        inquiries = Inquiries(store, sources=SOURCES, understander=ToldReader(), now=clock.now)  # type: ignore[arg-type]
        application = build_application(bot, subscriptions, clock.now, None, inquiries)
        deliver = Deliver(
            store=store, sender=TelegramSender(bot, clock.now), render=partial(render, names=atlas.name_in),
            clock=clock, owner="test",
        )  # fmt: skip
        await open_chat(application, lambda _why: None)
        yield Asked(telegram, store, subscriptions, deliver, clock)
        await close_chat(application)

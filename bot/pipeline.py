"""The river on one screen: understand an item, judge what it changes, tell whom it concerns. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.alerts.order import in_order
from bot.alerts.plan import plan
from bot.assessment.assess import Scoring, assess
from bot.events.judge import judge_item
from bot.gazetteer import Gazetteer
from bot.lexicon import Lexicon
from bot.model.alert import Alert, Told
from bot.model.assessment import Assessment
from bot.model.event import Event, EventChange, Statement
from bot.model.item import Item
from bot.model.reading import Reading
from bot.model.watch import Watched
from bot.reading.read import read
from bot.watches.match import matches


@dataclass(frozen=True, slots=True)
class Books:
    """What understanding looks things up in: the gazetteer, the lexicon and the scoring table."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    scoring: Scoring


@dataclass(frozen=True, slots=True)
class Understanding:
    """An item, what it says, and what that means. The first assessment is the main one."""

    item: Item
    reading: Reading
    assessments: tuple[Assessment, ...]


def understand(item: Item, books: Books) -> Understanding:
    """Return what the item says and what that means."""
    reading = read(item, books.gazetteer, books.lexicon)
    return Understanding(item, reading, assess(item, reading, books.scoring))


def judge(
    understanding: Understanding, known: Sequence[Event], now: datetime, heard: Sequence[Statement] = ()
) -> tuple[EventChange, ...]:
    """Return what the item changes about the known events near it, or the event that it opens.

    `heard` is what was said before of events that know of something newer than the item, and near it of no event.
    """
    return judge_item(understanding.item, understanding.assessments, known, now, heard)


def tell(
    changes: Iterable[EventChange],
    watched: Sequence[Watched],
    told: Mapping[tuple[int, str], Told],
    now: datetime,
) -> tuple[Alert, ...]:
    """Return the alerts that these changes mean for these watches, given what their chats were told before.

    Those of one change stand in the order in which they are to be sent.

    `told` is keyed by (chat id, event id).
    """
    return tuple(
        alert
        for change in changes
        for alert in in_order(plan(change, matches(change, watched, now), told, now))
    )  # fmt: skip

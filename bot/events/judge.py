"""The door of the room: an item's assessments and what is known near it in, what they change about events out.

Nothing is fetched and nothing is stored here. What time alone changes is asked for separately (`judge_time`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.events.anew import judge_anew
from bot.events.cluster import tells_of_risk
from bot.events.turn import expiry, judge_in_turn, judge_time
from bot.model.assessment import Assessment, Reason, Status
from bot.model.event import Event, EventChange, Statement
from bot.model.item import Item

__all__ = ["expiry", "judge_item", "judge_time", "overtaken", "statement", "worth_keeping"]


def judge_item(
    item: Item,
    assessments: Sequence[Assessment],
    known: Sequence[Event],
    now: datetime,
    heard: Sequence[Statement] = (),
) -> tuple[EventChange, ...]:
    """Return what the item changes about the known events near it, or the event that it opens.

    The first change carries the item's news; what follows from it (a closure turns out to be caused by the same event)
    comes after. An item that is older than others that were heard before it comes to the same events as if it had come
    in its turn, if `heard` has what those items said; else it adds what is missing and overrides nothing newer.
    """
    own = statement(item, assessments, now)
    if any(one.order > own.order for one in heard):
        return judge_anew(own, known, heard, now)
    return judge_in_turn(item, assessments, known, now)


def statement(item: Item, assessments: Sequence[Assessment], now: datetime) -> Statement:
    """Return what is kept of an item that comes in now: of its reasons no more than their names."""
    bare = (replace(one, reasons=tuple(Reason(code=reason.code) for reason in one.reasons)) for one in assessments)
    return Statement(item=item, assessments=tuple(bare), at=min(item.published_at or now, now))


def worth_keeping(said: Statement) -> bool:
    """Tell whether it may concern an event of which nothing is known yet: its end may come in before its beginning."""
    closing = {Status.ENDED, Status.DENIED}
    return any(one.places and (tells_of_risk(one) or one.status in closing) for one in said.assessments)


def overtaken(known: Sequence[Event], at: datetime) -> tuple[Event, ...]:
    """Return the events that know of something published since then."""
    return tuple(event for event in known if any(report.published_at >= at for report in event.reports))

"""Travel advice against the advice that stood before: what rose is news, what fell is an end, all else is no news.

A government's list is issued again and again; reviews, other words and corrected links change nothing for a
traveller. A level is learnt in silence when it is first met. What is missing in a list says nothing: lists are cut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.feeds.advice import GOVERNMENTS
from bot.feeds.countries import name_of
from bot.model.advice import Advice, Level
from bot.model.item import Item, Native, content_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The items as they are to be judged, and what is to be kept once they were: all that is new or has changed."""

    items: tuple[Item, ...]
    learnt: tuple[Advice, ...] = ()


def government_of(items: Sequence[Item]) -> str:
    """Return whose levels these items give, as ISO 3166; empty where they give none."""
    return next((item.native.level.government for item in items if item.native and item.native.level), "")


def compare(known: Mapping[str, Advice], items: Sequence[Item], now: datetime, heard_at: datetime | None) -> Compared:
    """Compare a list with what its government advised before.

    An item becomes known by its level and by how often that changed, so that an issue that changes nothing is the same
    item. What rises is dated by its issue, or now, where that is older than the poll before, at `heard_at`, which did
    not have it: lists are often dated by the day.

    Args:
        known: what the government advised, by its own ids.
        items: a healthy answer's.
        now: the time of the poll.
        heard_at: the poll before; None where there was none.
    """
    found: list[Item] = []
    learnt: dict[str, Advice] = {}
    for item in items:
        native = item.native
        if native is None or native.level is None:
            found.append(item)
            continue
        before = learnt.get(native.event_id) or known.get(native.event_id)
        after = _after(item, native, native.level, before, now)
        if after != before:
            learnt[after.subject] = after
        listed = replace(item, content_key=content_key(native.event_id, f"{after.level.government} {after.turn}"))
        if before is not None and after.turn != before.turn:
            listed = _told(_dated(listed, now, heard_at), native, after, before.level)
        found.append(listed)
    return Compared(items=tuple(found), learnt=tuple(learnt.values()))


def _after(item: Item, native: Native, level: Level, before: Advice | None, now: datetime) -> Advice:
    """Return what the government advises by this item; an issue older than the one that is known says nothing."""
    issued_at = item.published_at or now
    if before is None:
        country = next(iter(native.countries), "")
        return Advice(
            subject=native.event_id, country=country, level=level, since=issued_at, issued_at=issued_at, link=item.url,
            source_id=item.source_id,
        )  # fmt: skip
    if issued_at < before.issued_at and item.source_id != before.source_id:
        return before
    reissued = replace(before, level=level, issued_at=issued_at, link=item.url or before.link, source_id=item.source_id)
    if not level.rises_from(before.level) and not level.falls_from(before.level):
        return reissued
    return replace(reissued, since=issued_at, turn=before.turn + 1, before=before.level)


def _dated(item: Item, now: datetime, heard_at: datetime | None) -> Item:
    """Return the item with the time at which its news can have come at the earliest."""
    published = item.published_at
    late = published is None or (heard_at is not None and published < heard_at)
    return replace(item, published_at=now) if late else item


def _told(item: Item, native: Native, after: Advice, before: Level) -> Item:
    """Return an item that rose or fell, in words that say so."""
    rose = after.level.rises_from(before)
    return replace(
        item,
        title=_sentence(native, after.level, before, rose=rose),
        native=replace(native, standing=False, ended=not rose, revision=str(after.turn)),
    )


def _sentence(native: Native, level: Level, before: Level, *, rose: bool) -> str:
    """Return what changed: "The United States raises its travel advice for Mali: do not travel (before: ...)"."""
    where = name_of(native.countries[0]) if native.countries else native.event_id
    if rose and (level.whole, level.parts) == (before.whole, before.parts):
        return f"{GOVERNMENTS[level.government]} travel advice for {where}: {level.warning}"
    who = name_of(level.government)
    does = "raises its" if rose else "eases"
    was = f" (before: {before.words})" if before.words and level.words != before.words else ""
    return f"{who[0].upper()}{who[1:]} {does} travel advice for {where}: {level.words}{was}"

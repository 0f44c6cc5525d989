"""Looks up why a chat was told of an event: the items of its decisive reports are read once more."""

from collections.abc import Sequence

from bot.alerts.grounds import Reread
from bot.model.assessment import Assessment
from bot.model.event import Event, Report
from bot.pipeline import Understanding
from bot.services.ports import Store, Understander

MOST_REREAD = 2


async def reread(store: Store, understander: Understander, event: Event) -> tuple[Reread, ...]:
    """Return the reports that made the event as grave as it is, read once more; fewer where items are not kept."""
    wanted = [report.item_id for report in _decisive(event)]
    kept = {item.id: item for item in await store.items(wanted)}
    items = [kept[one] for one in wanted if one in kept][:MOST_REREAD]
    answers = await understander.understand(items) if items else ()
    return tuple(_reread(event, answer) for answer in answers if isinstance(answer, Understanding))


def _decisive(event: Event) -> Sequence[Report]:
    """Return the reports, the gravest first, of equals that of the event's own place, then the earliest."""
    own = event.place.id
    return sorted(
        event.reports, key=lambda one: (-one.severity.step, one.place_id != own, one.published_at, one.item_id)
    )


def _reread(event: Event, understood: Understanding) -> Reread:
    return Reread(item=understood.item, reading=understood.reading, assessment=_about(event, understood.assessments))


def _about(event: Event, assessments: Sequence[Assessment]) -> Assessment:
    """Return the assessment that is of this event: of its hazard and place, else of its hazard, else the main one."""
    ids = {place.id for place in event.area}

    def fits(one: Assessment) -> tuple[bool, bool]:
        return one.hazard is event.hazard, one.place is not None and one.place.id in ids

    return max(assessments, key=fits)

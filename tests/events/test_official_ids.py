"""What an official source calls by one id is one thing: its next issue is about it, its cancellation ends it alone."""

from dataclasses import replace

from builders import GAO, MORNING, assessment, item
from events.world import World

from bot.model.assessment import Assessment, Severity, Status
from bot.model.event import ChangeKind, EventState
from bot.model.hazard import Hazard
from bot.model.item import Item, Native


def warning(event_id: str, title: str, hours: float = 0, *, ended: bool = False) -> Item:
    told = item(title, outlet="Met Office", hours=hours, official=True)
    return replace(told, id=f"met-{event_id}", native=Native(event_id=event_id, ended=ended, revision=str(hours)))


def flood(severity: Severity = Severity.MODERATE, status: Status = Status.ONGOING) -> Assessment:
    return assessment(GAO, Hazard.FLOOD, severity=severity, status=status)


def test_a_cancellation_ends_the_event_of_its_own_id() -> None:
    world = World()
    world.hear(warning("1", "Flood warning for Gao"), flood())
    change = world.hear(warning("1", "Cancelled: flood warning for Gao", 2, ended=True), flood(status=Status.ENDED))
    assert change is not None
    assert change.kind is ChangeKind.ENDED


def test_a_cancellation_ends_no_event_of_others() -> None:
    world = World()
    world.hear(item("Floods in Gao drive people from their homes"), flood(Severity.SEVERE))
    cancelled = warning("7", "Cancelled: flood warning for Gao", 2, ended=True)
    assert world.hear(cancelled, flood(status=Status.ENDED)) is None
    assert world.only.state is not EventState.ENDED


def test_the_next_issue_is_about_the_same_event_though_its_words_are_others() -> None:
    world = World()
    world.hear(warning("1", "Magnitude 5.8 earthquake, 20 km N of Gao"), assessment(GAO, Hazard.EARTHQUAKE))
    world.hear(item("Gao shaken", hours=0.1), assessment(GAO, Hazard.EARTHQUAKE))
    world.hear(warning("1", "Magnitude 6.3 earthquake, 24 km N of Gao", 0.5), assessment(GAO, Hazard.EARTHQUAKE))
    assert len(world.only.reports) == 2
    assert world.only.first_seen_at == MORNING

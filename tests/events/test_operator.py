import pytest
from builders import BAMAKO, assessment, event, item
from events.world import World

from bot.events.lifecycle import IllegalMoveError
from bot.events.operator import LONGEST_WHY, retract
from bot.model.assessment import Severity
from bot.model.event import ChangeKind, EventState


def withdrawn(*, why: str = "a film was being shot") -> World:
    """Return the world in which an operator withdrew the one attack."""
    world = World()
    world.hear(item("Gunfire heard in Bamako", hours=0), assessment(BAMAKO))
    world.hear(
        item("Residents of Bamako tell of shots near the bridge", outlet="Le Fleuve", hours=2), assessment(BAMAKO)
    )
    change = retract(world.only, why, world.only.last_seen_at)
    world.known[change.after.id] = change.after
    return world


def test_an_event_is_withdrawn_with_the_operators_reason() -> None:
    known = event()
    change = retract(known, "  a film was being shot ", known.last_seen_at)
    assert (change.kind, change.before, change.cause) == (ChangeKind.RETRACTED, known, None)
    assert (change.after.state, change.after.severity) == (EventState.RETRACTED, Severity.NONE)
    assert change.after.version == known.version + 1
    assert [(reason.code, reason.note) for reason in change.reasons] == [
        ("retracted", ""), ("operator", "a film was being shot"),
    ]  # fmt: skip
    assert len(retract(known, "x" * 999, known.last_seen_at).reasons[1].note) == LONGEST_WHY


@pytest.mark.parametrize("hours", [1, 3])
def test_the_press_does_not_bring_it_back_whether_its_report_is_late_or_new(hours: float) -> None:
    world = withdrawn()
    change = world.hear(item("Panic in Bamako after gunfire", outlet="Radio Sud", hours=hours), assessment(BAMAKO))
    assert change is not None
    assert change.kind is ChangeKind.NOTHING_NEW
    assert world.only.state is EventState.RETRACTED


def test_an_authority_brings_it_back_and_says_so() -> None:
    world = withdrawn()
    told = item("Ministry confirms attack in Bamako", outlet="Ministry", official=True, hours=3)
    change = world.hear(told, assessment(BAMAKO))
    assert change is not None
    assert (change.kind, world.only.state) == (ChangeKind.ESCALATED, EventState.OPEN)


@pytest.mark.parametrize("state", [EventState.RETRACTED, EventState.MERGED])
def test_what_is_withdrawn_or_merged_cannot_be_withdrawn(state: EventState) -> None:
    with pytest.raises(IllegalMoveError):
        retract(event(state=state), "", event().last_seen_at)

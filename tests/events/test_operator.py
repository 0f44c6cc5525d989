import pytest
from builders import BAMAKO, GAO, MALI, assessment, at, event, item
from events.world import World

from bot.events.lifecycle import IllegalMoveError
from bot.events.operator import LONGEST_WHY, NotApartError, merge, retract, split
from bot.model.assessment import Severity, Toll
from bot.model.event import ChangeKind, EventState
from bot.model.hazard import Hazard
from bot.model.reading import ImpactKind


def killed(number: int) -> Toll:
    return Toll(kind=ImpactKind.KILLED, low=number, high=number)


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


def twice() -> tuple[World, str, str]:
    """Return the world in which one attack is two events, and the ids of both."""
    world = World()
    world.hear(item("Gunfire heard in Bamako", hours=0), assessment(BAMAKO))
    world.hear(
        item("Eleven soldiers die in raid on Gao camp", outlet="Le Fleuve", hours=1),
        assessment(GAO, severity=Severity.EXTREME, impacts=(killed(11),)),
    )
    one, other = world.known
    return world, one, other


def test_merged_events_are_one_with_the_reports_places_and_tolls_of_both_and_another_voice() -> None:
    world, one, other = twice()
    kept, gone = merge(world.known[one], world.known[other], "the camp lies between", at(2))
    assert (kept.after.id, kept.kind, kept.after.version) == (one, ChangeKind.ESCALATED, 2)
    assert {place.name for place in kept.after.area} == {"Bamako", "Gao"}
    assert [report.outlet for report in kept.after.reports] == ["Sahel Wire", "Le Fleuve"]
    assert (kept.after.state, kept.after.severity) == (EventState.OPEN, Severity.EXTREME), "two voices now"
    assert kept.after.impacts == (killed(11),)
    assert (gone.kind, gone.after.state, gone.after.merged_into) == (ChangeKind.MERGED, EventState.MERGED, one)
    assert [(reason.code, reason.note) for reason in gone.reasons] == [
        ("one-event", one), ("operator", "the camp lies between"),
    ]  # fmt: skip


def test_reports_that_come_after_a_merging_or_late_are_about_the_one_event() -> None:
    world, one, other = twice()
    for change in merge(world.known[one], world.known[other], "", at(2)):
        world.known[change.after.id] = change.after
    for hours, outlet in ((3, "Radio Sud"), (0.5, "Nord Info")):
        world.hear(item(f"{outlet}: soldiers killed in Gao", outlet=outlet, hours=hours), assessment(GAO))
    standing = [event for event in world.known.values() if event.merged_into is None]
    assert [(event.id, len(event.reports)) for event in standing] == [(one, 4)]


@pytest.mark.parametrize("state", [EventState.ENDED, EventState.RETRACTED, EventState.MERGED])
def test_what_is_over_is_merged_with_nothing(state: EventState) -> None:
    over, open_one = event(id="over", state=state), event(id="open")
    for pair in ((over, open_one), (open_one, over), (open_one, open_one)):
        with pytest.raises(IllegalMoveError):
            merge(*pair, "", at(1))


def joined_wrongly() -> tuple[World, str]:
    """Return the world in which a fire in Gao was taken for the attack in Bamako, and the fire's item."""
    world = World()
    world.hear(item("Gunmen attack hotel in Mali, nine dead", hours=0), assessment(MALI, impacts=(killed(9),)))
    world.hear(
        item("Nine dead in Mali as tanker burns in Bamako", outlet="Le Fleuve", hours=1),
        assessment(BAMAKO, Hazard.INDUSTRIAL, impacts=(killed(9),)),
    )
    world.hear(item("Hotel siege in Mali goes on", outlet="Radio Sud", hours=2), assessment(MALI))
    return world, world.only.reports[1].item_id


def test_split_reports_are_an_event_of_their_own_each_half_told_from_its_own_reports() -> None:
    world, fire = joined_wrongly()
    old, new = split(world.only, [fire], world.said, "", at(3))
    assert old.before == world.only
    assert [report.outlet for report in old.after.reports] == ["Sahel Wire", "Radio Sud"]
    assert old.after.place == MALI, "the fire's place goes with the fire"
    assert (new.kind, new.after.hazard, new.after.place) == (ChangeKind.OPENED, Hazard.INDUSTRIAL, BAMAKO)
    assert [report.item_id for report in new.after.reports] == [fire]
    assert new.after.id not in world.known


def test_what_was_split_is_not_put_together_again_by_late_reports_or_new_words_of_the_item() -> None:
    world, fire = joined_wrongly()
    for change in split(world.only, [fire], world.said, "", at(3)):
        world.known[change.after.id] = change.after
    _, own = world.known.values()
    world.hear(item("Mali hotel attack: nine dead", outlet="Nord Info", hours=0.5), assessment(MALI))
    again = item("Nine dead in Mali as tanker burns in Bamako", "More.", outlet="Le Fleuve", hours=4, id=fire)
    change = world.hear(again, assessment(MALI, Hazard.INDUSTRIAL, impacts=(killed(9),)))
    assert change is not None
    assert change.after.id == own.id
    assert sorted(len(event.reports) for event in world.known.values()) == [1, 3]


def test_a_half_that_tells_of_nothing_is_no_event() -> None:
    world, fire = joined_wrongly()
    every = [report.item_id for report in world.only.reports]
    for chosen in ([], every):
        with pytest.raises(NotApartError):
            split(world.only, chosen, world.said, "", at(3))
    with pytest.raises(IllegalMoveError):
        split(event(state=EventState.MERGED), [fire], world.said, "", at(3))

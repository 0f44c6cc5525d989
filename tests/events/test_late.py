"""Items come in late: the events are those that there would be had each come in its time, and nothing is told twice."""

from itertools import permutations
from random import Random

import pytest
from builders import BAMAKO, BKO, GAO, MALI, assessment, at, item
from events.test_invariants import judged
from events.world import Outcome, World
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alerts.plan import is_told
from bot.events.judge import judge_item
from bot.model.assessment import Assessment, MeasureState, Severity, Status, TargetState, Toll
from bot.model.event import ChangeKind, EventState, News
from bot.model.hazard import Hazard, Measure, Target
from bot.model.item import Item
from bot.model.reading import Cue, ImpactKind

Said = tuple[Item, Assessment]


def dead(count: int) -> tuple[Toll, ...]:
    return (Toll(kind=ImpactKind.KILLED, low=count, high=count),)


def airport(cue: Cue) -> tuple[TargetState, ...]:
    return (TargetState(target=Target.AIRPORT, cue=cue, place=BKO),)


ATTACK = (item("Gunmen storm gendarmerie school in Bamako"), assessment(BAMAKO))
SHUT = (
    item("Bamako airport closed after gunfire", outlet="Le Fleuve", hours=1),
    assessment(BKO, Hazard.AIRPORT, targets=airport(Cue.CLOSED)),
)
TOLL = (
    item("Seventeen killed in Bamako attack", outlet="Radio Sud", hours=3),
    assessment(BAMAKO, severity=Severity.EXTREME, impacts=dead(17)),
)
CLEAR = (
    item("Bamako: attack over, airport open again", outlet="Ministry", official=True, hours=5),
    assessment(
        BAMAKO, status=Status.ENDED, severity=Severity.MINOR,
        targets=(*airport(Cue.RESTORED), TargetState(target=Target.HAZARD, cue=Cue.ALL_CLEAR, place=BAMAKO)),
    ),
)  # fmt: skip
TRIAL = (
    item("Who stands behind the school attack in Bamako?", outlet="Weekly", hours=4),
    assessment(BAMAKO, alertable=False, follow_up=True, severity=Severity.NONE, status=Status.HISTORIC),
)
FLOOD = (item("Flood cuts Gao in two", outlet="Radio Sud", hours=2), assessment(GAO, Hazard.FLOOD))
DAY = (ATTACK, SHUT, FLOOD, TOLL, TRIAL, CLEAR)


def heard(said: list[Said] | tuple[Said, ...]) -> World:
    world = World()
    for told, judgement in said:
        world.hear(told, judgement)
    return world


@pytest.mark.parametrize("order", [Random(turn).sample(DAY, len(DAY)) for turn in range(40)])
def test_a_day_makes_the_same_events_in_whatever_order_it_comes_in(order: list[Said]) -> None:
    assert heard(order).outcome == heard(DAY).outcome


def test_the_first_report_that_comes_in_last_joins_the_event_that_chats_know() -> None:
    world = heard((SHUT, TOLL))
    known = set(world.known)
    change = world.hear(*ATTACK)
    assert change is not None
    assert change.after.id in known
    assert change.after.first_seen_at == at(0)
    assert not [one for one in world.changes if one.kind is ChangeKind.OPENED]


def test_an_all_clear_that_came_in_before_what_it_ends_ends_it() -> None:
    world = heard((CLEAR,))
    assert world.known == {}
    change = world.hear(*ATTACK)
    assert change is not None
    assert change.after.state is EventState.ENDED


def test_what_was_overtaken_before_it_came_in_tells_nothing() -> None:
    world = heard((ATTACK, TOLL, CLEAR))
    change = world.hear(*SHUT)
    assert change is not None
    assert change.after.state is EventState.ENDED
    assert not is_told(change)


def test_an_older_order_that_still_stands_is_told() -> None:
    world = heard((ATTACK, TOLL))
    curfew = MeasureState(measure=Measure.CURFEW, cue=Cue.IMPOSED, place=BAMAKO)
    change = world.hear(item("Curfew in Bamako", outlet="Le Fleuve", hours=2), assessment(BAMAKO, measures=(curfew,)))
    assert change is not None
    assert News.NEW_MEASURE in change.news
    assert is_told(change)


def test_an_older_lower_toll_takes_nothing_back_and_tells_nothing() -> None:
    world = heard((ATTACK, TOLL))
    change = world.hear(
        item("Three killed in Bamako", outlet="Le Fleuve", hours=1), assessment(BAMAKO, impacts=dead(3))
    )
    assert change is not None
    assert change.after.severity is Severity.EXTREME
    assert not is_told(change)


def test_two_events_that_a_late_report_shows_to_be_one_are_merged() -> None:
    shut = (
        item("Flights suspended at Bamako airport", hours=20),
        assessment(BKO, Hazard.AIRPORT, targets=airport(Cue.SUSPENDED)),
    )
    market = (item("Market in Mali emptied", outlet="Radio Sud", hours=21), assessment(MALI, Hazard.ARMED_ATTACK))
    bridge = (
        item("Gunmen attack Bamako", outlet="Le Fleuve", hours=19),
        assessment(BAMAKO, targets=airport(Cue.CLOSED)),
    )
    in_time = heard((bridge, shut, market)).outcome
    for order in permutations((shut, market, bridge)):
        assert heard(order).outcome == in_time


def test_without_what_was_said_a_late_item_adds_what_is_missing_and_overrides_nothing() -> None:
    world = heard((ATTACK, TOLL, CLEAR))
    (change,) = judge_item(*SHUT[:1], SHUT[1:], tuple(world.known.values()), at(6))
    assert change.kind is ChangeKind.NOTHING_NEW
    assert change.after.state is EventState.ENDED


@st.composite
def stories(draw: st.DrawFn) -> list[Said]:
    made = []
    for turn in range(draw(st.integers(2, 7))):
        outlet = draw(st.sampled_from(["Sahel Wire", "Le Fleuve", "Radio Sud", "Ministry"]))
        hours = draw(st.integers(0, 40))
        made.append((item(f"Report {turn}", outlet=outlet, official=outlet == "Ministry", hours=hours), draw(judged())))
    return sorted(made, key=lambda one: (one[0].published_at, one[0].id))


def outcome(said: list[Said]) -> Outcome:
    return heard(said).outcome


@settings(max_examples=300, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_the_events_do_not_depend_on_the_order_of_arrival(said: list[Said], dice: Random) -> None:
    assert outcome(dice.sample(said, len(said))) == outcome(said)

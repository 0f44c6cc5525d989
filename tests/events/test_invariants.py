"""What holds for every event, whatever is reported in whatever order."""

from datetime import timedelta

from builders import BAMAKO, BKO, GAO, MALI, assessment, at, item
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.events.judge import judge_item, judge_time
from bot.events.lifecycle import corroborated
from bot.model.assessment import Assessment, MeasureState, Severity, Status, TargetState, Toll
from bot.model.event import ChangeKind, Event, EventState
from bot.model.hazard import Hazard, Measure, Target
from bot.model.item import Item
from bot.model.reading import Cue, ImpactKind

CUES = [Cue.SUSPENDED, Cue.CLOSED, Cue.TO_RESTORE, Cue.PARTLY_RESTORED, Cue.RESTORED, Cue.REASSURANCE]
ORDERS = [Cue.IMPOSED, Cue.EASED, Cue.LIFTED]
ways, orders = (st.sets(st.sampled_from(cues), max_size=1) for cues in (CUES, ORDERS))
places = st.sampled_from([BAMAKO, BKO, GAO, MALI])


@st.composite
def judged(draw: st.DrawFn) -> Assessment:
    place = draw(places)
    status = draw(st.sampled_from(Status))
    alertable = status not in {Status.DENIED, Status.HISTORIC}
    severity = draw(st.sampled_from(list(Severity)[1:])) if alertable else Severity.NONE
    toll = draw(st.integers(0, 30))
    return assessment(
        place,
        draw(st.sampled_from([Hazard.ARMED_ATTACK, Hazard.AIRPORT, Hazard.UNREST, Hazard.ADVISORY, Hazard.FLOOD])),
        alertable=alertable,
        follow_up=not alertable,
        severity=severity,
        status=status,
        impacts=(Toll(kind=ImpactKind.KILLED, low=toll, high=toll),) if toll else (),
        targets=tuple(TargetState(target=Target.AIRPORT, cue=cue, place=BKO) for cue in draw(ways)),
        measures=tuple(MeasureState(measure=Measure.CURFEW, cue=cue, place=place) for cue in draw(orders)),
    )  # fmt: skip


@st.composite
def reports(draw: st.DrawFn) -> list[tuple[Item, Assessment, float]]:
    number = draw(st.integers(1, 14))
    hours = sorted(draw(st.lists(st.floats(0, 200), min_size=number, max_size=number)))
    outlets = st.sampled_from(["Sahel Wire", "Le Fleuve", "Radio Sud", "Ministry"])
    made = []
    for turn, hour in enumerate(hours):
        outlet = draw(outlets)
        published = hour - draw(st.sampled_from([0, 0, 0, 5]))
        told = item(f"Report number {turn}", outlet=outlet, official=outlet == "Ministry", hours=published)
        made.append((told, draw(judged()), hour))
    return made


@settings(max_examples=150, deadline=None)
@given(reports())
def test_versions_rise_by_one_ends_have_evidence_and_one_voice_is_never_extreme(
    told: list[tuple[Item, Assessment, float]],
) -> None:
    known: dict[str, Event] = {}
    for one, judgement, hour in told:
        now = at(hour)
        timed = [change for event in known.values() if (change := judge_time(event, now))]
        changes = judge_item(one, (judgement,), tuple(known.values()), now)
        assert len({change.after.id for change in changes}) == len(changes)
        for change in (*timed, *changes):
            before, after = change.before, change.after
            assert after.version == (before.version + 1 if before else 1)
            assert before is None or before.state is not EventState.MERGED
            assert corroborated(after) or after.severity < Severity.EXTREME
            if change.kind is ChangeKind.ENDED:
                relief = {Cue.RESTORED, Cue.LIFTED, Cue.PARTLY_RESTORED, Cue.EASED}
                cues = {s.cue for s in judgement.targets} | {s.cue for s in judgement.measures}
                assert judgement.status is Status.ENDED or relief & cues
            if change.kind is ChangeKind.NOTHING_NEW:
                assert before is not None
                assert after.severity is before.severity
        for change in timed:
            assert change.kind is ChangeKind.EXPIRED
            known[change.after.id] = change.after
        if not timed:  # what is judged in one go is judged on one knowledge
            known.update({change.after.id: change.after for change in changes})


@given(reports())
def test_judging_again_gives_the_same(told: list[tuple[Item, Assessment, float]]) -> None:
    known: tuple[Event, ...] = ()
    for one, judgement, hour in told:
        now = at(hour)
        once = judge_item(one, (judgement,), known, now)
        again = judge_item(one, (judgement,), tuple(reversed(known)), now)
        assert once == again
        fresh = {event.id: event for event in known} | {change.after.id: change.after for change in once}
        known = tuple(fresh.values())


@given(st.floats(0, 24 * 30))
def test_an_event_expires_once_and_never_before_its_time(hours: float) -> None:
    (opened,) = judge_item(item("Gunfire in Bamako"), (assessment(),), (), at(0))
    change = judge_time(opened.after, at(hours))
    assert (change is not None) == (timedelta(hours=hours) >= timedelta(hours=48))

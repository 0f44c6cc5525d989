from builders import BAMAKO, BKO, GAO, MALI

from bot.events.ways import remaining, taken_in
from bot.model.assessment import MeasureState, TargetState
from bot.model.hazard import Measure, Target
from bot.model.place import Place
from bot.model.reading import Cue


def way(target: Target, cue: Cue, place: Place | None = BKO) -> TargetState:
    return TargetState(target=target, cue=cue, place=place)


SUSPENDED = way(Target.AIRPORT, Cue.SUSPENDED)


def test_a_closure_is_new_once() -> None:
    first = taken_in((), (SUSPENDED,), BAMAKO)
    again = taken_in(first.entries, (SUSPENDED,), BAMAKO)
    assert first.imposed == (SUSPENDED,)
    assert again.imposed == ()
    assert again.entries == first.entries


def test_flights_suspended_in_the_city_say_no_more_than_its_airport_shut() -> None:
    ways = taken_in((SUSPENDED,), (way(Target.FLIGHTS, Cue.CANCELLED, BAMAKO),), BAMAKO)
    assert ways.imposed == ()


def test_the_whole_air_space_shut_says_more_than_one_airport_shut() -> None:
    ways = taken_in((SUSPENDED,), (way(Target.AIRSPACE, Cue.CLOSED, MALI),), BAMAKO)
    assert [one.target for one in ways.imposed] == [Target.AIRSPACE]


def test_a_reopening_lifts_the_airport_and_its_flights() -> None:
    shut = (SUSPENDED, way(Target.FLIGHTS, Cue.CANCELLED, BAMAKO))
    ways = taken_in(shut, (way(Target.AIRPORT, Cue.RESTORED, BAMAKO),), BAMAKO)
    assert ways.lifted
    assert not remaining(ways.entries)


def test_one_airport_open_again_opens_no_air_space() -> None:
    shut = (way(Target.AIRSPACE, Cue.CLOSED, MALI),)
    ways = taken_in(shut, (way(Target.AIRPORT, Cue.RESTORED, BKO),), BAMAKO)
    assert remaining(ways.entries)


def test_another_towns_airport_open_again_opens_nothing_here() -> None:
    ways = taken_in((SUSPENDED,), (way(Target.AIRPORT, Cue.RESTORED, GAO),), GAO)
    assert remaining(ways.entries)


def test_will_reopen_tomorrow_is_still_shut() -> None:
    ways = taken_in((SUSPENDED,), (way(Target.AIRPORT, Cue.TO_RESTORE),), BAMAKO)
    assert ways.lifted == ()
    assert ways.imposed == ()
    assert remaining(ways.entries)


def test_a_reopening_is_told_once() -> None:
    opened = taken_in((SUSPENDED,), (way(Target.AIRPORT, Cue.RESTORED),), BAMAKO)
    again = taken_in(opened.entries, (way(Target.AIRPORT, Cue.RESTORED),), BAMAKO)
    assert opened.lifted
    assert again.lifted == ()


def test_what_opens_partly_remains_until_it_opens_wholly() -> None:
    partly = taken_in((SUSPENDED,), (way(Target.AIRPORT, Cue.PARTLY_RESTORED),), BAMAKO)
    wholly = taken_in(partly.entries, (way(Target.AIRPORT, Cue.RESTORED),), BAMAKO)
    assert partly.lifted
    assert remaining(partly.entries)
    assert wholly.lifted
    assert not remaining(wholly.entries)


def test_shut_again_after_a_reopening_is_new() -> None:
    opened = taken_in((SUSPENDED,), (way(Target.AIRPORT, Cue.RESTORED),), BAMAKO)
    again = taken_in(opened.entries, (SUSPENDED,), BAMAKO)
    assert again.imposed == (SUSPENDED,)


def test_a_late_report_lifts_nothing_and_shuts_nothing_that_is_known() -> None:
    late = taken_in((SUSPENDED,), (way(Target.AIRPORT, Cue.RESTORED),), BAMAKO, late=True)
    assert late.entries == (SUSPENDED,)
    opened = (way(Target.AIRPORT, Cue.RESTORED),)
    assert taken_in(opened, (SUSPENDED,), BAMAKO, late=True).imposed == ()


def test_a_curfew_lifted_in_one_town_stands_in_the_other() -> None:
    curfews = tuple(MeasureState(measure=Measure.CURFEW, cue=Cue.IMPOSED, place=place) for place in (BAMAKO, GAO))
    ways = taken_in(curfews, (MeasureState(measure=Measure.CURFEW, cue=Cue.LIFTED, place=GAO),), GAO)
    assert [one.cue for one in ways.entries] == [Cue.IMPOSED, Cue.LIFTED]


def test_advice_to_staff_keeps_nothing_from_ending() -> None:
    advice = MeasureState(measure=Measure.STAFF_MOVEMENT, cue=Cue.ADVISED, place=BAMAKO)
    assert not remaining((advice,))


def test_one_closure_is_one_entry_whatever_it_is_called() -> None:
    ways = taken_in((), (way(Target.FLIGHTS, Cue.DISRUPTED), way(Target.AIRPORT, Cue.CLOSED)), BAMAKO)
    ways = taken_in(ways.entries, (way(Target.FLIGHTS, Cue.SUSPENDED),), BAMAKO)
    assert ways.entries == (way(Target.AIRPORT, Cue.CLOSED),)


def test_an_announced_reopening_is_noted_and_taken_back_by_the_next_closure() -> None:
    announced = taken_in((way(Target.FLIGHTS, Cue.SUSPENDED),), (way(Target.AIRPORT, Cue.TO_RESTORE),), BAMAKO)
    assert [one.cue for one in announced.entries] == [Cue.TO_RESTORE]
    again = taken_in(announced.entries, (way(Target.AIRPORT, Cue.CLOSED),), BAMAKO)
    assert [one.cue for one in again.entries] == [Cue.CLOSED]
    assert again.imposed == ()

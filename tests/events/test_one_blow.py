"""One blow, many tellings: days that outlets count differently, towns that they confuse, what goes without saying."""

from dataclasses import replace

import pytest
from builders import BAMAKO, GAO, MALI, NIGER, assessment, at, item
from events.world import World

from bot.model.assessment import Assessment, MeasureState, Reason, Severity, Status, TargetState, Toll
from bot.model.event import ChangeKind, EventState, News
from bot.model.hazard import Hazard, Measure, Target
from bot.model.place import Place, Point
from bot.model.reading import Cue, ImpactKind


def power(cue: Cue, *places: Place) -> tuple[TargetState, ...]:
    return tuple(TargetState(target=Target.POWER, cue=cue, place=place) for place in places)


def shelter(cue: Cue) -> tuple[MeasureState, ...]:
    return (MeasureState(measure=Measure.SHELTER, cue=cue, place=BAMAKO),)


def over(hazard: Hazard, *targets: TargetState, **fields: object) -> Assessment:
    clear = TargetState(target=Target.HAZARD, cue=Cue.ALL_CLEAR, place=BAMAKO)
    ended = assessment(BAMAKO, hazard, status=Status.ENDED, severity=Severity.MINOR, targets=(clear, *targets))
    return replace(ended, **fields)  # type: ignore[arg-type]


def test_a_strike_by_night_that_the_next_outlet_dates_to_the_new_day_is_one() -> None:
    world = World()
    evening, morning = at(-6), at(18)  # days are told, not hours
    world.hear(item("Air strikes on Gao"), assessment(GAO, Hazard.ARMED_CONFLICT, occurred=evening))
    world.hear(
        item("Eight killed in Gao", outlet="Le Fleuve", hours=8),
        assessment(GAO, Hazard.ARMED_CONFLICT, occurred=morning),
    )
    assert len(world.only.reports) == 2


def test_a_fire_is_not_in_a_second_town_because_one_outlet_says_so_with_the_same_dead() -> None:
    world = World()
    eleven = (Toll(kind=ImpactKind.KILLED, low=11, high=11),)
    world.hear(item("Depot burns in Bamako"), assessment(BAMAKO, Hazard.INDUSTRIAL, impacts=eleven))
    both = assessment(BAMAKO, Hazard.INDUSTRIAL, impacts=eleven, places=(BAMAKO, GAO))
    change = world.hear(item("Correction: the depot is in Bamako, not in Gao", outlet="Le Fleuve", hours=2), both)
    assert change is not None
    assert change.kind is not ChangeKind.WIDENED
    assert world.only.area == (BAMAKO,)


@pytest.mark.parametrize(("official", "state"), [(True, EventState.ENDED), (False, EventState.EASING)])
def test_only_an_authoritys_all_clear_ends_its_advice_to_stay_in(official: bool, state: EventState) -> None:  # noqa: FBT001
    world = World()
    world.hear(item("Chlorine leaks in Bamako"), assessment(BAMAKO, Hazard.INDUSTRIAL, measures=shelter(Cue.IMPOSED)))
    world.hear(item("Leak stopped in Bamako", outlet="Other", official=official, hours=3), over(Hazard.INDUSTRIAL))
    assert world.only.state is state


def test_who_may_go_out_at_any_hour_need_no_longer_stay_in() -> None:
    world = World()
    curfew = MeasureState(measure=Measure.CURFEW, cue=Cue.IMPOSED, place=BAMAKO)
    world.hear(
        item("Curfew in Bamako, people told to stay in"),
        assessment(BAMAKO, Hazard.ADVISORY, measures=(curfew, *shelter(Cue.IMPOSED))),
    )
    lifted = assessment(
        BAMAKO,
        Hazard.ADVISORY,
        status=Status.ENDED,
        severity=Severity.MINOR,
        measures=(replace(curfew, cue=Cue.LIFTED),),
    )
    world.hear(item("Curfew lifted in Bamako", outlet="Le Fleuve", hours=30), lifted)
    assert world.only.state is EventState.ENDED


@pytest.mark.parametrize(
    ("back_in", "state"), [((BAMAKO, GAO), EventState.ENDED), ((BAMAKO,), EventState.EASING)]
)  # fmt: skip
def test_a_power_cut_said_to_be_the_countrys_ends_when_it_ends_in_each_town_that_was_named(
    back_in: tuple[Place, ...], state: EventState
) -> None:
    world = World()
    dark = assessment(BAMAKO, Hazard.INFRASTRUCTURE, places=(BAMAKO, GAO), targets=power(Cue.SUSPENDED, BAMAKO, GAO))
    world.hear(item("Bamako and Gao without power"), dark)
    vague = assessment(BAMAKO, Hazard.INFRASTRUCTURE, targets=power(Cue.SUSPENDED, MALI))
    world.hear(item("Capital of Mali in the dark", outlet="Le Fleuve", hours=1), vague)
    light = replace(
        over(Hazard.INFRASTRUCTURE), place=back_in[0], places=back_in, targets=power(Cue.RESTORED, *back_in)
    )
    world.hear(item("Power is back", outlet="Radio Sud", hours=7), light)
    assert world.only.state is state


def test_a_power_cut_of_the_whole_country_does_not_end_with_its_capitals() -> None:
    world = World()
    world.hear(item("Mali without power"), assessment(MALI, Hazard.INFRASTRUCTURE, targets=power(Cue.SUSPENDED, MALI)))
    back = replace(over(Hazard.INFRASTRUCTURE), targets=power(Cue.RESTORED, BAMAKO))
    world.hear(item("Power is back in Bamako", outlet="Le Fleuve", hours=5), back)
    assert world.only.state is not EventState.ENDED


def test_a_storm_that_moves_on_comes_true_a_second_time() -> None:
    world = World()
    steps = ((Status.EXPECTED, 0), (Status.ONGOING, 5), (Status.EXPECTED, 20), (Status.ONGOING, 30))
    news = []
    for turn, (status, hours) in enumerate(steps):
        change = world.hear(
            item(f"Storm Awa, bulletin {turn}", outlet=f"Outlet {turn}", hours=hours),
            assessment(BAMAKO, Hazard.STORM, status=status),
        )
        assert change is not None
        news.append(News.COME_TRUE in change.news)
    assert news == [False, True, False, True]


def test_a_flood_is_not_widened_by_hail() -> None:
    world = World()
    near = replace(GAO, id="gn:near", name="Near", point=Point(12.6, -5.0))
    world.hear(item("Niger floods Bamako"), assessment(BAMAKO, Hazard.FLOOD, also=(Hazard.EXTREME_WEATHER,)))
    world.hear(item("Hail on Near", outlet="Le Fleuve", hours=4), assessment(near, Hazard.EXTREME_WEATHER))
    assert BAMAKO in next(event for event in world.known.values() if event.hazard is Hazard.FLOOD).area
    assert not any({BAMAKO, near} <= set(event.area) for event in world.known.values())


def test_a_flood_spreads_from_town_to_town_but_not_across_a_continent() -> None:
    world = World()
    towns = [replace(GAO, id=f"gn:{lon}", name=f"Town {lon}", point=Point(12.6, lon)) for lon in (-8, -4, 0, 4)]
    for hours, town in enumerate(towns):
        said = assessment(town, Hazard.FLOOD, places=tuple(towns[max(0, hours - 1) : hours + 1]))
        world.hear(item(f"River leaves its bed at {town.name}", outlet=f"Outlet {hours}", hours=hours), said)
    assert {town.name for town in world.only.area} == {"Town -8", "Town -4", "Town 0"}


def test_an_analysis_of_few_words_joins_the_attack_on_the_town_that_it_names() -> None:
    world = World()
    world.hear(item("Gunmen storm Gao"), assessment(GAO))
    thin = assessment(GAO, alertable=False, severity=Severity.NONE, status=Status.PAST, reasons=(Reason(code="thin"),))
    thin = replace(thin, hazard=None)
    change = world.hear(item("The last gate of the north", outlet="Weekly", hours=20), thin)
    assert change is not None
    assert change.kind is ChangeKind.NOTHING_NEW


def test_a_match_in_that_town_does_not() -> None:
    world = World()
    world.hear(item("Gunmen storm Gao"), assessment(GAO))
    sport = replace(assessment(GAO, alertable=False, severity=Severity.NONE, status=None), hazard=None)
    assert world.hear(item("Gao win the cup", outlet="Weekly", hours=20), sport) is None


def test_a_comment_that_names_the_town_but_was_read_to_be_about_the_country_joins() -> None:
    world = World()
    world.hear(item("Depot burns in Gao"), assessment(GAO, Hazard.INDUSTRIAL))
    about = assessment(MALI, Hazard.INDUSTRIAL, alertable=False, follow_up=True, severity=Severity.NONE, status=None)
    assert world.hear(item("What Gao teaches us of safety", outlet="Weekly", hours=9), about) is not None
    assert world.hear(item("Safety in Niamey", outlet="Weekly", hours=9), replace(about, places=(NIGER,))) is None

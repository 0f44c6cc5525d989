"""What is one event and what is not: towns, days, kindred hazards, causes and closures, denials."""

from dataclasses import replace

from builders import BAMAKO, BKO, FRANCE, GAO, MALI, NIGER, assessment, at, event, item, report
from events.world import World

from bot.alerts.plan import is_told
from bot.events.judge import judge_item
from bot.model.assessment import Assessment, MeasureState, Reason, Severity, Status, TargetState, Toll
from bot.model.event import ChangeKind, EventState, News
from bot.model.hazard import Hazard, Measure, Target
from bot.model.place import PlaceKind, Point
from bot.model.reading import Cue, ImpactKind

NIAMEY = replace(BAMAKO, id="gn:2440485", name="Niamey", country="NE", parents=("adm:NE.8", NIGER.id),
                 point=Point(13.51, 2.12))  # fmt: skip
AREA = replace(GAO, id="adm:ML.09", name="Gao", kind=PlaceKind.REGION, parents=(MALI.id,), radius_km=200)


def closure(**fields: object) -> Assessment:
    shut = (TargetState(target=Target.AIRPORT, cue=Cue.CLOSED, place=BKO),)
    return assessment(BKO, Hazard.AIRPORT, targets=shut, **fields)


def test_two_towns_attacked_on_one_day_are_two_events() -> None:
    world = World()
    world.hear(item("Gunmen storm police post in Bamako"), assessment(BAMAKO))
    world.hear(item("Gunmen storm barracks in Gao", hours=1), assessment(GAO))
    assert len(world.known) == 2


def test_attacks_in_two_countries_are_two_events_though_the_words_are_the_same() -> None:
    world = World()
    world.hear(item("Gunmen attack the capital, several wounded"), assessment(BAMAKO))
    world.hear(item("Gunmen attack the capital, several wounded", hours=1, outlet="Other"), assessment(NIAMEY))
    assert len(world.known) == 2


def test_unkindred_hazards_in_one_town_are_two_events() -> None:
    world = World()
    world.hear(item("Gunmen storm police post in Bamako"), assessment(BAMAKO))
    world.hear(item("Cholera cases rise in Bamako", hours=1), assessment(BAMAKO, Hazard.HEALTH))
    assert len(world.known) == 2


def test_strikes_of_different_days_are_different_events() -> None:
    world = World()
    world.hear(item("Air strike hits fuel depot in Gao"), assessment(GAO, Hazard.ARMED_CONFLICT))
    world.hear(item("Drone strike on Gao market", hours=26), assessment(GAO, Hazard.ARMED_CONFLICT))
    assert len(world.known) == 2


def test_strikes_told_with_their_days_are_kept_apart_however_soon_they_are_told() -> None:
    world = World()
    world.hear(item("Strike hits Gao"), assessment(GAO, Hazard.ARMED_CONFLICT, occurred=at(-2)))
    world.hear(item("Rockets land in Gao", hours=2), assessment(GAO, Hazard.ARMED_CONFLICT, occurred=at(-30)))
    assert len(world.known) == 2


def test_the_toll_of_a_strike_joins_it_the_next_day() -> None:
    world = World()
    world.hear(item("Air strike hits fuel depot in Gao"), assessment(GAO, Hazard.ARMED_CONFLICT))
    toll = (Toll(kind=ImpactKind.KILLED, low=5, high=5),)
    world.hear(item("Five dead in strike on Gao depot", hours=26, outlet="Le Fleuve"),
               assessment(GAO, Hazard.ARMED_CONFLICT, status=Status.PAST, impacts=toll))  # fmt: skip
    assert len(world.known) == 1


def test_an_aftershock_belongs_to_its_quake_and_rings_nobody() -> None:
    world = World()
    world.hear(item("Magnitude 6.7 quake near Gao", outlet="Seismic Centre", official=True),
               assessment(GAO, Hazard.EARTHQUAKE))  # fmt: skip
    off = replace(GAO, id="gn:2449893", name="Ansongo", point=Point(15.66, 0.50))
    change = world.hear(
        item("Aftershock of magnitude 5.1 near Ansongo", outlet="Seismic Centre", official=True, hours=9),
        assessment(off, Hazard.EARTHQUAKE, severity=Severity.MODERATE),
    )
    assert change is not None
    assert len(world.known) == 1
    assert not is_told(change)


def test_a_tsunami_warning_escalates_its_quake_and_its_cancelling_eases_it() -> None:
    world = World()
    desk = {"outlet": "Tsunami Desk", "official": True}
    world.hear(item("Quake off Gao", outlet="Seismic Centre", official=True), assessment(GAO, Hazard.EARTHQUAKE))
    warned = world.hear(item("Tsunami warning", hours=0.1, **desk),
                        assessment(GAO, Hazard.TSUNAMI, severity=Severity.EXTREME))  # fmt: skip
    lifted = world.hear(item("Tsunami warning cancelled", hours=2, **desk),
                        assessment(GAO, Hazard.TSUNAMI, severity=Severity.MINOR, status=Status.ENDED))  # fmt: skip
    again = world.hear(item("Tsunami danger over", hours=3),
                       assessment(GAO, Hazard.TSUNAMI, severity=Severity.MINOR, status=Status.ENDED))  # fmt: skip
    kinds = [change.kind for change in (warned, lifted, again) if change is not None]
    assert kinds == [ChangeKind.ESCALATED, ChangeKind.EASED, ChangeKind.NOTHING_NEW]
    assert world.only.severity is Severity.SEVERE
    assert world.only.state is EventState.EASING


def test_a_closure_of_unknown_cause_is_an_event_and_takes_on_its_cause_in_one_message() -> None:
    world = World()
    opened = world.hear(item("Bamako airport shut, no reason given"), closure())
    caused = world.hear(item("Gunmen attack gendarmerie school", outlet="Le Fleuve", hours=1), assessment(BAMAKO))
    assert opened is not None
    assert caused is not None
    assert caused.before == opened.after
    assert caused.kind is ChangeKind.WIDENED
    assert world.only.hazard is Hazard.ARMED_ATTACK
    assert world.only.place == BAMAKO
    assert [state.cue for state in world.only.targets] == [Cue.CLOSED]


def test_a_closure_that_stands_beside_its_cause_merges_into_it() -> None:
    attack = event(id="attack", area=(BAMAKO,), reports=(report("Sahel Wire"),), first_seen_at=at(0))
    shut = event(BKO, Hazard.AIRPORT, id="closure", headline="Airport shut", first_seen_at=at(1), last_seen_at=at(1),
                 reports=(report("Le Fleuve", hours=1, title="Bamako airport shut"),),
                 targets=(TargetState(target=Target.AIRPORT, cue=Cue.CLOSED, place=BKO),))  # fmt: skip
    told = item("Attack on Bamako shuts airport", outlet="Radio Sud", hours=2)
    news = assessment(impacts=(Toll(kind=ImpactKind.KILLED, low=2, high=2),))
    main, merged = judge_item(told, (news,), (attack, shut), at(2))
    assert main.after.id == "attack"
    assert [state.place for state in main.after.targets] == [BKO]
    assert {one.outlet for one in main.after.reports} == {"Sahel Wire", "Le Fleuve", "Radio Sud"}
    assert merged.kind is ChangeKind.MERGED
    assert merged.after.merged_into == "attack"
    assert merged.after.version == shut.version + 1


def test_a_pure_closure_ends_when_it_is_lifted() -> None:
    world = World()
    world.hear(item("Bamako airport shut by fog"), closure())
    open_again = (TargetState(target=Target.AIRPORT, cue=Cue.RESTORED, place=BKO),)
    change = world.hear(item("Bamako airport open again", hours=5), assessment(
        BKO, Hazard.AIRPORT, severity=Severity.MINOR, status=Status.ENDED, targets=open_again))  # fmt: skip
    assert change is not None
    assert change.kind is ChangeKind.ENDED


def test_the_reopening_of_another_airport_changes_nothing() -> None:
    world = World()
    world.hear(item("Bamako airport shut by fog"), closure())
    change = world.hear(item("Gao airport open again", hours=5), assessment(
        GAO, Hazard.AIRPORT, severity=Severity.MINOR, status=Status.ENDED,
        targets=(TargetState(target=Target.AIRPORT, cue=Cue.RESTORED, place=GAO),)))  # fmt: skip
    assert change is None
    assert world.only.state is EventState.UNCONFIRMED


def test_an_all_clear_for_one_town_of_several_eases_and_does_not_end() -> None:
    world = World()
    world.hear(item("Riots in Bamako and Gao"), assessment(BAMAKO, Hazard.UNREST, places=(BAMAKO, GAO)))
    change = world.hear(item("Calm is back in Gao", hours=8),
                        assessment(GAO, Hazard.UNREST, severity=Severity.MINOR, status=Status.ENDED))  # fmt: skip
    assert change is not None
    assert change.kind is ChangeKind.EASED


def test_a_further_town_widens_it() -> None:
    world = World()
    world.hear(item("Riots in Bamako"), assessment(BAMAKO, Hazard.UNREST))
    change = world.hear(item("Riots spread from Bamako to Gao", hours=5, outlet="Le Fleuve"),
                        assessment(BAMAKO, Hazard.UNREST, places=(BAMAKO, GAO)))  # fmt: skip
    assert change is not None
    assert change.kind is ChangeKind.WIDENED
    assert is_told(change)
    assert world.only.area == (BAMAKO, GAO)


def test_a_forecast_that_comes_true_is_told() -> None:
    world = World()
    world.hear(item("Storm to reach Gao on Thursday"),
               assessment(GAO, Hazard.STORM, status=Status.EXPECTED, severity=Severity.MODERATE))  # fmt: skip
    change = world.hear(item("Storm hits Gao", hours=40, outlet="Le Fleuve"),
                        assessment(GAO, Hazard.STORM, severity=Severity.MODERATE))  # fmt: skip
    assert change is not None
    assert News.COME_TRUE in change.news
    assert is_told(change)


def test_an_authority_retracts_what_one_voice_told_and_stale_copies_stay_silent() -> None:
    world = World()
    world.hear(item("Shooting at Bamako airport"), assessment(BKO))
    change = world.hear(
        item("No shooting at airport, a drill was held", outlet="Airport", official=True, hours=1),
        assessment(BKO, alertable=False, severity=Severity.NONE, status=Status.DENIED, follow_up=True),
    )
    assert change is not None
    assert change.kind is ChangeKind.RETRACTED
    assert is_told(change)
    stale = world.hear(item("Panic as shots ring out at airport", outlet="Cheap Flights", hours=2), assessment(BKO))
    assert stale is not None
    assert stale.kind is ChangeKind.NOTHING_NEW
    assert world.only.state is EventState.RETRACTED


def test_a_stranger_denies_in_vain() -> None:
    world = World()
    world.hear(item("Shooting at Bamako airport"), assessment(BKO))
    world.hear(item("It never happened, says reader", outlet="Blog", hours=1),
               assessment(BKO, alertable=False, severity=Severity.NONE, status=Status.DENIED))  # fmt: skip
    assert world.only.live


def test_an_end_or_a_denial_of_nothing_known_opens_nothing() -> None:
    world = World()
    for status in (Status.ENDED, Status.DENIED, Status.HISTORIC):
        assert world.hear(item(f"Over: {status}"), assessment(status=status, severity=Severity.MINOR)) is None


def test_it_goes_on_when_it_flares_up_within_a_day_of_its_end() -> None:
    over = event(state=EventState.ENDED, severity=Severity.MINOR, status=Status.ENDED, version=5,
                 reports=(report("Sahel Wire"), report("Le Fleuve")))  # fmt: skip
    (change,) = judge_item(item("New gunfire in Bamako", hours=6), (assessment(),), (over,), at(6))
    assert change.kind is ChangeKind.ESCALATED
    assert change.after.id == over.id
    assert change.after.live
    assert change.after.severity is Severity.SEVERE


def test_a_region_known_for_its_flood_takes_in_the_town_that_is_named_later() -> None:
    world = World()
    world.hear(item("Floods in the region of Gao"), assessment(AREA, Hazard.FLOOD))
    world.hear(item("Gao town under water", hours=5, outlet="Le Fleuve"), assessment(GAO, Hazard.FLOOD))
    assert len(world.known) == 1
    assert world.only.place == GAO


def test_an_item_that_is_no_risk_at_a_known_place_changes_nothing() -> None:
    world = World()
    world.hear(item("Gunmen storm police post in Bamako"), assessment(BAMAKO))
    sport = assessment(BAMAKO, None, alertable=False, severity=Severity.NONE, status=None)
    assert world.hear(item("Djoliba win the Bamako derby", hours=3), sport) is None


def test_a_denial_counts_as_no_second_voice() -> None:
    world = World()
    world.hear(item("Shooting at Bamako airport"), assessment(BKO))
    world.hear(item("Airport denies shooting", outlet="Le Fleuve", hours=1),
               assessment(BKO, alertable=False, severity=Severity.NONE, status=Status.DENIED))  # fmt: skip
    assert world.only.state is EventState.UNCONFIRMED
    assert len(world.only.reports) == 2


def test_an_outage_that_is_told_of_the_next_cities_alone_has_spread() -> None:
    world = World()
    world.hear(item("Bamako without power"), assessment(BAMAKO, Hazard.INFRASTRUCTURE))
    near = replace(GAO, id="gn:2451185", name="Ségou", point=Point(13.43, -6.9), parents=("adm:ML.SEG", MALI.id))
    change = world.hear(item("Power fails in Ségou", hours=1, outlet="Le Fleuve"),
                        assessment(near, Hazard.INFRASTRUCTURE))  # fmt: skip
    assert change is not None
    assert change.kind is ChangeKind.WIDENED


def test_a_fire_told_of_the_wrong_city_with_the_same_toll_joins_and_widens_nothing() -> None:
    toll = (Toll(kind=ImpactKind.KILLED, low=11, high=11),)
    world = World()
    world.hear(item("Hotel fire kills 11 in Gao"), assessment(GAO, Hazard.INDUSTRIAL, impacts=toll))
    change = world.hear(item("Eleven die in hotel fire in Mali", hours=2, outlet="Travel Portal"),
                        assessment(MALI, Hazard.INDUSTRIAL, impacts=toll))  # fmt: skip
    assert change is not None
    assert change.kind is ChangeKind.CONFIRMED
    assert world.only.area == (GAO,)


def test_two_stories_of_a_vast_country_are_not_one_because_they_come_on_one_day() -> None:
    world = World()
    world.hear(item("Man stabbed on a bus in Gao"), assessment(GAO, Hazard.ARMED_ATTACK))
    world.hear(item("Air force bombs a convoy in the desert", hours=3), assessment(MALI, Hazard.ARMED_CONFLICT))
    assert len(world.known) == 2


def test_an_official_word_of_calm_joins_the_event_it_is_about() -> None:
    world = World()
    world.hear(item("Gunmen storm police post in Bamako"), assessment(BAMAKO))
    calm = assessment(BAMAKO, None, alertable=False, severity=Severity.NONE, status=None,
                      reasons=(Reason(code="reassurance"),))  # fmt: skip
    change = world.hear(item("People may go about their day, says ministry", outlet="Ministry", official=True), calm)
    assert change is not None
    assert world.only.live


def test_an_outlet_takes_back_its_own_report_but_not_by_saying_no_to_something_else() -> None:
    denied = assessment(BKO, alertable=False, severity=Severity.NONE, status=Status.DENIED)
    for title, state in (
        ("Correction: no shooting at Bamako airport", EventState.RETRACTED),
        ("Minister rules out early elections", EventState.UNCONFIRMED),
    ):
        world = World()
        world.hear(item("Shooting at Bamako airport"), assessment(BKO))
        world.hear(item(title, hours=1), denied)
        assert world.only.state is state


def test_a_curfew_that_belongs_to_a_riot_is_its_own_for_as_long_as_it_lasts() -> None:
    curfew = (MeasureState(measure=Measure.CURFEW, cue=Cue.IMPOSED, place=BAMAKO),)
    world = World()
    world.hear(item("Riots in Mali, curfew in Bamako"), assessment(MALI, Hazard.UNREST, measures=curfew))
    world.hear(item("Streets empty under curfew", hours=50, outlet="Le Fleuve"),
               assessment(BAMAKO, Hazard.ADVISORY, measures=curfew))  # fmt: skip
    assert len(world.known) == 1


def test_a_closure_days_after_a_fire_is_none_of_its_consequences() -> None:
    world = World()
    world.hear(item("Smoke of bush fires over Bamako"), assessment(BAMAKO, Hazard.WILDFIRE))
    world.hear(item("Airline grounds its fleet at Bamako", hours=60), closure())
    assert len(world.known) == 2


def test_a_place_an_ocean_away_that_a_report_also_names_does_not_widen_an_attack() -> None:
    world = World()
    world.hear(item("Gunmen storm police post in Bamako"), assessment(BAMAKO))
    change = world.hear(
        item("Paris and Bamako mourn after attack", outlet="Le Fleuve", hours=3),
        assessment(BAMAKO, places=(BAMAKO, FRANCE)),
    )
    assert change is not None
    assert change.kind is ChangeKind.CONFIRMED
    assert world.only.countries == ("ML",)


def test_after_its_whole_span_the_same_hazard_at_the_same_place_is_another_event() -> None:
    world = World()
    for day in range(4):
        world.hear(item(f"Gunfire in Bamako, day {day}", hours=24 * day), assessment(status=Status.PAST))
    assert len(world.known) == 1
    change = world.hear(item("Soldiers exchange shots in the capital", hours=24 * 4.5), assessment(status=Status.PAST))
    assert change is not None
    assert change.kind is ChangeKind.OPENED

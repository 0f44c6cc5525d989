from dataclasses import replace
from datetime import date, time

from builders import BAMAKO, BKO, BURKINA_FASO, FRANCE, GAO, MALI, NIGER, at, chat, event, report, watch

from bot.model.assessment import MeasureState, Severity, TargetState
from bot.model.event import ChangeKind, Event, EventChange, EventState
from bot.model.hazard import Hazard, Measure, Target
from bot.model.place import Place, PlaceKind, Point
from bot.model.reading import Cue
from bot.model.watch import Match, QuietHours, Watch, Watched, WatchKind
from bot.watches.match import matches

KOULIKORO = replace(BAMAKO, id="gn:2454938", name="Koulikoro", point=Point(12.86, -7.56), radius_km=4, capital=False,
                    parents=("adm:ML.2", MALI.id))  # fmt: skip
GAO_REGION = replace(GAO, id="adm:ML.09", name="Gao Region", kind=PlaceKind.REGION, parents=(MALI.id,), radius_km=200)


def opened(after: Event, kind: ChangeKind = ChangeKind.OPENED, before: Event | None = None) -> EventChange:
    return EventChange(kind=kind, before=before, after=after, cause="item", at=at(0))


def watched(one: Watch, **fields: object) -> Watched:
    return Watched(watch=one, chat=chat(one.chat_id, **fields))


def the_match(change: EventChange, one: Watch, **fields: object) -> Match | None:
    found = matches(change, [watched(one, **fields)], at(0))
    return found[0][1] if found else None


def why(change: EventChange, one: Watch) -> str | None:
    found = the_match(change, one)
    return found.why if found else None


def pin(lat: float, lon: float, country: str | None = "ML", **fields: object) -> Watch:
    place = Place(id=f"pin:{lat},{lon}", name="Pin", kind=PlaceKind.CITY, country=country, point=Point(lat, lon))
    return replace(watch(place), kind=WatchKind.PIN, **fields)


ATTACK = opened(event())
COUNTRYWIDE = opened(event(MALI))


def test_a_country_watch_hears_what_is_inside_and_nothing_else() -> None:
    assert why(ATTACK, watch(MALI)) == "in-country"
    assert [why(ATTACK, watch(country)) for country in (NIGER, FRANCE, BURKINA_FASO)] == [None, None, None]


def test_a_city_watch_hears_its_city_with_the_distance_and_the_bearing() -> None:
    found = the_match(ATTACK, watch(KOULIKORO))
    assert found is not None
    assert found.why == "near"
    assert found.place == BAMAKO
    assert 50 < (found.distance_km or 0) < 60
    assert 230 < (found.bearing or 0) < 245


def test_the_default_radius_grows_with_the_severity() -> None:
    far = pin(12.61, -6.80)  # 128 km from the centre, 113 km from the edge of the city
    assert why(ATTACK, far) is None
    assert why(opened(event(severity=Severity.EXTREME)), far) == "near"
    near = pin(12.61, -7.15)  # 90 km, 75 km from the edge
    assert why(ATTACK, near) == "near"
    assert why(opened(event(severity=Severity.MODERATE)), near) is None


def test_a_radius_that_the_person_set_holds_at_every_severity() -> None:
    small = pin(12.61, -7.15, radius_km=20.0)
    assert why(opened(event(severity=Severity.EXTREME)), small) is None


def test_a_pin_hears_over_the_date_line() -> None:
    taveuni = replace(GAO, id="gn:1", name="Waiyevo", country="FJ", parents=(), point=Point(-16.79, -179.98))
    storm = opened(event(taveuni, Hazard.STORM))
    assert why(storm, pin(-16.8, 179.9, "FJ")) == "near"


def test_a_pin_at_the_pole_hears_what_is_across_it() -> None:
    camp = replace(GAO, id="gn:2", name="Ice camp", country=None, parents=(), point=Point(89.8, 0))
    assert why(opened(event(camp)), pin(89.8, 180, None)) == "near"


def test_an_airport_watch_hears_its_own_state() -> None:
    shut = (TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=BKO),)
    assert why(opened(event(GAO, targets=shut)), watch(BKO)) == "airport-state"


def test_an_airport_watch_hears_what_happens_within_30_km_and_not_at_60() -> None:
    assert why(ATTACK, watch(BKO)) == "near"
    assert why(opened(event(KOULIKORO)), watch(BKO)) is None


def test_a_route_hears_what_lies_along_it() -> None:
    segou = replace(GAO, id="gn:3", name="Ségou", point=Point(13.43, -6.26), parents=("adm:ML.4", MALI.id))
    gossi = replace(GAO, id="gn:4", name="Gossi", point=Point(15.82, -1.29), parents=("adm:ML.5", MALI.id))
    road = replace(watch(BAMAKO), kind=WatchKind.ROUTE, area=(BAMAKO, GAO))
    kayes = replace(GAO, id="gn:5", name="Kayes", point=Point(14.45, -11.44), parents=("adm:ML.6", MALI.id))
    assert why(opened(event(gossi)), road) == "on-route"
    assert why(opened(event(BKO, Hazard.AIRPORT)), road) == "on-route"
    assert why(opened(event(kayes)), road) is None
    assert why(opened(event(segou)), replace(road, radius_km=5.0)) == "on-route"
    assert why(opened(event(gossi)), replace(road, radius_km=5.0)) is None


SAHEL = Place(id="group:sahel", name="Sahel", kind=PlaceKind.AREA, country=None, point=Point(15, 0),
              countries=("BF", "ML", "NE"))  # fmt: skip


def test_a_group_of_countries_hears_what_happens_in_any_of_them_however_far() -> None:
    group = replace(watch(SAHEL), kind=WatchKind.GROUP)
    assert why(ATTACK, group) == "in-group"
    assert why(COUNTRYWIDE, group) == "in-group"
    assert why(opened(event(NIGER, Hazard.FLOOD)), group) == "in-group"
    assert why(opened(event(FRANCE)), group) is None


def test_a_countrys_own_watch_wins_over_its_group() -> None:
    group = replace(watch(SAHEL, number=1), kind=WatchKind.GROUP)
    found = matches(ATTACK, [watched(group), watched(watch(MALI, number=2))], at(0))
    assert [match.why for _, match in found] == ["in-country"]


LIVE = replace(pin(12.61, -7.15), kind=WatchKind.LIVE, ends_at=at(8))


def test_a_live_location_hears_like_a_pin_until_it_ends() -> None:
    assert why(ATTACK, LIVE) == "near"
    assert matches(ATTACK, [watched(LIVE)], at(8)) == ()


def test_where_a_live_location_was_cannot_be_told_from_its_alert() -> None:
    found = the_match(ATTACK, LIVE)
    assert found is not None
    assert [here.point for here in found.watch.area] == [BAMAKO.point]
    assert (found.distance_km, found.bearing) == (90.0, 270.0)


def test_a_region_watch_hears_its_towns() -> None:
    assert why(opened(event(GAO)), watch(GAO_REGION)) == "in-region"
    assert why(ATTACK, watch(GAO_REGION)) is None


def test_what_is_known_by_country_alone_is_for_country_watches_unless_extreme() -> None:
    extreme = opened(event(MALI, severity=Severity.EXTREME))
    assert why(COUNTRYWIDE, watch(MALI)) == "in-country"
    assert why(COUNTRYWIDE, watch(BAMAKO)) is None
    assert why(extreme, watch(BAMAKO)) == "all-country"
    assert why(extreme, watch(FRANCE)) is None


def test_what_is_declared_for_the_country_reaches_every_place_in_it() -> None:
    emergency = (MeasureState(measure=Measure.EMERGENCY, cue=Cue.IMPOSED, place=MALI),)
    airspace = (TargetState(target=Target.AIRSPACE, cue=Cue.CLOSED, place=MALI),)
    for declared in (event(measures=emergency), event(targets=airspace), event(MALI, Hazard.COUP)):
        for place in (GAO, GAO_REGION):
            assert why(opened(declared), watch(place)) == "nationwide"
        assert why(opened(declared), replace(watch(GAO), kind=WatchKind.PIN)) == "nationwide"
        assert why(opened(declared), watch(FRANCE)) is None


def test_a_curfew_in_one_city_is_not_declared_for_the_country() -> None:
    curfew = (MeasureState(measure=Measure.CURFEW, cue=Cue.IMPOSED, place=BAMAKO),)
    assert why(opened(event(measures=curfew)), watch(GAO)) is None


def test_a_measure_declared_for_a_region_reaches_its_towns() -> None:
    curfew = (MeasureState(measure=Measure.CURFEW, cue=Cue.IMPOSED, place=GAO_REGION),)
    far = replace(GAO, id="gn:6", name="Ménaka", point=Point(15.92, 2.40))
    assert why(opened(event(measures=curfew)), watch(replace(far, parents=GAO.parents))) in {"nationwide", "near"}


def test_below_the_least_severity_nothing_is_heard() -> None:
    assert why(opened(event(severity=Severity.MINOR)), watch(MALI)) is None
    assert why(ATTACK, watch(MALI, min_severity=Severity.EXTREME)) is None


def test_who_heard_it_at_its_worst_hears_its_end() -> None:
    worst = event(severity=Severity.EXTREME, reports=(report(severity=Severity.EXTREME),))
    eased = replace(worst, severity=Severity.SEVERE, state=EventState.EASING)
    over = replace(eased, severity=Severity.MINOR, state=EventState.ENDED)
    picky = watch(MALI, min_severity=Severity.EXTREME)
    far = pin(12.61, -6.80)
    for one in (picky, far):
        assert why(opened(eased, ChangeKind.EASED, worst), one)
        assert why(opened(over, ChangeKind.ENDED, eased), one)


def test_a_correction_concerns_those_at_the_right_place_alone() -> None:
    wrong, right = event(GAO), event(BAMAKO)
    assert why(opened(right, ChangeKind.CORRECTED, wrong), watch(BAMAKO)) == "near"
    assert why(opened(right, ChangeKind.CORRECTED, wrong), watch(GAO)) is None


def test_hazards_not_asked_for_are_not_heard() -> None:
    assert why(ATTACK, watch(MALI, hazards=frozenset({Hazard.FLOOD}))) is None
    assert why(ATTACK, watch(MALI, hazards=frozenset({Hazard.ARMED_ATTACK}))) == "in-country"


def test_who_asks_for_airports_hears_of_the_attack_that_shuts_one() -> None:
    shut = (TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=BKO),)
    flyer = watch(MALI, hazards=frozenset({Hazard.AIRPORT}))
    assert why(ATTACK, flyer) is None
    assert why(opened(event(targets=shut)), flyer) == "in-country"


def test_a_watch_is_on_from_its_first_to_its_last_day_in_the_chats_zone() -> None:
    trip = watch(MALI, active_from=date(2024, 9, 17), active_until=date(2024, 9, 17))
    assert matches(ATTACK, [watched(trip)], at(0))
    assert not matches(ATTACK, [watched(trip)], at(24))
    assert not matches(ATTACK, [watched(trip)], at(-24))
    assert not matches(ATTACK, [watched(trip, timezone="Pacific/Kiritimati")], at(12))


def test_a_muted_watch_wakes_for_an_escalation_to_extreme_alone() -> None:
    muted = watch(MALI, muted_until=at(10))
    extreme = event(severity=Severity.EXTREME)
    assert why(ATTACK, muted) is None
    assert why(opened(extreme, ChangeKind.ESCALATED, event()), muted) == "in-country"
    assert matches(ATTACK, [watched(muted)], at(10))


def test_a_chat_with_three_fitting_watches_is_told_once_by_the_nearest() -> None:
    three = [watched(watch(place, number=number)) for number, place in enumerate((MALI, KOULIKORO, BAMAKO))]
    ((one, found),) = matches(ATTACK, three, at(0))
    assert found.place == BAMAKO
    assert one.watch.area == (BAMAKO,)


def test_each_chat_is_matched_on_its_own() -> None:
    found = matches(ATTACK, [watched(watch(MALI, number=n, chat_id=n)) for n in (3, 1, 2)], at(0))
    assert [one.chat.id for one, _ in found] == [1, 2, 3]


def test_quiet_hours_travel_with_the_match() -> None:
    found = the_match(ATTACK, watch(MALI), quiet=QuietHours(time(6), time(9)))
    assert found is not None
    assert found.quiet_until == at(2)

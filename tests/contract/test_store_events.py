import asyncio
from dataclasses import replace
from math import inf

import pytest
from builders import BAMAKO, BKO, BURKINA_FASO, GAO, MALI, NIGER, at, event, item, report
from contract.outbox_builders import alert, changed, decision, opened

from bot.model.assessment import Certainty, MeasureState, Reason, Severity, TargetState, Toll
from bot.model.errors import VersionClash
from bot.model.event import ChangeKind, Event, EventState, Neighbourhood, News
from bot.model.hazard import Hazard, Measure, Target
from bot.model.place import Place, PlaceKind, Point
from bot.model.reading import Cue, ImpactKind
from bot.model.text import Field, Span
from bot.services.ports import Store
from bot.storage.store import SqlStore

BY_COUNTRY = Neighbourhood(countries=("ML",), points=(), km=0, since=at(-72))


def around(point: Point, km: float) -> Neighbourhood:
    return Neighbourhood(countries=(), points=(point,), km=km, since=at(-72))


def at_sea(lat: float, lon: float, **fields: object) -> Event:
    sea = Place(id=f"area:{lat}{lon}", name="Open sea", kind=PlaceKind.AREA, country=None, point=Point(lat, lon))
    return event(sea, Hazard.TSUNAMI, id=f"sea {lat} {lon}", **fields)


async def test_an_event_comes_back_with_all_that_is_known_of_it(store: Store) -> None:
    full = event(
        area=(BAMAKO, BKO, GAO), also=(Hazard.AIRPORT,), certainty=Certainty.OBSERVED, reassured=True,
        impacts=(Toll(kind=ImpactKind.KILLED, low=14, high=inf, speaker="a hospital"),),
        targets=(TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=BKO),),
        measures=(MeasureState(measure=Measure.CURFEW, cue=Cue.IMPOSED, place=None),),
        reports=(report(), report("Radio Niger", hours=2, official=True, status=None)),
        occurred_at=at(-1.5), expires_at=at(72),
    )  # fmt: skip

    await store.commit([decision(opened(full))])

    assert await store.event(full.id) == full
    assert await store.event("another") is None


async def test_an_event_moves_on_from_the_version_that_was_judged(store: Store) -> None:
    first = event()
    worse = changed(first, ChangeKind.ESCALATED, severity=Severity.EXTREME)
    await store.commit([decision(opened(first))])
    await store.commit([decision(worse)])

    assert await store.event(first.id) == worse.after


async def test_what_was_judged_on_an_old_version_writes_nothing_at_all(store: Store) -> None:
    first = event()
    await store.commit([decision(opened(first))])
    await store.commit([decision(changed(first, headline="Explosions in Bamako"))])
    late = item("Bamako airport shut after the attack")
    other = event(GAO, id="event-2")

    with pytest.raises(VersionClash):
        await store.commit(
            [decision(opened(other), changed(first, ChangeKind.ENDED), alerts=(alert(),), item=late)]
        )  # fmt: skip

    assert await store.unseen([late]) == (late,)
    assert await store.event("event-2") is None
    assert await store.told([first.id]) == {}
    present = await store.event(first.id)
    assert present is not None
    assert (present.version, present.headline) == (2, "Explosions in Bamako")


async def test_an_event_is_opened_once(store: Store) -> None:
    await store.commit([decision(opened(event()))])

    with pytest.raises(VersionClash):
        await store.commit([decision(opened(event(headline="Shots in Bamako")))])


async def test_of_two_judgements_at_the_same_time_one_has_to_judge_again(store: Store) -> None:
    first = event()
    await store.commit([decision(opened(first))])
    answers = await asyncio.gather(
        *(store.commit([decision(changed(first, headline=f"Headline {n}"))]) for n in range(10)),
        return_exceptions=True,
    )

    assert [type(answer) for answer in answers if answer != 0] == [VersionClash] * 9
    present = await store.event(first.id)
    assert present is not None
    assert present.version == 2


async def test_a_version_that_does_not_rise_is_a_fault_of_the_caller(store: Store) -> None:
    first = event()
    await store.commit([decision(opened(first))])
    with pytest.raises(ValueError, match="cannot follow"):
        await store.commit([decision(replace(changed(first), after=replace(first, headline="Shots")))])


async def test_nothing_new_still_joins_its_report_to_the_event(store: Store) -> None:
    first = event()
    joined = changed(first, ChangeKind.NOTHING_NEW, reports=(*first.reports, report("Wire Copy")))
    await store.commit([decision(opened(first), joined)])

    assert await store.event(first.id) == joined.after


async def test_events_are_found_by_any_of_their_countries(store: Store) -> None:
    both = event(area=(BAMAKO, NIGER))
    await store.commit([decision(opened(both), opened(event(BURKINA_FASO, id="event-2")))])

    assert await store.known_events(replace(BY_COUNTRY, countries=("NE", "FR"))) == (both,)
    assert await store.known_events(replace(BY_COUNTRY, countries=("FR",))) == ()


async def test_an_event_whose_place_is_corrected_is_found_where_it_is_now(store: Store) -> None:
    first = event(BURKINA_FASO)
    corrected = changed(first, ChangeKind.CORRECTED, place=BAMAKO, area=(BAMAKO,))
    await store.commit([decision(opened(first), corrected)])

    assert await store.known_events(BY_COUNTRY) == (corrected.after,)
    assert await store.known_events(replace(BY_COUNTRY, countries=("BF",))) == ()


async def test_closed_events_are_known_merged_ones_are_not(store: Store) -> None:
    ended = event(id="ended", state=EventState.ENDED)
    merged = event(id="merged", state=EventState.MERGED, merged_into="ended")
    await store.commit([decision(opened(ended), opened(merged), opened(event()))])

    assert {one.id for one in await store.known_events(BY_COUNTRY)} == {"ended", "event-1"}
    assert [one.id for one in await store.live_events()] == ["event-1"]


async def test_known_events_come_newest_first_and_old_ones_not_at_all(store: Store) -> None:
    await store.commit(
        [decision(*(opened(event(id=f"{hours} h", last_seen_at=at(hours))) for hours in (-73, -72, 0, -5)))]
    )

    assert [one.id for one in await store.known_events(BY_COUNTRY)] == ["0 h", "-5 h", "-72 h"]


@pytest.mark.parametrize(
    ("lat", "lon", "point"),
    [
        (0.5, 179.7, Point(0.5, -179.7)),
        (-17.0, -179.9, Point(-17.2, 179.8)),
        (89.6, 10.0, Point(89.7, -170.0)),
        (-89.9, 0.0, Point(-89.9, 180.0)),
        (71.0, 25.0, Point(71.2, 26.5)),
    ],
)
async def test_events_are_found_by_distance_over_the_date_line_and_the_poles(
    store: Store, lat: float, lon: float, point: Point
) -> None:
    sea = at_sea(lat, lon)
    await store.commit([decision(opened(sea))])
    km = sea.place.point.km_to(point)

    assert await store.known_events(around(point, km + 0.01)) == (sea,)
    assert await store.known_events(around(point, km - 0.01)) == ()


async def test_the_corners_of_the_searched_box_are_too_far(store: Store) -> None:
    corner = at_sea(12.61 + 0.85, -7.98 + 0.85)  # 132 km away, in a box of 100 km to each side
    await store.commit([decision(opened(corner))])

    assert await store.known_events(around(BAMAKO.point, 100)) == ()
    assert await store.known_events(around(BAMAKO.point, 135)) == (corner,)


async def test_the_history_tells_each_change_with_its_cause_and_its_reasons(store: SqlStore) -> None:
    first = event()
    killed = Reason(code="killed", points=25, spans=(Span(Field.TITLE, 3, 9),), note="14 killed")
    worse = replace(
        changed(first, ChangeKind.UPDATED, severity=Severity.EXTREME),
        cause="item-2", reasons=(killed,), news=(News.FIRST_TOLL,),
    )  # fmt: skip
    expired = changed(worse.after, ChangeKind.EXPIRED, hours=96, state=EventState.EXPIRED)
    await store.commit([decision(opened(first, cause="item-1"))])
    await store.commit([decision(worse)])
    await store.commit([decision(expired)])

    history = await store.history(first.id)

    assert [(one.kind, one.version, one.item_id, one.at, one.state, one.severity) for one in history] == [
        (ChangeKind.OPENED, 1, "item-1", at(0), EventState.OPEN, Severity.SEVERE),
        (ChangeKind.UPDATED, 2, "item-2", at(1), EventState.OPEN, Severity.EXTREME),
        (ChangeKind.EXPIRED, 3, None, at(96), EventState.EXPIRED, Severity.EXTREME),
    ]
    assert history[1].reasons == (killed,)
    assert history[1].news == (News.FIRST_TOLL,)


async def test_a_country_event_lies_in_its_country(store: Store) -> None:
    coup = event(MALI, Hazard.COUP)
    await store.commit([decision(opened(coup))])

    assert await store.known_events(BY_COUNTRY) == (coup,)


def named(*words: str) -> Neighbourhood:
    return Neighbourhood(countries=(), points=(), km=0, since=at(-72), words=words)


async def test_an_event_is_found_by_the_names_that_it_is_known_by_as_long_as_it_is(store: Store) -> None:
    first = event(reports=(report(title="Singer Mariam Diallo shot dead in Bamako"),))
    await store.commit([decision(opened(first))])
    assert await store.known_events(named("manhu", "diall")) == (first,)
    assert await store.known_events(named("manhu", "shot", "bamak")) == ()

    titles = ("Singer Mariam Diallo shot dead in Bamako", "Killers of Diallo flee", "Who shot Diallo?")
    later = changed(first, reports=tuple(report(hours=n, title=title) for n, title in enumerate(titles)))
    await store.commit([decision(later)])
    assert await store.known_events(named("maria")) == ()
    assert await store.known_events(named("diall")) == (later.after,)


async def test_of_a_towns_country_those_are_found_that_are_wide_or_bear_a_sign(store: Store) -> None:
    town, coup = event(BAMAKO), event(MALI, Hazard.COUP, id="coup")
    await store.commit([decision(opened(town), opened(coup))])
    elsewhere = replace(BY_COUNTRY, signs=())
    assert await store.known_events(elsewhere) == (coup,)
    assert set(await store.known_events(replace(elsewhere, signs=("@bamak",)))) == {town, coup}

    shaken = changed(town, hazard=Hazard.STORM)
    await store.commit([decision(shaken)])
    assert set(await store.known_events(elsewhere)) == {shaken.after, coup}


async def test_of_a_towns_country_those_are_found_too_that_were_heard_of_since(store: Store) -> None:
    town = event(BAMAKO, last_seen_at=at(2))
    await store.commit([decision(opened(town))])
    elsewhere = replace(BY_COUNTRY, signs=())
    assert await store.known_events(replace(elsewhere, at=at(3))) == ()
    assert await store.known_events(replace(elsewhere, at=at(1))) == (town,)
    assert await store.known_events(replace(elsewhere, countries=("NE",), at=at(1))) == ()

"""What a map shows: the event, its shut ways, what is watched, and no more than a reader may know."""

from dataclasses import replace

import pytest
from builders import BAMAKO, BKO, GAO, MALI, at, event, watch

from bot.gazetteer import Gazetteer
from bot.maps.sketch import sketch
from bot.model.assessment import Severity, TargetState
from bot.model.event import Event
from bot.model.hazard import Target
from bot.model.place import Place
from bot.model.reading import Cue
from bot.model.sketch import CircleKind, Mark, MarkKind, Sketch
from bot.model.watch import Match, Watch, WatchKind

ATLAS = Gazetteer.open()


def drawn(of: Event, watched: Watch, language: str = "en") -> Sketch:
    return sketch(of, Match(watch=watched, why="near", place=of.place), language, ATLAS)


def marks(shown: Sketch, kind: MarkKind) -> list[Mark]:
    return [mark for mark in shown.marks if mark.kind is kind]


SHUT = event(targets=(TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=BKO, since=at(0)),))


def test_the_shut_airport_is_marked_by_its_code_and_once() -> None:
    shown = drawn(SHUT, watch(BKO))
    assert [mark.label for mark in marks(shown, MarkKind.AIRPORT_SHUT)] == ["BKO"]
    assert not [mark for mark in marks(shown, MarkKind.AIRPORT) if mark.label == "BKO"]
    assert not marks(shown, MarkKind.WATCH)


def test_names_are_in_the_readers_language() -> None:
    for language, name in (("ru", "Бамако"), ("ar", "باماكو"), ("en", "Bamako")):
        assert [mark.label for mark in marks(drawn(event(), watch(MALI), language), MarkKind.EVENT)] == [name]


def test_a_watched_place_and_its_radius_are_shown_and_seen_whole() -> None:
    shown = drawn(event(), watch(GAO, radius_km=60))
    assert [mark.label for mark in marks(shown, MarkKind.WATCH)] == ["Gao"]
    (circle,) = (circle for circle in shown.circles if circle.kind is CircleKind.WATCH)
    assert circle.km == 60
    assert shown.half_km * 0.75 >= BAMAKO.point.km_to(GAO.point) + 60


def test_a_reach_of_350_km_does_not_make_the_town_too_small_to_be_seen() -> None:
    voices = (*event().reports, replace(event().reports[0], voice="another", source_id="another", item_id="2"))
    extreme = event(severity=Severity.EXTREME, reports=voices)
    assert drawn(extreme, watch(BAMAKO)).half_km < 150


def test_where_a_live_location_is_cannot_be_seen() -> None:
    live = watch(GAO, kind=WatchKind.LIVE)
    shown = drawn(event(), live)
    assert not marks(shown, MarkKind.WATCH)
    assert all(circle.kind is CircleKind.AREA for circle in shown.circles)
    assert shown.half_km < 150


@pytest.mark.parametrize("name", ["Chile", "Russia", "Tuvalu", "Fiji", "Canada"])
def test_an_event_known_by_country_alone_shows_much_of_the_country(name: str) -> None:
    country = ATLAS.search(name)[0]
    shown = drawn(event(country), watch(country))
    assert shown.half_km >= min(country.radius_km, 2_500)
    assert [mark.label for mark in marks(shown, MarkKind.EVENT)] == [""]


def test_quarters_of_the_stricken_city_do_not_crowd_it() -> None:
    city: Place = ATLAS.search("Mexico City")[0]
    shown = drawn(event(city), watch(city))
    towns = marks(shown, MarkKind.TOWN)
    assert towns
    assert all(mark.point.km_to(city.point) > city.radius_km for mark in towns)


def test_a_watched_way_is_drawn_between_its_ends() -> None:
    way = watch(BAMAKO, kind=WatchKind.ROUTE, area=(BAMAKO, GAO))
    assert drawn(event(), way).route == (BAMAKO.point, GAO.point)


def test_equal_events_and_watches_make_equal_sketches_so_that_one_upload_serves_all() -> None:
    one, other = drawn(event(), watch(MALI, number=1)), drawn(event(), watch(MALI, number=2, chat_id=9))
    assert hash(one) == hash(other)
    assert one == other

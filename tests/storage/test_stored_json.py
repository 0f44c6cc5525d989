"""What goes in comes out."""

import json
from datetime import UTC, timedelta
from math import inf

import pytest
from builders import at, event, item, watch
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.feeds.full_list import Listed
from bot.feeds.rhythm import Rhythm
from bot.model.alert import Alert
from bot.model.assessment import MeasureState, TargetState, Toll
from bot.model.event import Event, Report
from bot.model.hazard import Hazard
from bot.model.item import Cap, Item
from bot.model.place import Place, Point
from bot.model.reading import ImpactKind
from bot.model.watch import Chat, Match, QuietHours, Watch
from bot.services.ports import Moved, SourceState, Validators
from bot.storage.stored_json import dumps, loads

MOMENTS = st.datetimes(timezones=st.just(UTC))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
RANGE_ENDS = st.floats(allow_nan=False)
POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
PLACES = st.builds(Place, point=POINTS, radius_km=NUMBERS)
TOLLS = st.builds(Toll, low=RANGE_ENDS, high=RANGE_ENDS)
TARGETS = st.builds(TargetState, place=st.none() | PLACES)
MEASURES = st.builds(MeasureState, place=st.none() | PLACES)
REPORTS = st.builds(Report, published_at=MOMENTS)


def few(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


EVENTS = st.builds(
    Event, place=PLACES, area=few(PLACES), first_seen_at=MOMENTS, last_seen_at=MOMENTS, impacts=few(TOLLS),
    targets=few(TARGETS), measures=few(MEASURES), reports=few(REPORTS), occurred_at=st.none() | MOMENTS,
    expires_at=st.none() | MOMENTS,
)  # fmt: skip
WATCHES = st.builds(
    Watch, area=few(PLACES), radius_km=st.none() | NUMBERS, muted_until=st.none() | MOMENTS,
    created_at=st.none() | MOMENTS,
)  # fmt: skip
MATCHES = st.builds(
    Match, watch=WATCHES, place=PLACES, distance_km=st.none() | NUMBERS, bearing=st.none() | NUMBERS,
    quiet_until=st.none() | MOMENTS,
)  # fmt: skip
ALERTS = st.builds(
    Alert, match=MATCHES, created_at=MOMENTS, expires_at=MOMENTS, not_before=st.none() | MOMENTS
)  # fmt: skip
CAPS = st.builds(
    Cap, sent=MOMENTS, expires=st.none() | MOMENTS, polygons=few(few(POINTS)),
    circles=few(st.tuples(POINTS, NUMBERS)),
)  # fmt: skip
ITEMS = st.builds(
    Item, fetched_at=st.none() | MOMENTS, published_at=st.none() | MOMENTS, points=few(POINTS), cap=st.none() | CAPS
)  # fmt: skip
CHATS = st.builds(
    Chat, quiet=st.none() | st.builds(QuietHours, st.times(), st.times()), timezone=st.just("Africa/Bamako")
)  # fmt: skip
SPANS = st.timedeltas(timedelta(0), timedelta(days=400))
STATES = st.builds(
    SourceState, validators=st.builds(Validators), next_at=st.none() | MOMENTS, last_success_at=st.none() | MOMENTS,
    last_item_at=st.none() | MOMENTS, moved=st.none() | st.builds(Moved, since=MOMENTS), wish=st.none() | SPANS,
    rhythm=st.none() | st.builds(Rhythm, ttl=st.none() | SPANS, skip_hours=few(st.integers(0, 23))),
    listed=few(st.builds(Listed, since=MOMENTS)), longest_gap=st.none() | SPANS,
)  # fmt: skip


@pytest.mark.parametrize(
    ("noun", "values"),
    [
        (Event, EVENTS), (Alert, ALERTS), (Watch, WATCHES), (Item, ITEMS), (Chat, CHATS), (SourceState, STATES),
    ],
)  # fmt: skip
def test_every_noun_comes_back_as_it_went_in(noun: type, values: st.SearchStrategy[object]) -> None:
    @settings(max_examples=80, deadline=None)
    @given(values)
    def round_trip(value: object) -> None:
        back = loads(noun, dumps(noun, value))
        assert back == value
        assert type(back) is noun

    round_trip()


def test_at_least_fourteen_killed_is_still_at_least_fourteen() -> None:
    at_least = event(impacts=(Toll(kind=ImpactKind.KILLED, low=14, high=inf),))

    text = dumps(Event, at_least)

    assert loads(Event, text) == at_least
    json.loads(text, parse_constant=lambda constant: pytest.fail(f"{constant} is not JSON"))


def test_times_come_back_in_utc() -> None:
    back = loads(Event, dumps(Event, event(occurred_at=at(3))))

    assert back.occurred_at.utcoffset() == at(0).utcoffset()


def test_containers_come_back_immutable() -> None:
    back = loads(Watch, dumps(Watch, watch(hazards=frozenset({Hazard.STORM}))))

    assert isinstance(back.hazards, frozenset)
    assert isinstance(back.area, tuple)
    assert hash(back) == hash(watch(hazards=frozenset({Hazard.STORM})))


def test_a_row_written_before_a_field_was_added_still_loads() -> None:
    old = json.loads(dumps(Item, item("Gunfire in Bamako")))
    for added in ("regions", "cap", "points", "voice"):
        del old[added]

    back = loads(Item, json.dumps(old))

    assert (back.title, back.regions, back.cap) == ("Gunfire in Bamako", (), None)


@pytest.mark.parametrize("text", ["", "{}", "null", '{"id": 1', dumps(Item, item("Gunfire in Bamako"))])
def test_what_is_no_event_is_refused_at_the_door(text: str) -> None:
    with pytest.raises(ValidationError):
        loads(Event, text)

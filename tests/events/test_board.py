from itertools import permutations

from builders import BAMAKO, BKO, GAO, MALI, NIGER, assessment, at, event, item, report
from events.world import World
from hypothesis import given
from hypothesis import strategies as st

from bot.events.board import NEWLY, Row, Standing, board
from bot.model.assessment import Status, TargetState
from bot.model.event import Event, EventState
from bot.model.hazard import Hazard, Target
from bot.model.place import Place
from bot.model.reading import Cue


def way(cue: Cue, hours: float, place: Place = BKO, target: Target = Target.AIRPORT) -> TargetState:
    return TargetState(target=target, cue=cue, place=place, since=at(hours))


def with_ways(*ways: TargetState, **fields: object) -> Event:
    return event(BAMAKO, targets=ways, last_seen_at=at(9), **fields)


def only(*events: Event, hours: float = 10) -> Row:
    (row,) = board(events, at(hours))
    return row


def heard(*told: tuple[float, Cue, str]) -> World:
    """Return the world after reports of Bamako's airport, each with its hour, cue and outlet."""
    world = World()
    for hours, cue, outlet in told:
        over = cue in {Cue.RESTORED, Cue.LIFTED}
        world.hear(
            item(f"Bamako airport {cue} {hours}", outlet=outlet, hours=hours),
            assessment(
                BKO, Hazard.AIRPORT, status=Status.ENDED if over else Status.ONGOING,
                targets=(TargetState(target=Target.AIRPORT, cue=cue, place=BKO),),
            ),
        )  # fmt: skip
    return world


def test_a_closure_that_is_told_again_stands_since_it_was_first_told() -> None:
    row = only(heard((0, Cue.CLOSED, "Sahel Wire"), (5, Cue.CLOSED, "Le Fleuve")).only)
    assert (row.standing, row.since, row.heard_at) == (Standing.CLOSED, at(0), at(5))
    assert {one.outlet for one in row.sources} == {"Sahel Wire", "Le Fleuve"}


def test_a_reopening_and_the_next_closure_each_stand_since_their_own_time() -> None:
    told = ((0, Cue.CLOSED, "Sahel Wire"), (5, Cue.RESTORED, "Le Fleuve"), (7, Cue.CLOSED, "Sahel Wire"))
    reopened = board(heard(*told[:2]).known.values(), at(6))
    again = board(heard(*told).known.values(), at(8))
    assert [(row.standing, row.since) for row in reopened] == [(Standing.REOPENED, at(5))]
    assert [(row.standing, row.since) for row in again] == [(Standing.CLOSED, at(7))]


def test_since_does_not_depend_on_which_report_comes_in_first() -> None:
    told = ((0, Cue.CLOSED, "Sahel Wire"), (2, Cue.SUSPENDED, "Le Fleuve"), (5, Cue.RESTORED, "Radio Sud"))
    boards = {
        tuple((row.standing, row.since) for row in board(heard(*order).known.values(), at(9)))
        for order in permutations(told)
    }
    assert boards == {((Standing.REOPENED, at(5)),)}


def test_what_will_reopen_is_still_closed_since_it_was_closed() -> None:
    row = only(heard((0, Cue.CLOSED, "Sahel Wire"), (5, Cue.TO_RESTORE, "Le Fleuve")).only)
    assert (row.standing, row.since) == (Standing.CLOSED, at(0))


def test_what_reopened_days_ago_is_simply_open() -> None:
    opened = with_ways(way(Cue.RESTORED, 5))
    assert only(opened).standing is Standing.REOPENED
    (row,) = board((opened,), at(5) + NEWLY)
    assert (row.standing, row.since) == (Standing.OPEN, at(5))


def test_flights_that_resume_in_part_leave_an_airport_disrupted() -> None:
    assert only(with_ways(way(Cue.PARTLY_RESTORED, 3, target=Target.FLIGHTS))).standing is Standing.DISRUPTED


def test_the_citys_airport_and_the_named_one_are_one_row() -> None:
    city = with_ways(way(Cue.DISRUPTED, 1, BAMAKO), id="one")
    row = only(city, with_ways(way(Cue.SUSPENDED, 2), id="two"))
    assert (row.place, row.standing, row.event_id) == (BKO, Standing.SUSPENDED, "two")


def test_a_later_reopening_told_by_another_event_opens_the_airport() -> None:
    row = only(with_ways(way(Cue.CLOSED, 1), id="one"), with_ways(way(Cue.RESTORED, 4), id="two"))
    assert (row.standing, row.since, row.event_id) == (Standing.REOPENED, at(4), "two")


def test_an_earlier_reopening_told_by_another_event_opens_nothing() -> None:
    assert only(with_ways(way(Cue.CLOSED, 4)), with_ways(way(Cue.RESTORED, 1), id="two")).standing is Standing.CLOSED


def test_an_air_space_that_opens_again_opens_its_airports_and_no_border() -> None:
    shut = with_ways(way(Cue.CLOSED, 1), way(Cue.CLOSED, 1, MALI, Target.BORDER))
    rows = board((shut, with_ways(way(Cue.LIFTED, 4, MALI, Target.AIRSPACE), id="two")), at(9))
    found = {(row.what, row.place.id): row.standing for row in rows}
    assert found == {
        (Target.BORDER, MALI.id): Standing.CLOSED,
        (Target.AIRPORT, BKO.id): Standing.REOPENED,
        (Target.AIRSPACE, MALI.id): Standing.REOPENED,
    }


def test_airports_of_two_towns_and_two_borders_have_rows_of_their_own_the_gravest_first() -> None:
    rows = board(
        (
            with_ways(way(Cue.DISRUPTED, 1), way(Cue.CLOSED, 1, GAO), way(Cue.CLOSED, 2, NIGER, Target.BORDER)),
            with_ways(way(Cue.RESTORED, 3, MALI, Target.BORDER), id="two"),
        ),
        at(9),
    )
    assert [(row.place.name, row.standing) for row in rows] == [
        ("Gao", Standing.CLOSED), ("Niger", Standing.CLOSED), (BKO.name, Standing.DISRUPTED),
        ("Mali", Standing.REOPENED),
    ]  # fmt: skip


def test_what_was_withdrawn_or_merged_tells_nothing_and_what_is_over_only_what_is_open() -> None:
    for state in (EventState.RETRACTED, EventState.MERGED):
        assert board((with_ways(way(Cue.CLOSED, 1), state=state),), at(9)) == ()
    over = with_ways(way(Cue.DISRUPTED, 1), way(Cue.RESTORED, 3, GAO), state=EventState.ENDED)
    assert [row.place for row in board((over,), at(9))] == [GAO]


def test_silence_opens_nothing() -> None:
    row = only(with_ways(way(Cue.CLOSED, 1), state=EventState.EXPIRED), hours=24 * 9)
    assert (row.standing, row.heard_at) == (Standing.CLOSED, at(9))


def test_authorities_stand_first_among_the_sources_and_who_told_only_of_before_is_none() -> None:
    told = with_ways(
        way(Cue.CLOSED, 3),
        reports=(report(hours=0), report("Le Fleuve", hours=3), report("Ministry", hours=4, official=True)),
    )
    assert [one.outlet for one in only(told).sources] == ["Ministry", "Le Fleuve"]


cues = st.sampled_from([Cue.CLOSED, Cue.SUSPENDED, Cue.DISRUPTED, Cue.PARTLY_RESTORED, Cue.RESTORED, Cue.TO_RESTORE])


@given(
    st.lists(st.tuples(cues, st.integers(0, 9), st.sampled_from([BKO, BAMAKO, GAO, MALI])), max_size=5), st.randoms()
)
def test_the_board_is_the_same_in_whatever_order_events_are_given(told, random) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    events = [with_ways(way(cue, hours, place), id=f"event {n}") for n, (cue, hours, place) in enumerate(told)]
    mixed = random.sample(events, len(events))
    rows = board(events, at(10))
    assert board(mixed, at(10)) == rows
    assert len({(row.what, row.place.id) for row in rows}) == len(rows)
    assert all(row.since <= at(10) for row in rows)

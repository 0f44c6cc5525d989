"""Lists that hold all that is in force, and what it means that something is on them no longer."""

from dataclasses import replace
from datetime import timedelta

from builders import at, item
from support.feed_builders import source

from bot.feeds.full_list import Comparison, Listed, compare, dated, ended
from bot.model.item import Cap, Item, Native

ROWS = [replace(item(f"{code} airport closed"), native=Native(event_id=code)) for code in ("AAA", "BBB", "CCC", "DDD")]
FAA = source(id="faa", name="FAA")


def listed(*rows: Item) -> tuple[Listed, ...]:
    return tuple(Listed(item_id=row.id, since=at(0)) for row in rows)


def test_what_left_the_list_is_gone_and_what_stays_keeps_its_beginning() -> None:
    assert compare(listed(*ROWS[:2]), 0, [ROWS[1], ROWS[2]], at(1)) == Comparison(
        listed=(*listed(ROWS[1]), Listed(item_id=ROWS[2].id, since=at(1))), shrunk=0, gone=listed(ROWS[0])
    )


def test_an_empty_list_withdraws_nothing() -> None:
    assert compare(listed(*ROWS), 0, [], at(1)) == Comparison(listed=listed(*ROWS), shrunk=0, gone=())


def test_a_list_of_which_most_is_missing_is_believed_at_the_third_time() -> None:
    former, shrunk, gone = listed(*ROWS), 0, []
    for hour in range(3):
        found = compare(former, shrunk, ROWS[:1], at(hour))
        former, shrunk = found.listed, found.shrunk
        gone.append(len(found.gone))
    assert gone == [0, 0, 3]
    assert former == listed(ROWS[0])


def test_a_list_that_is_whole_again_has_withdrawn_nothing() -> None:
    short = compare(listed(*ROWS), 0, ROWS[:1], at(1))
    whole = compare(short.listed, short.shrunk, ROWS, at(2))
    assert (whole.gone, whole.shrunk, set(whole.listed)) == ((), 0, set(listed(*ROWS)))


def test_what_comes_back_in_the_same_words_is_new() -> None:
    first, again = (dated([ROWS[0]], [Listed(item_id=ROWS[0].id, since=at(hour))])[0] for hour in (0, 5))
    assert first.content_key != again.content_key
    assert first.content_key == dated([ROWS[0]], listed(ROWS[0]))[0].content_key


def test_the_end_bears_the_id_of_what_ended_and_words_of_ours() -> None:
    end = ended(FAA, ROWS[0], listed(ROWS[0])[0], at(3))
    assert end is not None
    assert (end.id, end.published_at, end.title) == (ROWS[0].id, at(3), "FAA: no longer in force")
    assert end.native is not None
    assert end.native.ended
    assert end.content_key != ROWS[0].content_key


def test_a_warning_whose_time_was_over_needs_no_end() -> None:
    warning = replace(
        ROWS[0],
        cap=Cap(identifier="1", sender="office", sent=at(0), msg_type="Alert", expires=at(2)),
        native=ROWS[0].native,
    )
    gone = listed(warning)[0]
    assert ended(FAA, warning, gone, at(3)) is None
    assert ended(FAA, warning, gone, at(2) - timedelta(minutes=1)) is not None

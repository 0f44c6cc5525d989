import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from builders import BAMAKO, GAO, MALI, assessment, at, event, item

from bot.app.books import load_books
from bot.app.replay import KnownEvents, Replay, replay_lines
from bot.model.assessment import Assessment, Severity, Status
from bot.model.event import Event, Neighbourhood
from bot.model.hazard import Hazard
from bot.model.item import Item
from bot.model.place import Point
from bot.model.reading import Reading
from bot.pipeline import Books, Understanding

CONFIG = Path(__file__).parents[2] / "config"


@pytest.fixture(scope="module")
def books() -> Books:
    return load_books(CONFIG)


def understood(one: Item, judged: Assessment) -> Understanding:
    return Understanding(one, Reading(item_id=one.id, language="en"), (judged,))


def replayed(told: Iterable[tuple[Item, Assessment]]) -> list[dict[str, Any]]:
    replay = Replay()
    for number, (one, judged) in enumerate(told):
        replay.take(understood(one, judged), f"n{number}")
    return list(replay.events())


def test_items_of_one_event_make_one_line_with_a_change_for_each() -> None:
    (line,) = replayed([
        (item("Gunfire in Bamako"), assessment()),
        (item("Attaque à Bamako", outlet="Le Fleuve", hours=1), assessment()),
        (item("Calm returns", outlet="Le Fleuve", hours=9), assessment(status=Status.ENDED, severity=Severity.MINOR)),
    ])  # fmt: skip
    assert line["item_ids"] == ["n0", "n1", "n2"]
    assert line["countries"] == ["ML"]
    assert line["places"] == ["Bamako"]
    assert line["state"] == "ended"
    assert [(one["kind"], one["item_id"], one["tell"]) for one in line["changes"]] == [
        ("opened", "n0", True), ("confirmed", "n1", False), ("ended", "n2", True),
    ]  # fmt: skip


def test_time_alone_lets_it_expire_at_its_time_with_no_item() -> None:
    first, _ = replayed([
        (item("Gunfire in Bamako"), assessment()),
        (item("Flood in Gao", hours=24 * 6), assessment(GAO, Hazard.FLOOD)),
    ])  # fmt: skip
    assert first["state"] == "expired"
    last = first["changes"][-1]
    assert (last["kind"], last["item_id"], last["tell"]) == ("expired", None, False)
    assert last["at"] == at(48).isoformat()


def test_known_events_are_found_by_country_and_by_place_and_not_when_old() -> None:
    known = KnownEvents()
    here, there = event(BAMAKO, id="here"), event(GAO, id="there", last_seen_at=at(-500), first_seen_at=at(-500))
    for one in (here, there):
        known.keep(one)

    def near(countries: tuple[str, ...], *points: Point) -> tuple[Event, ...]:
        return known.near(Neighbourhood(countries=countries, points=points, km=60, since=at(-100)))

    assert near(("ML",)) == (here,)
    assert near(("NE",)) == ()
    assert near((), Point(12.9, -7.9)) == (here,)
    assert near((), Point(16.27, -0.04)) == ()


def test_the_same_stream_gives_the_same_events() -> None:
    told = [(item(f"Report {n} of the attack", hours=n), assessment(MALI if n % 2 else BAMAKO)) for n in range(6)]
    assert replayed(told) == replayed(told)


def test_lines_are_read_judged_and_told_from_end_to_end(books: Books) -> None:
    lines = [
        {"id": 1, "lang": "en", "published_at": "2024-09-17T06:00:00Z", "outlet": "Sahel Wire",
         "title": "Gunmen attack gendarmerie school in Bamako", "text": "Shots were heard in the capital of Mali."},
        {"id": 2, "lang": "en", "published_at": "2024-09-17T08:00:00Z", "outlet": "River Post", "title": None,
         "text": "Armed men attacked a gendarmerie school in Bamako at dawn, the army of Mali said on Tuesday."},
        {"id": 3, "lang": "en", "published_at": "2024-09-17T09:00:00Z", "outlet": "River Post",
         "title": "Championship final ends in a draw", "text": "The match was played before a small crowd."},
    ]  # fmt: skip
    (line,) = replay_lines((json.dumps(one) for one in lines), books)
    assert line["hazard"] == "armed-attack"
    assert line["countries"] == ["ML"]
    assert line["item_ids"] == [1, 2]
    assert line["changes"][0]["tell"] is True


def test_a_bad_line_costs_itself_alone(books: Books) -> None:
    good = {"id": "good", "published_at": "2024-09-17T06:00:00Z", "title": "Gunmen kill four in Bamako, Mali"}
    undated = {"id": "undated", "title": "Gunmen kill four in Bamako, Mali"}
    answers = list(replay_lines(["{", json.dumps(undated), "", json.dumps(good)], books))
    assert [set(one) for one in answers[:2]] == [{"id", "error"}] * 2
    assert answers[1]["id"] == "undated"
    assert answers[2]["item_ids"] == ["good"]

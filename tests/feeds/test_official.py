"""What holds for every official format: it never breaks, whatever stands in a field, and says what is wrong."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.feed_builders import NOW, source
from support.official import official
from support.payloads import PAYLOADS

from bot.feeds import decode
from bot.model.errors import DecodeError
from bot.model.item import Format

OFFICIAL = sorted(set(Format) - {Format.FEED, Format.CAP})
ODD = st.sampled_from(
    [
        None,
        "",
        "x",
        0,
        -1,
        1e300,
        True,
        [],
        {},
        [[]],
        [1, 2],
        {"a": 1},
        "9" * 400,
        "2024-13-45T99:00:00Z",
        [{"b": None}],
    ]
)


def places(payload: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - JSON is of any shape
    """Return the ways to all values of a document."""
    keys = payload if isinstance(payload, dict) else range(len(payload)) if isinstance(payload, list) else ()
    return [path, *(way for key in keys for way in places(payload[key], (*path, key)))]


def with_odd(payload: Any, way: tuple[Any, ...], value: object) -> Any:  # noqa: ANN401 - as above
    if not way:
        return value
    changed = deepcopy(payload)
    inner = changed
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = value
    return changed


@pytest.mark.parametrize("form", sorted(PAYLOADS))
def test_a_whole_payload_is_items_with_facts_of_the_source(form: Format) -> None:
    items = official(PAYLOADS[form], form)
    assert items
    assert all(item.native and item.native.event_id and item.title and item.official for item in items)


@pytest.mark.parametrize("form", sorted(PAYLOADS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_odd_value_in_any_field_is_an_item_less_or_a_plain_fault(form: Format, data: st.DataObject) -> None:
    way = data.draw(st.sampled_from(places(PAYLOADS[form])))
    payload = with_odd(PAYLOADS[form], way, data.draw(ODD))
    try:
        items = official(json.dumps(payload), form)
    except DecodeError:
        return
    assert all(item.title or item.text for item in items)


@pytest.mark.parametrize("form", OFFICIAL)
@pytest.mark.parametrize("body", [b"", b"<html><body>Blocked</body></html>", b"{}x", b"[", b"<rss>", b"\x1f\x8b00"])
def test_what_is_no_answer_of_the_source_is_refused(form: Format, body: bytes) -> None:
    if form is Format.OREF and not body:
        return  # a quiet minute
    with pytest.raises(DecodeError):
        decode(source(format=form), body, "", NOW)


@pytest.mark.parametrize("form", OFFICIAL)
def test_every_format_has_a_decoder_that_refuses_a_foreign_list(form: Format) -> None:
    with pytest.raises(DecodeError):
        decode(source(format=form), b'{"message": "try again later"}', "", NOW)

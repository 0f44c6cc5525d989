"""Recorded payloads of official sources decode into the items that were looked at: ids, dates, severities, areas."""

import json
from typing import Any

import pytest
from quality.samples import GOLDEN, SAMPLES, facts, names

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/sources/samples is not there"),
]

RIGHTLY_REFUSED = {
    "cap/xee.atom": "an entity declaration, which a feed never needs",
    "cap/xee.cap": "an entity declaration, which a feed never needs",
    "oref/single_alert_real_time_invalid.txt": "text that is no feed",
    "wmo-cap/cma_no_geometry.cap.xml": "a CAP alert without identifier, time of sending or status",
    "wmo-cap/nws_marine_polygon.cap.xml": "a CAP alert without identifier, time of sending or status",
}
"""Two attacks with external entities, a body that is no JSON, and two excerpts whose author cut out the status that
tells a test from the real thing."""

RIGHTLY_EMPTY = {
    "cap/canada.cap",  # its description says that it is a test
    "cap/empty_weather_index.atom",
    "cap/invalid.rss",  # one entry with nothing in it
    "cap/no_optional_fields.cap",  # no info block: no word of what happens
    "cap/no_title.atom",  # an entry without a word
    "gdacs/gdacs-2.xml",  # an entry without its kind of event
    "usgs/earthquakes-2.json",  # no quakes
}


@pytest.fixture(scope="module")
def golden() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return found


def test_every_payload_has_been_looked_at(golden: dict[str, Any]) -> None:
    assert names() == sorted(golden)


@pytest.mark.parametrize("name", names() if SAMPLES.is_dir() else [])
def test_a_payload_decodes_into_the_items_that_were_looked_at(name: str, golden: dict[str, Any]) -> None:
    assert json.loads(json.dumps(facts(name))) == golden[name]


def test_what_is_refused_or_empty_is_so_for_a_reason(golden: dict[str, Any]) -> None:
    assert {name: told["refused"] for name, told in golden.items() if "refused" in told} == RIGHTLY_REFUSED
    assert {name for name, told in golden.items() if told.get("items") == 0} == RIGHTLY_EMPTY

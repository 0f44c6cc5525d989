"""What an official source says in fields of its own stands above what its words were read to say."""

from dataclasses import replace

import pytest
from builders import GAO, MALI, item
from reading_builders import ReadingOf

from bot.assessment.assess import assess
from bot.assessment.scoring import Scoring
from bot.model.assessment import Assessment, Severity, Status
from bot.model.hazard import Hazard
from bot.model.item import Cap, Native
from bot.model.reading import ImpactKind

SENT = item("x").published_at
assert SENT is not None


def told(
    scoring: Scoring, title: str = "Warning of floods in Gao", *, cap: Cap | None = None, **facts: object
) -> Assessment:
    fields: dict[str, object] = {"event_id": "1", "hazard": Hazard.FLOOD, "severity": Severity.MODERATE} | facts
    one = replace(item(title), native=Native(**fields), cap=cap, official=True)  # type: ignore[arg-type]
    return assess(one, ReadingOf(one).at("Gao", GAO).done(), scoring)[0]


@pytest.mark.parametrize("severity", [Severity.MINOR, Severity.MODERATE, Severity.SEVERE, Severity.EXTREME])
def test_its_hazard_and_severity_are_taken_as_they_are(severity: Severity, scoring: Scoring) -> None:
    found = told(scoring, severity=severity, own_word="level 3")
    assert (found.alertable, found.hazard, found.severity, found.place) == (True, Hazard.FLOOD, severity, GAO)
    assert sum(reason.points for reason in found.reasons) == found.score
    assert found.reasons[0].note == "level 3"


def test_a_larger_figure_in_the_words_does_not_raise_it(scoring: Scoring) -> None:
    one = replace(
        item("Magnitude 6.4 earthquake, 200 km off Gao"), official=True,
        native=Native(event_id="1", hazard=Hazard.EARTHQUAKE, severity=Severity.MODERATE, own_word="green"),
    )  # fmt: skip
    reading = ReadingOf(one).hazard("earthquake", Hazard.EARTHQUAKE).impact("6.4", ImpactKind.MAGNITUDE, 6.4)
    found = assess(one, reading.at("Gao", GAO).done(), scoring)[0]
    assert found.severity is Severity.MODERATE
    assert found.impacts[0].low == 6.4


def test_an_end_is_an_end_whatever_its_severity_was(scoring: Scoring) -> None:
    found = told(scoring, ended=True, severity=Severity.EXTREME)
    assert (found.alertable, found.status, found.severity) == (True, Status.ENDED, Severity.MINOR)


def test_what_the_source_puts_below_notice_is_not_told(scoring: Scoring) -> None:
    found = told(scoring, severity=Severity.NONE)
    assert (found.alertable, found.hazard, found.reasons[0].code) == (False, None, "source-none")


def test_a_level_that_is_only_listed_again_is_no_news(scoring: Scoring) -> None:
    found = told(scoring, "Travel advice for Gao: do not travel", standing=True, hazard=Hazard.ADVISORY)
    assert (found.alertable, found.reasons[0].code) == (False, "standing")


def test_the_words_decide_the_severity_that_a_source_does_not_give(scoring: Scoring) -> None:
    assert told(scoring, severity=None).severity is Severity.MODERATE


def test_the_words_decide_where_the_fields_tell_no_hazard(scoring: Scoring) -> None:
    assert not told(scoring, "Our new office in Gao", hazard=None, severity=None).alertable


def test_a_warning_of_what_is_to_come_is_expected(scoring: Scoring) -> None:
    cap = Cap(identifier="1", sender="met", sent=SENT, msg_type="Alert", urgency="Expected", certainty="Likely")
    assert told(scoring, cap=cap).status is Status.EXPECTED
    assert told(scoring).status is Status.ONGOING


def test_a_country_may_be_all_that_is_known(scoring: Scoring) -> None:
    one = replace(item("Outbreak in Mali"), native=Native(event_id="1", hazard=Hazard.HEALTH), official=True)
    assert assess(one, ReadingOf(one).at("Mali", MALI).done(), scoring)[0].place == MALI

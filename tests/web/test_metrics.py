"""The metrics, read back by the parser of Prometheus' own client."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import at, chat, event
from contract.outbox_builders import alert
from prometheus_client.parser import text_string_to_metric_families
from service_fakes import ListeningChats

from bot.model.alert import Delivery, Message, Never, Outcome, Sent, TryLater, Unknown
from bot.model.assessment import Severity
from bot.model.item import Source
from bot.services.ingest import Polled
from bot.services.ports import Claimed, Pending, SourceState
from bot.web.metrics import Metrics, TimedSender

WIRE = Source(id="wire", name="Sahel Wire", url="https://wire.example/rss", regions=("ML", "NE"))


@pytest.fixture
def metrics() -> Metrics:
    return Metrics("1.2", "0006")


def samples(metrics: Metrics) -> dict[str, float]:
    """Return the value of each sample by its name and labels, as the client's own parser reads them."""
    families = text_string_to_metric_families(metrics.page().decode())
    return {
        one.name + "".join(f"[{value}]" for _, value in sorted(one.labels.items())): one.value
        for family in families
        for one in family.samples
    }


def claimed(**changes: object) -> Claimed:
    return replace(Claimed(alert=alert(), chat=chat(), event=event(), attempt=1, ambiguous=0), **changes)  # type: ignore[arg-type]


def test_every_series_has_its_help_and_a_name_of_ours_or_of_the_process(metrics: Metrics) -> None:
    for family in text_string_to_metric_families(metrics.page().decode()):
        assert family.name.startswith(("outrider_", "process_")), family.name
        assert family.documentation, family.name


def test_polls_are_counted_by_what_came_of_them(metrics: Metrics) -> None:
    metrics.polled("wire", 0.3, Polled(source_id="wire", items=9, new_items=2, unreadable=1))
    metrics.polled("wire", 0.3, Polled(source_id="wire", failing="timed out", held_back=1))
    metrics.polled("wire", 12.0, None)
    found = samples(metrics)
    assert [found[f"outrider_feed_polls_total[{one}][wire]"] for one in ("ok", "failed", "broke_off")] == [1, 1, 1]
    assert found["outrider_items_ingested_total[wire]"] == 2
    assert found["outrider_items_rejected_total[unreadable]"] == 1
    assert found["outrider_alerts_suppressed_total[held_back]"] == 1
    assert found["outrider_feed_poll_duration_seconds_bucket[0.5]"] == 2
    assert found["outrider_feed_poll_duration_seconds_count"] == 3


@pytest.mark.parametrize(
    ("outcome", "name"),
    [
        (Sent(7), "sent"),
        (TryLater(at(1), "429"), "not_sent"),
        (Never("blocked"), "dead"),
        (Unknown("no answer"), "ambiguous"),
    ],
)
def test_a_try_is_counted_once_by_its_outcome(metrics: Metrics, outcome: Outcome, name: str) -> None:
    metrics.tried(claimed(), outcome, at(0))
    found = samples(metrics)
    tries = {one: found[f"outrider_sends_total[{one}]"] for one in ("sent", "not_sent", "ambiguous", "dead")}
    assert tries == {one: float(one == name) for one in tries}


def test_only_the_wait_that_telegram_asked_for_is_summed_up(metrics: Metrics) -> None:
    metrics.tried(claimed(), TryLater(at(0) + timedelta(seconds=17), "429", told=True), at(0))
    metrics.tried(claimed(), TryLater(at(9), "no network"), at(0))
    assert samples(metrics)["outrider_telegram_retry_after_seconds_total"] == 17


def test_latency_is_that_of_first_alerts_that_nothing_held_back(metrics: Metrics) -> None:
    one = claimed(ambiguous=1)
    later = one.alert.created_at + timedelta(seconds=20)
    metrics.tried(one, Sent(1), later)
    metrics.tried(replace(one, alert=replace(one.alert, not_before=at(9))), Sent(2), later)
    found = samples(metrics)
    severity = one.alert.severity
    assert found[f"outrider_alert_latency_seconds_count[{severity}][judged]"] == 1
    assert found[f"outrider_alert_latency_seconds_sum[{severity}][judged]"] == 20
    assert found["outrider_ambiguous_resends_total"] == 2


def test_a_source_never_heard_is_not_fresh_and_shows_no_time(metrics: Metrics) -> None:
    metrics.heard([WIRE], {"wire": SourceState(source_id="wire")}, at(0))
    found = samples(metrics)
    assert found["outrider_region_fresh_sources[ML]"] == 0
    assert "outrider_feed_last_success_timestamp_seconds[wire]" not in found
    metrics.heard([WIRE], {"wire": SourceState(source_id="wire", last_success_at=at(0))}, at(0))
    found = samples(metrics)
    assert found["outrider_region_fresh_sources[NE]"] == 1
    assert found["outrider_feed_last_success_timestamp_seconds[wire]"] == at(0).timestamp()


def test_what_waits_is_shown_by_severity_and_goes_back_to_nought(metrics: Metrics) -> None:
    waits = Pending(severity=Severity.EXTREME, rows=3, due_since=at(0))
    metrics.waiting([waits], {Delivery.NEW: 3}, at(1))
    found = samples(metrics)
    assert found["outrider_outbox_pending[extreme]"] == 3
    assert found["outrider_outbox_oldest_age_seconds[extreme]"] == (at(1) - at(0)).total_seconds()
    metrics.waiting([], {Delivery.NEW: 0}, at(2))
    found = samples(metrics)
    assert found["outrider_outbox_pending[extreme]"] == found["outrider_outbox_oldest_age_seconds[extreme]"] == 0
    metrics.outbox_unknown()
    assert "outrider_outbox_pending[extreme]" not in samples(metrics)


async def test_a_call_of_the_messenger_is_timed_and_its_answer_handed_on(metrics: Metrics) -> None:
    sender = TimedSender(ListeningChats(Never("blocked")), metrics)
    assert await sender.send(chat(), Message(html="a", plain="a")) == Never("blocked")
    assert samples(metrics)["outrider_send_duration_seconds_count"] == 1

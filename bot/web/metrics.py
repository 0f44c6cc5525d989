"""/metrics: what runs, counted and timed for Prometheus. The names are told in docs/operating.md.

Labels are bounded: a source of the catalogue, a country, a severity, an outcome or a named reason; never a chat.
Counters begin at nought with the process. What the store and the sources say is looked up when it is asked for.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from time import perf_counter

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.model.alert import AlertReason, Delivery, Message, Never, Outcome, Sent, TryLater
from bot.model.assessment import Severity
from bot.model.item import Source
from bot.model.watch import Chat
from bot.services.freshness import down_since
from bot.services.ingest import Polled
from bot.services.ports import Claimed, Decision, Pending, Sender, SourceState

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_QUICK = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_LATENCY = (1, 3, 10, 30, 60, 120, 300, 600, 1800, 3600, 21600, 86400)


_REMEMBERED = 1000
"""Latencies of first alerts from which the operator's page takes its percentiles."""

disable_created_metrics()  # type: ignore[no-untyped-call]  # process_start_time_seconds tells when they began


class Metrics:
    """All series of one process, in a registry of its own."""

    def __init__(self, version: str, schema: str) -> None:
        self._registry = own = CollectorRegistry()
        ProcessCollector(registry=own)
        build = Gauge(
            "outrider_build_info", "1, with the program's version and schema", ("version", "schema"), registry=own
        )
        build.labels(version, schema).set(1)
        self._polls = Counter("outrider_feed_polls", "Polls that ended", ("source", "outcome"), registry=own)
        self._poll_time = Histogram(
            "outrider_feed_poll_duration_seconds", "From request to commit", buckets=_QUICK, registry=own
        )
        self._success = Gauge(
            "outrider_feed_last_success_timestamp_seconds", "When a source last answered", ("source",), registry=own
        )
        self._newest = Gauge(
            "outrider_feed_last_item_timestamp_seconds", "When a source last had news", ("source",), registry=own
        )
        self._silent = Gauge("outrider_feed_down", "1 where a source is of no use just now", ("source",), registry=own)
        self._fresh = Gauge(
            "outrider_region_fresh_sources", "Working sources about a country", ("country",), registry=own
        )
        self._ingested = Counter("outrider_items_ingested", "New items taken in", ("source",), registry=own)
        self._rejected = Counter("outrider_items_rejected", "Items that could not be read", ("reason",), registry=own)
        self._events = Counter("outrider_events", "Changes of events", ("severity", "change"), registry=own)
        self._suppressed = Counter(
            "outrider_alerts_suppressed", "Events of which nobody was told, and why", ("reason",), registry=own
        )
        self._alerts = Counter("outrider_alerts", "Alerts put into the outbox", ("severity",), registry=own)
        self._rows = Gauge("outrider_outbox_rows", "Rows of the outbox that are kept", ("state",), registry=own)
        self._pending = Gauge(
            "outrider_outbox_pending", "Alerts that are still to be sent", ("severity",), registry=own
        )
        self._oldest = Gauge(
            "outrider_outbox_oldest_age_seconds", "How long the oldest due alert waits", ("severity",), registry=own
        )
        self._sends = Counter("outrider_sends", "Tries to send", ("outcome",), registry=own)
        self._send_time = Histogram(
            "outrider_send_duration_seconds", "One call of the messenger", buckets=_QUICK, registry=own
        )
        self._latency = Histogram(
            "outrider_alert_latency_seconds", "Until a first alert arrived, since it was published or judged",
            ("severity", "since"), buckets=_LATENCY, registry=own,
        )  # fmt: skip
        self._retry_after = Counter(
            "outrider_telegram_retry_after_seconds", "Seconds that Telegram asked to wait", registry=own
        )
        self._resends = Counter("outrider_ambiguous_resends", "Repeats, marked as such", registry=own)
        self._unconfirmed = Counter("outrider_unconfirmed_alerts", "Given up without ever an answer", registry=own)
        self._lag = Gauge("outrider_loop_lag_seconds", "How late the last tick of the loop was", registry=own)
        self._backup = Gauge(
            "outrider_backup_last_success_timestamp_seconds", "When a backup was last made and verified", registry=own
        )
        self._canary = Gauge(
            "outrider_canary_last_success_timestamp_seconds", "When a canary last arrived", registry=own
        )
        self._canary_lag = Gauge("outrider_canary_lag_seconds", "How long the last canary took", registry=own)
        self._reload = Gauge(
            "outrider_config_last_reload_successful", "0 while the newest configuration is refused", registry=own
        )
        self._reload.set(1)
        self._missing = Counter("outrider_reconciled_alerts", "Alerts that were missing, put in later", registry=own)
        self._webhook = Counter("outrider_webhook_calls", "Calls of the webhook", ("outcome",), registry=own)
        self.latencies: deque[float] = deque(maxlen=_REMEMBERED)
        for severity in Severity:
            self._alerts.labels(severity)
        for outcome in ("sent", "not_sent", "ambiguous", "dead"):
            self._sends.labels(outcome)
        self._rejected.labels("unreadable")
        self._suppressed.labels("held_back")

    def polled(self, source_id: str, seconds: float, polled: Polled | None) -> None:
        """Count a poll; None where it broke off."""
        outcome = "broke_off" if polled is None else "failed" if polled.failing else "ok"
        self._polls.labels(source_id, outcome).inc()
        self._poll_time.observe(seconds)
        if polled is not None:
            self._ingested.labels(source_id).inc(polled.new_items)
            self._rejected.labels("unreadable").inc(polled.unreadable)
            self._suppressed.labels("held_back").inc(polled.held_back)

    def decided(self, decision: Decision) -> None:
        """Count what was committed."""
        for change in decision.changes:
            self._events.labels(change.after.severity, change.kind).inc()
        for alert in decision.alerts:
            self._alerts.labels(alert.severity).inc()

    def tried(self, claimed: Claimed, outcome: Outcome, now: datetime) -> None:
        """Count a try to send, and how long the first alert of an event took."""
        match outcome:
            case Sent():
                name = "sent"
            case TryLater():
                name = "not_sent"
            case Never():
                name = "dead"
            case _:
                name = "ambiguous"
        self._sends.labels(name).inc()
        if claimed.ambiguous:
            self._resends.inc()
        if isinstance(outcome, TryLater) and outcome.told:
            self._retry_after.inc(max(0.0, (outcome.at - now).total_seconds()))
        alert = claimed.alert
        if not isinstance(outcome, Sent) or alert.reason is not AlertReason.FIRST or alert.not_before is not None:
            return
        published = min((one.published_at for one in claimed.event.reports), default=alert.created_at)
        for since, at in (("published", published), ("judged", alert.created_at)):
            self._latency.labels(alert.severity, since).observe(max(0.0, (now - at).total_seconds()))
        self.latencies.append(max(0.0, (now - published).total_seconds()))

    def called(self, seconds: float) -> None:
        """Note how long a call of the messenger took."""
        self._send_time.observe(seconds)

    def unconfirmed(self) -> None:
        """Count an alert that may not have arrived, and is given up."""
        self._unconfirmed.inc()

    def ticked(self, late: float) -> None:
        """Note how late, in seconds, the loop's last tick came."""
        self._lag.set(late)

    def backed_up(self, at: datetime) -> None:
        """Note when a backup was last verified."""
        self._backup.set(at.timestamp())

    def canary(self, at: datetime, lag: timedelta) -> None:
        """Note that a canary arrived."""
        self._canary.set(at.timestamp())
        self._canary_lag.set(lag.total_seconds())

    def reloaded(self, *, well: bool) -> None:
        """Note whether the newest configuration was taken."""
        self._reload.set(well)

    def reconciled(self, missing: int) -> None:
        """Count alerts that were missing."""
        self._missing.inc(missing)

    def called_webhook(self, outcome: str, number: int) -> None:
        """Count calls of the webhook: `sent` or `failed`."""
        self._webhook.labels(outcome).inc(number)

    def heard(self, sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime) -> None:
        """Show the state of the sources, and of the countries about which they are."""
        fresh: dict[str, int] = {}
        for gauge in (self._silent, self._success, self._newest, self._fresh):
            gauge.clear()  # of sources that are polled no more
        for source in sources:
            state = states.get(source.id)
            works = state is not None and state.last_success_at is not None and down_since(source, state, now) is None
            for country in source.regions:
                fresh[country] = fresh.get(country, 0) + works
            if state is None:
                continue
            self._silent.labels(source.id).set(down_since(source, state, now) is not None)
            for gauge, at in ((self._success, state.last_success_at), (self._newest, state.last_item_at)):
                if at is not None:
                    gauge.labels(source.id).set(at.timestamp())
        for country, number in fresh.items():
            self._fresh.labels(country).set(number)

    def waiting(self, pending: Collection[Pending], counts: Mapping[Delivery, int], now: datetime) -> None:
        """Show what the outbox holds; a severity of which nothing waits is nought."""
        found = {one.severity: one for one in pending}
        for severity in Severity:
            one = found.get(severity)
            self._pending.labels(severity).set(one.rows if one else 0)
            due = one.due_since if one else None
            self._oldest.labels(severity).set(max(0.0, (now - due).total_seconds()) if due else 0)
        for state, rows in counts.items():
            self._rows.labels(state).set(rows)

    def outbox_unknown(self) -> None:
        """Show nothing of the outbox: it could not be read, and old figures must not pass for new ones."""
        for gauge in (self._pending, self._oldest, self._rows):
            gauge.clear()

    def page(self) -> bytes:
        """Return all series in Prometheus' text format."""
        return generate_latest(self._registry)


class TimedSender:
    """A sender whose calls are timed."""

    def __init__(self, sender: Sender, metrics: Metrics) -> None:
        self._sender, self._metrics = sender, metrics

    async def send(self, chat: Chat, message: Message) -> Outcome:
        """Send, and note how long it took."""
        begun = perf_counter()
        try:
            return await self._sender.send(chat, message)
        finally:
            self._metrics.called(perf_counter() - begun)

"""The life of events and what chats are told of them, driven by chance: what must hold whatever is reported."""

from dataclasses import replace
from datetime import datetime, timedelta

from builders import BAMAKO, BKO, GAO, MALI, assessment, at, chat, item, watch
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.alerts.plan import plan, unreached
from bot.alerts.threads import joined, parted
from bot.events.judge import judge_item, judge_time, overtaken, statement
from bot.events.lifecycle import IllegalMoveError
from bot.events.operator import NotApartError, merge, retract, split
from bot.model.alert import Alert, AlertReason, Delivery, HandOver, Told
from bot.model.assessment import MeasureState, Severity, Status, TargetState, Toll
from bot.model.event import ChangeKind, Event, EventChange, EventState, Statement
from bot.model.hazard import Hazard, Measure, Target
from bot.model.reading import Cue, ImpactKind
from bot.model.watch import Match, Watched
from bot.watches.match import matches

WATCHED = tuple(
    Watched(watch=one, chat=chat(one.chat_id))
    for one in (
        watch(MALI, number=1, chat_id=1, min_severity=Severity.MINOR),
        watch(BAMAKO, number=2, chat_id=2),
        watch(BKO, number=3, chat_id=3),
        watch(GAO, number=4, chat_id=4, min_severity=Severity.SEVERE),
    )
)
TELLS = {
    ChangeKind.ENDED: AlertReason.ALL_CLEAR,
    ChangeKind.RETRACTED: AlertReason.RETRACTION,
    ChangeKind.EASED: AlertReason.EASING,
}
MAY_RISE = {ChangeKind.ESCALATED, ChangeKind.WIDENED, ChangeKind.CONFIRMED, ChangeKind.UPDATED}
AIRPORT = [Cue.CLOSED, Cue.SUSPENDED, Cue.TO_RESTORE, Cue.RESTORED, Cue.PARTLY_RESTORED, None, None]
CURFEW = [Cue.IMPOSED, Cue.EASED, Cue.LIFTED, None, None, None]
HAZARDS = [Hazard.ARMED_ATTACK, Hazard.UNREST, Hazard.AIRPORT, Hazard.ADVISORY]


class Life(RuleBasedStateMachine):
    """A world that hears reports, and an outbox that sends at once whatever its key allows."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = at(0)
        self.turn = 0
        self.known: dict[str, Event] = {}
        self.said: list[Statement] = []
        self.told: dict[tuple[int, str], Told] = {}
        self.sent: dict[str, Alert] = {}
        self.last: dict[tuple[int, str], AlertReason] = {}

    @initialize()
    def attack(self) -> None:
        self.hear(BAMAKO, Hazard.ARMED_ATTACK, Status.ONGOING, Severity.SEVERE, "Sahel Wire", 0, None, None, 0, 0)

    @rule(
        place=st.sampled_from([BAMAKO, BKO, GAO, MALI]), hazard=st.sampled_from(HAZARDS),
        status=st.sampled_from(Status), severity=st.sampled_from(list(Severity)[1:]),
        outlet=st.sampled_from(["Sahel Wire", "Le Fleuve", "Ministry"]), dead=st.sampled_from([0, 0, 3, 12]),
        airport=st.sampled_from(AIRPORT), curfew=st.sampled_from(CURFEW), hours=st.sampled_from([0, 1, 5, 20, 60]),
        late=st.sampled_from([0, 0, 0, 2, 10]),
    )  # fmt: skip
    def hear(self, place, hazard, status, severity, outlet, dead, airport, curfew, hours, late):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0917
        self.now += timedelta(hours=hours)
        self.turn += 1
        self.grow_old()
        told = item(f"Report {self.turn}", outlet=outlet, official=outlet == "Ministry",
                    published_at=self.now - timedelta(hours=late))  # fmt: skip
        news = status not in {Status.DENIED, Status.HISTORIC}
        judged = assessment(
            place, hazard, alertable=news, follow_up=status is Status.HISTORIC, status=status,
            severity=severity if news else Severity.NONE,
            impacts=(Toll(kind=ImpactKind.KILLED, low=dead, high=dead),) if dead else (),
            targets=(TargetState(target=Target.AIRPORT, cue=airport, place=BKO),) if airport else (),
            measures=(MeasureState(measure=Measure.CURFEW, cue=curfew, place=place),) if curfew else (),
        )  # fmt: skip
        known = tuple(event for event in self.known.values() if event.merged_into is None)
        own = statement(told, (judged,), self.now)
        changes = judge_item(told, (judged,), known, self.now, self.heard_before(known, own.at))
        self.said.append(own)
        for change in changes:
            self.take(change)

    @rule(turn=st.integers(0, 9), lot=st.sampled_from([True, False, False]))
    def withdraw(self, turn: int, lot: bool) -> None:  # noqa: FBT001 - drawn
        standing = [event for event in self.known.values() if event.live]
        if standing and lot:
            self.take(retract(standing[turn % len(standing)], "", self.now))

    @rule(turn=st.integers(0, 9), lot=st.sampled_from([True, False]))
    def join(self, turn: int, lot: bool) -> None:  # noqa: FBT001 - drawn
        """Two events are one, if the operator may say so; whoever knew of either knows of both."""
        open_ones = [event for event in self.known.values() if event.live or event.state is EventState.EXPIRED]
        if not lot or len(open_ones) < 2:
            return
        kept, gone = open_ones[turn % len(open_ones)], open_ones[(turn + 1) % len(open_ones)]
        changes = merge(kept, gone, "", self.now)
        told, handed = joined(self.told, gone.id, kept.id)
        self.rearrange(changes, told, handed)
        assert self.known[gone.id].merged_into == kept.id

    @rule(turn=st.integers(0, 9), taken=st.integers(0, 9), lot=st.sampled_from([True, False]))
    def part(self, turn: int, taken: int, lot: bool) -> None:  # noqa: FBT001 - drawn
        """A report of an event is another event, if the operator may say so."""
        several = [event for event in self.known.values() if len(event.reports) > 1]
        if not lot or not several:
            return
        event = several[turn % len(several)]
        chosen = event.reports[taken % len(event.reports)].item_id
        own = {report.item_id for report in event.reports}
        try:
            changes = split(event, [chosen], [one for one in self.said if one.item.id in own], "", self.now)
        except (IllegalMoveError, NotApartError):
            return
        of_old, of_new = ({one.chat.id for one, _ in matches(one, WATCHED, self.now)} for one in changes)
        mine = [told for (_, event_id), told in self.told.items() if event_id == event.id]
        told, handed = parted(mine, changes[1].after.id, of_old, of_new)
        self.rearrange(changes, {**{k: v for k, v in self.told.items() if k[1] != event.id}, **told}, handed)

    def rearrange(
        self, changes: tuple[EventChange, EventChange], told: dict[tuple[int, str], Told], handed: tuple[HandOver, ...]
    ) -> None:
        """Keep what the operator made of events: nobody who was told hears a first alert or a lesser thing anew."""
        self.told = dict(told)
        for one in handed:
            self.hand_over(one)
        before = set(self.sent)
        for change in changes:
            self.take(change)
        for key in self.sent.keys() - before:
            alert = self.sent[key]
            if alert.reason is AlertReason.FIRST:
                assert (alert.chat_id, alert.event_id) not in told
            elif alert.reason is AlertReason.ESCALATION:
                assert alert.severity > told[alert.chat_id, alert.event_id].severity
        live = [event for event in self.known.values() if event.merged_into is None]
        items = [report.item_id for event in live for report in event.reports]
        assert len(items) == len(set(items)), "each report is in one event"

    def hand_over(self, one: HandOver) -> None:
        """Do with the outbox as the store does."""
        mine = [a for a in self.sent.values() if (a.chat_id, a.event_id) == (one.chat_id, one.from_event)]
        for alert in mine:
            what = alert.key.split(":", 2)[2]
            key = f"{one.chat_id}:{one.to_event}:{what}"
            if one.copy and alert.reason is not AlertReason.FIRST:
                continue
            if not one.copy:
                del self.sent[alert.key]
            self.sent[key] = replace(alert, key=key, event_id=one.to_event)
        if (one.chat_id, one.from_event) in self.last:
            self.last[one.chat_id, one.to_event] = self.last[one.chat_id, one.from_event]

    def heard_before(self, known: tuple[Event, ...], since: datetime) -> list[Statement]:
        ids = {report.item_id for event in overtaken(known, since) for report in event.reports}
        taken = {report.item_id for event in self.known.values() for report in event.reports}
        return [one for one in self.said if one.item.id in ids or (one.item.id not in taken and one.at >= since)]

    def grow_old(self) -> None:
        for event in tuple(self.known.values()):
            change = judge_time(event, self.now)
            if change:
                self.take(change)

    def take(self, change: EventChange) -> None:
        before, after = change.before, change.after
        assert after.version == (before.version + 1 if before else 1)
        assert change.reasons
        if before and after.severity > before.severity:
            assert change.kind in MAY_RISE or change.moved or change.rearranged
        self.known[after.id] = after
        heard = {chat_id for chat_id, event_id in self.told if event_id == after.id}
        alerts = plan(change, matches(change, WATCHED, self.now), self.told, self.now)
        alerts += plan(change, self.heard(after, unreached(change, alerts, self.told)), self.told, self.now)
        # A chat that was told of the end, and of nothing since (what came since was below its least), knows it.
        known_already = {number for number in heard if self.last.get((number, after.id)) is TELLS.get(change.kind)}
        new = [alert for alert in alerts if alert.key not in self.sent]
        for alert in new:
            self.send(alert)
        if change.kind in TELLS:  # an easing that was told, with nothing worse told since, may be dropped; an end not
            came = alerts if change.kind is ChangeKind.EASED else new
            assert {alert.chat_id for alert in came if alert.reason is TELLS[change.kind]} >= heard - known_already
        if change.moved:
            assert {alert.chat_id for alert in new if alert.reason is AlertReason.CORRECTION} == heard
        if change.kind is ChangeKind.NOTHING_NEW:
            assert not new

    def heard(self, event: Event, chat_ids: tuple[int, ...]) -> list[tuple[Watched, Match]]:
        sent = (one for one in self.sent.values() if one.event_id == event.id)
        firsts = {one.chat_id: one.match for one in sent if one.reason is AlertReason.FIRST}
        return [(Watched(watch=firsts[number].watch, chat=chat(number)), firsts[number]) for number in chat_ids]

    def send(self, alert: Alert) -> None:
        self.sent[alert.key] = alert
        if alert.reason is not AlertReason.EDIT:
            self.last[alert.chat_id, alert.event_id] = alert.reason
        place = (alert.chat_id, alert.event_id)
        old = self.told.get(place)
        told = old or Told(
            chat_id=alert.chat_id, event_id=alert.event_id, first=Delivery.SENT, severity=alert.severity,
            keys=frozenset(),
        )  # fmt: skip
        self.told[place] = replace(
            told, keys=told.keys | {alert.key}, severity=max(told.severity, alert.severity), message_id=1
        )
        assert alert.reason is AlertReason.FIRST or old is not None, "what follows follows a first alert"

    @invariant()
    def one_voice_is_never_extreme(self) -> None:
        for event in self.known.values():
            assert event.official or len(event.voices) > 1 or event.severity < Severity.EXTREME

    @invariant()
    def what_ended_was_said_to_have_ended(self) -> None:
        lifted = {Cue.RESTORED, Cue.LIFTED, Cue.PARTLY_RESTORED, Cue.EASED}
        for event in self.known.values():
            if event.state is EventState.ENDED:
                cues = {state.cue for state in (*event.targets, *event.measures)}
                assert lifted & cues or any(report.status is Status.ENDED for report in event.reports)

    @invariant()
    def each_chat_has_one_first_alert_of_an_event(self) -> None:
        firsts = [(one.chat_id, one.event_id) for one in self.sent.values() if one.reason is AlertReason.FIRST]
        assert len(firsts) == len(set(firsts))


Life.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestLife = Life.TestCase

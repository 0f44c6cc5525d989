from dataclasses import replace
from datetime import timedelta

from builders import BAMAKO, BKO, GAO, MALI, at, chat, event, watch
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.plan import is_told, plan, unreached
from bot.model.alert import Alert, AlertReason, Delivery, Told
from bot.model.assessment import Severity, Status, TargetState
from bot.model.event import ChangeKind, Event, EventChange, EventState, News
from bot.model.hazard import Target
from bot.model.reading import Cue
from bot.model.watch import Match, Watch, Watched

SHUT = (TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=BKO),)
OPEN_AGAIN = (TargetState(target=Target.AIRPORT, cue=Cue.RESTORED, place=BKO),)
BEFORE = event(version=3)


def change(kind: ChangeKind, after: Event | None = None, *news: News, before: Event | None = BEFORE) -> EventChange:
    return EventChange(
        kind=kind, before=None if kind is ChangeKind.OPENED else before, after=after or event(version=4),
        cause="item", at=at(1), news=news,
    )  # fmt: skip


def matched(quiet_hours: float | None = None, one: Watch | None = None) -> list[tuple[Watched, Match]]:
    one = one or watch(MALI)
    until = at(quiet_hours) if quiet_hours is not None else None
    found = Match(watch=one, why="in-country", place=BAMAKO, quiet_until=until)
    return [(Watched(watch=one, chat=chat(one.chat_id)), found)]


def told(
    *keys: str, first: Delivery = Delivery.SENT, severity: Severity = Severity.SEVERE
) -> dict[tuple[int, str], Told]:
    whole = frozenset({"1:event-1:first", *(f"1:event-1:{key}" for key in keys)})
    return {(1, "event-1"): Told(chat_id=1, event_id="event-1", first=first, severity=severity, keys=whole)}


def the_alert(
    made: EventChange, known: dict[tuple[int, str], Told] | None = None, quiet_hours: float | None = None
) -> Alert | None:
    alerts = plan(made, matched(quiet_hours), known or {}, at(1))
    assert len(alerts) <= 1
    return alerts[0] if alerts else None


def reason(made: EventChange, known: dict[tuple[int, str], Told] | None = None) -> AlertReason | None:
    alert = the_alert(made, known)
    return alert.reason if alert else None


ENDED = event(version=4, state=EventState.ENDED, severity=Severity.MINOR, status=Status.ENDED)
EXTREME = event(version=4, severity=Severity.EXTREME)


def test_an_opening_is_a_first_alert_with_sound() -> None:
    alert = the_alert(change(ChangeKind.OPENED))
    assert alert is not None
    assert alert.key == "1:event-1:first"
    assert alert.reason is AlertReason.FIRST
    assert not alert.silent
    assert alert.not_before is None


def test_a_moderate_opening_makes_no_sound() -> None:
    alert = the_alert(change(ChangeKind.OPENED, event(severity=Severity.MODERATE)))
    assert alert is not None
    assert alert.silent


def test_what_each_kind_of_change_tells_those_who_know_of_the_event() -> None:
    wanted = {
        ChangeKind.ESCALATED: AlertReason.ESCALATION,
        ChangeKind.WIDENED: AlertReason.WIDENING,
        ChangeKind.EASED: AlertReason.EASING,
        ChangeKind.ENDED: AlertReason.ALL_CLEAR,
        ChangeKind.RETRACTED: AlertReason.RETRACTION,
        ChangeKind.CONFIRMED: AlertReason.EDIT,
        ChangeKind.UPDATED: AlertReason.EDIT,
        ChangeKind.CORRECTED: AlertReason.EDIT,
        ChangeKind.MERGED: AlertReason.EDIT,
        ChangeKind.EXPIRED: AlertReason.EDIT,
        ChangeKind.NOTHING_NEW: None,
    }
    assert {kind: reason(change(kind), told()) for kind in wanted} == wanted


def test_telling_news_make_an_update_a_message_and_others_an_edit() -> None:
    telling = {News.FIRST_TOLL, News.NEW_MEASURE, News.NEW_CLOSURE, News.COME_TRUE}
    for news in News:
        made = change(ChangeKind.UPDATED, None, news)
        assert is_told(made) == (news in telling)
        assert reason(made, told()) is (AlertReason.UPDATE if news in telling else AlertReason.EDIT)


MOVED = change(ChangeKind.CORRECTED, before=event(GAO, version=3))


def test_a_wrong_place_is_put_right_by_an_edit_and_a_silent_reply() -> None:
    edit, reply = plan(MOVED, matched(), told(), at(1))
    assert (edit.reason, reply.reason) == (AlertReason.EDIT, AlertReason.CORRECTION)
    assert reply.silent
    assert not is_told(MOVED)


def test_a_correction_that_raises_the_severity_rings() -> None:
    _, reply = plan(change(ChangeKind.CORRECTED, EXTREME, before=event(GAO, version=3)), matched(), told(), at(1))
    assert not reply.silent


def test_whom_the_right_place_concerns_is_told_as_for_a_first_alert() -> None:
    first = the_alert(MOVED)
    assert first is not None
    assert (first.reason, first.silent) == (AlertReason.FIRST, False)


def test_a_first_alert_that_waits_to_tell_of_the_wrong_place_is_overtaken() -> None:
    first = the_alert(MOVED, told(first=Delivery.NEW))
    assert first is not None
    assert (first.reason, first.key) == (AlertReason.FIRST, "1:event-1:first:4")


def test_who_was_told_and_is_not_concerned_any_more_is_told_of_the_correction() -> None:
    assert unreached(MOVED, (), told()) == (1,)
    assert unreached(MOVED, (), told(first=Delivery.NEW)) == ()


def test_a_place_that_is_told_wrongly_twice_is_put_right_twice() -> None:
    again = plan(MOVED, matched(), told("correction:gn:1", f"correction:{BAMAKO.id}"), at(1))[-1]
    assert again.key == f"1:event-1:correction:{BAMAKO.id}:2"


def test_only_openings_and_escalations_make_a_sound() -> None:
    for kind in (ChangeKind.WIDENED, ChangeKind.EASED, ChangeKind.ENDED, ChangeKind.RETRACTED):
        alert = the_alert(change(kind), told())
        assert alert is not None
        assert alert.silent
    loud = the_alert(change(ChangeKind.ESCALATED, EXTREME), told())
    assert loud is not None
    assert not loud.silent


def test_who_was_never_told_hears_the_present_state_with_the_next_change() -> None:
    for kind in (ChangeKind.ESCALATED, ChangeKind.UPDATED, ChangeKind.CONFIRMED, ChangeKind.EASED):
        assert reason(change(kind)) is AlertReason.FIRST


def test_the_end_of_what_one_was_never_told_is_no_news() -> None:
    assert reason(change(ChangeKind.ENDED, ENDED)) is None
    assert reason(change(ChangeKind.RETRACTED, event(state=EventState.RETRACTED, severity=Severity.NONE))) is None
    assert reason(change(ChangeKind.EASED, event(version=4, severity=Severity.MINOR))) is None


def test_a_first_alert_that_waits_says_it_all() -> None:
    for kind in ChangeKind:
        if kind is not ChangeKind.OPENED:
            assert reason(change(kind), told(first=Delivery.NEW)) is None


def test_a_first_alert_on_its_way_may_say_less_so_the_reply_follows_it() -> None:
    for state in (Delivery.SENDING, Delivery.AMBIGUOUS):
        assert reason(change(ChangeKind.ESCALATED), told(first=state)) is AlertReason.ESCALATION


def test_a_first_alert_that_never_came_is_made_good_by_the_next_telling_change() -> None:
    lost = told(first=Delivery.EXPIRED)
    alert = the_alert(change(ChangeKind.ESCALATED), lost)
    assert alert is not None
    assert alert.reason is AlertReason.FIRST
    assert alert.key == "1:event-1:first:4"
    assert reason(change(ChangeKind.CONFIRMED), lost) is None


def test_quiet_hours_hold_back_all_but_extreme_and_edits() -> None:
    severe = the_alert(change(ChangeKind.OPENED), quiet_hours=5)
    extreme = the_alert(change(ChangeKind.OPENED, EXTREME), quiet_hours=5)
    edit = the_alert(change(ChangeKind.CONFIRMED), told(), quiet_hours=5)
    assert severe is not None
    assert extreme is not None
    assert edit is not None
    assert severe.not_before == at(5)
    assert severe.expires_at > at(5) + timedelta(hours=1)
    assert extreme.not_before is None
    assert edit.not_before is None


def test_the_end_of_something_extreme_wakes_nobody() -> None:
    alert = the_alert(change(ChangeKind.EASED, EXTREME), told(), quiet_hours=5)
    assert alert is not None
    assert alert.not_before == at(5)


def test_what_becomes_extreme_overnight_does_not_wait_for_the_morning_with_its_first_alert() -> None:
    waiting = told(first=Delivery.NEW)
    alert = the_alert(change(ChangeKind.ESCALATED, EXTREME), waiting, quiet_hours=5)
    assert alert is not None
    assert alert.reason is AlertReason.FIRST
    assert alert.not_before is None
    assert alert.key not in waiting[1, "event-1"].keys
    assert not alert.silent
    told_already = told("first:extreme", first=Delivery.NEW, severity=Severity.EXTREME)
    assert the_alert(change(ChangeKind.ESCALATED, EXTREME), told_already, quiet_hours=5) is None


def test_a_silent_first_alert_that_waits_gives_way_to_a_loud_one_when_the_event_grows_graver() -> None:
    waiting = told(first=Delivery.NEW, severity=Severity.MODERATE)
    grown = change(ChangeKind.ESCALATED, before=event(version=3, severity=Severity.MODERATE))
    alert = the_alert(grown, waiting)
    assert alert is not None
    assert alert.reason is AlertReason.FIRST
    assert not alert.silent


def test_what_a_second_voice_makes_extreme_rings_for_those_who_hear_of_it_only_now() -> None:
    alert = the_alert(change(ChangeKind.CONFIRMED, EXTREME))
    assert alert is not None
    assert not alert.silent


def test_two_items_that_tell_the_same_make_one_key() -> None:
    before, after = event(targets=SHUT, version=3), event(targets=OPEN_AGAIN, version=4)
    one = the_alert(change(ChangeKind.EASED, after, News.REOPENED, before=before), told())
    same = replace(after, version=9, headline="Airport open again")
    two = the_alert(change(ChangeKind.EASED, same, News.REOPENED, before=before), told())
    assert one is not None
    assert two is not None
    assert one.key == two.key


def test_what_truly_happens_again_after_its_opposite_is_told_again() -> None:
    first = the_alert(change(ChangeKind.ESCALATED, EXTREME), told())
    again = the_alert(change(ChangeKind.ESCALATED, EXTREME), told("escalation:extreme", "easing:reopened:2"))
    assert first is not None
    assert again is not None
    assert first.key == "1:event-1:escalation:extreme"
    assert again.key != first.key
    before, after = event(targets=SHUT, version=3), event(targets=OPEN_AGAIN, version=4)
    easing = change(ChangeKind.EASED, after, News.REOPENED, before=before)
    once, twice = the_alert(easing, told()), the_alert(easing, told("update:new-closure"))
    assert once is not None
    assert twice is not None
    assert once.key != twice.key


def test_each_closure_has_a_key_of_its_own() -> None:
    airport = change(ChangeKind.UPDATED, event(targets=SHUT, version=4), News.NEW_CLOSURE)
    border_too = event(targets=(*SHUT, TargetState(target=Target.BORDER, cue=Cue.CLOSED, place=MALI)), version=5)
    border = change(ChangeKind.UPDATED, border_too, News.NEW_CLOSURE, before=airport.after)
    one, two = the_alert(airport, told()), the_alert(border, told())
    assert one is not None
    assert two is not None
    assert one.key != two.key


def test_a_group_chats_negative_number_is_kept_in_the_key() -> None:
    group = watch(MALI, chat_id=-1001234567890)
    (alert,) = plan(change(ChangeKind.OPENED), matched(one=group), {}, at(1))
    assert alert.key == "-1001234567890:event-1:first"


TURNS = (ChangeKind.ESCALATED, ChangeKind.WIDENED, ChangeKind.UPDATED, ChangeKind.EASED, ChangeKind.ENDED)


@given(st.lists(st.sampled_from(TURNS), max_size=12))
def test_no_key_is_made_twice_while_different_things_happen(kinds: list[ChangeKind]) -> None:
    """Each change alters the event's ways, as it would: whatever is told, its key is new."""
    keys = {"1:event-1:first"}
    before = event(targets=SHUT)
    for version, kind in enumerate(kinds, start=2):
        cue = Cue.RESTORED if kind in {ChangeKind.EASED, ChangeKind.ENDED} else Cue.CLOSED
        place = replace(BKO, id=f"ap:{version}")
        after = event(
            version=version, area=(BAMAKO, place), state=EventState.OPEN,
            targets=(TargetState(target=Target.AIRPORT, cue=cue, place=place),),
            severity=Severity.EXTREME if kind is ChangeKind.ESCALATED else Severity.SEVERE,
        )  # fmt: skip
        known = {(1, "event-1"): Told(chat_id=1, event_id="event-1", first=Delivery.SENT, severity=Severity.SEVERE,
                                      keys=frozenset(keys))}  # fmt: skip
        made = EventChange(kind=kind, before=before, after=after, cause="i", at=at(1), news=(News.NEW_CLOSURE,))
        (alert,) = plan(made, matched(), known, at(1))
        repeated = alert.key in keys
        assert not repeated or kind in {ChangeKind.ESCALATED, ChangeKind.ENDED}  # extreme, or over, twice running
        keys.add(alert.key)
        before = after


def test_who_was_never_sent_the_withdrawn_alert_hears_when_it_happened_after_all() -> None:
    withdrawn = Told(
        chat_id=1, event_id=BEFORE.id, first=Delivery.SUPERSEDED, severity=Severity.NONE,
        keys=frozenset({f"1:{BEFORE.id}:first"}),
    )  # fmt: skip
    false = event(version=3, state=EventState.RETRACTED, severity=Severity.NONE)
    (alert,) = plan(change(ChangeKind.ESCALATED, before=false), matched(), {(1, BEFORE.id): withdrawn}, at(1))
    assert alert.reason is AlertReason.FIRST


def test_an_end_is_told_again_after_an_easing_that_brought_something_worse_with_it() -> None:
    told = Told(
        chat_id=1, event_id=BEFORE.id, first=Delivery.SENT, severity=Severity.SEVERE,
        keys=frozenset({f"1:{BEFORE.id}:first"}),
    )  # fmt: skip
    easing = f"1:{BEFORE.id}:easing:reopened,airport=restored@ap:BKO,curfew=imposed@gn:2460596:1"
    ended = change(ChangeKind.ENDED, event(version=4, state=EventState.ENDED))
    first, second = (
        plan(ended, matched(), {(1, BEFORE.id): replace(told, keys=told.keys | keys)}, at(1))[0].key
        for keys in (frozenset(), frozenset({easing}))
    )
    assert first != second

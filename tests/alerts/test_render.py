"""What a person reads: the first line, the state under it, and what hostile words cannot do."""

import re
from dataclasses import replace
from math import inf

import pytest
from builders import BAMAKO, BKO, GAO, MALI, NIGER, at, chat, event, report, watch
from hypothesis import given
from hypothesis import strategies as st
from support.telegram_html import parse

from bot.alerts.facts import tag
from bot.alerts.markup import LIMIT, units
from bot.alerts.render import render
from bot.model.alert import Alert, AlertReason, Deed, Message
from bot.model.assessment import MeasureState, Severity, Status, TargetState, Toll
from bot.model.event import Event, EventState, News
from bot.model.hazard import Hazard, Measure, Target
from bot.model.place import Place, PlaceKind, Point
from bot.model.reading import Cue, ImpactKind
from bot.model.watch import Match, Watch, WatchKind

BAMAKO_PIN = Place(
    id="pin:12.500,-8.050", name="12.500, -8.050", kind=PlaceKind.CITY, country="ML", point=Point(12.5, -8.05)
)
SHUT = TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=BKO, since=at(1))
KILLED = Toll(kind=ImpactKind.KILLED, low=14, high=inf, speaker="security sources")
INJURED = Toll(kind=ImpactKind.INJURED, low=3, high=5)
STAY_AWAY = "Stay away from the area and off the streets; keep doors shut and your phone charged."
MINISTRY, MATIN, WIRE = (f"https://{host}.example/1" for host in ("ministry-of-security", "bamako-matin", "sahel-wire"))
OFFICIAL = report("Ministry of Security", official=True, hours=2)


def the_day() -> Event:
    """The attack on Bamako as it stands at nine: airport shut, staff told to stay in, officials calm, a first toll."""
    return event(
        severity=Severity.EXTREME,
        headline="Gunmen storm gendarmerie school in Bamako",
        reports=(report(), report("Bamako Matin", hours=1), OFFICIAL),
        targets=(SHUT,),
        measures=(MeasureState(measure=Measure.STAFF_MOVEMENT, cue=Cue.ADVISED, place=BAMAKO),),
        impacts=(KILLED, INJURED),
        reassured=True,
        last_seen_at=at(2),
    )


def alert(reason: AlertReason = AlertReason.FIRST, *, news: tuple[News, ...] = (), silent: bool = False) -> Alert:
    return Alert(
        key="1:event-1:first", chat_id=1, event_id="event-1", event_version=1, reason=reason, silent=silent,
        match=Match(watch=watch(), why="in-country", place=BAMAKO), severity=Severity.SEVERE,
        created_at=at(0), expires_at=at(24), news=news,
    )  # fmt: skip


def shown(told: Alert, state: Event, **chat_fields: object) -> list[str]:
    return render(told, state, chat(timezone="Africa/Bamako", **chat_fields), at(3)).plain.splitlines()


def test_the_first_alert_of_the_day_tells_all_that_is_known() -> None:
    assert shown(alert(), the_day()) == [
        "🔴 EXTREME: armed attack, airport closed – Bamako, Mali",
        "“Gunmen storm gendarmerie school in Bamako”",
        "⛔ Modibo Keita International Airport (BKO): operations suspended since 08:00",
        "Measures: organisations limit staff movement",
        "Toll: at least 14 killed (security sources), 3–5 injured",
        "Officials say it is under control; that is no all-clear.",
        "Inside Mali, which you watch",
        "3 independent sources, 1 official",
        f"➡️ {STAY_AWAY} Ask your airline before you set out for the airport.",
        "☎️ police 17, ambulance 15, fire 18",
        f"First report 17 Sep, 07:00 GMT, latest 09:00 · {tag(the_day())}",
        f"Sources: Ministry of Security ({MINISTRY}) (official), Bamako Matin ({MATIN}), Sahel Wire ({WIRE})",
    ]


def test_a_time_that_all_measures_share_is_said_once() -> None:
    curfew, emergency = (
        MeasureState(measure=measure, cue=Cue.IMPOSED, place=BAMAKO, since=at(1))
        for measure in (Measure.CURFEW, Measure.EMERGENCY)
    )
    together = shown(alert(), event(measures=(curfew, emergency)))
    assert "Measures: curfew, state of emergency since 08:00" in together
    apart = shown(alert(), event(measures=(curfew, replace(emergency, since=at(2)))))
    assert "Measures: curfew since 08:00, state of emergency since 09:00" in apart


def test_in_french_it_says_the_same() -> None:
    lines = shown(alert(), the_day(), language="fr")
    assert lines[0] == "🔴 EXTRÊME : attaque armée, aéroport fermé – Bamako, Mali"
    assert "⛔ Modibo Keita International Airport (BKO) : activité suspendue depuis 08:00" in lines
    assert "Bilan : au moins 14 morts (selon security sources), 3–5 blessés" in lines
    assert "Les autorités disent la situation maîtrisée ; ce n’est pas une fin d’alerte." in lines


def test_one_unofficial_voice_is_said_to_be_one_and_never_shown_above_severe() -> None:
    lines = shown(alert(), event(severity=Severity.EXTREME, state=EventState.UNCONFIRMED))
    assert lines[0] == "🟠 SEVERE (unconfirmed): armed attack – Bamako, Mali"
    assert "Unconfirmed: one source" in lines


def test_one_official_voice_is_enough() -> None:
    lines = shown(alert(), event(severity=Severity.EXTREME, reports=(OFFICIAL,)))
    assert lines[0].startswith("🔴 EXTREME: ")
    assert "Reported by an official source" in lines


def test_two_reports_of_one_voice_are_one_source() -> None:
    twice = event(reports=(report(), replace(report("Copy"), voice="sahel-wire")))
    assert "Unconfirmed: one source" in shown(alert(), twice)


@pytest.mark.parametrize(
    ("reason", "news", "first"),
    [
        (AlertReason.ESCALATION, (), "🔴 Now EXTREME: armed attack, airport closed – Bamako, Mali"),
        (AlertReason.WIDENING, (), "🔴 Wider area, EXTREME: armed attack, airport closed – Bamako, Mali"),
        (AlertReason.UPDATE, (News.NEW_CLOSURE,), "🔴 Airport closed – Bamako, Mali (armed attack, EXTREME)"),
        (
            AlertReason.UPDATE,
            (News.FIRST_TOLL,),
            "🔴 At least 14 killed, 3–5 injured – Bamako, Mali (armed attack, EXTREME)",
        ),
        (
            AlertReason.UPDATE,
            (News.NEW_MEASURE,),
            "🔴 Organisations limit staff movement – Bamako, Mali (armed attack, EXTREME)",
        ),
        (AlertReason.UPDATE, (News.COME_TRUE,), "🔴 It is happening now – Bamako, Mali (armed attack, EXTREME)"),
        (AlertReason.UPDATE, (), "🔴 Update – Bamako, Mali (armed attack, EXTREME)"),
        (AlertReason.CORRECTION, (), "🔴 Correction, EXTREME: armed attack, airport closed – Bamako, Mali"),
    ],
)
def test_a_reply_says_first_what_changed(reason: AlertReason, news: tuple[News, ...], first: str) -> None:
    lines = shown(alert(reason, news=news), the_day())
    assert lines[0] == first
    assert len("\n".join(lines[:1])) <= 120


def test_when_the_airport_reopens_the_rest_still_goes_on() -> None:
    eased = replace(the_day(), state=EventState.EASING, targets=(replace(SHUT, cue=Cue.RESTORED, since=None),))
    lines = shown(alert(AlertReason.EASING, news=(News.REOPENED,)), eased)
    assert lines[0] == "🔴 Airport reopened – Bamako, Mali (armed attack, EXTREME)"
    assert "✅ Modibo Keita International Airport (BKO): open again" in lines
    assert "Status: easing, not over" in lines
    assert not any("Ask your airline" in line for line in lines)


def test_an_all_clear_speaks_of_nothing_that_nobody_keeps_up_to_date() -> None:
    lines = shown(alert(AlertReason.ALL_CLEAR), replace(the_day(), state=EventState.ENDED))
    assert lines[0] == "🟢 All clear: armed attack – Bamako, Mali"
    assert not any("suspended" in line or "staff" in line for line in lines)


def test_what_waited_till_the_event_was_over_tells_that_it_is_over() -> None:
    for reason in (AlertReason.FIRST, AlertReason.ESCALATION, AlertReason.UPDATE):
        assert shown(alert(reason), replace(the_day(), state=EventState.ENDED))[0].startswith("🟢 All clear")


def test_the_end_of_reports_is_not_told_as_an_end() -> None:
    lines = shown(alert(AlertReason.EDIT), replace(the_day(), state=EventState.EXPIRED))
    assert lines[0].startswith("⚪ No new reports")
    assert "Status: no new reports; nobody has said that it is over" in lines
    assert "clear" not in " ".join(lines).lower()


def test_a_retraction_repeats_none_of_what_was_wrong() -> None:
    lines = shown(alert(AlertReason.RETRACTION), replace(the_day(), state=EventState.RETRACTED))
    assert lines[0] == "⚪ Withdrawn, it was reported in error: armed attack – Bamako, Mali"
    assert not any("killed" in line or "suspended" in line or "➡️" in line for line in lines)


ROUTE = watch(BAMAKO, kind=WatchKind.ROUTE, area=(BAMAKO, GAO))
PIN = watch(BAMAKO_PIN, kind=WatchKind.PIN)


@pytest.mark.parametrize(
    ("watched", "why", "km", "bearing", "line"),
    [
        (watch(MALI), "in-country", None, None, "Inside Mali, which you watch"),
        (watch(BAMAKO), "near", 0.0, None, "In Bamako, which you watch"),
        (watch(GAO), "near", 947.2, 225.0, "950 km south-west of Gao, which you watch"),
        (watch(GAO), "nationwide", None, None, "For the whole of Bamako; you watch Gao"),
        (PIN, "all-country", None, None, "In Bamako, no closer place is known; you watch your pin"),
        (PIN, "near", 12.3, 44.0, "12 km north-east of your pin"),
        (PIN, "near", 0.3, 44.0, "At your pin"),
        (watch(BKO), "near", 8.9, 340.0, "8.9 km north of Modibo Keita International Airport (BKO), which you watch"),
        (watch(BKO), "airport-state", 0.0, None, "At Modibo Keita International Airport (BKO), which you watch"),
        (ROUTE, "on-route", 12.3, None, "On your way Bamako – Gao, 12 km from it at most"),
    ],
)  # fmt: skip
def test_it_tells_how_near_it_is(watched: Watch, why: str, km: float | None, bearing: float | None, line: str) -> None:
    match = Match(watch=watched, why=why, place=BAMAKO, distance_km=km, bearing=bearing)
    assert line in shown(replace(alert(), match=match), event())


def test_an_event_of_several_countries_names_them() -> None:
    both = event(MALI, area=(MALI, NIGER))
    assert shown(alert(), both)[0].endswith("– Mali, Niger")
    many = event(area=(BAMAKO, GAO, MALI, NIGER))
    assert shown(alert(), many)[0].endswith("– Bamako, Gao, Mali, +1")


def test_a_forecast_is_told_as_one() -> None:
    coming = event(hazard=Hazard.STORM, status=Status.EXPECTED, reports=(OFFICIAL,))
    lines = shown(alert(), coming)
    assert lines[0] == "🟠 SEVERE (expected): storm – Bamako, Mali"
    assert "Status: expected" in lines


def test_a_closure_without_a_known_cause_is_told_as_a_closure() -> None:
    alone = event(BKO, Hazard.AIRPORT, targets=(SHUT,), reports=(OFFICIAL,))
    assert shown(alert(), alone)[0] == "🟠 SEVERE: airport closed – Modibo Keita International Airport (BKO), Mali"


def test_a_repeat_is_marked_in_html_and_in_plain_text() -> None:
    message = render(alert(), event(), chat(), at(1), repeat=True)
    assert "(repeat: delivery could not be confirmed)" in message.plain.splitlines()[1]
    assert "(repeat: delivery could not be confirmed)" in message.html
    assert "repeat" not in render(alert(), event(), chat(), at(1)).plain


def test_the_same_state_gives_the_same_text_at_any_time() -> None:
    edit = alert(AlertReason.EDIT)
    assert render(edit, the_day(), chat(), at(3)) == render(edit, the_day(), chat(), at(30))


def test_the_tag_is_the_same_in_every_message_and_language_of_an_event() -> None:
    tags = {
        re.findall(r"ML-17SEP-[A-Z2-9]{2}", "\n".join(shown(alert(reason), the_day(), language=language)))[0]
        for reason in AlertReason
        for language in ("en", "fr")
    }
    assert len(tags) == 1
    assert tag(event(id="event-2")) != tag(event(id="event-1"))


def test_names_of_places_are_asked_for_in_the_chats_language() -> None:
    message = render(alert(), event(), chat(language="fr"), at(0), names=lambda place, code: f"{place.name} [{code}]")
    assert "Bamako [fr], Mali" in message.plain


def test_silence_is_the_alerts_and_the_map_has_a_button() -> None:
    message = render(alert(silent=True), event(), chat(), at(0))
    assert message.silent
    assert (message.buttons[0][0].deed, message.buttons[0][0].about) == (Deed.MAP, "event-1")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "tg://resolve?domain=x", "https://a@evil.example/", "ftp://x.example", "https://x", "http://[",
     "https://evil.example/\u202egpj", "https://evil.example/" + "a" * 5000, ""],
)  # fmt: skip
def test_an_address_that_is_no_plain_web_address_is_no_link(url: str) -> None:
    message = render(alert(), event(reports=(report(url=url),)), chat(), at(0))
    assert "href" not in message.html
    assert "Sahel Wire" in message.plain


def test_a_foreign_host_is_shown_in_ascii() -> None:
    message = render(alert(), event(reports=(report(url="https://аррӏе.com/"),)), chat(), at(0))
    assert 'href="https://xn--' in message.html


def test_nothing_in_a_headline_can_be_tapped_or_turns_the_line() -> None:
    headline = (
        "Attack <b>now & @admin /stop #tag evil.com http://evil.com \u202emoc.live\u2066 a\u0301\u0301\u0301\u0301"
    )
    message = render(alert(), event(headline=headline), chat(), at(0))
    line = message.plain.splitlines()[1]
    for tappable in ("@admin", "/stop", "#tag", "evil.com", "://"):
        assert tappable not in line
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", message.html)
    assert line.count("\u0301") <= 2
    assert "&lt;b&gt;now &amp;" in message.html


hostile = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from("<>&\"'/@#\u202e\u200f\u0301\u0000\n"),
        st.sampled_from(["<b>", "</a>", "&amp;", "&#60;", "😀" * 50, "https://x.example"]),
    ),
    max_size=40,
).map("".join)


@given(hostile, hostile, hostile, st.sampled_from(AlertReason), st.sampled_from(["en", "fr", "ar"]))
def test_whatever_a_feed_says_telegram_takes_the_message(
    headline: str, outlet: str, speaker: str, reason: AlertReason, language: str
) -> None:
    told = event(
        headline=headline,
        reports=(replace(report(), outlet=outlet, url="https://x.example/" + headline), OFFICIAL),
        impacts=(replace(KILLED, speaker=speaker),),
    )
    message = render(alert(reason), told, chat(language=language), at(0))
    _taken_by_telegram(message)
    assert "Bamako" in message.plain.splitlines()[0]


@pytest.mark.parametrize("reason", AlertReason)
def test_the_fullest_event_still_fits(reason: AlertReason) -> None:
    airports = tuple(
        TargetState(target=Target.AIRPORT, cue=Cue.CLOSED, place=replace(BKO, id=f"ap:{index}", name="Aéroport " * 30))
        for index in range(40)
    )
    full = replace(
        the_day(),
        headline="😀" * 3000,
        area=tuple(replace(GAO, id=f"gn:{index}", name="Ville " * 100) for index in range(50)),
        targets=airports,
        measures=tuple(MeasureState(measure=measure, cue=Cue.IMPOSED, place=MALI, since=at(0)) for measure in Measure),
        impacts=tuple(Toll(kind=kind, low=1, high=10**9, speaker="x" * 500) for kind in ImpactKind for _ in range(5)),
        reports=tuple(
            replace(report("O" * 300, hours=index), voice=str(index), url="https://x.example/" + "&" * 490)
            for index in range(60)
        ),
    )
    message = render(alert(reason), full, chat(language="fr"), at(3), repeat=True)
    _taken_by_telegram(message)
    assert message.plain.count("\n") > 5


def test_before_its_sources_the_alert_of_the_day_is_short() -> None:
    text = "\n".join(shown(alert(), the_day()))
    assert len(text.partition("\nSources:")[0]) <= 640


def test_who_was_told_the_wrong_place_reads_which_it_was_and_not_that_it_is_near() -> None:
    moved = event(GAO, mistaken=(BAMAKO,))
    wrong = replace(alert(AlertReason.CORRECTION), match=Match(watch=watch(BAMAKO), why="near", place=BAMAKO))
    lines = shown(wrong, moved)
    assert "Not in Bamako, as was first reported" in lines
    assert not [line for line in lines if "which you watch" in line]
    right = replace(wrong, match=Match(watch=watch(GAO), why="near", place=GAO))
    assert "In Gao, which you watch" in shown(right, moved)


def _taken_by_telegram(message: Message) -> None:
    text, _ = parse(message.html)
    assert text.strip()
    assert units(message.html) <= LIMIT
    assert units(message.plain) <= LIMIT
    message.html.encode()
    message.plain.encode()
    assert "\u202e" not in message.html


def test_usual_alerts_in_english_are_at_most_560_letters_long_before_their_sources() -> None:
    shut = TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=BKO, since=at(0))
    dead = Toll(kind=ImpactKind.KILLED, low=14, high=inf, speaker="army")
    usual = (
        event(area=(BAMAKO, BKO), targets=(shut,), impacts=(dead,), reassured=True),
        event(severity=Severity.EXTREME, impacts=(dead,), reports=(report(), report("Lac Info"))),
        event(MALI, Hazard.COUP, severity=Severity.EXTREME),
        event(GAO, Hazard.FLOOD, impacts=(Toll(kind=ImpactKind.DISPLACED, low=2000, high=2000),)),
        event(BKO, Hazard.AIRPORT, targets=(shut,)),
    )
    for one in usual:
        told = render(alert(one), one, chat(), at(1)).plain
        assert len(told.partition("\nSources")[0]) <= 560, told

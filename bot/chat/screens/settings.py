"""The settings of a chat: language, time zone, when it sleeps, what it hears, how it looks."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.chat.callbacks import Verb
from bot.chat.screens.screen import PAGE, Screen, button, page_of, turning
from bot.model.assessment import Severity
from bot.model.watch import Brief, Chat, QuietHours
from bot.wording import LANGUAGES, Words, marked
from bot.wording.local import city_of, clock_time, day_and_time, zone_of
from bot.wording.nouns import severity_name

QUIET_CHOICES: tuple[QuietHours | None, ...] = (
    None,
    QuietHours(time(22), time(7)),
    QuietHours(time(23), time(7)),
    QuietHours(time(21), time(6)),
    QuietHours(time(0), time(8)),
)
BRIEF_CHOICES: tuple[Brief | None, ...] = (
    None,
    Brief(time(8)),
    Brief(time(8), only_news=True),
    Brief(time(8), weekday=0),
)
WEEKDAYS = (
    marked("Monday"), marked("Tuesday"), marked("Wednesday"), marked("Thursday"), marked("Friday"), marked("Saturday"),
    marked("Sunday"),
)  # fmt: skip
SEVERITY_CHOICES = (Severity.MINOR, Severity.MODERATE, Severity.SEVERE, Severity.EXTREME)
ZONES = (
    "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago",
    "America/New_York", "America/Bogota", "America/Caracas", "America/Sao_Paulo", "America/Argentina/Buenos_Aires",
    "Atlantic/Azores", "UTC", "Africa/Abidjan", "Africa/Bamako", "Africa/Dakar", "Europe/London", "Europe/Lisbon",
    "Africa/Lagos", "Africa/Algiers", "Africa/Niamey", "Africa/Kinshasa", "Europe/Paris", "Europe/Berlin",
    "Europe/Madrid", "Europe/Rome", "Africa/Cairo", "Africa/Johannesburg", "Europe/Athens", "Europe/Kyiv",
    "Asia/Jerusalem", "Asia/Beirut", "Africa/Nairobi", "Africa/Addis_Ababa", "Europe/Istanbul", "Europe/Moscow",
    "Asia/Riyadh", "Asia/Baghdad", "Asia/Tehran", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata",
    "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta", "Asia/Shanghai", "Asia/Manila",
    "Australia/Perth", "Asia/Tokyo", "Asia/Seoul", "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland",
    "Pacific/Apia",
)  # fmt: skip
"""Zones offered by button, from west to east; several names of one hour where people look for their own city."""


def settings_screen(chat: Chat, least: Severity, now: datetime, words: Words) -> Screen:
    """Show the settings; each button shows its state and turns it on."""
    here = (city_of(chat.timezone, words), _now_in(chat.timezone, now, words))
    yes, no = words.say("yes"), words.say("no")
    settings = [
        (words.say("Language: {value}", value=LANGUAGES.get(chat.language, chat.language)), Verb.LANGUAGES, 0),
        (words.say("Time zone: {value}", value=words.joined(here)), Verb.ZONES, _zone_page(chat.timezone)),
        (words.say("Quiet hours: {value}", value=hours(chat.quiet, words)), Verb.QUIET, 0),
        (words.say("Least severity: {value}", value=severity_name(least, words)), Verb.SEVERITY, 0),
        (words.say("Brief: {value}", value=brief_words(chat.brief, words)), Verb.BRIEF, 0),
        (words.say("Discreet: {value}", value=yes if chat.discreet else no), Verb.DISCREET, 0),
        (words.say("Maps with alerts: {value}", value=yes if chat.pictures else no), Verb.PICTURES, 0),
    ]
    if chat.snoozed_until is not None and now < chat.snoozed_until:
        until = day_and_time(chat.snoozed_until, zone_of(chat.timezone), words)
        settings.insert(3, (words.say("Snoozed until {time}; press to end it", time=until), Verb.WAKE, 0))
    text = "\n".join(label for label, _, _ in settings)
    hint = words.say("In quiet hours only EXTREME alerts come through; the rest waits for the morning.")
    free = words.say("Hours of your own: /quiet 22:30-6:45 · /snooze 2h · /brief daily 08:00")
    rows = tuple((button(*setting),) for setting in settings)
    return Screen(f"{text}\n\n{hint}\n{free}", (*rows, (button(words.say("Close"), Verb.CLOSE),)))


def brief_words(brief: Brief | None, words: Words) -> str:
    """Return when the brief comes: "daily 08:00", "weekly, Monday 08:00", "off"."""
    if brief is None:
        return words.say("none")
    at = f"{brief.at:%H:%M}"
    if brief.weekday is None:
        said = words.say("daily {time}", time=at)
    else:
        said = words.say("weekly, {day} {time}", day=words.say(WEEKDAYS[brief.weekday]), time=at)
    return words.say("{brief}, only with news", brief=said) if brief.only_news else said


def zones_screen(page: int, now: datetime, words: Words) -> Screen:
    """Offer time zones with the time that it is there now."""
    shown, page, pages = page_of(ZONES, page)
    rows = [(button(f"{city_of(name, words)} {_now_in(name, now, words)}", Verb.ZONE, page, name),) for name in shown]
    back = button(words.say("Back"), Verb.SETTINGS)
    return Screen(
        words.say("Choose the place whose clock is yours:"), (*rows, (*turning(Verb.ZONES, page, pages), back))
    )


def hours(quiet: QuietHours | None, words: Words) -> str:
    """Return the quiet hours: "22:30–06:45", "off"."""
    if quiet is None or quiet.start == quiet.end:
        return words.say("off")
    return f"{quiet.start:%H:%M}–{quiet.end:%H:%M}"


def _now_in(zone: str, now: datetime, words: Words) -> str:
    known: ZoneInfo = zone_of(zone)
    return clock_time(now, known, words).partition(" ")[0]


def _zone_page(zone: str) -> int:
    return ZONES.index(zone) // PAGE if zone in ZONES else ZONES.index("UTC") // PAGE

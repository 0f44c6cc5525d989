"""The settings of a chat: language, time zone, quiet hours, least severity."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.chat.callbacks import Verb
from bot.chat.screens.screen import PAGE, Screen, button, page_of, turning
from bot.model.assessment import Severity
from bot.model.watch import Chat, QuietHours
from bot.wording import LANGUAGES, Words
from bot.wording.local import city_of, clock_time, zone_of
from bot.wording.nouns import severity_name

QUIET_CHOICES: tuple[QuietHours | None, ...] = (
    None,
    QuietHours(time(22), time(7)),
    QuietHours(time(23), time(7)),
    QuietHours(time(21), time(6)),
    QuietHours(time(0), time(8)),
)
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
    language = words.say("Language: {value}", value=LANGUAGES.get(chat.language, chat.language))
    here = (city_of(chat.timezone, words), _now_in(chat.timezone, now, words))
    zone = words.say("Time zone: {value}", value=words.joined(here))
    quiet = words.say("Quiet hours: {value}", value=_hours(chat.quiet, words))
    severity = words.say("Least severity: {value}", value=severity_name(least, words))
    hint = words.say("In quiet hours only EXTREME alerts come through; the rest waits for the morning.")
    rows = (
        (button(language, Verb.LANGUAGES),),
        (button(zone, Verb.ZONES, _zone_page(chat.timezone)),),
        (button(quiet, Verb.QUIET),),
        (button(severity, Verb.SEVERITY),),
        (button(words.say("Close"), Verb.CLOSE),),
    )
    return Screen(f"{language}\n{zone}\n{quiet}\n{severity}\n\n{hint}", rows)


def zones_screen(page: int, now: datetime, words: Words) -> Screen:
    """Offer time zones with the time that it is there now."""
    shown, page, pages = page_of(ZONES, page)
    rows = [(button(f"{city_of(name, words)} {_now_in(name, now, words)}", Verb.ZONE, page, name),) for name in shown]
    back = button(words.say("Back"), Verb.SETTINGS)
    return Screen(
        words.say("Choose the place whose clock is yours:"), (*rows, (*turning(Verb.ZONES, page, pages), back))
    )


def _hours(quiet: QuietHours | None, words: Words) -> str:
    if quiet is None or quiet.start == quiet.end:
        return words.say("off")
    return f"{quiet.start:%H:%M}–{quiet.end:%H:%M}"


def _now_in(zone: str, now: datetime, words: Words) -> str:
    known: ZoneInfo = zone_of(zone)
    return clock_time(now, known, words).partition(" ")[0]


def _zone_page(zone: str) -> int:
    return ZONES.index(zone) // PAGE if zone in ZONES else ZONES.index("UTC") // PAGE

"""What all warnings of CAP's kind have in common, whatever they are written in: who is told, in what words, as what.

Tests, exercises, drafts and system messages are no warnings, and neither are acknowledgements; some bear the mark in
their words alone. A warning is known by the first message of its chain, so that each update is news of the same thing.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.feeds import scales
from bot.feeds.dates import parse_date
from bot.feeds.drills import is_a_test
from bot.feeds.fields import centres
from bot.feeds.itemise import Raw
from bot.feeds.warned_hazards import hazard_of_event
from bot.model.assessment import Severity
from bot.model.hazard import Hazard
from bot.model.item import Cap, Native
from bot.model.place import Point
from bot.model.text import fold

LIVE_STATUS = "Actual"
TOLD_TYPES = frozenset({"Alert", "Update", "Cancel"})
MOST_POINTS = 20
AREAS_NAMED = 3
"""Areas in a title; a warning may list hundreds."""
MOST_NAME = 50
"""Characters of an area's name; longer ones are sentences ("from the cape to 60 miles out")."""

_NO_HAZARD = re.compile(r"\b(?:amber alert|child abduction|missing person|silver alert|blue alert)\b")
"""Calls for witnesses, which are sent by the same means."""
_ALL_CLEAR = re.compile(r"^(?:entwarnung|all[ -]clear|fin d'alerte|fin de la alerta)\b")


def warned(
    cap: Cap,
    *,
    headline: str,
    description: str = "",
    link: str = "",
    language: str = "",
    parameters: Mapping[str, str] | None = None,
    response: Sequence[str] = (),
    colour: str = "",
    countries: Sequence[str] = (),
    points: Sequence[Point] = (),
    hazard: Hazard | None = None,
    revision: str = "",
) -> Raw | None:
    """Return a warning as an item's fields, None for what is not meant for the public's eyes.

    Args:
        cap: the warning's own facts.
        headline: the issuer's own; the event's name stands in where it is empty.
        description: the issuer's text.
        link: where people may read it.
        language: of headline and description.
        parameters: further names and values, of which MeteoAlarm's level and type are used.
        response: CAP's response types; `AllClear` ends the warning.
        colour: of the warning, where the issuer has colours.
        countries: ISO codes of the issuer's land, where no area can be found.
        points: beside those of the warning's own polygons and circles.
        hazard: where the issuer's own code tells it.
        revision: where the time of sending is not the alert's own.
    """
    if cap.status != LIVE_STATUS or cap.msg_type not in TOLD_TYPES:
        return None
    headline = headline or cap.event
    if is_a_test(cap.event, headline, description):
        return None
    extra = parameters or {}
    level = extra.get("awareness_level", "").split(";")
    colour = (level[1] if len(level) > 1 else colour).strip().lower()
    kind = hazard or hazard_of_event(cap.event, headline, extra.get("awareness_type", ""))
    cancelled = cap.msg_type == "Cancel"
    over = cancelled or "AllClear" in response or _ALL_CLEAR.search(fold(headline)) is not None
    native = Native(
        event_id=first_of_chain(cap),
        revision=revision or f"{cap.msg_type} {cap.sent.isoformat()}",
        hazard=kind,
        severity=Severity.NONE if _NO_HAZARD.search(fold(f"{cap.event} {headline}")) else _severity(cap, colour),
        own_word=colour or cap.severity,
        ended=over,
        areas=cap.areas,
        countries=tuple(countries),
        expires=cap.expires,
    )
    if over:
        head = "Cancelled" if cancelled else "No longer in force"
        headline = f"{head}: {headline}" if headline else "Warning cancelled"
    discs = tuple((point,) for point, _ in cap.circles)
    return Raw(
        guid=cap.identifier,
        link=link,
        title=with_areas(headline, cap.areas),
        texts=(description or "; ".join(cap.areas),),
        published=cap.sent,
        language=language,
        points=(*points, *centres((*cap.polygons, *discs)))[:MOST_POINTS],
        cap=cap,
        native=native,
    )


def _severity(cap: Cap, colour: str) -> Severity | None:
    if colour:
        return scales.of(scales.COLOUR, colour)
    return scales.cap(cap.severity, cap.urgency, cap.certainty)


def with_areas(headline: str, areas: Sequence[str]) -> str:
    """Return the headline with the first areas behind it, unless it names one of them."""
    folded, names = fold(headline), [area for area in areas if len(area) <= MOST_NAME]
    if not names or any(fold(area) in folded for area in names):
        return headline
    more = ", and others" if len(names) > AREAS_NAMED else ""
    return f"{headline} ({'; '.join(names[:AREAS_NAMED])}{more})"


def first_of_chain(cap: Cap) -> str:
    """Return the identifier of the earliest message that this one refers to, else its own.

    References are "sender,identifier,time" in CAP, a mere identifier in some other forms.
    """
    chain = [reference.split(",") for reference in cap.references]
    dated = [(when, parts[1]) for parts in chain if len(parts) > 2 and (when := parse_date(parts[-1]))]  # noqa: PLR2004
    if dated:
        return min(dated)[1]
    return next((parts[1] if len(parts) > 1 else parts[0] for parts in chain if parts[-1]), cap.identifier)


def sent_or(*whens: datetime | None) -> datetime | None:
    """Return the first time that is known."""
    return next((when for when in whens if when is not None), None)

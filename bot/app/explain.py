"""`outrider explain`: how a text is read and judged, for a person, with the words that decided in colour."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isinf
from pathlib import Path

from pydantic import ValidationError

from bot.app.books import load_books
from bot.app.folders import config_dir
from bot.app.reading_lines import Line
from bot.model.assessment import Assessment, Reason
from bot.model.errors import ConfigError, Fault
from bot.model.item import Item
from bot.model.place import Place
from bot.model.reading import Impact, PlaceMention, Reading, Role
from bot.model.text import Field, Span
from bot.pipeline import Understanding, understand

RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, BOLD, DIM = "31", "32", "33", "34", "35", "36", "1", "2"

WHY_NOT = {
    "no-hazard": "no words name a hazard",
    "denied": "what it names is said not to be so",
    "background": "what it names was earlier",
    "historic": "what it names is older than 72 hours",
    "thin": "the words are too few or too weak to be news of an event",
    "small-accident": "an accident with fewer than ten dead, and no way is shut",
    "single-crime": "a single ordinary crime",
    "cap-exercise": "the source marks it as an exercise or a test",
    "court": "it tells of a court or an investigation",
    "anniversary": "it remembers something past",
    "analysis": "it explains, and reports nothing new",
    "politics": "it tells of politics without a measure on the ground",
    "sport": "it is about sport",
    "business": "it is about business",
    "culture": "it is about culture or people's lives",
    "drill": "it is an exercise",
    "fiction": "it is invented",
    "figure": "the words are a figure of speech",
    "statistics": "it counts up a past time",
    "foiled": "it was prevented",
    "appeal": "it asks for help or money",
    "reads-as-talk": "its words are those of talk about an event, not of news of one (learnt from judged headlines)",
}
"""The codes against an alert, in words."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes in colour, or plainly where colour would not be shown."""

    colour: bool

    def __call__(self, text: str, *codes: str) -> str:
        """Return the text in these colours."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.colour and codes and text else text


def lines_of(understood: Understanding, *, colour: bool) -> Iterator[str]:
    """Give the explanation line by line: the answer first, then the text, then what was read, then the score."""
    pen = Pen(colour)
    item, reading, main = understood.item, understood.reading, understood.assessments[0]
    yield _answer(main, item, pen)
    yield ""
    yield from _painted(item, reading, main, pen)
    sections = (
        ("Places", [_place_line(item, mention, pen) for mention in reading.places]),
        ("Hazards", [
            f"{pen(m.hazard.value, RED)}  “{item.words(m.span)}”  {m.time_frame}, {m.polarity}, "
            f"strength {m.strength}  ({m.phrase})" for m in reading.hazards
        ]),
        ("States and measures", [
            f"{pen(f'{m.target} {m.cue}', YELLOW)}  “{item.words(m.span)}”  {m.time_frame}, {m.polarity}  ({m.phrase})"
            for m in reading.statuses
        ]),
        ("Counts", [_impact_line(item, impact, pen) for impact in reading.impacts]),
        ("Sort of writing", [
            f"{pen(m.genre.value, BLUE)}  “{item.words(m.span)}”  strength {m.strength}  ({m.phrase})"
            for m in reading.genres
        ]),
        ("Judgement", [_axes(main, reading)]),
        ("Score", [*_score_lines(item, main.reasons, pen), f"{main.score:>4}  {main.severity}"]),
    )  # fmt: skip
    for title, rows in sections:
        if rows:
            yield ""
            yield pen(title, BOLD)
            yield from (f"  {row}" for row in rows)


def _answer(main: Assessment, item: Item, pen: Pen) -> str:
    """Return one sentence: whether it alerts, and why or why not, with the words that decided."""
    deciding = next((r for r in main.reasons if r.spans), None)
    said = ", ".join(f"“{item.words(span)}”" for span in deciding.spans[:4]) if deciding else ""
    where = f" in {_named(main.place)}" if main.place else ", at no place that was found"
    if main.alertable:
        also = f" (also {', '.join(main.also)})" if main.also else ""
        head = pen(f"ALERT, {main.severity}", BOLD, RED)
        return f"{head}: {main.hazard}{also}{where}, {main.status}: {said}."
    reason = main.reasons[0].code if main.reasons else "no-hazard"
    head = pen("NO ALERT", BOLD, GREEN)
    return f"{head}: {WHY_NOT.get(reason, reason)}{f': {said}' if said else ''}."


def _painted(item: Item, reading: Reading, main: Assessment, pen: Pen) -> Iterator[str]:
    """Give title and text with each span in the colour of its kind; what decided is bold."""
    for field, text in ((Field.TITLE, item.title), (Field.TEXT, item.text)):
        if not text:
            continue
        codes: list[tuple[str, ...]] = [()] * len(text)
        for spans, code in _layers(reading):
            _lay(codes, (span for span in spans if span.field is field), code)
        for span in (span for reason in main.reasons for span in reason.spans if span.field is field):
            for at in range(span.start, min(span.end, len(text))):
                codes[at] = tuple(dict.fromkeys((*codes[at], BOLD)))
        painted, start = [], 0
        for at in range(1, len(text) + 1):
            if at == len(text) or codes[at] != codes[start]:
                painted.append(pen(text[start:at], *codes[start]))
                start = at
        yield "".join(painted)


def _layers(reading: Reading) -> tuple[tuple[list[Span], str], ...]:
    """Return spans with their colour; later layers lie on earlier ones."""
    return (
        ([m.span for m in reading.genres], BLUE),
        ([m.span for m in reading.places if m.role is Role.MENTION], DIM),
        ([m.span for m in reading.statuses], YELLOW),
        ([m.span for m in reading.hazards], RED),
        ([m.span for m in reading.impacts], MAGENTA),
        ([m.span for m in reading.places if m.role is Role.EVENT], GREEN),
    )


def _lay(codes: list[tuple[str, ...]], spans: Iterable[Span], code: str) -> None:
    for span in spans:
        for at in range(span.start, min(span.end, len(codes))):
            codes[at] = (code,)


def _named(place: Place) -> str:
    return f"{place.name}, {place.country}" if place.country and place.name != place.country else place.name


def _place_line(item: Item, mention: PlaceMention, pen: Pen) -> str:
    role = pen("event  ", GREEN) if mention.role is Role.EVENT else pen("mention", DIM)
    chosen = mention.place
    what = f"{_named(chosen)} ({chosen.kind})" if chosen else "not decided"
    others = [_named(place) for place in mention.candidates if chosen is None or place.id != chosen.id]
    rest = f"; could be {', '.join(others[:4])}{' …' if len(others) > 4 else ''}" if others else ""  # noqa: PLR2004 - a line's width
    return f"{role}  “{item.words(mention.span)}” = {what}: {', '.join(mention.why) or 'named'}{rest}"


def _impact_line(item: Item, impact: Impact, pen: Pen) -> str:
    high = "or more" if isinf(impact.high) else "" if impact.high == impact.low else f"to {impact.high:g}"
    says = f", says “{impact.speaker}”" if impact.speaker else ""
    many = " ".join(filter(None, (f"{impact.low:g}", high)))
    return f"{pen(impact.kind.value, MAGENTA)} {many}  “{item.words(impact.span)}”  {impact.time_frame}{says}"


def _axes(main: Assessment, reading: Reading) -> str:
    occurred = f", occurred {reading.occurred:%Y-%m-%d %H:%M}" if reading.occurred else ""
    follow = ", joins a known event only" if main.follow_up else ""
    return (
        f"status {main.status or 'none'}, urgency {main.urgency}, certainty {main.certainty}, "
        f"language {reading.language}{occurred}{follow}"
    )


def _score_lines(item: Item, reasons: Iterable[Reason], pen: Pen) -> Iterator[str]:
    for reason in reasons:
        said = ", ".join(dict.fromkeys(f"“{item.words(span)}”" for span in reason.spans))
        points = f"{reason.points:+4d}" if reason.points else "    "
        yield f"{points}  {pen(reason.code, CYAN)}{f'  {said}' if said else ''}"


def explain(text: str, *, language: str | None = None, date: str | None = None) -> int:
    """Print the explanation of a text, or of the text in a file of that name."""
    try:
        line = Line.model_validate({"id": "explained", "text": _content(text), "lang": language, "date": date})
        if date and line.date is None:
            raise ConfigError((Fault("command line", "--date", "is no date as YYYY-MM-DD or ISO 8601"),))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        raise ConfigError(tuple(Fault("command line", str(f["loc"][0]), f["msg"]) for f in faults)) from None
    books = load_books(config_dir())
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for row in lines_of(understand(line.item(), books), colour=colour):
        sys.stdout.write(row + "\n")
    return 0


def _content(text: str) -> str:
    """Return what the file of that name holds, or the text itself."""
    try:
        path = Path(text)
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else text
    except (OSError, ValueError):
        return text

"""`outrider read`: JSON Lines of items in, what each says and how bad it is out, one line each, in order."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from math import isinf
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.app.books import load_books
from bot.app.folders import config_dir
from bot.app.json_lines import answer_lines
from bot.model.assessment import Reason, Toll
from bot.model.item import Item, content_key, item_id
from bot.model.reading import PlaceMention
from bot.model.text import Field as TextField
from bot.model.text import Span
from bot.pipeline import Books, Understanding, understand


def _text(value: object) -> object:
    return "" if value is None else value


Text = Annotated[str, BeforeValidator(_text)]


def _moment(value: object) -> object:
    """Read a date as YYYY-MM-DD or ISO 8601. A day without a time is its noon; times without a zone are UTC.

    A date in an outlet's own manner ("21/03/2018 16h20") may mean two days, so it is no date, and the item is read
    without one.
    """
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError("must be a date as text")  # noqa: TRY004 - pydantic reports ValueError
    try:
        moment = datetime.fromisoformat(value)
        if len(value) <= len("YYYY-MM-DD"):
            moment = moment.replace(hour=12)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


Moment = Annotated[datetime | None, BeforeValidator(_moment)]


class Line(BaseModel):
    """One line of input; keys beyond these are ignored, and values may be null."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: str | int
    lang: Text = ""
    date: Moment = None
    published_at: Moment = None
    title: Text = ""
    text: Text = ""
    outlet: Text = ""
    kind: Text = Field(default="", description="news or official")

    def item(self) -> Item:
        """Return it as an item; nothing is taken from the clock."""
        published = self.published_at or self.date
        return Item(
            id=item_id("line", str(self.id)),
            source_id=self.outlet or "line",
            outlet=self.outlet,
            voice=self.outlet,
            title=self.title,
            text=self.text,
            fetched_at=published,
            published_at=published,
            language=self.lang or None,
            official=self.kind == "official",
            content_key=content_key(self.title, self.text),
        )


def read_lines(lines: Iterable[str], books: Books) -> Iterator[dict[str, Any]]:
    """Give one answer for each line that is not blank, in order; a bad line gives `{id, error}`."""
    for line in lines:
        if line.strip():
            yield _answer(line, books)


def _answer(line: str, books: Books) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"is no JSON: {error}"}
    native = data.get("id") if isinstance(data, dict) else None
    try:
        entry = Line.model_validate(data)
    except ValidationError as error:
        return {"id": native if isinstance(native, str | int) else None, "error": _why(error)}
    try:
        return {"id": entry.id, **report(understand(entry.item(), books))}
    except Exception as error:  # noqa: BLE001 - an item that cannot be read costs only itself
        return {"id": entry.id, "error": f"cannot be read: {type(error).__name__}: {error}"}


def _why(error: ValidationError) -> str:
    parts = []
    for one in error.errors(include_url=False, include_input=False):
        why = one["msg"].removeprefix("Value error, ")
        key = ".".join(map(str, one["loc"]))
        parts.append(f"{key}: {why}" if key else why)
    return "; ".join(parts)


def report(understood: Understanding) -> dict[str, Any]:
    """Return the understanding as the contract of `outrider read` says (DESIGN.md, the command line), without id."""
    main, reading = understood.assessments[0], understood.reading
    return {
        "language": reading.language,
        "alertable": main.alertable,
        "severity": main.severity,
        "score": main.score,
        "urgency": main.urgency,
        "certainty": main.certainty,
        "status": main.status,
        "hazard": main.hazard,
        "also": list(main.also),
        "countries": _countries(understood),
        "places": [_place(mention) for mention in reading.places if mention.place is not None],
        "impacts": _impacts(main.impacts),
        "reasons": [_reason(reason) for reason in main.reasons],
    }


def _countries(understood: Understanding) -> list[str]:
    """Return ISO codes of the event places; an area of several countries (a strait) counts for all of them."""
    places = understood.reading.event_places
    codes = [code for place in places for code in ((place.country,) if place.country else place.countries)]
    return list(dict.fromkeys(codes))


def _place(mention: PlaceMention) -> dict[str, Any]:
    place = mention.place
    assert place is not None
    return {
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "lat": place.point.lat,
        "lon": place.point.lon,
        "geonames_id": place.geonames_id,
        "iata": place.iata,
        "role": mention.role,
        **_span(mention.span),
    }


def _span(span: Span) -> dict[str, Any]:
    return {"field": TextField(span.field), "start": span.start, "end": span.end}


def _impacts(tolls: Iterable[Toll]) -> dict[str, list[float | None]]:
    return {toll.kind.value: _range(toll) for toll in tolls}


def _range(toll: Toll) -> list[float | None]:
    """Return [low, high] with whole numbers as such, and null for no upper end."""
    return [None if isinf(value) else int(value) if value == int(value) else value for value in (toll.low, toll.high)]


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "points": reason.points, "spans": [_span(span) for span in reason.spans]}


def read_file(name: str) -> int:
    """Read the file (or - for standard input), print one line of JSON for each line, and return the exit status."""
    books = load_books(config_dir())
    return answer_lines(name, lambda lines: read_lines(lines, books))

"""Items, and the sources that they come from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from bot.model.place import Point
from bot.model.text import Field, Span


class SourceKind(StrEnum):
    """Who speaks: newsrooms, or an authority in its own field."""

    NEWS = "news"
    OFFICIAL = "official"


class Format(StrEnum):
    """How a source's bytes are written."""

    FEED = "feed"
    CAP = "cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed that is polled.

    `trust` is 0..1 by the rule at the head of config/sources.toml. Two sources of one `owner_group` are
    one voice. `regions` are ISO 3166 codes, or empty for the world. `every` is the wished poll interval.
    """

    id: str
    name: str
    url: str
    format: Format = Format.FEED
    kind: SourceKind = SourceKind.NEWS
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    trust: float = 0.5
    owner_group: str = ""
    every: timedelta = timedelta(minutes=5)
    enabled: bool = True
    attribution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """What a CAP 1.2 message says of itself, in its own words."""

    identifier: str
    sender: str
    sent: datetime
    msg_type: str
    status: str = "Actual"
    event: str = ""
    severity: str = "Unknown"
    urgency: str = "Unknown"
    certainty: str = "Unknown"
    references: tuple[str, ...] = ()
    expires: datetime | None = None
    areas: tuple[str, ...] = ()
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[tuple[Point, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed, as text.

    `voice` is the source's owner group: what counts as one voice. `regions` is the feed's own region.
    `language` is None where it was not declared. `published_at` is None only for `outrider read` without a
    date. `content_key` changes when the words change; `points` are coordinates that the feed gives.
    """

    id: str
    source_id: str
    outlet: str
    title: str
    text: str
    fetched_at: datetime | None
    published_at: datetime | None
    guid: str = ""
    url: str = ""
    language: str | None = None
    official: bool = False
    voice: str = ""
    regions: tuple[str, ...] = ()
    content_key: str = ""
    points: tuple[Point, ...] = ()
    cap: Cap | None = None

    def words(self, span: Span) -> str:
        """Return the characters that the span covers."""
        return (self.title if span.field is Field.TITLE else self.text)[span.start : span.end]


def item_id(source_id: str, native_id: str) -> str:
    """Return the item's id: a hash of its source and its native id, stable over restarts."""
    return sha256(f"{source_id}\n{native_id}".encode()).hexdigest()[:24]


def content_key(title: str, text: str) -> str:
    """Return a key that is equal for equal words, whatever their spacing and case."""
    return sha256(" ".join(f"{title}\n{text}".casefold().split()).encode()).hexdigest()[:24]

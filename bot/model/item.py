"""Items, and the sources that they come from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from bot.model.advice import Level
from bot.model.assessment import Severity
from bot.model.hazard import Hazard
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
    USGS = "usgs"
    EMSC = "emsc"
    JMA_QUAKE = "jma-quake"
    GDACS = "gdacs"
    TSUNAMI = "tsunami"
    GEONET_VOLCANO = "geonet-volcano"
    USGS_VOLCANO = "usgs-volcano"
    NHC = "nhc"
    NWS = "nws"
    METEOALARM = "meteoalarm"
    WMO = "wmo"
    NINA = "nina"
    METNO = "metno"
    ECCC = "eccc"
    DWD = "dwd"
    MET_EIREANN = "met-eireann"
    CMA = "cma"
    JMA_WARNING = "jma-warning"
    HKO = "hko"
    SIGMET = "sigmet"
    FAA = "faa"
    CZIB = "czib"
    OREF = "oref"
    WHO_DON = "who-don"
    CDC_NOTICES = "cdc-notices"
    US_STATE = "us-state"
    FCDO = "fcdo"
    AUSWAERTIGES_AMT = "auswaertiges-amt"
    CANADA = "canada"
    SMARTRAVELLER = "smartraveller"
    MOFA_JAPAN = "mofa-japan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed that is polled.

    `verified` tells whether its decoder was tried on a payload that the source really served; `group` is what an
    operator switches on and off together; `fulltext` allows the page behind a thin item to be read.

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
    group: str = ""
    verified: bool = True
    fulltext: bool = False

    @property
    def pushed(self) -> bool:
        """Whether it is a stream that is listened to, and not a file that is polled."""
        return self.url.startswith(("ws://", "wss://"))


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
class Native:
    """The facts that an official source gives in fields of its own, beside its words.

    `event_id` is the source's own id of the thing, `revision` grows or changes when it says something new of it.
    `hazard` is None where the fields do not tell it: then the words do. `severity` is the source's scale in ours
    (bot/feeds/scales.py), `none` for what nobody need know, None where the source has no scale; `own_word` is what it
    said itself. `ended` is an explicit end: a cancellation, an all-clear. `standing` marks the level of a country or
    a mountain, listed day after day, without word of a rise: it is news only when it changes. `airports` are IATA or
    ICAO codes, `countries` ISO 3166 codes. `level` is how strictly a government warns of a country: whether it rose is
    told by the one that stood before (bot/feeds/baseline.py).
    """

    event_id: str
    revision: str = ""
    hazard: Hazard | None = None
    severity: Severity | None = None
    own_word: str = ""
    ended: bool = False
    standing: bool = False
    areas: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    airports: tuple[str, ...] = ()
    expires: datetime | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed, as text.

    `voice` is the source's owner group: what counts as one voice. `regions` is the feed's own region.
    `language` is None where it was not declared. `published_at` is None only for `outrider read` without a
    date. `content_key` changes when the words change, or the `native` revision; `points` are coordinates that the
    feed gives.
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
    native: Native | None = None

    @property
    def expires(self) -> datetime | None:
        """The time until which its source says that it holds."""
        if self.native is not None and self.native.expires is not None:
            return self.native.expires
        return self.cap.expires if self.cap is not None else None

    def words(self, span: Span) -> str:
        """Return the characters that the span covers."""
        return (self.title if span.field is Field.TITLE else self.text)[span.start : span.end]


def item_id(source_id: str, native_id: str) -> str:
    """Return the item's id: a hash of its source and its native id, stable over restarts."""
    return sha256(f"{source_id}\n{native_id}".encode()).hexdigest()[:24]


def content_key(title: str, text: str) -> str:
    """Return a key that is equal for equal words, whatever their spacing and case."""
    return sha256(" ".join(f"{title}\n{text}".casefold().split()).encode()).hexdigest()[:24]

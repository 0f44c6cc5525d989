"""What all syndication formats have in common: the fields of one item, and how they become an Item."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from bot.feeds.drills import is_a_test
from bot.feeds.plain_text import one_line, plain_text
from bot.model.item import Cap, Item, Native, Source, SourceKind, content_key, item_id
from bot.model.place import Point

MAX_ITEMS = 5_000
MAX_TITLE = 500
MAX_TEXT = 20_000
MAX_URL = 2_000
CLOCK_SKEW = timedelta(minutes=10)

_TRACKING = re.compile(
    r"utm_\w+|at_(?:medium|campaign|custom\d|bbc_team|link_\w+|format|ptr_name)|(?:fb|g|dc|ms|y)clid|mc_[ce]id|igshid|xtor"
    r"|ns_\w+|cmpid|ito|ref_src|spm|traffic_source|maca|_ga|wt_mc"
)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]|$)")
_NO_DATE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One item as its feed gives it: `texts` are summary and content with their markup, `published` may be to come.

    With `native` the item is known by the source's own id, its words are ours, and `language` is theirs for certain.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    texts: tuple[str, ...] = ()
    published: datetime | None = None
    language: str = ""
    points: tuple[Point, ...] = ()
    cap: Cap | None = None
    native: Native | None = None


def itemise(source: Source, raws: Sequence[Raw], now: datetime) -> tuple[Item, ...]:
    """Return the items of a feed, in its order; what has no words is no item, and no official test either.

    At most the newest `MAX_ITEMS` are kept, of which those without a date count as new.
    """
    named = [_named(raw, source.url) for raw in raws]
    shared = _shared_keys(named)
    items = [item for one in named if (item := _item(source, one, now, shared)) is not None]
    if len(items) > MAX_ITEMS:
        newest = sorted(items, key=lambda item: item.published_at or _NO_DATE, reverse=True)[:MAX_ITEMS]
        kept = {id(item) for item in newest}
        items = [item for item in items if id(item) in kept]
    return tuple(items)


def canonical_url(link: str, base: str) -> str:
    """Return an http(s) address without fragment and tracking parameters, or nothing where it is none."""
    if not link or not (base or link.startswith("http")):
        return ""
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        if parts.scheme not in {"http", "https"} or not parts.hostname or len(link) > MAX_URL:
            return ""
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return ""
    kept = [(key, value) for key, value in pairs if not _TRACKING.fullmatch(key.lower())]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    host = parts.netloc.rpartition("@")[2].lower()
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def language_of(source: Source, *declared: str) -> str | None:
    """Return the first declared language as ISO 639, else the source's only one, else None.

    A declaration that the catalogue contradicts is not believed: many a French site runs on software set to English.
    """
    for name in declared:
        if found := _LANGUAGE.match(name.strip().lower()):
            if not source.languages or found[1] in source.languages:
                return found[1]
            break
    return source.languages[0] if len(source.languages) == 1 else None


@dataclass(frozen=True, slots=True)
class _Named:
    """An item's fields with its address and with what may identify it, best first."""

    raw: Raw
    guid: str
    url: str
    keys: tuple[str, ...]


def _named(raw: Raw, base: str) -> _Named:
    """Name an item by its guid, without tracking if it is an address, then the guid as it is, then its link."""
    guid = raw.guid.strip()[:MAX_URL]
    page, link = canonical_url(guid, ""), canonical_url(raw.link, base)
    return _Named(raw, guid, link or page, tuple(dict.fromkeys(filter(None, (page, guid, link)))))


def _shared_keys(named: Iterable[_Named]) -> frozenset[str]:
    """Return the keys that several different items of a feed bear: they identify nothing."""
    bearers: dict[str, set[tuple[str, str]]] = {}
    for item in named:
        if item.raw.native is not None:
            continue
        for key in item.keys:
            bearers.setdefault(key, set()).add((item.guid, item.url))
    return frozenset(key for key, items in bearers.items() if len(items) > 1)


def _item(source: Source, named: _Named, now: datetime, shared: frozenset[str]) -> Item | None:
    raw = named.raw
    title = one_line(raw.title, limit=MAX_TITLE)
    text = max((plain_text(text, limit=MAX_TEXT) for text in raw.texts), key=len, default="")
    if (not title and not text) or (raw.native is not None and is_a_test(title, text)):
        return None
    words = content_key(title, text)
    identity = next((key for key in named.keys if key not in shared), words)
    language = language_of(source, raw.language)
    if raw.native is not None:
        identity, language = raw.native.event_id or identity, raw.language or language
        words = content_key(f"{title}\n{text}", raw.native.revision)
    published = raw.published
    if published is not None and published > now + CLOCK_SKEW:
        published = now
    return Item(
        id=item_id(source.id, identity), source_id=source.id, outlet=source.name, voice=source.owner_group or source.id,
        official=source.kind is SourceKind.OFFICIAL, regions=source.regions, title=title, text=text, guid=named.guid,
        url=named.url, content_key=words,
        language=language, published_at=published, fetched_at=now,
        points=raw.points, cap=raw.cap, native=raw.native,
    )  # fmt: skip

"""What all syndication formats have in common: the fields of one item, and how they become an Item."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from bot.feeds.plain_text import one_line, plain_text
from bot.model.item import Cap, Item, Source, SourceKind, content_key, item_id
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
    """One item as its feed gives it: `texts` are summary and content with their markup, `published` may be to come."""

    guid: str = ""
    link: str = ""
    title: str = ""
    texts: tuple[str, ...] = ()
    published: datetime | None = None
    language: str = ""
    points: tuple[Point, ...] = ()
    cap: Cap | None = None


def itemise(source: Source, raws: Sequence[Raw], now: datetime) -> tuple[Item, ...]:
    """Return the items of a feed, in its order; what has no words is no item.

    At most the newest `MAX_ITEMS` are kept, of which those without a date count as new.
    """
    shared = _shared_keys(raws, source.url)
    items = [item for raw in raws if (item := _item(source, raw, now, shared)) is not None]
    if len(items) > MAX_ITEMS:
        newest = sorted(items, key=lambda item: item.published_at or _NO_DATE, reverse=True)[:MAX_ITEMS]
        kept = {id(item) for item in newest}
        items = [item for item in items if id(item) in kept]
    return tuple(items)


def canonical_url(link: str, base: str) -> str:
    """Return an http(s) address without fragment and tracking parameters, or nothing where it is none."""
    try:
        parts = urlsplit(urljoin(base, link.strip()) if link else "")
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


def _keys(raw: Raw, base: str) -> tuple[str, ...]:
    """Return what may identify an item, best first: its guid, without tracking if it is an address, then its link."""
    guid = raw.guid.strip()[:MAX_URL]
    return tuple(dict.fromkeys(filter(None, (canonical_url(guid, ""), guid, canonical_url(raw.link, base)))))


def _shared_keys(raws: Iterable[Raw], base: str) -> frozenset[str]:
    """Return the keys that several different items of a feed bear: they identify nothing."""
    bearers: dict[str, set[tuple[str, str]]] = {}
    for raw in raws:
        for key in _keys(raw, base):
            bearers.setdefault(key, set()).add((raw.guid, raw.link))
    return frozenset(key for key, items in bearers.items() if len(items) > 1)


def _item(source: Source, raw: Raw, now: datetime, shared: frozenset[str]) -> Item | None:
    title = one_line(raw.title, limit=MAX_TITLE)
    text = max((plain_text(text, limit=MAX_TEXT) for text in raw.texts), key=len, default="")
    if not title and not text:
        return None
    guid = raw.guid.strip()[:MAX_URL]
    words = content_key(title, text)
    native = next((key for key in _keys(raw, source.url) if key not in shared), words)
    published = raw.published
    if published is not None and published > now + CLOCK_SKEW:
        published = now
    return Item(
        id=item_id(source.id, native), source_id=source.id, outlet=source.name, voice=source.owner_group or source.id,
        official=source.kind is SourceKind.OFFICIAL, regions=source.regions, title=title, text=text, guid=guid,
        url=canonical_url(raw.link, source.url) or canonical_url(guid, ""), content_key=words,
        language=language_of(source, raw.language), published_at=published, fetched_at=now,
        points=raw.points, cap=raw.cap,
    )  # fmt: skip

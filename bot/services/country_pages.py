"""The UK's index of travel advice names what changed; the level stands in each country's own document.

A document is fetched when its country's level is not known, or was issued anew since, and stands in its entry's place.
"""

from dataclasses import replace
from datetime import UTC, datetime

from bot.model.item import Format, Item, Source
from bot.services.cap_links import Followed
from bot.services.ports import Decoder, Fetched, Fetcher, Store, Validators

MOST_PAGES = 40
"""Documents that are fetched in one poll, the newest first: all 226 levels are learnt in six polls."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INDEX, _GOVERNMENT = "/api/content/foreign-travel-advice", "GB"


async def follow_countries(
    source: Source, found: Followed, now: datetime, *, store: Store, fetcher: Fetcher, decoder: Decoder
) -> Followed:
    """Return the index with documents in the place of entries; all as it is where it is another list.

    An entry whose document is known already is left out: all that it says was learnt from there. One whose document
    cannot be had stays, and is `missing`.
    """
    if source.format is not Format.FCDO or not source.url.rstrip("/").endswith(_INDEX):
        return found
    known = await store.advice_of(_GOVERNMENT)
    stale = [item for item in found.items if (one := known.get(_slug(item))) is None or one.issued_at < _issued(item)]
    wanted = sorted(stale, key=_issued, reverse=True)
    taken, missing = list(wanted[MOST_PAGES:]), len(wanted[MOST_PAGES:])
    for entry in wanted[:MOST_PAGES]:
        answer = await fetcher.fetch(f"{source.url.rstrip('/')}/{_slug(entry)}", Validators())
        page = await decoder.decode(source, answer, now) if isinstance(answer, Fetched) else ()
        same = [item for item in page if _slug(item) == _slug(entry)] if isinstance(page, tuple) else []
        taken += same or [entry]
        missing += not same
    return replace(found, items=tuple(taken), missing=found.missing + missing)


def _slug(item: Item) -> str:
    return item.native.event_id if item.native is not None else ""


def _issued(item: Item) -> datetime:
    """Return when the entry was issued; one without a date cannot be newer than what is known."""
    return item.published_at or _EPOCH

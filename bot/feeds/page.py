"""What the page behind an item adds to a thin summary. Pure."""

from dataclasses import replace
from datetime import datetime

from bot.feeds.plain_text import clean, cut
from bot.model.item import Item, content_key
from bot.model.text import fold

THIN = 300
"""Characters of a summary that two sentences exceed: who, what, where and how many stand in them."""
LEAD = 2_000
"""Characters of a page that are read. Place and toll stand in the first paragraphs; further down come the attacks of
other years and the countries of the region (notes on sources, trap 12)."""
_LONG_WORD = 4
_SHARE = 0.3
_NO_SPACES = "\u0e00"
"""From here on: Thai, Chinese, Japanese, Korean."""


def is_thin(item: Item) -> bool:
    """Tell whether the page may say more than the item: a newsroom's short summary with a link."""
    return item.native is None and item.cap is None and bool(item.url) and len(item.text) < THIN


def with_page(item: Item, words: str, now: datetime) -> Item | None:
    """Return the item with the lead of its page in the summary's place: a later issue of the same item.

    None where the page says no more than the summary, or is about something else: a wall of consent, an error, a list.
    """
    lead = _lead(clean(words))
    if len(lead) < max(THIN, len(item.text)) or not _is_about(item.title, lead):
        return None
    return replace(item, text=lead, content_key=content_key(item.title, lead), fetched_at=now)


def _lead(words: str) -> str:
    """Return the first paragraphs, as many as fit; of one that is too long, its beginning."""
    kept: list[str] = []
    size = 0
    for paragraph in words.split("\n"):
        size += len(paragraph) + 1
        if kept and size > LEAD:
            break
        kept.append(paragraph)
    return cut("\n".join(kept), LEAD)


def _is_about(title: str, text: str) -> bool:
    """Tell whether enough of a title's words stand in a text; a title of short words alone is believed."""
    pieces = {piece for word in fold(title).split() for piece in _pieces(word)}
    found = fold(text)
    return not pieces or sum(piece in found for piece in pieces) >= _SHARE * len(pieces)


def _pieces(word: str) -> list[str]:
    """Return what to look for of a word: itself, if it is long, or the pairs of letters of scripts without spaces."""
    if word and max(word) >= _NO_SPACES:
        return [word[start : start + 2] for start in range(len(word) - 1)]
    return [word] if len(word) >= _LONG_WORD and word.isalpha() else []

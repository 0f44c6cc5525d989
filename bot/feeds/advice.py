"""Travel advice, whoever gives it: one item for each country, known by the country, in one sentence of ours.

A list of levels is a state of the world, not news; most of its changes are re-issues after a review. Whether a level
rose is told by the level that stood before (bot/feeds/baseline.py). Where a source gives no level, only a change note
that tells of a rise, or of something new that people are warned of, makes an item of the list news by itself.
"""

import re
from dataclasses import replace
from datetime import datetime

from bot.feeds.countries import name_of
from bot.feeds.itemise import Raw
from bot.feeds.plain_text import one_line
from bot.model.advice import Level
from bot.model.assessment import Severity
from bot.model.hazard import Hazard
from bot.model.item import Native

RAISED = re.compile(
    r"\b(?:raised|increased|upgraded|elevated|has risen)\b(?=.{0,60}\b(?:level|advi[sc]|warning|risk))"
    r"|\b(?:level|advice|advisory|warning)\b.{0,40}\b(?:raised|increased|upgraded|elevated)\b"
    r"|\bnow advis(?:es?|ing)\b.{0,20}\bagainst\b"
    r"|\bnew (?:advice|warning) against\b"
    r"|\bordered (?:the )?departure\b",
    re.IGNORECASE | re.DOTALL,
)
_WARNS = re.compile(
    r"\bnow advis(?:es?|ing)\b.{0,20}\bagainst\b|\bnew (?:advice|warning) against\b|\bordered (?:the )?departure\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LONGEST = 300
GOVERNMENTS = {"US": "United States", "GB": "United Kingdom", "CA": "Canadian", "AU": "Australian", "DE": "German"}
"""Whose advice, as a sentence begins with it, by ISO 3166 code."""

SMALL = re.compile(
    r"\b(?:removal of|removed|no longer advis|lowered|decreased|downgraded|eased|reduced|periodic review|minor edit"
    r"|obsolete|updated information|reissued|editorial|typographical|updated (?:contact|link)"
    r"|entry requirements?|entry-exit|visas?\b|ETIAS|passport|amendment to)",
    re.IGNORECASE,
)


def small(note: str) -> bool:
    """Tell whether a change note tells of nothing that a traveller must learn, or of something that is over."""
    return SMALL.search(note) is not None and RAISED.search(note) is None


def rises(note: str) -> bool:
    """Tell whether a change note says that the advice has become stricter."""
    return RAISED.search(note) is not None and re.search(r"no longer", note, re.IGNORECASE) is None


def warning_in(note: str) -> str:
    """Return the sentence in which a note warns of something new, a part of the country perhaps; empty for none."""
    found = (sentence for sentence in _SENTENCE.split(note) if _WARNS.search(sentence) and rises(sentence))
    return one_line(next(found, ""), limit=_LONGEST)


def advice(
    *,
    government: str,
    country: str | None,
    name: str = "",
    phrase: str,
    note: str = "",
    severity: Severity | None,
    own_word: str,
    level: Level | None = None,
    revision: str,
    when: datetime | None,
    link: str = "",
    language: str = "en",
    event_id: str = "",
) -> Raw:
    """Return a country's advice as an item's fields.

    Args:
        government: whose advice, by ISO code.
        country: ISO code, None for what is no country.
        name: of the country, as the source writes it; our own is used where the code is known.
        phrase: what is advised, in our words.
        note: the source's own words on what changed, if it has any.
        severity: of the level.
        own_word: the level in the source's words.
        level: on our scale; None where the source gives none with its note.
        revision: what tells this issue from the last.
        when: the time of this issue.
        link: to the page for people.
        language: of the sentence.
        event_id: where the country does not identify the advice.
    """
    where = name_of(country) if country else name
    return Raw(
        guid=event_id or country or name,
        link=link,
        title=f"{GOVERNMENTS[government]} travel advice for {where}" + (f": {phrase}" if phrase else ""),
        texts=(note,),
        published=when,
        language=language,
        native=Native(
            event_id=event_id or country or name,
            revision=revision,
            hazard=Hazard.ADVISORY if severity is not None else None,
            severity=severity,
            own_word=own_word,
            standing=level is not None or small(note) or (severity is not None and not rises(note)),
            level=replace(level, words=phrase, own_word=own_word, warning=warning_in(note)) if level else None,
            countries=(country,) if country else (),
        ),
    )

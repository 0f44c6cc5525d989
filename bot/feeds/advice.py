"""Travel advice, whoever gives it: one item for each country, known by the country, in one sentence of ours.

A list of levels is a state of the world, not news; most of its changes are re-issues after a review. Only a change
note that tells of a rise, or of something new that people are warned of, makes an item of the list news by itself.
"""

import re
from datetime import datetime

from bot.feeds.countries import name_of
from bot.feeds.itemise import Raw
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


def advice(
    *,
    government: str,
    country: str | None,
    name: str = "",
    phrase: str,
    note: str = "",
    severity: Severity | None,
    own_word: str,
    revision: str,
    when: datetime | None,
    link: str = "",
    language: str = "en",
    event_id: str = "",
) -> Raw:
    """Return a country's advice as an item's fields.

    Args:
        government: whose advice, as a sentence begins with it: "United States".
        country: ISO code, None for what is no country.
        name: of the country, as the source writes it; our own is used where the code is known.
        phrase: what is advised, in our words.
        note: the source's own words on what changed, if it has any.
        severity: of the level.
        own_word: the level in the source's words.
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
        title=f"{government} travel advice for {where}: {phrase}"
        if phrase
        else f"{government} travel advice for {where}",
        texts=(note,),
        published=when,
        language=language,
        native=Native(
            event_id=event_id or country or name,
            revision=revision,
            hazard=Hazard.ADVISORY if severity is not None else None,
            severity=severity,
            own_word=own_word,
            standing=small(note) or (severity is not None and not rises(note)),
            countries=(country,) if country else (),
        ),
    )

"""What governments advise their citizens about a country: levels that stand until they are changed."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.assessment import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How strictly a government warns of a country, by the scale of ours and in its own words.

    `government` is its ISO 3166 code. `whole` and `parts` are the levels for the whole country and for the strictest
    part of it (bot/feeds/scales.py): none for normal precautions, minor for increased caution, moderate for no
    unnecessary travel, severe for no travel at all. `words` say it in our words, `own_word` is the government's own.
    `warning` is the sentence of its note in which it newly warns of something, if there is one.
    """

    government: str
    whole: Severity = Severity.NONE
    parts: Severity = Severity.NONE
    words: str = ""
    own_word: str = ""
    warning: str = ""

    @property
    def strictest(self) -> Severity:
        """The level for whichever part of the country it is strictest."""
        return max(self.whole, self.parts)

    def rises_from(self, before: "Level") -> bool:
        """Tell whether it is stricter, somewhere or everywhere, or warns of something that was not warned of."""
        stricter = self.whole > before.whole or self.strictest > before.strictest
        return stricter or bool(self.warning and self.warning != before.warning and not self.falls_from(before))

    def falls_from(self, before: "Level") -> bool:
        """Tell whether it is less strict, somewhere or everywhere, and stricter nowhere."""
        stricter = self.whole > before.whole or self.strictest > before.strictest
        return not stricter and (self.whole < before.whole or self.strictest < before.strictest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What one government advises about one country at present, and since when.

    `subject` is the government's own id of what it advises about, mostly a country; `country` is its ISO 3166 code,
    empty for what is no country. `since` is when the level was issued that stands: the first issue that was met has
    `turn` 0, and the level may be older than it; each rise or fall after it is one `turn` more, and `before` the level
    until then. `issued_at` is the newest issue, which may be a mere review.
    """

    subject: str
    country: str
    level: Level
    since: datetime
    issued_at: datetime
    link: str = ""
    source_id: str = ""
    turn: int = 0
    before: Level | None = None

"""A second opinion, learnt from headlines that were judged by the rubric: how often what reads like this is an alert.

Rules know what words mean; they do not know how newspapers write about an event once it is known: who the victims
were, what it means, what to do now. So a weight was learnt for each trait of a headline (traits.py), by logistic
regression over some thousands of them (scripts/experience/train.py). The sum says how far the item leans towards news
(log-odds, 0 is even). It does not judge alone: it takes back an alert that reads like talk about one, or lets through
what the rules found thin though it reads like news; how far it must lean for that stands in the scoring table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.text import Span

Traits = Mapping[str, Span | None]
"""Each trait once, with the words that show it; None for what the item shows as a whole."""

DECIDING = 3
"""So many words are shown as those that decided."""


@dataclass(frozen=True, slots=True)
class Experience:
    """What was learnt: the weight of each trait, by language; that of `""` is what an item without any leans to.

    `keep` is the least leaning at which an alert of the rules is kept, `raises` the least at which one that the rules
    found too thin is made an alert.
    """

    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    keep: float = 0.0
    raises: float = 0.0

    def knows(self, language: str) -> bool:
        """Tell whether anything was learnt of this language."""
        return language in self.weights

    def leaning(self, language: str, traits: Traits) -> float:
        """Return the log-odds that an item with these traits is an alert."""
        weights = self.weights[language]
        return weights.get("", 0.0) + sum(weights.get(trait, 0.0) for trait in traits)

    def words(self, language: str, traits: Traits, *, against: bool) -> tuple[Span, ...]:
        """Return the words that weighed most for an alert, or against it, in the order of the text."""
        weights, sign = self.weights[language], -1 if against else 1
        ranked = sorted((-sign * weights.get(trait, 0.0), span) for trait, span in traits.items() if span is not None)
        return tuple(sorted({span for weight, span in ranked[:DECIDING] if weight < 0}))

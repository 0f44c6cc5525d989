"""Names of places -> places: read-only packaged data, memory-mapped; airports; containment."""

from bot.gazetteer.book import Named, NameKind
from bot.gazetteer.gazetteer import Gazetteer

__all__ = ["Gazetteer", "NameKind", "Named"]

"""What people read, per language: phrases, advice, dates and numbers.

The English text is the key of each phrase; the other languages stand in `locale/<language>/LC_MESSAGES/outrider.po`.
`scripts/catalogues.py` compiles them; a test fails on a phrase that is missing, unused, or not compiled.
"""

from bot.wording.catalogue import LANGUAGES, Words, marked, words_for

__all__ = ["LANGUAGES", "Words", "marked", "words_for"]

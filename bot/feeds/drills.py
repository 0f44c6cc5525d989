"""Tests and exercises by their words: some offices send them by the same means as the real thing, without a mark."""

import re

from bot.model.text import fold

_WORDS = re.compile(
    r"\b(?:test message|this is (?:only )?a test|(?:for )?test purposes|test.{0,3}only|required (?:weekly|monthly) test"
    r"|communications? test|practice/demo|exercise exercise|(?:drill|exercise) only"
    r"|this is (?:only )?(?:an exercise|a drill)|probealarm|probewarnung|warntag|exercice d'alerte|simulacro)\b"
    r"|^test(?: ?[-.:]{1,3} ?test\b| message\b)"
    r"|(?:避難|安否確認|通報|連絡|防災|緊急地震速報).{0,6}訓練|訓練(?:です|報)|これは訓練"
    r"|(?:预警|警报|信号).{0,6}(?:测试|演练|试鸣)|(?:测试|演练)(?:信息|信号|预警)"
)
_MOST = 500
"""Characters of a text that are looked at: a warning may tell far down when the sirens are next tested."""


def is_a_test(*words: str) -> bool:
    """Tell whether a message says that it is a test or an exercise. A missile test is none."""
    return any(_WORDS.search(fold(text[:_MOST].replace("_", " ")).strip()) for text in words)

"""What reading places needs: the packaged gazetteer and the configured words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import item

from bot.app.lexicon_file import load_lexicon
from bot.app.toponym_file import load_toponyms
from bot.gazetteer import Gazetteer
from bot.lexicon import Lexicon
from bot.model.reading import Reading
from bot.reading.read import read

CONFIG = Path(__file__).parents[3] / "config"
LANGUAGES = ("en", "fr")

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon(
        {code: load_lexicon(CONFIG / "lexicon" / f"{code}.toml") for code in LANGUAGES},
        {code: load_toponyms(CONFIG / "toponyms" / f"{code}.toml") for code in LANGUAGES},
    )


@pytest.fixture(scope="session")
def read_item(gazetteer: Gazetteer, lexicon: Lexicon) -> Read:
    def reading(text: str = "", *, title: str = "", language: str | None = "en", **fields: object) -> Reading:
        return read(item(title, text, language=language, **fields), gazetteer, lexicon)

    return reading

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from builders import item

from bot.app.lexicon_file import load_lexicon
from bot.app.scoring_file import load_scoring
from bot.assessment.assess import assess
from bot.assessment.scoring import Scoring
from bot.lexicon import Lexicon
from bot.model.assessment import Assessment
from bot.model.reading import Reading
from bot.reading.genres import read_genres
from bot.reading.hazards import read_hazards
from bot.reading.impacts import read_impacts
from bot.reading.sentences import document_of
from bot.reading.statuses import read_statuses

CONFIG = Path(__file__).parents[2] / "config"


@pytest.fixture(scope="session")
def scoring() -> Scoring:
    return load_scoring(CONFIG / "scoring.toml").without_experience()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon({name: load_lexicon(CONFIG / "lexicon" / f"{name}.toml") for name in ("en", "fr")}, {})


@pytest.fixture
def judge(lexicon: Lexicon, scoring: Scoring) -> Callable[[str, str], Assessment]:
    """Return what judges a title of that language by its words alone: no places are looked for."""

    def judged(language: str, title: str) -> Assessment:
        told = replace(item(title), language=language)
        document = document_of(told, language)
        reading = Reading(
            item_id=told.id, language=language, sentences=tuple(each.span for each in document.sentences),
            hazards=read_hazards(document, lexicon), statuses=read_statuses(document, lexicon),
            impacts=read_impacts(document, lexicon), genres=read_genres(document, lexicon),
        )  # fmt: skip
        return assess(told, reading, scoring)[0]

    return judged

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from builders import item

from bot.app.lexicon_file import load_lexicon
from bot.lexicon import Lexicon
from bot.model.reading import GenreMention, HazardMention, Impact, Polarity, StatusMention, TimeFrame
from bot.reading.document import Document
from bot.reading.genres import read_genres
from bot.reading.hazards import read_hazards
from bot.reading.impacts import read_impacts
from bot.reading.sentences import document_of
from bot.reading.statuses import read_statuses

CONFIG = Path(__file__).parents[3] / "config" / "lexicon"


@dataclass(frozen=True)
class What:
    """What a text says, with the words behind each mention."""

    document: Document
    hazards: tuple[HazardMention, ...]
    statuses: tuple[StatusMention, ...]
    impacts: tuple[Impact, ...]
    genres: tuple[GenreMention, ...]

    def told(self) -> set[str]:
        """Hazards that the text reports as news: named at least, not denied, not of another time."""
        return {
            str(mention.hazard) for mention in self.hazards
            if mention.strength >= 2 and mention.polarity is not Polarity.NEGATED
            and mention.time_frame is not TimeFrame.BACKGROUND
        }  # fmt: skip

    def states(self) -> set[tuple[str, str]]:
        """Targets with what is said of them, unless it is said not to be so or of another time."""
        return {
            (str(mention.target), str(mention.cue)) for mention in self.statuses
            if mention.polarity is not Polarity.NEGATED and mention.time_frame is not TimeFrame.BACKGROUND
        }  # fmt: skip

    def counts(self) -> set[tuple[str, float, float]]:
        return {
            (str(impact.kind), impact.low, impact.high) for impact in self.impacts
            if impact.time_frame is not TimeFrame.BACKGROUND
        }  # fmt: skip

    def kinds(self) -> set[str]:
        return {str(mention.genre) for mention in self.genres}


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon({path.stem: load_lexicon(path) for path in CONFIG.glob("*.toml")}, {})


@pytest.fixture
def what(lexicon: Lexicon) -> Callable[..., What]:
    def read(text: str, language: str = "en", **fields: object) -> What:
        document = document_of(replace(item(text=text), **fields), language)  # type: ignore[arg-type]
        return What(
            document, read_hazards(document, lexicon), read_statuses(document, lexicon),
            read_impacts(document, lexicon), read_genres(document, lexicon),
        )  # fmt: skip

    return read

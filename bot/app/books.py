"""The books that understanding looks things up in, made from the checked configuration files."""

from pathlib import Path

from bot.app.lexicon_file import load_lexicon
from bot.app.scoring_file import load_scoring
from bot.app.toponym_file import load_toponyms
from bot.gazetteer import Gazetteer
from bot.lexicon import Lexicon
from bot.model.errors import ConfigError, Fault
from bot.pipeline import Books


def load_books(config_dir: str | Path) -> Books:
    """Read lexicon, toponym cues and scoring; raise ConfigError with every fault of all of them."""
    folder = Path(config_dir)
    faults: list[Fault] = []
    languages, toponyms, scoring = {}, {}, None
    for path in sorted((folder / "lexicon").glob("*.toml")):
        try:
            languages[path.stem] = load_lexicon(path)
        except ConfigError as error:
            faults += error.faults
    for path in sorted((folder / "toponyms").glob("*.toml")):
        try:
            toponyms[path.stem] = load_toponyms(path)
        except ConfigError as error:
            faults += error.faults
    try:
        scoring = load_scoring(folder / "scoring.toml")
    except ConfigError as error:
        faults += error.faults
    if "en" not in languages and not faults:
        faults.append(Fault(str(folder / "lexicon"), "", "holds no en.toml, on which the other languages fall back"))
    if faults or scoring is None:
        raise ConfigError(tuple(faults))
    return Books(Gazetteer.open(), Lexicon(languages, toponyms), scoring)

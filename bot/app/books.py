"""The books that understanding looks things up in, made from the checked configuration files.

A language's words are read when a text of that language first comes: one item in English need not wait for six.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Generic, TypeVar

from bot.app.lexicon_file import load_lexicon
from bot.app.scoring_file import load_scoring
from bot.app.toponym_file import load_toponyms
from bot.gazetteer import Gazetteer
from bot.lexicon import Lexicon
from bot.model.errors import ConfigError, Fault
from bot.pipeline import Books

T = TypeVar("T")


class _ByLanguage(Mapping[str, T], Generic[T]):
    """What the files of a folder hold, by language; each is read when it is first asked for."""

    def __init__(self, folder: Path, load: Callable[[Path], T]) -> None:
        self._paths = {language: folder / f"{language}.toml" for language in _languages(folder)}
        self._load = load
        self._loaded: dict[str, T] = {}

    def __getitem__(self, language: str) -> T:
        if language not in self._loaded:
            self._loaded[language] = self._load(self._paths[language])
        return self._loaded[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def load_books(config_dir: str | Path) -> Books:
    """Open the books; a fault in a language's file is a ConfigError when that language is first read."""
    folder = Path(config_dir)
    lexicon = Lexicon(
        _ByLanguage(folder / "lexicon", load_lexicon), _ByLanguage(folder / "toponyms", load_toponyms)
    )  # fmt: skip
    return Books(Gazetteer.open(), lexicon, load_scoring(folder / "scoring.toml"))


def check_books(config_dir: Path) -> None:
    """Read every file of the books; raise ConfigError with the faults of all of them."""
    faults: list[Fault] = []
    files: list[tuple[Callable[[Path], object], Path]] = [(load_scoring, config_dir / "scoring.toml")]
    for folder, load in (("lexicon", load_lexicon), ("toponyms", load_toponyms)):
        files += [(load, config_dir / folder / f"{language}.toml") for language in _languages(config_dir / folder)]
    for read, path in files:
        try:
            read(path)
        except ConfigError as error:
            faults += error.faults
    if faults:
        raise ConfigError(tuple(faults))


def _languages(folder: Path) -> list[str]:
    """Return the languages whose files the folder holds; English, on which the others fall back, must be there."""
    return sorted({path.stem for path in folder.glob("*.toml")} | {"en"})

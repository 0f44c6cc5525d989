"""`outrider check`: every fault of settings, configuration and sources, one clear line each."""

from collections import Counter

from bot.app.books import check_books
from bot.app.config import Tuning, load_sources, load_tuning
from bot.app.full_text import missing
from bot.app.regions_file import check_regions
from bot.app.settings import Settings, load_settings
from bot.model.errors import ConfigError, Fault
from bot.model.item import Source


def load_checked() -> tuple[Settings, Tuning, tuple[Source, ...]]:
    """Return settings, tuning and sources; raise one ConfigError with all faults, the reader's books included."""
    settings = load_settings()
    faults: list[Fault] = []
    tuning = Tuning()
    sources: tuple[Source, ...] = ()
    for load in (load_tuning, load_sources, check_books, check_regions):
        try:
            loaded = load(settings.config_dir)
        except ConfigError as error:
            faults += error.faults
            continue
        if isinstance(loaded, Tuning):
            tuning = loaded
        elif isinstance(loaded, tuple):
            sources = loaded
    if faults:
        raise ConfigError(tuple(sorted(faults)))
    return settings, tuning, sources


def check() -> int:
    """Print what is there; faults are raised."""
    settings, _, sources = load_checked()
    kinds = Counter(source.kind for source in sources if source.enabled)
    count = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    token = "set" if settings.telegram_token else "not set: alerts go to the terminal"
    if lacking := missing(sources):
        print(lacking)
    print(f"All well. Configuration: {settings.config_dir}. Sources: {count}. Telegram token: {token}.")
    return 0

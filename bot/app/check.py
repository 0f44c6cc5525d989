"""`outrider check`: every fault of settings, configuration and sources, one clear line each."""

from collections import Counter
from collections.abc import Sequence

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


def of_groups(sources: Sequence[Source], groups: Sequence[str]) -> tuple[Source, ...]:
    """Return the sources of these groups; raise ConfigError for a group that no source that is enabled belongs to."""
    known = sorted({source.group for source in sources if source.enabled and source.group})
    unknown = [name for name in groups if name not in known]
    if unknown:
        raise ConfigError(
            tuple(Fault("--only", name, f"is no group of sources; there are {', '.join(known)}") for name in unknown)
        )
    return tuple(source for source in sources if not groups or source.group in groups)


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

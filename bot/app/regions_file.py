"""config/regions.toml: groups of countries that can be watched in one go, checked as a whole."""

from pathlib import Path
from typing import Annotated

from babel import Locale
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.app.config import faults_of, read_toml
from bot.model.errors import ConfigError, Fault
from bot.model.text import fold
from bot.services.regions import Group
from bot.wording import LANGUAGES

_MOST_COUNTRIES = 40


def _known_country(code: str) -> str:
    if len(code) != 2 or not code.isupper() or code not in Locale("en").territories:  # noqa: PLR2004 - alpha-2
        raise ValueError("is no ISO 3166-1 alpha-2 code of a country")
    return code


class _Region(BaseModel):
    """One [[region]]; the head of the file says what each key means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z]{3}[a-z-]{0,20}$")]
    countries: Annotated[
        tuple[Annotated[str, AfterValidator(_known_country)], ...], Field(min_length=2, max_length=_MOST_COUNTRIES)
    ]
    names: dict[str, Annotated[tuple[Annotated[str, Field(min_length=2, max_length=60)], ...], Field(min_length=1)]]

    @model_validator(mode="after")
    def _in_every_language(self) -> "_Region":
        missing = sorted(LANGUAGES.keys() ^ self.names.keys())
        if missing:
            raise ValueError(f"names must be given in exactly the six languages, not so: {', '.join(missing)}")
        if len(set(self.countries)) != len(self.countries):
            raise ValueError("a country stands twice")
        return self


def load_regions(config_dir: Path) -> tuple[Group, ...]:
    """Read the groups; raise ConfigError with all faults, among them a name or an id that two groups bear."""
    path = config_dir / "regions.toml"
    data = read_toml(path)
    entries = data.get("region", [])
    faults = [Fault(str(path), key, "is not known here; only [[region]] is") for key in data if key != "region"]
    if not isinstance(entries, list):
        raise ConfigError((Fault(str(path), "region", "must be written as [[region]]"),))
    groups: dict[str, Group] = {}
    bearers: dict[str, str] = {}
    for number, entry in enumerate(entries, start=1):
        label = f"region {entry.get('id', number) if isinstance(entry, dict) else number}"
        try:
            region = _Region.model_validate(entry)
        except ValidationError as error:
            faults += faults_of(path, error, label)
            continue
        if region.id in groups:
            faults.append(Fault(str(path), f"{label}.id", "stands twice"))
        for name in sorted({fold(name) for names in region.names.values() for name in names}):
            if bearers.setdefault(name, region.id) != region.id:
                faults.append(Fault(str(path), f"{label}.names", f"“{name}” is a name of {bearers[name]} already"))
        groups[region.id] = Group(id=region.id, countries=region.countries, names=region.names)
    if faults:
        raise ConfigError(tuple(faults))
    return tuple(groups.values())


def check_regions(config_dir: Path) -> None:
    """Read the groups; raise ConfigError as `load_regions` does."""
    load_regions(config_dir)

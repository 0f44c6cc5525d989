"""The configuration files: read, checked as a whole, and handed on as plain data. Every fault is found at once."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.model.errors import ConfigError, Fault
from bot.model.item import Format, Source, SourceKind


def _web_url(value: str) -> str:
    if not value.startswith(("http://", "https://", "ws://", "wss://")) or " " in value or not value.split("/", 3)[2]:
        raise ValueError("is not an http(s) address, nor a web socket's (wss)")
    return value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceEntry(_Strict):
    """One [[source]] of sources.toml; the head of that file says what each key means."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    url: Annotated[str, AfterValidator(_web_url)]
    format: Format = Format.FEED
    kind: Literal["news", "official"] = "news"
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], ...] = ()
    regions: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = ()
    trust: Annotated[float, Field(ge=0, le=1)] = 0.5
    owner_group: str = ""
    every_s: Annotated[int, Field(ge=1, le=86_400)] = 300
    enabled: bool = True
    attribution: str = ""
    group: Annotated[str, Field(pattern=r"^[a-z0-9-]*$", max_length=40)] = ""
    verified: bool = True
    fulltext: bool = False

    def source(self) -> Source:
        """Return it as the noun."""
        return Source(
            id=self.id,
            name=self.name,
            url=self.url,
            format=self.format,
            kind=SourceKind(self.kind),
            languages=self.languages,
            regions=self.regions,
            trust=self.trust,
            owner_group=self.owner_group or self.id,
            every=timedelta(seconds=self.every_s),
            enabled=self.enabled,
            attribution=self.attribution,
            group=self.group,
            verified=self.verified,
            fulltext=self.fulltext,
        )


class Polling(_Strict):
    """[polling] of outrider.toml."""

    first_poll_hours: Annotated[float, Field(ge=0, le=72)] = 6
    spread_seconds: Annotated[float, Field(ge=0, le=3600)] = 60
    requests_at_once: Annotated[int, Field(ge=1, le=64)] = 16


class Delivery(_Strict):
    """[delivery] of outrider.toml."""

    sends_per_second: Annotated[float, Field(gt=0, le=1000)] = 28
    in_flight: Annotated[int, Field(ge=1, le=128)] = 8
    paid_broadcast: bool = False
    pictures: bool = True


class Retention(_Strict):
    """[retention] of outrider.toml."""

    items_days: Annotated[int, Field(ge=4, le=3650)] = 90
    statements_days: Annotated[int, Field(ge=4, le=3650)] = 14  # news older than 72 hours is judged no more
    events_days: Annotated[int, Field(ge=14, le=3650)] = 90
    deliveries_days: Annotated[int, Field(ge=4, le=3650)] = 30


class Backups(_Strict):
    """[backups] of outrider.toml."""

    every_hours: Annotated[float, Field(ge=0, le=168)] = 6
    keep_newest: Annotated[int, Field(ge=1, le=1000)] = 7
    keep_weekly: Annotated[int, Field(ge=0, le=1000)] = 4


class Canary(_Strict):
    """[canary] of outrider.toml."""

    every_minutes: Annotated[float, Field(ge=0, le=1440)] = 15
    to_operator: bool = False


class Tuning(_Strict):
    """The whole of outrider.toml."""

    polling: Polling = Polling()
    delivery: Delivery = Delivery()
    retention: Retention = Retention()
    backups: Backups = Backups()
    canary: Canary = Canary()


def read_toml(path: Path) -> dict[str, Any]:
    """Return the file as data; raise ConfigError when it is absent or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError((Fault(str(path), "", error.strerror or "cannot be read"),)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError((Fault(str(path), "", f"is no TOML: {error}"),)) from None


def faults_of(path: Path, error: ValidationError, prefix: str = "") -> tuple[Fault, ...]:
    """Return pydantic's findings as one fault each: which key, and why."""
    return tuple(
        Fault(
            str(path),
            ".".join(filter(None, (prefix, *map(str, one["loc"])))),
            one["msg"].removeprefix("Value error, "),
        )
        for one in error.errors(include_url=False)
    )


def load_tuning(config_dir: Path) -> Tuning:
    """Read outrider.toml."""
    path = config_dir / "outrider.toml"
    try:
        return Tuning.model_validate(read_toml(path))
    except ValidationError as error:
        raise ConfigError(faults_of(path, error)) from None


def load_sources(config_dir: Path) -> tuple[Source, ...]:
    """Read sources.toml; a fault names the source by its id, or by its place in the file."""
    path = config_dir / "sources.toml"
    data = read_toml(path)
    entries = data.get("source", [])
    faults = [Fault(str(path), key, "is not known here; only [[source]] is") for key in data if key != "source"]
    if not isinstance(entries, list):
        raise ConfigError((Fault(str(path), "source", "must be written as [[source]]"),))
    sources: dict[str, Source] = {}
    for number, entry in enumerate(entries, start=1):
        label = f"source {entry.get('id', number) if isinstance(entry, dict) else number}"
        try:
            source = SourceEntry.model_validate(entry).source()
        except ValidationError as error:
            faults += faults_of(path, error, label)
            continue
        if source.id in sources:
            faults.append(Fault(str(path), f"{label}.id", "stands twice"))
        sources[source.id] = source
    if faults:
        raise ConfigError(tuple(faults))
    return tuple(sources.values())

"""The errors of Outrider. Expected failures (a feed that is down) are values, not errors.

OutriderError
├── ConfigError         settings or files are wrong; `faults` says where and why
├── DecodeError         bytes are not the feed that they should be
├── VersionClash        an event changed under us; judge again
├── StoreLocked         another process holds this store
├── StoreDamaged        the store's file is not whole
├── BackupRefused       a backup cannot be made there, or put back
└── SchemaError         the store is older or newer than this program
"""

from dataclasses import dataclass


class OutriderError(Exception):
    """The root of all."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with the configuration: which file, which key, and why."""

    file: str
    key: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.why}" if self.key else f"{self.file}: {self.why}"


class ConfigError(OutriderError):
    """Settings or files are wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


class DecodeError(OutriderError):
    """Bytes are not the feed that they should be; the message says why in plain words."""


class VersionClash(OutriderError):  # noqa: N818 - it is no fault, but the signal to judge again
    """An event changed between reading it and writing it."""


class StoreLocked(OutriderError):  # noqa: N818 - names the state that is met
    """Another process holds this store."""


class StoreDamaged(OutriderError):  # noqa: N818 - names the state that is met
    """The store's file is not whole; the message says what to do."""


class BackupRefused(OutriderError):  # noqa: N818 - names the state that is met
    """A backup cannot be made there, or put back; nothing was changed."""


class SchemaError(OutriderError):
    """The store's tables are not those that this program works with; the message says what to do."""

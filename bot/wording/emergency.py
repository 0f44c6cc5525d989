"""Whom to call in a country: numbers on which two sources agree (scripts/emergency_numbers.py)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("emergency.tsv")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers to dial, each empty where it is not surely known."""

    police: str
    ambulance: str
    fire: str

    @property
    def for_all(self) -> str:
        """The one number for everything, empty where there are several or one is not known."""
        return self.police if self.police == self.ambulance == self.fire else ""


def emergency_numbers(country: str) -> Numbers | None:
    """Return the numbers by ISO 3166-1 alpha-2 code, None where none is surely known."""
    return _table().get(country)


@cache
def _table() -> dict[str, Numbers]:
    rows = (line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines())
    return {country: Numbers(*numbers) for country, *numbers in rows}

"""Signs of life: when each of the service's slow clocks last struck well, and why not since."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(slots=True)
class Sign:
    """`at` is when it was last well (None: never in this process), `why` what went wrong since, `note` how it went."""

    at: datetime | None = None
    why: str = ""
    note: str = ""

    def well(self, at: datetime, note: str = "") -> None:
        """It was well."""
        self.at, self.why, self.note = at, "", note

    def ill(self, why: str) -> None:
        """It was not."""
        self.why = why


@dataclass(slots=True)
class Signs:
    """What the operator's page and the metrics show of them. `lag` is how long the last canary was on its way."""

    backup: Sign = field(default_factory=Sign)
    canary: Sign = field(default_factory=Sign)
    lag: timedelta | None = None
    reconciled: Sign = field(default_factory=Sign)
    heartbeat: Sign = field(default_factory=Sign)
    webhook: Sign = field(default_factory=Sign)
    reload: Sign = field(default_factory=Sign)

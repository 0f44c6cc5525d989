"""The real clock."""

import asyncio
from datetime import UTC, datetime


class SystemClock:
    """The machine's time of day in UTC."""

    def now(self) -> datetime:
        """Return the present time."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

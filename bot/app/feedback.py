"""`outrider feedback`: what people said was wrong with alerts, as labelled lines."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from bot.app.settings import load_settings
from bot.storage.store import SqlStore


def print_feedback() -> int:
    """Print a JSON line for each label; return 0."""
    for label in asyncio.run(_labels()):
        print(json.dumps(label, ensure_ascii=False))
    return 0


async def _labels() -> tuple[Mapping[str, Any], ...]:
    async with SqlStore.look(load_settings().database) as store:
        return await store.feedback()

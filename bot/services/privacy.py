"""What is kept of a chat: told, handed out, forgotten."""

import json
from collections.abc import Mapping
from typing import Any, Protocol


class Kept(Protocol):
    """What is asked of the store."""

    async def belongings(self, chat_id: int) -> Mapping[str, list[dict[str, Any]]]:
        """Return every row of the chat, by table."""
        ...

    async def forget(self, chat_id: int) -> int:
        """Drop every row of the chat, beyond recovery from the database's files; return how many."""
        ...


class Privacy:
    """A chat's rights over what is kept of it."""

    def __init__(self, store: Kept, *, deliveries_days: float, backups_days: float) -> None:
        self._store = store
        self.deliveries_days, self.backups_days = deliveries_days, backups_days

    async def export(self, chat_id: int) -> bytes:
        """Return all that is kept of the chat, as JSON for people and programs."""
        kept = await self._store.belongings(chat_id)
        return json.dumps(kept, ensure_ascii=False, indent=1).encode()

    async def forget(self, chat_id: int) -> int:
        """Forget the chat; return how many rows went."""
        return await self._store.forget(chat_id)

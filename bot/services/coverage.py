"""Where the bot is blind: countries about which no source works. Who watches them is told once, and once of its end.

The notices go past the outbox, for its rows belong to events. That a chat was told is written down after the send: a
crash between the two repeats a notice, and none is lost. In a chat's quiet hours it waits.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.alerts.coverage import coverage_message
from bot.model.alert import TryLater
from bot.model.item import Source
from bot.model.watch import Chat, ChatState
from bot.services.freshness import down_since
from bot.services.ports import Clock, Sender, SourceState, Store
from bot.watches.index import watchers_of
from bot.watches.quiet import quiet_until


def blind(sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime) -> dict[str, datetime]:
    """Return the countries (ISO 3166) that had sources of their own and have none that works, with since when.

    Sources about the whole world are no coverage of a country: they hear of it when it is too late to help.
    """
    about: dict[str, list[datetime | None]] = {}
    for source in sources:
        state = states.get(source.id)
        down = down_since(source, state, now) if state is not None else None
        for country in source.regions:
            about.setdefault(country, []).append(down)
    lost = {country: [down for down in downs if down is not None] for country, downs in about.items()}
    return {country: max(downs) for country, downs in lost.items() if len(downs) == len(about[country])}


class Coverage:
    """Tells the chats. Each look can be repeated without harm."""

    def __init__(self, *, store: Store, sender: Sender, clock: Clock) -> None:
        self._store, self._sender, self._clock = store, sender, clock

    async def look(self, lost: Mapping[str, datetime]) -> int:
        """Tell who watches a lost country and does not know it, and who knew of one that is back; return how many."""
        told, sent = await self._store.coverage_told(), 0
        for country, since in lost.items():
            watched = await self._store.watched(watchers_of(country))
            chats = {one.chat.id: one.chat for one in watched}
            for chat in (chat for number, chat in chats.items() if (number, country) not in told):
                sent += await self._tell(chat, country, since, back=False)
        for (number, country), since in told.items():
            if country in lost:
                continue
            known = await self._store.chat(number)
            if known is None or known.state is not ChatState.ACTIVE:
                await self._store.tell_coverage(number, country, None)
                continue
            sent += await self._tell(known, country, since, back=True)
        return sent

    async def _tell(self, chat: Chat, country: str, since: datetime, *, back: bool) -> bool:
        """Send unless the chat sleeps; what the messenger puts off is tried at the next look."""
        if quiet_until(chat, self._clock.now()) is not None:
            return False
        outcome = await self._sender.send(chat, coverage_message(country, since, chat, back=back))
        if isinstance(outcome, TryLater):
            return False
        await self._store.tell_coverage(chat.id, country, None if back else since)
        return True

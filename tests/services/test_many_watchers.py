from builders import BAMAKO, MORNING, chat, event, watch

from bot.model.event import ChangeKind, EventChange
from bot.model.watch import Ears, Watched
from bot.pipeline import tell
from bot.services.ingest import MANY, alerts_for

EVERYONE = tuple(Watched(watch=watch(BAMAKO, number=n, chat_id=n), chat=chat(n)) for n in range(1, MANY + 2))


class _ManyWatch:
    async def watched(self, _: Ears) -> tuple[Watched, ...]:
        return EVERYONE

    async def told(self, _: object) -> dict[object, object]:
        return {}


async def test_very_many_are_told_the_same_on_a_thread() -> None:
    change = EventChange(kind=ChangeKind.OPENED, before=None, after=event(BAMAKO), cause="item", at=MORNING)
    alerts = await alerts_for((change,), _ManyWatch(), MORNING)  # type: ignore[arg-type]
    assert alerts == tell((change,), EVERYONE, {}, MORNING)
    assert len(alerts) == MANY + 1

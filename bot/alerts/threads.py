"""Whose messages belong to which event, when an operator joins two events or parts one.

What a chat was told of an event, it knows of what becomes of it. So its messages go over with it, and what comes later
answers and edits them: nobody hears a first alert of what he was told before.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from bot.model.alert import Delivery, HandOver, Told

Tellings = Mapping[tuple[int, str], Told]

_NEVER_CAME = frozenset({Delivery.EXPIRED, Delivery.DEAD, Delivery.SUPERSEDED})


def joined(told: Tellings, gone: str, kept: str) -> tuple[dict[tuple[int, str], Told], tuple[HandOver, ...]]:
    """Return what chats know once `gone` is merged into `kept`, and whose messages go over.

    Who was told of both keeps the thread of the kept event, and the other message is edited once.
    """
    after = dict(told)
    handed = []
    for (chat_id, event_id), other in told.items():
        if event_id != gone:
            continue
        own = told.get((chat_id, kept))
        severity = max(other.severity, own.severity) if own else other.severity
        if own is None or _weight(own) < _weight(other):
            handed.append(HandOver(chat_id=chat_id, from_event=gone, to_event=kept))
            del after[chat_id, gone]
            after[chat_id, kept] = replace(other, event_id=kept, severity=severity)
        else:
            after[chat_id, kept] = replace(own, severity=severity)
            if not came(other):
                del after[chat_id, gone]
    return after, tuple(handed)


def parted(
    told: Iterable[Told], into: str, of_old: Collection[int], of_new: Collection[int]
) -> tuple[dict[tuple[int, str], Told], tuple[HandOver, ...]]:
    """Return what chats know of both once a part of an event is an event of its own, and whose messages go over.

    The messages of a chat that only the new event concerns go with it. All others that were told know of it too, but
    what comes later of it stands by itself: one message cannot show two events. `told` is of the old event.
    """
    after: dict[tuple[int, str], Told] = {}
    handed = []
    for one in told:
        moves = one.chat_id in of_new and one.chat_id not in of_old
        if not moves:
            after[one.chat_id, one.event_id] = one
        if moves or came(one):
            handed.append(HandOver(chat_id=one.chat_id, from_event=one.event_id, to_event=into, copy=not moves))
            after[one.chat_id, into] = replace(one, event_id=into)
    return after, tuple(handed)


def came(told: Told) -> bool:
    """Tell whether its first alert was sent, or is on its way."""
    return told.first not in _NEVER_CAME and told.first is not Delivery.NEW


def _weight(told: Told) -> int:
    """Return how far the chat knows of the event: it was told, is to be told, or never will be."""
    return 2 if came(told) else int(told.first is Delivery.NEW)

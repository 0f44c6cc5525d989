"""Israel's Home Front Command: sirens now, their history, and the messages of the relay "tzevaadom".

All places of one minute and kind are one alert. That nothing is listed is no end: an end has a category of its own
(13, "the event is over"). Drills have the categories from 15 on, or a flag.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.feeds import scales
from bot.feeds.fields import Json, instant, number, parse_json, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.warning import with_areas
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Item, Native, Source

_ISRAEL = ZoneInfo("Asia/Jerusalem")
_KINDS = {
    1: (Hazard.ARMED_CONFLICT, "Rocket and missile alert"), 2: (Hazard.ARMED_CONFLICT, "Hostile aircraft alert"),
    3: (Hazard.ARMED_CONFLICT, "Unconventional missile alert"), 4: (Hazard.ADVISORY, "Home front warning"),
    7: (Hazard.EARTHQUAKE, "Earthquake alert"), 8: (Hazard.EARTHQUAKE, "Earthquake alert"),
    9: (Hazard.INDUSTRIAL, "Radiological alert"), 10: (Hazard.ARMED_ATTACK, "Armed infiltration alert"),
    11: (Hazard.TSUNAMI, "Tsunami alert"), 12: (Hazard.INDUSTRIAL, "Hazardous materials alert"),
    13: (Hazard.ARMED_CONFLICT, "Over, people may leave the shelters"),
    14: (Hazard.ARMED_CONFLICT, "Early warning, alerts are expected within minutes"),
}  # fmt: skip
"""Categories of the history; 5 and 6 are memorial days, from 15 on drills."""
_LIVE = {1: 1, 2: 1, 3: 7, 4: 9, 5: 11, 6: 2, 7: 12, 13: 10}
"""The live list numbers the same kinds otherwise; its 10 is any message, told apart by its words."""
_THREATS = {0: 1, 1: 12, 2: 10, 3: 7, 4: 11, 5: 2, 6: 9, 7: 3}
"""The relay numbers them a third way."""
_OVER, _EARLY = 13, 14
_MESSAGE = 10
_MESSAGES = (
    (_OVER, ("הסתיים", "סיום אירוע", "ניתן לצאת", "Incident Ended")),
    (_EARLY, ("מקדימה", "בדקות הקרובות", "Early Warning")),
    (1, ("רקטות", "טילים")),
    (2, ("כלי טיס",)),
    (10, ("מחבלים",)),
)
"""What a message is, by its words; an end before all else."""


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each kind of alert and minute.

    Raises:
        DecodeError: it is none of the three forms.
    """
    payload = parse_json(text)
    if isinstance(payload, list):
        return itemise(source, _history([row for row in payload if isinstance(row, Mapping)]), now)
    if isinstance(payload, Mapping) and isinstance(payload.get("data"), Mapping):
        return itemise(source, _relayed(said(payload, "type"), payload["data"]), now)
    if isinstance(payload, Mapping) and isinstance(payload.get("data"), list):
        places = [place for place in payload["data"] if isinstance(place, str)]
        kind = _live(int(number(payload.get("cat")) or 0), said(payload, "title"))
        raws = [_alert(kind, places, now, said(payload, "id"))] if kind and places else []
        return itemise(source, raws, now)
    raise DecodeError("JSON that is no list of Home Front Command alerts")


def _history(listed: Sequence[Json]) -> list[Raw]:
    grouped: dict[tuple[str, int], list[str]] = {}
    for row in listed:
        category = int(number(row.get("category")) or 0)
        if said(row, "channel") == "website":  # a live alert among the history
            category = _live(category, said(row, "title"))
        if category in _KINDS and said(row, "data"):
            grouped.setdefault((said(row, "alertDate")[:16], category), []).append(said(row, "data"))
    return [_alert(category, places, _local(minute), minute) for (minute, category), places in grouped.items()]


def _relayed(kind: str, data: Json) -> list[Raw]:
    when = instant(number(data.get("time")))
    if kind == "ALERT" and data.get("isDrill") is not True:
        places = data.get("cities")
        category = _THREATS.get(int(number(data.get("threat")) or 0))
        if category is None or not isinstance(places, list):
            return []
        return [
            _alert(category, [each for each in places if isinstance(each, str)], when, said(data, "notificationId"))
        ]
    if kind == "SYSTEM_MESSAGE":
        category = _live(_MESSAGE, f"{said(data, 'titleHe')} {said(data, 'titleEn')}")
        key = said(data, "id", "notificationId")
        return [_alert(category, [], when, key, said(data, "bodyEn"))] if category else []
    return []


def _live(category: int, title: str) -> int:
    """Return the history's category of what the live list or a message tells; 0 for what is no alert."""
    if category != _MESSAGE:
        return _LIVE.get(category, 0)
    return next((known for known, words in _MESSAGES if any(word in title for word in words)), 0)


def _alert(category: int, places: Sequence[str], when: datetime | None, key: str, words: str = "") -> Raw:
    hazard, told = _KINDS[category]
    unique = tuple(dict.fromkeys(places))
    event_id = f"{key} {category}"
    return Raw(
        guid=event_id,
        title=f"Israel: {with_areas(told, unique)}",
        texts=(words or "; ".join(unique),),
        published=when,
        language="en",
        native=Native(
            event_id=event_id,
            revision=" ".join(sorted(unique)),
            hazard=hazard,
            severity=scales.OREF["early" if category == _EARLY else "alert"],
            own_word=f"category {category}",
            ended=category == _OVER,
            areas=unique,
            countries=("IL",),
        ),
    )


def _local(minute: str) -> datetime | None:
    """Return Israel's time as UTC."""
    try:
        return instant(datetime.fromisoformat(minute).replace(tzinfo=_ISRAEL).isoformat())
    except ValueError:
        return None

"""Japan Meteorological Agency: its list of quakes (bosai/quake/data/list.json).

`maxi` is the greatest intensity felt (shindo, 1 to 7 with 5- to 6+), `cod` is "+lat+lon-depth/", depth in metres.
Several bulletins tell of one quake (`eid`); the later ones know more.
"""

import re
from datetime import datetime

from bot.feeds import scales
from bot.feeds.fields import Json, instant, number, parse_json, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.quakes import quake
from bot.feeds.syndication import point_of
from bot.model.item import Item, Source

_CODE = re.compile(r"([+-][\d.]+)([+-][\d.]+)([+-]\d+)?/")


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each quake that was located, by its newest bulletin."""
    listed = rows(parse_json(text), of="quakes")
    newest: dict[str, Json] = {}
    for row in sorted(listed, key=lambda row: (said(row, "ctt", "rdt"), said(row, "ser"))):
        if _CODE.match(said(row, "cod")):
            newest[said(row, "eid")] = row
    return itemise(source, [_raw(row) for row in newest.values()], now)


def _raw(row: Json) -> Raw:
    code = _CODE.match(said(row, "cod"))
    assert code is not None, "only located quakes are taken"
    shindo = said(row, "maxi")
    return quake(
        event_id=said(row, "eid"),
        revision=said(row, "ctt", "rdt"),
        magnitude=number(row.get("mag")),
        where=said(row, "en_anm") or said(row, "anm"),
        depth_km=abs(int(code[3])) / 1000 if code[3] else None,
        when=instant(row.get("at")),
        point=point_of(code[1], code[2]),
        own_word=f"shindo {shindo}" if shindo else "",
        severity=scales.of(scales.SHINDO, shindo),
    )

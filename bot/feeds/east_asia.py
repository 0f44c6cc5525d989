"""Weather warnings of China (nmc.cn), Japan (bosai/warning) and Hong Kong (warnsum): codes, colours and signals.

China's titles are in Chinese ("... issues a red warning signal of fog"), Japan's warnings are codes: both are worded
here in English from the code or the words, with the province or prefecture of the area's code.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from bot.feeds import scales
from bot.feeds.fields import Json, instant, listed, number, parse_json, rows, said
from bot.feeds.itemise import MAX_TITLE, Raw, itemise
from bot.feeds.provinces import CHINA, JAPAN
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Item, Native, Source

_CHINA_TIME = timezone(timedelta(hours=8))
_COLOURS = {"红色": "red", "橙色": "orange", "黄色": "yellow", "蓝色": "blue", "白色": "white"}
_CHINESE = re.compile(
    r"^(?P<area>.+?)(?:气象台|气象局).*?(?P<act>发布|更新|解除)(?P<kind>.+?)(?P<colour>[红橙黄蓝白]色)预警"
)
_KINDS = {
    "台风": (Hazard.STORM, "typhoon"), "暴雨": (Hazard.FLOOD, "rainstorm"), "大风": (Hazard.STORM, "gale"),
    "雷": (Hazard.STORM, "thunderstorm"), "冰雹": (Hazard.EXTREME_WEATHER, "hail"),
    "暴雪": (Hazard.EXTREME_WEATHER, "snowstorm"), "寒潮": (Hazard.EXTREME_WEATHER, "cold wave"),
    "高温": (Hazard.EXTREME_WEATHER, "heat"), "大雾": (Hazard.EXTREME_WEATHER, "fog"),
    "霾": (Hazard.EXTREME_WEATHER, "haze"), "沙尘": (Hazard.EXTREME_WEATHER, "sandstorm"),
    "道路结冰": (Hazard.EXTREME_WEATHER, "icy roads"), "霜冻": (Hazard.EXTREME_WEATHER, "frost"),
    "山洪": (Hazard.FLOOD, "flash flood"), "地质灾害": (Hazard.LANDSLIDE, "landslide"),
    "森林火险": (Hazard.WILDFIRE, "forest fire danger"),
}  # fmt: skip
_JAPANESE = {
    "02": (Hazard.EXTREME_WEATHER, "snowstorm warning"), "03": (Hazard.FLOOD, "heavy rain warning"),
    "04": (Hazard.FLOOD, "flood warning"), "05": (Hazard.STORM, "storm warning"),
    "06": (Hazard.EXTREME_WEATHER, "heavy snow warning"), "07": (Hazard.STORM, "high wave warning"),
    "08": (Hazard.FLOOD, "storm surge warning"), "32": (Hazard.EXTREME_WEATHER, "emergency snowstorm warning"),
    "33": (Hazard.FLOOD, "emergency heavy rain warning"), "35": (Hazard.STORM, "emergency storm warning"),
    "36": (Hazard.EXTREME_WEATHER, "emergency heavy snow warning"),
    "37": (Hazard.STORM, "emergency high wave warning"), "38": (Hazard.FLOOD, "emergency storm surge warning"),
}  # fmt: skip
_EMERGENCY = 30
"""Japan's codes from here on are emergency warnings; codes from 10 to 29 are advisories, which are told as minor."""
_LIFTED = "解除"
_SIGNALS = {"WTCSGNL": Hazard.STORM, "WTS": Hazard.STORM, "WL": Hazard.LANDSLIDE, "WTMW": Hazard.TSUNAMI,
            "WRAIN": Hazard.FLOOD, "WFNTSA": Hazard.FLOOD, "WFIRE": Hazard.WILDFIRE}  # fmt: skip


def decode_cma(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each warning of a Chinese observatory."""
    listed_ = rows(parse_json(text), "data", "page", "list", of="warnings")
    return itemise(source, [raw for row in listed_ if (raw := _chinese(row)) is not None], now)


def _chinese(row: Json) -> Raw | None:
    found = _CHINESE.match(said(row, "title")[:MAX_TITLE])
    if found is None:
        return None
    hazard, kind = next(
        (known for word, known in _KINDS.items() if word in found["kind"]), (Hazard.EXTREME_WEATHER, found["kind"])
    )
    colour, over = _COLOURS[found["colour"]], found["act"] == _LIFTED
    area, _, stamp = said(row, "alertid").partition("_")
    when = instant(said(row, "issuetime").replace("/", "-"))
    if when is not None:
        when -= _CHINA_TIME.utcoffset(None)
    told = f"{colour.capitalize()} {kind} warning"
    where = CHINA.get(area[:2], "")
    path = said(row, "url")
    return Raw(
        guid=said(row, "alertid"),
        link=f"https://www.nmc.cn{path}" if path.startswith("/") else path,
        title=f"{told} {'lifted ' if over else ''}in {where + ', ' if where else ''}China",
        texts=(f"In Chinese: {said(row, 'title')}",),
        published=when,
        language="en",
        native=Native(
            event_id=f"{area} {kind}", revision=f"{stamp} {colour}", hazard=hazard,
            severity=scales.of(scales.COLOUR, colour), own_word=colour, ended=over, areas=(where or found["area"],),
            countries=("CN",),
        ),
    )  # fmt: skip


def decode_jma(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each prefecture and kind of warning."""
    payload = parse_json(text)
    kinds = rows(payload, "areaTypes", of="areas")
    when = instant(payload.get("reportDatetime")) if isinstance(payload, Mapping) else None
    raws = [
        raw
        for area in (listed(kinds[0], "areas") if kinds else [])
        for warning in listed(area, "warnings")
        if (raw := _japanese(area, warning, when)) is not None
    ]
    return itemise(source, raws, now)


def _japanese(area: Json, warning: Json, when: datetime | None) -> Raw | None:
    code, status = said(warning, "code"), said(warning, "status")
    if not code:
        return None
    figure = number(code) or 0
    emergency, advisory = figure > _EMERGENCY, code not in _JAPANESE
    hazard, told = _JAPANESE.get(code, (Hazard.EXTREME_WEATHER, "weather advisory"))
    word = "emergency" if emergency else "advisory" if advisory else "warning"
    name = JAPAN.get(said(area, "code")[:2]) or said(area, "name", "code")
    over = status == _LIFTED
    return Raw(
        guid=f"{said(area, 'code')} {code}",
        title=f"{told.capitalize()} {'lifted ' if over else ''}for {name}, Japan",
        published=when,
        language="en",
        native=Native(
            event_id=f"{said(area, 'code')} {code}", revision="lifted" if over else "in force", hazard=hazard,
            severity=scales.of(scales.JMA_WARNING, word), own_word=f"{word} {code}", ended=over, areas=(name,),
            countries=("JP",),
        ),
    )  # fmt: skip


def decode_hko(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each warning in force; an empty object means that there is none."""
    payload = parse_json(text)
    if not isinstance(payload, Mapping) or not all(isinstance(row, Mapping) for row in payload.values()):
        raise DecodeError("JSON that is no summary of Hong Kong's warnings")
    return itemise(source, [_hong_kong(key, row) for key, row in payload.items()], now)


def _hong_kong(key: str, row: Json) -> Raw:
    code, name = said(row, "code") or key, said(row, "name")
    over = said(row, "actionCode").upper() == "CANCEL"
    signal = re.match(r"TC\d+", code)
    level = f", signal {code[2:]}" if signal else f", {said(row, 'type')}" if said(row, "type") else ""
    return Raw(
        guid=key,
        title=f"Hong Kong: {name}{level}{' cancelled' if over else ''}",
        published=instant(row.get("updateTime")) or instant(row.get("issueTime")),
        language="en",
        native=Native(
            event_id=f"{key} {said(row, 'issueTime')[:10]}", revision=f"{code} {said(row, 'actionCode')}",
            hazard=next((hazard for one, hazard in _SIGNALS.items() if key.startswith(one)), Hazard.EXTREME_WEATHER),
            severity=scales.HKO.get(signal[0] if signal else code, scales.MINOR), own_word=code, ended=over,
            countries=("HK",), expires=instant(row.get("expireTime")),
        ),
    )  # fmt: skip

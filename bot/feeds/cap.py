"""CAP 1.2, and 1.0 and 1.1 (OASIS Common Alerting Protocol): one alert, or many inside another document.

Every alert becomes one Item that carries what the alert says of itself in its own words (`Item.cap`). Tests,
exercises, drafts and system messages are no warnings and are left out, as are acknowledgements and error messages.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree

from bot.feeds.dates import parse_date
from bot.feeds.itemise import Raw, itemise
from bot.feeds.syndication import point_of
from bot.model.errors import DecodeError
from bot.model.item import Cap, Item, Source
from bot.model.place import Point

LIVE_STATUS = "Actual"
TOLD_TYPES = frozenset({"Alert", "Update", "Cancel"})
MAX_POINTS = 2_000
"""Vertices of one polygon; real ones have tens to hundreds."""

_Node = Any
"""An element of lxml, which brings no types."""

_ALERT = re.compile(r"<(?:[\w.-]+:)?alert[\s>]")
_WRAPPED = re.compile(r"(?<!\n)\n(?!\s*(?:\n|[*•-]))")
_SEVERITIES = ("extreme", "severe", "moderate", "minor")


def holds_alerts(text: str) -> bool:
    """Tell whether whole CAP alerts stand in a document, as opposed to links to them."""
    return _ALERT.search(text) is not None


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each live alert of the document.

    Raises:
        DecodeError: it is not well-formed, or no alert in it is whole.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise DecodeError(f"CAP that is not well-formed XML (line {error.lineno})") from error
    raws, fault = [], ""
    for alert in _named(root, "alert"):
        try:
            raws.append(_raw(source, alert))
        except DecodeError as error:
            fault = str(error)
    if fault and not raws:
        raise DecodeError(fault)
    return itemise(source, [raw for raw in raws if raw is not None], now)


def _raw(source: Source, alert: _Node) -> Raw | None:
    """Return an alert's fields, None for one that is not meant for the public's eyes."""
    infos = _infos(source, alert)
    info = infos[0] if infos else alert
    cap = _cap(alert, infos)
    if cap.status != LIVE_STATUS or cap.msg_type not in TOLD_TYPES:
        return None
    title = _said(info, "headline") or cap.event
    if cap.msg_type == "Cancel" and not title:
        title = "Warning cancelled"
    return Raw(
        guid=cap.identifier,
        link=_said(info, "web"),
        title=title,
        texts=(_description(info) or "; ".join(cap.areas),),
        published=cap.sent,
        language=_said(info, "language") or "en",
        cap=cap,
    )


def _cap(alert: _Node, infos: list[_Node]) -> Cap:
    identifier, sent, status = _said(alert, "identifier"), parse_date(_said(alert, "sent")), _said(alert, "status")
    if not identifier or sent is None or not status:
        raise DecodeError("a CAP alert without identifier, time of sending or status")
    info = infos[0] if infos else alert
    areas = [area for part in infos for area in _named(part, "area")]
    return Cap(
        identifier=identifier,
        sender=_said(alert, "sender"),
        sent=sent,
        msg_type=_said(alert, "msgType").capitalize(),
        status=status.capitalize(),
        event=_said(info, "event"),
        severity=_said(info, "severity") or "Unknown",
        urgency=_said(info, "urgency") or "Unknown",
        certainty=_said(info, "certainty") or "Unknown",
        references=tuple(_said(alert, "references").split()),
        expires=parse_date(_said(info, "expires")),
        areas=tuple(dict.fromkeys(filter(None, (_said(area, "areaDesc") for area in areas)))),
        polygons=tuple(ring for area in areas for node in _named(area, "polygon") if (ring := _ring(node))),
        circles=tuple(disc for area in areas for node in _named(area, "circle") if (disc := _disc(node))),
    )


def _infos(source: Source, alert: _Node) -> list[_Node]:
    """Return the info blocks of one language, the most severe first.

    The language is the first of the source's own that the alert has, else English, else that of the first block.
    """
    infos = list(_named(alert, "info"))
    spoken = [_said(info, "language").lower()[:2] or "en" for info in infos]
    wanted = next((language for language in (*source.languages, "en", *spoken) if language in spoken), None)
    chosen = [info for info, language in zip(infos, spoken, strict=True) if language == wanted]
    return sorted(chosen, key=_rank)


def _rank(info: _Node) -> int:
    severity = _said(info, "severity").lower()
    return _SEVERITIES.index(severity) if severity in _SEVERITIES else len(_SEVERITIES)


def _named(node: _Node, name: str) -> Iterator[_Node]:
    """Yield the elements of a local name below a node (itself included), whatever version's namespace they bear."""
    yield from node.iter(f"{{*}}{name}")


def _said(node: _Node, name: str) -> str:
    """Return the text of a node's own child of that name."""
    child = node.find(f"{{*}}{name}")
    return "" if child is None else " ".join((child.text or "").split())


def _description(info: _Node) -> str:
    """Return the description, its hard-wrapped lines joined; blank lines and bullets still start a new line."""
    child = info.find("{*}description")
    return "" if child is None else _WRAPPED.sub(" ", child.text or "").strip()


def _ring(node: _Node) -> tuple[Point, ...]:
    """Read "lat,lon lat,lon ...", which is latitude first (GeoJSON is not)."""
    pairs = (pair.partition(",") for pair in (node.text or "").split()[:MAX_POINTS])
    points = tuple(point for lat, _, lon in pairs if (point := point_of(lat, lon)) is not None)
    return points if len(points) > 2 else ()  # noqa: PLR2004 - fewer enclose nothing


def _disc(node: _Node) -> tuple[Point, float] | None:
    """Read "lat,lon radius", the radius in km."""
    centre, _, radius = " ".join((node.text or "").split()).partition(" ")
    lat, _, lon = centre.partition(",")
    point = point_of(lat, lon)
    try:
        return None if point is None else (point, float(radius or 0))
    except ValueError:
        return None

"""CAP 1.2, and 1.0 and 1.1 (OASIS Common Alerting Protocol): one alert, many inside another document, or an index.

An index (NWS, MeteoAlarm) is an Atom or RSS feed whose items bear the fields of an alert beside a link to it. Every
alert becomes one Item that carries what the alert says of itself in its own words (`Item.cap`). What is no warning
for the public is left out (bot/feeds/warning.py).
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree

from bot.feeds.dates import parse_date
from bot.feeds.itemise import Raw, itemise
from bot.feeds.syndication import point_of
from bot.feeds.warning import LIVE_STATUS, warned
from bot.model.errors import DecodeError
from bot.model.item import Cap, Item, Source
from bot.model.place import Point

MAX_POINTS = 2_000
"""Vertices of one polygon; real ones have tens to hundreds."""

_Node = Any
"""An element of lxml, which brings no types."""

_ALERT = re.compile(r"<(?:[\w.-]+:)?alert[\s>]")
_INDEX = re.compile(r"<cap:(?:severity|event|urgency)[\s>]")
_WRAPPED = re.compile(r"(?<!\n)\n(?!\s*(?:\n|[*•-]))")
_INDEX_DATES = ("sent", "published", "updated", "pubDate")
_SEVERITIES = ("extreme", "severe", "moderate", "minor")


def holds_alerts(text: str) -> bool:
    """Tell whether CAP alerts stand in a document, whole or as an index, as opposed to mere links to them."""
    return _ALERT.search(text) is not None or _INDEX.search(text) is not None


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
    for alert in list(_named(root, "alert")) or [*_named(root, "entry"), *_named(root, "item")]:
        try:
            raws.append(_whole(source, alert) if etree.QName(alert).localname == "alert" else _indexed(alert))
        except DecodeError as error:
            fault = str(error)
    if fault and not raws:
        raise DecodeError(fault)
    return itemise(source, [raw for raw in raws if raw is not None], now)


def _whole(source: Source, alert: _Node) -> Raw | None:
    """Return an alert's fields, None for one that is not meant for the public's eyes."""
    infos = _infos(source, alert)
    identifier, sent, status = _said(alert, "identifier"), parse_date(_said(alert, "sent")), _said(alert, "status")
    if not identifier or sent is None or not status:
        raise DecodeError("a CAP alert without identifier, time of sending or status")
    kind = _said(alert, "msgType")
    cap = _cap(alert, infos or [alert], identifier=identifier, sent=sent, status=status, kind=kind)
    return _raw(cap, infos[0] if infos else alert)


def _indexed(entry: _Node) -> Raw | None:
    """Return what an index says of an alert; what it leaves out is taken as usual (actual, a first alert)."""
    identifier, sent = _first(entry, "identifier", "id", "guid"), parse_date(_first(entry, *_INDEX_DATES))
    if not identifier or sent is None:
        raise DecodeError("an index of CAP alerts without identifiers or dates")
    status, kind = _said(entry, "status") or LIVE_STATUS, _first(entry, "msgType", "message_type") or "Alert"
    return _raw(_cap(entry, [entry], identifier=identifier, sent=sent, status=status, kind=kind), entry)


def _raw(cap: Cap, info: _Node) -> Raw | None:
    said = {_said(node, "valueName"): _said(node, "value") for node in _named(info, "parameter")}
    return warned(
        cap,
        headline=_first(info, "headline", "title"),
        description=_description(info),
        link=_first(info, "web", "link") or _target(info),
        language=_said(info, "language")[:2].lower() or ("en" if etree.QName(info).localname == "info" else ""),
        parameters=said,
        response=[_words(node) for node in _named(info, "responseType")],
    )


def _cap(alert: _Node, infos: list[_Node], *, identifier: str, sent: datetime, status: str, kind: str) -> Cap:
    info = infos[0]
    return Cap(
        identifier=identifier,
        sender=_said(alert, "sender"),
        sent=sent,
        msg_type=kind.capitalize(),
        status=status.capitalize(),
        event=_said(info, "event"),
        severity=_said(info, "severity") or "Unknown",
        urgency=_said(info, "urgency") or "Unknown",
        certainty=_said(info, "certainty") or "Unknown",
        references=tuple(_said(alert, "references").split()),
        expires=parse_date(_said(info, "expires")),
        areas=tuple(dict.fromkeys(area for node in _all(infos, "areaDesc") if (area := _words(node)))),
        polygons=tuple(ring for node in _all(infos, "polygon") if (ring := _ring(node))),
        circles=tuple(disc for node in _all(infos, "circle") if (disc := _disc(node))),
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


def _all(nodes: list[_Node], name: str) -> Iterator[_Node]:
    return (found for node in nodes for found in _named(node, name))


def _said(node: _Node, name: str) -> str:
    """Return the text of a node's own child of that name."""
    child = node.find(f"{{*}}{name}")
    return "" if child is None else _words(child)


def _first(node: _Node, *names: str) -> str:
    """Return the first of these that the node says anything of."""
    return next(filter(None, (_said(node, name) for name in names)), "")


def _words(node: _Node) -> str:
    return " ".join((node.text or "").split())


def _target(node: _Node) -> str:
    """Return where an Atom link leads."""
    link = node.find("{*}link")
    return "" if link is None else link.get("href", "")


def _description(info: _Node) -> str:
    """Return the description, its hard-wrapped lines joined; blank lines and bullets still start a new line."""
    child = info.find("{*}description")
    child = info.find("{*}summary") if child is None else child
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

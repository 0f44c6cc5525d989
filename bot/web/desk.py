"""The operator's page: one look at sources, events, outbox and clocks. Plain HTML, which a little script keeps fresh.

What it shows comes as tables of short texts (`Standing`), handed in; so it is drawn here and in page/desk.js by the
same few rules, and `/desk.json` is what both draw. Nothing of it comes from another host.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from html import escape
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A short text; `mark` is "", "good", "warn", "bad" or a severity, `link` a path of ours or a web address."""

    text: str
    mark: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings. `note` is said where there are no rows, and where some are left out."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """An event on the map; degrees."""

    id: str
    lon: float
    lat: float
    severity: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that the page shows. `facts` are pairs of a name and a cell, the most important first."""

    at: str
    version: str
    facts: tuple[tuple[str, Cell], ...]
    tables: tuple[Table, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An event in plain words, and who says so (name and web address)."""

    id: str
    title: str
    lines: tuple[str, ...]
    sources: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the page asks. `world` is the JSON of the outlines, `colours` are CSS colours by severity."""

    standing: Callable[[], Awaitable[Standing]]
    account: Callable[[str], Awaitable[Account | None]]
    world: Callable[[], Awaitable[bytes]]
    colours: Mapping[str, str]


def desk(parts: Desk) -> Sequence[Route]:
    """Return the routes of the page."""

    async def page(_: Request) -> Response:
        return HTMLResponse(html(await parts.standing()))

    async def standing(_: Request) -> Response:
        return _json(asdict(await parts.standing()))

    async def account(request: Request) -> Response:
        name, _, kind = str(request.path_params["event_id"]).partition(".")
        found = await parts.account(name)
        if found is None or kind not in {"", "json"}:
            return PlainTextResponse("no event of that id\n", status_code=404)
        return _json(asdict(found)) if kind else HTMLResponse(_account_page(found))

    async def world(_: Request) -> Response:
        lasting = {"cache-control": "private, max-age=86400"}
        return Response(await parts.world(), media_type="application/json", headers=lasting)

    async def style(_: Request) -> Response:
        named = "".join(f"--{name}:{colour};" for name, colour in parts.colours.items())
        return Response(f":root{{{named}}}\n{_file('desk.css')}", media_type="text/css")

    async def script(_: Request) -> Response:
        return Response(_file("desk.js"), media_type="text/javascript")

    pages: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "/": page, "/desk.json": standing, "/event/{event_id}": account, "/world.json": world, "/desk.css": style,
        "/desk.js": script,
    }  # fmt: skip
    return [Route(path, endpoint) for path, endpoint in pages.items()]


def html(standing: Standing) -> str:
    """Return the whole page, as it is without script."""
    facts = "".join(
        f'<div class="fact {escape(cell.mark)}"><dt>{escape(name)}</dt><dd>{_cell(cell)}</dd></div>'
        for name, cell in standing.facts
    )
    tables = "".join(_table(table) for table in standing.tables)
    body = (
        f"<header><h1>Outrider <small>{escape(standing.version)}</small></h1>"
        f'<p id="at">{escape(standing.at)}</p></header>'
        f'<dl id="facts">{facts}</dl>'
        '<section id="map" hidden><svg role="img" aria-label="Open events on a map of the world">'
        '<path id="land"/><g id="dots"></g></svg>'
        '<div class="zoom"><button id="in" aria-label="closer">+</button><button id="out" aria-label="farther">'
        '&minus;</button><button id="whole" aria-label="the whole world">&#8857;</button></div>'
        '<aside id="account" hidden aria-live="polite"></aside></section>'
        f'<main id="tables">{tables}</main>'
    )
    return _whole("Outrider", body, script=True)


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "".join(
        f"<tr>{''.join(_data(cell, name) for cell, name in zip(row, table.columns, strict=True))}</tr>"
        for row in table.rows
    )
    body = f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>' if rows else ""
    note = f"<p class=note>{escape(table.note)}</p>" if table.note else ""
    return f'<section id="{escape(table.id)}"><h2>{escape(table.title)}</h2>{body}{note}</section>'


def _data(cell: Cell, column: str) -> str:
    return f'<td class="{escape(cell.mark)}" data-name="{escape(column)}">{_cell(cell)}</td>'


def _cell(cell: Cell) -> str:
    """Return the text, as a link where it leads to a page of ours or of the web, and nowhere else."""
    if cell.link.startswith(("/", "https://", "http://")):
        return f'<a href="{escape(cell.link)}" rel="noreferrer">{escape(cell.text)}</a>'
    return escape(cell.text)


def _account_page(account: Account) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in account.lines)
    sources = "".join(f"<li>{_cell(cell)}</li>" for cell in account.sources)
    head = f'<p><a href="/">Outrider</a></p><h1>{escape(account.title)}</h1>'
    body = f'<main class="account">{head}{lines}<ul>{sources}</ul></main>'
    return _whole(account.title, body, script=False)


def _whole(title: str, body: str, *, script: bool) -> str:
    tag = '<script src="/desk.js" defer></script>' if script else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/desk.css">{tag}'
        f"</head><body>{body}</body></html>\n"
    )


def _json(value: object) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), media_type="application/json")


@cache
def _file(name: str) -> str:
    return (files("bot.web") / "page" / name).read_text(encoding="utf-8")

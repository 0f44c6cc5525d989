"""Who may look: loopback alone, or who brings the token; and what a browser may do with the pages.

`/livez` and `/readyz` are open to all who reach the port: they hold nothing but the names of checks, and who restarts
or routes brings no token. All else asks for it where one is set; bound beyond loopback without one, all else is shut.
"""

import asyncio
import hmac
from collections.abc import Iterable
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPEN = frozenset({"/livez", "/readyz"})
ENTER = "/enter"
COOKIE = "outrider"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
_MONTH = 30 * 24 * 3600  # seconds
_LONGEST_FORM = 4096  # bytes
_WAIT_AFTER_WRONG = 0.5  # seconds

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
_DOOR = (
    "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<title>Outrider</title><link rel=stylesheet href=/desk.css><main class=door><h1>Outrider</h1>"
    f"<form method=post action={ENTER}><label>Token <input type=password name=token autocomplete=current-password "
    "autofocus></label> <button>Enter</button></form></main></html>"
)


class Gate:
    """An ASGI application before the pages: it lets through, or says why not."""

    def __init__(self, pages: ASGIApp, *, token: str = "", host: str = "127.0.0.1") -> None:
        """`host` is what the pages are bound to; an empty `token` means that none is set."""
        self._pages, self._token, self._host = pages, token, host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return

        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = await self._answer(Request(scope, receive))
        await (refusal or self._pages)(scope, receive, careful)

    async def _answer(self, request: Request) -> Response | None:  # noqa: PLR0911 - one for each way to be refused
        """Return what stands in the way; None where nothing does."""
        path = request.url.path
        if path in OPEN:
            return None
        if self._token:
            if path == ENTER and request.method == "POST":
                return await self._enter(request)
            if path == "/desk.css" or self._is_known(request.headers):
                return None
            if path == "/":
                return HTMLResponse(_DOOR, status_code=401)
            return PlainTextResponse("this page asks for the token\n", 401, {"www-authenticate": "Bearer"})
        if self._host not in LOOPBACK:
            why = "this page is served beyond loopback: set OUTRIDER_WEB_TOKEN\n"
            return PlainTextResponse(why, status_code=403)
        if _name(request.headers.get("host", "")) not in LOOPBACK:  # a page of another site, by a name of its own
            return PlainTextResponse("ask for it as localhost, or set OUTRIDER_WEB_TOKEN\n", status_code=421)
        return None

    def _is_known(self, headers: Headers) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and _same(given.strip(), self._token):
            return True
        return any(_same(value, self._pass()) for value in _cookies(headers.getlist("cookie")))

    async def _enter(self, request: Request) -> Response:
        """Give who knows the token a cookie that is not the token."""
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > _LONGEST_FORM:
                return PlainTextResponse("too long\n", status_code=413)
        given = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0].strip()
        if not _same(given, self._token):
            await asyncio.sleep(_WAIT_AFTER_WRONG)
            return HTMLResponse(_DOOR, status_code=401)
        answer = RedirectResponse("/", status_code=303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, self._pass(), max_age=_MONTH, httponly=True, samesite="strict", secure=secure)
        return answer

    def _pass(self) -> str:
        return hmac.new(self._token.encode(), b"outrider's desk", sha256).hexdigest()


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _cookies(headers: Iterable[str]) -> list[str]:
    found = []
    for header in headers:
        try:
            cookies = SimpleCookie(header)
        except CookieError:
            continue
        found += [cookies[COOKIE].value] if COOKIE in cookies else []
    return found


def _name(host: str) -> str:
    """Return the name of a Host header, without its port."""
    return host if host.endswith("]") else host.rpartition(":")[0] or host

"""The bot as we use it: our own timeouts, one pace for all calls, and an ear for what ends everything."""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import InvalidToken, RetryAfter
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.chat.paced_start import ClosedError, HeldBackError, PacedStart
from bot.model.alert import Lane

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 30.0  # a short one makes sends of which nobody knows whether they arrived
POLL_TIMEOUT = 30
_CONNECTIONS = 160  # as many as may be in flight, and replies
_TRIES = 3
# What puts nothing into a chat stands in the common row, but does not count in the chat that it names.
_NO_MESSAGE = frozenset({"getChatMember", "getChat", "setMyCommands"})

OnFatal = Callable[[str], None]

_FATAL = {
    401: "Telegram refuses the bot's token (401): check OUTRIDER_TELEGRAM_TOKEN, then start again",
    404: "Telegram knows no bot of this token (404): check OUTRIDER_TELEGRAM_TOKEN, then start again",
    409: "another process polls with this bot's token (409): stop it, then start again",
}


class GuardedRequest(HTTPXRequest):
    """Tells the owner when Telegram's answer means that no call can succeed any more.

    `told` holds the causes that were told; the requests of one bot share it, so each is told once.
    """

    def __init__(self, on_fatal: OnFatal, told: set[int], *, connections: int) -> None:
        super().__init__(
            connection_pool_size=connections,
            connect_timeout=CONNECT_TIMEOUT,
            read_timeout=READ_TIMEOUT,
            write_timeout=READ_TIMEOUT,
            pool_timeout=CONNECT_TIMEOUT,
        )
        self._on_fatal, self._told = on_fatal, told

    async def do_request(self, *given: Any, **named: Any) -> tuple[int, bytes]:  # noqa: ANN401 - handed on as they are
        """Make the call, and look at its status."""
        status, body = await super().do_request(*given, **named)
        if status in _FATAL and status not in self._told:
            self._told.add(status)
            self._on_fatal(_FATAL[status])
        return status, body


class Paced(BaseRateLimiter[Lane]):
    """Puts every call of the bot into the pacer's row: alerts (`rate_limit_args` is their lane), and replies to people.

    A refused reply waits and is sent again, for nobody keeps it; alerts are kept in the outbox, so their refusal goes
    back to the sender.
    """

    def __init__(self, pace: PacedStart) -> None:
        self._pace = pace

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(  # noqa: PLR0917 - PTB's own
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 - PTB's own
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> Any:  # noqa: ANN401 - PTB's own
        """Make the call when its turn has come."""
        chat = data.get("chat_id")
        chat_id = chat if isinstance(chat, int) and endpoint not in _NO_MESSAGE else None
        lane = Lane.REPLY if rate_limit_args is None else rate_limit_args
        for attempt in range(1, _TRIES + 1):
            await self._turn(chat_id, lane)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as refusal:
                self._pace.refused(chat_id, seconds_of(refusal))
                if lane is not Lane.REPLY or attempt == _TRIES:
                    raise
        raise AssertionError("the last try returns or raises")

    async def _turn(self, chat_id: int | None, lane: Lane) -> None:
        """Wait for the call's turn; what holds it back for long is told in the library's own errors."""
        try:
            await self._pace.wait(chat_id, lane)
        except HeldBackError as held:
            raise RetryAfter(timedelta(seconds=held.seconds)) from None
        except ClosedError as closed:
            raise InvalidToken(str(closed)) from None


def seconds_of(refusal: RetryAfter) -> float:
    """Return how long Telegram wants us to wait."""
    return refusal._retry_after.total_seconds()  # noqa: SLF001 - the public attribute warns of its own change in 22.x


def make_bot(token: str, *, base_url: str | None, pace: PacedStart, on_fatal: OnFatal) -> ExtBot[Lane]:
    """Return the bot; `base_url` is the address before "<token>" of a Bot API server other than Telegram's own.

    What ends everything closes the pace too, so that no call is made in vain, and is told to `on_fatal` once.
    """
    told: set[int] = set()

    def end(why: str) -> None:
        pace.close(why)
        on_fatal(why)

    address = base_url or "https://api.telegram.org/bot"
    return ExtBot(
        token,
        base_url=address,
        base_file_url=address.removesuffix("/bot") + "/file/bot",
        request=GuardedRequest(end, told, connections=_CONNECTIONS),
        get_updates_request=GuardedRequest(end, told, connections=1),
        rate_limiter=Paced(pace),
    )

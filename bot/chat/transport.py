"""The bot as we use it: our own timeouts, one pace for all calls, and an ear for what ends everything."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.chat.pacer import PacedStart

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 30.0  # a short one makes sends of which nobody knows whether they arrived
POLL_TIMEOUT = 30
_CONNECTIONS = 32
_TRIES = 3
_LONGEST_WAIT = 60.0
# What sends nothing into a chat needs no place in the row.
_UNPACED = frozenset({"getMe", "getChatMember", "getChat", "deleteWebhook", "setMyCommands", "answerCallbackQuery"})

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


class Paced(BaseRateLimiter[str]):
    """Puts every call of the bot into the pacer's row: alerts, and replies to people.

    A refused reply waits and is sent again, for nobody keeps it; alerts (`rate_limit_args` OUTBOX) are kept in the
    outbox, so their refusal goes back to the sender.
    """

    OUTBOX = "outbox"

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
        rate_limit_args: str | None,
    ) -> Any:  # noqa: ANN401 - PTB's own
        """Make the call when its turn has come."""
        chat = data.get("chat_id")
        chat_id = chat if isinstance(chat, int) else None
        for attempt in range(1, _TRIES + 1):
            if endpoint not in _UNPACED:
                await self._pace.wait(chat_id)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as refusal:
                wait = seconds_of(refusal)
                self._pace.refused(chat_id, wait)
                if rate_limit_args == self.OUTBOX or attempt == _TRIES or wait > _LONGEST_WAIT:
                    raise
        raise AssertionError("the last try returns or raises")


def seconds_of(refusal: RetryAfter) -> float:
    """Return how long Telegram wants us to wait."""
    return refusal._retry_after.total_seconds()  # noqa: SLF001 - the public attribute warns of its own change in 22.x


def make_bot(token: str, *, base_url: str | None, pace: PacedStart, on_fatal: OnFatal) -> ExtBot[str]:
    """Return the bot; `base_url` is the address before "<token>" of a Bot API server other than Telegram's own."""
    told: set[int] = set()
    address = base_url or "https://api.telegram.org/bot"
    return ExtBot(
        token,
        base_url=address,
        base_file_url=address.removesuffix("/bot") + "/file/bot",
        request=GuardedRequest(on_fatal, told, connections=_CONNECTIONS),
        get_updates_request=GuardedRequest(on_fatal, told, connections=1),
        rate_limiter=Paced(pace),
    )

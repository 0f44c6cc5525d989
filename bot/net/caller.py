"""Calls of addresses that the operator chose: a webhook, a heartbeat. Under the same guard as all that is fetched."""

import asyncio

import httpx

from bot.net.addresses import AddressGuard
from bot.net.transport import GuardedTransport

LONGEST = 10.0  # seconds, for all of it


class HttpCaller:
    """One address a call, no redirects, and of the answer no more than its status."""

    def __init__(self, guard: AddressGuard, *, agent: str, longest: float = LONGEST) -> None:
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(guard), trust_env=False, follow_redirects=False, timeout=longest,
            headers={"user-agent": agent},
        )  # fmt: skip
        self._longest = longest

    async def call(self, url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> str:
        """GET the address, or POST the body; return why it failed, empty for an answer of 2xx. Never raises.

        What is returned names no address: a part of it may be a secret.
        """
        method = "GET" if body is None else "POST"
        try:
            async with (
                asyncio.timeout(self._longest),
                self._client.stream(method, url, content=body, headers=headers) as answer,
            ):
                return "" if answer.is_success else f"answers {answer.status_code}"
        except TimeoutError:
            return f"does not answer within {self._longest:g} s"
        except Exception as error:  # noqa: BLE001 - whatever the network does is the finding
            return f"cannot be reached: {type(error).__name__}"

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

"""The ear for streams, against servers that keep to the protocol and servers that do not."""

import asyncio
from contextlib import aclosing
from http import HTTPStatus

import pytest
from support.push_server import PushServer, quiet, saying, until
from websockets.asyncio.server import Request, Response, ServerConnection, serve

from bot.net.addresses import AddressGuard
from bot.net.stream import SocketStream
from bot.services.listen import StreamBroken

HEARTBEAT_S = 0.2


def ear(*, allow_loopback: bool = True, max_bytes: int = 1_000) -> SocketStream:
    guard = AddressGuard(allow_loopback=allow_loopback)
    return SocketStream(user_agent="Outrider/test", guard=guard, heartbeat_s=HEARTBEAT_S, max_bytes=max_bytes)


async def heard(server: PushServer, most: int = 1, **options: bool | int) -> list[bytes | None]:
    found: list[bytes | None] = []
    async with asyncio.timeout(5), aclosing(ear(**options).listen(server.url)) as messages:  # type: ignore[arg-type]
        async for message in messages:
            found.append(message)
            if len(found) == most:
                break
    return found


async def test_messages_come_in_their_order_as_bytes() -> None:
    async with PushServer(saying("one", b"two")) as server:
        assert await heard(server, 2) == [b"one", b"two"]


async def test_a_server_that_lives_and_says_nothing_gives_signs_of_life() -> None:
    async with PushServer() as server:
        assert await heard(server, 2) == [None, None]


async def test_the_socket_is_closed_when_nobody_listens_any_more() -> None:
    async with PushServer(saying("one")) as server:
        await heard(server)
        await until(lambda: server.open == 0)


async def test_a_listener_that_is_killed_leaves_no_socket_behind() -> None:
    async with PushServer() as server:
        listening = asyncio.create_task(heard(server, 1_000))
        await until(lambda: server.open == 1)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await until(lambda: server.open == 0)


async def leaves(socket: ServerConnection, number: int) -> None:
    del number
    await socket.close(1001)


async def drops(socket: ServerConnection, number: int) -> None:
    del number
    socket.transport.abort()


async def shouts(socket: ServerConnection, number: int) -> None:
    await socket.send("x" * 1_001)
    await quiet(socket, number)


async def babbles(socket: ServerConnection, number: int) -> None:
    del number
    socket.transport.write(b"\xff\xff garbage that is no frame " * 10)
    await asyncio.sleep(1)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (leaves, r"closed the connection \(code 1001\)"),
        (drops, "broke off"),
        (shouts, "larger than allowed"),
        (babbles, "does not speak the web socket protocol"),
    ],
)
async def test_a_connection_that_ends_says_why_in_plain_words(script: object, why: str) -> None:
    async with PushServer(script) as server:  # type: ignore[arg-type]
        with pytest.raises(StreamBroken, match=why):
            await heard(server, 1_000)


async def test_a_half_open_connection_is_noticed_by_its_heartbeat() -> None:
    async def half_open(socket: ServerConnection, number: int) -> None:
        del number
        socket.transport.pause_reading()  # as when a router has forgotten the connection: nothing comes through
        await asyncio.sleep(1)

    async with PushServer(half_open) as server:
        with pytest.raises(StreamBroken, match="answers no ping"):
            await heard(server, 1_000)


async def test_a_server_of_another_protocol_is_no_stream() -> None:
    async def hello(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(hello, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(StreamBroken, match="does not speak"):
            await anext(ear().listen(f"ws://127.0.0.1:{port}/"))


@pytest.mark.parametrize(("status", "location"), [(403, ""), (503, ""), (302, "ws://127.0.0.2:9/elsewhere")])
async def test_a_refused_connection_keeps_its_status_and_a_redirect_elsewhere_is_not_followed(
    status: int, location: str
) -> None:
    def refuse(socket: ServerConnection, request: Request) -> Response:
        del request
        response = socket.respond(HTTPStatus(status), "no\n")
        if location:
            response.headers["Location"] = location
        return response

    async with serve(quiet, "127.0.0.1", 0, process_request=refuse) as server:  # type: ignore[arg-type]
        port = next(iter(server.sockets)).getsockname()[1]
        with pytest.raises(StreamBroken) as broken:
            await anext(ear().listen(f"ws://127.0.0.1:{port}/"))
    assert (broken.value.status == status) is not bool(location)


async def test_an_address_inside_a_private_network_is_not_connected_to() -> None:
    async with PushServer() as server:
        with pytest.raises(StreamBroken, match="private network"):
            await heard(server, allow_loopback=False)
        assert server.connections == 0


async def test_nobody_there_is_said_in_plain_words() -> None:
    async with PushServer() as server:
        url = server.url
    with pytest.raises(StreamBroken, match="cannot be reached"):
        await anext(ear().listen(url))

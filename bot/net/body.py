"""A body as it comes in: decompressed by us, within limits before and after."""

import zlib
from collections.abc import AsyncIterable
from typing import Protocol

import brotli

_WINDOW_BITS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS}


class BodyRefused(Exception):  # noqa: N818 - never leaves the room `net`
    """The body breaks a limit or is damaged; the message says how in plain words."""


async def read_body(chunks: AsyncIterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """Return the whole body, decompressed.

    Args:
        chunks: the bytes as they come off the wire.
        encoding: the Content-Encoding header.
        max_bytes: what neither the bytes on the wire nor the decompressed ones may exceed.

    Raises:
        BodyRefused: larger than that, compressed in an unknown way or more than once, damaged or cut short.
    """
    inflater = _inflater(encoding)
    body, received = bytearray(), 0
    async for chunk in chunks:
        received += len(chunk)
        body += inflater.feed(chunk, max_bytes + 1 - len(body)) if inflater else chunk
        if received > max_bytes or len(body) > max_bytes:
            raise BodyRefused(f"the answer is larger than {max_bytes / 1e6:g} MB")
    if inflater and received and not inflater.whole:
        raise BodyRefused("the compressed answer is cut short")
    return bytes(body)


class _Inflater(Protocol):
    """Undoes one layer of compression, piece by piece."""

    @property
    def whole(self) -> bool:
        """Whether the data has come to its proper end."""
        ...

    def feed(self, data: bytes, room: int) -> bytes:
        """Return what the data gives; not much more than `room` bytes of it, the rest is never made."""
        ...


def _inflater(encoding: str) -> _Inflater | None:
    names = [name for name in (part.strip().lower() for part in encoding.split(",")) if name not in {"", "identity"}]
    if len(names) > 1:
        raise BodyRefused("the answer is compressed more than once")
    if not names:
        return None
    if names[0] == "br":
        return _Brotli()
    if names[0] not in {"gzip", "x-gzip", "deflate"}:
        raise BodyRefused(f"the answer is compressed in a way that was not asked for ({names[0][:20]})")
    return _Zlib(names[0])


class _Brotli:
    """Decompresses Brotli (RFC 7932)."""

    def __init__(self) -> None:
        self._engine = brotli.Decompressor()

    @property
    def whole(self) -> bool:
        """Whether the data has come to its proper end."""
        return bool(self._engine.is_finished())

    def feed(self, data: bytes, room: int) -> bytes:
        """Return what the data gives; the engine makes little more than `room` bytes at a time."""
        if self.whole:  # what some servers put behind the end
            return b""
        out = bytearray()
        try:
            while len(out) < room:
                piece = self._engine.process(data, output_buffer_limit=room - len(out))
                out += piece
                data = b""
                if not piece or self._engine.is_finished():
                    break
        except brotli.error as error:
            raise BodyRefused("the compressed answer is damaged") from error
        return bytes(out)


class _Zlib:
    """Decompresses gzip (of one or more members) or deflate (with or without zlib's header)."""

    def __init__(self, name: str) -> None:
        self._bits = _WINDOW_BITS.get(name)
        self._engine: zlib._Decompress | None = None

    @property
    def whole(self) -> bool:
        """Whether the data has come to its proper end."""
        return self._engine is not None and self._engine.eof

    def feed(self, data: bytes, room: int) -> bytes:
        """Return what the data gives, at most `room` bytes of it."""
        out = bytearray()
        try:
            while data and len(out) < room:
                engine = self._engine_for(data)
                if engine is None:
                    break
                out += engine.decompress(data, room - len(out))
                data = engine.unused_data if engine.eof else engine.unconsumed_tail
        except zlib.error as error:
            raise BodyRefused("the compressed answer is damaged") from error
        return bytes(out)

    def _engine_for(self, data: bytes) -> "zlib._Decompress | None":
        """Return the engine for this data; None for what some servers put behind the end."""
        if self._engine is None:
            self._engine = zlib.decompressobj(self._bits or _deflate_bits(data))
        elif self._engine.eof:
            if self._bits is None or not data.startswith(b"\x1f\x8b"):
                return None
            self._engine = zlib.decompressobj(self._bits)
        return self._engine


def _deflate_bits(data: bytes) -> int:
    """Tell zlib's header (its method nibble is 8) from none: servers send both under the name of deflate."""
    return zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS  # noqa: PLR2004 - RFC 1950, section 2.2

"""References to a chat in a link, t.me/<bot>?start=...: sealed, so that nobody names a chat that we did not name.

A link changes nothing: whoever opens it is asked for their rights, or for a press.
"""

import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

MANAGE, INVITATION = "g", "c"
"""To see to a group from private chat; to become a chat's second contact."""
_FORM = struct.Struct(">qI")
_SEAL_BYTES = 10


@dataclass(frozen=True, slots=True)
class Reference:
    """A chat that a link names, and a number: of an invitation, or 0."""

    chat_id: int
    number: int = 0


class References:
    """Makes and opens references with a key that is derived from a secret: the bot's token."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), b"outrider: links", sha256)

    def close(self, kind: str, reference: Reference) -> str:
        """Return the payload of a link, at most 64 letters of A-Z a-z 0-9 _ -."""
        body = _FORM.pack(reference.chat_id, reference.number)
        return f"{kind}_{urlsafe_b64encode(body + self._seal(kind, body)).decode().rstrip('=')}"

    def open(self, kind: str, payload: str) -> Reference | None:
        """Return what a payload of that kind names; None for what we did not make."""
        head, _, letters = payload.partition("_")
        try:
            packed = urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        except ValueError:
            return None
        body, seal = packed[: _FORM.size], packed[_FORM.size :]
        if head != kind or len(body) != _FORM.size or not hmac.compare_digest(seal, self._seal(kind, body)):
            return None
        return Reference(*_FORM.unpack(body))

    def _seal(self, kind: str, body: bytes) -> bytes:
        return hmac.digest(self._key, kind.encode() + body, sha256)[:_SEAL_BYTES]

"""A Bot API server in memory, for tests: chats, messages, edits, buttons, long polls, faults before or after the act.

    async with TelegramEmulator() as telegram:
        telegram.fault("sendMessage", "drop_after")
        ...                                   # a bot with base_url=telegram.base_url
        telegram.say(42, "/start")
        message = await telegram.next_message(42)
        telegram.press(42, message, "My watches")

It knows the methods that Outrider uses; any other is answered with 404, as Telegram does.
"""

# ruff: noqa: N802, N818, ANN401, FBT001, FBT002, ASYNC109, S105 - the methods and parameters are those of the Bot API

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web
from support.telegram_html import BadHtml, parse

TOKEN = "1000001:emulated-token-of-no-bot-abcdefgh"
_BOT = {"id": 1000001, "is_bot": True, "first_name": "Outrider", "username": "outrider_test_bot"}
_LONGEST_TEXT = 4096
_LONGEST_DATA = 64


@dataclass(slots=True)
class Shown:
    """A message as the chat sees it. `history` holds its earlier texts."""

    chat_id: int
    message_id: int
    text: str
    html: str = ""
    silent: bool = False
    reply_to: int | None = None
    thread_id: int | None = None
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    reply_keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    history: list[str] = field(default_factory=list)
    number: int = 0
    photo: bytes = b""
    document: bytes = b""
    file_name: str = ""

    @property
    def labels(self) -> list[str]:
        """The buttons under it, row by row."""
        return [button["text"] for row in self.keyboard for button in row]

    def data_of(self, label: str) -> str:
        """The callback data of the first button whose label holds these words."""
        return next(
            button["callback_data"] for row in self.keyboard for button in row if label in button["text"]
        )  # fmt: skip


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next `times` calls of a method (of any, if empty) to a chat (to any, if None)."""

    method: str
    kind: str
    times: int = 1
    chat_id: int | None = None
    value: Any = None


class Refusal(Exception):
    """An answer that is not ok."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


class TelegramEmulator:
    """The server. Private chats and groups exist as soon as they are named; `statuses` gives members' ranks."""

    def __init__(self, *, token: str = TOKEN) -> None:
        self.token = token
        self.messages: list[Shown] = []
        self.answers: list[dict[str, Any]] = []
        self.inline_answers: list[dict[str, Any]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.statuses: dict[tuple[int, int], str] = {}
        self.first_names: dict[int, str] = {}
        self.topics: set[tuple[int, int]] = set()
        self.counts: dict[int, int] = {}
        self.names: dict[str, int] = {}
        self.channels: set[int] = set()
        self.faults: list[Fault] = []
        self.files: dict[str, bytes] = {}
        self.asked_updates: list[str] | None = None
        self._updates: deque[dict[str, Any]] = deque()
        self._numbers = iter(range(1, 10**9))
        self._changed = asyncio.Condition()
        self._polling: asyncio.Event | None = None
        self._runner: web.AppRunner | None = None
        self._port = 0
        self._seen: dict[int, int] = {}
        self._heard = self._heard_inline = 0
        self.photos: dict[str, bytes] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/bot{token}/{method}", self._serve)
        application.router.add_get("/file/bot{token}/{number}", self._file)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """What comes before the token in the address of a call."""
        return f"http://127.0.0.1:{self._port}/bot"

    # What a test does, and sees.

    def fault(self, method: str, kind: str, *, times: int = 1, chat_id: int | None = None, value: Any = None) -> None:
        """Let the next calls go wrong.

        `kind`: flood (value: seconds), plain_flood, blocked, migrated (value: new id), bad (value: the 400 text),
        error (value: status), error_after, drop_before, drop_after, hang_after, cut_after, html_after, empty_after.
        """
        self.faults.append(Fault(method, kind, times, chat_id, value))

    def say(self, chat_id: int, text: str, *, user_id: int | None = None, language: str = "en", **more: Any) -> None:
        """Let a person write."""
        entities = []
        if text.startswith("/"):
            entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        self._message(chat_id, user_id, language, text=text, entities=entities, **more)

    def share_location(self, chat_id: int, lat: float, lon: float, *, language: str = "en") -> None:
        """Let a person share a point."""
        self._message(chat_id, None, language, location={"latitude": lat, "longitude": lon})

    def share_live(self, chat_id: int, lat: float, lon: float, *, period: int, user_id: int | None = None) -> int:
        """Let a person share where they are for so many seconds; return the message's number, to move it by."""
        where = {"latitude": lat, "longitude": lon, "live_period": period}
        return self._message(chat_id, user_id, "en", location=where)

    def move_live(self, chat_id: int, message_id: int, lat: float, lon: float, *, period: int = 0) -> None:
        """Let a live location move, or end (no period)."""
        where = {"latitude": lat, "longitude": lon, **({"live_period": period} if period else {})}
        self._update("edited_message", {
            "message_id": message_id, "date": 1_726_556_400, "edit_date": 1_726_556_460, "chat": self._chat(chat_id),
            "from": self._user(abs(chat_id), "en"), "location": where,
        })  # fmt: skip

    def send_file(self, chat_id: int, name: str, content: bytes, *, mime: str = "text/calendar", size: int = 0) -> None:
        """Let a person send a file; `size` is what Telegram says of it, if not the truth."""
        number = f"file-{next(self._numbers)}"
        self.files[number] = content
        document = {"file_id": number, "file_unique_id": number, "file_name": name, "mime_type": mime}
        self._message(chat_id, None, "en", document={**document, "file_size": size or len(content)})

    def send_update(self, chat_id: int, *, user_id: int | None = None, language: str = "en", **fields: Any) -> None:
        """Let a message of any other form come."""
        self._message(chat_id, user_id, language, **fields)

    def press(self, chat_id: int, message: Shown, label: str, *, user_id: int | None = None) -> None:
        """Let a person press the first button whose label holds these words."""
        self.press_data(chat_id, message, message.data_of(label), user_id=user_id)

    def press_data(self, chat_id: int, message: Shown, data: str, *, user_id: int | None = None) -> None:
        """Let a client send a press with these data."""
        self._update("callback_query", {
            "id": str(next(self._numbers)), "from": self._user(user_id or chat_id, "en"), "chat_instance": "1",
            "message": self._as_message(message), "data": data,
        })  # fmt: skip

    def taken(self) -> dict[str, Any]:
        """Take the newest update, for a test that hands it to the application itself."""
        return self._updates.pop()

    def ask_inline(self, user_id: int, query: str, *, language: str = "en") -> None:
        """Let a person write "@bot query" in some chat or other."""
        self._update("inline_query", {
            "id": str(next(self._numbers)), "from": self._user(user_id, language), "query": query, "offset": "",
        })  # fmt: skip

    async def next_inline(self, *, within: float = 5) -> dict[str, Any]:
        """Wait for the next answer to an inline query that was not waited for yet."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: len(self.inline_answers) > self._heard_inline)
        self._heard_inline += 1
        return self.inline_answers[self._heard_inline - 1]

    def membership(self, chat_id: int, status: str) -> None:
        """Let the bot be blocked ("kicked"), removed ("left") or let in again ("member")."""
        old = {"status": "member", "user": _BOT}
        new = {"status": status, "user": _BOT, **({"until_date": 0} if status == "kicked" else {})}
        self._update("my_chat_member", {
            "chat": self._chat(chat_id), "from": self._user(abs(chat_id), "en"), "date": 1_726_556_400,
            "old_chat_member": old, "new_chat_member": new,
        })  # fmt: skip

    def standing(self, chat_id: int, user_id: int, status: str) -> None:
        """Let a member's standing change, and tell the bot so."""
        old, user = self.statuses.get((chat_id, user_id), "member"), self._user(user_id, "en")
        self.statuses[chat_id, user_id] = status
        seen = [{"user": user, "status": one, **_extra(one)} for one in (old, status)]
        self._update("chat_member", {
            "chat": self._chat(chat_id), "from": user, "date": 1_726_556_400,
            "old_chat_member": seen[0], "new_chat_member": seen[1],
        })  # fmt: skip

    def in_chat(self, chat_id: int) -> list[Shown]:
        """Return what the chat sees, oldest first."""
        return [message for message in self.messages if message.chat_id == chat_id]

    async def next_message(self, chat_id: int, *, after: Shown | None = None, within: float = 5) -> Shown:
        """Wait for the chat's next message, or edit, after that one (or after the last that was waited for)."""
        floor = after.number if after else self._seen.get(chat_id, 0)

        def newest() -> Shown | None:
            later = [message for message in self.in_chat(chat_id) if message.number > floor]
            return min(later, key=lambda message: message.number, default=None)

        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: newest() is not None)
        found = newest()
        assert found is not None
        self._seen[chat_id] = found.number
        return found

    async def next_answer(self, *, within: float = 5) -> dict[str, Any]:
        """Wait for the next answer to a press that was not waited for yet."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: len(self.answers) > self._heard)
        self._heard += 1
        return self.answers[self._heard - 1]

    # The server.

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        values = {**request.query, **(await request.post())}
        given = {key: value if key == "text" else _read(value) for key, value in values.items()}
        if request.match_info["token"] != self.token:
            return _refused(Refusal(401, "Unauthorized"))
        if method != "getUpdates":
            self.calls.append((method, given))
        fault = self._due(method, given)
        handler = getattr(self, f"_api_{method}", None)
        if handler is None:
            return _refused(Refusal(404, "Not Found: method not found"))
        try:
            if fault:
                await self._before(fault, request)
            answer = await handler(**given)
        except Refusal as refusal:
            return _refused(refusal)
        except ConnectionResetError:
            return web.Response()
        async with self._changed:
            self._changed.notify_all()
        return await self._after(fault, request, answer) if fault else _ok(answer)

    def _due(self, method: str, given: dict[str, Any]) -> Fault | None:
        for fault in self.faults:
            if fault.times > 0 and fault.method in {"", method} and fault.chat_id in {None, given.get("chat_id")}:
                fault.times -= 1
                return fault
        return None

    async def _before(self, fault: Fault, request: web.Request) -> None:
        match fault.kind:
            case "flood":
                raise Refusal(429, f"Too Many Requests: retry after {fault.value}", retry_after=fault.value)
            case "plain_flood":
                raise Refusal(429, "Too Many Requests")
            case "blocked":
                raise Refusal(403, "Forbidden: bot was blocked by the user")
            case "migrated":
                raise Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat",
                              migrate_to_chat_id=fault.value)  # fmt: skip
            case "bad":
                raise Refusal(400, f"Bad Request: {fault.value}")
            case "error":
                raise Refusal(fault.value or 500, "Internal Server Error")
            case "drop_before":
                _cut(request)
                raise ConnectionResetError

    async def _after(self, fault: Fault, request: web.Request, answer: Any) -> web.StreamResponse:
        match fault.kind:
            case "drop_after":
                _cut(request)
            case "hang_after":
                await asyncio.sleep(fault.value or 60)
            case "error_after":
                return _refused(Refusal(fault.value or 502, "Bad Gateway"))
            case "html_after":
                return web.Response(text="<html>hello</html>", content_type="text/html")
            case "empty_after":
                return web.json_response({})
            case "cut_after":
                response = web.StreamResponse(headers={"Content-Length": "500"})
                await response.prepare(request)
                await response.write(b'{"ok": true, "resul')
                _cut(request)
                return response
        return _ok(answer)

    async def _api_getMe(self) -> dict[str, Any]:
        return {**_BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}

    async def _api_getFile(self, file_id: str) -> dict[str, Any]:
        if file_id not in self.files:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        return {"file_id": file_id, "file_unique_id": file_id, "file_path": file_id}

    async def _file(self, request: web.Request) -> web.Response:
        content = self.files.get(request.match_info["number"])
        known = content is not None and request.match_info["token"] == self.token
        return web.Response(body=content) if known else web.Response(status=404)

    async def _api_deleteWebhook(self, **_: Any) -> bool:
        return True

    async def _api_setMyCommands(
        self, commands: Any, scope: Any = None, language_code: str = "", **_: Any
    ) -> bool:
        for command in commands:
            if not command["command"].replace("_", "").isalnum() or not 1 <= len(command["description"]) <= 256:
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        self.commands[(scope or {"type": "default"})["type"], str(language_code)] = commands
        return True

    async def _api_getUpdates(
        self, offset: int = 0, timeout: int = 0, allowed_updates: Any = None, **_: Any
    ) -> list[dict[str, Any]]:
        if self._polling is not None:
            self._polling.set()
        mine = self._polling = asyncio.Event()
        self.asked_updates = allowed_updates or self.asked_updates
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        try:
            async with asyncio.timeout(timeout), self._changed:
                await self._changed.wait_for(lambda: bool(self._updates) or mine.is_set())
        except TimeoutError:
            pass
        if mine.is_set():
            raise Refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot "
                               "instance is running")  # fmt: skip
        self._polling = None
        wanted = self.asked_updates
        return [update for update in self._updates if not wanted or set(update) & set(wanted)]

    async def _api_sendMessage(  # noqa: PLR0917
        self, chat_id: int, text: Any, parse_mode: str = "", reply_markup: Any = None, reply_parameters: Any = None,
        disable_notification: bool = False, message_thread_id: int | None = None, **_: Any,
    ) -> dict[str, Any]:  # fmt: skip
        if message_thread_id is not None and (chat_id, message_thread_id) not in self.topics:
            raise Refusal(400, "Bad Request: message thread not found")
        shown = Shown(chat_id, next(self._numbers), "", silent=bool(disable_notification), thread_id=message_thread_id)
        self._fill(shown, str(text), parse_mode, reply_markup)
        if reply_parameters:
            known = any(message.message_id == reply_parameters["message_id"] for message in self.in_chat(chat_id))
            if not known and not reply_parameters.get("allow_sending_without_reply"):
                raise Refusal(400, "Bad Request: message to be replied not found")
            shown.reply_to = reply_parameters["message_id"] if known else None
        shown.number = next(self._numbers)
        self.messages.append(shown)
        return self._as_message(shown)

    async def _api_sendPhoto(self, chat_id: int, photo: Any, caption: Any = "", **given: Any) -> dict[str, Any]:
        """A photo comes as a file, which gets an id, or by the id that it got before."""
        if isinstance(photo, web.FileField):
            data = photo.file.read()
            photo = f"photo-{next(self._numbers)}"
            self.photos[photo] = data
        elif photo not in self.photos:
            raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
        sent = await self._api_sendMessage(chat_id, caption or "(photo)", **given)
        self.messages[-1].photo = self.photos[photo]
        size = {"file_id": photo, "file_unique_id": photo, "width": 800, "height": 600}
        return {**{key: value for key, value in sent.items() if key != "text"}, "photo": [size], "caption": caption}

    async def _api_sendDocument(self, chat_id: int, document: Any, caption: Any = "", **given: Any) -> dict[str, Any]:
        """A document comes as a file."""
        data = document.file.read()
        sent = await self._api_sendMessage(chat_id, caption or "(document)", **given)
        self.messages[-1].document, self.messages[-1].file_name = data, document.filename
        file = {"file_id": "document", "file_unique_id": "document", "file_name": document.filename}
        return {**{key: value for key, value in sent.items() if key != "text"}, "document": file, "caption": caption}

    async def _api_getChatMemberCount(self, chat_id: int) -> int:
        """A group has its bot, and at least those who have a rank in it."""
        return self.counts.get(chat_id, 1 + sum(chat == chat_id for chat, _ in self.statuses))

    async def _api_getChat(self, chat_id: Any) -> dict[str, Any]:
        """A channel is known by its @name too."""
        number = self.names.get(chat_id, chat_id)
        if not isinstance(number, int):
            raise Refusal(400, "Bad Request: chat not found")
        return {**self._chat(number), "accent_color_id": 0, "max_reaction_count": 11,
                "accepted_gift_types": _GIFTS}  # fmt: skip

    async def _api_editMessageText(
        self, chat_id: int, message_id: int, text: Any, parse_mode: str = "", reply_markup: Any = None, **_: Any
    ) -> dict[str, Any]:
        old = next((message for message in self.in_chat(chat_id) if message.message_id == message_id), None)
        if old is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        fresh = Shown(chat_id, message_id, "")
        self._fill(fresh, str(text), parse_mode, reply_markup)
        if (fresh.text, fresh.html, fresh.keyboard) == (old.text, old.html, old.keyboard):
            raise Refusal(400, "Bad Request: message is not modified: specified new message content and reply markup "
                               "are exactly the same as a current content and reply markup of the message")  # fmt: skip
        old.history.append(old.text)
        old.text, old.html, old.keyboard, old.links = fresh.text, fresh.html, fresh.keyboard, fresh.links
        old.number = next(self._numbers)
        return self._as_message(old)

    async def _api_answerCallbackQuery(self, callback_query_id: Any, **given: Any) -> bool:
        if len(str(given.get("text", ""))) > 200:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        self.answers.append({"id": str(callback_query_id), "text": "", "show_alert": False, **given})
        return True

    async def _api_answerInlineQuery(self, inline_query_id: Any, results: list[dict[str, Any]], **given: Any) -> bool:
        """Each article's text is read as Telegram would when somebody posts it."""
        if len(results) > 50:
            raise Refusal(400, "Bad Request: RESULTS_TOO_MUCH")
        ids = [result["id"] for result in results]
        if len(set(ids)) < len(ids) or any(not 1 <= len(str(one).encode()) <= _LONGEST_DATA for one in ids):
            raise Refusal(400, "Bad Request: RESULT_ID_DUPLICATE" if len(set(ids)) < len(ids) else
                               "Bad Request: RESULT_ID_INVALID")  # fmt: skip
        shown = []
        for result in results:
            content = result["input_message_content"]
            posted = Shown(0, 0, "")
            self._fill(posted, content["message_text"], content.get("parse_mode", ""), None)
            shown.append({**result, "text": posted.text, "links": posted.links})
        self.inline_answers.append({"id": str(inline_query_id), "results": shown, **given})
        return True

    async def _api_getChatMember(self, chat_id: int, user_id: int) -> dict[str, Any]:
        status = self.statuses.get((chat_id, user_id), "member")
        channel = status == "administrator" and chat_id in self.channels
        rights = dict.fromkeys(_CHANNEL_RIGHTS, True) if channel else {}
        return {"user": self._user(user_id, "en"), "status": status, **_extra(status), **rights}

    def _fill(self, shown: Shown, text: str, parse_mode: str, markup: Any) -> None:
        shown.html = text if parse_mode == "HTML" else ""
        tags: list[tuple[str, str, str]] = []
        if parse_mode == "HTML":
            try:
                text, tags = parse(text)
            except BadHtml as fault:
                raise Refusal(400, f"Bad Request: {fault}") from None
        shown.text, shown.links = text.strip(), [link for _, _, link in tags if link]
        if not shown.text:
            raise Refusal(400, "Bad Request: message text is empty")
        if len(shown.text.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
            raise Refusal(400, "Bad Request: message is too long")
        shown.keyboard = (markup or {}).get("inline_keyboard", [])
        shown.reply_keyboard = (markup or {}).get("keyboard", [])
        for button in (button for row in shown.keyboard for button in row):
            _check_button(button)

    def _message(self, chat_id: int, user_id: int | None, language: str, **fields: Any) -> int:
        number = next(self._numbers)
        self._update("message", {
            "message_id": number, "date": 1_726_556_400, "chat": self._chat(chat_id),
            "from": self._user(user_id or abs(chat_id), language), **fields,
        })  # fmt: skip
        return number

    def _update(self, kind: str, body: dict[str, Any]) -> None:
        self._updates.append({"update_id": next(self._numbers), kind: body})
        waking = asyncio.get_running_loop().create_task(self._wake())
        self._tasks.add(waking)
        waking.add_done_callback(self._tasks.discard)

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _user(self, user_id: int, language: str) -> dict[str, Any]:
        first_name = self.first_names.get(user_id, "Awa")
        return {"id": user_id, "is_bot": False, "first_name": first_name, "language_code": language}

    def _chat(self, chat_id: int) -> dict[str, Any]:
        kind = "private" if chat_id > 0 else "supergroup" if chat_id < -(10**12) else "group"
        kind = "channel" if chat_id in self.channels else kind
        return {"id": chat_id, "type": kind, **({"title": "A group"} if chat_id < 0 else {"first_name": "Awa"})}

    def _as_message(self, shown: Shown) -> dict[str, Any]:
        return {
            "message_id": shown.message_id, "date": 1_726_556_400, "chat": self._chat(shown.chat_id), "from": _BOT,
            "text": shown.text, "reply_markup": {"inline_keyboard": shown.keyboard},
        }  # fmt: skip


_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)
_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip
_CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
_MEMBERS_RIGHTS = (
    "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics", "can_send_messages",
    "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes",
    "can_send_voice_notes", "can_send_polls", "can_send_other_messages", "can_add_web_page_previews", "can_edit_tag",
    "can_react_to_messages",
)  # fmt: skip


def _extra(status: str) -> dict[str, Any]:
    """Return what else a member of that status has."""
    known: dict[str, dict[str, Any]] = {
        "administrator": dict.fromkeys(_RIGHTS, True), "creator": {"is_anonymous": False}, "kicked": {"until_date": 0},
        "restricted": {"until_date": 0, "is_member": True, **dict.fromkeys(_MEMBERS_RIGHTS, False)},
    }  # fmt: skip
    return known.get(status, {})


def _check_button(button: dict[str, Any]) -> None:
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= _LONGEST_DATA:
        raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    if "url" in button and not button["url"].startswith(("http://", "https://", "tg://")):
        raise Refusal(400, "Bad Request: inline keyboard button URL is invalid: unsupported URL protocol")
    if not {"callback_data", "url"} & set(button):
        raise Refusal(400, "Bad Request: text buttons are unallowed in the inline keyboard")


def _read(value: Any) -> Any:
    """Return a form value as JSON where it is: numbers, lists, objects; a text that looks like one stays what it is."""
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value


def _ok(answer: Any) -> web.Response:
    return web.json_response({"ok": True, "result": answer})


def _refused(refusal: Refusal) -> web.Response:
    body = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.code)


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()

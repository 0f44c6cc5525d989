"""The words of the operator to all chats, and the report of how many they reached. Pure."""

from html import escape

from bot.model.alert import Lane, Message
from bot.model.watch import Chat
from bot.wording import words_for


def broadcast_message(text: str, chat: Chat) -> Message:
    """Return the notice as this chat gets it: in the lowest lane, silent, marked as the operator's word, no alert."""
    head = words_for(chat.language).say("📣 A word from whoever runs this service; it is no alert:")
    return Message(
        html=f"<b>{escape(head, quote=False)}</b>\n\n{escape(text, quote=False)}", plain=f"{head}\n\n{text}",
        lane=Lane.QUIET, silent=True, thread_id=chat.thread_id,
    )  # fmt: skip


def report_message(told: int, failed: int, unanswered: int, chat: Chat) -> Message:
    """Return what the operator hears when a notice has been sent to all; `unanswered` sends may have arrived."""
    words = words_for(chat.language)
    lines = [
        words.say("The notice has been sent. Chats told: {told}. Not reached: {failed}.", told=told, failed=failed),
    ]
    if unanswered:
        lines.append(words.say("No answer came for {count}: told or not, they are not told again.", count=unanswered))
    text = " ".join(lines)
    return Message(
        html=escape(text, quote=False), plain=text, lane=Lane.QUIET, silent=True, thread_id=chat.thread_id
    )  # fmt: skip

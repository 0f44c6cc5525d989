"""Files that are sent to whoever asked."""

from telegram import InputFile, Update

from bot.chat.exchange import topic_of


async def send_file(update: Update, name: str, content: bytes, caption: str = "") -> None:
    """Send a file where it was asked for."""
    message = update.effective_message
    if message is not None:
        await message.reply_document(
            InputFile(content, filename=name), caption=caption or None, message_thread_id=topic_of(message),
            do_quote=False,
        )  # fmt: skip

"""Pictures in Telegram: silent replies, uploaded once."""

from builders import at, chat
from support.telegram_emulator import TelegramEmulator
from telegram.ext import ExtBot

from bot.chat.sender import TelegramSender
from bot.chat.showing import TelegramPictures
from bot.model.alert import Lane, Message, Sent

PNG = b"\x89PNG a map"


async def test_a_picture_stands_as_a_silent_reply_with_its_caption(
    telegram: TelegramEmulator, bot: ExtBot[Lane]
) -> None:
    first = await TelegramSender(bot, lambda: at(0)).send(chat(42), Message(html="Attack", plain="Attack"))
    assert isinstance(first, Sent)
    assert await TelegramPictures(bot).show(chat(42), PNG, "ML-17SEP-K7", first.message_id)
    shown = telegram.in_chat(42)[-1]
    assert (shown.photo, shown.text, shown.silent) == (PNG, "ML-17SEP-K7", True)
    assert shown.reply_to == first.message_id


async def test_an_uploaded_picture_is_shown_again_by_its_id(telegram: TelegramEmulator, bot: ExtBot[Lane]) -> None:
    pictures = TelegramPictures(bot)
    uploaded = await pictures.show(chat(42), PNG, "ML-17SEP-K7", None)
    assert uploaded is not None
    assert await pictures.show(chat(43), uploaded, "ML-17SEP-K7", None) == uploaded
    assert telegram.in_chat(43)[-1].photo == PNG
    assert len(telegram.photos) == 1


async def test_a_picture_that_is_refused_is_let_go(telegram: TelegramEmulator, bot: ExtBot[Lane]) -> None:
    telegram.fault("sendPhoto", "blocked")
    assert await TelegramPictures(bot).show(chat(42), PNG, "ML-17SEP-K7", None) is None
    assert await TelegramPictures(bot).show(chat(42), "no such upload", "ML-17SEP-K7", None) is None

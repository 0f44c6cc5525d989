"""Inline mode: `@bot Bamako` anywhere gives what is known of the place, to be posted. Nothing of any chat is in it."""

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions, Update
from telegram.constants import ParseMode

from bot.alerts.markup import fitting, html
from bot.alerts.reader import Reader
from bot.chat.exchange import Context, Exchange
from bot.chat.screens.outlook import airport_lines, risk_lines
from bot.model.place import Place, PlaceKind
from bot.services.atlas import Exact, Several, Unknown
from bot.services.inquiries import Inquiries
from bot.wording import words_for
from bot.wording.local import zone_of

CACHE_SECONDS = 60
_MOST = 5
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_LEAST_LETTERS = 2


class Inline:
    """Answers inline queries, in the language of the person's own application, in UTC."""

    def __init__(self, exchange: Exchange, inquiries: Inquiries) -> None:
        self._exchange, self._inquiries = exchange, inquiries

    async def asked(self, update: Update, _context: Context) -> None:
        """Offer what is known of the places that the words may mean."""
        query = update.inline_query
        if query is None:
            return
        words = words_for(query.from_user.language_code or "en")
        reader = Reader(words, zone_of("UTC"), self._exchange.subscriptions.name)
        found = [await self._article(place, reader) for place in await self._meant(query.query)]
        # What is told depends on the person's language, so one answer does not do for everybody.
        await query.answer(found, cache_time=CACHE_SECONDS, is_personal=True)

    async def _meant(self, typed: str) -> tuple[Place, ...]:
        if len(typed.strip()) < _LEAST_LETTERS:
            return ()
        match await self._exchange.subscriptions.finding.find(typed):
            case Exact(place, others):
                return (place, *others)[:_MOST]
            case Several(places):
                return places[:_MOST]
            case Unknown(nearest):
                return nearest[:_MOST]
            case _:
                return ()

    async def _article(self, place: Place, reader: Reader) -> InlineQueryResultArticle:
        seen = await self._inquiries.outlook(place)
        lines = airport_lines(seen, reader) if place.kind is PlaceKind.AIRPORT else risk_lines(seen, reader)
        count = len(seen.sightings)
        said = (
            reader.words.plural("{count} event goes on", "{count} events go on", count, count=count)
            if count
            else reader.words.say("Nothing is known to go on. Silence is no all-clear.")
        )
        return InlineQueryResultArticle(
            id=place.id,
            title=self._exchange.titles(reader.words)(place),
            description=said,
            input_message_content=InputTextMessageContent(
                html(fitting(lines)),
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
        )

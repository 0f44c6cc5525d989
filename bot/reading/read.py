"""The door of the room: an item becomes a reading, step by step."""

from bot.gazetteer import Gazetteer
from bot.lexicon import Lexicon
from bot.model.item import Item
from bot.model.reading import Reading
from bot.reading.context import Contexts
from bot.reading.genres import read_genres
from bot.reading.hazards import read_hazards
from bot.reading.home import home_of
from bot.reading.impacts import read_impacts
from bot.reading.language import language_of
from bot.reading.native_places import place_natively
from bot.reading.recognise import recognise
from bot.reading.resolve import resolve
from bot.reading.roles import give_roles
from bot.reading.scene import Signs
from bot.reading.sentences import document_of
from bot.reading.statuses import read_statuses
from bot.reading.timeframe import occurred, sentence_frames


def read(item: Item, gazetteer: Gazetteer, lexicon: Lexicon) -> Reading:
    """Return what the item says. Never raises for what a text is; time grows with its length."""
    document = document_of(item, language_of(item))
    contexts = Contexts(document, lexicon)
    hazards, statuses = read_hazards(document, lexicon, contexts), read_statuses(document, lexicon, contexts)
    impacts, genres = read_impacts(document, lexicon, contexts), read_genres(document, lexicon, contexts)
    frames = sentence_frames(document, lexicon, contexts)
    cues = lexicon.toponyms(document.language)
    toponyms = recognise(document, gazetteer, cues)
    home = home_of(item, gazetteer, cues)
    resolve(toponyms, item, home, gazetteer, cues)
    signs = Signs(hazards=hazards, statuses=statuses, frames=frames, home=home)
    return Reading(
        item_id=item.id,
        language=document.language,
        sentences=tuple(sentence.span for sentence in document.sentences),
        places=place_natively(item, give_roles(toponyms, signs, genres, gazetteer, cues), gazetteer),
        hazards=hazards,
        statuses=statuses,
        impacts=impacts,
        genres=genres,
        occurred=occurred(document, lexicon, contexts),
    )

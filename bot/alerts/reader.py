"""For whom an alert is written: the language, the zone, and how places are named to them."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.alerts.markup import clean, shorten
from bot.model.event import Event
from bot.model.place import Place, PlaceKind
from bot.model.watch import Chat
from bot.wording import Words, words_for
from bot.wording.local import country_name, zone_of

Names = Callable[[Place, str], str]
"""A place's name in a language, by ISO 639-1 code."""

_LONGEST_NAME = 48
_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of an alert."""

    words: Words
    zone: ZoneInfo
    names: Names

    @classmethod
    def of(cls, chat: Chat, names: Names) -> "Reader":
        """Return the reader that a chat is."""
        return cls(words_for(chat.language), zone_of(chat.timezone), names)

    def place(self, place: Place) -> str:
        """Return the place's name; an airport's with its code."""
        if place.kind is PlaceKind.COUNTRY and place.country:
            return country_name(place.country, self.words)
        name = shorten(clean(self.names(place, self.words.language)), _LONGEST_NAME)
        return f"{name} ({place.iata})" if place.iata else name

    def where(self, event: Event) -> str:
        """Return where it happens, shortly: "Bamako, Mali"; "Kati, Bamako, BKO, Mali"; "Mali, Niger".

        An airport beside other places is named by its code: its own line tells its name.
        """
        shown = event.area[:_MOST_PLACES] or (event.place,)
        names = [place.iata if place.iata and place != shown[0] else self.place(place) for place in shown]
        outside = [
            country_name(code, self.words)
            for code in dict.fromkeys(place.country for place in shown if place.country)
            if not any(place.kind is PlaceKind.COUNTRY and place.country == code for place in shown)
        ]
        more = [f"+{len(event.area) - len(shown)}"] if len(event.area) > len(shown) else []
        return self.words.joined(dict.fromkeys(names + more + outside))

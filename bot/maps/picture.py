"""A sketch as a picture: PNG of 128 colours, drawn at twice its size and made smaller, so that lines are smooth."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from bot.maps.colours import FAINT_INK, INK, SEVERITIES
from bot.maps.inset import draw_inset
from bot.maps.labels import Label, Labels
from bot.maps.land import detail_for, draw_land
from bot.maps.marks import draw_circles, draw_marks, draw_route
from bot.maps.regions import country_middles
from bot.maps.scale_bar import draw_credits, draw_scale_bar
from bot.maps.sketch import Atlas, sketch
from bot.maps.view import View
from bot.maps.world import World
from bot.model.event import Event
from bot.model.sketch import Sketch
from bot.model.watch import Match

WIDTH, HEIGHT = 800, 600
_TWICE = 2
_COLOURS = 128
_LEAST_DEPTH = 34  # pixels of the large picture; a country of which less is seen is not named

CountryNames = Callable[[str, str], str]
"""A country's name by its ISO code and the reader's language."""


class Painter:
    """Draws events. Safe to use from threads, one picture at a time in each."""

    def __init__(self, names: CountryNames, atlas: Atlas) -> None:
        self._names, self._atlas, self._world = names, atlas, World()

    def sketch(self, event: Event, match: Match, language: str) -> Sketch:
        """Return what a map of the event shows to this watcher."""
        return sketch(event, match, language, self._atlas)

    def draw(self, shown: Sketch, /) -> bytes:
        """Return the picture as PNG, 800 x 600, about 20 to 60 kB."""
        view = View(shown.centre, shown.half_km, WIDTH * _TWICE, HEIGHT * _TWICE)
        detail = detail_for(shown.half_km)
        image = Image.new("RGB", (view.width, view.height))
        draw = ImageDraw.Draw(image)
        draw_land(draw, self._world, view, shown.countries, detail=detail, scale=_TWICE)
        labels = Labels(draw, view.width, view.height)
        colour = SEVERITIES[shown.severity]
        draw_circles(image, view, shown.circles, colour)
        draw = ImageDraw.Draw(image)
        draw_route(draw, view, shown.route)
        draw_scale_bar(draw, view, labels, shown.language)
        draw_credits(draw, view, labels)
        draw_inset(image, self._world, view, labels, colour)
        draw_marks(draw, view, labels, shown.marks, colour)
        self._name_countries(view, labels, shown)
        small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        out = BytesIO()
        small.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=False
        )
        return out.getvalue()

    def _name_countries(self, view: View, labels: Labels, shown: Sketch) -> None:
        middles = country_middles(self._world, view, detail_for(max(view.half_km, 500.0)))
        for code, (at, depth) in sorted(middles.items(), key=lambda one: (one[0] not in shown.countries, -one[1][1])):
            if depth < _LEAST_DEPTH and code not in shown.countries:
                continue
            meant = code in shown.countries
            name = self._names(code, shown.language).upper()
            labels.put(
                Label(text=name, at=at, size=30 if meant else 26, colour=INK if meant else FAINT_INK, centred=True)
            )

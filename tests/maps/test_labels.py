"""Names: none over another, and in the reader's script."""

import random

from PIL import Image, ImageDraw

from bot.maps.colours import INK
from bot.maps.labels import Label, Labels, font


def _labels() -> Labels:
    return Labels(ImageDraw.Draw(Image.new("RGB", (800, 600))), 800, 600)


def test_names_that_may_be_left_out_never_cover_each_other() -> None:
    labels, dice = _labels(), random.Random(7)
    put = [
        labels.put(Label(text=f"Town {number}", at=(dice.uniform(0, 800), dice.uniform(0, 600)), size=22, colour=INK))
        for number in range(150)
    ]
    boxes = labels._taken
    assert 20 < sum(put) < 150
    for index, one in enumerate(boxes):
        for other in boxes[:index]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_what_must_stand_stands_in_the_picture_even_at_its_edge() -> None:
    labels = _labels()
    assert labels.put(Label(text="Ouagadougou", at=(799, 599), size=34, colour=INK, bold=True, must=True))
    left, top, right, bottom = labels._taken[0]
    assert left >= 0
    assert top >= 0
    assert right <= 800
    assert bottom <= 600


def test_arabic_letters_are_joined() -> None:
    face = font(30, bold=False)
    apart = sum(face.getlength(letter) for letter in "باماكو")
    assert face.getlength("باماكو") < 0.95 * apart


def test_cyrillic_and_accents_have_letters_of_their_own() -> None:
    face = font(30, bold=False)
    missing = bytes(face.getmask("\uffff"))
    for letter in "Жщэéñçãôü":
        assert bytes(face.getmask(letter)) != missing

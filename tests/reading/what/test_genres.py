from collections.abc import Callable

import pytest

GENRES = [
    ("en", "Two men jailed for life over the market bombing", "court"),
    ("en", "The trial of the former rebel leader opens in The Hague", "court"),
    ("en", "Survivors gather on the tenth anniversary of the attack", "anniversary"),
    ("en", "What we know about the blast at the depot", "analysis"),
    ("en", "Lawmakers debate the new tariff bill", "politics"),
    ("en", "The striker scored twice in the cup final match", "sport"),
    ("en", "Shares fell sharply on Wall Street", "business"),
    ("en", "The film won three prizes at the festival", "culture"),
    ("en", "City holds its yearly tsunami drill", "drill"),
    ("en", "A disaster movie about a quake tops the box office", "fiction"),
    ("en", "Ministers face a storm of criticism", "figure"),
    ("en", "The murder rate fell by a tenth over the past year", "statistics"),
    ("en", "Police foil plot to attack the stadium", "foiled"),
    ("en", "Charity launches appeal for flood victims", "appeal"),
    ("fr", "Le procès des attentats s'ouvre lundi", "court"),
    ("fr", "Commémoration des victimes de l'attentat", "anniversary"),
    ("fr", "Pourquoi le Sahel s'embrase", "analysis"),
    ("fr", "L'attaquant a marqué trois buts en finale", "sport"),
    ("fr", "La Bourse recule, les investisseurs prudents", "business"),
    ("fr", "Exercice d'évacuation grandeur nature", "drill"),
    ("fr", "Une pluie de critiques", "figure"),
    ("fr", "Un attentat déjoué, quatre arrestations", "foiled"),
    ("fr", "Appel aux dons pour les sinistrés", "appeal"),
]


@pytest.mark.parametrize(("language", "text", "genre"), GENRES)
def test_the_genre_is_read(what: Callable, language: str, text: str, genre: str) -> None:
    assert genre in what(text, language).kinds()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Gunmen attacked a village near Mopti, killing nine traders"),
        ("en", "The airport was closed after the storm"),
        ("fr", "Des hommes armés ont attaqué un village, tuant onze habitants"),
    ],
)
def test_plain_news_shows_no_telling_genre(what: Callable, language: str, text: str) -> None:
    assert not [mention for mention in what(text, language).genres if mention.strength == 3]

"""Arabic adjectives of nation: the forms of gender and number."""

_ENDINGS = ("", "ة", "ا", "ين", "ون", "ان", "ات", "تين", "تان")


def agreeing(word: str) -> tuple[str, ...]:
    """Return the forms of an adjective in -i: "مصري", "مصرية", "مصريون", ...; others have their plurals in the data.

    Of two words ("كوري شمالي") both agree.
    """
    first, _, second = word.partition(" ")
    if not word.endswith("ي"):
        return (word,)
    if second:
        return tuple(f"{first}{ending} {second}{ending}" for ending in _ENDINGS[:5])
    return tuple(word + ending for ending in _ENDINGS)

from dataclasses import replace

from builders import at

from bot.model.advice import Advice, Level
from bot.model.assessment import Severity
from bot.services.ports import Store

US_ON_MALI = Advice(
    subject="ML", country="ML", level=Level(government="US", whole=Severity.SEVERE, words="do not travel"),
    since=at(-5), issued_at=at(-2), link="https://us.example/mali", source_id="us",
)  # fmt: skip
UK_ON_MALI = replace(
    US_ON_MALI, subject="mali", level=Level(government="GB", whole=Severity.MODERATE, parts=Severity.SEVERE)
)
UK_ON_NIGER = replace(UK_ON_MALI, subject="niger", country="NE")


async def test_a_country_has_the_advice_of_each_government_the_strictest_first(store: Store) -> None:
    await store.keep_advice([UK_ON_MALI, UK_ON_NIGER, US_ON_MALI])
    assert await store.advice("ML") == (US_ON_MALI, UK_ON_MALI)
    assert await store.advice("FR") == ()


async def test_a_government_is_known_by_its_own_ids_and_its_newest_word_stands(store: Store) -> None:
    await store.keep_advice([UK_ON_MALI, UK_ON_NIGER])
    eased = replace(
        UK_ON_MALI, turn=1, before=UK_ON_MALI.level, since=at(0), level=Level(government="GB", parts=Severity.MODERATE)
    )
    await store.keep_advice([eased])
    assert await store.advice_of("GB") == {"mali": eased, "niger": UK_ON_NIGER}
    assert await store.advice_of("US") == {}

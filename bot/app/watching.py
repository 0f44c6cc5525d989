"""What the service says of itself: whether it lives, whether it is ready, and its metrics."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from bot import __version__
from bot.app.build import House
from bot.app.desk import desk_of
from bot.app.jobs import Jobs
from bot.app.signs import Signs
from bot.app.sources_heard import sources_heard
from bot.app.telegram_side import TelegramSide
from bot.model.alert import Delivery
from bot.model.errors import ConfigError, Fault
from bot.services.ports import Pending
from bot.storage.tables import SCHEMA
from bot.web.desk import desk
from bot.web.health import Pages, serving
from bot.web.metrics import Metrics
from bot.web.published import published

LONGEST_CHECK = 2.0  # seconds


def new_metrics() -> Metrics:
    """Return the metrics of this process."""
    return Metrics(__version__, SCHEMA)


@asynccontextmanager
async def watched_over(
    house: House, jobs: Jobs, telegram: TelegramSide | None, metrics: Metrics, signs: Signs
) -> AsyncIterator[None]:
    """Serve /livez, /readyz, /metrics and the operator's page; raise ConfigError where they cannot be."""
    settings = house.settings
    pages = Pages(
        live=jobs.stuck,
        ready=lambda: checks(house, jobs, telegram),
        metrics=lambda: _page(house, jobs, metrics),
        published=[
            *published(house.store, house.gazetteer.name_in, house.clock.now, settings.contact),
            *desk(desk_of(house, jobs, metrics, signs, lambda: checks(house, jobs, telegram))),
        ],
        token=settings.web_token.get_secret_value() if settings.web_token else "",
    )
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(serving(settings.web_host, settings.web_port, pages))
        except OSError as error:
            where = f"{settings.web_host}:{settings.web_port}"
            why = f"{where} cannot be listened on: {error.strerror}"
            raise ConfigError((Fault("environment", "OUTRIDER_WEB_PORT", why),)) from None
        yield


async def checks(house: House, jobs: Jobs, telegram: TelegramSide | None) -> Mapping[str, str]:
    """Return "ok", or what is wrong, by the name of each check."""
    database, schema = await _database(house)
    return {
        "database": database,
        "schema": schema,
        "service": "stopping" if jobs.stopping else "ok",
        "sources": sources_heard(house, jobs, house.clock.now()),
        "telegram": (await telegram.trouble() if telegram else "") or "ok",
    }


async def _database(house: House) -> tuple[str, str]:
    """Return what is found of the database and of its schema."""
    unknown = "not known while the database cannot be written to"
    try:
        async with asyncio.timeout(LONGEST_CHECK):
            found = await house.store.touch()
    except TimeoutError:
        return f"cannot be written to within {LONGEST_CHECK:g} s", unknown
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
        return f"cannot be written to: {type(error).__name__}", unknown
    return "ok", "ok" if found == SCHEMA else f"is {found}, this program works with {SCHEMA}"


async def _page(house: House, jobs: Jobs, metrics: Metrics) -> bytes:
    """Return the metrics; without those of the outbox where the database cannot be read."""
    now = house.clock.now()
    metrics.heard(house.sources, jobs.states(), now)
    try:
        async with asyncio.timeout(LONGEST_CHECK):
            pending: tuple[Pending, ...] = await house.store.outbox_pending(now)
            counts: Mapping[Delivery, int] = await house.store.outbox_counts()
    except Exception:  # noqa: BLE001 - /readyz says so; old figures must not pass for new ones
        metrics.outbox_unknown()
    else:
        metrics.waiting(pending, counts, now)
    return metrics.page()

"""What looks after the service from inside: canary, reconciliation, heartbeat, webhook; each on its own clock.

None of them can hold up an alert: a call that hangs, a webhook that is away, cost only themselves.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

from bot.app.build import House
from bot.app.jobs import Jobs
from bot.app.logs import Log
from bot.app.settings import Settings
from bot.app.signs import Signs
from bot.app.sources_heard import sources_heard
from bot.model.watch import Chat, ChatKind
from bot.net.addresses import AddressGuard
from bot.net.caller import HttpCaller
from bot.net.headers import user_agent
from bot.services.canary import null_chat
from bot.services.heartbeat import Heartbeat, holds_back
from bot.services.webhook import Webhook
from bot.web.geojson import told_as
from bot.web.metrics import Metrics

RECONCILE_EVERY = timedelta(minutes=15)
HEARTBEAT_EVERY = timedelta(minutes=1)
WEBHOOK_EVERY = timedelta(seconds=2)
FIRST_CANARY = timedelta(seconds=20)  # after the start, so that a service that cannot send is known soon


class Oversight:
    """The clocks. They run in the process that keeps the house."""

    def __init__(
        self, house: House, jobs: Jobs, log: Log, metrics: Metrics, signs: Signs, *, caller: HttpCaller
    ) -> None:
        """`caller` reaches the webhook and the heartbeat."""
        self._house, self._jobs, self._log, self._metrics, self._signs = house, jobs, log, metrics, signs
        settings = house.settings
        beats = settings.heartbeat_url
        self._heartbeat = Heartbeat(beats.get_secret_value(), caller) if beats else None
        self._webhook = _webhook(settings, house, caller, self._webhook_trouble)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep all clocks while the context lasts."""
        clocks = [
            self._often(self._tuned_canary, self.fly, FIRST_CANARY),
            self._often(lambda: RECONCILE_EVERY, self.reconcile, RECONCILE_EVERY),
        ]
        if self._heartbeat is not None:
            clocks.append(self._often(lambda: HEARTBEAT_EVERY, self.beat, HEARTBEAT_EVERY))
        if self._webhook is not None:
            clocks.append(self._often(lambda: WEBHOOK_EVERY, self.call, timedelta(0)))
        tasks = [asyncio.create_task(clock) for clock in clocks]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _often(
        self, every: Callable[[], timedelta], work: Callable[[], Awaitable[None]], first: timedelta
    ) -> None:
        """Do it again and again; where `every` is zero, wait until it is not."""
        await asyncio.sleep(first.total_seconds())
        while True:
            pause = every()
            if pause and self._jobs.keeps_house():
                try:
                    await work()
                except Exception as error:  # noqa: BLE001 - it is tried again at its next time
                    self._log.error("looking after the service broke off", work=work.__name__, exc_info=error)
            await asyncio.sleep((pause or timedelta(minutes=1)).total_seconds())

    def _tuned_canary(self) -> timedelta:
        return timedelta(minutes=self._house.tuning.canary.every_minutes)

    async def fly(self) -> None:
        """Fly a canary, and say where it ended if it did not arrive."""
        flight = await self._house.canary.fly(await canary_chat(self._house))
        self._signs.lag = flight.lag
        if flight.why:
            self._signs.canary.ill(flight.why)
            self._log.error("the canary did not arrive: alerts may not either", why=flight.why)
            return
        self._signs.canary.well(self._house.clock.now(), f"{flight.lag.total_seconds():.1f} s")
        self._metrics.canary(self._house.clock.now(), flight.lag)

    async def reconcile(self) -> None:
        """Put in what should have been told and was not, and say so."""
        missing = await self._house.reconcile.look()
        self._signs.reconciled.well(
            self._house.clock.now(), f"{len(missing)} missing" if missing else "nothing missing"
        )
        self._metrics.reconciled(len(missing))
        for event_id in sorted({alert.event_id for alert in missing}):
            number = sum(alert.event_id == event_id for alert in missing)
            self._log.error("alerts were missing in the outbox; they are sent now", event_id=event_id, alerts=number)

    async def beat(self) -> None:
        """Ping the outside while all is well."""
        assert self._heartbeat is not None
        now = self._house.clock.now()
        why = holds_back(sources_heard(self._house, self._jobs, now), self._signs.canary.at, self._tuned_canary(), now)
        why = why or await self._heartbeat.beat()
        if why:
            if why != self._signs.heartbeat.why:
                self._log.warning("no sign of life goes out", why=why)
            self._signs.heartbeat.ill(why)
        else:
            self._signs.heartbeat.well(now)

    async def call(self) -> None:
        """Send what waits for the webhook."""
        assert self._webhook is not None
        if sent := await self._webhook.look():
            self._metrics.called_webhook("sent", sent)
            self._signs.webhook.well(self._house.clock.now())

    def _webhook_trouble(self, why: str, again_at: datetime) -> None:
        self._metrics.called_webhook("failed", 1)
        self._signs.webhook.ill(why)
        self._log.warning("the webhook was not told; it is tried again", why=why, at=f"{again_at:%H:%M:%S}")


@asynccontextmanager
async def overseen(house: House, jobs: Jobs, log: Log, metrics: Metrics, signs: Signs) -> AsyncIterator[Oversight]:
    """Look after the service while the context lasts."""
    settings = house.settings
    guard = AddressGuard(allow_hosts=settings.allow_hosts)
    caller = HttpCaller(guard, agent=user_agent("", settings.contact))
    oversight = Oversight(house, jobs, log, metrics, signs, caller=caller)
    try:
        async with oversight.running():
            yield oversight
    finally:
        await caller.close()


async def canary_chat(house: House) -> Chat:
    """Return the chat that canaries fly to."""
    chat_id = house.settings.operator_chat
    if not house.tuning.canary.to_operator or not chat_id:
        return null_chat()
    return await house.store.chat(chat_id) or Chat(id=chat_id, kind=ChatKind.PRIVATE)


def _webhook(
    settings: Settings, house: House, caller: HttpCaller, on_trouble: Callable[[str, datetime], None]
) -> Webhook | None:
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    return Webhook(
        url=settings.webhook_url.get_secret_value(),
        secret=settings.webhook_secret.get_secret_value(),
        store=house.logbook,
        caller=caller,
        clock=house.clock,
        body=partial(told_as, names=house.gazetteer.name_in),
        on_trouble=on_trouble,
    )

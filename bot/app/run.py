"""`outrider run`: the service. Worker and chat, or worker and terminal where there is no token."""

import asyncio
import signal
import sys
from collections.abc import Collection, Sequence
from contextlib import AsyncExitStack
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.alerts.plan import is_told
from bot.app.build import Ears, House, make_folders, open_house
from bot.app.check import load_checked, of_groups
from bot.app.clock import SystemClock
from bot.app.config import Tuning
from bot.app.full_text import missing
from bot.app.jobs import Jobs
from bot.app.logs import Log, configure_logs
from bot.app.oversight import overseen
from bot.app.reload import Reload, on_hangup
from bot.app.roles import Leads, Role, calls_per_second
from bot.app.settings import Settings
from bot.app.sharing import LedSender, at_telegram, beside, leading, part_of
from bot.app.signs import Signs
from bot.app.telegram_side import TelegramSide
from bot.app.terminal import TerminalSender
from bot.app.watching import new_metrics, watched_over
from bot.gazetteer import Gazetteer
from bot.model.alert import Never, Outcome, Sent, Unknown
from bot.model.errors import ConfigError, Fault
from bot.model.item import Item, Source
from bot.model.place import Place
from bot.model.watch import Chat, ChatKind
from bot.services.canary import is_canary
from bot.services.crew import Nobody
from bot.services.pictures import Pictures
from bot.services.ports import Claimed, Clock, Decision
from bot.web.metrics import Metrics, TimedSender

TERMINAL_CHAT = 0


def run(watch: Sequence[str], *, only: Sequence[str] = (), role: str = "all") -> int:
    """Run until SIGTERM or Ctrl-C; return the exit status. `only` are the groups of sources that are polled, else all.

    `role` is the part of the work that this process does ("all", "worker", "sender", "chat").

    Raises:
        ConfigError: a place or a group is not known.
    """
    settings, tuning, sources = load_checked()
    sources = of_groups(sources, only)
    part = part_of(role, settings)
    places = _places(watch)
    make_folders(settings)
    log = configure_logs(level=settings.log_level, as_json=settings.log_json, secrets=settings.secrets)
    return asyncio.run(_serve(settings, tuning, sources, places, only=only, part=part, log=log))


def _places(watch: Sequence[str]) -> tuple[Place, ...]:
    """Return the places of --watch; raise ConfigError for names that are not known, with the nearest ones."""
    if not watch:
        return ()
    gazetteer = Gazetteer.open()
    places: list[Place] = []
    faults: list[Fault] = []
    for name in watch:
        found = gazetteer.search(name, limit=1)
        places += found
        if not found:
            near = ", ".join(dict.fromkeys(place.name for place in gazetteer.suggest(name, limit=3)))
            faults.append(Fault("--watch", name, f"is no place that is known here; near names: {near or 'none'}"))
    if faults:
        raise ConfigError(tuple(faults))
    return tuple(places)


async def _serve(
    settings: Settings,
    tuning: Tuning,
    sources: Sequence[Source],
    places: Sequence[Place],
    *,
    only: Sequence[str],
    part: Role,
    log: Log,
) -> int:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    clock, metrics, signs = SystemClock(), new_metrics(), Signs()
    async with AsyncExitStack() as stack:
        leads: Leads | None = None  # asked for below

        def leads_bot() -> bool:
            return leads is None or leads.bot.held()

        rate = calls_per_second(part, tuning.delivery.sends_per_second)
        telegram = TelegramSide(settings, tuning, clock, log, per_second=rate) if settings.telegram_token else None
        sender = TimedSender(telegram.sender if telegram else TerminalSender(), metrics)
        ears = Ears(
            on_alerts=lambda: jobs.wake_delivery(),  # noqa: PLW0108 - made below
            on_decision=partial(_note_decision, log, metrics),
            on_outcome=partial(_note_outcome, log, metrics, clock, telegram.pictures if telegram else None),
            on_unconfirmed=partial(_note_unconfirmed, log, metrics),
            on_trouble=partial(_log_trouble, log),
            on_unread=partial(_log_unread, log),
        )
        house = await stack.enter_async_context(
            open_house(
                settings,
                tuning,
                sources,
                sender=LedSender(sender, clock, leads_bot),
                clock=clock,
                ears=ears,
                resting=lambda: _resting(telegram) if leads_bot() else None,
                takes_in=part.takes_in,
                people=telegram.people if telegram else Nobody(),
            )
        )
        leads = await stack.enter_async_context(leading(house, part, log))
        jobs = Jobs(house, log, metrics, role=part, leads=leads, signs=signs)
        scheduler = AsyncIOScheduler(timezone="UTC")
        if leads:
            await stack.enter_async_context(beside(house.sharing.hear_of_alerts(jobs.wake_delivery)))
        if telegram:
            await stack.enter_async_context(at_telegram(telegram, house, part, leads))
        else:
            await _watch_in_terminal(house, places)
        await stack.enter_async_context(watched_over(house, jobs, telegram, metrics, signs))
        await jobs.start(scheduler)
        reload = Reload(house, jobs, log, metrics, signs, only=only, role=part)
        on_hangup(reload)
        await stack.enter_async_context(overseen(house, jobs, log, metrics, signs))
        _greet(log, house, places, with_token=telegram is not None)
        await stopping.wait()
        log.info("stopping: no more is taken in, sends in flight are finished")
        scheduler.pause()
        await jobs.stop()
        scheduler.shutdown(wait=False)
    return 0


def _resting(telegram: TelegramSide | None) -> Collection[int] | None:
    return telegram.resting() if telegram else frozenset()


async def _watch_in_terminal(house: House, places: Sequence[Place]) -> None:
    """Make the terminal a chat that watches exactly the places named now."""
    await house.store.save_chat(Chat(id=TERMINAL_CHAT, kind=ChatKind.TERMINAL))
    for watch in await house.store.watches_of(TERMINAL_CHAT):
        await house.store.remove_watch(TERMINAL_CHAT, watch.id)
    for place in places:
        await house.subscriptions.watch(TERMINAL_CHAT, place, None)


def _greet(log: Log, house: House, places: Sequence[Place], *, with_token: bool) -> None:
    if not with_token:
        names = ", ".join(f"{place.name} ({place.kind})" for place in places) or "no place: name some with --watch"
        print(f"No OUTRIDER_TELEGRAM_TOKEN: alerts go to this terminal. Watching {names}.", file=sys.stderr)
    if lacking := missing(house.sources):
        log.warning(lacking)
    log.info("running", sources=len(house.sources), data=str(house.settings.data_dir))


def _note_decision(log: Log, metrics: Metrics, decision: Decision) -> None:
    """Count what was decided, and say why somebody is told of it or nobody."""
    metrics.decided(decision)
    for change in decision.changes:
        alerts = sum(alert.event_id == change.after.id for alert in decision.alerts)
        why = "" if alerts else "old-or-held-back" if decision.silent else "nobody-watches"
        log.debug(
            "judged", item=decision.item.id if decision.item else None, event_id=change.after.id,
            change=change.kind.value, version=change.after.version, severity=change.after.severity.value,
            alerts=alerts, why_not_told=why if is_told(change) or not why else "silent-change",
        )  # fmt: skip


def _note_unconfirmed(log: Log, metrics: Metrics, claimed: Claimed) -> None:
    """Tell the operator of a chat that may not have been told; `outrider why EVENT` names it."""
    metrics.unconfirmed()
    log.error(
        "an alert may not have arrived: its last try had no answer either",
        alert=claimed.alert.reason.value, alert_id=claimed.row, event_id=claimed.event.id,
        severity=claimed.alert.severity.value, tries=claimed.attempt,
    )  # fmt: skip


def _log_trouble(log: Log, error: Exception) -> None:
    log.error("trouble while delivering; what is known is kept, and tried again", exc_info=error)


def _log_unread(log: Log, item: Item, why: str) -> None:
    log.info("a page gave nothing; its item stands as the feed has it", source=item.source_id, url=item.url, why=why)


def _note_outcome(  # noqa: PLR0917 - the first four are bound once
    log: Log, metrics: Metrics, clock: Clock, pictures: Pictures | None, claimed: Claimed, outcome: Outcome
) -> None:
    if is_canary(claimed.event):
        return
    metrics.tried(claimed, outcome, clock.now())
    if pictures is not None:
        pictures.told(claimed, outcome)
    facts = {
        "alert": claimed.alert.reason.value, "alert_id": claimed.row, "event_id": claimed.event.id,
        "attempt": claimed.attempt, "chat": claimed.chat.id,
    }  # fmt: skip
    match outcome:
        case Sent():
            log.info("told", **facts)
        case Unknown(why):
            log.warning("a send had no answer: it may have arrived", why=why, **facts)
        case Never(why):
            log.warning("a chat could not be told", why=why, **facts)
        case _:
            log.info("a send is put off", why=outcome.why, **facts)

"""T-L1: whatever goes wrong at Telegram, at DEBUG, the token and the store's password stand nowhere."""

import io
import logging
import sys
from functools import partial

import httpx
import pytest
from contract.outbox_builders import alert, waiting
from faults.test_answers import NEVER, NOT_SENT, UNSURE, Row, Stage
from faults.test_answers import stage as stage  # noqa: PLC0414 - a fixture
from sqlalchemy import text
from support.telegram_emulator import TOKEN

from bot.app.logs import _QUIET, configure_logs
from bot.app.run import _log_trouble, _note_outcome, _note_unconfirmed
from bot.app.watching import new_metrics

PASSWORD = "hunter2-of-the-database"  # noqa: S105 - made up
MORE = [
    *(Row("error", acted=False, sure=False, value=status, dead=True) for status in (401, 404, 409)),
    Row("migrated", acted=False, sure=True, value=-1005),
    Row("bad", acted=False, sure=True, value="can't parse entities: unsupported start tag", dead=True),
    Row("ReadError", acted=False, sure=False),
    Row("ReadTimeout", acted=True, sure=False),
]
FAULTS = [*NOT_SENT, *NEVER, *UNSURE, *MORE]


def test_these_are_the_thirty_one_faults_of_the_plan() -> None:
    assert len(FAULTS) == 31


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: f"{row.kind}{row.value or ''}")
async def test_no_fault_leaks_a_secret(stage: Stage, row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    log = configure_logs(level="debug", as_json=True, secrets=(TOKEN, PASSWORD))
    for name in _QUIET:  # as if somebody had turned them up
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
    metrics, deliver = new_metrics(), stage.deliver
    monkeypatch.setattr(deliver, "_on_outcome", partial(_note_outcome, log, metrics, stage.clock, None))
    monkeypatch.setattr(deliver, "_on_unconfirmed", partial(_note_unconfirmed, log, metrics))
    monkeypatch.setattr(deliver, "_on_trouble", partial(_log_trouble, log))
    await waiting(stage.store, alert())
    if hasattr(httpx, row.kind):
        stage.breaking[1] = [row.kind] * 8
    else:
        stage.plant(row, 1, 8)
    await stage.sweeps(3)
    log.error("the store is away", exc_info=OSError(f"postgresql+asyncpg://bot:{PASSWORD}@db/outrider: refused"))

    kept = await stage.store._database.read(
        lambda connection: connection.execute(text("SELECT * FROM outbox"))  # why a try failed is kept there
    )
    everything = "\n".join((written.getvalue(), metrics.page().decode(), repr(kept.all())))
    assert "outrider_sends_total" in everything
    assert "the store is away" in everything
    assert [secret for secret in (TOKEN, TOKEN.partition(":")[2], PASSWORD) if secret in everything] == []

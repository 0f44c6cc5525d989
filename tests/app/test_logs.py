"""Logs: one record a line whatever a feed says (T-F7), no secret in any of them, chats by no number of theirs."""

import json
import logging
import random
import sys
import warnings

import pytest

from bot.app.logs import Redaction, configure_logs, one_line
from bot.app.settings import Settings

TOKEN = "1234567:AAHfake_token_that_nobody_ever_had"  # noqa: S105 - made up
PASSWORD = "p@ss/wörd: with everything"  # noqa: S105 - made up
SEED = 20261122
HOSTILE = ["\n", "\r\n", "\x1b[31m", "\x1b]8;;http://x\x07", "\u2028", "\u2029", "\x85", "\v", "\f", "\x00",
           "\u202e", '{"event": "forged"}', '"}', "\\n", "\x9b2J", "é", "\U0001f534", "\udc80", "%s", "{}", "\t",
           " "]  # fmt: skip


def raised(words: str) -> ValueError:
    """Return an error with a traceback."""
    try:
        raise ValueError(words)  # noqa: TRY301 - it is to be raised here
    except ValueError as error:
        return error


@pytest.fixture(autouse=True)
def nothing_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)


@pytest.mark.parametrize("as_json", [True, False])
def test_of_ten_thousand_hostile_texts_each_is_one_line(capsys: pytest.CaptureFixture[str], *, as_json: bool) -> None:
    dice = random.Random(SEED)
    log = configure_logs(level="debug", as_json=as_json)
    for number in range(10_000):
        text = "".join(dice.choices(HOSTILE, k=dice.randint(1, 12)))
        match number % 4:
            case 0:
                log.info("taken in", title=text, items=[text])
            case 1:
                log.warning(text, **{f"key{number}": text})
            case 2:
                logging.getLogger("somebody.else").info("said %s", text)
            case _:
                log.error("broke off", exc_info=raised(text))
    written = capsys.readouterr().err
    lines = written.split("\n")
    assert lines.pop() == ""
    assert len(lines) == 10_000, f"seed {SEED}"
    assert written.splitlines() == lines, "no other line break either"
    assert "\x1b" not in written
    if as_json:
        assert all(isinstance(json.loads(line)["event"], str) for line in lines)


@pytest.mark.parametrize("as_json", [True, False])
def test_secrets_stand_in_no_message_argument_traceback_or_warning(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings' own
        telegram_token=TOKEN,
        database_url="postgresql+asyncpg://bot:p%40ss%2Fw%C3%B6rd%3A%20with%20everything@db.internal/outrider",
        webhook_url="https://partner.example/in/aSecretPath",
        webhook_secret="sixteen letters or more",  # noqa: S106 - made up
        heartbeat_url="https://beats.example/a-uuid-that-is-a-secret",
        web_token="the token of the pages",  # noqa: S106 - made up
    )
    log = configure_logs(level="debug", as_json=as_json, secrets=settings.secrets)
    words = [TOKEN, PASSWORD, *settings.secrets, settings.database_url]
    for word in words:
        asked = f"asked {word}"
        log.error(asked, url=word, parts=[word], more={"a": word})
        logging.getLogger("httpx").warning("HTTP Request: POST %s", word)
        warnings.warn(f"deprecated: {word}", stacklevel=1)
        error = raised(word)
        log.error("broke off", exc_info=error)
        sys.excepthook(ValueError, error, error.__traceback__)
    text = capsys.readouterr().err
    found = [word for word in (*settings.secrets, "p%40ss%2Fw%C3%B6rd", "aSecretPath") if word in text]
    assert found == []
    assert len(text) > 2000, "it did write"


def test_a_chat_is_the_same_in_all_lines_and_its_number_in_none(capsys: pytest.CaptureFixture[str]) -> None:
    log = configure_logs(level="info", as_json=True, secrets=(TOKEN,))
    log.info("told", chat=987654321)
    log.info("told", chat_id=987654321)
    log.info("told", chat=987654322)
    written = capsys.readouterr().err
    first, second, other = (json.loads(line) for line in written.splitlines())
    assert first["chat"] == second["chat_id"] != other["chat"]
    assert "987654321" not in written
    configure_logs(level="info", as_json=True, secrets=("another installation's token",)).info("told", chat=987654321)
    assert json.loads(capsys.readouterr().err)["chat"] != first["chat"]


def test_what_is_no_secret_stays_readable() -> None:
    text = "Earthquake of 6.9: 12:45 UTC, https://wire.example/a?b=1 user@example.org"
    assert Redaction(("abc", "a longer secret"))(text) == text
    assert one_line(text) == text

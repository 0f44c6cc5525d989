from pathlib import Path

import pytest

from bot.app.config import load_sources, load_tuning
from bot.app.folders import packaged_config
from bot.app.settings import load_settings
from bot.model.errors import ConfigError

WELL = '[[source]]\nid = "wire"\nname = "Sahel Wire"\nurl = "https://wire.example/rss"\n'


def faults(folder: Path, sources: str) -> list[str]:
    (folder / "sources.toml").write_text(sources, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_sources(folder)
    return [str(fault).removeprefix(f"{folder}/") for fault in caught.value.faults]


def test_the_sources_that_came_with_outrider_are_well() -> None:
    sources = load_sources(packaged_config())
    assert len(sources) > 200
    assert {"ML"} & {region for source in sources for region in source.regions}


def test_a_source_without_an_owner_is_a_voice_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(WELL, encoding="utf-8")
    (source,) = load_sources(tmp_path)
    assert source.owner_group == "wire"


def test_every_fault_is_named_at_once_with_file_key_and_why(tmp_path: Path) -> None:
    bad = WELL + (
        '[[source]]\nid = "bad one"\nname = "X"\nurl = "ftp://wire.example"\ntrust = 7\n'
        '[[source]]\nid = "wire"\nname = "Again"\nurl = "https://again.example"\nevry_s = 5\n'
        '[[source]]\nid = "wire"\nname = "Twice"\nurl = "https://twice.example"\n'
    )
    assert faults(tmp_path, bad) == [
        "sources.toml: source bad one.id: String should match pattern '^[a-z0-9][a-z0-9-]*$'",
        "sources.toml: source bad one.url: is not an http(s) address, nor a web socket's (wss)",
        "sources.toml: source bad one.trust: Input should be less than or equal to 1",
        "sources.toml: source wire.evry_s: Extra inputs are not permitted",
        "sources.toml: source wire.id: stands twice",
    ]


def test_a_file_that_is_no_toml_or_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    assert faults(tmp_path, "[[source]\n")[0].startswith("sources.toml: is no TOML: ")
    with pytest.raises(ConfigError, match="No such file"):
        load_tuning(tmp_path)


def test_tuning_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "outrider.toml").write_text("[delivery]\nsends_per_secnd = 5\nin_flight = 1000\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_tuning(tmp_path)
    assert {fault.key for fault in caught.value.faults} == {"delivery.sends_per_secnd", "delivery.in_flight"}


def test_wrong_settings_are_named_by_their_variable_and_never_show_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTRIDER_TELEGRAM_TOKEN", "hunter2-is-my-secret")
    monkeypatch.setenv("OUTRIDER_WEB_PORT", "99999")
    monkeypatch.setenv("OUTRIDER_DATABASE_URL", "mysql://root:pw@db/outrider")
    with pytest.raises(ConfigError) as caught:
        load_settings()
    assert {fault.key for fault in caught.value.faults} == {
        "OUTRIDER_TELEGRAM_TOKEN", "OUTRIDER_WEB_PORT", "OUTRIDER_DATABASE_URL",
    }  # fmt: skip
    assert "hunter2" not in str(caught.value)
    assert "pw" not in str(caught.value)


def test_empty_variables_count_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTRIDER_TELEGRAM_TOKEN", "")
    monkeypatch.setenv("OUTRIDER_ALLOW_HOSTS", "127.0.0.1, feeds.internal")
    settings = load_settings()
    assert settings.telegram_token is None
    assert settings.allow_hosts == ("127.0.0.1", "feeds.internal")

"""T-D1: what is installed is known to the byte, is sound, and the package holds all that it needs."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from os import environ
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]


def script(name: str) -> ModuleType:
    spec = spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


sbom, release = script("sbom"), script("release")
LOCK = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
LOG = "# Changelog\n\n## Unreleased (0.1.0)\n\n- It rides.\n"


@pytest.mark.parametrize("lock", ["run", "dev", "uv", "gazetteer"])
def test_every_lock_pins_each_package_by_version_and_hash(lock: str) -> None:
    assert sbom.components((ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8"))


def test_the_bill_of_materials_names_every_version_of_the_lock_once() -> None:
    made = sbom.bill(LOCK, "0.1.0")
    parts, names = ([one[key] for one in made["components"]] for key in ("purl", "name"))
    assert len(parts) == len(set(parts)) == sum("==" in line for line in LOCK.splitlines() if line[:1].isalpha())
    assert {"python-telegram-bot", "sqlalchemy", "httpx", "lxml"} <= set(names)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert made == sbom.bill(LOCK, "0.1.0")


@pytest.mark.parametrize(
    "line", ["httpx==1.0\n", "httpx>=1.0 --hash=sha256:" + "0" * 64, "git+https://x.example/y.git"]
)
def test_what_is_not_pinned_is_no_lock(line: str) -> None:
    with pytest.raises(ValueError, match="not pinned"):
        sbom.components(line)


def test_what_is_installed_fits_together() -> None:
    checked = subprocess.run([sys.executable, "-m", "pip", "check"], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_a_release_dates_what_was_unreleased_and_opens_a_new_part() -> None:
    dated = release.released(LOG, "0.1.0", "2026-11-22")
    assert dated == "# Changelog\n\n## Unreleased\n\n## 0.1.0 – 2026-11-22\n\n- It rides.\n"
    assert release.bumped('__version__ = "0.1.0"\n', "0.2.0", tags=[]) == '__version__ = "0.2.0"\n'


@pytest.mark.parametrize(
    ("version", "tags", "why"),
    [("0.0.9", [], "older"), ("0.1.0", ["v0.1.0"], "already"), ("two", [], "no version"), ("", [], "no version")],
)
def test_a_version_that_cannot_be_is_refused(version: str, tags: list[str], why: str) -> None:
    with pytest.raises(release.Unfit, match=why):
        release.bumped('__version__ = "0.1.0"\n', version, tags=tags)


def test_a_release_that_tells_its_users_nothing_is_refused() -> None:
    with pytest.raises(release.Unfit, match="says nothing"):
        release.released("## Unreleased\n\n## 0.1.0 – 2026-11-22\n\n- It rides.\n", "0.2.0", "2026-12-01")


@pytest.fixture(scope="module")
def uv() -> str:
    found = Path(sys.prefix) / "bin" / "uv"
    if not found.exists():
        pytest.skip("no uv beside this Python (make setup installs it)")
    return str(found)


@pytest.mark.heavy
def test_an_installation_from_the_lock_alone_runs_the_demo_outside_the_repository(tmp_path: Path, uv: str) -> None:
    """The Dockerfile's steps, one after the other, in an empty folder."""
    home, python = tmp_path / "opt", str(tmp_path / "opt" / "bin" / "python")
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "VIRTUAL_ENV": str(home), "LANG": "C.UTF-8"}

    def run(*command: str, **more: str) -> str:
        done = subprocess.run(
            command, cwd=tmp_path, env=environment | more, check=False, capture_output=True, text=True
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    run(sys.executable, "-m", "venv", str(home))
    lock = str(ROOT / "requirements" / "run.txt")
    run(uv, "pip", "install", "-q", "--require-hashes", "--only-binary", ":all:", "-r", lock, **_index())
    run(uv, "build", "-q", "--wheel", "--out-dir", str(tmp_path), str(ROOT), **_index())
    (wheel,) = tmp_path.glob("outrider-*.whl")
    with ZipFile(wheel) as packed:
        names = set(packed.namelist())
    for needed in ("config/sources.toml", "config/lexicon/en.toml", "maps/data/world.xz", "wording/emergency.tsv"):
        assert f"bot/{needed}" in names
    assert sum(name.endswith(".mo") for name in names) == 5
    assert not [name for name in names if name.startswith(("tests/", "scripts/")) or name.endswith(".env")]
    run(uv, "pip", "install", "-q", "--no-deps", str(wheel))
    run(python, "-m", "pip", "check")
    run(python, "-m", "bot.gazetteer")
    assert "All clear" in run(str(home / "bin" / "outrider"), "demo")


def _index() -> dict[str, str]:
    """Return where this machine gets its packages from."""
    return {name: value for name, value in environ.items() if name.startswith(("UV_", "PIP_", "SSL_"))}

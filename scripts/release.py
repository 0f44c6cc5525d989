"""A release in one step: `python scripts/release.py 0.2.0`. It sets the version, dates the changelog, commits and tags.

Nothing is pushed: look at the commit (`git show`), then `git push --follow-tags`. Run `.ci/run` before.
"""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
_SEMVER = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_UNRELEASED = re.compile(r"^## Unreleased\b.*$", re.MULTILINE)
_VERSION = re.compile(r'__version__ = "([^"]+)"')


class Unfit(Exception):  # noqa: N818 - names what is met
    """No release can be made of this; the message says what is missing."""


def numbers(version: str) -> tuple[int, int, int]:
    """Return a version's three numbers; raise Unfit where it has others."""
    found = _SEMVER.fullmatch(version)
    if found is None:
        raise Unfit(f"{version} is no version: three numbers, as in 0.2.0")
    return int(found[1]), int(found[2]), int(found[3])


def released(changelog: str, version: str, day: str) -> str:
    """Return the changelog with its unreleased part under the version and day, and a new, empty one above it."""
    heading = _UNRELEASED.search(changelog)
    if heading is None:
        raise Unfit("CHANGELOG.md has no heading `## Unreleased`")
    part = changelog[heading.end() :].split("\n## ", 1)[0]
    if not re.search(r"^- \S", part, re.MULTILINE):
        raise Unfit("CHANGELOG.md says nothing under `## Unreleased`: a release that changes nothing is none")
    return changelog[: heading.start()] + f"## Unreleased\n\n## {version} – {day}" + changelog[heading.end() :]


def bumped(package: str, version: str, *, tags: list[str]) -> str:
    """Return bot/__init__.py with the version; raise Unfit for one that goes back or was released."""
    found = _VERSION.search(package)
    if found is None:
        raise Unfit("bot/__init__.py says no version")
    if f"v{version}" in tags:
        raise Unfit(f"v{version} was released already")
    if numbers(version) < numbers(found[1]):
        raise Unfit(f"{version} is older than {found[1]}")
    return package[: found.start(1)] + version + package[found.end(1) :]


def git(*arguments: str) -> str:
    """Run git in the repository and return what it prints."""
    return subprocess.run(  # noqa: S603 - our own words
        ["git", *arguments],  # noqa: S607 - whichever git there is
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def release(version: str) -> None:
    """Change both files, commit and tag; raise Unfit, with nothing changed, where that cannot be."""
    if git("status", "--porcelain"):
        raise Unfit("there are changes that are not committed")
    package, changelog = ROOT / "bot" / "__init__.py", ROOT / "CHANGELOG.md"
    new_package = bumped(package.read_text(encoding="utf-8"), version, tags=git("tag").split())
    new_changelog = released(changelog.read_text(encoding="utf-8"), version, f"{datetime.now(UTC):%Y-%m-%d}")
    package.write_text(new_package, encoding="utf-8")
    changelog.write_text(new_changelog, encoding="utf-8")
    git("commit", "--all", "--message", f"Release {version}")
    git("tag", "--annotate", f"v{version}", "--message", f"Outrider {version}")
    print(f"Committed and tagged v{version}. Look at it with `git show`, then `git push --follow-tags`.")


if __name__ == "__main__":
    try:
        release(sys.argv[1] if len(sys.argv) > 1 else "")
    except Unfit as error:
        sys.exit(f"No release: {error}.")

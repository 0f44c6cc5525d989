"""The bill of materials, as CycloneDX 1.6, from the lock alone: `python scripts/sbom.py > outrider.cdx.json`.

Each component has its exact version, its package URL and the hashes that an installation accepts. Nothing is fetched,
and the same lock gives the same file.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "run.txt"
_PINNED = re.compile(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[\w,-]+\])?==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\]+))?"
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> list[dict[str, Any]]:
    """Return the components of a lock, by name.

    Raises:
        ValueError: a requirement is not pinned by version and hash, so that nobody knows what would be installed.
    """
    found = []
    for entry in re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", lock)):
        if not entry.strip():
            continue
        pinned, hashes = _PINNED.match(entry), _HASH.findall(entry)
        if pinned is None or not hashes:
            raise ValueError(f"not pinned by version and hash: {entry.splitlines()[0]}")
        name, version = re.sub(r"[._-]+", "-", pinned["name"]).lower(), pinned["version"]
        purl = f"pkg:pypi/{name}@{version}"
        one: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
        one["properties"] = [{"name": "outrider:accepted-sha256", "value": each} for each in hashes]
        if pinned["marker"]:
            one["properties"].append({"name": "outrider:only-where", "value": pinned["marker"].strip()})
        found.append(one)
    return found


def bill(lock: str, version: str) -> dict[str, Any]:
    """Return the whole document."""
    parts = components(lock)
    own = f"pkg:pypi/outrider@{version}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, own + lock)}",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": own, "name": "outrider", "version": version, "purl": own}
        },
        "components": parts,
        "dependencies": [{"ref": own, "dependsOn": [one["bom-ref"] for one in parts]}],
    }


def own_version() -> str:
    """Return the version that the package says it has."""
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "bot" / "__init__.py").read_text(encoding="utf-8"))
    return found[1] if found else ""


if __name__ == "__main__":
    json.dump(bill(LOCK.read_text(encoding="utf-8"), own_version()), sys.stdout, indent=1)
    print()

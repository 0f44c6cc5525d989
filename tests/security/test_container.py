"""T-D2: the service works as an unprivileged user that may write to its data folder and nowhere else.

The container's promises (compose.yaml), without a container: own mount and process names, everything read-only but
the data folder, no rights, none to be gained. Needs root, `unshare` and `setpriv`.
"""

# ruff: noqa: ASYNC240 - nothing else runs meanwhile

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from asyncio import create_subprocess_exec
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest
from support.service import free_port

ROOT = Path(__file__).parents[2]
USER = 10001
HARDENED = """
set -e
if [ -n "$SHUT" ]; then  # Python lies in a folder of root's: show the user that part of it alone
    mount -t tmpfs -o mode=755 shown /mnt
    mkdir -p "/mnt/${BASE#"$SHUT"}"
    mount --bind "$BASE" "/mnt/${BASE#"$SHUT"}"
    mount --rbind /mnt "$SHUT"
fi
for point in $(awk '{print $5}' /proc/self/mountinfo | sort -ru); do
    mount -o remount,bind,ro "$point" 2>/dev/null || true
done
mount --bind "$DATA" "$DATA"
mount -o remount,bind,rw "$DATA"
cd "$DATA"
exec setpriv --reuid $WHO --regid $WHO --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs "$@"
"""


def shut_folder(path: Path) -> str:
    """Return the topmost folder on the way that others than root may not pass; empty where they may."""
    return next((str(one) for one in reversed([path, *path.parents]) if not one.stat().st_mode & 0o001), "")


def missing() -> str:
    """Return why this machine cannot lock a process in; empty where it can."""
    if os.geteuid() != 0:
        return "only root can take a process's rights away"
    if not all(shutil.which(tool) for tool in ("unshare", "setpriv", "mount")):
        return "unshare, setpriv and mount are needed"
    if shut_folder(ROOT):
        return "the repository lies where nobody but root may look"
    tried = subprocess.run(["/usr/bin/env", "unshare", "--mount", "true"], check=False, capture_output=True)
    return "this machine lets nobody unshare" if tried.returncode else ""


pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "-")


def locked_in(*command: str) -> Sequence[str]:
    """Return the command within walls."""
    return ("unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", HARDENED, "sh", *command)


def environment(data: Path, **more: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
        "DATA": str(data), "WHO": str(USER), "HOME": str(data), "TMPDIR": str(data), "OUTRIDER_DATA_DIR": str(data),
        "BASE": sys.base_prefix, "SHUT": shut_folder(Path(sys.base_prefix)), **more,
    }  # fmt: skip


@pytest.fixture
def data() -> Iterator[Path]:
    """The data folder, the unprivileged user's own, on a way that it may go (pytest's folders are for root alone)."""
    with TemporaryDirectory(prefix="outrider-data-") as folder:
        os.chown(folder, USER, USER)
        yield Path(folder)


def test_the_walls_hold(data: Path) -> None:
    code = textwrap.dedent("""
        import os, pathlib, sys
        of_rights = ("CapEff", "CapBnd", "NoNewPrivs")
        print(os.getuid(), *(line.split()[1] for line in open("/proc/self/status") if line.startswith(of_rights)))
        for place in ("/", "/tmp", "/var/tmp", "/dev/shm", sys.argv[1]):
            try:
                pathlib.Path(place, "outrider-was-here").write_text("x")
            except OSError:
                continue
            print("wrote", place)
        pathlib.Path(os.environ["DATA"], "mine").write_text("x")
    """)
    command = locked_in(sys.executable, "-c", code, str(ROOT))
    done = subprocess.run(command, env=environment(data), check=True, capture_output=True, text=True)
    assert done.stdout.split("\n")[0] == f"{USER} 0000000000000000 0000000000000000 1"
    assert "wrote" not in done.stdout
    assert (data / "mine").exists()


async def works_for(data: Path, seconds: float) -> None:
    """Run the service within the walls; it takes in, keeps and answers all the while, and stops cleanly."""
    port = free_port()
    service = await create_subprocess_exec(
        *locked_in(sys.executable, "-m", "bot", "run", "--watch", "Mali"), stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE,
        env=environment(data, OUTRIDER_WEB_PORT=str(port), OUTRIDER_LOG_JSON="true"),
    )  # fmt: skip
    assert service.stderr is not None
    said = asyncio.create_task(service.stderr.read())
    try:
        async with httpx.AsyncClient(trust_env=False, base_url=f"http://127.0.0.1:{port}", timeout=5) as client:
            answers = 0
            deadline = asyncio.get_running_loop().time() + 20 + seconds
            while answers < seconds:
                assert service.returncode is None, (await said).decode()[-2000:]
                assert asyncio.get_running_loop().time() < deadline, "it does not answer"
                await asyncio.sleep(1)
                try:
                    live, ready = await client.get("/livez"), await client.get("/readyz")
                except httpx.TransportError:
                    continue
                assert live.status_code == 200
                assert ready.json()["checks"]["database"] == "ok"
                answers += 1
    finally:
        if service.returncode is None:
            service.send_signal(signal.SIGTERM)
        status = await asyncio.wait_for(service.wait(), 25)
        log = (await said).decode()
    assert status == 0, log[-2000:]
    assert "Permission denied" not in log
    assert "Read-only file system" not in log
    assert {path.name for path in data.iterdir()} >= {"outrider.sqlite3"}
    assert {path.stat().st_uid for path in data.rglob("*")} == {USER}


async def test_the_service_works_within_the_walls(data: Path) -> None:
    await works_for(data, 5)


@pytest.mark.heavy
async def test_the_service_works_within_the_walls_for_a_minute(data: Path) -> None:
    await works_for(data, 60)

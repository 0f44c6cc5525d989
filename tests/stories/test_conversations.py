"""The conversations of the documentation are what the bot says today."""

import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from pathlib import Path

ROOT = Path(__file__).parents[2]


async def test_the_conversations_of_the_documentation_are_what_the_bot_says() -> None:
    checking = await create_subprocess_exec(
        sys.executable, str(ROOT / "scripts" / "conversations.py"), "--check", cwd=ROOT, stdout=PIPE, stderr=PIPE
    )  # fmt: skip
    said, troubles = await checking.communicate()
    assert checking.returncode == 0, (said + troubles).decode()

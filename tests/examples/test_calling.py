"""Calling the hub over HTTP works as the page says, command by command, and as the clients of each language do it."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from tests.examples.hub import running_hub

ROOT: Final = Path(__file__).parents[2]
CLIENTS: Final = ROOT / "examples" / "http_clients"
COMMANDS: Final = {
    "python": [sys.executable, str(CLIENTS / "client.py")],
    "node": ["node", str(CLIENTS / "client.js")],
    "java": ["java", "Client.java"],
}

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hub() -> AsyncIterator[tuple[str, str]]:
    """Give URL and token of a hub with the example network, catalog and stock."""
    async with running_hub() as running:
        yield f"http://{running.http}", running.token


async def test_every_command_of_the_page_does_what_it_says(hub: tuple[str, str], tmp_path: Path) -> None:
    page = (ROOT / "docs" / "calling.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 7
    script = "set -eux\n" + "".join(blocks)

    told = await said(
        ["bash", "-c", script], tmp_path, HUB=hub[0], TOKEN=hub[1], REFERENCE="CURL-1", PATH=os.environ["PATH"]
    )

    assert "UNKNOWN_SKU" in told
    assert '"items":[' in told
    assert '"orderNumber":"CURL-1"' in told
    assert "PERMISSION_DENIED" in told


@pytest.mark.parametrize("language", COMMANDS)
async def test_a_client_places_an_order_and_sees_a_node_take_it(hub: tuple[str, str], language: str) -> None:
    command = COMMANDS[language]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed here")

    told = await said([*command, *hub, f"http-{language}"], CLIENTS, **os.environ)

    first, *_, last = told.splitlines()
    assert first.startswith(f"placed http-{language} as ")
    assert "RELEASED" in last or "ACCEPTED" in last


async def said(command: list[str], folder: Path, **environment: str) -> str:
    """Run a program; return what it printed. It may not fail, nor take two minutes."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(120):
        told, complained = await process.communicate()
    assert process.returncode == 0, (told.decode() + complained.decode())[-3000:]
    return told.decode()

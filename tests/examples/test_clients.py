"""Both clients do what they say: place, watch until a node works on it, list stock."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.examples.hub import running_hub

ROOT = Path(__file__).parents[2]
NODE_CLIENT = ROOT / "examples" / "node_client"


@pytest.mark.slow
async def test_the_python_client_places_an_order_and_sees_a_node_take_it() -> None:
    client = [sys.executable, str(ROOT / "examples" / "python_client" / "client.py")]
    async with running_hub() as hub:
        told = await _run([*client, hub.address, hub.token, "python-1"], PYTHONPATH=str(ROOT / "generated"))

    _as_promised(told, "python-1")


@pytest.mark.slow
async def test_the_node_client_places_an_order_and_sees_a_node_take_it(tmp_path: Path) -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node or npm is not installed here")
    (tmp_path / "generated").mkdir()
    shutil.copy(ROOT / "generated" / "contracts.binpb", tmp_path / "generated")
    folder = tmp_path / "examples" / "node_client"
    shutil.copytree(NODE_CLIENT, folder, ignore=shutil.ignore_patterns("node_modules"))
    try:
        await _run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)])
    except _Failed as failed:
        pytest.skip(f"npm cannot fetch the client's packages here: {failed}")

    async with running_hub() as hub:
        told = await _run([node, str(folder / "client.js"), hub.address, hub.token, "node-1"])

    _as_promised(told, "node-1")


def test_the_lock_of_the_node_client_names_no_registry() -> None:
    lock = (NODE_CLIENT / "package-lock.json").read_text(encoding="utf-8")

    assert "resolved" not in lock
    assert "://" not in "\n".join(line for line in lock.splitlines() if '"url"' not in line)


class _Failed(Exception):
    """A program that ended with an error; the message is what it said."""


async def _run(command: list[str], **environment: str) -> list[str]:
    """Runs a program; answers the lines it printed."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    if process.returncode:
        raise _Failed(complained.decode()[-2000:])
    return said.decode().splitlines()


def _as_promised(told: list[str], reference: str) -> None:
    placed, *versions_and_stock = told
    assert placed.startswith(f"placed {reference} as ")
    assert versions_and_stock[0].startswith("version ")
    assert [line for line in versions_and_stock if "2 RELEASED" in line or "2 ACCEPTED" in line]
    assert "MUG-BLUE at DC-NL: 40 on hand, 36 to sell" in versions_and_stock
    assert [line.split(":")[0] for line in versions_and_stock[-3:]] == [
        f"MUG-BLUE at {node}" for node in ("DC-NL", "DC-UK", "ST-AMS")
    ]

"""Runs a host as a child process, as the hub does."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ANSWER_SECONDS = 30


@dataclass
class Host:
    """A running host: its process and what it announced."""

    process: asyncio.subprocess.Process
    address: str
    adapters: list[str]

    async def stderr(self) -> str:
        """Answers all it logged; only after its end."""
        assert self.process.stderr
        return (await self.process.stderr.read()).decode()


def command(names: Sequence[str], listen: str, data_dir: Path, *more: str) -> list[str]:
    """Answers the command line of a host."""
    module = [sys.executable, "-m", "adapters.sdk.host", *names]
    return [*module, "--listen", listen, "--hub", "127.0.0.1:1", "--data", str(data_dir), *more]


async def start(arguments: Sequence[str], **environment: str) -> asyncio.subprocess.Process:
    """Starts a process whose output is kept."""
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*arguments, stdout=pipe, stderr=pipe, env={**os.environ, **environment})


async def announced(process: asyncio.subprocess.Process) -> Host:
    """Waits until the host says where it serves."""
    assert process.stdout
    line = await asyncio.wait_for(process.stdout.readline(), ANSWER_SECONDS)
    said = json.loads(line)
    return Host(process, said["serving"], said["adapters"])


@asynccontextmanager
async def hosting(
    names: Sequence[str], listen: str, data_dir: Path, *more: str, **environment: str
) -> AsyncIterator[Host]:
    """Runs a host until the block ends; kills it then if it still runs."""
    process = await start(command(names, listen, data_dir, *more), **environment)
    try:
        yield await announced(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()

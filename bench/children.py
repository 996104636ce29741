"""Processes of this interpreter that a row starts and asks line by line, and how they hear what is asked."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bench.ratio import Unmeasurable

_LONGEST_LINE: Final = 64 * 1024 * 1024


class Child:
    """A process that answers each line with a line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, line: str = "") -> str:
        """What it answers. Raises Unmeasurable where it broke off."""
        if self._process.stdin is None or self._process.stdout is None:
            raise Unmeasurable("a process has no pipes")
        self._process.stdin.write(f"{line}\n".encode())
        if not (answer := await self._process.stdout.readline()):
            raise Unmeasurable("a process broke off")
        return answer.decode()


@asynccontextmanager
async def child(module: str, *arguments: str) -> AsyncIterator[Child]:
    """Starts `python -m module arguments`, and ends it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_LONGEST_LINE,
    )
    try:
        yield Child(process)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def asked() -> AsyncIterator[str]:
    """The lines that such a process is asked."""
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        yield line.decode()


def answer(line: str) -> None:
    """Answers the line that was asked last."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

"""Ends the process when its parent ends, however that ends.

The kernel is asked to signal (prctl PR_SET_PDEATHSIG); since that follows the parent's thread, not its process, the
signal only makes us look, and we also look every second.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
from pathlib import Path
from typing import Final

POLL_SECONDS: Final = 1.0
_PR_SET_PDEATHSIG: Final = 1
_SIGNAL: Final = signal.SIGUSR1


class Parent:
    """A process whose life bounds ours. Raises ProcessLookupError when it has already ended."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._is_ours = os.getppid() == pid
        self._born = _born(pid)
        if not self._born:
            raise ProcessLookupError(f"the parent process {pid} does not live")

    def lives(self) -> bool:
        """Answers whether that very process still lives; another one under its number does not count."""
        if self._is_ours:
            return os.getppid() == self._pid
        return _born(self._pid) == self._born

    async def ended(self) -> None:
        """Returns once it has ended."""
        look = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(_SIGNAL, look.set)
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(_SIGNAL), 0, 0, 0)
        while self.lives():
            look.clear()
            try:
                async with asyncio.timeout(POLL_SECONDS):
                    await look.wait()
            except TimeoutError:
                continue


def _born(pid: int) -> str:
    """Answers when the process started, in the kernel's ticks; empty when it does not live or waits to be reaped."""
    try:
        state, *rest = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if state in {"Z", "X"} else rest[18]

"""Reads documents beside the event loop, one at a time in a process: their memory does not add up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")

_READER: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="documents")


async def read_apart(read: Callable[[], T]) -> T:
    """Return what `read` returns, run in the one thread that reads documents."""
    return await asyncio.get_running_loop().run_in_executor(_READER, read)

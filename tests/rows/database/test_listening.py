"""Who listens can be told to stop at any moment."""

from __future__ import annotations

import asyncio

import pytest

from hub.database.listening import listening


async def test_who_is_told_to_stop_while_something_is_heard_stops(database_url: str) -> None:
    """asyncio.wait_for of Python 3.11 forgets a cancellation that comes together with what it waits for."""
    async with listening(database_url, "heard") as listener:
        hearing = asyncio.create_task(listener.heard(3600))
        await asyncio.wait([hearing], timeout=0)
        listener.nudge()
        hearing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hearing

"""Wakes sleepers: one connection that listens for what other processes commit. It only wakes; nothing rests on it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from psycopg import AsyncConnection, OperationalError, sql

from hub.work.machine import Machine

log = logging.getLogger(__name__)

_AGAIN_SECONDS = 1.0


async def listen(url: str, wakes: Mapping[str, asyncio.Event], machine: Machine) -> None:
    """Listens until canceled, setting the event of each channel that is notified; connects again when it must.

    `url` must lead to the server itself: a pooler that hands out connections by transaction cannot listen.
    """
    while True:
        try:
            async with await AsyncConnection.connect(url, autocommit=True) as connection:
                for channel in wakes:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                for event in wakes.values():
                    event.set()
                async for notification in connection.notifies():
                    wakes[notification.channel].set()
        except OperationalError as error:
            log.warning("cannot listen to the database (%s); looking by the clock meanwhile", type(error).__name__)
        await machine.sleep(_AGAIN_SECONDS)

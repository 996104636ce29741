"""Totes as tests fill and count them: through the gate, as drop-off points and nodes do."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.api.returns.tote_changes import (
    CLOSE_TOTES,
    ISSUE_RETURN_CODES,
    OPEN_TOTES,
    RECEIVE_TOTES,
    SCAN_RETURNS,
    SHIP_TOTES,
)
from hub.totes.model import ReturnScan, Tote, ToteClosing, ToteDraft, ToteReceipt, ToteShipment
from tests.support.world import World

DROP_OFF = "ST-BER"
HUB_NODE = "DC-NL"


async def code(world: World, return_id: UUID) -> str:
    """The code of a return."""
    return (await world.ask(ISSUE_RETURN_CODES, return_id)).code


async def opened(world: World, drop_off: str = DROP_OFF, to_node: str = HUB_NODE) -> Tote:
    """A tote at a drop-off point."""
    return await world.ask(OPEN_TOTES, ToteDraft(drop_off, to_node))


async def scan(
    world: World, tote: Tote, code_shown: str, *, reference: str = "", lines: Sequence[tuple[int, int]] = ()
) -> Tote:
    """A customer hands units in; all that the return expects where no lines are named."""
    known = reference or str(world.identity())
    return await world.ask(SCAN_RETURNS, ReturnScan(tote.tote_id, code_shown, known, tuple(lines), await world.now()))


async def close(world: World, tote: Tote, counted: int | None = None) -> Tote:
    """The manifest is final."""
    return await world.ask(CLOSE_TOTES, ToteClosing(tote.tote_id, counted))


async def sent(world: World, tote: Tote) -> Tote:
    """The tote is closed and leaves."""
    await close(world, tote)
    return await world.ask(SHIP_TOTES, ToteShipment(tote.tote_id, await world.now(), "TOTE-TRK-1"))


async def unpacked(world: World, tote: Tote, units: Sequence[tuple[str, str, int]], *, reference: str = "") -> Tote:
    """The tote is unpacked: (code, SKU, units) of all that is in it."""
    known = reference or str(world.identity())
    return await world.ask(RECEIVE_TOTES, ToteReceipt(tote.tote_id, known, tuple(units), await world.now()))

"""How a transfer comes late, or comes otherwise than it left."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from hub.api.stock.transfer_changes import RECEIVE_TRANSFERS, REQUEST_TRANSFERS, SHIP_TRANSFERS
from hub.transfers.model import TransferDraft, TransferReceipt, TransferShipment
from tests.support.world import TUESDAY, World
from tests.unit.api.serving import Served


async def transferred(world: World) -> UUID:
    """A transfer of two cups that is to leave."""
    await world.stock("CUP", "DC-NL", 2)
    wanted = TransferDraft("T-1", "DC-NL", "ST-AMS", (("CUP", 2),))
    return (await world.ask(REQUEST_TRANSFERS, wanted)).transfer_id


async def late_transfer(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await transferred(hub.world)
    await hub.world.advance(timedelta(days=3))


async def short_transfer(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    transfer_id = await transferred(hub.world)
    await hub.world.ask(SHIP_TRANSFERS, TransferShipment(transfer_id, TUESDAY))
    await hub.world.ask(RECEIVE_TRANSFERS, TransferReceipt(transfer_id, "R-1", TUESDAY, (("CUP", 1, 0),), final=True))

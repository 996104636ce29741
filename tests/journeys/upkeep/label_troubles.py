"""How exceptions about labels are raised."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hub.api.fulfillment.changes import BUY_LABELS, VOID_LABELS
from hub.fulfillment.model import LabeledParcel, PackedParcel
from hub.network.model.carriers import CarrierService
from tests.support.drafts import draft, line
from tests.support.world import World
from tests.unit.api.serving import Served

_LATER = {f"{step}_after_minutes": 900_000 for step in ("acknowledge", "pick", "pack", "ship")}
_BUYING = (CarrierService("carrier", "STANDARD", buys_labels=True),)


async def _asked(world: World, **carrier: Any) -> PackedParcel:
    """A label that is asked for, of a carrier with settings."""
    await world.network(profiles={"wms": _LATER, "carrier": carrier}, services=_BUYING)
    await world.stock("CUP", "DC-NL", 1)
    placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.settle()
    (work,) = (await world.case(placed.order_id)).fulfillment_orders
    parcel = PackedParcel(work.fulfillment_order_id, "P 1", 1200, 300, 200, 100)
    await world.ask(BUY_LABELS, parcel)
    await world.settle()
    return parcel


async def no_label(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await _asked(hub.world, most_label_grams=100)
    await hub.world.network(profiles={"wms": _LATER}, services=_BUYING)


async def label_kept(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    parcel = await _asked(hub.world, takes_labels_back=0)
    await hub.world.ask(VOID_LABELS, LabeledParcel(parcel.fulfillment_order_id, parcel.reference))
    await hub.world.settle()
    await hub.world.network(profiles={"wms": _LATER}, services=_BUYING)

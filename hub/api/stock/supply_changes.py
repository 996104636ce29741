"""The rpcs that change supply, what is kept for whom, and conditions, each with its flow; how repeats are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hub.cases.context import FlowContext
from hub.flows.stock.change_conditions import ConditionMove, change_conditions
from hub.flows.stock.keep_stock_back import put_protections, set_safety_stock
from hub.flows.stock.keep_supply import cancel_supply, put_supply, receive_supply, slip_supply
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.inventory.errors import SupplyNotFound
from hub.inventory.model import Condition
from hub.inventory.model.supply import (
    Cancellation,
    Protection,
    ProtectionChange,
    Receipt,
    SafetyChange,
    Slip,
    Supply,
    SupplyDraft,
)
from hub.inventory.operations import supplies
from hub.kernel.errors import Refusal


async def _supplies(flow: FlowContext, stored: Sequence[Stored]) -> list[Supply | Refusal]:
    found = await supplies.load(flow.tx, flow.scope, [UUID(one["supply_id"]) for one in stored])
    return [found.get(UUID(one["supply_id"])) or supply_not_found(UUID(one["supply_id"])) for one in stored]


async def _protections(_: FlowContext, stored: Sequence[Stored]) -> list[Protection | Refusal]:
    return [Protection(**one) for one in stored]


async def _safety(_: FlowContext, stored: Sequence[Stored]) -> list[SafetyChange | Refusal]:
    return [SafetyChange(UUID(one["change_id"]), one["sku"], one["node_id"], one["units"]) for one in stored]


async def _conditions(_: FlowContext, stored: Sequence[Stored]) -> list[ConditionMove | Refusal]:
    return [
        ConditionMove(
            UUID(one["change_id"]),
            one["sku"],
            one["node_id"],
            Condition(one["source"]),
            Condition(one["target"]),
            one["quantity"],
            one["cause"],
        )
        for one in stored
    ]


def supply_not_found(supply_id: UUID) -> SupplyNotFound:
    """No supply under an id."""
    return SupplyNotFound(f"There is no supply {supply_id}.", supply_id=supply_id)


def _supply(supply: Supply) -> Stored:
    return {"supply_id": str(supply.supply_id)}


def _protection(kept: Protection) -> Stored:
    return {
        "node_id": kept.node_id,
        "sku": kept.sku,
        "channel_id": kept.channel_id,
        "demand_class": kept.demand_class,
        "units": kept.units,
    }


def _kept_back(change: SafetyChange) -> Stored:
    return {
        "change_id": str(change.change_id),
        "sku": change.sku,
        "node_id": change.node_id,
        "units": change.units,
    }


def _moved(move: ConditionMove) -> Stored:
    return {
        "change_id": str(move.change_id),
        "sku": move.sku,
        "node_id": move.node_id,
        "source": move.source.value,
        "target": move.target.value,
        "quantity": move.quantity,
        "cause": move.cause,
    }


PUT_SUPPLY: Final[Change[SupplyDraft, Supply]] = Change("PutSupply", put_supply, _supply, _supplies)
SLIP_SUPPLY: Final[Change[Slip, Supply]] = Change("SlipSupply", slip_supply, _supply, _supplies)
RECEIVE_SUPPLY: Final[Change[Receipt, Supply]] = Change("ReceiveSupply", receive_supply, _supply, _supplies)
CANCEL_SUPPLY: Final[Change[Cancellation, Supply]] = Change("CancelSupply", cancel_supply, _supply, _supplies)
PUT_PROTECTIONS: Final[Change[ProtectionChange, Protection]] = Change(
    "PutProtections", put_protections, _protection, _protections
)
SET_SAFETY_STOCK: Final[Change[SafetyChange, SafetyChange]] = Change(
    "SetSafetyStock", set_safety_stock, _kept_back, _safety
)
CHANGE_CONDITIONS: Final[Change[ConditionMove, ConditionMove]] = Change(
    "ChangeConditions", change_conditions, _moved, _conditions
)

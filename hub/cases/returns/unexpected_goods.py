"""Keeping goods that came and that no return expects: in quarantine where they lie, with an exception that asks whose.

Nothing that has really moved is lost: a SKU that the catalog does not know becomes a draft item, and goods of which
nobody can tell what they are have their exception alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from hub.cases.context import Unit
from hub.catalog import operations as catalog
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason
from hub.exceptions.policy import raised
from hub.inventory import operations as inventory
from hub.inventory.model import Condition, ConditionedChange
from hub.kernel.ids import derived
from hub.returns import operations as returns
from hub.returns.model import Unexpected

CAUSE = "unexpected"
"""Cause of the stock ledger's rows."""


async def keep(unit: Unit, goods: Sequence[Unexpected]) -> None:
    """Keeps goods, each once per node and reference."""
    if not goods:
        return
    named = [(unit.new_id(), one) for one in goods]
    new = await returns.add_unexpected(unit.tx, named)
    kept = [(goods_id, one) for goods_id, one in named if goods_id in new]
    await catalog.draft(unit.tx, sorted({one.sku for _, one in kept if one.sku}), at=unit.at)
    changes = [
        ConditionedChange(one.sku, one.node_id, Condition.QUARANTINE, one.quantity, CAUSE, goods_id)
        for goods_id, one in kept
        if one.sku
    ]
    await inventory.change_conditioned(unit.tx, [changes] if changes else [], at=unit.at)
    await exceptions.open_all(
        unit.tx,
        [
            raised(
                exception_id=derived(goods_id, "unexpected"),
                reason=ExceptionReason.RETURN_UNEXPECTED,
                subject=f"{one.node_id}/{one.reference}",
                detail=_detail(one),
                suggested_command=one.suggested_command,
                at=unit.at,
                order_id=one.order_id,
            )
            for goods_id, one in kept
        ],
    )


def _detail(one: Unexpected) -> str:
    what = f"{one.quantity} units of {one.sku}" if one.sku else f"{one.quantity} units that nobody could name"
    where = "they are in quarantine" if one.sku else "they wait there"
    return f"{one.why}: {what} came to {one.node_id} and no return expects them; {where}. Find out whose they are."

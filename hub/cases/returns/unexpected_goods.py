"""Keeping goods that came and that no return expects: in quarantine where they lie, with an exception that asks whose.

Nothing that has really moved is lost: a SKU that the catalog does not know becomes a draft item, and goods of which
nobody can tell what they are have their exception alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from hub.cases.context import FlowContext
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


async def keep(flow: FlowContext, goods: Sequence[Unexpected]) -> None:
    """Keeps goods, each once per node and reference."""
    if not goods:
        return
    named = [(flow.new_id(), good) for good in goods]
    new = await returns.add_unexpected(flow.tx, named)
    kept = [(goods_id, one) for goods_id, one in named if goods_id in new]
    await catalog.draft(flow.tx, sorted({one.sku for _, one in kept if one.sku}), at=flow.at)
    changes = [
        ConditionedChange(one.sku, one.node_id, Condition.QUARANTINE, one.quantity, CAUSE, goods_id)
        for goods_id, one in kept
        if one.sku
    ]
    await inventory.change_conditioned(flow.tx, [changes] if changes else [], at=flow.at)
    await exceptions.open_all(
        flow.tx,
        [
            raised(
                exception_id=derived(goods_id, "unexpected"),
                reason=ExceptionReason.RETURN_UNEXPECTED,
                subject=f"{one.node_id}/{one.reference}",
                detail=_detail(one),
                suggested_command=None,
                at=flow.at,
                order_id=one.order_id,
            )
            for goods_id, one in kept
        ],
    )


def _detail(unexpected: Unexpected) -> str:
    what = (
        f"{unexpected.quantity} units of {unexpected.sku}"
        if unexpected.sku
        else f"{unexpected.quantity} units that nobody could name"
    )
    where = "they are in quarantine" if unexpected.sku else "they wait there"
    return (
        f"{unexpected.why}: {what} came to {unexpected.node_id} and no return expects them; {where}."
        " Find out whose they are."
    )

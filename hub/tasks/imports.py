"""The task that settles what is owed for the import of parcels that left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hub.database.tx import Tx
from hub.flows.money.settle_consignments import settle_consignments
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.tasks import SettleConsignment
from hub.work.handlers import Messages, Refused, Task, flow_task


def handlers(surroundings: Surroundings) -> list[Task]:
    """Return the task; a parcel that no trade rule covers is a dead letter, retried once the rules are loaded."""

    async def settle(tx: Tx, messages: Messages[SettleConsignment], _: Sequence[Any], __: Instant) -> Refused:
        flow = await surroundings.flow_context(tx, HUB, causes={}, last=False)
        answers = await settle_consignments(flow, [(one.payload.order_id, one.payload.shipment_id) for one in messages])
        surroundings.record(flow.touched)
        return answers

    return [flow_task(SettleConsignment, settle)]

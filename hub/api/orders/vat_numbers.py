"""VatNumberService: the VAT numbers of payers who owe the tax."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from crossdock.trade.v1 import vat_numbers_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.repeats import order_not_found
from hub.cases.context import FlowContext
from hub.flows.orders.check_vat_numbers import VatNumberToCheck, check_again
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal
from hub.orders import operations as orders
from hub.trade import operations as trade
from hub.trade.errors import VatNumberNotStated
from hub.trade.model.vat_numbers import VatNumberCheck
from hub.wire.papers.vat_numbers import check_to_pb
from hub.wire.vat import vat_number_from_text


def _outcome(check: VatNumberCheck) -> Stored:
    return {"order_id": str(check.order_id)}


async def _standing(flow: FlowContext, stored: Sequence[Stored]) -> list[VatNumberCheck | Refusal]:
    ids = [UUID(one["order_id"]) for one in stored]
    seen = await orders.load(flow.tx, flow.scope, sorted(set(ids)), lock=False)
    known = await trade.vat_checks(flow.tx, seen)
    return [known.get(order_id) or order_not_found(order_id) for order_id in ids]


CHECK_AGAIN: Final[Change[VatNumberToCheck, VatNumberCheck]] = Change(
    "CheckVatNumber", check_again, _outcome, _standing, order_of=lambda command: command.order_id
)


class VatNumberService:
    """Checks of VAT numbers."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def GetVatNumberCheck(self, request: pb.GetVatNumberCheckRequest, call: Call) -> pb.GetVatNumberCheckResponse:
        """Returns the check of an order."""
        order_id = UUID(request.order_id)
        async with self._deps.database.reading() as tx:
            if not await orders.load(tx, call.scope, [order_id], lock=False):
                raise order_not_found(order_id)
            check = (await trade.vat_checks(tx, [order_id])).get(order_id)
        if check is None:
            raise VatNumberNotStated(
                "The seller owes the tax on this order; no VAT number is checked.", order_id=order_id
            )
        return pb.GetVatNumberCheckResponse(check=check_to_pb(check))

    async def CheckVatNumber(self, request: pb.CheckVatNumberRequest, call: Call) -> pb.CheckVatNumberResponse:
        """Has a number looked up again."""
        asked = VatNumberToCheck(UUID(request.order_id), vat_number_from_text(request.vat_number, field="vat_number"))
        check = await self._deps.gate.run(CHECK_AGAIN, call.asked(request, request.request_id), asked)
        return pb.CheckVatNumberResponse(check=check_to_pb(check))

"""An adapter's credential names its accounts: it acts for these, whatever places it sees, and for no others."""

from __future__ import annotations

from uuid import UUID, uuid4

import grpc
import pytest

from crossdock.adapter.v1 import state_pb2
from crossdock.inbox.v1 import inbox_pb2
from crossdock.payments.v1 import payments_pb2
from hub.payments.model import TransactionState
from tests.unit.api.serving import Served, placing, refusal


async def reported(hub: Served, principal: str) -> payments_pb2.PaymentEventResult:
    """What an adapter is answered that reports an authorization at the account `cards`."""
    order = (await hub.rpc("OrderService.PlaceOrder", "channel")(placing())).order
    (asked,) = (await hub.world.case(UUID(order.order_id))).payments.transactions
    request = payments_pb2.ReportPaymentEventsRequest(request_id=str(uuid4()))
    kind = payments_pb2.PAYMENT_EVENT_KIND_AUTHORIZED
    request.events.add(transaction_id=str(asked.transaction_id), kind=kind, provider_reference="pi_1")
    result: payments_pb2.PaymentEventResult
    (result,) = (await hub.rpc("PaymentService.ReportPaymentEvents", principal)(request)).results
    return result


async def test_a_provider_reports_what_happened_at_its_account_whatever_places_it_sees(hub: Served) -> None:
    result = await reported(hub, "provider")
    assert result.transaction.state == payments_pb2.TRANSACTION_STATE_SUCCEEDED, result


async def test_what_happens_at_another_account_is_as_unknown_to_it_as_what_is_not_there(hub: Served) -> None:
    result = await reported(hub, "adapter:double_channel")

    assert result.parked_event.kind == "PAYMENT_EVENT"
    (case,) = [await hub.world.case(row["order_id"]) for row in await hub.world.rows("SELECT order_id FROM orders")]
    assert [asked.state for asked in case.payments.transactions] == [TransactionState.REQUESTED]


@pytest.mark.parametrize("account", ["wms", "cards"])
async def test_an_adapter_neither_remembers_nor_hands_in_for_another_account(hub: Served, account: str) -> None:
    asked = state_pb2.GetStateRequest(account_id=account, key="cursor")
    document = inbox_pb2.ReceiveRequest(account_id=account, name="a", media_type="text/csv", content=b"sku")
    with pytest.raises(grpc.aio.AioRpcError) as remembering:
        await hub.rpc("AdapterStateService.GetState", "adapter:double_channel")(asked)
    with pytest.raises(grpc.aio.AioRpcError) as handing_in:
        await hub.rpc("InboxService.Receive", "adapter:double_channel")(document)

    assert refusal(remembering.value)[0] is grpc.StatusCode.PERMISSION_DENIED
    assert refusal(handing_in.value)[1] == "UNKNOWN_CHANNEL"

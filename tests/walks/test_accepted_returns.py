"""What is stated with returns, credits, exchanges and policies changes what is offered, given and put on shelves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import grpc
import pytest

from crossdock.orders.v1 import orders_pb2
from crossdock.returns.v1 import returns_pb2 as pb
from tests.unit.api.serving import Served, euros
from tests.walks.outside import listening
from tests.walks.returning import collected, delivered, permitted, put_away, received, scanned, sent

POLICY: Final[dict[str, Any]] = {"policy_id": "usual", "window_days": 30, "return_days": 30, "fees": [euros(4)]}
NEVER: Final = pb.RefusalRule(when="true", message="Shirts are made to measure.")


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {"channel_ids": ["WEB-DE"]}),
        ({}, {"return_days": 3}),
        ({}, {"shipping": pb.SHIPPING_REFUND_WHEN_ALL_RETURNED}),
        ({"refusals": [NEVER]}, {"refusals": [pb.RefusalRule(when="true", message="Keep it.")]}),
    ],
)
async def test_what_a_policy_states_otherwise_changes_what_is_offered(
    hub: Served, given: dict[str, Any], changes: dict[str, Any]
) -> None:
    order = await delivered(hub)
    offers = []
    for policy in (given, given | changes):
        request = pb.PutReturnPoliciesRequest(request_id=str(uuid4()), policies=[pb.ReturnPolicy(**POLICY | policy)])
        await hub.rpc("ReturnService.PutReturnPolicies")(request)
        offers.append(await offered(hub, order, pb.RETURN_REASON_WRONG_SIZE))

    assert offers[0] != offers[1]


async def test_what_does_not_come_back_in_the_days_of_its_policy_expires(hub: Served) -> None:
    order = await delivered(hub)
    policy = pb.ReturnPolicy(**POLICY | {"return_days": 3})
    await hub.rpc("ReturnService.PutReturnPolicies")(
        pb.PutReturnPoliciesRequest(request_id=str(uuid4()), policies=[policy])
    )
    known = pb.GetReturnRequest(return_id=await permitted(hub, order.order_id))

    states = []
    for days in (2, 2):
        await hub.world.advance(timedelta(days=days))
        states.append((await hub.rpc("ReturnService.GetReturn")(known)).rma.state)

    assert states == [pb.RETURN_STATE_AUTHORIZED, pb.RETURN_STATE_EXPIRED]


async def test_a_fee_is_taken_for_the_reason_that_the_customer_states(hub: Served) -> None:
    order = await delivered(hub)
    policy = pb.PutReturnPoliciesRequest(request_id=str(uuid4()), policies=[pb.ReturnPolicy(**POLICY)])
    await hub.rpc("ReturnService.PutReturnPolicies")(policy)

    offers = [await offered(hub, order, reason) for reason in (pb.RETURN_REASON_WRONG_SIZE, pb.RETURN_REASON_DEFECTIVE)]

    assert [offer[0] for offer in offers] == [euros(96), euros(100)]


async def test_another_total_than_the_customer_agreed_to_is_refused(hub: Served) -> None:
    order = await delivered(hub)
    request = pb.AuthorizeReturnsRequest(request_id=str(uuid4()))
    for units in (49, 50):
        draft = request.drafts.add(order_id=order.order_id, agreed_total=euros(units))
        draft.lines.add(line_number=1, quantity=1)

    results = (await hub.rpc("ReturnService.AuthorizeReturns")(request)).results

    assert [result.WhichOneof("outcome") for result in results] == ["refusal", "rma"]


async def test_the_difference_of_an_exchange_is_asked_of_the_instrument_that_is_stated(hub: Served) -> None:
    order = await delivered(hub)
    request = pb.AuthorizeReturnsRequest()
    draft = request.drafts.add(order_id=order.order_id, resolution=pb.MONEY_RESOLUTION_EXCHANGE)
    draft.lines.add(line_number=1, quantity=1)
    draft.exchange.lines.add(sku="SHIRT", quantity=1, unit_price=euros(80))
    draft.exchange.advance, draft.exchange.instrument_token = True, "tok_77"

    with listening() as outside:
        await sent(hub, "ReturnService.AuthorizeReturns", request)
        await hub.world.settle()

    assert outside.readers("tok_77") == {"payment.Authorize"}


@pytest.mark.parametrize(
    ("resolution", "refunded"),
    [(pb.MONEY_RESOLUTION_REFUND, ["7.00"]), (pb.MONEY_RESOLUTION_STORE_CREDIT, [])],
)
async def test_a_credit_is_paid_as_its_resolution_says(
    hub: Served, resolution: pb.MoneyResolution, refunded: list[str]
) -> None:
    order = await delivered(hub)
    request = pb.GrantCreditsRequest()
    request.credits.add(order_id=order.order_id, amount=euros(7), reason="Came late.", resolution=resolution)

    await sent(hub, "ReturnService.GrantCredits", request)
    await hub.world.settle()

    assert hub.world.money("payment.refund") == refunded


@pytest.mark.parametrize(("disposition", "more"), [(pb.DISPOSITION_RESTOCK, 1), (pb.DISPOSITION_DONATE, 0)])
async def test_a_unit_is_for_sale_again_where_its_disposition_says_so(
    hub: Served, disposition: pb.Disposition, more: int
) -> None:
    order = await delivered(hub)
    before, _, _ = await hub.world.on_shelf("SHIRT", "DC-NL")
    known = await permitted(hub, order.order_id)
    await received(hub, known)

    await put_away(hub, known, disposition)

    assert (await hub.world.on_shelf("SHIRT", "DC-NL"))[0] == before + more


async def test_what_came_instead_is_named_to_a_person(hub: Served) -> None:
    order = await delivered(hub)

    await received(hub, await permitted(hub, order.order_id), pb.RECEIPT_OUTCOME_WRONG_ITEM, found_sku="BRICK")

    (told,) = await hub.world.rows("SELECT detail FROM exception_record WHERE reason = 'RETURN_UNEXPECTED'")
    assert "1 units of BRICK came to DC-NL" in told["detail"]


async def test_a_scan_under_another_reference_takes_another_unit(hub: Served) -> None:
    order = await delivered(hub)
    tote_id, code = await collected(hub, await permitted(hub, order.order_id, 2))

    totes = [await scanned(hub, tote_id, code, scan_reference) for scan_reference in ("S-1", "S-1", "S-2")]

    assert [tote.quantity for tote in totes] == [1, 1, 2]


async def offered(hub: Served, order: orders_pb2.Order, reason: pb.ReturnReason) -> list[Any]:
    """Return what the customer is offered for all units, or why nothing."""
    draft = pb.ReturnDraft(order_id=order.order_id)
    draft.lines.add(line_number=1, quantity=2, reason=reason)
    try:
        preview = await hub.rpc("ReturnService.PreviewReturn")(pb.PreviewReturnRequest(draft=draft))
    except grpc.aio.AioRpcError as error:
        return [error.details()]
    return [preview.total, preview.return_by_time]

"""What customers see and do of their own orders, by the flows that staff use and within the rules for customers."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import grpc
import pytest

from crossdock.customers.v1 import customers_pb2 as pb
from crossdock.orders.v1 import change_service_pb2, order_service_pb2
from crossdock.returns.v1 import returns_pb2
from hub.api.customers.told import as_told
from hub.changes.model import Requester
from hub.holds.errors import BlockedByHold
from hub.network.model import ChangeTerms
from hub.slices.lifecycle import SliceState
from hub.wire.customers.own_orders import PROGRESS
from tests.support.changes import propose
from tests.support.drafts import item
from tests.unit.api.customers.doors import ALL_ALLOWED, new_id, refused, session_of
from tests.unit.api.serving import Served, euros, placing

LATE = {"wms": {"acknowledge_after_minutes": 30}}
NOT_FOUND = (grpc.StatusCode.NOT_FOUND, "CUSTOMER_NOT_FOUND")


async def test_an_order_is_shown_without_what_is_not_its_customers(hub: Served) -> None:
    placed = await hub.place(gift_message="For Bob")
    await hub.world.advance(timedelta(days=3))
    session = await session_of(hub)

    shown = (
        await hub.rpc("CustomerService.TrackOrder", session.token)(pb.TrackOrderRequest(order_id=placed.order_id))
    ).order

    (line,), (parcel,) = shown.lines, shown.parcels
    assert (line.sku, line.quantity, line.line_total) == ("SHIRT", 2, euros(100))
    assert [(one.progress, one.quantity) for one in line.units] == [(pb.OWN_PROGRESS_DELIVERED, 2)]
    assert shown.grand_total == euros(105)
    assert shown.gift_message == "For Bob"
    assert (parcel.lines[0].quantity, bool(parcel.tracking_number)) == (2, True)
    assert parcel.deliver_time.seconds > parcel.ship_time.seconds
    text = str(shown)
    case = await hub.world.case(UUID(placed.order_id))
    inward = {
        case.shipments[0].node_id,
        "Visser",
        "ada@",
        "Keizersgracht",
        "tok_visa",
        str(case.order.customer_party_id),
    }
    assert not [one for one in inward if one in text]


def test_every_state_of_units_is_told() -> None:
    assert set(PROGRESS) == set(SliceState)
    assert set(PROGRESS.values()) == set(pb.OwnProgress.values()) - {0}


async def test_a_customer_changes_an_order_within_the_rule_and_sets_no_price(hub: Served) -> None:
    await hub.world.network(channel={"change_terms": ALL_ALLOWED}, profiles=LATE)
    placed = await hub.place()
    session = await session_of(hub)
    asked = pb.ProposeOwnChangeRequest(
        request_id=new_id(), order_id=placed.order_id, lines=[{"line_number": 1, "quantity": 3}]
    )

    change = (await hub.rpc("CustomerService.ProposeOwnChange", session.token)(asked)).change
    done = await hub.rpc("CustomerService.ConfirmOwnChange", session.token)(
        pb.ConfirmOwnChangeRequest(request_id=new_id(), order_id=placed.order_id, change_id=change.change_id)
    )

    assert (change.preview.total_before, change.preview.total_after) == (euros(105), euros(155))
    assert done.change.state == change_service_pb2.CHANGE_STATE_CONFIRMED
    assert sum(one.quantity for one in done.order.lines) == 3
    (kept,) = await hub.world.rows("SELECT document->>'requested_by' AS who FROM order_change")
    assert kept["who"] == "CUSTOMER"


async def test_a_customer_confirms_no_change_that_staff_proposed(hub: Served) -> None:
    await hub.world.network(channel={"change_terms": ALL_ALLOWED}, profiles=LATE)
    placed = await hub.place()
    session = await session_of(hub)
    by_staff = await propose(hub.world, UUID(placed.order_id), quantities=((1, 3),), requested_by=Requester.STAFF)

    told = await refused(
        hub.rpc("CustomerService.ConfirmOwnChange", session.token),
        pb.ConfirmOwnChangeRequest(request_id=new_id(), order_id=placed.order_id, change_id=str(by_staff.change_id)),
    )

    assert told[:2] == NOT_FOUND


@pytest.mark.parametrize("rule", ["", "change.removed_units == 0", "change.total_after_minor > 5500"])
async def test_a_customer_cancels_within_the_rule(hub: Served, rule: str) -> None:
    await hub.world.network(channel={"change_terms": ALL_ALLOWED}, profiles=LATE)
    placed = await hub.place()
    session = await session_of(hub)
    cancel = hub.rpc("CustomerService.CancelOwnLines", session.token)
    one_unit = [{"line_number": 1, "quantity": 1}]

    first = await cancel(pb.CancelOwnLinesRequest(request_id=new_id(), order_id=placed.order_id, lines=one_unit))
    await hub.world.network(channel={"change_terms": ChangeTerms(customer_rule=rule)}, profiles=LATE)
    told = await refused(cancel, pb.CancelOwnLinesRequest(request_id=new_id(), order_id=placed.order_id))

    assert first.canceled_quantity + first.requested_quantity == 1
    assert told == (
        grpc.StatusCode.FAILED_PRECONDITION,
        "CHANGE_NOT_ALLOWED",
        "The shop does not allow this, or not any more; ask the shop.",
    )
    by_staff = order_service_pb2.CancelLinesRequest(request_id=new_id(), order_id=placed.order_id, reason="by staff")
    answer = await hub.rpc("OrderService.CancelLines", "service")(by_staff)
    assert answer.canceled_quantity + answer.requested_quantity == 1


async def test_a_customer_sends_goods_back_and_takes_that_back(hub: Served) -> None:
    placed = await hub.place()
    await hub.world.advance(timedelta(days=3))
    session = await session_of(hub)
    draft = pb.OwnReturnDraft(lines=[{"line_number": 1, "quantity": 1, "reason": "RETURN_REASON_WRONG_SIZE"}])

    preview = await hub.rpc("CustomerService.PreviewOwnReturn", session.token)(
        pb.PreviewOwnReturnRequest(order_id=placed.order_id, draft=draft)
    )
    draft.agreed_total.CopyFrom(preview.total)
    back = (
        await hub.rpc("CustomerService.RequestOwnReturn", session.token)(
            pb.RequestOwnReturnRequest(request_id=new_id(), order_id=placed.order_id, draft=draft)
        )
    ).rma

    assert preview.total == euros(50)
    assert back.state == returns_pb2.RETURN_STATE_AUTHORIZED
    shown = await hub.rpc("CustomerService.TrackOrder", session.token)(pb.TrackOrderRequest(order_id=placed.order_id))
    assert [one.return_id for one in shown.order.returns] == [back.return_id]
    assert {one.progress for one in shown.order.lines[0].units} == {
        pb.OWN_PROGRESS_DELIVERED,
        pb.OWN_PROGRESS_RETURNING,
    }
    taken = await hub.rpc("CustomerService.CancelOwnReturn", session.token)(
        pb.CancelOwnReturnRequest(request_id=new_id(), order_id=placed.order_id, return_id=back.return_id)
    )
    assert taken.rma.state == returns_pb2.RETURN_STATE_CANCELED


async def test_a_customer_exchanges_goods_at_their_list_price(hub: Served) -> None:
    request = placing()
    request.order.lines[0].unit_price.CopyFrom(euros(25))
    placed = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order
    await hub.world.advance(timedelta(days=3))
    session = await session_of(hub)
    draft = pb.OwnReturnDraft(
        lines=[{"line_number": 1, "quantity": 1}],
        resolution=returns_pb2.MONEY_RESOLUTION_EXCHANGE,
        exchange_goods=[{"sku": "SHIRT", "quantity": 1}],
    )

    back = await hub.rpc("CustomerService.RequestOwnReturn", session.token)(
        pb.RequestOwnReturnRequest(request_id=new_id(), order_id=placed.order_id, draft=draft)
    )

    assert back.rma.resolution == returns_pb2.MONEY_RESOLUTION_EXCHANGE
    (kept,) = await hub.world.rows("SELECT document->'exchange'->'lines' AS lines FROM return_authorization")
    assert [(one["sku"], one.get("unit_price")) for one in kept["lines"]] == [("SHIRT", None)]


async def test_a_customer_withdraws_in_two_steps_and_gets_the_receipt(hub: Served) -> None:
    placed = await hub.place()
    await hub.world.advance(timedelta(days=3))
    session = await session_of(hub)

    right = (
        await hub.rpc("CustomerService.GetOwnWithdrawalRight", session.token)(
            pb.GetOwnWithdrawalRightRequest(order_id=placed.order_id)
        )
    ).right
    stated = (
        await hub.rpc("CustomerService.ConfirmOwnWithdrawal", session.token)(
            pb.ConfirmOwnWithdrawalRequest(
                request_id=new_id(), order_id=placed.order_id, lines=[{"line_number": 1, "quantity": 1}]
            )
        )
    ).withdrawal

    assert (right.open, right.country_code, right.lines[0].quantity) == (True, "NL", 2)
    assert "1 of SHIRT (line 1)" in stated.receipt
    assert stated.return_id
    await hub.world.settle()
    assert hub.world.notices("WITHDRAWAL_CONFIRMED") == ["WITHDRAWAL_CONFIRMED"]


async def test_a_line_that_is_not_there_is_the_customers_own_mistake(hub: Served) -> None:
    await hub.world.network(channel={"change_terms": ALL_ALLOWED}, profiles=LATE)
    placed = await hub.place()
    session = await session_of(hub)

    told = await refused(
        hub.rpc("CustomerService.CancelOwnLines", session.token),
        pb.CancelOwnLinesRequest(
            request_id=new_id(), order_id=placed.order_id, lines=[{"line_number": 7, "quantity": 1}]
        ),
    )

    assert told == (grpc.StatusCode.NOT_FOUND, "ORDER_LINE_NOT_FOUND", "The order has no such line.")


def test_what_staff_noted_is_not_told() -> None:
    told = as_told(BlockedByHold("A FRAUD hold blocks refunds: he is known to us.", hold_id="1"))

    assert told.reason == "CUSTOMER_ACTION_NOT_POSSIBLE"
    assert (told.message, told.metadata) == ("This cannot be done for the order now; ask the shop.", {})


async def test_what_customers_do_is_kept_under_the_name_of_their_order(hub: Served) -> None:
    placed = await hub.place()
    session = await session_of(hub)

    scope = {
        row["principal"] for row in await hub.world.rows("SELECT principal FROM request WHERE rpc = 'OpenSession'")
    }
    assert scope == {"shop-page"}
    await hub.rpc("CustomerService.EndSessions", session.token)(pb.EndSessionsRequest(request_id=new_id()))
    (row,) = await hub.world.rows("SELECT principal FROM request WHERE rpc = 'EndSessions'")
    assert row["principal"] == f"customer:order:{placed.order_id}"


async def test_a_change_carries_what_the_customer_states(hub: Served) -> None:
    await hub.world.network(channel={"change_terms": ALL_ALLOWED}, profiles=LATE)
    await hub.world.stock("CUP", "DC-NL", 5)
    await hub.world.items(item("CUP", "7.00"))
    placed = await hub.place()
    issued = pb.IssueSessionRequest(request_id=new_id(), order_id=placed.order_id)
    session = (await hub.rpc("CustomerService.IssueSession", "channel")(issued)).session
    looked_at = (
        await hub.rpc("CustomerService.TrackOrder", session.token)(pb.TrackOrderRequest(order_id=placed.order_id))
    ).order
    propose_change = hub.rpc("CustomerService.ProposeOwnChange", session.token)
    stated = pb.ProposeOwnChangeRequest(
        request_id=new_id(),
        order_id=placed.order_id,
        added_goods=[{"sku": "CUP", "quantity": 2}],
        gift_message="For Bob",
        delivery_instructions="Ring twice",
        order_version=looked_at.version,
    )

    change = (await propose_change(stated)).change
    await hub.rpc("CustomerService.ConfirmOwnChange", session.token)(
        pb.ConfirmOwnChangeRequest(request_id=new_id(), order_id=placed.order_id, change_id=change.change_id)
    )

    shown = (
        await hub.rpc("CustomerService.TrackOrder", session.token)(pb.TrackOrderRequest(order_id=placed.order_id))
    ).order
    assert [(one.sku, one.quantity) for one in shown.lines] == [("SHIRT", 2), ("CUP", 2)]
    assert shown.lines[1].line_total == euros(14)
    assert (shown.gift_message, shown.delivery_instructions) == ("For Bob", "Ring twice")
    stated.request_id = new_id()
    assert (await refused(propose_change, stated))[1] == "CHANGE_OUTDATED"


async def test_another_total_than_the_customer_agreed_to_is_refused(hub: Served) -> None:
    placed = await hub.place()
    await hub.world.advance(timedelta(days=3))
    session = await session_of(hub)
    draft = pb.OwnReturnDraft(lines=[{"line_number": 1, "quantity": 1}], agreed_total=euros(49))

    told = await refused(
        hub.rpc("CustomerService.RequestOwnReturn", session.token),
        pb.RequestOwnReturnRequest(request_id=new_id(), order_id=placed.order_id, draft=draft),
    )

    assert told[1] == "RETURN_PREVIEW_OUTDATED"

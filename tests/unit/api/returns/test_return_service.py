"""ReturnService over gRPC: from preview to disposition, as a shop, a warehouse and a service desk ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest
from google.type import money_pb2

from crossdock.common.v1 import errors_pb2
from crossdock.common.v1.refusal_pb2 import PageRequest
from crossdock.orders.v1 import orders_pb2
from crossdock.payments.v1 import payments_pb2
from crossdock.returns.v1 import returns_pb2 as pb
from hub.api.setup.trade import LOAD_RULES, RuleSet
from hub.cases.returns.return_cases import ReturnResult, read_returns
from hub.database.tx import Tx
from hub.trade.operations import default_files
from tests.unit.api.serving import Served, euros, refusal


async def delivered(hub: Served, quantity: int = 2) -> orders_pb2.Order:
    """An order of shirts at 50.00 and 5.00 of shipping, delivered."""
    order = await hub.place(quantity=quantity)
    await hub.world.advance(timedelta(days=2))
    return order


def drafted(order: orders_pb2.Order, quantity: int = 1, **changes: Any) -> pb.ReturnDraft:
    line = pb.ReturnLineDraft(line_number=1, quantity=quantity, reason=pb.RETURN_REASON_WRONG_SIZE)
    return pb.ReturnDraft(order_id=order.order_id, lines=[line], **changes)


async def authorized(hub: Served, *drafts: pb.ReturnDraft, request_id: str = "") -> list[pb.ReturnResult]:
    request = pb.AuthorizeReturnsRequest(request_id=request_id or str(uuid4()), drafts=drafts)
    answer = await hub.rpc("ReturnService.AuthorizeReturns", "channel")(request)
    return list(answer.results)


async def acted(
    hub: Served, rpc: str, name: str, *elements: Any, principal: str = "warehouse"
) -> list[pb.ReturnResult]:
    """Has something done with returns by an rpc whose elements stand in a field."""
    request = getattr(pb, f"{rpc}Request")(request_id=str(uuid4()), **{name: elements})
    answer = await hub.rpc(f"ReturnService.{rpc}", principal)(request)
    return list(answer.results)


async def test_a_return_is_previewed_authorized_received_inspected_and_put_away(hub: Served) -> None:
    order = await delivered(hub)
    preview = await hub.rpc("ReturnService.PreviewReturn", "channel")(pb.PreviewReturnRequest(draft=drafted(order)))
    assert (preview.total.units, preview.shares[0].kind, preview.policy_id) == (50, "CARD", "default")

    (result,) = await authorized(hub, drafted(order, agreed_total=preview.total))
    known = result.rma.return_id
    assert result.rma.state == pb.RETURN_STATE_AUTHORIZED
    (moving,) = await acted(hub, "RecordReturnsInTransit", "return_ids", known)
    assert moving.rma.lines[0].slices[0].state == orders_pb2.SLICE_STATE_RETURN_IN_TRANSIT
    came = pb.ReceivedUnits(line_number=1, quantity=1, outcome=pb.RECEIPT_OUTCOME_AS_EXPECTED)
    receipt = pb.ReturnReceipt(return_id=known, receipt_reference="R-1", node_id="DC-NL", units=[came])
    (received,) = await acted(hub, "ReceiveReturns", "receipts", receipt)
    assert received.rma.state == pb.RETURN_STATE_RECEIVED
    found = pb.InspectedUnits(
        line_number=1, quantity=1, verdict=pb.INSPECTION_VERDICT_ACCEPTED_REDUCED, reduction=euros(10), note="A stain."
    )
    inspection = pb.ReturnInspection(return_id=known, report_reference="I-1", units=[found])
    (inspected,) = await acted(hub, "InspectReturns", "inspections", inspection)
    assert inspected.rma.credits[0].total.units == 40
    put = pb.DisposedUnits(line_number=1, quantity=1, disposition=pb.DISPOSITION_OPEN_BOX)
    disposition = pb.ReturnDisposition(return_id=known, report_reference="D-1", units=[put])
    (closed,) = await acted(hub, "DisposeReturns", "dispositions", disposition)
    await hub.world.settle()

    assert closed.rma.state == pb.RETURN_STATE_CLOSED
    shown = (await hub.rpc("ReturnService.GetReturn", "viewer")(pb.GetReturnRequest(return_id=known))).rma
    assert [one.report_reference for one in shown.dispositions] == ["D-1"]
    assert (shown.inspections[0].units[0].note, shown.receipts[0].node_id) == ("A stain.", "DC-NL")
    money = await hub.rpc("PaymentService.GetPayments", "viewer")(
        payments_pb2.GetPaymentsRequest(order_id=order.order_id)
    )
    assert (money.captured.units, money.credited.units, money.refunded.units) == (105, 40, 40)


async def test_what_a_return_brings_is_shown_in_another_currency_by_the_rate_of_the_day(hub: Served) -> None:
    order = await delivered(hub)
    files = dict(default_files())
    files["exchange_rates.csv"] += "gbp-eur,GBP,EUR,1.25,2026-01-01,,eu-relief-150\n"
    await hub.world.ask(LOAD_RULES, RuleSet(files))
    rpc = hub.rpc("ReturnService.PreviewReturn", "channel")

    shown = await rpc(pb.PreviewReturnRequest(draft=drafted(order), shown_currency_code="GBP"))
    same = await rpc(pb.PreviewReturnRequest(draft=drafted(order), shown_currency_code="EUR"))
    with pytest.raises(grpc.aio.AioRpcError) as missing:
        await rpc(pb.PreviewReturnRequest(draft=drafted(order), shown_currency_code="CHF"))
    with pytest.raises(grpc.aio.AioRpcError) as unknown:
        await rpc(pb.PreviewReturnRequest(draft=drafted(order), shown_currency_code="XXX"))

    assert (shown.total, shown.shown_total) == (euros(50), money_pb2.Money(currency_code="GBP", units=40))
    assert (shown.shown_rate, shown.shown_rate_rule_id) == ("0.8", "gbp-eur")
    assert (same.shown_total, same.shown_rate, same.shown_rate_rule_id) == (euros(50), "1", "")
    assert refusal(missing.value)[1] == "EXCHANGE_RATE_MISSING"
    assert refusal(unknown.value)[2] == ["shown_currency_code"]


async def test_each_return_of_a_request_is_answered_for_itself_and_a_repeat_alike(hub: Served) -> None:
    order = await delivered(hub)
    key, drafts = str(uuid4()), (drafted(order), drafted(order, 5))

    first = await authorized(hub, *drafts, request_id=key)
    again = await authorized(hub, *drafts, request_id=key)

    assert [one.WhichOneof("outcome") for one in first] == ["rma", "refusal"]
    assert first[1].refusal.reason == errors_pb2.ERROR_REASON_UNITS_NOT_DELIVERED
    assert list(again) == list(first)


async def test_returns_are_listed_by_page_state_and_order(hub: Served) -> None:
    order = await delivered(hub)
    results = await authorized(hub, drafted(order), drafted(order))
    await acted(hub, "CancelReturns", "return_ids", results[0].rma.return_id, principal="channel")
    listing = hub.rpc("ReturnService.ListReturns", "service")

    page = await listing(pb.ListReturnsRequest(order_id=order.order_id, page=PageRequest(page_size=1)))
    rest = await listing(
        pb.ListReturnsRequest(order_id=order.order_id, page=PageRequest(page_token=page.next_page_token))
    )
    canceled = await listing(pb.ListReturnsRequest(state=pb.RETURN_STATE_CANCELED))

    listed = {one.return_id for one in (*page.returns, *rest.returns)}
    assert listed == {one.rma.return_id for one in results}
    assert [one.return_id for one in canceled.returns] == [results[0].rma.return_id]


async def test_a_return_that_cannot_be_read_does_not_end_the_list(hub: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    order = await delivered(hub, quantity=3)
    await authorized(hub, drafted(order), drafted(order), drafted(order))
    listing = hub.rpc("ReturnService.ListReturns", "service")
    page = await listing(pb.ListReturnsRequest(page=PageRequest(page_size=3)))
    newest = page.returns[0].return_id

    async def read(tx: Tx, order_of: Mapping[UUID, UUID]) -> dict[UUID, ReturnResult]:
        return await read_returns(tx, {one: order_id for one, order_id in order_of.items() if str(one) != newest})

    monkeypatch.setattr("hub.api.returns.returns.read_returns", read)
    first = await listing(pb.ListReturnsRequest(page=PageRequest(page_size=2)))
    second = await listing(pb.ListReturnsRequest(page=PageRequest(page_size=2, page_token=first.next_page_token)))

    assert [one.return_id for one in (*first.returns, *second.returns)] == [one.return_id for one in page.returns[1:]]


async def test_a_node_sees_the_returns_it_expects_and_no_others(hub: Served) -> None:
    order = await delivered(hub)
    (elsewhere,) = await authorized(hub, drafted(order))
    (expected,) = await authorized(hub, drafted(order, node_id="ST-LON"))

    seen = await hub.rpc("ReturnService.ListReturns", "other-node")(pb.ListReturnsRequest())

    assert [one.return_id for one in seen.returns] == [expected.rma.return_id]
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("ReturnService.GetReturn", "other-node")(pb.GetReturnRequest(return_id=elsewhere.rma.return_id))
    assert refusal(refused.value)[:2] == (grpc.StatusCode.NOT_FOUND, "RETURN_NOT_FOUND")


async def test_money_without_goods_is_given_by_the_service_desk(hub: Served) -> None:
    order = await delivered(hub)
    draft = pb.CreditDraft(order_id=order.order_id, amount=euros(7), reason="Came late.")
    request = pb.GrantCreditsRequest(request_id=str(uuid4()), credits=[draft])

    first = await hub.rpc("ReturnService.GrantCredits", "service")(request)
    again = await hub.rpc("ReturnService.GrantCredits", "service")(request)

    assert first.results[0].credit.total == euros(7)
    assert again.results[0].credit.credit_id == first.results[0].credit.credit_id


async def test_the_desk_gives_no_more_without_goods_than_its_channel_lets_and_an_administrator_may(hub: Served) -> None:
    await hub.world.network(channel={"appeasement_percent": 10})
    order = await delivered(hub)

    async def given(cents: int, principal: str = "service") -> pb.CreditResult:
        amount = money_pb2.Money(currency_code="EUR", units=cents // 100, nanos=cents % 100 * 10_000_000)
        draft = pb.CreditDraft(order_id=order.order_id, amount=amount, reason="Came late.")
        request = pb.GrantCreditsRequest(request_id=str(uuid4()), credits=[draft])
        (result,) = (await hub.rpc("ReturnService.GrantCredits", principal)(request)).results
        assert isinstance(result, pb.CreditResult)
        return result

    assert (await given(700)).credit.total == euros(7)
    over = (await given(351)).refusal
    assert over.reason == errors_pb2.ERROR_REASON_APPEASEMENT_LIMIT
    assert (over.metadata["possible_minor"], over.metadata["currency"]) == ("350", "EUR")
    assert (await given(350)).credit.total.nanos == 500_000_000
    assert (await given(1)).refusal.reason == errors_pb2.ERROR_REASON_APPEASEMENT_LIMIT
    assert (await given(2000, "admin")).credit.total == euros(20)


async def test_policies_with_a_rule_that_says_nothing_are_not_put(hub: Served) -> None:
    put = hub.rpc("ReturnService.PutReturnPolicies")
    rule = pb.RefusalRule(when="returned.sku == 'RING'", message="Rings are made to measure.")
    sound = pb.ReturnPolicy(policy_id="usual", window_days=14, return_days=21, refusals=[rule])
    broken = pb.ReturnPolicy(policy_id="usual", window_days=14, return_days=21)
    broken.refusals.add(when="returned.color == 'red'", message="No.")

    answered = await put(pb.PutReturnPoliciesRequest(request_id=str(uuid4()), policies=[sound]))
    assert answered.version == 1
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await put(pb.PutReturnPoliciesRequest(request_id=str(uuid4()), policies=[broken]))
    assert refusal(refused.value)[1] == "RULE_INVALID"
    with pytest.raises(grpc.aio.AioRpcError) as twice:
        await put(pb.PutReturnPoliciesRequest(request_id=str(uuid4()), policies=[sound, sound]))
    assert refusal(twice.value)[1] == "CONFIGURATION_INVALID"

    kept = await hub.rpc("ReturnService.GetReturnPolicies", "channel")(pb.GetReturnPoliciesRequest())
    assert (kept.version, kept.policies[0].refusals[0].message) == (1, "Rings are made to measure.")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"resolution": pb.MONEY_RESOLUTION_EXCHANGE}, "exchange"),
        ({"exchange": pb.ExchangeDraft(lines=[orders_pb2.OrderLineDraft(sku="SHIRT", quantity=1)])}, "exchange"),
    ],
)
async def test_parts_of_a_draft_that_contradict_each_other_are_named(
    hub: Served, changes: dict[str, Any], field: str
) -> None:
    order = await hub.place()

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await authorized(hub, drafted(order, **changes))

    status, reason, *_ = refusal(refused.value)
    assert (status, reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")
    assert field in (refused.value.details() or "")

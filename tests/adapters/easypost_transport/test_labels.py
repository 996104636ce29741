"""Labels are bought once, at the rate of their service, and read exactly; what EasyPost really said is read."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import grpc
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.easypost_transport.certification import Rehearsal, label_shipment, rehearsing
from adapters.easypost_transport.rehearsal import LABEL_HOST, Fault
from adapters.easypost_transport.shipments import bought_of, rates_of, refund_of
from adapters.sdk.http.failures import OutcomeUnknown
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2 as pb
from tests.adapters.easypost_transport.recorded import exchanges

NO_EXCHANGES = "nothing was replayed: set CROSSDOCK_PARTNER_CONTRACTS to the folder of partner contracts"


@pytest.fixture
async def on() -> AsyncIterator[Rehearsal]:
    """The adapter being served to an EasyPost of its own."""
    async with rehearsing() as rehearsal:
        yield rehearsal


def profile(request: Any, **changes: Any) -> Any:
    """A request under a profile with other settings."""
    request.call.profile_json = json.dumps({**json.loads(request.call.profile_json), **changes})
    return request


async def test_a_label_is_bought_at_the_cheapest_rate_of_its_service(on: Rehearsal) -> None:
    response = await on.stub.BuyLabel(on.label("k"))

    assert response.answer.outcome == call_pb2.OUTCOME_DONE
    assert (response.label.cost.currency_code, response.label.cost.units, response.label.cost.nanos) == (
        "USD",
        6,
        70_000_000,
    )
    assert (response.label.carrier_code, response.label.document[:4]) == ("USPS", b"%PDF")
    assert response.label.format == fulfillment_pb2.LABEL_FORMAT_PDF
    made = json.loads(on.easypost.requests[0].content)["shipment"]
    assert (made["reference"], made["parcel"], made["options"]) == ("k", {"weight": 15.4}, {"label_format": "PDF"})
    assert (made["to_address"]["state"], made["to_address"]["street1"]) == ("CA", "388 Townsend St")
    assert "authorization" not in on.easypost.requests[-1].headers
    assert await on.stub.BuyLabel(on.label("k")) == response
    assert on.easypost.labels == [("bought", label_shipment(on, "k"))]


async def test_a_service_has_the_name_and_carrier_that_the_account_says(on: Rehearsal) -> None:
    known = profile(on.label("k", "STD"), services={"STD": "Priority"}, carriers={"STD": "USPS"})
    other = profile(on.label("l", "STD"), services={"STD": "Priority"}, carriers={"STD": "UPS"})

    assert (await on.stub.BuyLabel(known)).label.cost.nanos == 420_000_000
    assert (await on.stub.BuyLabel(other)).answer.code == "SERVICE_NOT_OFFERED"


async def test_what_customs_must_know_goes_with_the_shipment(on: Rehearsal) -> None:
    request = profile(on.label("k", length_mm=254, width_mm=200, height_mm=100), customs_signer="Steve Brule")
    goods = request.customs.goods.add(description="Shirts", hs_code="610910", origin_country_code="PT", quantity=2)
    goods.net_grams, goods.value.units, goods.value.nanos, goods.value.currency_code = 312, 23, 250_000_000, "EUR"
    request.customs.incoterm, request.customs.registrations["IOSS"] = "DDP", "IM123"
    await on.stub.BuyLabel(request)

    made = json.loads(on.easypost.requests[0].content)["shipment"]
    assert made["parcel"] == {"length": 10.0, "width": 7.9, "height": 4.0, "weight": 15.4}
    assert made["options"] == {"label_format": "PDF", "incoterm": "DDP"}
    (item,) = made["customs_info"]["customs_items"]
    assert (item["value"], item["currency"], item["weight"], item["quantity"]) == ("23.25", "EUR", 11.1, 2)
    assert (item["hs_tariff_number"], item["origin_country"], item["description"]) == ("610910", "PT", "Shirts")
    assert (made["customs_info"]["customs_signer"], made["customs_info"]["customs_certify"]) == ("Steve Brule", True)
    assert [(one["tax_id_type"], one["tax_id"]) for one in made["tax_identifiers"]] == [("IOSS", "IM123")]


@pytest.mark.parametrize("change", [{"reference": "other"}, {"object": "Rate"}])
async def test_an_answer_about_another_shipment_buys_nothing(on: Rehearsal, change: dict[str, str]) -> None:
    on.easypost.changed = lambda value: value.update(change) if value.get("object") == "Shipment" else None
    failed = await on.buys(on.label("k"))

    assert failed is grpc.StatusCode.INTERNAL
    on.easypost.changed = lambda _: None
    assert on.easypost.labels == []
    assert (await on.label_found("k")).answer.outcome == call_pb2.OUTCOME_NOT_FOUND


async def test_a_purchase_of_another_shipment_is_not_believed(on: Rehearsal) -> None:
    on.easypost.changed = lambda value: value.update(id="shp_9") if value.get("postage_label") else None
    assert await on.buys(on.label("k")) is grpc.StatusCode.INTERNAL

    on.easypost.changed = lambda _: None
    assert (await on.label_found("k")).label == (await on.stub.BuyLabel(on.label("k"))).label
    assert len(on.easypost.labels) == 1


async def test_a_label_on_a_foreign_host_is_not_fetched(on: Rehearsal) -> None:
    assert await on.buys(profile(on.label("k"), label_hosts=["labels.example"])) is grpc.StatusCode.INTERNAL
    assert [one.url.host for one in on.easypost.requests if one.url.host == LABEL_HOST] == []
    assert (await on.label_found("k")).label.document[:4] == b"%PDF"
    assert len(on.easypost.labels) == 1


async def test_twins_of_a_purchase_pay_once(on: Rehearsal) -> None:
    calls = [on.stub.BuyLabel(on.label("k")) for _ in range(4)]
    answers = [await call for call in calls]

    assert len({answer.label.tracking_number for answer in answers}) == 1
    assert len(on.easypost.labels) == 1


@pytest.mark.parametrize(
    ("status", "outcome", "code"),
    [
        ("submitted", call_pb2.OUTCOME_DONE, ""),
        ("refunded", call_pb2.OUTCOME_DONE, ""),
        ("rejected", call_pb2.OUTCOME_REFUSED, "refund_rejected"),
        ("not_applicable", call_pb2.OUTCOME_REFUSED, "refund_not_applicable"),
    ],
)
async def test_a_refund_stands_as_easypost_says(on: Rehearsal, status: str, outcome: int, code: str) -> None:
    on.easypost.refund_status = status
    label = (await on.stub.BuyLabel(on.label("k"))).label
    assert (await on.label_found("k", label.tracking_number)).answer.outcome == call_pb2.OUTCOME_NOT_FOUND
    asked = pb.RefundLabelRequest(call=on.call("v"), label_key="k", tracking_number=label.tracking_number)
    answer = (await on.stub.RefundLabel(asked)).answer
    found = (await on.label_found("k", label.tracking_number)).answer

    assert (answer.outcome, answer.code) == (outcome, code)
    assert (found.outcome, found.code) == (outcome, code)


async def test_a_label_that_was_never_bought_is_not_taken_back(on: Rehearsal) -> None:
    asked = pb.RefundLabelRequest(call=on.call("v"), label_key="k", tracking_number="EZ1")
    assert (await on.stub.RefundLabel(asked)).answer.code == "LABEL_UNKNOWN"


async def test_another_labels_number_takes_nothing_back(on: Rehearsal) -> None:
    await on.stub.BuyLabel(on.label("k"))
    asked = pb.RefundLabelRequest(call=on.call("v"), label_key="k", tracking_number="EZ1")
    with pytest.raises(grpc.aio.AioRpcError):
        await on.stub.RefundLabel(asked)
    assert [kind for kind, _ in on.easypost.labels] == ["bought"]


async def test_a_refused_purchase_says_why_without_the_key(on: Rehearsal) -> None:
    said = {"error": {"code": "SHIPMENT.INVALID_PARAMS", "message": f"key {on.easypost.api_key} is bad"}}
    on.easypost.faults = [Fault(before=httpx.Response(422, json=said))]
    answer = (await on.stub.BuyLabel(on.label("k"))).answer

    assert (answer.outcome, answer.code) == (call_pb2.OUTCOME_REFUSED, "SHIPMENT.INVALID_PARAMS")
    assert on.easypost.api_key not in answer.message


def shipments_in(value: object) -> list[dict[str, Any]]:
    """All shipments in an answer, in whatever object they stand."""
    if isinstance(value, list):
        return [found for element in value for found in shipments_in(element)]
    if not isinstance(value, dict):
        return []
    own = [value] if value.get("object") == "Shipment" else []
    return own + [found for element in value.values() for found in shipments_in(element)]


def test_every_recorded_shipment_is_read_with_its_rates_label_and_refund() -> None:
    if not exchanges():
        pytest.skip(NO_EXCHANGES)
    found = [one for exchange in exchanges() for one in shipments_in(exchange.answer)]
    bought = [label for one in found if (label := bought_of(one, one["id"])) is not None]

    assert len(found) >= 30
    assert len(bought) == sum(one["postage_label"] is not None for one in found) >= 14
    for one in found:
        assert len(rates_of(one)) == len(one.get("rates", []))
        for rate, stated in zip(rates_of(one), one.get("rates", []), strict=True):
            assert f"{rate.price.units}.{rate.price.nanos // 10_000_000:02}" == stated["rate"]
    assert {refund_of(one, one["id"]) for one in found} == {None, ""}
    assert {label.label_url.split("/")[2] for label in bought if label.label_url} == {LABEL_HOST}
    assert [label.document[:4] for label in bought if not label.label_url] == [b"\x89PNG"]


SHIPMENT: dict[str, Any] = {
    "id": "shp_1",
    "tracking_code": "EZ1",
    "postage_label": {"label_url": f"https://{LABEL_HOST}/x.png"},
    "selected_rate": {"id": "rate_1", "rate": "6.07", "currency": "USD", "carrier": "USPS"},
    "options": {"label_format": "PNG"},
    "rates": [{"id": "rate_1", "rate": "1E+99", "currency": "USD"}],
    "refund_status": None,
}
LEAVES = st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(("NaN", "-1", "6.0700000001"))
VALUES = st.recursive(LEAVES, lambda some: st.lists(some, max_size=3) | st.dictionaries(st.text(), some, max_size=3))


@given(st.dictionaries(st.sampled_from(tuple(SHIPMENT)), VALUES))
@settings(max_examples=300, deadline=None)
def test_any_shipment_is_read_or_of_unknown_outcome(changes: dict[str, Any]) -> None:
    value = {**SHIPMENT, **changes}
    try:
        label = bought_of(value, "shp_1")
    except OutcomeUnknown:
        label = None
    assert label is None or (label.tracking_number and label.cost.units >= 0)
    assert all(rate.amount >= 0 for rate in rates_of(value))


@pytest.mark.parametrize("rate", ["", "six", "NaN", "-1.00", "0.0000000001", 6.07])
def test_a_cost_that_cannot_be_read_is_an_unknown_outcome(rate: object) -> None:
    with pytest.raises(OutcomeUnknown):
        bought_of({**SHIPMENT, "selected_rate": {**SHIPMENT["selected_rate"], "rate": rate}}, "shp_1")

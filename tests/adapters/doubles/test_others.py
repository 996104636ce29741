"""What the stand-ins for transport, tax, fraud, channel, ERP and notices do."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from google.type.money_pb2 import Money
from hypothesis import given
from hypothesis import strategies as st

from adapters.double_channel.shelf import shown
from adapters.double_tax.policy import contained_tax
from adapters.double_transport.policy import journey
from adapters.double_transport.settings import Settings as TransportSettings
from adapters.sdk.money import NANOS
from adapters.sdk.times import instant_of
from crossdock.common.v1 import address_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.channel.v1 import channel_pb2
from crossdock.partner.channel.v1.channel_pb2_grpc import ChannelServiceStub
from crossdock.partner.erp.v1 import erp_pb2
from crossdock.partner.erp.v1.erp_pb2_grpc import ErpServiceStub
from crossdock.partner.fraud.v1 import fraud_pb2
from crossdock.partner.fraud.v1.fraud_pb2_grpc import FraudServiceStub
from crossdock.partner.notice.v1 import notice_pb2
from crossdock.partner.notice.v1.notice_pb2_grpc import NoticeServiceStub
from crossdock.partner.tax.v1 import tax_pb2
from crossdock.partner.tax.v1.tax_pb2_grpc import TaxServiceStub
from crossdock.partner.transport.v1 import transport_pb2
from crossdock.partner.transport.v1.transport_pb2_grpc import TransportServiceStub
from tests.adapters.doubles.requests import ANNA, call, euros, parcel, pull
from tests.adapters.doubles.serving import TUESDAY, minutes_later, serving


async def test_a_parcel_is_seen_then_with_the_driver_then_delivered_when_promised() -> None:
    promised_at = TUESDAY + timedelta(days=2, hours=5)
    async with serving("double_transport") as served:
        stub = TransportServiceStub(served.channel)
        await stub.RegisterParcel(parcel("p", "TRK-1", TUESDAY, promised_at))

        told = await stub.PullUpdates(transport_pb2.PullUpdatesRequest(pull=pull(promised_at)))

        assert [(event.state, instant_of(event.occur_time)) for event in told.events] == [
            (fulfillment_pb2.SHIPMENT_STATE_IN_TRANSIT, TUESDAY + timedelta(hours=4)),
            (fulfillment_pb2.SHIPMENT_STATE_OUT_FOR_DELIVERY, TUESDAY.replace(day=5, hour=8)),
            (fulfillment_pb2.SHIPMENT_STATE_DELIVERED, promised_at),
        ]
        assert len({event.event_reference for event in told.events}) == 3


async def test_without_a_later_promise_a_parcel_arrives_the_next_day_at_noon() -> None:
    for promised_at in (None, TUESDAY - timedelta(hours=1)):
        states = journey(TUESDAY, promised_at, TransportSettings())

        assert states[-1] == ("SHIPMENT_STATE_DELIVERED", TUESDAY.replace(day=4, hour=12))


@given(hours=st.integers(0, 200), promised=st.none() | st.integers(-50, 200))
def test_a_parcel_is_never_seen_out_of_order(hours: int, promised: int | None) -> None:
    left_at = TUESDAY + timedelta(hours=hours)
    promised_at = None if promised is None else left_at + timedelta(hours=promised)

    instants = [at for _, at in journey(left_at, promised_at, TransportSettings())]

    assert instants == sorted(instants)
    assert instants[0] >= left_at


async def test_tax_is_contained_in_the_amount_at_the_rate_of_the_destination() -> None:
    lines = [tax_pb2.TaxLine(line_number=n, amount=amount) for n, amount in enumerate((euros(121), euros(9, 99)), 1)]
    async with serving("double_tax") as served:
        stub = TaxServiceStub(served.channel)
        rates = {"NL": "0.21", "CH": "0.081"}
        taxed, untaxed = [
            await stub.DetermineTax(
                tax_pb2.DetermineTaxRequest(
                    call=call(country, rates=rates), order_id="order-1", to_country_code=country, lines=lines
                )
            )
            for country in ("NL", "US")
        ]

        assert [(tax.rate, tax.tax) for tax in taxed.taxes] == [("0.21", euros(21)), ("0.21", euros(1, 73))]
        assert [tax.tax for tax in untaxed.taxes] == [euros(0), euros(0)]
        assert served.log.effects(operation_key="NL")[0].detail["taxes"] == {"EUR": "22.73"}


@given(minor=st.integers(0, 10**12), percent=st.integers(0, 30))
def test_contained_tax_is_within_half_a_cent_of_the_exact_share(minor: int, percent: int) -> None:
    rate = Fraction(percent, 100)
    nanos = minor * NANOS // 100

    tax = contained_tax(nanos, rate, "EUR")

    assert tax % (NANOS // 100) == 0
    assert abs(Fraction(nanos) * rate / (1 + rate) - tax) * 2 <= NANOS // 100


def test_tax_in_yen_has_no_digits() -> None:
    assert contained_tax(105 * NANOS, Fraction("0.1"), "JPY") == 10 * NANOS


async def test_a_malformed_rate_is_refused_by_name() -> None:
    async with serving("double_tax") as served:
        request = tax_pb2.DetermineTaxRequest(call=call("t", rates={"NL": "21%"}), order_id="o", to_country_code="NL")

        with pytest.raises(Exception, match="21%"):
            await TaxServiceStub(served.channel).DetermineTax(request)


@pytest.mark.parametrize(
    ("name", "profile", "advice", "score"),
    [
        ("Anna Canary", {}, fraud_pb2.ADVICE_APPROVE, 5),
        ("Rita Review", {}, fraud_pb2.ADVICE_REVIEW, 91),
        ("Fred Fraud", {}, fraud_pb2.ADVICE_REJECT, 99),
        ("Olga", {"review_names": ["Olga"]}, fraud_pb2.ADVICE_REVIEW, 91),
        ("Olga", {"scores": {"Olga": 80}}, fraud_pb2.ADVICE_REVIEW, 80),
        ("Olga", {"scores": {"Olga": 80}, "review_score": 81}, fraud_pb2.ADVICE_APPROVE, 80),
    ],
)
async def test_screening_advises_by_score(name: str, profile: dict[str, Any], advice: int, score: int) -> None:
    async with serving("double_fraud") as served:
        head = call("s", **profile)
        request = fraud_pb2.ScreenOrderRequest(call=head, order_id="o", customer=address_pb2.Contact(name=name))

        response = await FraudServiceStub(served.channel).ScreenOrder(request)

        assert (response.advice, response.score) == (advice, score)


async def test_a_channel_shows_the_newest_level_whatever_arrives_last() -> None:
    async with serving("double_channel") as served:
        stub = ChannelServiceStub(served.channel)
        for key, minutes, available in (("new", 10, 48), ("old", 5, 50)):
            levels = [channel_pb2.StockLevel(sku="SKU-1", available=available)]
            head = call(key, minutes_later(minutes))
            await stub.PublishStock(channel_pb2.PublishStockRequest(call=head, levels=levels))

        assert shown(served.file, "ACC-1") == {"SKU-1": 48}


def _posting(order_id: str, number: int, key: str, total: Money | None = None) -> erp_pb2.PostDocumentRequest:
    line = erp_pb2.PostedLine(line_number=1, sku="SKU-1", quantity=1, value=euros(10))
    return erp_pb2.PostDocumentRequest(
        call=call(key),
        kind=erp_pb2.DOCUMENT_KIND_SHIPMENT,
        order_id=order_id,
        document_number=number,
        lines=[line],
        total=total or euros(10),
    )


async def test_an_erp_notes_gaps_and_disorder_in_the_documents_of_an_order() -> None:
    async with serving("double_erp") as served:
        stub = ErpServiceStub(served.channel)
        for order_id, number in (("o1", 1), ("o1", 2), ("o2", 1), ("o1", 4), ("o1", 3)):
            await stub.PostDocument(_posting(order_id, number, f"{order_id}-{number}"))

        noted = [(effect.operation_key, effect.detail) for effect in served.log.effects("out_of_order")]
        assert noted == [("o1-4", {"came": 4, "expected": 3}), ("o1-3", {"came": 3, "expected": 5})]
        assert len(served.log.effects("erp.post")) == 5


async def test_an_erp_refuses_a_document_that_does_not_add_up() -> None:
    async with serving("double_erp") as served:
        stub = ErpServiceStub(served.channel)

        response = await stub.PostDocument(_posting("o1", 1, "k", euros(10, 1)))

        assert (response.answer.outcome, response.answer.code) == (call_pb2.OUTCOME_REFUSED, "TOTAL_MISMATCH")


async def test_no_stand_in_keeps_anything_of_a_person() -> None:
    async with serving("double_notice") as notice, serving("double_transport") as transport:
        values = {"first_name": "Anna", "street": "Canarystraat 1"}
        request = notice_pb2.SendNoticeRequest(
            call=call("n"),
            order_id="o",
            template=notice_pb2.NOTICE_TEMPLATE_ORDER_SHIPPED,
            recipient=ANNA,
            values=values,
        )
        await NoticeServiceStub(notice.channel).SendNotice(request)
        await TransportServiceStub(transport.channel).RegisterParcel(parcel("p", "TRK-1", TUESDAY))

        kept = b"".join(_bytes_of(served.file) for served in (notice, transport))

        assert notice.log.effects("notice.send")[0].detail["recipient_hash"]
        assert not [word for word in (b"Canary", b"canary", b"+3120", b"Anna") if word in kept]


def _bytes_of(file: Path) -> bytes:
    return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))

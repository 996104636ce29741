"""Sample operations of every stand-in, for the certification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.sdk.certification.suite import Candidate, PullSample, Sample
from crossdock.partner.channel.v1 import channel_pb2
from crossdock.partner.customs.v1 import customs_pb2
from crossdock.partner.erp.v1 import erp_pb2
from crossdock.partner.fraud.v1 import fraud_pb2
from crossdock.partner.notice.v1 import notice_pb2
from crossdock.partner.payment.v1 import payment_pb2
from crossdock.partner.tax.v1 import tax_pb2
from crossdock.partner.transport.v1 import transport_pb2
from crossdock.partner.vat.v1 import vat_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2
from crossdock.trade.v1 import declarations_pb2, trade_pb2
from tests.adapters.doubles.requests import (
    ANNA,
    authorize,
    call,
    cancel,
    capture,
    euros,
    label,
    parcel,
    pull,
    refund,
    release,
    reverse,
)
from tests.adapters.doubles.serving import TUESDAY, minutes_later


async def _authorized(candidate: Candidate, key: str) -> str:
    response = await candidate.call("Authorize", authorize(f"before-{key}", euros(100)))
    return str(response.answer.partner_reference)


async def _authorize(candidate: Candidate, key: str) -> Any:
    return authorize(key, euros(100))


async def _capture(candidate: Candidate, key: str) -> Any:
    return capture(key, euros(10), await _authorized(candidate, key))


async def _reverse(candidate: Candidate, key: str) -> Any:
    return reverse(key, euros(10), await _authorized(candidate, key))


async def _give_back(candidate: Candidate, key: str) -> Any:
    captured = await candidate.call("Capture", capture(f"took-{key}", euros(10), await _authorized(candidate, key)))
    return refund(key, euros(10), str(captured.answer.partner_reference))


async def _channel_refund(candidate: Candidate, key: str) -> Any:
    return channel_pb2.RefundPaymentRequest(
        call=call(key), order_id=f"order-{key}", channel_reference="1001", payment_reference="paid-1", amount=euros(7)
    )


async def _release(candidate: Candidate, key: str) -> Any:
    return release(key, f"fo-{key}", ("SKU-1", 2))


async def _cancel(candidate: Candidate, key: str) -> Any:
    await candidate.call("ReleaseFulfillmentOrder", release(f"before-{key}", f"fo-{key}", ("SKU-1", 2)))
    return cancel(key, f"fo-{key}", ("SKU-1", 1))


async def _register(candidate: Candidate, key: str) -> Any:
    return parcel(key, f"TRK-{key}", TUESDAY)


def declared(key: str, number: str = "", **profile: Any) -> customs_pb2.DeclareRequest:
    """Declares two coats."""
    coats = trade_pb2.PaperGoods(
        line_number=1, hs_code="620120", origin_country_code="CN", quantity=2, value=euros(20), description="Coat"
    )
    consignment = trade_pb2.ConsignmentPapers(
        fulfillment_order_id=f"fo-{key}", order_number=number or f"order-{key}", goods=[coats], goods_value=euros(20)
    )
    return customs_pb2.DeclareRequest(call=call(key, **profile), declaration_id=f"d-{key}", consignment=consignment)


def paper(key: str, declaration_id: str) -> customs_pb2.AddDocumentRequest:
    """Hands in an invoice."""
    return customs_pb2.AddDocumentRequest(
        call=call(key),
        declaration_id=declaration_id,
        document=declarations_pb2.DECLARATION_DOCUMENT_COMMERCIAL_INVOICE,
        content=b"%PDF-1.3",
    )


async def _declare(candidate: Candidate, key: str) -> Any:
    return declared(key)


async def _paper(candidate: Candidate, key: str) -> Any:
    await candidate.call("Declare", declared(f"before-{key}"))
    return paper(key, f"d-before-{key}")


async def _customs_pull(candidate: Candidate) -> Any:
    await candidate.call("Declare", declared("pulled"))
    await candidate.call("Declare", declared("other"))
    return customs_pb2.PullUpdatesRequest(pull=pull(minutes_later(6000)))


async def _vat(candidate: Candidate, key: str) -> Any:
    number = "NL004495445B01" if key == "other" else "DE136695976"
    return vat_pb2.CheckVatNumberRequest(call=call(key), vat_number=number)


async def _tax(candidate: Candidate, key: str) -> Any:
    line = tax_pb2.TaxLine(line_number=1, sku="SKU-1", amount=euros(121))
    head = call(key, rates={"NL": "0.21"})
    return tax_pb2.DetermineTaxRequest(call=head, order_id=f"order-{key}", to_country_code="NL", lines=[line])


async def _screen(candidate: Candidate, key: str) -> Any:
    return fraud_pb2.ScreenOrderRequest(call=call(key), order_id=f"order-{key}", grand_total=euros(9), customer=ANNA)


async def _progress(candidate: Candidate, key: str) -> Any:
    return channel_pb2.ReportProgressRequest(
        call=call(key), order_id=f"order-{key}", channel_reference="1001", kind=channel_pb2.PROGRESS_KIND_SHIPPED
    )


async def _stock(candidate: Candidate, key: str) -> Any:
    levels = [channel_pb2.StockLevel(sku=f"SKU-{key}", available=7)]
    return channel_pb2.PublishStockRequest(call=call(key), levels=levels)


async def _post(candidate: Candidate, key: str) -> Any:
    line = erp_pb2.PostedLine(line_number=1, sku="SKU-1", quantity=2, value=euros(50))
    return erp_pb2.PostDocumentRequest(
        call=call(key),
        kind=erp_pb2.DOCUMENT_KIND_ORDER,
        order_id=f"order-{key}",
        seller_id="SELLER",
        document_number=1,
        lines=[line],
        total=euros(50),
    )


async def _refund(candidate: Candidate, key: str) -> Any:
    request = await _progress(candidate, key)
    request.kind = channel_pb2.PROGRESS_KIND_REFUNDED
    request.amount.CopyFrom(euros(7))
    return request


async def _movement(candidate: Candidate, key: str) -> Any:
    line = erp_pb2.PostedLine(sku="SKU-1", quantity=-2, cause="ship")
    return erp_pb2.PostDocumentRequest(
        call=call(key),
        kind=erp_pb2.DOCUMENT_KIND_STOCK_MOVEMENT,
        node_id=f"node-{key}",
        document_number=1,
        lines=[line],
    )


async def _label(candidate: Candidate, key: str) -> Any:
    return label(key, 1000 + len(key))


async def _refund_label(candidate: Candidate, key: str) -> Any:
    sold = await candidate.call("BuyLabel", label(f"label-of-{key}"))
    return transport_pb2.RefundLabelRequest(
        call=call(key), label_key=f"label-of-{key}", tracking_number=sold.label.tracking_number
    )


async def _notice(candidate: Candidate, key: str) -> Any:
    return notice_pb2.SendNoticeRequest(
        call=call(key),
        order_id=f"order-{key}",
        template="NOTICE_TEMPLATE_ORDER_SHIPPED",
        recipient=ANNA,
        language_code="nl",
    )


async def _warehouse_pull(candidate: Candidate) -> Any:
    await candidate.call("ReleaseFulfillmentOrder", release("pulled", "fo-pulled", ("SKU-1", 2)))
    return warehouse_pb2.PullUpdatesRequest(pull=pull(minutes_later(600)))


async def _transport_pull(candidate: Candidate) -> Any:
    await candidate.call("RegisterParcel", parcel("pulled", "TRK-pulled", TUESDAY))
    return transport_pb2.PullUpdatesRequest(pull=pull(minutes_later(6000)))


SAMPLES: Mapping[str, Sequence[Sample]] = {
    "double_payment": (
        Sample(method="Authorize", effect="payment.authorize", make=_authorize),
        Sample(method="Capture", effect="payment.capture", make=_capture),
        Sample(method="Reverse", effect="payment.reverse", make=_reverse),
        Sample(method="Refund", effect="payment.refund", make=_give_back),
    ),
    "double_warehouse": (
        Sample(method="ReleaseFulfillmentOrder", effect="warehouse.release", make=_release),
        Sample(method="CancelFulfillmentOrder", effect="warehouse.cancel", make=_cancel),
    ),
    "double_transport": (
        Sample(method="RegisterParcel", effect="transport.register", make=_register),
        Sample(method="BuyLabel", effect="transport.label", make=_label),
        Sample(method="RefundLabel", effect="transport.refund_label", make=_refund_label),
    ),
    "double_customs": (
        Sample(method="Declare", effect="customs.declare", make=_declare),
        Sample(method="AddDocument", effect="customs.document", make=_paper),
    ),
    "double_vat": (Sample(method="CheckVatNumber", effect="vat.check", make=_vat),),
    "double_tax": (Sample(method="DetermineTax", effect="tax.determine", make=_tax),),
    "double_fraud": (Sample(method="ScreenOrder", effect="fraud.screen", make=_screen),),
    "double_channel": (
        Sample(method="ReportProgress", effect="channel.progress", make=_progress),
        Sample(method="ReportProgress", effect="channel.progress", make=_refund),
        Sample(method="PublishStock", effect="channel.stock", make=_stock),
        Sample(method="RefundPayment", effect="channel.refund", make=_channel_refund),
    ),
    "double_erp": (
        Sample(method="PostDocument", effect="erp.post", make=_post),
        Sample(method="PostDocument", effect="erp.post", make=_movement),
    ),
    "double_notice": (Sample(method="SendNotice", effect="notice.send", make=_notice),),
}

PULLS: Mapping[str, PullSample] = {
    "double_warehouse": PullSample(make=_warehouse_pull, expected=4),
    "double_transport": PullSample(make=_transport_pull, expected=3),
    "double_customs": PullSample(make=_customs_pull, expected=4),
}

SERVICES = {
    "double_payment": payment_pb2.DESCRIPTOR.services_by_name["PaymentService"],
    "double_warehouse": warehouse_pb2.DESCRIPTOR.services_by_name["WarehouseService"],
    "double_transport": transport_pb2.DESCRIPTOR.services_by_name["TransportService"],
    "double_customs": customs_pb2.DESCRIPTOR.services_by_name["CustomsService"],
    "double_vat": vat_pb2.DESCRIPTOR.services_by_name["VatRegistryService"],
    "double_tax": tax_pb2.DESCRIPTOR.services_by_name["TaxService"],
    "double_fraud": fraud_pb2.DESCRIPTOR.services_by_name["FraudService"],
    "double_channel": channel_pb2.DESCRIPTOR.services_by_name["ChannelService"],
    "double_erp": erp_pb2.DESCRIPTOR.services_by_name["ErpService"],
    "double_notice": notice_pb2.DESCRIPTOR.services_by_name["NoticeService"],
}

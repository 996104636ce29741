"""Labels by EasyPost's shipments: one shipment for each operation, so that none is paid for twice.

EasyPost takes no idempotency key, and sells one shipment once. Which shipment an operation has is kept at the hub
before it is bought, and a repeat buys the same one.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from adapters.easypost_transport import requests
from adapters.easypost_transport.settings import Settings
from adapters.easypost_transport.shipments import (
    FORMATS,
    Bought,
    bought_of,
    identity_of,
    messages_of,
    rate_for,
    refund_of,
    shipment_of,
)
from adapters.sdk.calls import BadCall, done, not_found, refused
from adapters.sdk.documents.json_values import text_at
from adapters.sdk.http.client import PartnerClient
from adapters.sdk.http.failures import OutcomeUnknown, Rejected
from adapters.sdk.http.redaction import redacted
from adapters.sdk.state.client import AdapterState
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2 as pb

_UNPROCESSABLE: Final = 422
_LONGEST_CODE: Final = 80
_BOUGHT_BEFORE: Final = "SHIPMENT.POSTAGE.EXISTS"
"""EasyPost's code for buying a shipment that is bought."""


class Labels:
    """Buys labels, takes them back, and says what became of both."""

    def __init__(self, client: PartnerClient, state: AdapterState) -> None:
        self._client, self._state = client, state

    async def buy(self, request: pb.BuyLabelRequest, settings: Settings) -> pb.BuyLabelResponse:
        """Buy the label of a parcel at the cheapest rate of its service."""
        if request.weight_grams < 1 or request.format not in FORMATS:
            raise BadCall("weight_grams and format are required")
        call = request.call
        try:
            shipment = await self._shipment(request, settings)
            known = identity_of(shipment, call.operation_key)
            bought = bought_of(shipment, known)
            if bought is None:
                rate = rate_for(shipment, request.service_code, settings)
                if rate is None:
                    what = messages_of(shipment) or "No rate of the service was offered."
                    answer = refused("SERVICE_NOT_OFFERED", redacted(what, [settings.api_key]))
                    return pb.BuyLabelResponse(answer=answer)
                bought = await self._buy(call, settings, known, rate.rate_id)
        except Rejected as rejection:
            return pb.BuyLabelResponse(answer=refusal(rejection, settings))
        return pb.BuyLabelResponse(answer=done(bought.shipment_id), label=await self._label(call, settings, bought))

    async def refund(self, request: pb.RefundLabelRequest, settings: Settings) -> pb.RefundLabelResponse:
        """Ask for the refund of a label, unless it was asked for before and is not refused."""
        call = request.call
        shipment_id = await self._known(call.account_id, request.label_key)
        if not shipment_id:
            return pb.RefundLabelResponse(answer=refused("LABEL_UNKNOWN", "No label was bought under this key."))
        shipment = await self._retrieved(call, settings, shipment_id)
        _refuse_other(shipment, shipment_id, request.tracking_number)
        code = refund_of(shipment, shipment_id)
        if code != "":
            try:
                reply = await self._client.send(requests.refund(call.account_id, settings, shipment_id))
            except Rejected as rejection:
                return pb.RefundLabelResponse(answer=refusal(rejection, settings))
            code = refund_of(reply.body, shipment_id)
        return pb.RefundLabelResponse(answer=_refunded(code, shipment_id))

    async def found(self, request: pb.FindOperationRequest, settings: Settings) -> pb.FindOperationResponse:
        """Return what became of a purchase, or of a refund where the number of its label is named."""
        call = request.find.call
        shipment_id = await self._known(call.account_id, request.label_key)
        if not shipment_id:
            return pb.FindOperationResponse(answer=not_found())
        shipment = await self._retrieved(call, settings, shipment_id)
        if request.tracking_number:
            _refuse_other(shipment, shipment_id, request.tracking_number)
            code = refund_of(shipment, shipment_id)
            answer = not_found() if code is None else _refunded(code, shipment_id)
            return pb.FindOperationResponse(answer=answer)
        bought = bought_of(shipment, shipment_id)
        if bought is None:
            return pb.FindOperationResponse(answer=not_found())
        label = await self._label(call, settings, bought)
        return pb.FindOperationResponse(answer=done(shipment_id), label=label)

    async def _shipment(self, request: pb.BuyLabelRequest, settings: Settings) -> object:
        """Return the shipment of an operation: the one that is kept for it, else one that is made and kept."""
        call = request.call
        kept = await self._known(call.account_id, call.operation_key)
        if not kept:
            made = await self._client.send(
                requests.make_shipment(call.account_id, settings, shipment_of(request, settings))
            )
            identity = identity_of(made.body, call.operation_key)
            kept = await self._keep(call.account_id, call.operation_key, identity)
            if kept == identity:
                return made.body
        return await self._retrieved(call, settings, kept)

    async def _buy(self, call: call_pb2.Call, settings: Settings, shipment_id: str, rate_id: str) -> Bought:
        try:
            reply = await self._client.send(requests.buy(call.account_id, settings, shipment_id, rate_id))
        except Rejected as rejection:
            if text_at(rejection.body, "error", "code") != _BOUGHT_BEFORE:
                raise
            value = await self._retrieved(call, settings, shipment_id)
        else:
            value = reply.body
        bought = bought_of(value, shipment_id)
        if bought is None:
            raise OutcomeUnknown("label: EasyPost does not say whether it is bought.")
        return bought

    async def _retrieved(self, call: call_pb2.Call, settings: Settings, shipment_id: str) -> object:
        try:
            reply = await self._client.send(requests.shipment(call.account_id, settings, shipment_id))
        except Rejected as rejection:
            raise OutcomeUnknown(f"label: EasyPost does not show {shipment_id}: {rejection}") from None
        if text_at(reply.body, "id") != shipment_id:
            raise OutcomeUnknown("label: EasyPost answered about another shipment.")
        return reply.body

    async def _label(self, call: call_pb2.Call, settings: Settings, bought: Bought) -> pb.Label:
        """Return a label with its document: from the answer, or from a host where EasyPost keeps labels."""
        document = bought.document or await self._fetched(call, settings, bought.label_url)
        return pb.Label(
            tracking_number=bought.tracking_number,
            format=bought.format,
            document=document,
            cost=bought.cost,
            carrier_code=bought.carrier[:_LONGEST_CODE],
        )

    async def _fetched(self, call: call_pb2.Call, settings: Settings, address: str) -> bytes:
        url = urlsplit(address)
        if url.scheme != "https" or (url.hostname or "") not in settings.label_hosts or url.port not in (None, 443):
            raise OutcomeUnknown("label: its document lies on a host that label_hosts does not name.")
        return await self._client.fetch(call.account_id, "label", address)

    async def _known(self, account_id: str, label_key: str) -> str:
        return (await self._state.get(account_id, _key(label_key))).value.decode()

    async def _keep(self, account_id: str, label_key: str, shipment_id: str) -> str:
        kept = await self._state.update(account_id, _key(label_key), lambda value: value or shipment_id.encode())
        return kept.decode()


def refusal(rejection: Rejected, settings: Settings) -> call_pb2.Answer:
    """Return the refusal that EasyPost states; raises the rejection where it is not about what was asked."""
    code = text_at(rejection.body, "error", "code")
    if rejection.status != _UNPROCESSABLE or not code:
        raise rejection
    message = redacted(text_at(rejection.body, "error", "message"), [settings.api_key])
    return refused(code[:_LONGEST_CODE], message)


def _refunded(code: str | None, shipment_id: str) -> call_pb2.Answer:
    if code is None:
        raise OutcomeUnknown("refund: EasyPost does not say how it stands.")
    return refused(code, "The label is to be paid for.") if code else done(shipment_id)


def _refuse_other(value: object, shipment_id: str, tracking_number: str) -> None:
    """Raises OutcomeUnknown where a shipment has another number than the label that is to be taken back."""
    if text_at(value, "tracking_code").upper() != tracking_number.upper():
        raise OutcomeUnknown(f"refund: {shipment_id} has another number than the label.")


def _key(label_key: str) -> str:
    return f"label/{label_key}"

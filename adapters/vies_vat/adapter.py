"""Serves the contract of registers of VAT numbers for VIES, over its REST interface. Keeps nothing.

A look-up changes nothing at VIES, which has no keys and remembers no enquiry of ours: whatever became of one, it is
asked again. VIES asks the register of a state; that one is often closed, and then nothing is known.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import Context, done, not_found, operation_time_of, refused
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient, PartnerRequest
from adapters.sdk.http.failures import NothingDone, OutcomeUnknown, Rejected
from adapters.sdk.http.serving import PartnerFailures
from adapters.vies_vat.settings import Settings, parts_of
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.vat.v1 import vat_pb2 as pb
from crossdock.partner.vat.v1.vat_pb2_grpc import VatRegistryServiceServicer, add_VatRegistryServiceServicer_to_server

SERVICE: Final = "crossdock.partner.vat.v1.VatRegistryService"
_RATE: Final = Rate(capacity=10, per_second=2)
"""VIES publishes no rate; it refuses what is too much with one of `_LATER`."""
_LATER: Final = frozenset(
    {
        "SERVICE_UNAVAILABLE",
        "MS_UNAVAILABLE",
        "TIMEOUT",
        "SERVER_BUSY",
        "GLOBAL_MAX_CONCURRENT_REQ",
        "GLOBAL_MAX_CONCURRENT_REQ_TIME",
        "MS_MAX_CONCURRENT_REQ",
        "MS_MAX_CONCURRENT_REQ_TIME",
    }
)
"""What VIES says where it cannot tell now (its WSDL, section on faults)."""
_NO_NUMBER: Final = "INVALID_INPUT"


class ViesVat(VatRegistryServiceServicer):
    """VIES as a register."""

    def __init__(self, client: PartnerClient) -> None:
        self._client = client

    async def CheckVatNumber(self, request: pb.CheckVatNumberRequest, context: Context) -> pb.CheckVatNumberResponse:
        """Looks a number up; one that VIES takes for no number at all is not in force."""
        operation_time_of(request.call)
        settings = Settings.read(request.call.profile_json)
        try:
            body = (await self._client.send(_enquiry(request, settings))).body
        except Rejected as rejection:
            body = rejection.body
        return _response(request.vat_number, body)

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Answers NOT_FOUND: VIES keeps no enquiry that could be asked for, and asking again changes nothing."""
        return pb.FindOperationResponse(answer=not_found())


def _enquiry(request: pb.CheckVatNumberRequest, settings: Settings) -> PartnerRequest:
    state, number = parts_of(request.vat_number)
    body = {"countryCode": state, "vatNumber": number}
    if settings.requester:
        body["requesterMemberStateCode"], body["requesterNumber"] = parts_of(settings.requester)
    return PartnerRequest(
        account_id=request.call.account_id,
        operation="check",
        method="POST",
        path=f"{settings.base_url}/check-vat-number",
        body=body,
    )


def _response(asked: str, body: object) -> pb.CheckVatNumberResponse:
    """Read what VIES says. Raises NothingDone where it cannot tell now, OutcomeUnknown for what is no answer."""
    if not isinstance(body, dict):
        raise OutcomeUnknown("check: VIES answered with something that is no object.")
    if code := _fault(body):
        if code in _LATER:
            raise NothingDone(f"check: VIES cannot tell now ({code}).")
        if code == _NO_NUMBER:
            return pb.CheckVatNumberResponse(answer=done(""), in_force=False, vat_number=asked)
        return pb.CheckVatNumberResponse(answer=_refusal(code))
    if not isinstance(body.get("valid"), bool):
        raise OutcomeUnknown("check: VIES does not say whether the number is in force.")
    enquiry = _text(body.get("requestIdentifier"))
    return pb.CheckVatNumberResponse(
        answer=done(enquiry),
        in_force=body["valid"],
        vat_number=_text(body.get("countryCode")) + _text(body.get("vatNumber")),
        consultation_number=enquiry,
    )


def _fault(body: dict[str, Any]) -> str:
    """The code of what went wrong; empty where nothing did. One that is new to us is a refusal."""
    if body.get("actionSucceed") is not False and "errorWrappers" not in body:
        return ""
    wrappers = body.get("errorWrappers")
    first = wrappers[0] if isinstance(wrappers, list) and wrappers else {}
    return _text(first.get("error") if isinstance(first, dict) else "") or "SERVICE_UNAVAILABLE"


def _refusal(code: str) -> call_pb2.Answer:
    return refused(code, f"VIES does not take the question: {code}.")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def build(context: AdapterContext) -> Adapter:
    """Build the adapter; called once by the process that serves it."""
    return serving(context.name, PartnerClient("", Buckets(_RATE)))


def serving(name: str, client: PartnerClient) -> Adapter:
    """Return the adapter that calls VIES by this client."""
    return Adapter(
        name=name,
        service=SERVICE,
        add=partial(add_VatRegistryServiceServicer_to_server, ViesVat(client)),
        interceptors=(PartnerFailures(SERVICE),),
    )

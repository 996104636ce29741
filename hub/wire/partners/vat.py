"""The contract of registers of VAT numbers: the payload of `vat.check` to a request, what they say from a response."""

from __future__ import annotations

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.vat.v1 import vat_pb2
from hub.inbox.policy import masked
from hub.kernel.errors import InvalidField
from hub.messages.vat import Consultation
from hub.parties.model import Contact


def check_to_pb(call: call_pb2.Call, payer: Contact) -> vat_pb2.CheckVatNumberRequest:
    """The request of `vat.check`."""
    return vat_pb2.CheckVatNumberRequest(call=call, vat_number=payer.vat_number)


def consultation_from_pb(
    response: vat_pb2.CheckVatNumberResponse | vat_pb2.FindOperationResponse, asked: str
) -> Consultation:
    """What the register says of the number asked about. Raises InvalidField where it speaks of another one."""
    if response.vat_number and response.vat_number != asked:
        raise InvalidField("vat_number is not the number asked about.", vat_number="another number")
    return Consultation(response.in_force, masked(response.consultation_number))

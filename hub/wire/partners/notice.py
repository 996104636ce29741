"""The notice contract: the payload of `notice.send` to a request."""

from __future__ import annotations

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.notice.v1 import notice_pb2
from hub.messages.notice import SendNotice
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb


def send_to_pb(call: call_pb2.Call, payload: SendNotice, recipient: Contact) -> notice_pb2.SendNoticeRequest:
    """The request of `notice.send`."""
    return notice_pb2.SendNoticeRequest(
        call=call,
        order_id=str(payload.order_id),
        template=payload.template.value,
        recipient=contact_to_pb(recipient),
        language_code=payload.language_code,
        values=payload.values,
    )

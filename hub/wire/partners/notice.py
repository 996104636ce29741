"""The notice contract: the payload of `notice.send` to a request."""

from __future__ import annotations

from typing import Final

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.notice.v1 import notice_pb2
from hub.messages.notice import SendNotice, Template
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb
from hub.wire.enums import Names

TEMPLATES: Final = Names(Template, notice_pb2.NoticeTemplate, "NOTICE_TEMPLATE")


def send_to_pb(call: call_pb2.Call, payload: SendNotice, recipient: Contact) -> notice_pb2.SendNoticeRequest:
    """The request of `notice.send`."""
    return notice_pb2.SendNoticeRequest(
        call=call,
        order_id=str(payload.order_id),
        template=TEMPLATES.to_pb(payload.template),
        recipient=contact_to_pb(recipient),
        language_code=payload.language_code,
        values=payload.values,
        channel_id=payload.channel_id,
    )

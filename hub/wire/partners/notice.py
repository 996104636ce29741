"""The notice contract: the payload of `notice.send` to a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.notice.v1 import notice_pb2
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb


def send_to_pb(call: call_pb2.Call, payload: Mapping[str, Any], recipient: Contact) -> notice_pb2.SendNoticeRequest:
    """The request of `notice.send`."""
    return notice_pb2.SendNoticeRequest(
        call=call,
        order_id=payload["order_id"],
        template=payload["template"],
        recipient=contact_to_pb(recipient),
        language_code=payload.get("language_code") or "",
        values={name: str(value) for name, value in (payload.get("values") or {}).items()},
    )

"""How the notice stand-in remembers what it sent, and to whom without knowing who it was."""

from __future__ import annotations

import hashlib

from crossdock.common.v1 import address_pb2
from crossdock.partner.notice.v1 import notice_pb2


def recipient_hash(recipient: address_pb2.Contact) -> str:
    """Answers sixteen hexadecimal digits that are the same for the same e-mail, phone or (with neither) name."""
    reached_by = recipient.email.casefold() or recipient.phone or recipient.name
    return hashlib.sha256(reached_by.encode()).hexdigest()[:16]


def template_name(template: int) -> str:
    """Return the name of a template without its prefix; the number of one from a newer contract."""
    known = template in notice_pb2.NoticeTemplate.values()
    return notice_pb2.NoticeTemplate.Name(template).removeprefix("NOTICE_TEMPLATE_") if known else str(template)

"""Reads what mail servers report about mails of ours: delivery status notifications (RFC 3464). Pure and total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.message import Message
from typing import Final

from adapters.sdk.documents.reading import Findings, Reading
from adapters.smtp_notice.mail import operation_in
from adapters.smtp_notice.settings import Settings
from crossdock.inbox.v1 import inbox_pb2

_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}", re.ASCII)
_MESSAGE_ID: Final = re.compile(r"<([^<>\s]{1,250})>")
_MOST_RECIPIENTS: Final = 100


def read_bounces(content: bytes, settings: Settings, account_id: str) -> Reading:
    """Return a bounce where a report says that a mail of the account failed; none where it was delayed or relayed."""
    findings = Findings()
    mail = message_from_bytes(content)
    parts = list(mail.walk())
    status = _part(parts, "message/delivery-status")
    if status is None:
        findings.refuse("mail", "Content-Type", "it is no delivery status notification; a person must read it")
        return Reading(problems=findings.named())
    codes = [_code(block) for block in _blocks(status) if str(block.get("Action", "")).strip().lower() == "failed"]
    if not codes:
        return Reading()
    operation_key = _operation(parts, settings, account_id)
    if operation_key is None:
        findings.refuse("mail", "Message-ID", "it is about no notice of this account; a person must read it")
        return Reading(problems=findings.named())
    bounce = inbox_pb2.NoticeBounce(operation_key=operation_key, code=codes[0])
    command = inbox_pb2.Command(report_bounce=bounce, location="delivery-status", event_id=f"bounce/{operation_key}")
    return Reading((command,), findings.named())


def _part(parts: Sequence[Message], media_type: str) -> Message | None:
    return next((part for part in parts if part.get_content_type() == media_type), None)


def _blocks(status: Message) -> list[Message]:
    """Return the blocks of a status: the first is about the mail, the others about one recipient each."""
    payload = status.get_payload()
    blocks = payload if isinstance(payload, list) else []
    return [block for block in blocks if isinstance(block, Message)][:_MOST_RECIPIENTS]


def _code(block: Message) -> str:
    status = _STATUS.search(str(block.get("Status", "")))
    return status[0] if status else "5.0.0"


def _operation(parts: Sequence[Message], settings: Settings, account_id: str) -> str | None:
    """Return the key of the operation whose mail comes back: as a whole, or its headers alone."""
    for part in parts:
        identity = _MESSAGE_ID.search(_returned(part))
        key = operation_in(identity[1], settings, account_id) if identity else None
        if key is not None:
            return key
    return None


def _returned(part: Message) -> str:
    """Return the Message-ID of what a part brings back; empty where it brings nothing back."""
    if part.get_content_type() == "text/rfc822-headers":
        headers = part.get_payload(decode=True)
        returned = message_from_bytes(headers) if isinstance(headers, bytes) else part
        return str(returned.get("Message-ID", ""))
    if part.get_content_type() == "message/rfc822":
        return next((str(inner.get("Message-ID", "")) for inner in part.walk() if inner is not part), "")
    return ""

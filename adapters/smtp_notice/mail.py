"""Makes the mail of a notice. Its Message-ID follows from the operation, so that a repeat has the same one. Pure."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from adapters.sdk.documents.reading import plain
from adapters.smtp_notice.addresses import Address
from adapters.smtp_notice.rendering import Rendered
from adapters.smtp_notice.settings import Settings

_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9-]{1,64}", re.ASCII)


def message_id(settings: Settings, account_id: str, operation_key: str) -> str:
    """Return the Message-ID of the mail of an operation, without angle brackets. It tells a key that is plain."""
    digest = hashlib.sha256(f"{account_id}\x1f{operation_key}".encode()).hexdigest()[:24]
    told = operation_key if _PLAIN_KEY.fullmatch(operation_key) else ""
    return f"{digest}.{told or 'key'}@{settings.sender.domain}"


def operation_in(identity: str, settings: Settings, account_id: str) -> str | None:
    """Return the key of the operation whose mail has this Message-ID; None where the account sent no such mail."""
    operation_key = identity.partition("@")[0].partition(".")[2]
    return operation_key if identity == message_id(settings, account_id, operation_key) else None


def mail_of(
    notice: Rendered, settings: Settings, recipient: Address, recipient_name: str, identity: str, at: datetime
) -> EmailMessage:
    """Return the mail: plain text and HTML beside each other, marked as written by a machine."""
    mail = EmailMessage(policy=SMTP.clone(utf8=not recipient.is_ascii))
    mail["From"] = _mailbox(settings.sender, settings.sender_name)
    mail["To"] = _mailbox(recipient, recipient_name)
    if settings.reply_to is not None:
        mail["Reply-To"] = _mailbox(settings.reply_to, "")
    mail["Subject"] = notice.subject
    mail["Date"] = at
    mail["Message-ID"] = f"<{identity}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(notice.text)
    mail.add_alternative(notice.html, subtype="html")
    mail["Content-Language"] = notice.language
    return mail


def _mailbox(address: Address, name: str) -> Mailbox:
    return Mailbox(display_name=plain(name, 100), username=address.local, domain=address.domain)

"""Makes the mail of a notice. Its Message-ID follows from the operation, so that a repeat has the same one. Pure."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP

from adapters.sdk.documents.reading import plain
from adapters.smtp_notice.addresses import Address
from adapters.smtp_notice.rendering import Rendered
from adapters.smtp_notice.settings import Settings


def message_id(settings: Settings, account_id: str, operation_key: str) -> str:
    """Return the Message-ID of the mail of an operation, without its angle brackets."""
    digest = hashlib.sha256(f"{account_id}\x1f{operation_key}".encode()).hexdigest()[:32]
    return f"{digest}@{settings.sender.domain}"


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

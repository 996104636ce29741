"""How an invoice becomes a file, by the format that the profile states: its number is that of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.invoice_files.billing import billing_document
from adapters.invoice_files.invoic import invoic
from adapters.invoice_files.invoice_810 import invoice_810
from adapters.invoice_files.invoices import Invoice
from adapters.invoice_files.settings import Settings
from adapters.sdk.edifact.agreement import Way as EdifactWay
from adapters.sdk.letters.outgoing import Letter, Outgoing
from adapters.sdk.mailbox.settings import MailboxSettings
from adapters.sdk.x12.agreement import Way as X12Way


@dataclass(frozen=True)
class InvoiceWay:
    """The way to who takes the documents of an account."""

    settings: Settings

    @property
    def mailbox(self) -> MailboxSettings:
        """The mailbox from which documents are taken."""
        return self.settings.way.mailbox

    def number(self, control: int) -> str:
        """Return the number of an invoice, of that of its file."""
        return f"{self.settings.prefix}{control:08}"

    async def of_order(self, outgoing: Outgoing, account_id: str, keys: Sequence[str]) -> tuple[str, ...]:
        """Return the numbers of the invoices that operations wrote."""
        sent = [await outgoing.sent(account_id, key) for key in keys]
        return tuple(self.number(one.control) for one in sent if one is not None)

    def letter(self, control: int, at: datetime, document: Invoice) -> Letter:
        """Return an invoice as a file, issued at an instant. Raises NotWritable."""
        way, number = self.settings.way, self.number(control)
        if isinstance(way, X12Way):
            signs = way.envelope.separators
            return way.letter(control, at, invoice_810(document, number, at, self.settings, signs))
        if isinstance(way, EdifactWay):
            return way.letter(control, at, invoic(document, number, at, self.settings))
        return way.letter(control, at, billing_document(document, number, at, self.settings))

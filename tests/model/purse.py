"""The money of an order: what tenders pay for parcels, what they are given back, and how credits are paid out."""

from __future__ import annotations

from dataclasses import dataclass

from tests.model.given import TenderDraft


class Refused(Exception):
    """The rules refuse a command, for a reason of the contract."""


@dataclass
class Tender:
    """Means of payment: what it pays at most, what of it is granted, used for parcels, and refunded."""

    holder: str
    pays: int
    granted: int
    used: int = 0
    refunded: int = 0


class Purse:
    """Tenders in the order of their use; what of parcels nothing covers, and what of that credits are set off against.

    The tender RETURN is goods that come back for an exchange. It pays like the others, and is never refunded.
    """

    def __init__(self) -> None:
        self.tenders = list[Tender]()
        self.uncovered = self.offset = self.credited = 0

    def money(self) -> list[Tender]:
        return [tender for tender in self.tenders if tender.holder != "RETURN"]

    def open(self, tender: TenderDraft, pays: int) -> bool:
        """Adds a tender. Returns whether it is declined."""
        self.tenders.append(Tender(tender.holder, pays, 0 if tender.declined else pays))
        return tender.declined and pays > 0

    def draw(self, value: int) -> None:
        """Draws from tenders in order; nothing covers the rest."""
        for tender in self.tenders:
            share = min(value, tender.granted - tender.used)
            value -= share
            tender.used += share
        self.uncovered += value

    def give_back(self, needed: int, promised: int) -> None:
        """What is held beyond what is needed is given back at once; what `promised` goods are to pay once they came."""
        kept = needed + promised
        for tender in self.money():
            stays = min(tender.granted - tender.used, kept)
            kept -= stays
            if tender.holder in ("CHANNEL", "HUB"):
                tender.granted = tender.used + stays

    def grantable(self) -> int:
        """What the customer paid in money, or owes on terms, and was not credited with."""
        return sum(tender.used for tender in self.money()) + self.offset - self.credited

    def creditable(self) -> int:
        """What parcels cost, whoever pays for them, and was not credited."""
        return sum(tender.used for tender in self.tenders) + self.uncovered - self.credited

    def grant(self, amount: int, *, refund: bool) -> None:
        if amount > self.grantable():
            raise Refused("CREDIT_EXCEEDS_PAID")
        self.credited += amount
        self.pay_out(amount, refund=refund)

    def pay_out(self, amount: int, *, refund: bool = True) -> None:
        """Pays a credit: first it is set off against what nothing covered, then refunded, to the last tender first."""
        off = min(amount, self.uncovered - self.offset)
        self.offset += off
        left = amount - off if refund else 0
        for tender in reversed(self.money()):
            share = min(left, tender.used - tender.refunded)
            tender.refunded += share
            left -= share

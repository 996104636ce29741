"""Events of money: what is authorized, captured, credited and refunded."""

from __future__ import annotations

from uuid import UUID

from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.messages.events.facts import EventFacts


class PaymentAuthorized(EventFacts, frozen=True, kw_only=True):
    """A provider authorized an amount."""

    sentences = ("{amount} authorized.",)
    amount: Money
    reference: str = ""


class PaymentDeclined(EventFacts, frozen=True, kw_only=True):
    """A provider declined an authorization."""

    sentences = ("{amount} declined: {code}.",)
    amount: Money
    code: str


class PaymentActionRequired(EventFacts, frozen=True, kw_only=True):
    """A customer has to confirm an authorization at a URL."""

    sentences = ("The customer has to confirm {amount} until {due_time}.",)
    amount: Money
    transaction_id: UUID
    url: str
    due_time: Instant


class CaptureWithheld(EventFacts, frozen=True, kw_only=True):
    """A shipment is not paid for while a hold blocks captures."""

    sentences = ("{amount} is not drawn while the {hold_type} hold stands.",)
    amount: Money
    shipment_id: UUID
    hold_type: str


class CaptureRequested(EventFacts, frozen=True, kw_only=True):
    """A provider was asked to capture an amount for a shipment."""

    sentences = ("Capture of {amount} asked for.",)
    amount: Money
    transaction_id: UUID
    shipment_id: UUID


class PaymentCaptured(EventFacts, frozen=True, kw_only=True):
    """A provider captured an amount."""

    sentences = ("{amount} captured.",)
    amount: Money
    transaction_id: UUID
    reference: str = ""


class CaptureFailed(EventFacts, frozen=True, kw_only=True):
    """A provider refused a capture."""

    sentences = ("Capture of {amount} failed: {code}.",)
    amount: Money
    transaction_id: UUID
    code: str
    reference: str = ""


class PaymentReversed(EventFacts, frozen=True, kw_only=True):
    """A provider gave back an authorization that is not needed."""

    sentences = ("{amount} of the authorization given back.",)
    amount: Money
    transaction_id: UUID
    reference: str = ""


class ReversalFailed(EventFacts, frozen=True, kw_only=True):
    """A provider refused to give back an authorization."""

    sentences = ("Giving back {amount} failed: {code}.",)
    amount: Money
    transaction_id: UUID
    code: str
    reference: str = ""


class CreditGranted(EventFacts, frozen=True, kw_only=True):
    """The customer is owed an amount."""

    sentences = (
        "{amount} credited: {reason}.",
        "{amount} credited.",
    )
    amount: Money
    credit_id: UUID
    reason: str
    return_id: UUID | None = None


class ConsignmentSettled(EventFacts, frozen=True, kw_only=True):
    """It is known what the seller owes for the import of a parcel that left."""

    sentences = ("{owed} are owed for the import, {charged} are charged to the buyer.",)
    owed: Money
    charged: Money
    shipment_id: UUID
    territory: str


class RefundRequested(EventFacts, frozen=True, kw_only=True):
    """A provider or the channel was asked to refund an amount."""

    sentences = ("Refund of {amount} asked for.",)
    amount: Money
    transaction_id: UUID


class PaymentRefunded(EventFacts, frozen=True, kw_only=True):
    """A provider or the channel refunded an amount."""

    sentences = ("{amount} refunded.",)
    amount: Money
    transaction_id: UUID
    reference: str = ""


class RefundFailed(EventFacts, frozen=True, kw_only=True):
    """A provider or the channel refused a refund."""

    sentences = ("Refund of {amount} failed: {code}.",)
    amount: Money
    transaction_id: UUID
    code: str
    reference: str = ""


class PaymentDisputed(EventFacts, frozen=True, kw_only=True):
    """A customer disputes a captured amount, and the provider holds it."""

    sentences = ("{amount} disputed: {code}.",)
    amount: Money
    transaction_id: UUID
    reference: str
    code: str = ""


class DisputeWon(EventFacts, frozen=True, kw_only=True):
    """A dispute is won: the provider gave the amount back."""

    sentences = ("The dispute of {amount} is won.",)
    amount: Money
    transaction_id: UUID
    reference: str


class DisputeLost(EventFacts, frozen=True, kw_only=True):
    """A dispute is lost: the amount and a fee are gone."""

    sentences = ("The dispute of {amount} is lost, with a fee of {fee}.",)
    amount: Money
    transaction_id: UUID
    fee: Money
    reference: str


class CreditChecked(EventFacts, frozen=True, kw_only=True):
    """What an order takes of its credit account is within the limit, so the order goes on."""

    sentences = ("{amount} on terms are within the limit of credit account {credit_account_id}.",)
    amount: Money
    credit_account_id: str


class ReceivableSettled(EventFacts, frozen=True, kw_only=True):
    """Open invoices of an order on terms were paid, or given up."""

    sentences = ("{amount} of the invoices {settlement}: {reference}.",)
    amount: Money
    settlement: str
    reference: str

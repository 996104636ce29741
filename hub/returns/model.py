"""Returns as values. Amounts are minor units of the order's currency."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from uuid import UUID

from msgspec import Struct, field

from hub.kernel.instant import Instant
from hub.orders.model import LineDraft
from hub.returns.lifecycle import ReturnState


class Reason(Enum):
    """Why units come back."""

    CHANGED_MIND = "CHANGED_MIND"
    WRONG_SIZE = "WRONG_SIZE"
    DEFECTIVE = "DEFECTIVE"
    DAMAGED = "DAMAGED"
    NOT_AS_DESCRIBED = "NOT_AS_DESCRIBED"
    WRONG_ITEM_SENT = "WRONG_ITEM_SENT"
    LATE = "LATE"
    OTHER = "OTHER"
    REFUSED = "REFUSED"
    UNDELIVERABLE = "UNDELIVERABLE"


class ItemCondition(Enum):
    """What shape units are in."""

    UNOPENED = "UNOPENED"
    OPENED = "OPENED"
    USED = "USED"
    DAMAGED = "DAMAGED"


class Resolution(Enum):
    """What the customer gets for units that are taken back."""

    REFUND = "REFUND"
    STORE_CREDIT = "STORE_CREDIT"
    EXCHANGE = "EXCHANGE"
    NONE = "NONE"


class Promotions(Enum):
    """How a discount that needs several units is treated when some of them come back."""

    PROPORTIONAL = "PROPORTIONAL"
    CLAW_BACK = "CLAW_BACK"


class ShippingRefund(Enum):
    """When shipping charges are given back."""

    NEVER = "NEVER"
    WHEN_ALL_RETURNED = "WHEN_ALL_RETURNED"


class Outcome(Enum):
    """What came of a unit."""

    AS_EXPECTED = "AS_EXPECTED"
    WRONG_ITEM = "WRONG_ITEM"
    SHORT = "SHORT"
    OVER = "OVER"
    LOST_IN_TRANSIT = "LOST_IN_TRANSIT"
    KEPT_BY_CUSTOMER = "KEPT_BY_CUSTOMER"
    NOT_RETURNED = "NOT_RETURNED"


class Verdict(Enum):
    """What an inspection found."""

    ACCEPTED = "ACCEPTED"
    ACCEPTED_REDUCED = "ACCEPTED_REDUCED"
    REJECTED = "REJECTED"
    MANUAL = "MANUAL"


class Disposition(Enum):
    """What happens to a unit that came back."""

    RESTOCK = "RESTOCK"
    OPEN_BOX = "OPEN_BOX"
    REPAIR = "REPAIR"
    RETURN_TO_VENDOR = "RETURN_TO_VENDOR"
    LIQUIDATE = "LIQUIDATE"
    DONATE = "DONATE"
    RECYCLE = "RECYCLE"
    QUARANTINE = "QUARANTINE"
    SEND_BACK = "SEND_BACK"
    TRANSFER = "TRANSFER"


class CreditKind(Enum):
    """What a line of a credit is for."""

    GOODS = "GOODS"
    SHIPPING = "SHIPPING"
    REDUCTION = "REDUCTION"
    FEE = "FEE"
    APPEASEMENT = "APPEASEMENT"


class RefusalRule(Struct, frozen=True):
    """A rule in CEL over `returned` that refuses units, and what the customer is told."""

    when: str
    message: str


class ReturnPolicy(Struct, frozen=True):
    """What may come back, and what is given for it. `fees` maps currencies to minor units."""

    policy_id: str
    channel_ids: frozenset[str] = frozenset()
    window_days: int = 30
    return_days: int = 21
    refusals: tuple[RefusalRule, ...] = ()
    promotions: Promotions = Promotions.PROPORTIONAL
    shipping: ShippingRefund = ShippingRefund.NEVER
    fees: Mapping[str, int] = field(default_factory=dict)


class ReturnPolicies(Struct, frozen=True):
    """One version of all policies; version 0 has the one that holds before any was put."""

    version: int = 0
    policies: tuple[ReturnPolicy, ...] = (ReturnPolicy("default"),)

    def named(self, policy_id: str) -> ReturnPolicy | None:
        """The policy of an id."""
        return next((policy for policy in self.policies if policy.policy_id == policy_id), None)


class Exchange(Struct, frozen=True):
    """New demand in place of what comes back, sent first where it is in advance.

    `currency` is that of its amounts, empty where none is stated.
    """

    lines: tuple[LineDraft, ...]
    advance: bool = False
    instrument_token: str = ""
    currency: str = ""


class ReturnLine(Struct, frozen=True):
    """Units of an order line to send back."""

    line_number: int
    quantity: int
    sku: str = ""
    reason: Reason = Reason.OTHER
    condition: ItemCondition | None = None


class Received(Struct, frozen=True):
    """Units of a receipt: what came of them, and what came instead."""

    reference: str
    entry_number: int
    line_number: int
    quantity: int
    outcome: Outcome
    node_id: str
    at: Instant
    found_sku: str = ""


class Inspected(Struct, frozen=True):
    """Units of an inspection."""

    reference: str
    entry_number: int
    line_number: int
    quantity: int
    verdict: Verdict
    at: Instant
    reduction_minor: int = 0
    condition: ItemCondition | None = None
    note: str = ""


class Disposed(Struct, frozen=True):
    """Units of a disposition: what happens to them, and where they are from then on."""

    reference: str
    entry_number: int
    line_number: int
    quantity: int
    disposition: Disposition
    node_id: str
    at: Instant
    best_node: bool = False
    travels: bool = False


class CreditLine(Struct, frozen=True):
    """An amount that a credit is made of, tax included; negative when taken off."""

    kind: CreditKind
    amount_minor: int
    tax_minor: int = 0
    line_number: int = 0
    quantity: int = 0


class Credit(Struct, frozen=True):
    """What a customer is owed: the sum of its lines. `credit_id` is that of the transaction that pays it out."""

    credit_id: UUID
    order_id: UUID
    lines: tuple[CreditLine, ...]
    granted_at: Instant
    return_id: UUID | None = None
    reason: str = ""

    @property
    def total_minor(self) -> int:
        """What is owed in all."""
        return sum(line.amount_minor for line in self.lines)


class Return(Struct, frozen=True):
    """A return with its records, each of which was only ever added to.

    `exchange_minor` is what of its worth pays for the order of its exchange and is not settled. `claim_id` is the claim
    whose units it sends again; its exchange is an order of these units.
    """

    return_id: UUID
    order_id: UUID
    state: ReturnState
    lines: tuple[ReturnLine, ...]
    resolution: Resolution
    policy_id: str
    policy_version: int
    created_at: Instant
    return_by: Instant
    node_id: str = ""
    promotions: Promotions = Promotions.PROPORTIONAL
    shipping: ShippingRefund = ShippingRefund.NEVER
    fee_minor: int = 0
    keep: bool = False
    exchange_order_id: UUID | None = None
    exchange_minor: int = 0
    exchange: Exchange | None = None
    claim_id: UUID | None = None
    received: tuple[Received, ...] = ()
    inspected: tuple[Inspected, ...] = ()
    disposed: tuple[Disposed, ...] = ()

    def line(self, line_number: int) -> ReturnLine | None:
        """The line of a number."""
        return next((line for line in self.lines if line.line_number == line_number), None)


class ReturnRequest(Struct, frozen=True):
    """A return as a caller asks for it; `agreed_minor` is the total agreed to, None where none was."""

    order_id: UUID
    lines: tuple[ReturnLine, ...]
    resolution: Resolution = Resolution.REFUND
    keep: bool = False
    customer_email: str = ""
    agreed_minor: int | None = None
    agreed_currency: str = ""
    node_id: str = ""
    exchange: Exchange | None = None

    def __repr__(self) -> str:
        return f"ReturnRequest(order_id={self.order_id!r}, lines={self.lines!r})"


class CreditRequest(Struct, frozen=True):
    """Money without goods as a caller asks for it."""

    order_id: UUID
    amount_minor: int
    currency: str
    reason: str
    resolution: Resolution = Resolution.REFUND


class Receipt(Struct, frozen=True):
    """What came of a return at a node."""

    return_id: UUID
    reference: str
    node_id: str
    units: tuple[Received, ...]
    occurred_at: Instant


class Inspection(Struct, frozen=True):
    """What was found of what came; `currency` is that of the reductions, empty without any."""

    return_id: UUID
    reference: str
    units: tuple[Inspected, ...]
    occurred_at: Instant
    currency: str = ""


class DispositionReport(Struct, frozen=True):
    """What happens to what came."""

    return_id: UUID
    reference: str
    units: tuple[Disposed, ...]
    occurred_at: Instant


class WithdrawnLine(Struct, frozen=True):
    """Units of a line that a customer withdrew from."""

    line_number: int
    quantity: int
    sku: str = ""


class Withdrawal(Struct, frozen=True):
    """A customer's statement that ends the contract, as it was confirmed; no reason is asked.

    Of its units some were canceled at once, nodes were asked to cancel others, those delivered may come back by the
    return, and those under way are still to arrive. Money is given back by `refund_by`, once goods or the proof of
    their sending are there. `receipt` is the document that the customer was answered with.
    """

    withdrawal_id: UUID
    order_id: UUID
    lines: tuple[WithdrawnLine, ...]
    stated_at: Instant
    refund_by: Instant
    receipt: str
    canceled: int = 0
    requested: int = 0
    under_way: int = 0
    return_id: UUID | None = None


class ReturnFilter(Struct, frozen=True):
    """What a listing asks for; every field given must match."""

    order_id: UUID | None = None
    state: ReturnState | None = None
    node_id: str = ""


class Unexpected(Struct, frozen=True):
    """Goods that came to a node and that no return expects, under the node's reference; no SKU where nobody can tell.

    `why` is the outcome or count that says so.
    """

    reference: str
    node_id: str
    sku: str
    quantity: int
    why: str
    at: Instant
    return_id: UUID | None = None
    order_id: UUID | None = None

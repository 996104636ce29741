"""Orders and drafts as values. Amounts are minor units of the order's currency unless they say Decimal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec import Struct, field

from hub.kernel.enums import QuickEnum
from hub.kernel.instant import Instant
from hub.network.model import ShortagePolicy
from hub.network.model.carriers import DeliveryWish, Destination
from hub.orders.lifecycle import OrderState
from hub.parties.model import Contact
from hub.payments.model import Holder


class DeliveryMethod(QuickEnum):
    """How the goods reach the customer."""

    SHIP = "SHIP"
    PICKUP = "PICKUP"


class Check(QuickEnum):
    """What must be answered before an order is confirmed."""

    PAYMENT = "payment"
    FRAUD = "fraud"
    TAX = "tax"
    PARTIES = "parties"
    CREDIT = "credit"


class CheckState(QuickEnum):
    """How far a check is."""

    PENDING = "PENDING"
    PASSED = "PASSED"
    FAILED = "FAILED"


class TaxTreatment(QuickEnum):
    """Who owes the tax on a sale: its seller, or a buyer with a VAT number of another state."""

    TAXED = "TAXED"
    REVERSE_CHARGE = "REVERSE_CHARGE"


class Discount(Struct, frozen=True, omit_defaults=True):
    """A discount as stated; `units_needed` together earn it once, 0 where each unit has it alike."""

    amount_minor: int
    code: str = ""
    units_needed: int = 0


class TaxKind(QuickEnum):
    """What a tax is: on the sale, or one of those of an import, which are owed to customs."""

    SALES = "SALES"
    DUTY = "DUTY"
    IMPORT_TAX = "IMPORT_TAX"
    IMPORT_FEE = "IMPORT_FEE"


class TaxDraft(Struct, frozen=True, omit_defaults=True):
    """A tax as stated."""

    amount_minor: int
    title: str = ""
    rate: str = ""
    included: bool = False
    kind: TaxKind = TaxKind.SALES


class LineDraft(Struct, frozen=True):
    """A line as stated; `unit_price` in major units, None means the catalog's list price."""

    sku: str
    quantity: int
    unit_price: Decimal | None = None
    discounts: tuple[Discount, ...] = ()
    taxes: tuple[TaxDraft, ...] = ()
    channel_line_reference: str = ""
    title: str = ""
    unit_code: str = ""
    hs_code: str = ""
    origin_country: str = ""
    ship_not_before: Instant | None = None
    cancel_after: Instant | None = None
    ship_not_after: Instant | None = None
    personalization: str = ""
    value_added_services: tuple[str, ...] = ()


class ChargeDraft(Struct, frozen=True):
    """A charge as stated."""

    code: str
    amount_minor: int
    taxes: tuple[TaxDraft, ...] = ()


class InstrumentDraft(Struct, frozen=True):
    """A means of payment as stated; amount None means what the ones before it leave.

    One of a `balance_code`, of `store_credit` or of a `balance_id` is paid from a balance that the hub keeps. The code
    is a secret: it is never stored, and no log shows it.
    """

    holder: Holder
    kind: str
    token: str = ""
    amount_minor: int | None = None
    reference: str = ""
    balance_code: str = ""
    store_credit: bool = False
    balance_id: UUID | None = None
    credit_account_id: str = ""

    def __repr__(self) -> str:
        return f"InstrumentDraft({self.holder.value}, {self.kind}, {self.token}, {self.amount_minor}, {self.reference})"


class StatedTotals(Struct, frozen=True, omit_defaults=True):
    """Totals as the channel states them; None where it states none."""

    goods_minor: int | None = None
    tax_minor: int | None = None
    grand_minor: int | None = None


class ReservationPolicy(QuickEnum):
    """What to do with an order whose reservation has ended: refuse it, or take free stock."""

    REFUSE = "REFUSE"
    FREE_STOCK = "FREE_STOCK"


class UnreadFact(Struct, frozen=True):
    """What the source of an order states and nobody acts on: where, its value as stated, and why a person decides."""

    location: str
    value: str
    reason: str

    def __str__(self) -> str:
        """Return one sentence for people."""
        return f"{self.location} {self.value}: {self.reason}" if self.value else f"{self.location}: {self.reason}"


class PromiseChoice(Struct, frozen=True):
    """The option of a quote that the buyer chose. `together`: all units leave together, when the last has come.

    `landed`: it has landed costs, by which the import is charged.
    """

    quote_id: UUID
    option_number: int
    together: bool = False
    landed: bool = False


class Draft(Struct, frozen=True):
    """An order as a caller states it."""

    channel_id: str
    channel_reference: str
    currency: str
    lines: tuple[LineDraft, ...]
    customer: Contact
    ship_to: Contact | None = None
    bill_to: Contact | None = None
    charges: tuple[ChargeDraft, ...] = ()
    discounts: tuple[Discount, ...] = ()
    taxes: tuple[TaxDraft, ...] = ()
    instruments: tuple[InstrumentDraft, ...] = ()
    stated: StatedTotals = StatedTotals()
    placed_at: Instant | None = None
    delivery_method: DeliveryMethod = DeliveryMethod.SHIP
    pickup_node_id: str = ""
    service_code: str = ""
    shortage_policy: ShortagePolicy | None = None
    language_code: str = ""
    incoterm: str = ""
    demand_class: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    draft_unknown_skus: bool = False
    content_hash: str = ""
    reservation_ids: tuple[UUID, ...] = ()
    reservation_policy: ReservationPolicy = ReservationPolicy.REFUSE
    unread_facts: tuple[UnreadFact, ...] = ()
    promise: PromiseChoice | None = None
    gift_message: str = ""
    delivery_instructions: str = ""
    wish: DeliveryWish | None = None
    tax_treatment: TaxTreatment = TaxTreatment.TAXED

    @property
    def payer(self) -> Contact:
        """Who gets the bill."""
        return self.bill_to or self.customer


class OrderLine(Struct, frozen=True, omit_defaults=True):
    """A line of an order: `total_minor` is all the customer pays for its `quantity` units, tax included.

    `ship_days` maps nodes with a daily capacity to the day on which the order takes a place there.
    `discounts` and `taxes` are as stated; of a component they are its bundle's, and so are `bundle_quantity` and
    `bundle_price` (of one bundle). `import_minor` is the part of its tax that is owed to customs. It is stored without
    what is as by default, so no default may change.
    """

    line_number: int
    sku: str
    quantity: int
    unit_price: Decimal
    discount_minor: int
    tax_minor: int
    total_minor: int
    title: str = ""
    channel_line_reference: str = ""
    bundle_sku: str = ""
    unit_code: str = "EA"
    hs_code: str = ""
    origin_country: str = ""
    weight_grams: int = 0
    ship_not_before: Instant | None = None
    cancel_after: Instant | None = None
    ship_not_after: Instant | None = None
    discounts: tuple[Discount, ...] = ()
    taxes: tuple[TaxDraft, ...] = ()
    bundle_quantity: int = 0
    bundle_price: Decimal | None = None
    import_minor: int = 0
    personalization: str = ""
    value_added_services: tuple[str, ...] = ()

    @property
    def multi_buys(self) -> tuple[tuple[int, int], ...]:
        """Its own discounts that several units were bought together for: (amount, units)."""
        if self.bundle_sku:
            return ()
        return tuple((one.amount_minor, one.units_needed) for one in self.discounts if one.units_needed > 1)


class Charge(Struct, frozen=True, omit_defaults=True):
    """A charge beside the goods: `total_minor` is all the customer pays for it, tax included; `taxes` are as stated."""

    code: str
    total_minor: int
    tax_minor: int
    taxes: tuple[TaxDraft, ...] = ()


class Order(Struct, frozen=True):
    """An order: facts as captured, and its life. `promises` maps line numbers to the day by which they arrive.

    `ship_days` maps nodes with a daily capacity, for a wished day all its nodes, to the day on which it leaves there.
    `slot_place` names the slot in which it takes a place on its wished day, empty where it takes none.
    `discounts` and `taxes` are those stated for the order as a whole. `updated_at` is when the hub last changed it.
    """

    order_id: UUID
    channel_id: str
    channel_reference: str
    seller_id: str
    state: OrderState
    version: int
    currency: str
    lines: tuple[OrderLine, ...]
    charges: tuple[Charge, ...]
    customer_party_id: UUID
    ship_to_party_id: UUID
    bill_to_party_id: UUID
    ship_to_country: str
    placed_at: Instant
    updated_at: Instant
    traceparent: str
    delivery_method: DeliveryMethod = DeliveryMethod.SHIP
    pickup_node_id: str = ""
    service_code: str = "STANDARD"
    shortage_policy: ShortagePolicy = ShortagePolicy.REFUSE
    language_code: str = ""
    incoterm: str = ""
    demand_class: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    ship_to_zone: str = ""
    content_hash: str = ""
    checks: Mapping[Check, CheckState] = field(default_factory=dict)
    promises: Mapping[int, Instant] = field(default_factory=dict)
    erp_documents: int = 0
    ship_days: Mapping[str, date] = field(default_factory=dict)
    discounts: tuple[Discount, ...] = ()
    taxes: tuple[TaxDraft, ...] = ()
    stated: StatedTotals = StatedTotals()
    reservation_ids: tuple[UUID, ...] = ()
    reservation_policy: ReservationPolicy = ReservationPolicy.REFUSE
    promise: PromiseChoice | None = None
    gift_message: str = ""
    delivery_instructions: str = ""
    wish: DeliveryWish | None = None
    slot_place: str = ""
    tax_treatment: TaxTreatment = TaxTreatment.TAXED

    @property
    def total_minor(self) -> int:
        """All the customer pays."""
        return sum([line.total_minor for line in self.lines]) + sum([charge.total_minor for charge in self.charges])

    @property
    def destination(self) -> Destination:
        """Where the goods go, as lanes name it: in the zone that the address was in when the order was taken."""
        return Destination(self.ship_to_country, self.ship_to_zone, self.pickup_node_id)

    def line(self, line_number: int) -> OrderLine | None:
        """The line of a number."""
        return next((line for line in self.lines if line.line_number == line_number), None)


class CancelRequest(Struct, frozen=True):
    """Units to cancel, (line number, quantity) each; none means all that can be.

    `by_customer`: the customer asks for it, and the channel's rule for customers must allow it.
    """

    order_id: UUID
    reason: str
    lines: tuple[tuple[int, int], ...] = ()
    by_customer: bool = False


class OrderFilter(Struct, frozen=True):
    """What a listing asks for; every field given must match. `order_ids`: one of these; `party_id`: one of its people.

    Instants: placed at or after `placed_since` and before `placed_before`, changed at or after `changed_since`.
    """

    channel_id: str = ""
    channel_reference: str = ""
    email_index: bytes = b""
    sku: str = ""
    tracking_number: str = ""
    state: OrderState | None = None
    node_id: str = ""
    exception_reason: str = ""
    placed_since: Instant | None = None
    placed_before: Instant | None = None
    changed_since: Instant | None = None
    order_ids: tuple[UUID, ...] = ()
    party_id: UUID | None = None
    live: bool = False


class Existing(Struct, frozen=True):
    """The order that already stands under a channel reference, and the hash of what it was placed with."""

    order_id: UUID
    content_hash: str

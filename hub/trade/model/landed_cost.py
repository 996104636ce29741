"""Consignments that cross a border, and what they cost to the door, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from uuid import UUID

from msgspec import Struct

from hub.kernel.money import Money, shares, total
from hub.trade.model.rules import ExchangeRate, Flow


class Declaration(Enum):
    """Which import declaration is made: REDUCED (in the EU H7, six digits of the code) or FULL (H1, ten digits)."""

    REDUCED = "REDUCED"
    FULL = "FULL"


class Incoterm(Enum):
    """Who pays what by Incoterms 2020. Only under DDP does the seller pay what is due at import."""

    EXW = "EXW"
    FCA = "FCA"
    CPT = "CPT"
    CIP = "CIP"
    DAP = "DAP"
    DPU = "DPU"
    DDP = "DDP"
    FAS = "FAS"
    FOB = "FOB"
    CFR = "CFR"
    CIF = "CIF"


class Goods(Struct, frozen=True):
    """Goods of one line: `value` is what all its units cost without tax, `weight_grams` what they weigh.

    `preference`: there is proof of preferential origin. `tax_category` names rows of tax_rates.
    """

    reference: str
    value: Money
    hs_code: str
    origin: str
    preference: bool = False
    tax_category: str = "STANDARD"
    weight_grams: int = 0


class Consignment(Struct, frozen=True):
    """What customs sees as one: goods that go together from one country to one recipient in another.

    All amounts have one currency. `import_day` chooses the rules. `order_number` and `recipient` tell which
    consignments belong together.
    """

    consignment_id: str
    from_country: str
    to_country: str
    import_day: date
    flow: Flow
    goods: tuple[Goods, ...]
    freight: Money
    insurance: Money
    incoterm: Incoterm = Incoterm.DDP
    declaration: Declaration = Declaration.REDUCED
    order_number: str = ""
    recipient: str = ""

    @property
    def currency(self) -> str:
        """The one currency of its amounts."""
        return self.freight.currency


class LandedQuestion(Struct, frozen=True):
    """How goods pass customs, and what the units of each line cost, None: by the catalog."""

    flow: Flow
    incoterm: Incoterm
    declaration: Declaration
    currency: str
    values: tuple[Money | None, ...]


class ChargeKind(Enum):
    """What a charge is."""

    DUTY = "DUTY"
    TAX = "TAX"
    FEE = "FEE"


class Collection(Enum):
    """Where a charge is collected: by the seller at the SALE, or at IMPORT."""

    SALE = "SALE"
    IMPORT = "IMPORT"


class Charge(Struct, frozen=True):
    """An amount and the row it follows from, with the name of the row's source.

    `base` and `amount` are in the territory's currency, `charged` in the consignment's. `rate` says how the amount
    follows from the base, for people. `references` are the goods it is for. `prepaid`: the buyer pays it to the seller.
    """

    kind: ChargeKind
    rule_id: str
    references: tuple[str, ...]
    base: Money
    rate: str
    amount: Money
    charged: Money
    source: str
    collection: Collection
    prepaid: bool


class LandedCost(Struct, frozen=True):
    """What a consignment costs to the door, and why. `rules_version` and `import_day` compute it again.

    `territory` is empty where the consignment crosses no customs border. `conversion` is the rate between the
    consignment's currency and the territory's; None where they are the same.
    """

    consignment_id: str
    territory: str
    rules_version: int
    import_day: date
    incoterm: Incoterm
    goods: Money
    freight: Money
    insurance: Money
    charges: tuple[Charge, ...] = ()
    conversion: ExchangeRate | None = None

    def sum_of(self, kind: ChargeKind) -> Money:
        """Return all charges of a kind together, in the consignment's currency."""
        return total((charge.charged for charge in self.charges if charge.kind is kind), self.goods.currency)

    @property
    def total(self) -> Money:
        """Everything together."""
        return self.prepaid + self.due_on_delivery

    @property
    def prepaid(self) -> Money:
        """What the buyer pays to the seller: under DDP everything, else without what is collected at import."""
        charges = [charge.charged for charge in self.charges if charge.prepaid]
        return self.goods + self.freight + self.insurance + total(charges, self.goods.currency)

    @property
    def due_on_delivery(self) -> Money:
        """What the buyer pays at import."""
        return total((charge.charged for charge in self.charges if not charge.prepaid), self.goods.currency)


class Landed(Struct, frozen=True):
    """A consignment and what it costs to the door: all that is needed to compute it again under other rules."""

    consignment: Consignment
    cost: LandedCost

    def charges(self) -> list[tuple[str, ChargeKind, str, int]]:
        """Return what the buyer pays to the seller of each charge: (reference of the goods, kind, rule, minor units).

        A charge for several goods is shared by their value.
        """
        worth = {goods.reference: goods.value.minor for goods in self.consignment.goods}
        return [
            (reference, charge.kind, charge.rule_id, part)
            for charge in self.cost.charges
            if charge.prepaid
            for reference, part in zip(
                charge.references,
                shares(charge.charged.minor, [worth[reference] for reference in charge.references]),
                strict=True,
            )
            if part
        ]


class Settlement(Struct, frozen=True):
    """A consignment that left, as customs sees it, beside what its buyer is charged for the import.

    `units` of each line of the order are in it.
    """

    shipment_id: UUID
    order_id: UUID
    landed: Landed
    units: Mapping[int, int]
    charged: Money

    @property
    def owed(self) -> Money:
        """What the seller owes for the import."""
        prepaid = [charge.charged for charge in self.landed.cost.charges if charge.prepaid]
        return total(prepaid, self.charged.currency)

    @property
    def variance(self) -> Money:
        """What the seller owes beyond what the buyer is charged; negative if it is less."""
        return self.owed - self.charged

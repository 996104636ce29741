"""The papers of a consignment as values: what a commercial invoice and a postal declaration say to customs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum

from msgspec import Struct

from hub.kernel.money import Money, total
from hub.trade.model.landed_cost import Incoterm
from hub.trade.model.rules import Flow


class PaperForm(Enum):
    """Which declaration of the Universal Postal Union goes with a consignment: CN22 for a small one, else CN23."""

    CN22 = "CN22"
    CN23 = "CN23"


class PaperParty(Struct, frozen=True):
    """Who sends or receives. Shown by `repr` without its content, so that no log carries it."""

    name: str
    street_lines: tuple[str, ...]
    city: str
    country_code: str
    company: str = ""
    region_code: str = ""
    postal_code: str = ""
    phone: str = ""

    def __repr__(self) -> str:
        return "PaperParty()"


class PaperGoods(Struct, frozen=True):
    """Goods of one line: `value` is what all its units cost without tax, `net_grams` what they weigh."""

    line_number: int
    sku: str
    description: str
    hs_code: str
    origin: str
    quantity: int
    net_grams: int
    value: Money


class ConsignmentPapers(Struct, frozen=True):
    """What customs must know of the goods that one node sends to one recipient across a border.

    `consignment_id` names the fulfillment order, `freight` is its share of the order's charges. `registrations` map the
    kind of a number (EORI, IOSS ...) to the number. `seller_imports`: the seller is importer of record, else the
    recipient is.
    """

    consignment_id: str
    order_number: str
    day: date
    form: PaperForm
    incoterm: Incoterm
    flow: Flow | None
    exporter: PaperParty
    recipient: PaperParty
    seller_imports: bool
    goods: Sequence[PaperGoods]
    freight: Money
    registrations: Mapping[str, str]

    @property
    def goods_value(self) -> Money:
        """What all goods cost without tax."""
        return total((goods.value for goods in self.goods), self.freight.currency)

    @property
    def net_grams(self) -> int:
        """What all goods weigh."""
        return sum(goods.net_grams for goods in self.goods)

    @property
    def importer(self) -> PaperParty:
        """The importer of record."""
        return self.exporter if self.seller_imports else self.recipient

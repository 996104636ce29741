"""Changes of orders as values. Amounts are minor units of the order's currency."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from hub.kernel.enums import QuickEnum
from hub.kernel.instant import Instant
from hub.orders.model import LineDraft, OrderLine
from hub.parties.model import Contact


class ChangeState(QuickEnum):
    """Life of a change."""

    PROPOSED = "PROPOSED"
    CONFIRMED = "CONFIRMED"
    EXPIRED = "EXPIRED"


class Requester(QuickEnum):
    """Who asks for a change."""

    STAFF = "STAFF"
    CUSTOMER = "CUSTOMER"


class ChangeDraft(Struct, frozen=True):
    """A change as a caller states it.

    `quantities` are (line number, units wanted in all); `added` are lines to add. `order_version`: the version that the
    caller looked at, 0 where it names none.
    """

    order_id: UUID
    reason: str
    quantities: tuple[tuple[int, int], ...] = ()
    added: tuple[LineDraft, ...] = ()
    order_version: int = 0
    requested_by: Requester = Requester.STAFF
    ship_to: Contact | None = None
    gift_message: str = ""
    delivery_instructions: str = ""


class ChangedLine(Struct, frozen=True):
    """What becomes of a line: units and what the customer pays for them, before and after.

    `promised_at`: by when the units of an added line arrive, None where some of them wait; `waiting` are those.
    """

    line_number: int
    sku: str
    quantity_before: int
    quantity_after: int
    total_before_minor: int
    total_after_minor: int
    promised_at: Instant | None = None
    waiting: int = 0


class Preview(Struct, frozen=True):
    """What a change does to an order.

    `authorize_minor` is what its instruments pay more, `give_back_minor` what of theirs nothing uses any more.
    """

    lines: tuple[ChangedLine, ...]
    total_before_minor: int
    total_after_minor: int
    tax_before_minor: int
    tax_after_minor: int
    authorize_minor: int
    give_back_minor: int


class OrderChange(Struct, frozen=True):
    """A change of an order, proposed for the order as it was at `order_version`.

    `removed` are (line number, units) to cancel, `added` the lines to add under the numbers that they get. What is
    empty of the recipient, the gift message and the delivery instructions stays.
    """

    change_id: UUID
    order_id: UUID
    order_version: int
    reason: str
    currency: str
    removed: tuple[tuple[int, int], ...]
    added: tuple[OrderLine, ...]
    preview: Preview
    proposed_at: Instant
    expires_at: Instant
    requested_by: Requester = Requester.STAFF
    ship_to_party_id: UUID | None = None
    gift_message: str = ""
    delivery_instructions: str = ""
    confirmed_at: Instant | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """What it changes of that which nodes are told, by the names of the contract."""
        stated = {
            "ship_to": self.ship_to_party_id,
            "gift_message": self.gift_message,
            "delivery_instructions": self.delivery_instructions,
        }
        return tuple(name for name, value in stated.items() if value)

    def state(self, at: Instant) -> ChangeState:
        """Return its state at an instant."""
        if self.confirmed_at is not None:
            return ChangeState.CONFIRMED
        return ChangeState.PROPOSED if at < self.expires_at else ChangeState.EXPIRED

"""What happened to one order, told step by step."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from hub.kernel.money import Money
from hub.messages.events.facts import EventFacts
from hub.messages.events.fulfillment import UnitsSourcedAgain
from hub.messages.events.orders import OrderPlaced
from hub.orders.model import Charge, Order, OrderLine
from hub.outbox.model import Event
from hub.slices.lifecycle import SliceAction
from hub.slices.model import Slice
from hub.slices.policy import born, moved, taking
from tests.rows.rooms.building import AT, identity, order


class Story:
    """What happened to one order: every step is the next version and its event."""

    def __init__(self, number: int, quantity: int, **changes: Any) -> None:
        line = OrderLine(1, "SHIRT", quantity, Decimal("33.34"), discount_minor=0, tax_minor=1736, total_minor=10001)
        self.order: Order = order(number, version=0, lines=(line,), charges=(Charge("SHIPPING", 500, 87),), **changes)
        self.events: list[Event] = []
        total = Money(self.order.total_minor, self.order.currency)
        cause = self.happened(OrderPlaced(channel_id="WEB", channel_reference="1001", total=total))
        self.slices, self.moves = born(self.order.order_id, [(1, "SHIRT", quantity)], cause, AT)

    def happened(self, facts: EventFacts) -> UUID:
        """The next version of the order; answers its event's id."""
        self.order = replace(self.order, version=self.order.version + 1)
        version = self.order.version
        event_id = identity(self.order.order_id.int % 1000 * 100 + version)
        self.events.append(Event(event_id, facts, AT, self.order.order_id, version))
        return event_id

    def move(self, action: SliceAction, quantity: int, **place: Any) -> None:
        """Units take an action, to a place."""

        def placed(one: Slice) -> Slice:
            return replace(one, **place)

        units = taking(self.slices, action, quantity)
        cause = self.happened(UnitsSourcedAgain(node_id="", quantity=quantity))
        self.slices, moves = moved(self.slices, units, action, placed, cause, AT)
        self.moves = (*self.moves, *moves)

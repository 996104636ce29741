"""A case: one order with all that belongs to it, as a working set of one flow.

A flow loads cases, changes them through the methods here, and has them saved. Every change of goods is a move of slices
with a cause event; what is to be sent, timed, posted and told is collected and written with the rows, set-based.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from msgspec.structs import replace

from hub.cases.context import EndedPromise
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.fulfillment.model import FulfillmentOrder, Shipment
from hub.holds.model import Hold, Operation
from hub.holds.policy import blocking
from hub.inventory.model import StockChange, StockKey
from hub.inventory.model.reservation import Consumption
from hub.kernel.ids import derived, text_of
from hub.kernel.instant import Instant
from hub.kernel.trace import TraceContext
from hub.ledger.model import Account, Posting
from hub.messages.events.facts import EventFacts
from hub.messages.payload import Payload, TimerPayload
from hub.orders.model import Order
from hub.outbox.model import Event, Message, Timer
from hub.payments.model import Payments, Transaction
from hub.slices.lifecycle import SliceAction
from hub.slices.model import Move, Slice
from hub.slices.policy import Taking, Where, everywhere, moved, taking
from hub.trade.model import TaxRecord
from hub.trade.model.intercompany import IntercompanyEntry

Place = Callable[[Slice], Slice]


def stay(slice_: Slice) -> Slice:
    """Units that stay where they are."""
    return slice_


def at_node(node_id: str | None) -> Place:
    """Units that come to a node, or to none."""

    def place(slice_: Slice) -> Slice:
        return replace(slice_, node_id=node_id, fulfillment_order_id=None)

    return place


@dataclass(slots=True)
class Effects:
    """What a flow leaves beside the rows of the case itself. `floors`: units that its claims must leave for others."""

    events: list[Event] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    stock: list[StockChange] = field(default_factory=list)
    consumptions: list[Consumption] = field(default_factory=list)
    floors: Mapping[StockKey, int] = field(default_factory=dict)
    messages: list[Message[Payload]] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    shared_timers: list[Timer] = field(default_factory=list)
    cleared_timers: list[tuple[type[TimerPayload], UUID]] = field(default_factory=list)
    exceptions: list[ExceptionRecord] = field(default_factory=list)
    resolved: list[tuple[ExceptionReason, str]] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    taxes: list[TaxRecord] = field(default_factory=list)
    intercompany: list[IntercompanyEntry] = field(default_factory=list)
    promises: list[EndedPromise] = field(default_factory=list)


@dataclass(slots=True)
class Case:
    """One order with its slices, holds, fulfillment orders, shipments and money. `trace` is the flow's span."""

    order: Order
    slices: tuple[Slice, ...]
    payments: Payments
    holds: tuple[Hold, ...] = ()
    fulfillment_orders: tuple[FulfillmentOrder, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    trace: TraceContext | None = None
    effects: Effects = field(default_factory=Effects)

    @property
    def order_id(self) -> UUID:
        """Id of the order."""
        return self.order.order_id

    @property
    def traceparent(self) -> str:
        """Header value under which what follows from this flow is traced."""
        return self.trace.traceparent() if self.trace else self.order.traceparent

    @property
    def changed(self) -> bool:
        """Whether anything happened to it in this flow."""
        effects = self.effects
        told = effects.events or effects.messages or effects.timers or effects.exceptions or effects.resolved
        return bool(told or effects.postings)

    def happened(self, facts: EventFacts, at: Instant) -> UUID:
        """Notes an event: the next version of the order. Answers its id, the cause of the moves that follow."""
        version = self.order.version + 1
        self.order = replace(self.order, version=version)
        event = Event(
            event_id=derived(self.order_id, "event", version),
            facts=facts,
            occurred_at=at,
            order_id=self.order_id,
            order_version=version,
            traceparent=self.traceparent,
            channel_id=self.order.channel_id,
            seller_id=self.order.seller_id,
        )
        self.effects.events.append(event)
        return event.event_id

    def taking(self, action: SliceAction, quantity: int | None = None, *, where: Where = everywhere) -> list[Taking]:
        """The slices that can take an action; see `slices.policy.taking`."""
        return taking(self.slices, action, quantity, where=where)

    def move(self, takings: list[Taking], action: SliceAction, cause: UUID, at: Instant, place: Place = stay) -> None:
        """Moves units; their stock follows when the case's stock is settled."""
        self.slices, moves = moved(self.slices, takings, action, place, cause, at)
        self.effects.moves += moves

    def send(
        self, payload: Payload, lane: str, message_id: UUID, *, account_id: str | None = None, priority: int = 5
    ) -> None:
        """Has a message sent, or a task run when it names no account."""
        self.effects.messages.append(
            Message(
                message_id=message_id,
                lane=lane,
                payload=payload,
                account_id=account_id,
                order_id=self.order_id,
                traceparent=self.traceparent,
                priority=priority,
            )
        )

    def task(self, payload: Payload) -> None:
        """Has one of our own flows run in this order's lane, after this transaction."""
        message_id = derived(self.order_id, "task", payload.KIND, self.order.version, len(self.effects.messages))
        self.send(payload, f"task:{text_of(self.order_id)}", message_id)

    def set_timer(self, payload: TimerPayload) -> None:
        """Sets or replaces a timer."""
        self.effects.timers.append(Timer(payload, self.order_id, self.traceparent))

    def share_timer(self, timer: TimerPayload) -> None:
        """Sets a timer that other orders set, too, unless it stands already."""
        self.effects.shared_timers.append(Timer(timer))

    def clear_timer(self, timer: type[TimerPayload], subject: UUID) -> None:
        """Takes a timer back."""
        self.effects.cleared_timers.append((timer, subject))

    def open_exception(
        self,
        reason: ExceptionReason,
        subject: str,
        detail: str,
        suggested_command: str | None,
        at: Instant,
        deadline_at: Instant | None = None,
        owner: str = "",
    ) -> None:
        """Records that something cannot go on; one open record per reason and subject. The rest: see `raised`."""
        self.effects.exceptions.append(
            raised(
                exception_id=derived(self.order_id, reason.value, subject, self.order.version),
                reason=reason,
                subject=subject,
                detail=detail,
                suggested_command=suggested_command,
                at=at,
                order_id=self.order_id,
                deadline_at=deadline_at,
                owner=owner,
            )
        )

    def resolve_exception(self, reason: ExceptionReason, subject: str) -> None:
        """Ends an exception, if it is open."""
        self.effects.resolved.append((reason, subject))

    def post(self, cause: str, subject: UUID, at: Instant, *entries: tuple[Account, int]) -> None:
        """Posts money once per cause and subject: entries (account, signed minor units) that sum to zero."""
        kept = tuple((account, amount) for account, amount in entries if amount)
        if kept:
            posting_id = derived(subject, "posting", cause)
            self.effects.postings.append(Posting(posting_id, self.order_id, cause, self.order.currency, kept, at))

    def blocked(self, operation: Operation) -> Hold | None:
        """The active hold that blocks an operation for the whole order; see `cases.held` for parts of it."""
        return blocking(self.holds, operation)

    def put_hold(self, hold: Hold) -> None:
        """Adds a hold or replaces it by its new self."""
        self.holds = (*(one for one in self.holds if one.hold_id != hold.hold_id), hold)

    def fulfillment_order(self, fulfillment_order_id: UUID) -> FulfillmentOrder:
        """One of the case's fulfillment orders."""
        return next(
            fulfillment_order
            for fulfillment_order in self.fulfillment_orders
            if fulfillment_order.fulfillment_order_id == fulfillment_order_id
        )

    def put_fulfillment_order(self, fulfillment_order: FulfillmentOrder) -> None:
        """Adds a fulfillment order or replaces it by its new self."""
        known = fulfillment_order.fulfillment_order_id
        rest = tuple(one for one in self.fulfillment_orders if one.fulfillment_order_id != known)
        self.fulfillment_orders = (*rest, fulfillment_order)

    def put_shipment(self, shipment: Shipment) -> None:
        """Adds a shipment or replaces it by its new self."""
        rest = tuple(one for one in self.shipments if one.shipment_id != shipment.shipment_id)
        self.shipments = (*rest, shipment)

    def put_transaction(self, transaction: Transaction) -> None:
        """Adds a transaction or replaces it by its new self."""
        known = transaction.transaction_id
        rest = [one for one in self.payments.transactions if one.transaction_id != known]
        self.payments = replace(self.payments, transactions=(*rest, transaction))

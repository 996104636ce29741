"""What happens at an instant of business time: a timer per subject, which becomes a task when it is due."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import Struct, field

from hub.kernel.instant import Instant


class ReleaseDue(Struct, frozen=True):
    """An order was too early to be released, and is not any more."""

    KIND: ClassVar[str] = "timer.release"

    order_id: UUID = field(name="subject")
    due_at: Instant


class CoolDownDue(Struct, frozen=True):
    """The cool-down ends of a channel's orders that were placed before `due_at`; `subject` names channel and end."""

    KIND: ClassVar[str] = "timer.cool_down"

    subject: str
    due_at: Instant
    channel_id: str


class NodeAnswerDue(Struct, frozen=True):
    """A node did not answer in time what it was asked."""

    KIND: ClassVar[str] = "timer.node_answer"

    request_id: UUID = field(name="subject")
    due_at: Instant
    fulfillment_order_id: UUID


class NodeWorkDue(Struct, frozen=True):
    """A node did not tell in time of a fulfillment order that it has."""

    KIND: ClassVar[str] = "timer.node_work"

    fulfillment_order_id: UUID = field(name="subject")
    due_at: Instant
    order_id: UUID


class AcceptanceDue(Struct, frozen=True):
    """A node did not acknowledge a fulfillment order in the time that the network gives it."""

    KIND: ClassVar[str] = "timer.acceptance"

    fulfillment_order_id: UUID = field(name="subject")
    due_at: Instant
    order_id: UUID


class PickupDue(Struct, frozen=True):
    """What lies ready at a store was not collected in time."""

    KIND: ClassVar[str] = "timer.pickup"

    fulfillment_order_id: UUID = field(name="subject")
    due_at: Instant
    order_id: UUID


class ParcelDue(Struct, frozen=True):
    """A parcel that left did not arrive in time."""

    KIND: ClassVar[str] = "timer.parcel_arrival"

    shipment_id: UUID = field(name="subject")
    due_at: Instant
    order_id: UUID


class LabelDue(Struct, frozen=True):
    """A label that was asked for is not bought in time."""

    KIND: ClassVar[str] = "timer.label"

    label_id: UUID = field(name="subject")
    due_at: Instant
    order_id: UUID
    fulfillment_order_id: UUID


class DeclarationDue(Struct, frozen=True):
    """Customs said nothing new of a declaration in time."""

    KIND: ClassVar[str] = "timer.declaration"

    declaration_id: UUID = field(name="subject")
    due_at: Instant
    order_id: UUID


class PartnerAnswerDue(Struct, frozen=True):
    """A partner that will answer a message later is asked for it; it said so at `asked_at`."""

    KIND: ClassVar[str] = "timer.partner_answer"

    message_id: UUID = field(name="subject")
    due_at: Instant
    asked_at: Instant


class MessagesDue(Struct, frozen=True, kw_only=True):
    """Messages that partners did not take have waited long enough for somebody to be told."""

    KIND: ClassVar[str] = "timer.overdue_messages"

    subject: str = "hub"
    due_at: Instant


class HoldDue(Struct, frozen=True):
    """The time of a hold is over."""

    KIND: ClassVar[str] = "timer.hold"

    hold_id: UUID = field(name="subject")
    due_at: Instant
    order_id: UUID


class AuthorizationDue(Struct, frozen=True):
    """An authorization ends soon."""

    KIND: ClassVar[str] = "timer.authorization"

    transaction_id: UUID = field(name="subject")
    due_at: Instant
    order_id: UUID


class CustomerActionDue(Struct, frozen=True):
    """A customer has not confirmed an authorization in time."""

    KIND: ClassVar[str] = "timer.customer_action"

    transaction_id: UUID = field(name="subject")
    due_at: Instant
    order_id: UUID


class LinesExpire(Struct, frozen=True):
    """The latest date of lines of an order has come."""

    KIND: ClassVar[str] = "timer.cancel_expired"

    order_id: UUID = field(name="subject")
    due_at: Instant


class ReturnDeadline(Struct, frozen=True):
    """The units of a return did not come in time."""

    KIND: ClassVar[str] = "timer.return_deadline"

    return_id: UUID = field(name="subject")
    due_at: Instant


class RefundDue(Struct, frozen=True):
    """The refund of a withdrawal, whose goods come back by a return, is due soon."""

    KIND: ClassVar[str] = "timer.refund"

    return_id: UUID = field(name="subject")
    due_at: Instant


class ClaimDue(Struct, frozen=True):
    """The time to decide a claim of a customer is over."""

    KIND: ClassVar[str] = "timer.claim"

    claim_id: UUID = field(name="subject")
    due_at: Instant
    order_id: UUID


class DecisionDue(Struct, frozen=True):
    """The time is over for which the clearing of a party and an entry of a denied-party list is remembered."""

    KIND: ClassVar[str] = "timer.screening_decision"

    decision_id: UUID = field(name="subject")
    due_at: Instant


class ForgetDue(Struct, frozen=True, kw_only=True):
    """What is kept for a time only is forgotten; once a day."""

    KIND: ClassVar[str] = "timer.forget_expired"

    subject: str = "hub"
    due_at: Instant


class ParkedEventDue(Struct, frozen=True):
    """A parked event has waited as long as it may."""

    KIND: ClassVar[str] = "timer.parked_event"

    parked_event_id: UUID = field(name="subject")
    due_at: Instant


class FeedGapDue(Struct, frozen=True):
    """Numbers of a source's feed are missing for too long."""

    KIND: ClassVar[str] = "timer.feed_gap"

    source: str = field(name="subject")
    due_at: Instant


class CountAbandoned(Struct, frozen=True):
    """The rows of a count stopped coming."""

    KIND: ClassVar[str] = "timer.snapshot_abandoned"

    snapshot_id: UUID = field(name="subject")
    due_at: Instant


class PublishStockDue(Struct, frozen=True):
    """A channel is told the levels that changed."""

    KIND: ClassVar[str] = "timer.publish_stock"

    channel_id: str = field(name="subject")
    due_at: Instant


class PostStockDue(Struct, frozen=True):
    """An ERP is posted what moved on a node's shelves."""

    KIND: ClassVar[str] = "timer.post_stock"

    node_id: str = field(name="subject")
    due_at: Instant


class RetryWaiting(Struct, frozen=True, kw_only=True):
    """Stock came free: orders that wait for it are released again."""

    KIND: ClassVar[str] = "timer.retry_waiting"

    subject: str = "stock"
    due_at: Instant


class PromiseDue(Struct, frozen=True):
    """What an order waits for has to leave by now, if its promise is to be kept."""

    KIND: ClassVar[str] = "timer.promise"

    order_id: UUID = field(name="subject")
    due_at: Instant


class NetworkDue(Struct, frozen=True):
    """A network comes into force at `valid_from` (ISO 8601)."""

    KIND: ClassVar[str] = "timer.network"

    valid_from: str = field(name="subject")
    due_at: Instant


class TrialDue(Struct, frozen=True):
    """Orders of a channel are compared with what its tried sourcing policy makes of them."""

    KIND: ClassVar[str] = "timer.trial"

    channel_id: str = field(name="subject")
    due_at: Instant


class StockValuesDue(Struct, frozen=True):
    """The next piece of what a channel's units are worth where they lie is computed."""

    KIND: ClassVar[str] = "timer.stock_values"

    channel_id: str = field(name="subject")
    due_at: Instant


class RepromiseDue(Struct, frozen=True):
    """Supply of a SKU changed: orders that wait for it may have to be promised another day."""

    KIND: ClassVar[str] = "timer.repromise"

    sku: str = field(name="subject")
    due_at: Instant


class ReservationsExpire(Struct, frozen=True):
    """The time of reservations is over; those of one `step` end together."""

    KIND: ClassVar[str] = "timer.expire_reservations"

    step: str = field(name="subject")
    due_at: Instant


class TransferDue(Struct, frozen=True):
    """A transfer had to leave by now, or to arrive."""

    KIND: ClassVar[str] = "timer.transfer"

    transfer_id: UUID = field(name="subject")
    due_at: Instant


class WebhookSilent(Struct, frozen=True):
    """Events for a webhook were given up some days ago: does its receiver take anything?"""

    KIND: ClassVar[str] = "timer.webhook_silent"

    webhook_id: UUID = field(name="subject")
    due_at: Instant


class PollDue(Struct, frozen=True):
    """A partner account is asked for updates, by a message of `message_kind` (`warehouse.pull`)."""

    KIND: ClassVar[str] = "timer.poll"

    account_id: str = field(name="subject")
    due_at: Instant
    message_kind: str

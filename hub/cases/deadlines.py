"""What waits, for how long, and what the end of the wait does: every wait for somebody outside has a row here."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from msgspec import Struct

from hub.inbox import model as inbox
from hub.inventory.operations import counting
from hub.messages.payload import TimerPayload
from hub.messages.timers import (
    AuthorizationDue,
    ClaimDue,
    CountAbandoned,
    CustomerActionDue,
    DeclarationDue,
    FeedGapDue,
    HoldDue,
    LabelDue,
    MessagesDue,
    NodeAnswerDue,
    NodeWorkDue,
    ParcelDue,
    ParkedEventDue,
    PartnerAnswerDue,
    PickupDue,
    RefundDue,
    ReturnDeadline,
    TransferDue,
    WebhookSilent,
)


class Deadline(Struct, frozen=True):
    """A wait in business time. `timer` ends it, `waits` and `ends` are for people."""

    timer: type[TimerPayload]
    waits: str
    span: timedelta
    ends: str


NODE_ANSWER: Final = Deadline(
    NodeAnswerDue,
    "A request to a node: to cancel units, to give them back, or to put back what nobody collected.",
    timedelta(minutes=60),
    "It counts as refused: the parcel ships; of a cancel the customer is offered a return, and CANCEL_REFUSED names it."
    " An answer that comes later is taken all the same.",
)

NODE_WORK: Final = Deadline(
    NodeWorkDue,
    "Units that a node has to ship, counted from when they should leave, or from the node's last report after that."
    " What is to be collected is named at once when it should be ready (two hours after its store has it), then daily.",
    timedelta(days=1),
    "WORK_OVERDUE names the fulfillment order, and ends when its node acknowledges, picks, packs or ships units of it,"
    " or gives them up. `crossdock bulk source-again` asks the node to give them back.",
)

PICKUP: Final = Deadline(
    PickupDue,
    "Units that lie ready to be collected.",
    timedelta(days=5),
    "They are canceled, their money is given back, the node is asked to put them back on the shelf, where they are on"
    " sale again at once, and the customer is told. `crossdock pickup --renew` holds them longer before that.",
)

TRANSFER: Final = Deadline(
    TransferDue,
    "A transfer that its origin has to ship, where neither its requester nor the lane of its service says by when; and"
    " one in transit: seven days from when it left, where neither the origin nor the lane says when it arrives.",
    timedelta(days=2),
    "TRANSFER_LATE names it, once more each day, and ends when it leaves, comes whole, or is canceled."
    " `crossdock transfer ship` or `crossdock transfer receive --final` says what became of it.",
)

PARCEL_ARRIVAL: Final = Deadline(
    ParcelDue,
    "A parcel that left, counted from the day promised: to be delivered, or to come back.",
    timedelta(days=14),
    "PARCEL_OVERDUE names it. `crossdock parcels write-off` ends it as lost and credits the customer.",
)

LABEL: Final = Deadline(
    LabelDue,
    "A label that a node asked for.",
    timedelta(minutes=30),
    "LABEL_MISSING names the parcel. `crossdock label --buy` asks for another one; the one before is voided should it"
    " still be bought.",
)

DECLARATION: Final = Deadline(
    DeclarationDue,
    "A declaration of which customs says nothing new, counted from what it said last.",
    timedelta(days=2),
    "DECLARATION_OVERDUE names it, and ends when customs says more. `crossdock declarations --record` records what"
    " customs says on the phone.",
)

PARTNER_ANSWER: Final = Deadline(
    PartnerAnswerDue,
    "A partner that answered PENDING: an authorization, screening, tax, capture, refund, report or release. It is"
    " asked again by FindOperation after 5 minutes, then after twice as long each time, at last once a day.",
    timedelta(days=1),
    "ANSWER_OVERDUE names it, and the partner is asked on. An answer that comes later is taken all the same.",
)

MESSAGES: Final = Deadline(
    MessagesDue,
    "A message that its partner has not taken, counted from when it was to be sent.",
    timedelta(hours=4),
    "MESSAGES_OVERDUE names the account, once however many messages wait, and ends when none waits too long."
    " `crossdock messages retry --account` has them tried at once.",
)

AUTHORIZATION: Final = Deadline(
    AuthorizationDue,
    "What is authorized and not captured, counted back from the end that the provider states; half of its time where"
    " that is less.",
    timedelta(days=1),
    "What nodes work on is authorized again, and the old authorization is given back once the new one is granted; a"
    " decline puts a PAYMENT hold. Where no node works, it is given back, and asked for again before the release.",
)

CUSTOMER_ACTION: Final = Deadline(
    CustomerActionDue,
    "A customer who has to confirm an authorization; less where the provider says so.",
    timedelta(hours=12),
    "The authorization counts as declined: a PAYMENT hold names it. PAYMENT_CONTRADICTED names a confirmation that is"
    " reported later.",
)

WITHDRAWAL_REFUND: Final = Deadline(
    RefundDue,
    "The refund of goods that a withdrawal brings back, counted back from the day by which the law has it paid.",
    timedelta(days=2),
    "WITHDRAWAL_REFUND_DUE names goods that came, or that were handed in, and are not refunded, and ends when they are"
    " inspected. While the customer has sent nothing the refund may be withheld: this is looked at again each day.",
)

CLAIM: Final = Deadline(
    ClaimDue,
    "A claim of a customer, opened and not decided.",
    timedelta(days=2),
    "CLAIM_UNDECIDED names it, and ends when it is decided. `crossdock claim decide` refunds or rejects it.",
)

LATE_RETURN: Final = Deadline(
    ReturnDeadline,
    "Units of a return that came after it had expired: to be disposed of. Those of any other return are awaited until"
    " the day that its policy sets.",
    timedelta(days=14),
    "RETURN_OVERDUE names the return, and ends when the return is closed.",
)

HOLD: Final = Deadline(
    HoldDue,
    "A hold that was put for a time; this is the longest there is.",
    timedelta(days=366),
    "It is EXPIRED, and the order goes on as if the hold had been resolved.",
)

PARKED_EVENT: Final = Deadline(
    ParkedEventDue,
    "An event that came before its order, its parcel or earlier numbers of its feed.",
    inbox.PATIENCE,
    "EVENT_UNMATCHED names it. It is applied all the same when that comes.",
)

FEED_GAP: Final = Deadline(
    FeedGapDue,
    "Numbers that are missing in a source's feed.",
    inbox.PATIENCE,
    "FEED_GAP names them. `crossdock feeds --skip` gives them up.",
)

COUNT: Final = Deadline(
    CountAbandoned, "A full count whose rows stopped coming.", counting.PATIENCE, "SNAPSHOT_ABANDONED names it."
)

WEBHOOK_SILENT: Final = Deadline(
    WebhookSilent,
    "A webhook for which an event was given up after two days: its receiver shall take anything.",
    timedelta(days=3),
    "If it took nothing for five days the webhook is disabled, and WEBHOOK_DISABLED names it."
    " `crossdock webhook replay` goes on with all that was not delivered.",
)

DEADLINES: Final = (
    *(NODE_ANSWER, NODE_WORK, PICKUP, PARCEL_ARRIVAL, PARTNER_ANSWER, MESSAGES, AUTHORIZATION, CUSTOMER_ACTION, HOLD),
    *(TRANSFER, LABEL),
    *(WITHDRAWAL_REFUND, CLAIM, DECLARATION, LATE_RETURN, PARKED_EVENT, FEED_GAP, COUNT, WEBHOOK_SILENT),
)
"""All of them."""

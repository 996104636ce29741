"""The one way of payloads to JSON and back. What was stored by an earlier version stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import ValidationError, convert, to_builtins

from hub.kernel.instant import Instant
from hub.messages import (
    channel,
    customs,
    erp,
    fraud,
    notice,
    payment,
    tasks,
    tax,
    timers,
    transport,
    vat,
    warehouse,
    webhooks,
)
from hub.messages.payload import Payload, TimerPayload, Unread

_TIMER: Final = "timer."
_STRUCTS: Final[tuple[type[Payload], ...]] = (
    *(warehouse.ReleaseFulfillmentOrder, warehouse.CancelFulfillmentOrder, warehouse.PullWarehouse),
    *(transport.RegisterParcel, transport.PullTransport, transport.BuyLabel, transport.RefundLabel),
    *(customs.DeclareConsignment, customs.AddCustomsDocument, customs.PullCustoms),
    *(payment.AuthorizePayment, payment.CapturePayment, payment.ReversePayment, payment.RefundPayment),
    *(channel.ReportProgress, channel.RefundByChannel, channel.PublishStock),
    vat.CheckVatNumber,
    *(erp.PostDocument, tax.DetermineTax, fraud.ScreenOrder, notice.SendNotice),
    *(tasks.ConfirmOrder, tasks.ReleaseOrder, tasks.TurnBackParcel, tasks.PlaceExchange, tasks.SettleExchange),
    *(tasks.SettleClaim, tasks.SettleConsignment, tasks.SettleBalance, tasks.DeclareShipment),
    tasks.ReviewCredit,
    *(tasks.ScreenParties, tasks.ScreenAgain, timers.DecisionDue),
    *(tasks.RefundUnused, tasks.RefundShipping, tasks.ReadDocument, tasks.ApplyParked),
    timers.CoolDownDue,
    *(timers.ReleaseDue, timers.NodeAnswerDue, timers.LinesExpire, timers.ReturnDeadline, timers.ForgetDue),
    timers.RefundDue,
    *(timers.ClaimDue, timers.DeclarationDue),
    *(timers.ParkedEventDue, timers.FeedGapDue, timers.CountAbandoned, timers.PublishStockDue, timers.PostStockDue),
    *(
        timers.ParcelDue,
        timers.LabelDue,
        timers.PartnerAnswerDue,
        timers.MessagesDue,
        timers.HoldDue,
        timers.AuthorizationDue,
    ),
    timers.CustomerActionDue,
    *(
        timers.NodeWorkDue,
        timers.AcceptanceDue,
        timers.NetworkDue,
        timers.TrialDue,
        timers.StockValuesDue,
        timers.PickupDue,
        timers.RetryWaiting,
        timers.RepromiseDue,
        timers.PromiseDue,
        timers.ReservationsExpire,
        timers.TransferDue,
        timers.PollDue,
    ),
    *(webhooks.DeliverEvent, timers.WebhookSilent),
)
PAYLOADS: Final[Mapping[str, type[Payload]]] = {struct.KIND: struct for struct in _STRUCTS}
"""Kind of message -> the struct of its payload."""


def stored(payload: Payload) -> object:
    """Return what is encoded as the JSON of a message's payload."""
    return payload.stored if isinstance(payload, Unread) else payload


def read(kind: str, stored_payload: Mapping[str, Any]) -> Payload:
    """Return the payload of a stored message; Unread where no struct reads it."""
    struct = PAYLOADS.get(kind)
    if struct is None:
        return Unread(kind, stored_payload, f"Messages of kind {kind} are not known; retry it on a version that does.")
    try:
        return convert(stored_payload, struct)
    except ValidationError as error:
        return Unread(kind, stored_payload, f"The payload does not fit {kind}: {error}")


def timer_kind(struct: type[TimerPayload]) -> str:
    """Return the kind under which a timer is stored: its message's kind without `timer.`."""
    return struct.KIND.removeprefix(_TIMER)


def stored_timer(payload: TimerPayload) -> tuple[str, dict[str, Any]]:
    """Return a timer's subject, and what is stored beside its subject and due instant."""
    fields: dict[str, Any] = to_builtins(payload)
    del fields["due_at"]
    return fields.pop("subject"), fields


def read_timer(kind: str, subject: str, due_at: Instant, fields: Mapping[str, Any]) -> Payload:
    """Return the payload of the message that a stored timer becomes."""
    return read(f"{_TIMER}{kind}", {**fields, "subject": subject, "due_at": due_at})

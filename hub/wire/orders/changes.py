"""Changes of orders on the wire: drafts from messages, changes with their previews as messages."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from crossdock.orders.v1 import change_service_pb2 as pb
from hub.changes.model import ChangedLine, ChangeDraft, ChangeState, OrderChange, Preview, Requester
from hub.kernel.ids import text_of
from hub.kernel.instant import Instant
from hub.wire.address import contact_from_pb
from hub.wire.defaults import meant
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb
from hub.wire.orders.drafts import line_from_pb
from hub.wire.prices import minor_to_pb

CHANGE_STATES: Final = Names(ChangeState, pb.ChangeState, "CHANGE_STATE")
REQUESTERS: Final = Names(Requester, pb.ChangeRequester, "CHANGE_REQUESTER")


def change_from_pb(message: pb.ProposeChangeRequest, currency: str) -> ChangeDraft:
    """The draft in a request, its amounts in the order's currency; raises CurrencyMismatch and InvalidField."""
    change = message.change
    return ChangeDraft(
        order_id=UUID(message.order_id),
        reason=message.reason,
        quantities=tuple((one.line_number, one.quantity) for one in change.lines),
        added=tuple(
            line_from_pb(line, currency, f"change.added_lines[{index}]")
            for index, line in enumerate(change.added_lines)
        ),
        order_version=message.order_version,
        requested_by=REQUESTERS.from_pb(meant(message, "requested_by"), "requested_by"),
        ship_to=contact_from_pb(change.ship_to, field="change.ship_to") if change.HasField("ship_to") else None,
        gift_message=change.gift_message,
        delivery_instructions=change.delivery_instructions,
    )


def change_to_pb(change: OrderChange, at: Instant) -> pb.OrderChange:
    """A change as it stands at an instant."""
    message = pb.OrderChange(
        change_id=text_of(change.change_id),
        order_id=text_of(change.order_id),
        order_version=change.order_version,
        state=CHANGE_STATES.to_pb(change.state(at)),
        reason=change.reason,
        preview=_preview(change.preview, change.currency),
        create_time=instant_to_pb(change.proposed_at),
        expire_time=instant_to_pb(change.expires_at),
        requested_by=REQUESTERS.to_pb(change.requested_by),
        ship_to_party_id=text_of(change.ship_to_party_id) if change.ship_to_party_id else "",
        gift_message=change.gift_message,
        delivery_instructions=change.delivery_instructions,
    )
    if change.confirmed_at is not None:
        message.confirm_time.CopyFrom(instant_to_pb(change.confirmed_at))
    return message


def _preview(preview: Preview, currency: str) -> pb.ChangePreview:
    return pb.ChangePreview(
        lines=[_line(line, currency) for line in preview.lines],
        total_before=minor_to_pb(preview.total_before_minor, currency),
        total_after=minor_to_pb(preview.total_after_minor, currency),
        tax_before=minor_to_pb(preview.tax_before_minor, currency),
        tax_after=minor_to_pb(preview.tax_after_minor, currency),
        to_authorize=minor_to_pb(preview.authorize_minor, currency),
        to_give_back=minor_to_pb(preview.give_back_minor, currency),
    )


def _line(line: ChangedLine, currency: str) -> pb.ChangedLine:
    return pb.ChangedLine(
        line_number=line.line_number,
        sku=line.sku,
        quantity_before=line.quantity_before,
        quantity_after=line.quantity_after,
        total_before=minor_to_pb(line.total_before_minor, currency),
        total_after=minor_to_pb(line.total_after_minor, currency),
        promised_time=instant_to_pb(line.promised_at) if line.promised_at else None,
        waiting_quantity=line.waiting,
    )

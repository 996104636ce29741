"""What customers ask of their orders: messages to the commands of the flows, without what only a seller may state."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from crossdock.customers.v1 import customers_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from hub.cases.returns.withdrawal_rights import RightRequest
from hub.changes.model import ChangeDraft, Requester
from hub.customers.model import Subject
from hub.flows.customers.open_sessions import Try
from hub.flows.customers.send_codes import Guest
from hub.flows.returns.confirm_withdrawals import WithdrawalDraft
from hub.kernel.errors import InvalidField
from hub.orders.model import CancelRequest, LineDraft
from hub.returns.model import Exchange, Resolution, ReturnRequest
from hub.returns.policy.withdrawals import INFORMED
from hub.wire.address import contact_from_pb
from hub.wire.defaults import meant
from hub.wire.orders.drafts import line_from_pb
from hub.wire.prices import minor_from_pb
from hub.wire.returns.return_drafts import return_line_from_pb
from hub.wire.returns.returns import RESOLUTIONS

_REASON = "asked for by the customer"


def guest_from_pb(message: pb.AskForCodeRequest) -> Guest:
    """Who says that an order is theirs."""
    return Guest(message.channel_id, message.order_number, message.email)


def try_from_pb(message: pb.OpenSessionRequest) -> Try:
    """A code that is tried."""
    return Try(message.channel_id, message.order_number, message.email, message.code)


def subject_from_pb(message: pb.IssueSessionRequest | pb.EndSessionsRequest) -> Subject:
    """Whose sessions are meant; of nobody where the message names neither order nor party."""
    return Subject(
        UUID(message.order_id) if message.order_id else None, UUID(message.party_id) if message.party_id else None
    )


def change_draft_from_pb(message: pb.ProposeOwnChangeRequest, currency: str) -> ChangeDraft:
    """A change as a customer states it, goods at their list price. Raises InvalidField."""
    return ChangeDraft(
        order_id=UUID(message.order_id),
        reason=_REASON,
        quantities=tuple((one.line_number, one.quantity) for one in message.lines),
        added=_goods(message.added_goods, currency, "added_goods"),
        order_version=message.order_version,
        requested_by=Requester.CUSTOMER,
        ship_to=contact_from_pb(message.ship_to, field="ship_to") if message.HasField("ship_to") else None,
        gift_message=message.gift_message,
        delivery_instructions=message.delivery_instructions,
    )


def cancel_request_from_pb(message: pb.CancelOwnLinesRequest) -> CancelRequest:
    """What a customer cancels."""
    lines = tuple((line.line_number, line.quantity) for line in message.lines)
    return CancelRequest(UUID(message.order_id), _REASON, lines, by_customer=True)


def return_request_from_pb(message: pb.PreviewOwnReturnRequest | pb.RequestOwnReturnRequest) -> ReturnRequest:
    """What a customer sends back. Raises InvalidField where new goods are named for no exchange, or none for one."""
    draft = message.draft
    resolution = RESOLUTIONS.from_pb(meant(draft, "resolution"), "draft.resolution")
    if bool(draft.exchange_goods) != (resolution is Resolution.EXCHANGE):
        raise InvalidField(
            "exchange_goods go with resolution EXCHANGE: state both or neither.",
            exchange_goods="go with resolution EXCHANGE",
        )
    agreed, currency = draft.HasField("agreed_total"), draft.agreed_total.currency_code
    goods = _goods(draft.exchange_goods, "", "draft.exchange_goods")
    return ReturnRequest(
        order_id=UUID(message.order_id),
        lines=tuple(return_line_from_pb(line, index) for index, line in enumerate(draft.lines)),
        resolution=resolution,
        agreed_minor=minor_from_pb(draft.agreed_total, currency, field="draft.agreed_total") if agreed else None,
        agreed_currency=currency,
        exchange=Exchange(goods) if goods else None,
    )


def own_right_from_pb(message: pb.GetOwnWithdrawalRightRequest) -> RightRequest:
    """Whose right is asked. The customer counts as informed: only the seller says that they were not."""
    return RightRequest(UUID(message.order_id), "", INFORMED)


def own_withdrawal_from_pb(message: pb.ConfirmOwnWithdrawalRequest) -> WithdrawalDraft:
    """What a customer withdraws from."""
    lines = tuple((line.line_number, line.quantity) for line in message.lines)
    return WithdrawalDraft(UUID(message.order_id), "", lines, INFORMED)


def _goods(goods: Iterable[pb.AddedGoods], currency: str, field: str) -> tuple[LineDraft, ...]:
    """Lines at list price: a customer states none."""
    stated = [orders_pb2.OrderLineDraft(sku=one.sku, quantity=one.quantity) for one in goods]
    return tuple(line_from_pb(line, currency, f"{field}[{index}]") for index, line in enumerate(stated))

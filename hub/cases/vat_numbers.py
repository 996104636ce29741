"""VAT numbers of payers who owe the tax: asked for, answered, and the hold that a number out of force causes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.holds import hold
from hub.cases.money.resumption import go_on
from hub.exceptions.model import ExceptionReason
from hub.holds.model import Hold, HoldStatus, HoldType
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.events.orders import VatNumberChecked
from hub.messages.vat import CheckVatNumber, Consultation
from hub.network.model import Channel
from hub.orders.lifecycle import ENDED
from hub.orders.model import Order, TaxTreatment
from hub.trade.model.vat_numbers import VatNumberCheck, VatNumberState

_REASON: Final = "the VAT number of the payer is not in force, and no tax was charged"


def is_reverse_charged(order: Order) -> bool:
    """Whether the payer of an order owes the tax."""
    return order.tax_treatment is TaxTreatment.REVERSE_CHARGE


def unasked(order: Order) -> VatNumberCheck:
    """The check of an order about whose payer nobody is asked."""
    return VatNumberCheck(order.order_id, order.bill_to_party_id, VatNumberState.NOT_ASKED)


def asked(case: Case, channel: Channel, attempt: int) -> VatNumberCheck:
    """Asks the register of a channel about the payer's number; without one, the check says that nobody was asked."""
    order, account_id = case.order, channel.vat_registry_account_id
    if not account_id:
        return unasked(order)
    payload = CheckVatNumber(order.order_id, order.bill_to_party_id, attempt)
    lane = f"{payload.KIND}:{account_id}:{order.order_id}"
    case.send(payload, lane, derived(order.order_id, payload.KIND, attempt), account_id=account_id, priority=5)
    return VatNumberCheck(order.order_id, order.bill_to_party_id, VatNumberState.PENDING, attempt)


def first_checks(flow: FlowContext, placed: Iterable[Case]) -> list[VatNumberCheck]:
    """Asks about the numbers of orders that were placed just now; returns the checks to keep."""
    return [
        asked(case, flow.network.channel(case.order.channel_id), 1) for case in placed if is_reverse_charged(case.order)
    ]


def answered(case: Case, channel: Channel, check: VatNumberCheck, said: Consultation, at: Instant) -> VatNumberCheck:
    """Takes what a register said of a number; an order held for the number before goes on where this one is in force.

    A number that is not in force holds the order, which a person may have go on. Of an order that has ended, an
    exception says that its tax was not owed by the buyer.
    """
    state = VatNumberState.IN_FORCE if said.in_force else VatNumberState.NOT_IN_FORCE
    case.happened(VatNumberChecked(state=state.value, consultation_number=said.consultation_number), at)
    if said.in_force:
        case.resolve_exception(ExceptionReason.VAT_NUMBER_NOT_IN_FORCE, str(case.order_id))
        for one in _holds(case):
            go_on(case, channel, one, "the VAT number of the payer is in force", at)
    elif case.order.state in ENDED:
        case.open_exception(
            ExceptionReason.VAT_NUMBER_NOT_IN_FORCE,
            str(case.order_id),
            f"{_REASON.capitalize()}; the order has ended.",
            f"crossdock vat-number {case.order_id} --check",
            at,
        )
    elif not _holds(case):
        hold(case, HoldType.TAX, _REASON, at, command=f"crossdock vat-number {case.order_id} --check")
    return VatNumberCheck(check.order_id, check.party_id, state, check.attempt, at, said.consultation_number)


def _holds(case: Case) -> list[Hold]:
    return [
        one
        for one in case.holds
        if one.status is HoldStatus.ACTIVE and one.type is HoldType.TAX and one.reason == _REASON
    ]


def payer_of_attempt(order_id: UUID, attempt: int) -> UUID:
    """The id of the party that has another number than the payer before."""
    return derived(order_id, "payer", attempt)

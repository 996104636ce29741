"""Checks VAT numbers of payers who owe the tax: takes what registers answer, and asks again by a person's word."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.store import load, save
from hub.cases.vat_numbers import answered, asked, payer_of_attempt
from hub.kernel.errors import Refusal
from hub.messages.vat import Consultation
from hub.orders import operations as orders
from hub.orders.errors import OrderNotFound
from hub.parties import operations as parties
from hub.parties.errors import PartyNotFound
from hub.parties.model import Party
from hub.trade import operations as trade
from hub.trade.errors import VatNumberNotStated, VatRegistryNotConnected
from hub.trade.model.vat_numbers import VatNumberCheck, VatNumberState

FLOW = "check_vat_numbers"


class VatAnswer(Struct, frozen=True):
    """What a register said to the question `attempt` about an order."""

    order_id: UUID
    attempt: int
    said: Consultation


class VatNumberToCheck(Struct, frozen=True):
    """An order whose number is to be looked up again, or another number of its payer; the known one if empty."""

    order_id: UUID
    vat_number: str = ""


async def take_vat_answers(flow: FlowContext, answers: Sequence[VatAnswer]) -> list[None]:
    """Takes what registers said, each once: an answer to a question before the last changes nothing."""
    loaded = await load(flow, FLOW, [one.order_id for one in answers])
    known = await trade.vat_checks(flow.tx, loaded.cases)
    for one in answers:
        case, check = loaded.cases[one.order_id], known[one.order_id]
        if check.state is VatNumberState.PENDING and check.attempt == one.attempt:
            channel = flow.network.channel(case.order.channel_id)
            known[one.order_id] = answered(case, channel, check, one.said, flow.at)
    await trade.save_vat_checks(flow.tx, list(known.values()))
    await save(flow, FLOW, loaded)
    return [None] * len(answers)


async def check_again(flow: FlowContext, commands: Sequence[VatNumberToCheck]) -> list[VatNumberCheck | Refusal]:
    """Asks registers again, about another number where one is given.

    Refuses ORDER_NOT_FOUND, VAT_NUMBER_NOT_STATED, VAT_REGISTRY_NOT_CONNECTED, PARTY_NOT_FOUND.
    """
    loaded = await load(flow, FLOW, [one.order_id for one in commands])
    known = await trade.vat_checks(flow.tx, loaded.cases)
    answers: list[VatNumberCheck | Refusal] = []
    for command in commands:
        try:
            check = await _again(flow, loaded.cases.get(command.order_id), known.get(command.order_id), command)
            known[check.order_id] = check
            answers.append(check)
        except Refusal as refusal:
            answers.append(refusal)
    await trade.save_vat_checks(flow.tx, [one for one in answers if isinstance(one, VatNumberCheck)])
    await save(flow, FLOW, loaded)
    return answers


async def _again(
    flow: FlowContext, case: Case | None, known: VatNumberCheck | None, command: VatNumberToCheck
) -> VatNumberCheck:
    if case is None:
        raise OrderNotFound(f"There is no order {command.order_id}.", order_id=command.order_id)
    if known is None:
        raise VatNumberNotStated("The seller owes the tax on this order; no VAT number is checked.", **_named(case))
    channel = flow.network.channel(case.order.channel_id)
    if not channel.vat_registry_account_id:
        raise VatRegistryNotConnected(
            f"Channel {channel.channel_id} names no vat_registry_account_id; put a network that does.", **_named(case)
        )
    if command.vat_number:
        await _take_number(flow, case, known.attempt + 1, command.vat_number)
    return asked(case, channel, known.attempt + 1)


async def _take_number(flow: FlowContext, case: Case, attempt: int, vat_number: str) -> None:
    """Has an order billed to its payer under another number: a party of its own, as what was known stays as it was."""
    party_id = case.order.bill_to_party_id
    contact = (await parties.contacts(flow.tx, [party_id], flow.secrets.people)).get(party_id)
    if contact is None:
        raise PartyNotFound("The payer was erased; the order has nobody to be billed to.", party_id=party_id)
    payer = Party(payer_of_attempt(case.order_id, attempt), replace(contact, vat_number=vat_number))
    await parties.record(flow.tx, [payer], key=flow.secrets.blind_index, keys=flow.secrets.people)
    case.order = replace(case.order, bill_to_party_id=payer.party_id)
    await orders.save_lines(flow.tx, [case.order])


def _named(case: Case) -> dict[str, UUID]:
    return {"order_id": case.order_id}

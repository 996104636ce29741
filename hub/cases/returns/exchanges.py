"""The new demand of an exchange: an order of its own, paid with the goods that come back, the rest by an instrument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext, PlanContested
from hub.cases.credit import account_of
from hub.cases.intake.plan_orders import Planned, plan
from hub.cases.returns.credits import credit_lines
from hub.cases.returns.return_cases import ReturnCase, read_orders
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.kernel.errors import Refusal
from hub.orders.model import Draft, InstrumentDraft
from hub.orders.policy import lines_of
from hub.parties import operations as parties
from hub.parties.errors import PartyNotFound
from hub.parties.model import Contact
from hub.payments.model import Holder
from hub.returns import operations as returns
from hub.returns.errors import ReturnNotFound
from hub.returns.model import Exchange, Return


async def plan_exchanges(flow: FlowContext, return_ids: Sequence[UUID]) -> list[Planned | Refusal]:
    """Works out the orders that returns are exchanged for, from what is read; claims nothing.

    Refuses as placing an order does, PARTY_NOT_FOUND for a customer who was erased.
    """
    order_of = await returns.orders_of(flow.tx, flow.scope, return_ids)
    cases = await read_orders(flow, order_of.values())
    ids = {case.case.order.customer_party_id for case in cases.values()}
    ids |= {case.case.order.ship_to_party_id for case in cases.values()}
    contacts = await parties.contacts(flow.tx, sorted(ids), flow.secrets.people)
    items = await _items(flow, cases)
    drafts: list[Draft | Refusal] = []
    for return_id in return_ids:
        found = cases.get(order_of.get(return_id, return_id))
        if found is None:
            drafts.append(ReturnNotFound(f"There is no return {return_id}.", return_id=return_id))
            continue
        drafts.append(_draft(found, found.returns[return_id], contacts, items))
    plans = await plan(flow, [draft for draft in drafts if isinstance(draft, Draft)])
    planned = iter([one.refusal if isinstance(one, PlanContested) else one for one in plans])
    return [next(planned) if isinstance(draft, Draft) else draft for draft in drafts]


def trade_in_minor(found: ReturnCase, rma: Return) -> int:
    """What the units of a return bring if all are accepted."""
    return sum(
        line.amount_minor for line in credit_lines(found, rma, {line.line_number: line.quantity for line in rma.lines})
    )


async def _items(flow: FlowContext, cases: Mapping[UUID, ReturnCase]) -> dict[str, Item]:
    """What the new goods are, parts of bundles too."""
    exchanges = [rma.exchange for found in cases.values() for rma in found.returns.values() if rma.exchange is not None]
    items = await catalog.load(flow.tx, sorted({line.sku for exchange in exchanges for line in exchange.lines}))
    parts = {part.sku for item in items.values() for part in item.components}
    return {**items, **await catalog.load(flow.tx, sorted(parts - items.keys()))}


def _draft(
    found: ReturnCase, rma: Return, contacts: Mapping[UUID, Contact], items: Mapping[str, Item]
) -> Draft | Refusal:
    case, exchange = found.case, rma.exchange
    order = case.order
    customer = contacts.get(order.customer_party_id)
    if customer is None or exchange is None:
        return PartyNotFound("The customer's data was erased, so nothing can be sent.", return_id=rma.return_id)
    draft = Draft(
        channel_id=order.channel_id,
        channel_reference=f"{order.channel_reference}/{rma.return_id.hex[-8:]}",
        currency=order.currency,
        lines=exchange.lines,
        customer=customer,
        ship_to=contacts.get(order.ship_to_party_id),
        service_code=order.service_code,
        language_code=order.language_code,
        demand_class=order.demand_class,
        attributes={"exchange_of_order": str(order.order_id), "exchange_of_return": str(rma.return_id)},
        content_hash=str(rma.return_id),
    )
    try:
        total = _total(draft, items)
    except Refusal as refusal:
        return refusal
    return replace(draft, instruments=_instruments(case, rma, exchange, total, trade_in_minor(found, rma)))


def _total(draft: Draft, items: Mapping[str, Item]) -> int:
    """What the new goods cost as an order of them will; 0 of what is not in the catalog, which planning refuses."""
    if any(line.sku not in items for line in draft.lines):
        return 0
    return sum(line.total_minor for line in lines_of(draft, items))


def _instruments(case: Case, rma: Return, exchange: Exchange, total: int, trade_in: int) -> tuple[InstrumentDraft, ...]:
    """The goods that come back, and who pays the rest: in advance that one guarantees for all of it.

    It is named also where nothing is left to pay, for what the goods may bring too little.
    """
    goods = InstrumentDraft(Holder.RETURN, "EXCHANGE", "", min(total, trade_in), str(rma.return_id))
    rest = total if exchange.advance else max(0, total - trade_in)
    own = next(
        (
            instrument
            for instrument in case.payments.instruments
            if instrument.holder is Holder.HUB and instrument.kind == "CARD"
        ),
        None,
    )
    own = own or next((instrument for instrument in case.payments.instruments if instrument.holder is Holder.HUB), None)
    token = exchange.instrument_token or (own.token if own else "")
    if own is not None and own.balance_id is not None and not token:
        return goods, InstrumentDraft(Holder.HUB, own.kind, "", rest, balance_id=own.balance_id)
    if token:
        return goods, InstrumentDraft(Holder.HUB, own.kind if own else "CARD", token, rest)
    return goods, InstrumentDraft(Holder.TERMS, "INVOICE", "", rest, credit_account_id=account_of(case))

"""What a draft makes of an order: its header, its means of payment, its people. Shared by placing and adopting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from hub.balances.policy import normal_code
from hub.cases.context import FlowContext, Secrets
from hub.cases.money.balances import gift_card_id, store_credit_id
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.kernel.trace import TraceContext
from hub.network.model import Channel, Network
from hub.network.model.carriers import PICKUP_SERVICE, Destination, slot_place
from hub.orders.errors import PickupUnavailable
from hub.orders.lifecycle import OrderState
from hub.orders.model import Charge, Check, CheckState, DeliveryMethod, Draft, InstrumentDraft, Order, OrderLine
from hub.parties import operations as parties
from hub.parties.model import Party
from hub.payments.model import Holder, Instrument
from hub.payments.policy import amounts

Pays = Sequence[tuple[InstrumentDraft, int]]
"""Means of payment, and what each pays in minor units."""


def country_of(draft: Draft) -> str:
    """Where the goods go, ISO 3166-1 alpha-2; empty where the draft has no address."""
    address = (draft.ship_to or draft.customer).address
    return address.country_code if address else ""


def destination_of(network: Network, draft: Draft) -> Destination:
    """Where the goods go, as lanes name it; what is collected goes to its node, wherever the customer lives."""
    if draft.pickup_node_id in network.nodes:
        return network.collection_at(draft.pickup_node_id)
    address = (draft.ship_to or draft.customer).address
    if address is None:
        return Destination("")
    return network.zones.destination(address.country_code, address.region_code, address.postal_code)


def service_of(draft: Draft, channel: Channel) -> str:
    """The service by which a draft's goods go."""
    collected = draft.delivery_method is DeliveryMethod.PICKUP
    return draft.service_code or (PICKUP_SERVICE if collected else channel.default_service_code)


def slot_of(draft: Draft, channel: Channel) -> str:
    """The name of the place that a draft's order takes in a slot; empty where it wishes none."""
    return slot_place(service_of(draft, channel), draft.wish.slot_id) if draft.wish and draft.wish.slot_id else ""


def refuse_pickup(network: Network, channel: Channel, draft: Draft) -> None:
    """Raises PickupUnavailable for an order to be collected where the channel has no node that holds goods for it."""
    if draft.delivery_method is not DeliveryMethod.PICKUP:
        return
    node_id = draft.pickup_node_id
    node = network.nodes.get(node_id)
    if node is None or node.closed or not node.holds_for_collection or not channel.draws_on(node_id):
        raise PickupUnavailable(
            f"{node_id} is no open store of channel {channel.channel_id}; name one that is, or have the order shipped.",
            pickup_node_id=node_id,
        )


def total_of(lines: Iterable[OrderLine], charges: Iterable[Charge]) -> int:
    """Return what lines and charges cost together, in minor units."""
    return sum([line.total_minor for line in lines]) + sum([charge.total_minor for charge in charges])


def pays_of(draft: Draft, total_minor: int) -> Pays:
    """What each means of payment pays of a total; an invoice pays all where none is stated."""
    stated = draft.instruments or (InstrumentDraft(Holder.TERMS, "INVOICE"),)
    return list(zip(stated, amounts([(one.holder, one.amount_minor) for one in stated], total_minor), strict=True))


def balances_of(secrets: Secrets, channel: Channel, draft: Draft) -> dict[int, UUID]:
    """The balances that an order is to be paid from, by the rank of the instrument."""
    found: dict[int, UUID] = {}
    for rank, one in enumerate(draft.instruments, 1):
        if one.balance_id is not None:
            found[rank] = one.balance_id
        elif code := normal_code(one.balance_code):
            found[rank] = gift_card_id(secrets, code)
        elif one.store_credit:
            owner = parties.blind_index(draft.customer.email, secrets.blind_index)
            found[rank] = store_credit_id(secrets, channel.seller_id, draft.currency, owner)
    return found


def instruments_of(
    channel: Channel, order_id: UUID, pays: Pays, balances: Mapping[int, UUID] | None = None
) -> tuple[Instrument, ...]:
    """The instruments of an order, in the order of their use; `balances` are paid from, by rank."""
    kept = balances or {}
    return tuple(
        Instrument(
            instrument_id=derived(order_id, "instrument", rank),
            order_id=order_id,
            rank=rank,
            holder=one.holder,
            kind=one.kind,
            amount_minor=paid,
            account_id=channel.payment_account_id if one.holder is Holder.HUB and rank not in kept else None,
            token=one.token,
            reference=one.reference,
            balance_id=kept.get(rank),
            takes_rest=one.amount_minor is None and one.holder in {Holder.HUB, Holder.TERMS},
            credit_account_id=one.credit_account_id,
        )
        for rank, (one, paid) in enumerate(pays, 1)
    )


_AS_STATED: Final = (
    *("channel_id", "channel_reference", "currency", "language_code", "incoterm", "demand_class", "attributes"),
    *("delivery_method", "pickup_node_id", "promise", "wish", "gift_message", "delivery_instructions"),
    *("discounts", "taxes", "tax_treatment", "stated", "reservation_ids", "reservation_policy"),
)
"""What an order has as its draft states it."""


def order_of(
    draft: Draft,
    channel: Channel,
    lines: tuple[OrderLine, ...],
    charges: tuple[Charge, ...],
    *,
    to: Destination,
    order_id: UUID,
    trace: TraceContext,
    state: OrderState,
    at: Instant,
    checks: Mapping[Check, CheckState],
    promises: Mapping[int, Instant],
    ship_days: Mapping[str, date],
    content_hash: str,
    slot: str = "",
) -> Order:
    """The order of a draft, before its first event; `content_hash` is the keyed one (`content_hash_of`)."""
    customer = derived(order_id, "customer")
    return Order(
        order_id=order_id,
        seller_id=channel.seller_id,
        state=state,
        version=0,
        lines=lines,
        charges=charges,
        customer_party_id=customer,
        ship_to_party_id=derived(order_id, "ship_to") if draft.ship_to else customer,
        bill_to_party_id=derived(order_id, "bill_to") if draft.bill_to else customer,
        ship_to_country=to.country_code,
        ship_to_zone=to.zone_id,
        placed_at=draft.placed_at or at,
        updated_at=at,
        traceparent=trace.traceparent(),
        service_code=service_of(draft, channel),
        shortage_policy=draft.shortage_policy or channel.shortage_policy,
        content_hash=content_hash,
        checks=checks,
        promises=promises,
        ship_days=ship_days,
        slot_place=slot,
        **{name: getattr(draft, name) for name in _AS_STATED},
    )


def content_hash_of(flow: FlowContext, draft: Draft) -> str:
    """The keyed hash of what a draft states, by which a repeat of it is known; empty where the draft has none."""
    return flow.secrets.hashed(draft.content_hash.encode()) if draft.content_hash else ""


async def record_people(flow: FlowContext, drafted: Iterable[tuple[Draft, Order]]) -> None:
    """Keeps the people of orders."""
    people = [person for draft, order in drafted for person in _people(draft, order)]
    await parties.record(flow.tx, people, key=flow.secrets.blind_index, keys=flow.secrets.people)


def _people(draft: Draft, order: Order) -> list[Party]:
    """Who bought, and who gets goods and bills where that is somebody else."""
    people = [Party(order.customer_party_id, draft.customer)]
    if draft.ship_to:
        people.append(Party(order.ship_to_party_id, draft.ship_to))
    if draft.bill_to:
        people.append(Party(order.bill_to_party_id, draft.bill_to))
    return people

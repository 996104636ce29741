"""Reservations as callers state them, worked out before stock is claimed, and why one is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from hub.cases.context import FlowContext, PlanStale
from hub.cases.intake.reservations import expiry_timers
from hub.cases.store import stock_changed
from hub.catalog.errors import UnknownSku
from hub.catalog.model import Item
from hub.inventory.errors import InsufficientStock, ReservationLimitReached, ReservationTooLong
from hub.inventory.model import StockShortage
from hub.inventory.model.reservation import (
    HoldingLimit,
    LimitReached,
    Reservation,
    ReservationKind,
    ReservedLine,
    Wanted,
)
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.network.errors import UnknownNode
from hub.network.model import Channel
from hub.network.policy import channel_seen
from hub.parties import operations as parties


class ReservationDraft(Struct, frozen=True):
    """A reservation as a caller states it; `ttl` None is the channel's default, `node_id` where it is BOUND."""

    channel_id: str
    lines: tuple[tuple[str, int], ...]
    kind: ReservationKind = ReservationKind.FLOATING
    node_id: str = ""
    ttl: timedelta | None = None
    buyer_reference: str = ""


async def tell_reserved(flow: FlowContext, made: Sequence[Reservation]) -> None:
    """Has channels told of claimed stock, and units taken back when the reservations end."""
    if made:
        ends = expiry_timers(one.expires_at for one in made)
        await stock_changed(flow, freed=False, claimed=True, moved=False, beside=ends)


def buyer_index(channel_id: str, reference: str, key: bytes) -> bytes | None:
    """A keyed hash of who a channel reserves for, by which limits count; None where nobody is named."""
    return parties.blind_index(f"{channel_id}/{reference}", key) if reference else None


def wanted_of(flow: FlowContext, draft: ReservationDraft, items: Mapping[str, Item]) -> Wanted | Refusal:
    """Return what a draft asks for, without claims yet. Refuses UNKNOWN_CHANNEL, UNKNOWN_NODE, UNKNOWN_SKU,
    RESERVATION_TOO_LONG.
    """
    try:
        channel = channel_seen(flow.network, flow.scope, draft.channel_id, "reserve for")
        limits = channel.reservation_limits
        ttl = draft.ttl if draft.ttl is not None else timedelta(seconds=limits.default_ttl_seconds)
        longest = timedelta(seconds=limits.longest_ttl_seconds)
        if ttl > longest:
            raise _too_long(channel)
        buyer = buyer_index(draft.channel_id, draft.buyer_reference, flow.secrets.blind_index)
        reservation = Reservation(
            reservation_id=flow.new_id(),
            channel_id=channel.channel_id,
            seller_id=channel.seller_id,
            principal=flow.scope.principal,
            kind=draft.kind,
            lines=_lines(draft, items),
            made_at=flow.at,
            expires_at=flow.at + ttl,
            latest_at=flow.at + timedelta(seconds=limits.longest_life_seconds),
            node_id=draft.node_id or None,
            buyer_index=buyer,
        )
        return Wanted(reservation, _nodes(flow, channel, draft), _limits(flow, channel, buyer))
    except Refusal as refusal:
        return refusal


def _lines(draft: ReservationDraft, items: Mapping[str, Item]) -> tuple[ReservedLine, ...]:
    """Units by SKU, bundles as what they are made of."""
    units: dict[str, int] = {}
    for sku, quantity in draft.lines:
        if sku not in items:
            raise UnknownSku(f"{sku} is not in the catalog; create the item with PutItems first.", sku=sku)
        parts = items[sku].components
        for part, count in [(part.sku, part.quantity) for part in parts] or [(sku, 1)]:
            units[part] = units.get(part, 0) + count * quantity
    return tuple(ReservedLine(sku, quantity, live=quantity) for sku, quantity in sorted(units.items()))


def _nodes(flow: FlowContext, channel: Channel, draft: ReservationDraft) -> tuple[str, ...]:
    nodes = [node.node_id for node in flow.network.nodes_for(channel) if flow.scope.sees(node_id=node.node_id)]
    if draft.kind is ReservationKind.FLOATING:
        return tuple(nodes)
    if draft.node_id not in nodes:
        raise UnknownNode(
            f"{draft.node_id} is not a node of {channel.channel_id} that you may reserve at.", node_id=draft.node_id
        )
    return (draft.node_id,)


def _limits(flow: FlowContext, channel: Channel, buyer: bytes | None) -> tuple[HoldingLimit, ...]:
    stated = channel.reservation_limits
    limits = [HoldingLimit(("client", flow.scope.principal), stated.reservations_per_client, stated.units_per_client)]
    if buyer is not None:
        limits.append(HoldingLimit(("buyer", buyer.hex()), stated.reservations_per_buyer, stated.units_per_buyer))
    return tuple(limit for limit in limits if limit.reservations or limit.units)


def answer_of(flow: FlowContext, done: Reservation | StockShortage | LimitReached | None) -> Reservation | Refusal:
    """Return a reservation that was made, or why it was not."""
    if isinstance(done, StockShortage):
        place = f"{done.node_id} has" if done.node_id else "The channel's nodes have"
        return InsufficientStock(
            f"{place} {done.available} of {done.wanted} units of {done.sku} free; reserve fewer, or try again later.",
            sku=done.sku,
            wanted=done.wanted,
            available=done.available,
        )
    if isinstance(done, LimitReached):
        return _limited(done, flow.at)
    return done or PlanStale("Stock changed while units were chosen; choose again.")


def _limited(reached: LimitReached, at: Instant) -> ReservationLimitReached:
    kind, held = reached.limit.holder[0], reached.held
    seconds = (held.first_end_at - at) / timedelta(seconds=1) if held.first_end_at is not None else None
    return ReservationLimitReached(
        f"The {kind} holds {held.units} units in {held.reservations} reservations, which is what one may hold; order or"
        " release some, or try again when some have expired.",
        retry_after_seconds=seconds,
        holder=kind,
        reservations=held.reservations,
        units=held.units,
        most_reservations=reached.limit.reservations,
        most_units=reached.limit.units,
    )


def _too_long(channel: Channel) -> ReservationTooLong:
    seconds = channel.reservation_limits.longest_ttl_seconds
    return ReservationTooLong(
        f"Reservations of {channel.channel_id} live {seconds} seconds at most; ask for less, and extend it later.",
        channel_id=channel.channel_id,
        longest_ttl_seconds=seconds,
    )

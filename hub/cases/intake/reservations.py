"""Reservations that drafts name: which of them an order takes, and what it takes of them.

Costs nothing where no draft names one. Units of a FLOATING reservation join what is free when the order's nodes are
chosen; those of a BOUND one go to the order's lines first, from their node. Inside the transaction the claim on stock
exchanges them for the order's own units, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.planning import Routes
from hub.inventory.errors import ReservationNotFound, ReservationNotUsable
from hub.inventory.lifecycle import ReservationState
from hub.inventory.model import StockKey
from hub.inventory.model.reservation import Consumption, Reservation, ReservationKind
from hub.inventory.operations import reservations
from hub.kernel.instant import EPOCH, Instant
from hub.kernel.money import Money, total
from hub.messages.timers import ReservationsExpire
from hub.network.model import Channel
from hub.network.model.carriers import NO_LOAD, Destination, Load
from hub.orders.model import Draft, ReservationPolicy
from hub.outbox.model import Timer
from hub.sourcing.model import Assignment, Demand, Plan

Known = Mapping[UUID, Reservation]
Search = Callable[[Sequence[Demand]], Plan]

EXPIRY_STEP = timedelta(seconds=1)
"""Reservations that end within one step of business time share a timer, which is due at the step's end."""


class Serving(Struct, frozen=True):
    """What an order asks of a node: to be its channel's, with lane, rate and skills, or where it is collected.

    Rules of the channel exclude the nodes `ruled_out`.
    """

    routes: Routes
    channel: Channel
    to: Destination
    service_code: str
    load: Load = NO_LOAD
    ruled_out: Collection[str] = ()

    def costs(self, skus: Collection[str]) -> Mapping[str, Money]:
        """What one parcel costs from the nodes that may ship units of all these SKUs for the order."""
        ways = self.routes.ways(self.channel, self.to, self.service_code, self.load)
        able = {node_id for node_id in ways.costs if not self.routes.lacking(node_id, skus)} - set(self.ruled_out)
        return {node_id: cost for node_id, cost in ways.costs.items() if node_id in able}


async def named(flow: FlowContext, drafts: Sequence[Draft]) -> Known:
    """The reservations in scope that drafts name, as they stand."""
    ids = {identity for draft in drafts for identity in draft.reservation_ids}
    return await reservations.load(flow.tx, flow.scope, ids) if ids else {}


def usable(draft: Draft, known: Known, demands: Sequence[Demand], at: Instant) -> tuple[Reservation, ...]:
    """The reservations that an order takes; those that ended are left out by the draft's policy FREE_STOCK.

    Raises ReservationNotFound, ReservationNotUsable, ReservationEnded.
    """
    skus = {demand.sku for demand in demands}
    taken = []
    for identity in draft.reservation_ids:
        one = known.get(identity)
        if one is None:
            raise ReservationNotFound(
                f"There is no reservation {identity}; reserve anew, or order without it.", reservation_id=identity
            )
        if one.channel_id != draft.channel_id:
            raise _unusable(one, f"it is of channel {one.channel_id}")
        if (state := one.state_at(at)) is not ReservationState.LIVE:
            if draft.reservation_policy is ReservationPolicy.REFUSE:
                raise reservations.ended(one, state)
            continue
        if not skus & {sku for sku, _ in one.claims}:
            raise _unusable(one, "the order has none of its SKUs")
        taken.append(one)
    return tuple(taken)


def plan_reserved(
    taken: Sequence[Reservation], demands: Sequence[Demand], free: FreeStock, serving: Serving, search: Search
) -> Plan:
    """Where the units of an order with reservations come from; all they hold joins what is free.

    BOUND units go to the order's lines first, from their node; the search plans the rest.
    Raises ReservationNotUsable where such a node does not serve the order.
    """
    own, left = _bound(taken, demands, serving)
    free.add(held_by(taken))
    if not own:
        return search(demands)
    skus = {demand.line_number: demand.sku for demand in demands}
    fixed = {(skus[one.line_number], one.node_id or ""): one.quantity for one in own}
    free.add({key: -units for key, units in fixed.items()})
    rest = search(left) if left else Plan((), None, "")
    free.add(fixed)
    parcels = serving.costs(())
    costs = [parcels[node_id] for node_id in sorted({one.node_id or "" for one in own} - set(rest.node_ids))]
    costs += [rest.cost] if rest.cost is not None else []
    units = sum(one.quantity for one in own)
    return Plan(
        assignments=(*own, *rest.assignments),
        cost=total(costs, costs[0].currency) if costs else None,
        explanation=f"{units} units come from where they are reserved. {rest.explanation}".strip(),
        looked_at=rest.looked_at,
        limited_by=rest.limited_by,
    )


def held_by(taken: Sequence[Reservation], sign: int = 1) -> dict[StockKey, int]:
    """Units that reservations hold, by (sku, node), or the same taken away."""
    units: dict[StockKey, int] = {}
    for one in taken:
        for key, count in one.claims.items():
            units[key] = units.get(key, 0) + sign * count
    return units


def _bound(
    taken: Sequence[Reservation], demands: Sequence[Demand], serving: Serving
) -> tuple[list[Assignment], list[Demand]]:
    """Units that BOUND reservations give to demands, and the demands that are left."""
    bound = [one for one in taken if one.kind is ReservationKind.BOUND]
    for one in bound:
        if one.node_id not in serving.costs({sku for sku, _ in one.claims}):
            raise _unusable(one, f"{one.node_id} does not serve the order")
    held = held_by(bound)
    assignments: list[Assignment] = []
    left: list[Demand] = []
    for demand in demands:
        missing = demand.quantity
        for key in sorted(key for key in held if key[0] == demand.sku):
            units = min(missing, held[key])
            if units:
                assignments.append(Assignment(demand.line_number, key[1], units))
                held[key] -= units
                missing -= units
        if missing:
            left.append(replace(demand, quantity=missing))
    return assignments, left


def consume(case: Case, taken: Sequence[Reservation]) -> None:
    """Has the order take the reservations when its stock is settled; of each the units it needs."""
    if not taken:
        return
    wanted: dict[str, int] = {}
    for line in case.order.lines:
        wanted[line.sku] = wanted.get(line.sku, 0) + line.quantity
    for one in taken:
        used = {line.sku: min(line.live, wanted.get(line.sku, 0)) for line in one.lines}
        for sku, units in used.items():
            wanted[sku] = wanted.get(sku, 0) - units
        case.effects.consumptions.append(Consumption(one, used, case.order_id))


def expiry_timers(expirations: Iterable[Instant]) -> list[Timer]:
    """What has units taken back at the ends of reservations, at most a second of business time later."""
    steps = sorted({-(-(at - EPOCH) // EXPIRY_STEP) for at in set(expirations)})
    due = [EPOCH + step * EXPIRY_STEP for step in steps]
    return [Timer(ReservationsExpire(f"{at:%Y%m%dT%H%M%S}", at)) for at in due]


def _unusable(reservation: Reservation, why: str) -> ReservationNotUsable:
    return ReservationNotUsable(
        f"The order cannot take reservation {reservation.reservation_id}: {why};"
        " leave it out, or reserve for this order.",
        reservation_id=reservation.reservation_id,
    )

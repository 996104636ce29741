"""Counts what went wrong from the answers that buyers got and the ledger that the database kept.

There is one SKU at one node: one stock row. Every change of it is made under the lock of that row, and its rows of
the ledger are numbered while the lock is held. The ledger is therefore the one order in which the row changed, and
what was on hand, claimed and free after each of its rows is known without any clock.

*Oversold*: at some place in the ledger more was claimed than was on hand; or in the end orders and live reservations
hold more than is claimed for them, or than there was; or buyers were told of more.

*Phantom*: an order stands that no buyer was told of, or a buyer was told of one that does not stand. No call here
ends without an answer: a buyer whose hub is away asks again under the same request id.

*Refused while free*: a buyer was told that units were lacking though at no moment of the call they were. The hub
decides at some moment between sending and answer, a buyer cannot know which. But whatever was answered before the
call was sent was decided before, and whatever was sent after its answer was decided after. So the decision stands
somewhere in the ledger between the last row of the operations answered before and the first row of those sent after
it. The refusal is right if at one place in between fewer units were free than wanted, and wrong if there is none:
then no order of the operations that agrees with what buyers saw explains it. That is linearizability, checked for
this one answer. It accuses nobody in doubt, and it needs no agreement of clocks between processes, since only the
buyers' own clock is read.

Units held beyond their time count as free, whether or not somebody took them back yet: this is the claim under test.
At a place in the ledger these are the units of reservations that had ended by the business time *when the call was
sent* (it may have gone on since, which would free more: again in favor of the hub). A reservation that was consumed
counts never: it was taken before its end. One that was extended counts from its last end on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from hub.kernel.instant import Instant
from tests.faults.counting.buyers import Asked
from tests.faults.counting.hubs import Shop

LACKING: Final = "INSUFFICIENT_STOCK"
_LEDGER: Final = """
SELECT stock_move.on_hand_delta AS on_hand, stock_move.reserved_delta AS reserved,
    stock_move.allocated_delta AS allocated, stock_move.cause,
    coalesce(event.order_id, stock_move.cause_id) AS subject
FROM stock_move LEFT JOIN event ON event.event_id = stock_move.cause_id ORDER BY move_id
"""
_RESERVATIONS: Final = "SELECT reservation_id, state, expires_at, live FROM reservation"
_ORDERS: Final = """
SELECT orders.order_id, coalesce(sum(slice.quantity) FILTER (WHERE slice.state <> 'CANCELED'), 0)::bigint AS units
FROM orders LEFT JOIN slice USING (order_id) GROUP BY orders.order_id
"""
_CHANGING: Final = {
    "reserve": ("reservation_made",),
    "release": ("reservation_released",),
    "order": ("reserve",),
    "confirm": ("reserve", "reservation_consumed"),
    "cancel": ("cancel",),
}
"""Kind of call -> causes of its rows in the ledger; those of a reservation or an order, by its id."""


@dataclass(frozen=True)
class Count:
    """What was found; each a sentence."""

    oversold: list[str] = field(default_factory=list)
    refused_while_free: list[str] = field(default_factory=list)
    phantoms: list[str] = field(default_factory=list)
    refused: int = 0
    sold: int = 0


@dataclass(frozen=True)
class Row:
    """A row of the ledger: what it added, why, and for which reservation or order."""

    on_hand: int
    reserved: int
    allocated: int
    cause: str
    subject: UUID


@dataclass(frozen=True)
class Ledger:
    """The history of the stock row; place N is after its first N rows."""

    rows: Sequence[Row]
    ends: Mapping[UUID, Instant]
    """When reservations end that no order took."""

    def free(self) -> list[int]:
        """Units free at each place, those held beyond their time not counted."""
        at_places = [0]
        for row in self.rows:
            at_places.append(at_places[-1] + row.on_hand - row.reserved - row.allocated)
        return at_places

    def free_at(self, clock: Instant) -> list[int]:
        """Units free at each place to whoever asks at a business time: with those held beyond their time."""
        lapsed, at_places = 0, self.free()
        for place, row in enumerate(self.rows, 1):
            if (end := self.ends.get(row.subject)) is not None and end <= clock:
                lapsed += row.reserved
            at_places[place] += lapsed
        return at_places

    def places_of(self, asked: Sequence[Asked]) -> list[int | None]:
        """After which row each call took effect; None where it left none. The n-th release made the n-th such row."""
        by_cause: dict[tuple[str, UUID], list[int]] = {}
        for place, row in enumerate(self.rows, 1):
            by_cause.setdefault((row.cause, row.subject), []).append(place)
        released: dict[UUID, int] = {}
        places: list[int | None] = []
        for one in asked:
            causes = _CHANGING.get(one.kind, ())
            found = [place for cause in causes if one.identity for place in by_cause.get((cause, one.identity), ())]
            if one.kind == "release" and one.identity and found:
                number = released.get(one.identity, 0)
                released[one.identity] = number + 1
                found = found[number : number + 1]
            places.append(max(found, default=None))
        return places


async def counted(shop: Shop, asked: Sequence[Asked], units: int) -> Count:
    """What is wrong with the answers and the tables, given the units there were."""
    reservations, moves, orders = await shop.rows_at_once(_RESERVATIONS, _LEDGER, _ORDERS)
    ends = {row["reservation_id"]: row for row in reservations}
    ledger = Ledger(
        [Row(**row) for row in moves],
        {identity: row["expires_at"] for identity, row in ends.items() if row["state"] != "CONSUMED"},
    )
    standing = {row["order_id"]: int(row["units"]) for row in orders}
    live = sum(row["live"] for row in ends.values())
    told = _told(asked)
    return Count(
        oversold=oversold(ledger, units, sum(standing.values()) + live, sum(told.values())),
        refused_while_free=refused_while_free(ledger, asked),
        phantoms=phantoms(standing, told),
        refused=sum(one.reason == LACKING for one in asked),
        sold=sum(standing.values()),
    )


def oversold(ledger: Ledger, units: int, held: int, told: int) -> list[str]:
    """Where more was claimed than was there."""
    found = [f"{-free} units too many claimed after row {n}" for n, free in enumerate(ledger.free()) if free < 0]
    claimed = sum(row.reserved + row.allocated for row in ledger.rows)
    if held > claimed:
        found.append(f"orders and reservations hold {held} units, and {claimed} are claimed for them")
    if held > units:
        found.append(f"orders and reservations hold {held} of {units} units")
    if told > units:
        found.append(f"buyers were told of {told} of {units} units")
    return found


def phantoms(standing: Mapping[UUID, int], told: Mapping[UUID, int]) -> list[str]:
    """Orders that stand and nobody was told of, or the other way round, or with other units."""
    return [
        f"order {order_id} has {standing.get(order_id)} units, its buyer was told {told.get(order_id)}"
        for order_id in sorted(standing.keys() | told.keys())
        if standing.get(order_id) != told.get(order_id)
    ]


def refused_while_free(ledger: Ledger, asked: Sequence[Asked]) -> list[str]:
    """Refusals for lack of units that nothing explains; see the head of this file."""
    free: dict[Instant, list[int]] = {}
    places = ledger.places_of(asked)
    effects = [(one, place) for one, place in zip(asked, places, strict=True) if place is not None]
    answered = sorted((one.answered, place) for one, place in effects)
    sent = sorted((one.sent, place) for one, place in effects)
    latest = _running([place for _, place in answered], max)
    earliest = _running([place for _, place in reversed(sent)], min)[::-1]
    answered_at, sent_at = [at for at, _ in answered], [at for at, _ in sent]
    found = []
    for one in asked:
        if one.reason != LACKING:
            continue
        before = bisect_left(answered_at, one.sent)
        after = bisect_right(sent_at, one.answered)
        first = latest[before - 1] if before else 0
        last = earliest[after] - 1 if after < len(sent_at) else len(ledger.rows)
        if one.clock not in free:
            free[one.clock] = ledger.free_at(one.clock)
        least = min(free[one.clock][first : last + 1], default=one.units)
        if least >= one.units:
            found.append(f"{one.units} units wanted, at least {least} free from row {first} to {last}")
    return found


def _running(values: Sequence[int], choose: Any) -> list[int]:
    kept: list[int] = []
    for value in values:
        kept.append(choose(kept[-1], value) if kept else value)
    return kept


def _told(asked: Sequence[Asked]) -> dict[UUID, int]:
    """Units of the orders that buyers were told of, less what they were told is canceled."""
    told: dict[UUID, int] = {}
    for one in asked:
        if one.identity is not None and one.kind in ("order", "confirm"):
            told[one.identity] = told.get(one.identity, 0) + one.units
    for one in asked:
        if one.identity is not None and one.kind == "cancel":
            told[one.identity] -= one.units
    return told

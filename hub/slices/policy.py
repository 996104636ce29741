"""Moving units: which slices take an action, and what the slices and their history are afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.kernel.instant import Instant
from hub.slices.errors import MoveNotPossible
from hub.slices.lifecycle import TRANSITIONS, SliceAction, SliceState, targets
from hub.slices.model import Move, Slice

Slices = tuple[Slice, ...]
Where = Callable[[Slice], bool]
Taking = tuple[Slice, int]
"""A slice and how many of its units are meant."""


def everywhere(_: Slice) -> bool:
    """No restriction."""
    return True


def of_line(line_number: int) -> Where:
    """Slices of one line."""

    def where(slice_: Slice) -> bool:
        return slice_.line_number == line_number

    return where


def units(slices: Iterable[Slice], states: Iterable[SliceState]) -> int:
    """Units in any of the states."""
    wanted = frozenset(states)
    return sum(slice_.quantity for slice_ in slices if slice_.state in wanted)


def taking(
    slices: Slices, action: SliceAction, quantity: int | None = None, *, where: Where = everywhere
) -> list[Taking]:
    """The slices that can take an action and meet `where`, up to `quantity` units; None means all.

    The furthest come first, but the least far for what takes units back. Answers fewer units where there are fewer; the
    caller compares.
    """
    able_states = targets(action)
    able = [slice_ for slice_ in slices if where(slice_) and slice_.state in able_states]
    direction = 1 if action in _BACKWARD else -1
    able.sort(key=lambda slice_: (direction * _PROGRESS[slice_.state], slice_.slice_number))
    whole = [(slice_, slice_.quantity) for slice_ in able]
    return whole if quantity is None else first(whole, quantity)


def first(takings: Iterable[Taking], quantity: int) -> list[Taking]:
    """The first units of takings, at most so many."""
    result: list[Taking] = []
    left = quantity
    for slice_, units in takings:
        if left <= 0:
            break
        result.append((slice_, min(left, units)))
        left -= units
    return result


def moved(
    slices: Slices,
    takings: Sequence[Taking],
    action: SliceAction,
    place: Callable[[Slice], Slice],
    cause: UUID,
    at: Instant,
) -> tuple[Slices, tuple[Move, ...]]:
    """Slices and moves after units took an action; `place` gives a slice its new node, fulfillment order and shipment.

    A slice that moves whole keeps its number; part of one gets a number of its own. Raises MoveNotPossible.
    """
    by_number = {slice_.slice_number: slice_ for slice_ in slices}
    next_number = max(by_number, default=0) + 1
    moves: list[Move] = []
    for given, quantity in takings:
        before = by_number.get(given.slice_number)
        if before is None or not 0 < quantity <= before.quantity or (before.state, action) not in TRANSITIONS:
            raise MoveNotPossible(f"{action.value} of {quantity} from {before}")
        after = replace(place(before), state=TRANSITIONS[before.state, action], quantity=quantity)
        if quantity < before.quantity:
            by_number[before.slice_number] = replace(before, quantity=before.quantity - quantity)
            after = replace(after, slice_number=next_number)
            next_number += 1
        by_number[after.slice_number] = after
        moves.append(_move(before, after, action, cause, at))
    return tuple(sorted(by_number.values(), key=lambda slice_: slice_.slice_number)), tuple(moves)


def born(
    order_id: UUID,
    lines: Iterable[tuple[int, str, int]],
    cause: UUID,
    at: Instant,
    *,
    assigned: Iterable[tuple[int, str | None, int]] = (),
    behind: int = 0,
) -> tuple[Slices, tuple[Move, ...]]:
    """The first slices of lines and their moves: all units OPEN, those assigned then RESERVED or BACKORDERED.

    `lines` are (line number, sku, quantity), `assigned` (line number, node or None, quantity) and no more than the
    lines have. What is assigned whole keeps the slice it was born as; a part gets one of its own, as in `moved`.
    Slices are numbered from `behind` on, the last number of those that stand.
    """
    slices = [
        Slice(order_id, line_number, number, sku, SliceState.OPEN, quantity)
        for number, (line_number, sku, quantity) in enumerate(lines, behind + 1)
    ]
    moves = [_move(None, slice_, None, cause, at) for slice_ in slices]
    index_of = {slice_.line_number: index for index, slice_ in enumerate(slices)}
    for line_number, node_id, quantity in assigned:
        before = slices[index_of[line_number]]
        if not 0 < quantity <= before.quantity or before.state is not SliceState.OPEN:
            raise MoveNotPossible(f"{quantity} units assigned of {before}")
        action = SliceAction.RESERVE if node_id else SliceAction.BACKORDER
        state = TRANSITIONS[SliceState.OPEN, action]
        whole = quantity == before.quantity
        number = before.slice_number if whole else behind + len(slices) + 1
        after = Slice(order_id, line_number, number, before.sku, state, quantity, node_id)
        if whole:
            slices[index_of[line_number]] = after
        else:
            slices[index_of[line_number]] = replace(before, quantity=before.quantity - quantity)
            slices.append(after)
        moves.append(_move(before, after, action, cause, at))
    return tuple(slices), tuple(moves)


def stood(slices: Slices, cause: UUID, at: Instant) -> tuple[Move, ...]:
    """The moves of units that were in their states already when the order came to the hub."""
    return tuple(_move(None, slice_, None, cause, at) for slice_ in slices)


_PROGRESS: Final = {state: index for index, state in enumerate(SliceState)}
_BACKWARD = frozenset({SliceAction.CANCEL, SliceAction.SHORT})


def _move(before: Slice | None, after: Slice, action: SliceAction | None, cause: UUID, at: Instant) -> Move:
    return Move(
        after.order_id,
        after.line_number,
        after.slice_number,
        after.sku,
        after.quantity,
        action,
        before.state if before else None,
        after.state,
        before.node_id if before else None,
        after.node_id,
        cause,
        at,
    )

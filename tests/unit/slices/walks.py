"""Random walks of slices through the moves there are, and what must hold on the way.

The checks are plain functions, so that `tests/faults` can show each of them red on a planted fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from msgspec.structs import replace

from hub.cases.stock.stock import changes_of
from hub.kernel.ids import derived, uuid7
from hub.slices import policy
from hub.slices.lifecycle import ALLOCATING, AT_NODE, ENDED, GONE, RESERVING, TRANSITIONS, SliceAction, SliceState
from hub.slices.model import Move, Slice

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)
ORDER = uuid7(AT, 1)
NODES = ("DC-NL", "ST-AMS")


@dataclass(frozen=True)
class Command:
    """An action on up to `quantity` units of a line, at a node where it takes one."""

    action: SliceAction
    line_number: int
    quantity: int
    node_id: str


@dataclass
class Walk:
    """An order's slices, its moves so far, and the events that caused them."""

    ordered: Mapping[int, int]
    slices: tuple[Slice, ...] = ()
    moves: list[Move] = field(default_factory=list)
    events: list[UUID] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines = [(number, f"SKU-{number}", quantity) for number, quantity in self.ordered.items()]
        self.slices, moves = policy.born(ORDER, lines, self._event(), AT)
        self.moves += moves

    def take(self, command: Command) -> None:
        """Does a command as a flow would: as many units as can take it."""
        where = policy.of_line(command.line_number)
        takings = policy.taking(self.slices, command.action, command.quantity, where=where)
        cause = self._event()

        def place(slice_: Slice) -> Slice:
            return _placed(slice_, command, cause)

        self.slices, moves = policy.moved(self.slices, takings, command.action, place, cause, AT)
        self.moves += moves

    def _event(self) -> UUID:
        self.events.append(derived(ORDER, "event", len(self.events)))
        return self.events[-1]


def _placed(slice_: Slice, command: Command, cause: UUID) -> Slice:
    match command.action:
        case SliceAction.RESERVE:
            return replace(slice_, node_id=command.node_id)
        case SliceAction.ALLOCATE:
            return replace(slice_, fulfillment_order_id=derived(cause, "fulfillment"))
        case SliceAction.SHORT | SliceAction.CANCEL:
            return replace(slice_, node_id=None, fulfillment_order_id=None)
        case SliceAction.SHIP:
            return replace(slice_, shipment_id=derived(cause, "shipment"))
        case _:
            return slice_


def units_are_kept(walk: Walk) -> None:
    """Per line, slices sum to what was ordered, canceled units included; none is empty; numbers are unique."""
    units: Counter[int] = Counter()
    for one in walk.slices:
        assert one.quantity > 0
        units[one.line_number] += one.quantity
    assert dict(units) == dict(walk.ordered)
    assert len({one.slice_number for one in walk.slices}) == len(walk.slices)


def worked_units_belong_to_one_fulfillment_order(walk: Walk) -> None:
    """Units that a node works have a node and a fulfillment order; units that wait or were canceled have neither."""
    for one in walk.slices:
        if one.state in AT_NODE:
            assert one.fulfillment_order_id is not None
            assert one.node_id is not None
        if one.state in (SliceState.OPEN, SliceState.BACKORDERED, SliceState.CANCELED):
            assert one.fulfillment_order_id is None
            assert one.node_id is None


def moves_have_one_cause(walk: Walk) -> None:
    """Every move has an event of the order, is in the table, and leads back or to an end."""
    for move in walk.moves:
        assert move.event_id in walk.events
        if move.from_state is None or move.action is None:
            assert move.to_state is SliceState.OPEN
        else:
            assert TRANSITIONS[move.from_state, move.action] is move.to_state
        assert move.to_state in ENDED or any(state is move.to_state for state, _ in TRANSITIONS)


def moves_replay(walk: Walk) -> None:
    """Units that moved in less units that moved out are the units there, per line, state and node."""
    moved: Counter[tuple[int, SliceState, str | None]] = Counter()
    for move in walk.moves:
        moved[move.line_number, move.to_state, move.to_node] += move.quantity
        if move.from_state is not None:
            moved[move.line_number, move.from_state, move.from_node] -= move.quantity
    held: Counter[tuple[int, SliceState, str | None]] = Counter()
    for one in walk.slices:
        held[one.line_number, one.state, one.node_id] += one.quantity
    assert {key: units for key, units in moved.items() if units} == dict(held)


def stock_follows(walk: Walk) -> None:
    """The stock changes of all moves are what the slices claim now, and what has left is off the shelf."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for change in changes_of(walk.moves):
        for kind in ("reserved", "allocated", "on_hand"):
            sums[change.sku, change.node_id, kind] += getattr(change, kind)
    held: Counter[tuple[str, str, str]] = Counter()
    for one in walk.slices:
        if one.state in RESERVING:
            held[one.sku, one.node_id or "", "reserved"] += one.quantity
        if one.state in ALLOCATING:
            held[one.sku, one.node_id or "", "allocated"] += one.quantity
        if one.state in GONE:
            held[one.sku, one.node_id or "", "on_hand"] -= one.quantity
    assert {key: units for key, units in sums.items() if units} == dict(held)


CHECKS = (
    units_are_kept,
    worked_units_belong_to_one_fulfillment_order,
    moves_have_one_cause,
    moves_replay,
    stock_follows,
)


def walked(ordered: Sequence[int], commands: Sequence[Command]) -> None:
    """Walks and checks after every step."""
    walk = Walk(dict(enumerate(ordered, 1)))
    for command in commands:
        walk.take(command)
        for check in CHECKS:
            check(walk)

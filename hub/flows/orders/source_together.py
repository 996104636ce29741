"""Sources orders of a channel again together at the end of their cool-down, and has them released.

What an order holds is exchanged in one transaction for all orders that move. Where one of them changed meanwhile, or
stock that is needed went, all keep the nodes that they have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case, Effects, at_node
from hub.cases.context import FlowContext
from hub.cases.cool_down import may_move
from hub.cases.intake.together import Gathering, Switch, gathered
from hub.cases.intake.waiting import held
from hub.cases.stock import stock
from hub.cases.store import Loaded, load, read, save
from hub.inventory import operations as inventory
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.events.fulfillment import UnitsSourcedAgain
from hub.messages.events.orders import LinesReserved
from hub.messages.tasks import ReleaseOrder
from hub.orders import operations as orders
from hub.orders.lifecycle import OrderState
from hub.orders.model import OrderFilter
from hub.slices.lifecycle import SliceAction, SliceState
from hub.slices.policy import Where, of_line
from hub.sourcing import operations as sourcing
from hub.sourcing.model import Decision
from hub.sourcing.policy.plans import policy_version

FLOW: Final = "source_together"
MOST_TOGETHER: Final = 1_000
"""Orders of a cool-down that are sourced together; others are released as they are."""


Places = Counter[tuple[int, str]]
"""Units by line and node."""


class Together(Struct, frozen=True):
    """The orders of a cool-down, and the plans of those that move."""

    order_ids: tuple[UUID, ...]
    switches: tuple[Switch, ...] = ()


async def gather(flow: FlowContext, channel_id: str, until: Instant) -> tuple[tuple[UUID, ...], Gathering | None]:
    """Return the orders of a channel whose cool-down ends, and what they share; None where fewer than two may move."""
    channel = flow.network.channels.get(channel_id)
    if channel is None or not channel.sourcing_policy.cool_down_seconds:
        return (), None
    since = until - timedelta(seconds=channel.sourcing_policy.cool_down_seconds)
    wanted = OrderFilter(channel_id=channel_id, state=OrderState.CONFIRMED, placed_since=since, placed_before=until)
    order_ids = tuple(sorted(await orders.find(flow.tx, HUB, wanted, after=None, size=MOST_TOGETHER)))
    cases = await read(flow.tx, HUB, order_ids)
    gathering = await gathered(flow, channel, [cases[one] for one in order_ids if one in cases])
    return order_ids, gathering if len(gathering.members) > 1 else None


async def gather_dated(flow: FlowContext, order_id: UUID) -> Gathering | None:
    """Return an order whose dated lines may leave now, with what is free; None where it has none or may not move."""
    case = (await read(flow.tx, HUB, (order_id,))).get(order_id)
    channel = flow.network.channels.get(case.order.channel_id) if case else None
    if case is None or channel is None or not any(line.ship_not_before for line in case.order.lines):
        return None
    gathering = await gathered(flow, channel, [case])
    return gathering if gathering.members else None


async def source_together(flow: FlowContext, together: Together) -> list[Case]:
    """Moves the orders that a joint plan moves, all or none, and has every order of the cool-down released."""
    loaded = await load(flow, FLOW, together.order_ids)
    moved = _moved(flow, loaded.cases, together.switches)
    effects = [case.effects for case in moved.values()]
    changes = [change for effect in effects for change in stock.changes_of(effect.moves, effect.floors)]
    exchange = sorted(changes, key=lambda change: change.reserved > 0)  # what is given up can be claimed
    (shortage,) = await inventory.change(flow.tx, [exchange], at=flow.at)
    if shortage is None:
        loaded.cases.update(moved)
        await sourcing.record(flow.tx, _decisions(flow, moved, together.switches))
    for case in loaded.cases.values():
        if any(slice_.state is SliceState.RESERVED for slice_ in case.slices):
            case.task(ReleaseOrder(case.order_id))
    await save(flow, FLOW, Loaded(loaded.cases, loaded.before))
    return list(loaded.cases.values())


def _moved(flow: FlowContext, cases: Mapping[UUID, Case], switches: Sequence[Switch]) -> dict[UUID, Case]:
    """Return the orders as they are once moved; none where one is not as it was planned."""
    moved: dict[UUID, Case] = {}
    for switch in switches:
        case = cases.get(switch.order_id)
        if case is None or case.order.version != switch.version or not may_move(case, flow.at) or held(case):
            return {}
        moved[switch.order_id] = copy(case)
        moved[switch.order_id].effects = Effects(floors=switch.floors)
        _move(flow, moved[switch.order_id], switch)
    return moved


def _move(flow: FlowContext, case: Case, switch: Switch) -> None:
    """Gives up what an order has elsewhere than its plan says, and reserves that where the plan does."""
    has, gets = Places(), Places()
    for slice_ in case.slices:
        if slice_.state is SliceState.RESERVED:
            has[slice_.line_number, slice_.node_id or ""] += slice_.quantity
    for assignment in switch.plan.assignments:
        gets[assignment.line_number, assignment.node_id or ""] += assignment.quantity
    for (number, node_id), quantity in sorted((has - gets).items()):
        takings = case.taking(SliceAction.SHORT, quantity, where=_lying(number, node_id))
        cause = case.happened(UnitsSourcedAgain(node_id=node_id, quantity=quantity), flow.at)
        case.move(takings, SliceAction.SHORT, cause, flow.at, at_node(None))
    _reserve(flow, case, gets - has, switch.plan.explanation)


def _reserve(flow: FlowContext, case: Case, arriving: Places, why: str) -> None:
    nodes = Counter[str]()
    for (_, node_id), quantity in arriving.items():
        nodes[node_id] += quantity
    cause = case.happened(LinesReserved(nodes=dict(sorted(nodes.items())), why=why), flow.at)
    for (number, node_id), quantity in sorted(arriving.items()):
        takings = case.taking(SliceAction.RESERVE, quantity, where=of_line(number))
        case.move(takings, SliceAction.RESERVE, cause, flow.at, at_node(node_id))


def _lying(line_number: int, node_id: str) -> Where:
    return lambda slice_: (slice_.line_number, slice_.node_id) == (line_number, node_id)


def _decisions(flow: FlowContext, moved: Mapping[UUID, Case], switches: Sequence[Switch]) -> list[Decision]:
    version = policy_version(flow.network)
    plans = {switch.order_id: switch.plan for switch in switches}
    return [
        Decision(derived(order_id, "decision", case.order.version), order_id, flow.at, version, plans[order_id])
        for order_id, case in moved.items()
    ]

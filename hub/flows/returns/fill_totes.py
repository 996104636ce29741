"""Fills totes: gives returns the codes that customers show, opens totes, takes units in, closes totes, sends them off.

Who has a tote in scope may take units of any return into it: having the code is the permission.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.plausibility import LAG, refuse_before, refuse_before_left, refuse_implausible, refuse_outside
from hub.cases.returns.repeated_totes import refuse_other_number, repeats_scan
from hub.cases.returns.return_cases import ReturnCase, Returning, load_orders, save_returning
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.kernel.scope import HUB
from hub.messages.events.returns import ReturnHandedIn, ToteShipped
from hub.network.errors import UnknownNode
from hub.outbox import operations as outbox
from hub.outbox.model import Event
from hub.returns import operations as returns
from hub.returns.errors import ReturnNotFound, UnitsNotExpected
from hub.returns.lifecycle import ReturnAction, ReturnState
from hub.returns.policy.credits import after as return_after
from hub.slices.lifecycle import SliceAction
from hub.slices.policy import Taking
from hub.totes import operations as totes
from hub.totes.errors import ReturnCodeUnknown, ToteMiscounted, ToteNotFound
from hub.totes.lifecycle import ToteAction, ToteState, next_state
from hub.totes.model import ReturnCode, ReturnScan, Scan, Tote, ToteClosing, ToteDraft, ToteShipment
from hub.totes.policy import code_hash, code_of

FLOW = "fill_totes"

C = TypeVar("C", ToteClosing, ToteShipment)


class Issued(Struct, frozen=True):
    """A return with its code."""

    return_id: UUID
    code: str


async def issue_codes(flow: FlowContext, return_ids: Sequence[UUID]) -> list[Issued | Refusal]:
    """The code of each return, the same at each asking. Refuses RETURN_NOT_FOUND."""
    order_of = await returns.orders_of(flow.tx, flow.scope, sorted(set(return_ids)))
    issued = {one: Issued(one, code_of(flow.secrets.blind_index, one)) for one in order_of}
    known = [
        ReturnCode(code_hash(one.code), one.return_id, order_of[one.return_id], flow.at) for one in issued.values()
    ]
    await totes.add_codes(flow.tx, known)
    return [
        issued.get(return_id_)
        or ReturnNotFound(f"There is no return {return_id_}; authorize one first.", return_id=return_id_)
        for return_id_ in return_ids
    ]


async def open_totes(flow: FlowContext, drafts: Sequence[ToteDraft]) -> list[Tote | Refusal]:
    """Opens a tote for each draft. Refuses UNKNOWN_NODE."""
    answers: list[Tote | Refusal] = []
    for draft in drafts:
        try:
            answers.append(_opened(flow, draft))
        except Refusal as refusal:
            answers.append(refusal)
    await totes.save(flow.tx, {}, [answer for answer in answers if isinstance(answer, Tote)])
    return answers


async def close_totes(flow: FlowContext, closings: Sequence[ToteClosing]) -> list[Tote | Refusal]:
    """Makes manifests final. Refuses TOTE_NOT_FOUND, TOTE_ACTION_NOT_ALLOWED, TOTE_MISCOUNTED."""

    def close(tote: Tote, closing: ToteClosing) -> Tote:
        closed = tote.state is ToteState.CLOSED
        state = tote.state if closed else next_state(tote.tote_id, tote.state, ToteAction.CLOSE)
        counted = tote.quantity if closing.counted is None else closing.counted
        if counted != tote.quantity or not tote.quantity:
            raise ToteMiscounted(
                f"The manifest has {tote.quantity} units, {counted} were counted; scan what is missing, or take out"
                " the surplus. An empty tote cannot be closed.",
                tote_id=tote.tote_id,
                manifest=tote.quantity,
                counted=counted,
            )
        return tote if closed else replace(tote, state=state, closed_at=flow.at)

    return await _each(flow, closings, close)


async def ship_totes(flow: FlowContext, shipments: Sequence[ToteShipment]) -> list[Tote | Refusal]:
    """Sends closed totes off and tells it.

    Refuses TOTE_NOT_FOUND, TOTE_ACTION_NOT_ALLOWED, REFERENCE_REUSED, INSTANT_IMPLAUSIBLE.
    """
    events: list[Event] = []

    def ship(tote: Tote, shipment: ToteShipment) -> Tote:
        if tote.state is ToteState.IN_TRANSIT:
            refuse_other_number(tote, shipment)
            return tote
        state = next_state(tote.tote_id, tote.state, ToteAction.SHIP)
        refuse_outside(shipment.occurred_at, tote.opened_at - LAG, "long before the tote was opened", flow.at)
        refuse_before(shipment.occurred_at, [max(one.at for one in tote.scans)], "the last scan into the tote")
        events.append(_left(tote, shipment))
        return replace(tote, state=state, shipped_at=shipment.occurred_at, tracking_number=shipment.tracking_number)

    answers = await _each(flow, shipments, ship)
    await outbox.emit(flow.tx, events)
    return answers


async def scan_returns(flow: FlowContext, scans: Sequence[ReturnScan]) -> list[Tote | Refusal]:
    """Takes handed-in units into totes, in order; a scan reference that a tote knows changes nothing.

    Refuses TOTE_NOT_FOUND, REFERENCE_REUSED, TOTE_ACTION_NOT_ALLOWED, RETURN_CODE_UNKNOWN, INSTANT_IMPLAUSIBLE,
    RETURN_ACTION_NOT_ALLOWED, UNITS_NOT_EXPECTED.
    """
    before = await totes.load(flow.tx, flow.scope, sorted({scan.tote_id for scan in scans}), lock=True)
    codes = await totes.codes(flow.tx, [code_hash(scan.code) for scan in scans])
    house = replace(flow, scope=HUB)
    returning = await load_orders(house, FLOW, {code.order_id for code in codes.values()})
    after = dict(before)
    answers: list[Tote | Refusal] = []
    for scan in scans:
        try:
            tote = _scanned(flow, _tote(after, scan.tote_id), scan, returning, codes.get(code_hash(scan.code)))
        except Refusal as refusal:
            answers.append(refusal)
            continue
        after[tote.tote_id] = tote
        answers.append(tote)
    await totes.save(flow.tx, before, list(after.values()))
    await save_returning(flow, FLOW, returning)
    return answers


def _opened(flow: FlowContext, draft: ToteDraft) -> Tote:
    if not flow.scope.sees(node_id=draft.drop_off_node_id):
        raise UnknownNode(
            f"Node {draft.drop_off_node_id} is not in the network; name one that is.", node_id=draft.drop_off_node_id
        )
    drop_off, to_node = flow.network.node(draft.drop_off_node_id), flow.network.node(draft.to_node_id)
    return Tote(flow.new_id(), drop_off.node_id, to_node.node_id, ToteState.OPEN, flow.at)


def _left(tote: Tote, shipment: ToteShipment) -> Event:
    facts = ToteShipped(
        tote_id=tote.tote_id,
        node_id=tote.drop_off_node_id,
        to_node_id=tote.to_node_id,
        quantity=tote.quantity,
        tracking_number=shipment.tracking_number,
    )
    return Event(derived(tote.tote_id, "shipped"), facts, shipment.occurred_at, node_id=tote.to_node_id)


async def _each(flow: FlowContext, commands: Sequence[C], act: Callable[[Tote, C], Tote]) -> list[Tote | Refusal]:
    """Acts on totes in the order of the commands, each on what the ones before left."""
    before = await totes.load(flow.tx, flow.scope, sorted({one.tote_id for one in commands}), lock=True)
    after = dict(before)
    answers: list[Tote | Refusal] = []
    for command in commands:
        try:
            after[command.tote_id] = act(_tote(after, command.tote_id), command)
        except Refusal as refusal:
            answers.append(refusal)
        else:
            answers.append(after[command.tote_id])
    await totes.save(flow.tx, before, list(after.values()))
    return answers


def _tote(known: Mapping[UUID, Tote], tote_id: UUID) -> Tote:
    if tote := known.get(tote_id):
        return tote
    raise ToteNotFound(f"There is no tote {tote_id}; open one, or name one of your node.", tote_id=tote_id)


def _scanned(flow: FlowContext, tote: Tote, scan: ReturnScan, returning: Returning, code: ReturnCode | None) -> Tote:
    """The tote with the units of a scan, which are under way from then on."""
    found = returning.cases.get(code.order_id) if code else None
    expected = found.taking(SliceAction.SEND_BACK, code.return_id, None, None) if code and found else ()
    if repeats_scan(tote, scan, code.return_id if code else None, sum(quantity for _, quantity in expected)):
        return tote
    next_state(tote.tote_id, tote.state, ToteAction.SCAN)
    if code is None or found is None:
        raise ReturnCodeUnknown("No return has this code; scan it again, or ask the customer for a new code.")
    refuse_implausible(found.case, scan.occurred_at, flow.at)
    lines = {number for number, _ in scan.lines} or {one.line_number for one in found.returns[code.return_id].lines}
    refuse_before_left(found.case, scan.occurred_at, lines)
    rma = found.returns[code.return_id]
    begun = rma.state in {ReturnState.IN_TRANSIT, ReturnState.RECEIVED}
    handed_in = rma if begun else return_after(rma, ReturnAction.HAND_IN)
    units = _handed_in(found, code.return_id, scan)
    found.put(handed_in)
    case = found.case
    cause = case.happened(
        ReturnHandedIn(
            return_id=code.return_id,
            tote_id=tote.tote_id,
            node_id=tote.drop_off_node_id,
            quantity=sum(quantity for _, quantity in units),
        ),
        scan.occurred_at,
    )
    case.move(units, SliceAction.SEND_BACK, cause, scan.occurred_at)
    return replace(tote, scans=(*tote.scans, *_entries(scan, code, units)))


def _handed_in(found: ReturnCase, return_id: UUID, scan: ReturnScan) -> list[Taking]:
    if not scan.lines:
        if units := found.taking(SliceAction.SEND_BACK, return_id, None, None):
            return units
        raise UnitsNotExpected("Every unit of the return was already handed in; accept no more.", return_id=return_id)
    named: dict[int, int] = {}
    for line_number, quantity in scan.lines:
        named[line_number] = named.get(line_number, 0) + quantity
    result: list[Taking] = []
    for line_number, wanted in named.items():
        units = found.taking(SliceAction.SEND_BACK, return_id, line_number, wanted)
        have = sum(quantity for _, quantity in units)
        if have < wanted:
            raise UnitsNotExpected(
                f"Line {line_number} of the return has {have} units to hand in, the scan names {wanted}.",
                return_id=return_id,
                line_number=line_number,
                possible=have,
            )
        result += units
    return result


def _entries(scan: ReturnScan, code: ReturnCode, units: Sequence[Taking]) -> list[Scan]:
    by_line: dict[tuple[int, str], int] = {}
    for slice_, quantity in units:
        key = (slice_.line_number, slice_.sku)
        by_line[key] = by_line.get(key, 0) + quantity
    return [
        Scan(scan.reference, number, code.return_id, code.order_id, line_number, sku, quantity, scan.occurred_at)
        for number, ((line_number, sku), quantity) in enumerate(sorted(by_line.items()), 1)
    ]

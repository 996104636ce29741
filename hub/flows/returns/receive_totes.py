"""Counts totes where they arrive: units received for their returns, missing ones lost and credited, others kept.

What a count means for a return is what a receipt of that return alone would mean (`cases.receiving`); what belongs to
no return is kept as it lies: in quarantine, with an exception that asks whose it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.plausibility import LAG, refuse_before, refuse_outside
from hub.cases.returns.receipts import receive, refuse_untimely
from hub.cases.returns.repeated_totes import repeats_receipt
from hub.cases.returns.return_cases import Returning, load_orders, save_returning
from hub.cases.returns.unexpected_goods import keep
from hub.exceptions.model import ExceptionReason
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
from hub.network.errors import UnknownNode
from hub.returns.model import Outcome, Receipt, Received, Unexpected
from hub.slices.lifecycle import SliceState
from hub.totes import operations as totes
from hub.totes.errors import ToteNotFound
from hub.totes.lifecycle import ToteAction, ToteState, next_state
from hub.totes.model import Count, CountKind, Expected, LineKey, ReturnCode, Tote, ToteReceipt, Unpacked
from hub.totes.policy import code_hash, counted

FLOW = "receive_totes"

_OUTCOMES: Final = {
    CountKind.RECEIVED: Outcome.AS_EXPECTED,
    CountKind.UNANNOUNCED: Outcome.AS_EXPECTED,
    CountKind.MISSING: Outcome.LOST_IN_TRANSIT,
    CountKind.WRONG_ITEM: Outcome.WRONG_ITEM,
}
"""What a count means for the return it names; the other kinds are goods that no return expects."""


async def receive_totes(flow: FlowContext, receipts: Sequence[ToteReceipt]) -> list[Tote | Refusal]:
    """Takes receipts in order, each whole or not at all; a reference that a tote knows changes nothing.

    Refuses TOTE_NOT_FOUND, REFERENCE_REUSED, TOTE_ACTION_NOT_ALLOWED, INSTANT_IMPLAUSIBLE, UNKNOWN_NODE.
    """
    before = await totes.load(flow.tx, flow.scope, sorted({one.tote_id for one in receipts}), lock=True)
    hashes = {code_hash(code) for receipt in receipts for code, _, _ in receipt.units if code}
    codes = await totes.codes(flow.tx, sorted(hashes))
    order_ids = {scan.order_id for tote in before.values() for scan in tote.scans}
    house = replace(flow, scope=HUB)
    returning = await load_orders(house, FLOW, order_ids | {code.order_id for code in codes.values()})
    elsewhere = await totes.under_way(flow.tx, [one.return_id for one in codes.values()])
    work = _Work(house, returning, codes, elsewhere)
    after = dict(before)
    answers: list[Tote | Refusal] = []
    for receipt in receipts:
        try:
            after[receipt.tote_id] = work.take(_tote(flow, after, receipt.tote_id), receipt)
        except Refusal as refusal:
            answers.append(refusal)
        else:
            answers.append(after[receipt.tote_id])
    await totes.save(flow.tx, before, list(after.values()))
    await keep(house, work.kept)
    await save_returning(house, FLOW, returning)
    return answers


def _tote(flow: FlowContext, known: Mapping[UUID, Tote], tote_id: UUID) -> Tote:
    tote = known.get(tote_id)
    if tote is None:
        raise ToteNotFound(f"There is no tote {tote_id}; name one that comes to your node.", tote_id=tote_id)
    if not flow.scope.sees(node_id=tote.to_node_id):
        raise UnknownNode(
            f"The tote goes to a node that you do not work at: {tote.to_node_id}.", node_id=tote.to_node_id
        )
    return tote


class _Work:
    """The returns that receipts speak of, and what is kept of what came beside them."""

    def __init__(
        self,
        flow: FlowContext,
        returning: Returning,
        codes: Mapping[str, ReturnCode],
        elsewhere: Mapping[LineKey, int],
    ) -> None:
        self.kept: list[Unexpected] = []
        self._unit, self._returning, self._codes, self._elsewhere = flow, returning, codes, elsewhere

    def take(self, tote: Tote, receipt: ToteReceipt) -> Tote:
        """The tote after a receipt."""
        unpacked = [Unpacked(self._return_of(code), sku, quantity) for code, sku, quantity in receipt.units]
        if repeats_receipt(tote, receipt, unpacked):
            return tote
        refuse_outside(receipt.occurred_at, tote.opened_at - LAG, "long before the tote was opened", self._unit.at)
        refuse_before(receipt.occurred_at, [tote.shipped_at] if tote.shipped_at else [], "the tote left")
        again = tote.state is ToteState.RECEIVED
        state = next_state(tote.tote_id, tote.state, ToteAction.COUNT_AGAIN if again else ToteAction.RECEIVE)
        returns = {one.return_id for one in unpacked if one.return_id}
        counts = counted(tote, unpacked, self._expected(returns), reference=receipt.reference, at=receipt.occurred_at)
        self._receive(tote, receipt, counts)
        self.kept += [_kept(tote, count) for count in counts if count.kind not in _OUTCOMES]
        for return_id in {count.return_id for count in counts if count.kind is CountKind.FOUND and count.return_id}:
            case = self._returning.of(return_id).case
            case.resolve_exception(ExceptionReason.RETURN_LOST, f"{tote.tote_id}/{return_id}")
        return replace(
            tote, state=state, counts=(*tote.counts, *counts), received_at=tote.received_at or receipt.occurred_at
        )

    def _return_of(self, code: str) -> UUID | None:
        known = self._codes.get(code_hash(code)) if code else None
        return known.return_id if known else None

    def _expected(self, return_ids: Iterable[UUID]) -> list[Expected]:
        """Units of returns that are expected back and on no tote's manifest."""
        coming = {SliceState.RETURN_AUTHORIZED, SliceState.RETURN_IN_TRANSIT}
        found: dict[LineKey, Expected] = {}
        for return_id in sorted(return_ids):
            for slice_ in self._returning.of(return_id).case.slices:
                if slice_.return_id == return_id and slice_.state in coming:
                    key = (return_id, slice_.line_number)
                    known = found.get(key) or Expected(*key, slice_.sku, -self._elsewhere.get(key, 0))
                    found[key] = replace(known, quantity=known.quantity + slice_.quantity)
        return [one for one in found.values() if one.quantity > 0]

    def _receive(self, tote: Tote, receipt: ToteReceipt, counts: Sequence[Count]) -> None:
        """Has every return take its units as from a receipt of its own, or none."""
        receipts = _receipts(tote, receipt, counts)
        for told in receipts:
            refuse_untimely(self._unit, self._returning.of(told.return_id), told)
        for told in receipts:
            found = self._returning.of(told.return_id)
            self.kept += receive(self._unit, found, told)
            lost = sum(entry.quantity for entry in told.units if entry.outcome is Outcome.LOST_IN_TRANSIT)
            if lost:
                found.case.open_exception(
                    ExceptionReason.RETURN_LOST,
                    f"{tote.tote_id}/{told.return_id}",
                    f"{lost} units handed in at {tote.drop_off_node_id} are missing from tote {tote.tote_id} at"
                    f" {tote.to_node_id}; the customer is credited. Claim them from the carrier.",
                    None,
                    self._unit.at,
                )


def _receipts(tote: Tote, receipt: ToteReceipt, counts: Sequence[Count]) -> list[Receipt]:
    """What a receipt of a tote says of each return."""
    by_return: dict[UUID, list[Received]] = {}
    reference = f"tote {tote.tote_id}/{receipt.reference}"
    for count in counts:
        outcome = _OUTCOMES.get(count.kind)
        if count.return_id is None or outcome is None:
            continue
        entries = by_return.setdefault(count.return_id, [])
        entries.append(
            Received(
                reference=reference,
                entry_number=len(entries) + 1,
                line_number=count.line_number,
                quantity=count.quantity,
                outcome=outcome,
                node_id=tote.to_node_id,
                at=receipt.occurred_at,
                found_sku=count.sku if outcome is Outcome.WRONG_ITEM else "",
            )
        )
    return [
        Receipt(return_id, reference, tote.to_node_id, tuple(entries), receipt.occurred_at)
        for return_id, entries in sorted(by_return.items())
    ]


def _kept(tote: Tote, count: Count) -> Unexpected:
    return Unexpected(
        reference=f"tote {tote.tote_id}/{count.reference}/{count.entry_number}",
        node_id=tote.to_node_id,
        sku=count.sku,
        quantity=count.quantity,
        why=count.kind.value,
        at=count.at,
        return_id=count.return_id,
    )

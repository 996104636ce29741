"""Orders of an old system on the wire: AdoptedOrder to adoptions, and the report of what a stream of them came to."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from crossdock.orders.v1 import adoption_service_pb2 as pb
from hub.cases.adoption.adoption import AdoptedHold, AdoptedMoney, AdoptedShipment, AdoptedUnits, Adoption
from hub.cases.case import Case
from hub.fulfillment.model import FulfillmentLine
from hub.holds.model import HoldStatus
from hub.kernel.errors import InvalidField, Refusal, inside
from hub.payments.model import TransactionKind, TransactionState
from hub.payments.policy import summed
from hub.slices.lifecycle import ALLOCATING, RESERVING
from hub.wire.defaults import canonical
from hub.wire.instants import instant_from_pb, optional_instant
from hub.wire.orders.drafts import draft_from_pb
from hub.wire.orders.orders import HOLD_TYPES, SLICE_STATES
from hub.wire.prices import minor_from_pb, minor_to_pb

_DONE = frozenset({TransactionState.SUCCEEDED})


def adoption_from_pb(message: pb.AdoptedOrder) -> Adoption:
    """The order as it stands elsewhere; its hash is of all that is stated of it. Raises as `draft_from_pb` does."""
    with inside("order"):
        draft = draft_from_pb(message.order)
    if any(one.balance_code or one.store_credit for one in draft.instruments):
        raise InvalidField(
            "An adopted order is paid from no balance of the hub; issue what is left of it as a balance instead.",
            **{"order.instruments": "not a balance"},
        )
    content_hash = hashlib.sha256(canonical(message)).hexdigest()
    return Adoption(
        draft=replace(draft, content_hash=content_hash),
        units=tuple(
            AdoptedUnits(
                line_number=one.line_number,
                state=SLICE_STATES.from_pb(one.state, f"units[{index}].state"),
                quantity=one.quantity,
                node_id=one.node_id,
                reference=one.work_reference,
            )
            for index, one in enumerate(message.units)
        ),
        shipments=tuple(_shipment(one, f"shipments[{index}]") for index, one in enumerate(message.shipments)),
        money=tuple(_money(one, draft.currency, f"money[{index}]") for index, one in enumerate(message.money)),
        holds=tuple(
            AdoptedHold(HOLD_TYPES.from_pb(one.type, f"holds[{index}].type"), one.reason)
            for index, one in enumerate(message.holds)
        ),
        resume_at=optional_instant(message, "resume_time"),
    )


def _shipment(message: pb.AdoptedShipment, name: str) -> AdoptedShipment:
    return AdoptedShipment(
        reference=message.shipment_reference,
        node_id=message.node_id,
        lines=tuple(FulfillmentLine(line.line_number, line.quantity) for line in message.lines),
        shipped_at=instant_from_pb(message.ship_time, field=f"{name}.ship_time"),
        tracking_number=message.tracking_number,
        delivered_at=optional_instant(message, "deliver_time", within=name),
        work_reference=message.work_reference,
    )


def _money(message: pb.AdoptedMoney, currency: str, name: str) -> AdoptedMoney:
    amounts = {
        f"{part}_minor": minor_from_pb(getattr(message, part), currency, field=f"{name}.{part}")
        for part in ("authorized", "captured", "refunded")
        if message.HasField(part)
    }
    return AdoptedMoney(
        instrument_number=message.instrument_number,
        authorization_reference=message.authorization_reference,
        expires_at=optional_instant(message, "expire_time", within=name),
        capture_reference=message.capture_reference,
        **amounts,
    )


@dataclass(slots=True)
class Report:
    """What a stream of adoptions came to so far; amounts in minor units by currency, units by node."""

    taken: int = 0
    held: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    money: dict[str, Counter[str]] = field(default_factory=dict)
    reserved: Counter[str] = field(default_factory=Counter)
    allocated: Counter[str] = field(default_factory=Counter)

    def add(self, answer: Case | Refusal) -> None:
        """Counts one order."""
        if isinstance(answer, Refusal):
            self.refused[answer.reason] += 1
            return
        self.taken += 1
        self.held += any(hold.status is HoldStatus.ACTIVE for hold in answer.holds)
        sums = self.money.setdefault(answer.order.currency, Counter())
        sums["ordered"] += answer.order.total_minor
        sums["shipped"] += sum(shipment.value_minor for shipment in answer.shipments)
        sums["authorized"] += summed(answer.payments.transactions, TransactionKind.AUTHORIZATION, _DONE)
        for kind in (TransactionKind.CAPTURE, TransactionKind.APPLICATION, TransactionKind.RECEIVABLE):
            sums["settled"] += summed(answer.payments.transactions, kind, _DONE)
        for slice_ in answer.slices:
            if slice_.node_id and slice_.state in RESERVING:
                self.reserved[slice_.node_id] += slice_.quantity
            elif slice_.node_id and slice_.state in ALLOCATING:
                self.allocated[slice_.node_id] += slice_.quantity

    def to_pb(self) -> pb.AdoptionReport:
        """The report as a message."""
        return pb.AdoptionReport(
            taken_count=self.taken,
            held_count=self.held,
            refused_counts=self.refused,
            totals=[_totals(currency, sums) for currency, sums in sorted(self.money.items())],
            claims=[
                pb.AdoptedClaims(node_id=node, reserved=self.reserved[node], allocated=self.allocated[node])
                for node in sorted(self.reserved.keys() | self.allocated.keys())
            ],
        )


def _totals(currency: str, sums: Counter[str]) -> pb.AdoptedTotals:
    names: Sequence[str] = ("ordered", "shipped", "authorized", "settled")
    amounts: dict[str, Any] = {name: minor_to_pb(sums[name], currency) for name in names}
    return pb.AdoptedTotals(**amounts)

"""The changes that tests run through the gate, as the rpcs would: each with what is stored of it and its repeat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from hub.api.change import Change
from hub.api.outcomes import Stored
from hub.cases.case import Case
from hub.cases.store import read
from hub.cases.unit import Unit
from hub.flows import place_orders as placing
from hub.flows.adjust_stock import adjust_stock
from hub.flows.cancel_lines import Canceled, cancel_lines
from hub.flows.import_snapshot import Imported, import_snapshot
from hub.flows.receive_documents import receive_documents, replay_documents
from hub.flows.resolve_holds import resolve_holds
from hub.inbox import operations as inbox
from hub.inbox.model import Document
from hub.inventory.model import Snapshot, StockChange
from hub.kernel.errors import Refusal
from hub.orders.errors import OrderNotFound
from hub.orders.model import Draft


def _stored_case(case: Case) -> Stored:
    return {"order_id": str(case.order_id)}


async def _cases(unit: Unit, stored: Sequence[Stored]) -> Sequence[Case | Refusal]:
    ids = [UUID(one["order_id"]) for one in stored]
    known = await read(unit.tx, unit.scope, ids)
    return [known.get(order_id) or OrderNotFound(f"There is no order {order_id}.") for order_id in ids]


async def _documents(unit: Unit, stored: Sequence[Stored]) -> Sequence[Document | Refusal]:
    ids = [UUID(one["document_id"]) for one in stored]
    known = await inbox.load(unit.tx, ids)
    return [known[document_id] for document_id in ids]


def _as_stored(make: Callable[[Stored], Any]) -> Callable[[Unit, Sequence[Stored]], Any]:
    async def rebuild(_: Unit, stored: Sequence[Stored]) -> Sequence[Any]:
        return [make(one) for one in stored]

    return rebuild


def _no_plan(answer: Any) -> Stored:
    return {"done": True}


async def _canceled(unit: Unit, stored: Sequence[Stored]) -> Sequence[Canceled | Refusal]:
    cases = await _cases(unit, stored)
    return [
        one if isinstance(one, Refusal) else Canceled(one, known["canceled"], known["requested"])
        for one, known in zip(cases, stored, strict=True)
    ]


PLACE: Change[Draft, Case] = Change("PlaceOrder", placing.place_orders, _stored_case, _cases, prepare=placing.plan)
CANCEL: Change[Any, Canceled] = Change(
    "CancelLines",
    cancel_lines,
    lambda one: {**_stored_case(one.case), "canceled": one.canceled, "requested": one.requested},
    _canceled,
)
RESOLVE: Change[Any, Case] = Change("ResolveHold", resolve_holds, _stored_case, _cases)
COUNT: Change[Snapshot, Imported] = Change("ImportSnapshot", import_snapshot, _no_plan, _as_stored(lambda one: one))
ADJUST: Change[StockChange, Any] = Change("AdjustStock", adjust_stock, _no_plan, _as_stored(lambda one: one))
RECEIVE: Change[Any, Document] = Change(
    "Receive", receive_documents, lambda one: {"document_id": str(one.document_id)}, _documents
)
REPLAY: Change[Any, Document] = Change(
    "Replay", replay_documents, lambda one: {"document_id": str(one.document_id)}, _documents
)

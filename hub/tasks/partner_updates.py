"""Takes what partners tell when they are polled: plain values to the flows' reports, in the order in which they came.

An update that a flow refuses, or that says something new to us, is kept as an exception; the ones after it go on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from msgspec import Struct, convert

from hub.cases.context import FlowContext
from hub.database.tx import Tx
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.flows.fulfillment.record_deliveries import record_carrier_events
from hub.flows.fulfillment.record_progress import record_progress
from hub.flows.fulfillment.record_shipments import record_shipments
from hub.flows.fulfillment.record_shorts import record_rejections, record_shorts
from hub.flows.fulfillment.take_node_answers import take_node_answers
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import (
    Carriage,
    CarrierEvent,
    FulfillmentLine,
    NodeAnswer,
    Package,
    ProgressKind,
    ProgressReport,
    Rejection,
    ShipmentReport,
    ShortReason,
    ShortReport,
)
from hub.gate.change import Surroundings
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived, uuid7
from hub.kernel.instant import Instant, instant
from hub.kernel.scope import HUB

Update = Mapping[str, Any]
Flow = Callable[[FlowContext, Sequence[Any]], Awaitable[Sequence[Any]]]

_PROGRESS = {
    "ACKNOWLEDGMENT": ProgressKind.ACKNOWLEDGED,
    "PICK": ProgressKind.PICKED,
    "PACK": ProgressKind.PACKED,
}


class Updates(Struct, frozen=True):
    """Hands updates to flows."""

    surroundings: Surroundings

    async def take(self, tx: Tx, account_id: str, updates: Sequence[Update], at: Instant) -> None:
        """Takes what was done at nodes, or where parcels are, in the order told."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        refused: list[tuple[Update, str]] = []
        for run, group in groupby(updates, key=_flow_of):
            several = list(group)
            if run is None:
                refused += [(one, f"{one['kind']} is not known to this version") for one in several]
                continue
            read = [(one, _report(one, at)) for one in several]
            refused += [(one, report) for one, report in read if isinstance(report, str)]
            reports = [(one, report) for one, report in read if not isinstance(report, str)]
            answers = await run(flow, [report for _, report in reports])
            refused += [
                (one, answer.message)
                for (one, _), answer in zip(reports, answers, strict=True)
                if isinstance(answer, Refusal)
            ]
        await exceptions.open_all(tx, [_exception(account_id, one, why, at) for one, why in refused])
        self.surroundings.record(flow.touched)


def _flow_of(update: Update) -> Flow | None:
    kind = update["kind"]
    if kind in _PROGRESS:
        return record_progress
    flows: Mapping[str, Flow] = {
        "SHIPMENT": record_shipments,
        "SHORT": record_shorts,
        "REJECTION": record_rejections,
        "CANCEL_DECISION": take_node_answers,
        "CARRIER_EVENT": record_carrier_events,
    }
    return flows.get(kind)


def _report(update: Update, at: Instant) -> object:
    """The report an update makes, or in words why it makes none."""
    said = update.get("occurred_at")
    occurred_at = instant(said) if said else at
    lines = _lines(update)
    try:
        return _reported(update, occurred_at, lines)
    except (KeyError, ValueError) as error:
        return f"it cannot be read: {error}"


def _reported(update: Update, at: Instant, lines: tuple[FulfillmentLine, ...]) -> object:
    if update["kind"] == "CARRIER_EVENT":
        state = ShipmentState(update["state"])
        return CarrierEvent(
            state,
            at,
            update["tracking_number"],
            reference=update["update_id"],
            waits=True,
            tracking_url=update.get("tracking_url", ""),
        )
    identity = UUID(update["fulfillment_order_id"])
    match update["kind"]:
        case "SHIPMENT":
            tracking, packages = update["tracking_number"], tuple(map(_package, update.get("packages", ())))
            return ShipmentReport(
                identity,
                update["shipment_reference"],
                at,
                tracking,
                lines,
                packages,
                waits=True,
                carriage=convert(update.get("carriage", {}), Carriage),
            )
        case "SHORT":
            return ShortReport(identity, update["report_reference"], at, lines, ShortReason(update["reason"]))
        case "REJECTION":
            return Rejection(identity, update["reason"], at)
        case "CANCEL_DECISION":
            return NodeAnswer(identity, UUID(update["operation_key"]), update["accepted"], at)
        case kind:
            return ProgressReport(identity, _PROGRESS[kind], at, lines, update.get("partner_reference", ""), waits=True)


def _lines(update: Update) -> tuple[FulfillmentLine, ...]:
    return tuple(
        FulfillmentLine(one["line_number"], one["quantity"], one.get("sku", "")) for one in update.get("lines", ())
    )


def _package(told: Update) -> Package:
    return Package(told["reference"], told["kind"], _lines(told), told["tracking_number"])


def _exception(account_id: str, update: Update, why: str, at: Instant) -> ExceptionRecord:
    reason = ExceptionReason.UPDATE_REFUSED
    subject = f"{account_id}/{update['update_id']}"
    return raised(
        exception_id=derived(uuid7(at, 0), subject),
        reason=reason,
        subject=subject,
        detail=f"{account_id} sent {update['kind']}: {why}",
        suggested_command="crossdock exceptions",
        at=at,
    )

"""Works what is due at the nodes, in due order: take on or reject, pick, pack, ship, answer late requests to cancel.

What happens is told as updates and noted in the effect log; every instant is the step's own, not when we looked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from adapters.double_warehouse import floor, mapping, physical, policy
from adapters.double_warehouse.floor import Job
from adapters.double_warehouse.policy import Line, Stage
from adapters.double_warehouse.settings import Settings
from adapters.sdk.calls import done, refused
from adapters.sdk.doubles.effects import record_effect
from adapters.sdk.doubles.operations import settle
from adapters.sdk.doubles.updates import Step, drop, plan, take_due, tell
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb

WORK_STEPS: Final = ("acknowledge", "pick", "pack", "ship")
COLLECTION_STEPS: Final = ("acknowledge", "pick", "ready")
DECIDE: Final = "decide"

_WHY: Final = {
    "ALREADY_PACKED": "The units are packed.",
    "BAD_LINES": "No units were named, or a line twice.",
    "TOO_MANY": "Fewer units than named are left to ship.",
    "REJECTED": "The node does not cancel.",
}


def schedule(tx: sqlite3.Connection, job: Job, at: datetime, *, collected: bool) -> None:
    """Plans the steps of a fulfillment order that was released, to be shipped or collected."""
    settings = Settings.read(job.profile_json)
    minutes = (
        settings.acknowledge_after_minutes,
        settings.pick_after_minutes,
        settings.pack_after_minutes,
        settings.ship_after_minutes,
    )
    for kind, after in zip(COLLECTION_STEPS if collected else WORK_STEPS, minutes, strict=False):
        plan(tx, job.account_id, Step(kind, job.fulfillment_order_id, "", at + timedelta(minutes=after)))


def catch_up(tx: sqlite3.Connection, account_id: str, at: datetime) -> None:
    """Works everything of an account that is due by `at`."""
    while step := take_due(tx, account_id, at):
        job = floor.load(tx, account_id, step.subject)
        if job is not None and step.kind == DECIDE:
            _decide(tx, job, step)
        elif job is not None and job.stage is not Stage.OVER:
            _WORK[step.kind](tx, job, step.due)


def answer_cancel(tx: sqlite3.Connection, job: Job, request: floor.CancelRequest, at: datetime) -> call_pb2.Answer:
    """Accepts or refuses a request to cancel, with its effect."""
    manner = Settings.read(request.profile_json).cancel
    code = policy.cancel_refusal(manner, job.fulfillment_order_id, job.stage, job.lines, request.lines)
    if code:
        return refused(code, _WHY[code])
    if job.stage in {Stage.PICKED, Stage.READY}:
        for line in request.lines:
            physical.move(tx, job.account_id, job.node_id, line.sku, line.quantity)
    _keep(tx, job, policy.remaining(job.lines, request.lines) or [], job.stage)
    _note(tx, job, request.operation_key, "warehouse.cancel", at, {"lines": _detail(request.lines)})
    return done(f"{job.reference}-C")


def _decide(tx: sqlite3.Connection, job: Job, step: Step) -> None:
    request = floor.load_request(tx, job.account_id, step.argument)
    answer = answer_cancel(tx, job, request, step.due)
    settle(tx, job.account_id, request.operation_key, pb.CancelFulfillmentOrderResponse(answer=answer))
    update_id = f"{job.fulfillment_order_id}/cancel/{request.operation_key}"
    accepted = answer.outcome == call_pb2.OUTCOME_DONE
    update = mapping.decided(update_id, job.fulfillment_order_id, request.operation_key, accepted=accepted)
    tell(tx, job.account_id, update_id, update)


def _acknowledge(tx: sqlite3.Connection, job: Job, at: datetime) -> None:
    fulfillment_order_id = job.fulfillment_order_id
    if job.node_id in Settings.read(job.profile_json).reject_nodes:
        update_id = f"{fulfillment_order_id}/reject"
        _note(tx, job, update_id, "rejected", at, {"node_id": job.node_id})
        tell(tx, job.account_id, update_id, mapping.rejected(update_id, fulfillment_order_id, at))
        _keep(tx, job, [], job.stage)
        return
    update_id = f"{fulfillment_order_id}/acknowledge"
    tell(tx, job.account_id, update_id, mapping.acknowledged(update_id, fulfillment_order_id, job.reference, at))


def _pick(tx: sqlite3.Connection, job: Job, at: datetime) -> None:
    fulfillment_order_id = job.fulfillment_order_id
    missing = policy.missing(job.lines, _there(tx, job))
    found = policy.remaining(job.lines, missing) or []
    for line in found:
        physical.move(tx, job.account_id, job.node_id, line.sku, -line.quantity)
    if found:
        update_id = f"{fulfillment_order_id}/pick"
        tell(tx, job.account_id, update_id, mapping.picked(update_id, fulfillment_order_id, found, at))
    if missing:
        update_id = f"{fulfillment_order_id}/short"
        reference = f"{job.reference}-S1"
        _note(tx, job, update_id, "short", at, {"lines": _detail(missing)})
        tell(tx, job.account_id, update_id, mapping.short(update_id, fulfillment_order_id, reference, missing, at))
    _keep(tx, job, found, Stage.PICKED)


def _pack(tx: sqlite3.Connection, job: Job, at: datetime) -> None:
    update_id = f"{job.fulfillment_order_id}/pack"
    tell(tx, job.account_id, update_id, mapping.packed(update_id, job.fulfillment_order_id, job.lines, at))
    _keep(tx, job, job.lines, Stage.PACKED)


def _ready(tx: sqlite3.Connection, job: Job, at: datetime) -> None:
    update_id = f"{job.fulfillment_order_id}/ready"
    _note(tx, job, update_id, "ready", at, {"lines": _detail(job.lines)})
    tell(tx, job.account_id, update_id, mapping.ready(update_id, job.fulfillment_order_id, job.lines, at))
    _keep(tx, job, job.lines, Stage.READY)


def _ship(tx: sqlite3.Connection, job: Job, at: datetime) -> None:
    units_per_parcel = Settings.read(job.profile_json).units_per_parcel
    for number, lines in enumerate(policy.parcels(job.lines, units_per_parcel), start=1):
        update_id = f"{job.fulfillment_order_id}/ship/{number}"
        reference = f"{job.reference}-P{number}"
        tracking = policy.tracking_number(job.fulfillment_order_id, number)
        _note(tx, job, update_id, "shipped", at, {"tracking_number": tracking, "lines": _detail(lines)})
        update = mapping.shipped(update_id, job.fulfillment_order_id, reference, tracking, lines, at)
        tell(tx, job.account_id, update_id, update)
    _keep(tx, job, job.lines, Stage.GONE)


_WORK: Final[Mapping[str, Callable[[sqlite3.Connection, Job, datetime], None]]] = {
    "acknowledge": _acknowledge,
    "pick": _pick,
    "pack": _pack,
    "ready": _ready,
    "ship": _ship,
}


def _there(tx: sqlite3.Connection, job: Job) -> dict[str, int]:
    start = Settings.read(job.profile_json).physical
    there: dict[str, int] = {}
    for sku in {line.sku for line in job.lines}:
        if (job.node_id, sku) in start:
            physical.start_with(tx, job.account_id, job.node_id, sku, start[job.node_id, sku])
        units = physical.units_there(tx, job.account_id, job.node_id, sku)
        if units is not None:
            there[sku] = units
    return there


def _keep(tx: sqlite3.Connection, job: Job, lines: Sequence[Line], stage: Stage) -> None:
    floor.save(tx, replace(job, lines=tuple(lines), stage=stage if lines else Stage.OVER))
    if not lines:
        drop(tx, job.account_id, job.fulfillment_order_id, tuple(_WORK))


def _note(
    tx: sqlite3.Connection, job: Job, operation_key: str, kind: str, at: datetime, detail: Mapping[str, object]
) -> None:
    record_effect(
        tx,
        operation_key=operation_key,
        kind=kind,
        subject=job.fulfillment_order_id,
        account_id=job.account_id,
        business_time=at,
        detail=detail,
    )


def _detail(lines: Sequence[Line]) -> list[dict[str, object]]:
    return [{"line_number": line.number, "sku": line.sku, "quantity": line.quantity} for line in lines]

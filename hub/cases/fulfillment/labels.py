"""Labels of parcels that the hub buys for nodes: asked for once, known to the parcel that leaves, else taken back.

A label that is not wanted any more before its partner has answered is taken back once it turns out to be bought.
"""

from __future__ import annotations

import shlex
from uuid import UUID

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.fulfillment import carriers
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import LABEL_TRANSITIONS, WANTED, LabelAction, LabelState
from hub.fulfillment.model import FulfillmentOrder, Label, PackedParcel, Shipment
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.events.fulfillment import LabelBought, LabelRefused, LabelVoided
from hub.messages.timers import LabelDue
from hub.messages.transport import LabelSold, RefundLabel
from hub.network.model import Network
from hub.slices.lifecycle import AT_NODE


def label_of(fulfillment_order: FulfillmentOrder, reference: str = "") -> Label | None:
    """Return the label asked for last of a parcel, or of any if none is named."""
    named = [one for one in fulfillment_order.labels if reference in ("", one.parcel.reference)]
    return named[-1] if named else None


def tracking_number(fulfillment_order: FulfillmentOrder, reference: str) -> str:
    """Return the number of the label that a parcel leaves with; empty where the hub bought none."""
    label = label_of(fulfillment_order, reference)
    return label.tracking_number if label and label.state is LabelState.BOUGHT else ""


def put(case: Case, label: Label) -> None:
    """Adds a label to its fulfillment order, or replaces it by its new self."""
    fulfillment_order = case.fulfillment_order(label.parcel.fulfillment_order_id)
    known = [one.label_id for one in fulfillment_order.labels]
    labels = [label if one.label_id == label.label_id else one for one in fulfillment_order.labels]
    added = labels if label.label_id in known else [*labels, label]
    case.put_fulfillment_order(replace(fulfillment_order, labels=tuple(added)))


def lane_of(label: Label) -> str:
    """Return the lane of what a partner is asked about a label."""
    return f"label:{label.account_id}:{label.label_id}"


def drop(case: Case, label: Label) -> None:
    """Has a label taken back: at once where it is bought, else once it turns out to be."""
    state = LABEL_TRANSITIONS.get((label.state, LabelAction.DROP))
    if state is None:
        return
    _end_wait(case, label)
    if state is LabelState.VOIDING:
        _take_back(case, replace(label, state=state))
    else:
        put(case, replace(label, state=state))


def drop_unused(case: Case) -> None:
    """Has the labels taken back that no parcel leaves with: another left, or the node has nothing left to pack."""
    for fulfillment_order in case.fulfillment_orders:
        for label in fulfillment_order.labels:
            if label.state in WANTED and not _needed(case, fulfillment_order, label):
                drop(case, label)


def left_with(case: Case, label: Label) -> bool:
    """Return whether a parcel left with a label."""
    own = [one for one in case.shipments if one.fulfillment_order_id == label.parcel.fulfillment_order_id]
    return any(label.tracking_number and one.tracking_number == label.tracking_number for one in own)


def sold(case: Case, network: Network, label: Label, what: LabelSold, at: Instant) -> None:
    """Takes a label that its partner sold: a parcel that left without a number is followed by its own."""
    state = LABEL_TRANSITIONS.get((label.state, LabelAction.SELL))
    if state is None:
        return
    _end_wait(case, label)
    known = replace(
        label, state=state, tracking_number=what.tracking_number, cost=what.cost, carrier_code=what.carrier_code
    )
    _happened(case, LabelBought, known, at, tracking_number=what.tracking_number)
    if state is LabelState.VOIDING:
        _take_back(case, known)
        return
    put(case, known)
    shipment = _shipment(case, label)
    if shipment is not None and not shipment.tracking_number:
        followed = replace(shipment, tracking_number=what.tracking_number)
        case.put_shipment(followed)
        service_code = case.fulfillment_order(shipment.fulfillment_order_id).service_code
        carriers.register(case, network, followed, service_code)
    drop_unused(case)


def refused(case: Case, label: Label, code: str, at: Instant) -> None:
    """Takes the refusal of a partner to sell a label; where it is still wanted, an exception names the parcel."""
    state = LABEL_TRANSITIONS.get((label.state, LabelAction.REFUSE))
    if state is None:
        return
    case.clear_timer(LabelDue, label.label_id)
    put(case, replace(label, state=state, code=code))
    _happened(case, LabelRefused, label, at)
    if label.state is LabelState.ASKED:
        _name_missing(case, label, f"was refused: {code}", at)


def taken_back(case: Case, label: Label, code: str, at: Instant) -> None:
    """Takes what a partner said to taking a label back; empty `code`: it did."""
    action = LabelAction.KEEP if code else LabelAction.TAKE_BACK
    state = LABEL_TRANSITIONS.get((label.state, action))
    if state is None:
        return
    put(case, replace(label, state=state, code=code))
    if not code:
        _happened(case, LabelVoided, label, at)
        case.resolve_exception(ExceptionReason.LABEL_NOT_VOIDED, str(label.label_id))
        return
    detail = (
        f"The label {label.tracking_number} of parcel {label.parcel.reference}, which no parcel left with, is to be"
        f" paid for: {label.account_id} did not take it back ({code}). Settle it with the carrier, or ask again."
    )
    command = f"{_command(label)} --void"
    case.open_exception(ExceptionReason.LABEL_NOT_VOIDED, str(label.label_id), detail, command, at)


def name_late(case: Case, label: Label, at: Instant) -> None:
    """Says that a label was not bought in time, where it is still awaited."""
    if label.state is LabelState.ASKED:
        _name_missing(case, label, f"did not come by {label.deadline_at:%Y-%m-%d %H:%M}", at)


def subject_of(parcel: PackedParcel) -> str:
    """Return what an exception about the label of a parcel is about."""
    return f"{parcel.fulfillment_order_id}/{parcel.reference}"


def _name_missing(case: Case, label: Label, what: str, at: Instant) -> None:
    parcel = label.parcel
    detail = f"The label of parcel {parcel.reference} {what}. Ask for it again, or buy one elsewhere."
    command = f"{_command(label)} --buy --weight-grams {parcel.weight_grams}"
    if parcel.volume_cm3:
        command += f" --size {parcel.length_mm}x{parcel.width_mm}x{parcel.height_mm}"
    if parcel.incoterm:
        command += f" --incoterm {parcel.incoterm}"
    case.open_exception(ExceptionReason.LABEL_MISSING, subject_of(parcel), detail, command, at)


def _command(label: Label) -> str:
    parcel = label.parcel
    return (
        f"crossdock label --fulfillment-order {parcel.fulfillment_order_id} --parcel {shlex.quote(parcel.reference)}"
        f" --format {label.parcel.format.value}"
    )


def _take_back(case: Case, label: Label) -> None:
    """Asks the partner to take a bought label back."""
    asked = replace(label, void_count=label.void_count + 1, code="")
    put(case, asked)
    payload = RefundLabel(case.order_id, asked.parcel.fulfillment_order_id, asked.label_id, asked.tracking_number)
    message_id = derived(asked.label_id, "void", asked.void_count)
    case.send(payload, lane_of(asked), message_id, account_id=asked.account_id)


def _end_wait(case: Case, label: Label) -> None:
    case.clear_timer(LabelDue, label.label_id)
    case.resolve_exception(ExceptionReason.LABEL_MISSING, subject_of(label.parcel))


def _shipment(case: Case, label: Label) -> Shipment | None:
    """The parcel that left under the reference of a label."""
    parcel = label.parcel
    own = [one for one in case.shipments if one.fulfillment_order_id == parcel.fulfillment_order_id]
    return next((one for one in own if one.reference == parcel.reference), None)


def _needed(case: Case, fulfillment_order: FulfillmentOrder, label: Label) -> bool:
    shipment = _shipment(case, label)
    if shipment is not None:
        return shipment.tracking_number in ("", label.tracking_number)
    return left_with(case, label) or works(case, fulfillment_order.fulfillment_order_id)


def works(case: Case, fulfillment_order_id: UUID) -> bool:
    """Return whether the node has units of a fulfillment order left to pack or send."""
    return any(one.fulfillment_order_id == fulfillment_order_id and one.state in AT_NODE for one in case.slices)


def _happened(
    case: Case,
    event: type[LabelBought | LabelRefused | LabelVoided],
    label: Label,
    at: Instant,
    **more: str,
) -> None:
    parcel = label.parcel
    node_id = case.fulfillment_order(parcel.fulfillment_order_id).node_id
    case.happened(
        event(
            fulfillment_order_id=parcel.fulfillment_order_id,
            node_id=node_id,
            shipment_reference=parcel.reference,
            **more,
        ),
        at,
    )

"""What the warehouse stand-in decides: what is picked, what goes into which parcel, which cancels are accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from adapters.sdk.calls import BadCall

BOX_GRAMS: Final = 200
UNIT_GRAMS: Final = 400


@dataclass(frozen=True)
class Line:
    """Units of an order line that are being worked."""

    number: int
    sku: str
    quantity: int


class Stage(StrEnum):
    """How far a fulfillment order is at the node."""

    WAITING = "waiting"
    PICKED = "picked"
    PACKED = "packed"
    READY = "ready"
    """It lies ready to be collected."""
    GONE = "gone"
    """Its parcels left."""
    OVER = "over"
    """Nothing of it will leave: canceled, rejected or short."""


class CancelAnswer(StrEnum):
    """How requests to cancel are answered, as long as nothing is packed; afterwards all are refused."""

    ACCEPT = "accept"
    REJECT = "reject"
    HALF = "half"
    """Half of the fulfillment orders accept, chosen by their id."""


@dataclass(frozen=True)
class CancelManner:
    """How requests to cancel are answered, and after how many minutes; None answers at once."""

    answer: CancelAnswer = CancelAnswer.ACCEPT
    after_minutes: int | None = None


def cancel_manner(text: str) -> CancelManner:
    """Reads accept, reject, half, or later:MINUTES with one of them behind another colon (accept unless said)."""
    late, _, rest = text.partition(":")
    minutes, _, answer = rest.partition(":")
    try:
        if late != "later":
            return CancelManner(CancelAnswer(text))
        return CancelManner(CancelAnswer(answer or "accept"), int(minutes))
    except ValueError as error:
        raise BadCall(f"profile_json.cancel {text!r} is none of accept, reject, half, later:MINUTES[:...]") from error


def cancel_refusal(
    manner: CancelManner, fulfillment_order_id: str, stage: Stage, lines: Sequence[Line], canceled: Sequence[Line]
) -> str:
    """Answers the code a request to cancel is refused under; empty when it is accepted."""
    if stage in {Stage.PACKED, Stage.GONE}:
        return "ALREADY_PACKED"
    if not can_be_worked(canceled):
        return "BAD_LINES"
    if remaining(lines, canceled) is None:
        return "TOO_MANY"
    odd = hashlib.sha256(fulfillment_order_id.encode()).digest()[0] % 2 == 1
    rejected = manner.answer is CancelAnswer.REJECT or (manner.answer is CancelAnswer.HALF and odd)
    return "REJECTED" if rejected else ""


def can_be_worked(lines: Sequence[Line]) -> bool:
    """Answers whether there are lines, each once and of at least one unit."""
    return (
        bool(lines) and all(line.quantity > 0 for line in lines) and len({line.number for line in lines}) == len(lines)
    )


def remaining(lines: Sequence[Line], gone: Sequence[Line]) -> list[Line] | None:
    """Answers the lines less the units gone, without empty ones; None when more are gone than there were."""
    left = {line.number: line.quantity for line in lines}
    for line in gone:
        left[line.number] = left.get(line.number, 0) - line.quantity
    if any(quantity < 0 for quantity in left.values()):
        return None
    return [replace(line, quantity=left[line.number]) for line in lines if left[line.number]]


def missing(lines: Sequence[Line], there: Mapping[str, int]) -> list[Line]:
    """Answers the units that are not there, lines served in order; a SKU that is not named never runs out."""
    left = dict(there)
    short = []
    for line in lines:
        found = min(line.quantity, left.get(line.sku, line.quantity))
        if line.sku in left:
            left[line.sku] -= found
        if found < line.quantity:
            short.append(replace(line, quantity=line.quantity - found))
    return short


def parcels(lines: Sequence[Line], units_per_parcel: int) -> list[list[Line]]:
    """Answers what goes into each parcel, filled in the order of the lines; 0 units per parcel puts all into one."""
    if not units_per_parcel:
        return [list(lines)] if lines else []
    packed: list[list[Line]] = []
    room = 0
    for line in lines:
        rest = line.quantity
        while rest:
            if not room:
                packed.append([])
                room = units_per_parcel
            units = min(rest, room)
            packed[-1].append(replace(line, quantity=units))
            rest -= units
            room -= units
    return packed


def tracking_number(fulfillment_order_id: str, parcel: int) -> str:
    """Answers the tracking number of a parcel, counted from 1; the same parcel always has the same one."""
    return "TRK" + hashlib.sha256(f"{fulfillment_order_id}/{parcel}".encode()).hexdigest()[:13].upper()


def tracking_url(tracking_number: str) -> str:
    """Answers the page on which people follow a parcel; its host exists nowhere."""
    return f"https://parcels.example/{tracking_number}"


def weight_grams(lines: Sequence[Line]) -> int:
    """Answers the weight of a parcel in grams: every unit weighs the same, and so does every box."""
    return BOX_GRAMS + UNIT_GRAMS * sum(line.quantity for line in lines)

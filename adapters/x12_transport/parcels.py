"""Parcels that a carrier was tendered, by their tracking number: kept at the hub, without personal data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from adapters.sdk.state.client import AdapterState

MOST_NUMBER = 30
"""Characters of a shipment's number (B204)."""


@dataclass(frozen=True)
class Response:
    """What a carrier answers to the tender of a parcel: its code, and whether it takes the parcel."""

    number: str
    code: str
    accepted: bool


@dataclass(frozen=True)
class Parcel:
    """A parcel as the carrier knows it: the operation that tendered it, and what was answered."""

    operation_key: str
    code: str = ""
    accepted: bool = False


async def keep_parcel(state: AdapterState, account_id: str, number: str, operation_key: str) -> Parcel:
    """Return the parcel of an operation, kept under its number; what was answered to another operation is forgotten."""

    def kept(value: bytes) -> bytes:
        before = _parcel(value)
        same = before is not None and before.operation_key == operation_key
        return value if same else _bytes(Parcel(operation_key))

    return Parcel(**json.loads(await state.update(account_id, _key(number), kept)))


async def find_parcel(state: AdapterState, account_id: str, number: str) -> Parcel | None:
    """Return the parcel of a number; None where the carrier was tendered none."""
    if not 1 <= len(number) <= MOST_NUMBER or not number.isprintable():
        return None
    return _parcel((await state.get(account_id, _key(number))).value)


async def note_response(state: AdapterState, account_id: str, response: Response) -> bool:
    """Note what was answered to a tender; return whether there is such a parcel."""
    if await find_parcel(state, account_id, response.number) is None:
        return False

    def answered(value: bytes) -> bytes:
        parcel = Parcel(**json.loads(value))
        return _bytes(replace(parcel, code=response.code, accepted=response.accepted))

    await state.update(account_id, _key(response.number), answered)
    return True


def _parcel(value: bytes) -> Parcel | None:
    return Parcel(**json.loads(value)) if value else None


def _bytes(parcel: Parcel) -> bytes:
    return json.dumps(asdict(parcel)).encode()


def _key(number: str) -> str:
    return f"parcel/{number}"

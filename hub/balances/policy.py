"""What may move on a balance: an amount is reserved, taken, freed and given back, and never more than there is."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from hub.balances.errors import BalanceTooLow
from hub.balances.model import Balance, Cause, Movement, MovementKind
from hub.kernel.instant import Instant

NOT_VALID: Final = "BALANCE_NOT_VALID"
"""Code of an authorization that is declined because no balance of the seller and currency has the code."""
EXPIRED: Final = "BALANCE_EXPIRED"
"""Code of one that is declined because the balance has expired."""
INSUFFICIENT: Final = "INSUFFICIENT_BALANCE"
"""Code of one that is declined because less is free than it asks for, and no other instrument pays the rest."""

_SEPARATORS: Final = str.maketrans("", "", " -")
_SHORTEST_CODE: Final = 10


class Moved(Struct, frozen=True):
    """A balance after movements."""

    balance: Balance
    movements: tuple[Movement, ...]


def normal_code(text: str) -> str | None:
    """Return the code of a gift card without what does not matter in it; None for what can be no code."""
    code = text.translate(_SEPARATORS).upper()
    return code if len(code) >= _SHORTEST_CODE and code.isascii() and code.isalnum() else None


def expired(balance: Balance, at: Instant) -> bool:
    """Whether what is free of a balance can be spent no more."""
    return balance.expires_at is not None and balance.expires_at <= at


def available(balance: Balance, at: Instant) -> int:
    """Return what orders may be paid with, in minor units."""
    return 0 if expired(balance, at) else balance.free_minor


def why_not(balance: Balance | None, seller_id: str, currency: str, at: Instant) -> str:
    """Return the code under which an authorization is declined whatever its amount; empty where none is.

    Whether a code is of nothing, of another seller or in another currency is not told apart.
    """
    if balance is None or not balance.movements or (balance.seller_id, balance.currency) != (seller_id, currency):
        return NOT_VALID
    return EXPIRED if expired(balance, at) else ""


def issue(balance: Balance, amount_minor: int, cause: Cause) -> Moved:
    """Put an amount above zero on a balance."""
    return _moved(_renewed(balance, cause), MovementKind.ISSUED, amount_minor, 0, cause)


def adjust(balance: Balance, amount_minor: int, cause: Cause) -> Moved:
    """Put an amount on a balance, or take it off; raises BalanceTooLow where less is free."""
    if balance.free_minor + amount_minor < 0:
        raise BalanceTooLow(
            f"{balance.free_minor} minor units are free on the balance; take off at most that.",
            balance_id=balance.balance_id,
            free_minor=balance.free_minor,
            currency=balance.currency,
        )
    return _moved(Moved(balance, ()), MovementKind.ADJUSTED, amount_minor, 0, cause)


def reserve(balance: Balance, amount_minor: int, cause: Cause) -> Moved:
    """Reserve an amount that is available."""
    return _moved(Moved(balance, ()), MovementKind.RESERVED, -amount_minor, amount_minor, cause)


def release(balance: Balance, amount_minor: int, cause: Cause) -> Moved:
    """Free an amount that is reserved."""
    return _moved(_renewed(balance, cause), MovementKind.RELEASED, amount_minor, -amount_minor, cause)


def capture(balance: Balance, amount_minor: int, cause: Cause) -> Moved:
    """Take an amount that is reserved."""
    return _moved(Moved(balance, ()), MovementKind.CAPTURED, 0, -amount_minor, cause)


def refund(balance: Balance, amount_minor: int, cause: Cause) -> Moved:
    """Give back an amount that was taken."""
    return _moved(_renewed(balance, cause), MovementKind.REFUNDED, amount_minor, 0, cause)


def _renewed(balance: Balance, cause: Cause) -> Moved:
    """A balance that can be spent again: one that has expired loses what was free of it, and begins its time anew."""
    if balance.expires_at is None or not expired(balance, cause.at):
        return Moved(balance, ())
    lost = balance.free_minor
    written_off = _moved(Moved(balance, ()), MovementKind.EXPIRED, -lost, 0, cause) if lost else Moved(balance, ())
    until = cause.at + timedelta(seconds=balance.lasts_seconds)
    return replace(written_off, balance=replace(written_off.balance, expires_at=until))


def _moved(before: Moved, kind: MovementKind, free_minor: int, reserved_minor: int, cause: Cause) -> Moved:
    balance = replace(
        before.balance,
        free_minor=before.balance.free_minor + free_minor,
        reserved_minor=before.balance.reserved_minor + reserved_minor,
        movements=before.balance.movements + 1,
    )
    if balance.free_minor < 0 or balance.reserved_minor < 0:
        raise ValueError(f"{kind.value} of {free_minor} free and {reserved_minor} reserved takes more than there is")
    movement = Movement(
        balance_id=balance.balance_id,
        number=balance.movements,
        kind=kind,
        free_minor=free_minor,
        reserved_minor=reserved_minor,
        outside_minor=-free_minor - reserved_minor,
        at=cause.at,
        principal=cause.principal,
        reason=cause.reason,
        order_id=cause.order_id,
        transaction_id=cause.transaction_id,
    )
    return Moved(balance, (*before.movements, movement))

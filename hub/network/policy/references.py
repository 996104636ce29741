"""Problems that parts of all kinds may have: what they name is not there, or costs less than nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from zoneinfo import ZoneInfo

from hub.kernel.money import Money
from hub.network.model import Network, PartnerKind


def of_reference(network: Network, place: str, account_id: str, kind: PartnerKind) -> Iterator[str]:
    """Yield what is wrong with an account that a place names and uses as a kind of partner."""
    account = network.account(account_id)
    if account is None:
        yield f"{place} names account {account_id!r}, which is not there"
    elif account.kind is not kind:
        yield f"{place} uses account {account_id} as {kind.value}, but it is of kind {account.kind.value}"


def of_cost(what: str, cost: Money) -> Iterator[str]:
    """Yield what is wrong with a cost."""
    if cost.minor < 0:
        yield f"{what} is negative"


@cache
def is_time_zone(name: str) -> bool:
    """Whether the IANA database has a time zone of this name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True

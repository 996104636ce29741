"""Faults planted in the hub are found: some by a history known to find each, all by any 500 in a full run."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest
from msgspec.structs import replace

from hub.cases.intake import drafts as intake
from hub.cases.money import money, refunds
from hub.cases.returns import credits as crediting
from hub.cases.returns import receipts
from hub.flows.returns import receive_returns
from hub.kernel import money as amounts
from hub.orders import policy as orders
from hub.payments import policy as payments
from hub.payments.model import Holder
from hub.returns.policy import credits as returning
from hub.wire import money as wire
from tests.model.playing import play
from tests.unit.api.serving import Served

FULL: Final = bool(os.environ.get("CROSSDOCK_TEST_FULL"))
HISTORIES: Final = 500
SIDE_BY_SIDE: Final = 25


def rounded_down(_: Any) -> Any:
    return lambda amount, units, count: amount * count // units


def nothing_credited(_: Any) -> Any:
    return lambda _: 0


def by_the_hub_alone(excess: Any) -> Any:
    def naive(*given: Any) -> Any:
        return [one for one in excess(*given) if one.instrument.holder is Holder.HUB]

    return naive


def with_every_parcel(value_of: Any) -> Any:
    def naive(case: Any, lines: Any) -> Any:
        goods, _, tax = value_of(case, lines)
        return goods, sum(charge.total_minor for charge in case.order.charges), tax

    return naive


def one_more(payouts: Any) -> Any:
    def naive(*given: Any) -> Any:
        return [replace(one, amount_minor=one.amount_minor + 1) for one in payouts(*given)]

    return naive


def without_limits(amounts_of: Any) -> Any:
    def naive(stated: Any, total: int) -> Any:
        return amounts_of([(holder, None) for holder, _ in stated], total)

    return naive


def always_two(_: Any) -> Any:
    return lambda _: 2


def the_last_first(draws: Any) -> Any:
    def naive(given: Any, amount: int) -> Any:
        return draws(
            replace(given, instruments=tuple(replace(one, rank=-one.rank) for one in given.instruments)), amount
        )

    return naive


def to_the_latest(shares: Any) -> Any:
    return lambda amount, weights: shares(amount, list(weights)[::-1])[::-1]


def each_alone(credited_line: Any) -> Any:
    def naive(sold: Any, quantity: int, promotions: Any) -> Any:
        return credited_line(replace(sold, credited=0, credited_minor=0), quantity, promotions)

    return naive


def always(_: Any) -> Any:
    return lambda *_: True


def nothing(_: Any) -> Any:
    return lambda *_: []


@dataclass(frozen=True)
class Fault:
    """A naive variant of a function of the hub, where its name is used, and a history that finds it."""

    seed: int
    mutate: Callable[[Any], Any]
    name: str
    modules: tuple[Any, ...]
    quick: bool = False


FAULTS: Final[Mapping[str, Fault]] = {
    "first units rounded down": Fault(0, rounded_down, "first_units", (money, returning), quick=True),
    "credits not counted against what was paid": Fault(1, nothing_credited, "_credited", (payments,), quick=True),
    "a channel not asked to refund what is canceled": Fault(6, by_the_hub_alone, "excess", (money,), quick=True),
    "shipping charged with every parcel": Fault(7, with_every_parcel, "value_of", (money,), quick=True),
    "a refund of one minor unit more": Fault(1, one_more, "payouts", (refunds,), quick=True),
    "a tender that pays more than its most": Fault(0, without_limits, "amounts", (intake,)),
    "two digits for every currency": Fault(0, always_two, "minor_digits", (amounts, wire), quick=True),
    "the last tender first": Fault(0, the_last_first, "draws", (money,)),
    "the rest of a share to the latest line": Fault(0, to_the_latest, "shares", (orders,)),
    "units credited without those before": Fault(83, each_alone, "credited_line", (crediting,)),
    "rejected units credited": Fault(10, always, "accepted", (receive_returns,)),
    "units that were never sent credited": Fault(2, always, "credited_outcome", (receipts,)),
    "shipping never given back": Fault(3, nothing, "_shipping", (crediting,)),
    "credits beyond what was paid for goods": Fault(11, nothing, "_granted_before", (crediting,)),
}


@pytest.mark.parametrize("planted", [name for name, fault in FAULTS.items() if FULL or fault.quick])
async def test_a_planted_fault_is_found(
    planted: str, hub: Served, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    fault = FAULTS[planted]
    for module in fault.modules:
        monkeypatch.setattr(module, fault.name, fault.mutate(getattr(module, fault.name)))

    starts = range(0, HISTORIES, SIDE_BY_SIDE) if FULL else [fault.seed]
    for start in starts:
        seeds = range(start, start + SIDE_BY_SIDE) if FULL else [start]
        if differences := await play(hub, seeds):
            record_property("history", min(differences))
            return
    pytest.fail(f"not found by {HISTORIES} histories")

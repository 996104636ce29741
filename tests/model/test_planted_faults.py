"""Faults planted in the hub are found: the quick ones by a dozen histories, all by 500 in a full run."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest
from msgspec.structs import replace

from hub.cases.fulfillment import node_requests, parcels
from hub.cases.intake import drafts as intake
from hub.cases.intake import waiting
from hub.cases.money import money, refunds, values
from hub.cases.returns import credits as crediting
from hub.cases.returns import receipts
from hub.flows.fulfillment import take_node_answers
from hub.flows.returns import receive_returns
from hub.fulfillment.lifecycle import RequestState
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
SIDE_BY_SIDE: Final = 25 if FULL else 12


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


def first_come(_: Any) -> Any:
    """Units that a node gives up go elsewhere, whatever it was asked."""
    return lambda _case, _identity, units, _answering: ([], list(units))


def only_in_time(transitions: Any) -> Any:
    return {key: after for key, after in transitions.items() if key[0] is not RequestState.LATE}


def not_sourced_again(demands: Any) -> Any:
    def naive(case: Any, *given: Any) -> Any:
        return [] if case.fulfillment_orders else demands(case, *given)

    return naive


@dataclass(frozen=True)
class Fault:
    """A naive variant of a function of the hub, and where its name is used; the quick ones are found early."""

    mutate: Callable[[Any], Any]
    name: str
    modules: tuple[Any, ...]
    quick: bool = False


FAULTS: Final[Mapping[str, Fault]] = {
    "first units rounded down": Fault(rounded_down, "first_units", (values, returning), quick=True),
    "credits not counted against what was paid": Fault(nothing_credited, "_credited", (payments,), quick=True),
    "a channel not asked to refund what is canceled": Fault(by_the_hub_alone, "excess", (money,), quick=True),
    "shipping charged with every parcel": Fault(with_every_parcel, "value_of", (parcels,), quick=True),
    "a refund of one minor unit more": Fault(one_more, "payouts", (refunds,), quick=True),
    "a tender that pays more than its most": Fault(without_limits, "amounts", (intake,)),
    "two digits for every currency": Fault(always_two, "minor_digits", (amounts, wire), quick=True),
    "the last tender first": Fault(the_last_first, "draws", (money,)),
    "the rest of a share to the latest line": Fault(to_the_latest, "shares", (orders,)),
    "units credited without those before": Fault(each_alone, "credited_line", (crediting,)),
    "rejected units credited": Fault(always, "accepted", (receive_returns,)),
    "units that were never sent credited": Fault(always, "credited_outcome", (receipts,)),
    "shipping never given back": Fault(nothing, "_shipping", (crediting,)),
    "a late answer dropped": Fault(only_in_time, "REQUEST_TRANSITIONS", (take_node_answers,)),
    "canceled units that are short shipped from elsewhere": Fault(first_come, "_claimed", (node_requests,)),
    "short units not sourced again": Fault(not_sourced_again, "_demands", (waiting,)),
    "credits beyond what was paid for goods": Fault(nothing, "_granted_before", (crediting,)),
}


@pytest.mark.parametrize("planted", [name for name, fault in FAULTS.items() if FULL or fault.quick])
async def test_a_planted_fault_is_found(planted: str, hub: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = FAULTS[planted]
    for module in fault.modules:
        monkeypatch.setattr(module, fault.name, fault.mutate(getattr(module, fault.name)))

    for start in range(0, HISTORIES if FULL else SIDE_BY_SIDE, SIDE_BY_SIDE):
        if differences := await play(hub, range(start, start + SIDE_BY_SIDE)):
            logging.getLogger(__name__).info("%s: found by history %s", planted, min(differences))
            return
    pytest.fail(f"not found by {HISTORIES} histories")

"""Faults planted in the hub are found: by histories that are known to find them, and by 500 of any in a full run."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

import pytest
from msgspec.structs import replace

from hub.cases import worth
from hub.cases.fulfillment import node_requests, parcels
from hub.cases.intake import drafts as intake
from hub.cases.intake import waiting
from hub.cases.money import money, refunds
from hub.cases.returns import credits as crediting
from hub.cases.returns import receipts, return_cases
from hub.flows.fulfillment import take_node_answers
from hub.flows.orders import cancel_lines
from hub.flows.returns import exchange_orders, receive_returns
from hub.fulfillment.lifecycle import RequestState
from hub.kernel import money as amounts
from hub.orders import policy as orders
from hub.payments import policy as payments
from hub.payments.model import Holder
from hub.returns.model import Promotions
from hub.returns.policy import credits as returning
from hub.slices.lifecycle import GONE
from hub.wire import money as wire
from hub.wire.returns import return_drafts
from tests.model.playing import first_to_differ
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


def first_come(_: Any) -> Any:
    """Units that a node gives up go elsewhere, whatever it was asked."""
    return lambda _case, _identity, units, _answering: ([], list(units))


def only_in_time(transitions: Any) -> Any:
    return {key: after for key, after in transitions.items() if key[0] is not RequestState.LATE}


def not_sourced_again(demands: Any) -> Any:
    def naive(case: Any, *given: Any) -> Any:
        return [] if case.fulfillment_orders else demands(case, *given)

    return naive


def only_the_price(line_from_pb: Any) -> Any:
    def naive(message: Any, *given: Any, **more: Any) -> Any:
        return replace(line_from_pb(message, *given, **more), discounts=())

    return naive


def each_time(fee: Any) -> Any:
    """The fee of a return is taken off each of its credits."""
    return lambda found, rma, lines: fee(replace(found, credits=[]), rma, lines)


def proportional(credited_line: Any) -> Any:
    return lambda sold, quantity, _: credited_line(sold, quantity, Promotions.PROPORTIONAL)


def although_more_ships(shipping: Any) -> Any:
    def naive(found: Any, rma: Any, quantities: Any) -> Any:
        case = copy(found.case)
        case.slices = tuple(one for one in case.slices if one.state in GONE)
        return shipping(replace(found, case=case), rma, quantities)

    return naive


def nowhere_excluded(plan_demands: Any) -> Any:
    return lambda *given, **more: plan_demands(*given, **more | {"excluded": {}})


def nothing_uncovered(_: Any) -> Any:
    return lambda _: 0


def nobody(_: Any) -> Any:
    return lambda *_: None


def one_unit(_: Any) -> Any:
    """Some units are taken for accepted, whatever came back."""
    return lambda _: 1


def as_if_free(_: Any) -> Any:
    """Units that a request asks for are asked for again."""
    return lambda _, units, *kinds: list(units)


@dataclass(frozen=True)
class Fault:
    """A naive variant of a function of the hub, where its name is used, and histories that find it early."""

    mutate: Callable[[Any], Any]
    name: str
    modules: tuple[Any, ...]
    seeds: tuple[int, ...] = ()


FAULTS: Final[Mapping[str, Fault]] = {
    "first units rounded down": Fault(rounded_down, "first_units", (worth, returning), (1, 29)),
    "credits not counted against what was paid": Fault(nothing_credited, "_credited", (payments,), (18,)),
    "a channel not asked to refund what is canceled": Fault(by_the_hub_alone, "excess", (money,), (38,)),
    "shipping charged with every parcel": Fault(with_every_parcel, "value_of", (parcels,), (1, 13)),
    "a refund of one minor unit more": Fault(one_more, "payouts", (refunds,), (11, 23)),
    "a tender that pays more than its most": Fault(without_limits, "amounts", (intake,), (0, 1)),
    "two digits for every currency": Fault(always_two, "minor_digits", (amounts, wire), (0, 1)),
    "the last tender first": Fault(the_last_first, "draws", (money,), (1, 2)),
    "the rest of a share to the latest line": Fault(to_the_latest, "shares", (orders,), (0, 1)),
    "units credited without those before": Fault(each_alone, "credited_line", (crediting,), (28,)),
    "rejected units credited": Fault(always, "accepted", (receive_returns,), (29,)),
    "units that were never sent credited": Fault(always, "credited_outcome", (receipts,), (21, 33)),
    "shipping never given back": Fault(nothing, "_shipping", (crediting,), (22,)),
    "shipping given back while more ships": Fault(although_more_ships, "_shipping", (crediting,), (26,)),
    "credits beyond what was paid for goods": Fault(nothing, "_granted_before", (crediting,), (18,)),
    "the fee of a return taken twice": Fault(each_time, "_fee", (crediting,), (20,)),
    "a discount that is not clawed back": Fault(proportional, "credited_line", (crediting,), (5,)),
    "a late answer dropped": Fault(only_in_time, "REQUEST_TRANSITIONS", (take_node_answers,), (20,)),
    "canceled units that are short shipped from elsewhere": Fault(first_come, "_claimed", (node_requests,), (0,)),
    "units asked for twice": Fault(as_if_free, "unasked", (cancel_lines,), (104,)),
    "short units not sourced again": Fault(not_sourced_again, "_demands", (waiting,), (6, 30)),
    "a node that rejected asked again": Fault(nowhere_excluded, "plan_demands", (waiting,), (12, 75)),
    "a credit refunded although nothing covered the parcel": Fault(
        nothing_uncovered, "uncovered", (payments, refunds), (76,)
    ),
    "an exchange that ships although nothing came back": Fault(one_unit, "credited_units", (return_cases,), (2,)),
    "the discount of an exchange not read": Fault(only_the_price, "line_from_pb", (return_drafts,), (5, 33)),
    "an exchange dropped that brought too little": Fault(nobody, "charge_difference", (exchange_orders,), (461,)),
    "goods of a canceled exchange kept": Fault(nothing, "_refund_unused_goods", (money,), (129,)),
}


@pytest.mark.slow
async def test_known_histories_find_each_planted_fault(hub: Served) -> None:
    missed = [name for name, fault in FAULTS.items() if not await _found(hub, fault, fault.seeds)]
    assert missed == []


@pytest.mark.slow
@pytest.mark.skipif(not FULL, reason="takes an hour")
@pytest.mark.parametrize("planted", FAULTS)
async def test_histories_find_a_planted_fault(planted: str, hub: Served) -> None:
    for start in range(0, HISTORIES, SIDE_BY_SIDE):
        if found := await _found(hub, FAULTS[planted], range(start, start + SIDE_BY_SIDE)):
            logging.getLogger(__name__).info("%s: found by %s", planted, found)
            return
    pytest.fail(f"not found by {HISTORIES} histories")


async def _found(hub: Served, fault: Fault, seeds: Sequence[int]) -> list[int]:
    """The first histories to find a fault while it is planted."""
    with pytest.MonkeyPatch.context() as planted:
        for module in fault.modules:
            planted.setattr(module, fault.name, fault.mutate(getattr(module, fault.name)))
        return await first_to_differ(hub, seeds)

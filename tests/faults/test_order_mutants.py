"""The checks of slices, money, statements and flows go red on a naive variant of what they check."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from hub.cases.money import money as case_money
from hub.cases.stock import stock as case_stock
from hub.database.locks import LockOrder
from hub.orders import operations as orders
from hub.payments import policy as payments
from hub.payments.model import Holder, TransactionKind
from hub.slices import policy as slices
from hub.slices.lifecycle import SliceAction
from tests.support.drafts import card, draft, gift_card, line
from tests.support.watching import INSIDE, Watch, watched
from tests.support.world import World, opened
from tests.unit.payments import purses
from tests.unit.slices import walks

STEPS = [
    walks.Command(action, 1, units, "DC-NL")
    for action, units in [
        (SliceAction.RESERVE, 4),
        (SliceAction.ALLOCATE, 3),
        (SliceAction.RELEASE, 3),
        (SliceAction.SHORT, 1),
        (SliceAction.SHIP, 1),
        (SliceAction.CANCEL, 2),
    ]
]


def losing_units(moved: Any) -> Any:
    """Part of a slice that moves takes the rest with it."""

    def naive(before: Any, takings: Any, *rest: Any) -> Any:
        after, moves = moved(before, takings, *rest)
        split = {given.slice_number for given, quantity in takings if quantity < given.quantity}
        return tuple(one for one in after if one.slice_number not in split), moves

    return naive


def forgetting_places(moved: Any) -> Any:
    """Units keep the fulfillment order they left."""

    def naive(before: Any, takings: Any, action: Any, place: Any, *rest: Any) -> Any:
        return moved(before, takings, action, lambda one: one, *rest)

    return naive


def moves_without_cause(moved: Any) -> Any:
    """Moves name an event that there is not."""

    def naive(before: Any, takings: Any, *rest: Any) -> Any:
        after, moves = moved(before, takings, *rest)
        return after, tuple(replace(one, event_id=one.order_id) for one in moves)

    return naive


def moves_of_other_quantities(moved: Any) -> Any:
    """The history says one unit more than moved."""

    def naive(before: Any, takings: Any, *rest: Any) -> Any:
        after, moves = moved(before, takings, *rest)
        return after, tuple(replace(one, quantity=one.quantity + 1) for one in moves)

    return naive


@pytest.mark.parametrize("mutate", [losing_units, forgetting_places, moves_without_cause, moves_of_other_quantities])
def test_a_walk_of_slices_notices(mutate: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    walks.walked([6], STEPS)
    monkeypatch.setattr(slices, "moved", mutate(slices.moved))
    with pytest.raises(AssertionError):
        walks.walked([6], STEPS)


def paying_twice(draws: Any) -> Any:
    """Every instrument pays the whole."""

    def naive(given: Any, amount: int) -> Any:
        return [payments.Draw(one, TransactionKind.CAPTURE, amount) for one in given.instruments]

    return naive


def losing_a_cent(draws: Any) -> Any:
    """A draw of every shipment is one cent short."""

    def naive(given: Any, amount: int) -> Any:
        return draws(given, max(0, amount - 1))

    return naive


def the_last_first(draws: Any) -> Any:
    """The instruments of the highest rank pay first."""

    def naive(given: Any, amount: int) -> Any:
        turned = [replace(one, rank=-one.rank) for one in given.instruments]
        found = draws(replace(given, instruments=tuple(turned)), amount)
        return [
            payments.Draw(replace(one.instrument, rank=-one.instrument.rank), one.kind, one.amount_minor)
            if one.instrument
            else one
            for one in found
        ]

    return naive


PURSES = [purses.Purse(Holder.HUB, 4000), purses.Purse(Holder.HUB, 11000)]


def paid(values: tuple[int, ...] = (6000, 3000, 7000)) -> None:
    given = purses.opened(PURSES)
    for value in values:
        purses.draws_sum_to_the_value(given, value)
        purses.earlier_instruments_pay_first(given, value)
        given = purses.shipped(given, value)
        purses.nobody_pays_more_than_was_granted(given)


@pytest.mark.parametrize("mutate", [paying_twice, losing_a_cent, the_last_first])
def test_a_purse_notices(mutate: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    paid()
    monkeypatch.setattr(payments, "draws", mutate(payments.draws))
    with pytest.raises(AssertionError):
        paid()


@dataclass(frozen=True)
class Mutant:
    """A naive variant in the running hub, and the invariant or trouble that must name it."""

    module: Any
    name: str
    mutate: Callable[[Any], Any]
    named: str


def captures_more(original: Any) -> Any:
    def naive(given: Any, amount: int) -> Any:
        return [replace(one, amount_minor=one.amount_minor + 1) for one in original(given, amount)]

    return naive


def nothing_claimed(_: Any) -> Any:
    return lambda moves, *_: []


async def nothing_saved(*_: Any) -> None:
    """Nothing is written."""


MUTANTS: dict[str, Mutant] = {
    "a capture of one cent more": Mutant(case_money, "draws", captures_more, "shipments_paid"),
    "moves that stock does not follow": Mutant(case_stock, "changes_of", nothing_claimed, "shipped_stock"),
    "orders whose version is not written": Mutant(orders, "save", lambda _: nothing_saved, "order_versions"),
    "what is posted is not booked": Mutant(case_money, "book", lambda _: lambda *_: None, "money_booked"),
}


@pytest.fixture
async def unaudited(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with opened(database_url, tmp_path) as world:
        yield world


async def lived(world: World) -> list[str]:
    await world.stock("MUG", "DC-NL", 5)
    await world.place(draft("F-1", [line("MUG", 2, "50.00")], instruments=[gift_card("40.00"), card()]))
    await world.advance(timedelta(days=2))
    return await world.audit()


@pytest.mark.parametrize("mutant", MUTANTS)
async def test_the_audit_names(mutant: str, unaudited: World, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = MUTANTS[mutant]
    monkeypatch.setattr(planted.module, planted.name, planted.mutate(getattr(planted.module, planted.name)))

    found = await lived(unaudited)

    assert any(text.startswith(planted.named) for text in found), found


async def test_without_a_planted_fault_the_same_life_is_sound(unaudited: World) -> None:
    assert await lived(unaudited) == []


async def test_a_statement_per_order_is_counted_and_a_lock_out_of_order_is_named(
    database_url: str, tmp_path: Path
) -> None:
    watch = Watch()
    async with opened(database_url, tmp_path, database_class=watched(watch)) as world:
        with watch.counting() as statements:
            async with world.database.transaction() as tx:
                assert INSIDE.get() == "writing"
                for _ in range(5):
                    await tx.fetch("SELECT 1")
                await tx.fetch("SELECT FROM stock ORDER BY sku, node_id FOR UPDATE")
                await tx.fetch("SELECT FROM orders ORDER BY order_id FOR UPDATE")
        assert len(statements) == 7
        assert watch.broken == ["orders locked after stock"]
    order = LockOrder()
    order.see("SELECT FROM orders FOR UPDATE")
    assert order.broken == "orders locked without ORDER BY its key"

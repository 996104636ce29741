"""Naive variants of what gives goods and money back, each named by the audit or refused by the provider."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from hub.cases.money import refunds
from hub.cases.returns import credits as return_credits
from hub.flows.returns import authorize_returns
from hub.inventory import operations as inventory
from hub.kernel.money import half_up
from hub.orders.model import Discount
from hub.payments.policy import Payout
from tests.support.drafts import draft, line
from tests.support.returns import bring_back, delivered
from tests.support.world import World, opened


@dataclass(frozen=True)
class Mutant:
    """A naive variant in the running hub, and the invariant or trouble that must name it."""

    module: Any
    name: str
    mutate: Callable[[Any], Any]
    named: str


def rounded_unit_price(original: Any) -> Any:
    """Each unit at the line's price over its quantity, rounded: the last cent is lost."""

    def naive(sold: Any, quantity: int, promotions: Any) -> Any:
        price = half_up(sold.total_minor / Decimal(sold.quantity)) * quantity
        return replace(original(sold, quantity, promotions), amount_minor=price)

    return naive


def one_cent_more(original: Any) -> Any:
    def naive(payments: Any, amount: int) -> list[Payout]:
        return [replace(one, amount_minor=one.amount_minor + 1) for one in original(payments, amount)]

    return naive


def nothing_given_back(_: Any) -> Any:
    return lambda payments, amount: []


def not_booked(_: Any) -> Any:
    return lambda *_: None


def silently(_: Any) -> Any:
    def naive(case: Any, *_: Any) -> None:
        case.order = replace(case.order, state=type(case.order.state).CONFIRMED)

    return naive


def on_no_shelf(_: Any) -> Any:
    async def naive(*_: Any, **__: Any) -> list[None]:
        return [None]

    return naive


def paid_but_never_asked(_: Any) -> Any:
    return lambda *_: None


MUTANTS: dict[str, Mutant] = {
    "units credited at a rounded price": Mutant(return_credits, "credited_line", rounded_unit_price, "credited_goods"),
    "refunds of one cent more": Mutant(refunds, "payouts", one_cent_more, "credits_paid"),
    "credits that are never paid out": Mutant(refunds, "payouts", nothing_given_back, "credits_paid"),
    "credits that are not booked": Mutant(refunds, "_book_credit", not_booked, "credits_booked"),
    "refunds that nobody is asked for": Mutant(refunds, "_ask", paid_but_never_asked, "payments_asked_once"),
    "orders opened again without a word": Mutant(
        authorize_returns, "reopen", silently, "closed_once_more_than_reopened"
    ),
    "goods that come back onto no shelf": Mutant(inventory, "change_conditioned", on_no_shelf, "returned_stock"),
}


@pytest.fixture
async def unaudited(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with opened(database_url, tmp_path) as world:
        yield world


async def lived(world: World) -> list[str]:
    """Three mugs for 24.97 come back one by one."""
    await world.stock("MUG", "DC-NL", 3)
    case = await delivered(world, draft("F-1", [line("MUG", 3, "9.99", discounts=(Discount(500),))]))
    for _ in range(3):
        await bring_back(world, case.order_id)
    return await world.audit()


@pytest.mark.parametrize("mutant", MUTANTS)
async def test_the_audit_names_what_is_wrong_with_returns(
    mutant: str, unaudited: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = MUTANTS[mutant]
    naive = planted.mutate(getattr(planted.module, planted.name))
    monkeypatch.setattr(planted.module, planted.name, naive)

    found = await lived(unaudited)

    assert any(text.startswith(planted.named) for text in found), found


async def test_without_a_planted_fault_the_same_returns_are_sound(unaudited: World) -> None:
    assert await lived(unaudited) == []

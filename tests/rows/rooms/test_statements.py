"""However many elements a call takes, it makes as many statements; locks are taken in the order of the house."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from hub.database.locks import LockOrder
from hub.database.tx import NO_PARAMS, Params, Row, Tx
from hub.exceptions import operations as exceptions
from hub.fulfillment import operations as fulfillment
from hub.holds import operations as holds
from hub.inventory import operations as inventory
from hub.inventory.model import StockChange
from hub.kernel.scope import HUB
from hub.ledger import operations as ledger
from hub.ledger.model import Account, Posting
from hub.orders import operations as orders
from hub.parties import operations as parties
from hub.parties.model import Contact, Party
from hub.payments import operations as payments
from hub.slices import operations as slices
from hub.slices.lifecycle import SliceState
from hub.slices.model import Move
from hub.trade import operations as trade
from hub.trade.model import TaxRecord
from tests.rows.rooms.building import (
    AT,
    exception,
    fulfillment_order,
    hold,
    identity,
    instrument,
    order,
    shipment,
    slice_of,
    transaction,
)
from tests.support.keys import KeysInMemory

Call = Callable[[Tx, range], Awaitable[Any]]


class CountingTx(Tx):
    """A transaction that remembers its statements and watches their locks."""

    def __init__(self, tx: Tx) -> None:
        super().__init__(tx._connection)
        self.statements: list[str] = []
        self.locks = LockOrder()

    async def fetch(self, sql: str, params: Params = NO_PARAMS) -> list[Row]:
        self._see(sql)
        return await super().fetch(sql, params)

    async def execute(self, sql: str, params: Params = NO_PARAMS) -> int:
        self._see(sql)
        return await super().execute(sql, params)

    async def write(self, sql: str, params: Params, **how: Any) -> None:
        self._see(sql)
        await super().write(sql, params, **how)

    def _see(self, sql: str) -> None:
        self.statements.append(sql)
        self.locks.see(sql)


def ids(numbers: range) -> list[Any]:
    return [identity(number) for number in numbers]


def reserve(number: int) -> list[StockChange]:
    return [StockChange(f"SKU-{number}", "DC-NL", "test", identity(1), reserved=1)]


def receive(number: int) -> list[StockChange]:
    return [StockChange(f"SKU-{number}", "DC-NL", "test", identity(1), on_hand=2)]


def posting(number: int) -> Posting:
    return Posting(identity(number), identity(1), "", "EUR", ((Account.CASH, 1), (Account.TAX, -1)), AT)


def birth(number: int) -> Move:
    return Move(identity(number), 1, 1, "SHIRT", 1, None, None, SliceState.OPEN, None, None, identity(1), AT)


KEYS = KeysInMemory()

CALLS: dict[str, tuple[int, Call]] = {
    "orders.add": (1, lambda tx, n: orders.add(tx, [order(i) for i in n])),
    "orders.add again": (2, lambda tx, n: orders.add(tx, [order(i + 500, channel_reference=f"ref-{i}") for i in n])),
    "orders.load": (1, lambda tx, n: orders.load(tx, HUB, ids(n), lock=True)),
    "orders.save": (1, lambda tx, n: orders.save(tx, [order(i) for i in n])),
    "orders.find_by_reference": (1, lambda tx, n: orders.find_by_reference(tx, HUB, [("shop", f"ref-{i}") for i in n])),
    "slices.save": (1, lambda tx, n: slices.save(tx, [], [slice_of(i) for i in n])),
    "slices.load": (1, lambda tx, n: slices.load(tx, ids(n))),
    "slices.record_moves": (1, lambda tx, n: slices.record_moves(tx, [birth(i) for i in n])),
    "holds.save": (1, lambda tx, n: holds.save(tx, [hold(i, i) for i in n])),
    "holds.load": (1, lambda tx, n: holds.load(tx, ids(n))),
    "exceptions.open_all": (2, lambda tx, n: exceptions.open_all(tx, [exception(i) for i in n])),
    "ledger.post": (1, lambda tx, n: ledger.post(tx, [posting(i) for i in n])),
    "inventory.change, arriving": (5, lambda tx, n: inventory.change(tx, [receive(i) for i in n], at=AT)),
    "inventory.change": (4, lambda tx, n: inventory.change(tx, [reserve(i) for i in n], at=AT)),
    "inventory.claim": (3, lambda tx, n: inventory.claim(tx, [one for i in n for one in reserve(i)], at=AT)),
    "inventory.available": (1, lambda tx, n: inventory.available(tx, [f"SKU-{i}" for i in n], None)),
    "fulfillment.save": (1, lambda tx, n: fulfillment.save(tx, [fulfillment_order(i, i) for i in n])),
    "fulfillment.load": (1, lambda tx, n: fulfillment.load(tx, ids(n))),
    "fulfillment.save_shipments": (1, lambda tx, n: fulfillment.save_shipments(tx, [shipment(i, i) for i in n])),
    "fulfillment.load_shipments": (1, lambda tx, n: fulfillment.load_shipments(tx, ids(n))),
    "payments.save": (
        2,
        lambda tx, n: payments.save(tx, [instrument(i, i) for i in n], [transaction(i, i) for i in n]),
    ),
    "payments.load": (2, lambda tx, n: payments.load(tx, dict.fromkeys(ids(n), "EUR"))),
    "parties.record": (
        1,
        lambda tx, n: parties.record(tx, [Party(identity(i), Contact("Ann")) for i in n], key=b"k", keys=KEYS),
    ),
    "parties.contacts": (1, lambda tx, n: parties.contacts(tx, ids(n), KEYS)),
    "trade.record_tax": (1, lambda tx, n: trade.record_tax(tx, [TaxRecord(identity(i), 1, "21", 1, AT) for i in n])),
}
"""Name -> (statements, the call)."""


@pytest.mark.parametrize("numbers", [range(1, 2), range(1, 65)], ids=["one", "sixty-four"])
async def test_a_call_makes_as_many_statements_for_sixty_four_as_for_one(tx: Tx, numbers: range) -> None:
    made: dict[str, int] = {}
    for name, (_, call) in CALLS.items():
        counting = CountingTx(tx)
        await call(counting, numbers)
        await counting.finish()
        made[name] = len(counting.statements)
        assert counting.locks.broken is None

    assert made == {name: statements for name, (statements, _) in CALLS.items()}


async def test_a_call_with_nothing_to_do_makes_no_statement(tx: Tx) -> None:
    counting = CountingTx(tx)
    for _, call in CALLS.values():
        await call(counting, range(0))

    assert counting.statements == []


async def test_stock_is_locked_by_its_key(tx: Tx) -> None:
    counting = CountingTx(tx)

    await inventory.change(counting, [reserve(2), reserve(1)], at=AT)

    assert counting.statements[0].endswith("ORDER BY stock.sku, stock.node_id FOR UPDATE OF stock")

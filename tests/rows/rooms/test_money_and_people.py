"""Payments, ledger, tax, holds, exceptions and parties as rows."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from hub.database.tx import Tx
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionFilter, ExceptionReason, ExceptionRecord
from hub.holds import operations as holds
from hub.holds.model import HoldStatus
from hub.kernel.scope import HUB, Scope
from hub.ledger import operations as ledger
from hub.ledger.model import Account, Posting
from hub.orders import operations as orders
from hub.parties import operations as parties
from hub.parties.model import Contact, Party, PostalAddress
from hub.payments import operations as payments
from hub.payments.model import Holder, Payments, TransactionKind, TransactionState
from hub.trade import operations as trade
from hub.trade.model import TaxRecord
from tests.rows.rooms.building import AT, MINUTE, exception, hold, identity, instrument, order, seen_by, transaction
from tests.support.keys import KeysInMemory

KEY = b"k" * 32


async def test_the_money_of_orders_is_loaded_as_it_was_saved_last(tx: Tx) -> None:
    card, terms = instrument(1, 1), instrument(1, 2, holder=Holder.TERMS, account_id=None, token="")
    asked = transaction(1, 1, state=TransactionState.REQUESTED)
    capture = transaction(1, 2, kind=TransactionKind.CAPTURE, shipment_id=identity(4001), expires_at=AT)
    await payments.save(tx, [terms, card], [capture, asked])
    answered = replace(asked, state=TransactionState.FAILED, failure_code="DECLINED", provider_reference="ch_1")

    await payments.save(tx, [], [answered])

    assert await payments.load(tx, {identity(1): "EUR", identity(2): "GBP"}) == {
        identity(1): Payments("EUR", (card, terms), (answered, capture)),
        identity(2): Payments("GBP"),
    }
    assert await payments.orders_of(tx, [asked.transaction_id, identity(9)]) == {asked.transaction_id: identity(1)}


async def entries(tx: Tx) -> list[tuple[UUID, str, int]]:
    rows = await tx.fetch("SELECT posting_id, account, amount_minor FROM entry ORDER BY posting_id, entry_number")
    return [(row["posting_id"], row["account"], row["amount_minor"]) for row in rows]


async def test_a_posting_is_written_once(tx: Tx) -> None:
    sale = Posting(identity(1), identity(1), "shipment", "EUR", ((Account.CUSTOMER, 105), (Account.REVENUE, -105)), AT)
    other = replace(sale, posting_id=identity(2), entries=((Account.CASH, 5), (Account.CUSTOMER, -5)))

    await ledger.post(tx, [sale, sale])
    await ledger.post(tx, [other, replace(sale, entries=((Account.CASH, 1), (Account.TAX, 1), (Account.CASH, -2)))])

    assert await entries(tx) == [
        (identity(1), "customer", 105),
        (identity(1), "revenue", -105),
        (identity(2), "cash", 5),
        (identity(2), "customer", -5),
    ]


async def test_the_tax_of_a_line_is_kept_as_recorded_last(tx: Tx) -> None:
    first = [TaxRecord(identity(1), line, "21", 100 * line, AT) for line in (2, 1)]
    await trade.record_tax(tx, first)
    corrected = TaxRecord(identity(1), 2, "9", 43, AT + MINUTE)

    await trade.record_tax(tx, [corrected])

    assert await trade.taxes(tx, [identity(1)]) == {identity(1): (first[1], corrected)}


async def test_holds_are_loaded_as_they_were_saved_last(tx: Tx) -> None:
    await holds.save(tx, [hold(1, 2, expires_at=AT), hold(1, 1), hold(2, 3)])
    ended = replace(hold(1, 1), status=HoldStatus.RESOLVED, note="checked")

    await holds.save(tx, [ended])

    assert await holds.load(tx, [identity(1)]) == {identity(1): (ended, hold(1, 2, expires_at=AT))}


async def test_one_exception_is_open_for_a_reason_and_subject(tx: Tx) -> None:
    first, again = exception(1), exception(2, subject="subject-1")
    await exceptions.open_all(tx, [first, again])
    await exceptions.open_all(tx, [exception(3, subject="subject-1")])
    assert await exceptions.of_orders(tx, [identity(1)]) == {identity(1): (first,)}

    await exceptions.resolve(tx, [(ExceptionReason.STOCK_SHORT, "subject-1"), (ExceptionReason.ON_HOLD, "?")], at=AT)
    await exceptions.open_all(tx, [again])

    assert await exceptions.of_orders(tx, [identity(1)]) == {identity(1): (replace(first, resolved_at=AT), again)}
    assert await exceptions.count_open(tx) == 1


async def test_exceptions_are_found_by_id_within_the_scope_and_end_once(tx: Tx) -> None:
    await orders.add(tx, [order(1)])
    await exceptions.open_all(tx, [exception(1)])
    known = exception(1).exception_id

    assert await exceptions.find(tx, seen_by(channels=frozenset({"other"})), [known]) == {}
    first = await exceptions.end(tx, [exception(1)], at=AT)
    repeat = await exceptions.end(tx, first, at=AT + MINUTE)

    assert first == repeat == [replace(exception(1), resolved_at=AT)]
    assert await exceptions.find(tx, HUB, [known]) == {known: first[0]}


async def test_exceptions_are_listed_by_deadline_within_the_scope(tx: Tx) -> None:
    await orders.add(tx, [order(1)])
    ended = exception(2, resolved_at=AT)
    stock = exception(3, order_id=None, reason=ExceptionReason.STOCK_DISCREPANCY)
    await exceptions.open_all(tx, [exception(1), ended, stock])

    async def listed(scope: Scope = HUB, *, after: Any = None, size: int = 9, **asked: Any) -> list[ExceptionRecord]:
        return await exceptions.page(tx, scope, ExceptionFilter(AT, **asked), after, size)

    assert await listed() == [exception(1), stock]
    assert await listed(ended=True, size=2) == [exception(1), ended]
    assert await listed(ended=True, after=(ended.deadline_at, ended.exception_id)) == [stock]
    assert await listed(reason=ExceptionReason.STOCK_DISCREPANCY) == [stock]
    assert await listed(seen_by(channels=frozenset({"shop"}))) == [exception(1)]


ANN = Party(
    identity(901),
    Contact(
        "Ann",
        "ACME",
        "ann@example.org",
        "+31 20 123",
        PostalAddress(("Keizersgracht 1", "II"), "Amsterdam", "NL"),
        "c-1",
    ),
)
BOB = Party(identity(902), Contact("Bob"))


async def test_a_contact_is_read_as_it_was_kept(tx: Tx) -> None:
    keys = KeysInMemory()
    await parties.record(tx, [ANN, BOB], key=KEY, keys=keys)
    await parties.record(tx, [replace(ANN, contact=Contact("Somebody else"))], key=KEY, keys=keys)

    contacts = await parties.contacts(tx, [ANN.party_id, BOB.party_id, identity(903)], keys)

    assert contacts == {ANN.party_id: ANN.contact, BOB.party_id: BOB.contact}


async def test_a_contact_of_an_older_release_is_read_in_the_clear_until_it_is_sealed(tx: Tx) -> None:
    keys = KeysInMemory()
    told = json.dumps(msgspec.to_builtins(ANN.contact))
    insert = "INSERT INTO party (party_id, document) VALUES (%(id)s, %(told)s::jsonb)"
    await tx.execute(insert, {"id": ANN.party_id, "told": told})
    await tx.execute(insert, {"id": BOB.party_id, "told": '{"name": "Bob", "company": "", "address": null}'})
    read = {ANN.party_id: ANN.contact, BOB.party_id: BOB.contact}
    assert await parties.contacts(tx, list(read), keys) == read

    sealed = [await parties.seal_clear(tx, keys, limit=1) for _ in range(3)]

    assert sealed == [1, 1, 0]
    assert await parties.contacts(tx, list(read), keys) == read
    rows = await tx.fetch("SELECT document, party::text AS text FROM party")
    assert not [row for row in rows if row["document"] is not None or b"Amsterdam".hex() in row["text"]]


async def test_a_person_is_found_by_a_keyed_hash_only(tx: Tx) -> None:
    await parties.record(tx, [ANN, BOB], key=KEY, keys=KeysInMemory())

    rows = await tx.fetch("SELECT party_id, email_index, phone_index FROM party ORDER BY party_id")

    assert [bytes(rows[0]["email_index"]), bytes(rows[0]["phone_index"])] == [
        parties.blind_index(" Ann@EXAMPLE.org ", KEY),
        parties.blind_index("+31 20 123", KEY),
    ]
    assert rows[1]["email_index"] is rows[1]["phone_index"] is None
    assert parties.blind_index("ann@example.org", b"another key") != bytes(rows[0]["email_index"])


async def test_nothing_but_the_id_of_an_erased_person_is_left(tx: Tx) -> None:
    keys = KeysInMemory()
    await parties.record(tx, [ANN, BOB], key=KEY, keys=keys)

    assert await parties.erase(tx, [ANN.party_id, identity(903)], keys=keys, at=AT) == [ANN.party_id]
    assert await parties.erase(tx, [ANN.party_id], keys=keys, at=AT + MINUTE) == []

    assert await parties.contacts(tx, [ANN.party_id, BOB.party_id], keys) == {BOB.party_id: BOB.contact}
    (row,) = await tx.fetch("SELECT * FROM party WHERE erased_at IS NOT NULL")
    assert row == {
        "party_id": ANN.party_id,
        "document": None,
        "key_number": None,
        "sealed": None,
        "email_index": None,
        "phone_index": None,
        "erased_at": AT,
    }


async def test_the_row_of_an_erased_person_shows_nothing_when_a_backup_brings_it_back(tx: Tx) -> None:
    keys = KeysInMemory()
    await parties.record(tx, [ANN, BOB], key=KEY, keys=keys)
    await tx.execute("CREATE TEMP TABLE backup AS SELECT * FROM party")
    await parties.erase(tx, [ANN.party_id], keys=keys, at=AT)
    await tx.execute("DELETE FROM party")
    await tx.execute("INSERT INTO party SELECT * FROM backup")

    assert await parties.contacts(tx, [ANN.party_id, BOB.party_id], keys) == {BOB.party_id: BOB.contact}

"""Reads a warehouse's transactions into commands: pure and total, once what they name was looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.sdk.documents.reading import Findings, shown
from adapters.sdk.x12.acknowledgments import ACKNOWLEDGING, ADVISING
from adapters.sdk.x12.envelope import Interchange, Transaction
from adapters.sdk.x12.incoming import Came
from adapters.sdk.x12.notes import Notes
from adapters.x12_warehouse import advice_945, stock
from adapters.x12_warehouse.orders import Order
from adapters.x12_warehouse.reports import Reader
from adapters.x12_warehouse.settings import Settings
from crossdock.inbox.v1.inbox_pb2 import Command

WORKING: Final = frozenset({"945", "944", "846"})
SUPPORTED: Final = WORKING | ACKNOWLEDGING | ADVISING


def order_numbers(interchanges: Sequence[Interchange[Settings]]) -> set[str]:
    """Return the numbers of the orders that shipping advices are about."""
    transactions = (transaction for interchange in interchanges for transaction in interchange.transactions)
    return {advice_945.order_number(found.segments) for found in transactions if found.set_id == "945"}


def commands_of(
    interchanges: Sequence[Interchange[Settings]],
    orders: Mapping[str, Order],
    settings: Settings,
    came: Came,
    findings: Findings,
) -> list[Command]:
    """Return the commands of all transactions; one that cannot be read gives none, and `findings` say why."""
    commands = []
    for interchange in interchanges:
        for transaction in interchange.transactions:
            own = Findings()
            reader = Reader(settings, Notes(own, transaction.path), came.at)
            reference = f"{interchange.control}-{transaction.segments[0].element(2)}"
            read = _read(transaction, orders, reference, came.account_id, reader)
            findings.add(own)
            commands += [] if own.refused else read
    return commands


def _read(
    transaction: Transaction[Settings], orders: Mapping[str, Order], reference: str, source: str, reader: Reader
) -> list[Command]:
    match transaction.set_id:
        case "945":
            return advice_945.commands_of(transaction.segments, orders, reference, reader)
        case "846":
            return stock.count_of(transaction.segments, source, reader)
        case "944":
            return stock.receipts_of(transaction.segments, reader)
        case set_id if set_id not in SUPPORTED:
            reason = f"transaction set {shown(set_id)} is not read; this adapter reads {', '.join(sorted(SUPPORTED))}"
            reader.notes.refuse(transaction.segments[0], 1, reason)
    return []

"""The example partners' documents: read whole, adding up, and sound in the eyes of pyx12.

pyx12 judges the envelopes only: it has no map of the 850.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import protovalidate
import pytest
from google.type.money_pb2 import Money

from adapters.sdk.documents.cards import has_card_number
from crossdock.orders.v1.orders_pb2 import OrderDraft
from tests.adapters.sdk.x12.judge import errors_of
from tests.adapters.x12_channel.documents import DOCUMENTS, OWN, a_document, read_with, references

OURS = (*sorted(DOCUMENTS.glob("*.x12")), OWN / "three-orders.x12")
EXAMPLES = sorted(DOCUMENTS.glob("b2b-de-*.x12"))


def amount(money: Money) -> Decimal:
    return Decimal(money.units) + Decimal(money.nanos).scaleb(-9)


def total(order: OrderDraft) -> Decimal:
    """Answers what lines, discounts, charges and taxes come to."""
    goods = sum(line.quantity * amount(line.unit_price) for line in order.lines)
    charges = sum(amount(one.amount) for one in order.charges)
    taxes = sum(amount(one.amount) for one in order.taxes)
    return Decimal(goods + charges + taxes - sum(amount(one.amount) for one in order.discounts))


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_pyx12_finds_nothing_wrong_with_our_envelopes(path: Path) -> None:
    assert errors_of(path.read_text()) == []


def test_pyx12_finds_the_count_that_is_wrong() -> None:
    assert len(errors_of(a_document().replace("SE*7*", "SE*8*"))) == 1


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_document_reads_the_same_with_its_own_profile_and_from_the_mailbox(path: Path) -> None:
    own, mailbox = (read_with(path.read_bytes(), name) for name in ("x12-b2b-de.json", "x12-mailbox.json"))

    assert own == mailbox
    assert not own.problems
    for command in own.commands:
        protovalidate.validate(command)
        assert command.place_order.channel_id == "B2B-DE"
        assert not has_card_number(str(command))


def test_every_order_adds_up_to_its_stated_total() -> None:
    readings = [read_with(path.read_bytes(), "x12-b2b-de.json") for path in EXAMPLES]

    orders = [command.place_order for reading in readings for command in reading.commands]

    assert [reference for reading in readings for reference in references(reading)] == [
        "PO-3001", "PO-3002", "PO-3003", "PO-3004", "PO-3005", "SL-3006",
    ]  # fmt: skip
    assert [total(order) for order in orders] == [amount(order.stated_totals.grand_total) for order in orders]
    assert [f"{total(order):.2f}" for order in orders] == ["428.40", "154.22", "189.21", "434.11", "321.30", "257.04"]

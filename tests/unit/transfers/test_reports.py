"""Reports about a transfer, in any order and number: no unit appears or disappears but for what is stated."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from hub.kernel.errors import ReferenceReused, Refusal
from hub.transfers.errors import TransferActionNotAllowed
from hub.transfers.lifecycle import TransferState
from hub.transfers.model import Transfer, TransferLine, TransferReceipt, TransferShipment
from hub.transfers.policy import canceled, received, shipped

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
ID = UUID("01a204dc-af31-70aa-acb0-4c71b22f38d5")


def transfer(**units: int) -> Transfer:
    lines = tuple(TransferLine(sku, quantity) for sku, quantity in sorted(units.items()))
    return Transfer(ID, "T-1", "DC-NL", "ST-BER", TransferState.REQUESTED, lines, AT, AT + WEEK, AT + WEEK)


def some_report(random: Random, known: Transfer) -> Transfer:
    """The transfer after one report of any kind."""
    kind = random.choice(("ship", "receive", "receive", "receive", "cancel"))
    if kind == "cancel":
        return canceled(known, AT)
    if kind == "ship":
        named = tuple((line.sku, random.randint(1, line.quantity)) for line in known.lines if random.random() < 0.8)
        return shipped(known, TransferShipment(ID, AT, named), AT + WEEK, AT)
    units = tuple((line.sku, random.randint(0, 3), random.randint(0, 1)) for line in known.lines)
    receipt = TransferReceipt(ID, f"R-{random.randint(1, 6)}", AT, units, final=random.random() < 0.2)
    return received(known, receipt, AT)


@pytest.mark.parametrize("seed", range(300))
def test_any_reports_keep_the_equality_and_repeats_change_nothing(seed: int) -> None:
    random = Random(seed)
    known = transfer(COAT=random.randint(1, 5), CUP=random.randint(1, 5))
    for _ in range(8):
        before, again = known, random.getstate()
        with suppress(Refusal):
            known = some_report(random, known)
            random.setstate(again)
            with suppress(TransferActionNotAllowed, ReferenceReused):
                assert some_report(random, known) == known
        for was, line in zip(before.lines, known.lines, strict=True):
            assert line.shipped + line.excess == line.came + line.missing + line.in_transit
            assert line.in_transit >= 0
            assert 0 <= line.shipped + known.claimed(line) <= line.quantity
            assert was.shipped <= line.shipped
            assert was.came <= line.came
            told = sum(one.quantity + one.damaged for one in known.receipts if one.sku == line.sku)
            assert told == line.came
        if known.state in {TransferState.RECEIVED, TransferState.CANCELED}:
            assert not any(line.in_transit or known.claimed(line) for line in known.lines)


def test_units_that_turn_up_late_are_not_missing_any_more() -> None:
    left = shipped(transfer(CUP=3), TransferShipment(ID, AT), AT + WEEK, AT)
    short = received(left, TransferReceipt(ID, "R-1", AT, (("CUP", 1, 0),), final=True), AT)
    more = received(short, TransferReceipt(ID, "R-2", AT, (("CUP", 3, 0),)), AT)

    assert (short.lines[0].missing, short.state) == (2, TransferState.RECEIVED)
    assert (more.lines[0].missing, more.lines[0].excess, more.lines[0].received) == (0, 1, 4)

"""No value of the contracts without a line that obeys it: accepted fields, values of enums, operations of holds.

Wire, model, store, audit, generated code, the command line, the demo and tests are no readers. Policy, lifecycle,
operations, cases, flows, tasks, gate, services, work, connect and the processes of `app` are. `readers` and
`enum_readers` say how a value is followed from the contract to its readers, and where that is an approximation.
Reasons of refusal have a test of their own.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import pytest

from hub.holds.model import Operation
from tests.architecture.accepted import Accepted, accepted
from tests.architecture.contracts import contracts
from tests.architecture.enum_readers import Named, named, values
from tests.architecture.message_types import Types
from tests.architecture.readers import Readers, readers
from tests.architecture.sources import sources

LATER: Final = {
    "orders.v1.DeliveryMethod.SHIP": "life",
    "orders.v1.HoldType.ADDRESS": "life",
    "orders.v1.HoldType.STOCK_DISCREPANCY": "mending of faults",
}
"""What nothing obeys yet, with the subject of the work that will. Entries leave; none comes."""

SUBJECTS: Final = frozenset({"edge", "speed", "promise", "life", "partners", "borders", "mending of faults"})

COMPARED: Final = {
    "fulfillment.v1.ShipmentState": "carrier_state: handed on to the channel as the carrier stated it",
    "inventory.v1.Condition": "condition: stock stands apart by it, whatever it is",
    "inventory.v1.SupplyKind": "kinds: a projection counts the kinds that it is asked for",
    "network.v1.NodeKind": "node_kind: a resale is looked up by it, and rules read it as a fact",
    "returns.v1.ItemCondition": "condition: rules of return policies read it as a fact",
    "returns.v1.ReturnReason": "reason: rules of return policies read it as a fact",
    "rules.v1.ScenarioKind": "kind: people sort scenarios by it",
    "trade.v1.TradeFlow": "flow: rows of the trade rules name the flows for which they hold",
}
"""Enums that code takes whole, by the attribute named: it compares or hands on what is stated and lists no values."""

OTHERWISE: Final = {
    "catalog.v1.ItemState.ACTIVE": "the branch of what is no DRAFT",
    "orders.v1.TaxTreatment.TAXED": "the branch of what is not REVERSE_CHARGE",
    "network.v1.ShortagePolicy.REFUSE": "the branch of what is not BACKORDER",
    "admin.v1.MessageState.DEAD": "the outbox's store writes it when a message is given up",
    "admin.v1.MessageState.SETTLED": "the outbox's store writes it when an answer is taken in",
    "returns.v1.PromotionPolicy.PROPORTIONAL": "the branch of what is not CLAW_BACK",
    "fulfillment.v1.ShortReason.DAMAGED": "the branch of every reason but NOT_IN_STOCK",
    "fulfillment.v1.ShortReason.MISMATCH": "the branch of every reason but NOT_IN_STOCK",
    "fulfillment.v1.FulfillmentOrderState.IN_PROGRESS": "computed from slices; the store lists by it",
    "fulfillment.v1.FulfillmentOrderState.SHIPPED": "computed from slices; the store lists by it",
    "fulfillment.v1.FulfillmentOrderState.CLOSED_SHORT": "computed from slices; the store lists by it",
    "fulfillment.v1.FulfillmentOrderState.READY_FOR_PICKUP": "computed from slices; the store lists by it",
    "fulfillment.v1.FulfillmentOrderState.COLLECTED": "computed from slices; the store lists by it",
    "fulfillment.v1.FulfillmentOrderState.NOT_COLLECTED": "computed from its pickup; the store lists by it",
    "orders.v1.ReservationPolicy.FREE_STOCK": "the branch of what is not REFUSE",
    "returns.v1.Disposition.SEND_BACK": "nothing follows from it at the node",
    **dict.fromkeys(
        (
            f"trade.v1.Incoterm.{name}"
            for name in ["EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "FAS", "FOB", "CFR", "CIF"]
        ),
        "the branch of what is not DDP",
    ),
    "credit.v1.CreditStatus.OPEN": "the branch of what is neither STOPPED nor CLOSED",
    "returns.v1.MoneyResolution.EXCHANGE": "the exchange that is stated beside it is what flows act on",
}
"""Values that are obeyed without being named."""


@cache
def claims() -> Accepted:
    return accepted(contracts())


@cache
def code() -> Readers:
    return readers(sources("hub"), Types.of(contracts()))


@cache
def names() -> Named:
    return named(sources("hub", "adapters"))


def unread_fields(known: Readers) -> set[str]:
    return {
        f"{message.removeprefix('crossdock.')}.{name}"
        for message, name in claims().fields
        if not known.read(message, name)
    }


def unread_values(known: Named) -> set[str]:
    return {
        str(value)
        for value in values(contracts())
        if value.enum != "crossdock.common.v1.ErrorReason"
        and value.enum.removeprefix("crossdock.") not in COMPARED
        and not known.obeyed(value, accepted=value.enum in claims().enums)
    }


def unread_operations(known: Named) -> set[str]:
    return {
        f"hold operation {operation.name}"
        for operation in Operation
        if f"Operation.{operation.name}" not in known.asked
    }


def test_every_accepted_field_has_a_line_that_obeys_it() -> None:
    assert sorted(unread_fields(code()) - LATER.keys()) == []


def test_every_value_of_an_enum_has_a_line_that_obeys_it() -> None:
    assert sorted(unread_values(names()) - LATER.keys() - OTHERWISE.keys()) == []


def test_every_operation_that_a_hold_may_block_is_asked_for() -> None:
    assert sorted(unread_operations(names()) - LATER.keys()) == []


def test_the_lists_name_only_what_nothing_obeys() -> None:
    unread = unread_fields(code()) | unread_values(names()) | unread_operations(names())

    assert not (LATER.keys() | OTHERWISE.keys()) - unread, "it has a reader now, or is gone: take it off the list"
    assert set(LATER.values()) <= SUBJECTS


@pytest.mark.parametrize("enum", COMPARED)
def test_an_enum_that_is_taken_whole_has_a_reader(enum: str) -> None:
    attribute = COMPARED[enum].partition(":")[0]

    assert code().used(attribute)
    assert {str(value) for value in values(contracts()) if str(value).startswith(f"{enum}.")}

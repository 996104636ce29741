"""The structs of events and the messages of the contract say the same, field by field and in their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final

import pytest
from google.protobuf.descriptor import Descriptor, EnumDescriptor
from msgspec import Struct

from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import ShortReason
from hub.holds.model import HoldScope, HoldStatus, HoldType
from hub.inbox.model import DocumentState
from hub.inventory.lifecycle import ReservationState, SupplyState
from hub.inventory.model import Condition
from hub.inventory.model.supply import SupplyKind
from hub.messages.events.codec import EVENTS, SUBJECTS
from hub.messages.events.sentences import named_in
from hub.returns.model import Disposition, ItemCondition, Outcome, Verdict
from hub.returns.policy.claims import ClaimKind, ClaimState
from hub.screening.model import MatchState
from hub.trade.model.declarations import DeclarationState
from hub.trade.model.vat_numbers import VatNumberState
from tests.architecture.contracts import elements
from tests.unit.messages.contracts import FACTS, contract_of, differences

ADVICE: Final = frozenset({"APPROVE", "REVIEW", "REJECT"})
VALUES: Final[dict[str, type[Enum] | frozenset[str]]] = {
    "crossdock.orders.v1.HoldType": HoldType,
    "crossdock.orders.v1.HoldScope": HoldScope,
    "crossdock.orders.v1.HoldStatus": HoldStatus,
    "crossdock.partner.fraud.v1.Advice": ADVICE,
    "crossdock.fulfillment.v1.ShortReason": ShortReason,
    "crossdock.fulfillment.v1.ShipmentState": ShipmentState,
    "crossdock.trade.v1.DeclarationState": DeclarationState,
    "crossdock.trade.v1.VatNumberState": VatNumberState,
    "crossdock.screening.v1.MatchState": MatchState,
    "crossdock.returns.v1.ReceiptOutcome": Outcome,
    "crossdock.returns.v1.ClaimKind": ClaimKind,
    "crossdock.returns.v1.ClaimState": ClaimState,
    "crossdock.returns.v1.InspectionVerdict": Verdict,
    "crossdock.returns.v1.Disposition": Disposition,
    "crossdock.returns.v1.ItemCondition": ItemCondition,
    "crossdock.inventory.v1.Condition": Condition,
    "crossdock.inventory.v1.SupplyKind": SupplyKind,
    "crossdock.inventory.v1.SupplyState": SupplyState,
    "crossdock.inventory.v1.ReservationState": ReservationState,
    "crossdock.inbox.v1.DocumentState": DocumentState,
}
"""What the hub puts into facts that are an enum of the contract."""
EVERY = pytest.mark.parametrize("event_type", sorted(EVENTS))


def enums_of(contract: Descriptor) -> Iterator[EnumDescriptor]:
    for field in contract.fields:
        if field.enum_type:
            yield field.enum_type
        elif field.message_type and field.message_type.file.package == contract.file.package:
            yield from enums_of(field.message_type)


def test_every_struct_has_its_message_and_every_message_its_struct() -> None:
    assert EVENTS.keys() == FACTS.keys()


@EVERY
def test_a_struct_and_its_message_have_the_same_facts(event_type: str) -> None:
    assert not list(differences(EVENTS[event_type], contract_of(event_type)))


@EVERY
def test_a_struct_stands_with_the_subject_of_its_message(event_type: str) -> None:
    subject = EVENTS[event_type].__module__.rpartition(".")[2]

    assert contract_of(event_type).file.name == f"crossdock/events/v1/{subject}.proto"
    assert subject in SUBJECTS


@EVERY
def test_a_struct_its_message_and_its_field_are_described_alike(event_type: str) -> None:
    comments = {element.name: element.comment for element in elements()}
    described = " ".join((EVENTS[event_type].__doc__ or "").split())

    assert " ".join(comments[f"crossdock.events.v1.{event_type}"].split()) == described
    assert " ".join(comments[FACTS[event_type].full_name].split()) == f"Output only. {described}"


@EVERY
def test_sentences_name_facts_that_the_event_has(event_type: str) -> None:
    struct = EVENTS[event_type]
    known = {*struct.__struct_fields__, *(["units"] if "quantity" in struct.__struct_fields__ else [])}

    assert not {name for sentence in struct.sentences for name in named_in(sentence)} - known


def test_what_is_an_enum_of_the_contract_takes_all_that_the_hub_states() -> None:
    enums = {enum.full_name: enum for name in FACTS for enum in enums_of(contract_of(name))}

    assert enums.keys() == VALUES.keys()
    for name, values in VALUES.items():
        stated = values if isinstance(values, frozenset) else {str(member.value) for member in values}
        prefix = enums[name].values_by_number[0].name.removesuffix("UNSPECIFIED")
        assert {prefix + value for value in stated} <= set(enums[name].values_by_name), name


class UnitsReceived(Struct):
    """Units of a line that came back alike."""

    line_number: str
    quantity: int


class ReturnReceived(Struct):
    """A node received what a customer sent back."""

    return_id: int
    node_id: str
    quantity: tuple[int, ...]
    outcomes: tuple[UnitsReceived, ...]
    color: str


def test_what_differs_is_found() -> None:
    assert list(differences(ReturnReceived, contract_of("ReturnReceived"))) == [
        "ReturnReceived.color is on one side only",
        "ReturnReceived.reference is on one side only",
        "UnitsReceived.outcome is on one side only",
        "UnitsReceived.line_number is text here and number there",
        "ReturnReceived.quantity is several number here and number there",
        "ReturnReceived.return_id is number here and text there",
    ]

"""What is taken for sound without the validator is sound by the validator, for every message of the contracts."""

from __future__ import annotations

from random import Random
from typing import Any, cast

import protovalidate
import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message_factory import GetMessageClass

from buf.validate import validate_pb2
from crossdock.inventory.v1 import inventory_pb2
from crossdock.network.v1 import network_pb2
from hub.api.servicers import SERVICES
from hub.wire.checks.fast_validation import certainly_valid
from tests.unit.api.serving import placing

VALIDATOR = protovalidate.Validator()
NUMBERS = (-(2**31), -1, 0, 1, 2, 499, 500, 501, 2**31 - 1)
TEXTS = ("", "A", "x" * 40, "x" * 81, "4d7b6f0e-6c2f-4f4e-9d3f-0a3c9c9b3a11", "NL", "09:30")


def messages() -> dict[str, Descriptor]:
    """Every message that a caller may send, requests and all that is in them."""
    found: dict[str, Descriptor] = {}
    waiting = [method.input_type for one in SERVICES.values() for method in one.methods]
    while waiting:
        descriptor = waiting.pop()
        if descriptor.full_name not in found and not descriptor.GetOptions().map_entry:
            found[descriptor.full_name] = descriptor
            waiting += [field.message_type for field in descriptor.fields if field.message_type is not None]
    return dict(sorted(found.items()))


MESSAGES = messages()


def filled(descriptor: Descriptor, chance: Random, depth: int = 0) -> Any:
    """A message with some fields filled, mostly by values at bounds."""
    message = GetMessageClass(descriptor)()
    for field in descriptor.fields:
        if chance.random() < 0.35:
            continue
        if field.is_repeated:
            if field.message_type is None:
                getattr(message, field.name).extend(
                    scalar(field, chance) for _ in range(chance.choice((1, 2, 20, 500, 501)))
                )
            elif depth < 2 and not field.message_type.GetOptions().map_entry:
                getattr(message, field.name).add().CopyFrom(filled(field.message_type, chance, depth + 1))
        elif field.message_type is not None:
            if depth < 2:
                getattr(message, field.name).CopyFrom(filled(field.message_type, chance, depth + 1))
        else:
            setattr(message, field.name, scalar(field, chance))
    return message


def scalar(field: FieldDescriptor, chance: Random) -> Any:
    if field.enum_type is not None:
        return chance.choice((0, 1, 2, 99))
    match field.type:
        case FieldDescriptor.TYPE_STRING:
            return chance.choice(TEXTS)
        case FieldDescriptor.TYPE_BYTES:
            return b"1"
        case FieldDescriptor.TYPE_BOOL:
            return True
        case FieldDescriptor.TYPE_DOUBLE | FieldDescriptor.TYPE_FLOAT:
            return chance.choice((-181.0, -90.0, 0.0, 90.0, 91.0, 180.5))
        case _:
            return chance.choice((*NUMBERS, *near_bounds(field)))


def near_bounds(field: FieldDescriptor) -> list[int]:
    """The bounds that the contract states of a number, and their neighbors."""
    rules: Any = field.GetOptions().Extensions[cast("Any", validate_pb2.field)]
    kind = rules.WhichOneof("type")
    stated = [value for _, value in getattr(rules, kind).ListFields()] if kind in {"int32", "int64"} else []
    return [value + beside for value in stated for beside in (-1, 0, 1)]


@pytest.mark.parametrize("descriptor", MESSAGES.values(), ids=MESSAGES)
def test_what_is_surely_sound_is_sound(descriptor: Descriptor) -> None:
    chance = Random(descriptor.full_name)

    for _ in range(150):
        message = filled(descriptor, chance)
        if certainly_valid(message):
            assert not VALIDATOR.collect_violations(message), message


def test_what_is_asked_most_is_told_to_be_sound_without_the_validator() -> None:
    sound = inventory_pb2.GetAvailabilityRequest(skus=["A"], delivery_method=1)  # type: ignore[arg-type]

    assert certainly_valid(sound)
    assert not certainly_valid(inventory_pb2.GetAvailabilityRequest())
    assert not certainly_valid(inventory_pb2.GetAvailabilityRequest(skus=["A"] * 501))
    assert not certainly_valid(inventory_pb2.GetAvailabilityRequest(skus=["A"], min_position=-1))
    assert not certainly_valid(inventory_pb2.GetAvailabilityRequest(skus=["A"], delivery_method=9))  # type: ignore[arg-type]


def test_rules_that_are_not_plain_are_left_to_the_validator() -> None:
    place = network_pb2.Coordinates(latitude=52.1, longitude=4.3)

    assert not VALIDATOR.collect_violations(place)
    assert not certainly_valid(place)


def test_an_order_is_told_to_be_sound_without_the_validator() -> None:
    assert certainly_valid(placing())
    assert not certainly_valid(placing(request_id="1"))


@pytest.mark.parametrize("path", ["order", "order.customer", "order.lines", "order.lines.sku", "order.currency_code"])
def test_what_lacks_something_that_must_be_there_is_not_sound(path: str) -> None:
    request = placing()
    *above, name = path.split(".")
    message: Any = request
    for step in above:
        message = getattr(message, step)
        message = message[0] if step == "lines" else message
    message.ClearField(name)

    assert VALIDATOR.collect_violations(request)
    assert not certainly_valid(request)


def test_what_is_deep_inside_is_looked_at() -> None:
    request = placing()
    request.order.customer.address.country_code = "nl"

    assert not certainly_valid(request)

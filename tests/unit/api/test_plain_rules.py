"""What is taken for sound without the validator is sound by the validator, for every message of the contracts."""

from __future__ import annotations

from random import Random
from typing import Any

import protovalidate
import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message_factory import GetMessageClass

from crossdock.inventory.v1 import inventory_pb2
from hub.api.plain_rules import surely_sound
from hub.api.servicers import SERVICES

VALIDATOR = protovalidate.Validator()
REQUESTS = sorted(
    {method.input_type.full_name: method.input_type for one in SERVICES.values() for method in one.methods}.items()
)
NUMBERS = (-(2**31), -1, 0, 1, 2, 499, 500, 501, 2**31 - 1)
TEXTS = ("", "A", "x" * 40, "x" * 81, "4d7b6f0e-6c2f-4f4e-9d3f-0a3c9c9b3a11", "NL", "09:30")


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
            return chance.choice(NUMBERS[3:] if "UINT" in str(field.type) else NUMBERS)


@pytest.mark.parametrize("descriptor", [one for _, one in REQUESTS], ids=[name for name, _ in REQUESTS])
def test_what_is_surely_sound_is_sound(descriptor: Descriptor) -> None:
    chance = Random(descriptor.full_name)

    for _ in range(60):
        message = filled(descriptor, chance)
        if surely_sound(message):
            assert not VALIDATOR.collect_violations(message), message


def test_what_is_asked_most_is_told_to_be_sound_without_the_validator() -> None:
    sound = inventory_pb2.GetAvailabilityRequest(skus=["A"], delivery_method=1)  # type: ignore[arg-type]

    assert surely_sound(sound)
    assert not surely_sound(inventory_pb2.GetAvailabilityRequest())
    assert not surely_sound(inventory_pb2.GetAvailabilityRequest(skus=["A"] * 501))
    assert not surely_sound(inventory_pb2.GetAvailabilityRequest(skus=["A"], min_position=-1))
    assert not surely_sound(inventory_pb2.GetAvailabilityRequest(skus=["A"], delivery_method=9))  # type: ignore[arg-type]


def test_rules_that_are_not_plain_are_left_to_the_validator() -> None:
    request = inventory_pb2.AdjustStockRequest(request_id="4d7b6f0e-6c2f-4f4e-9d3f-0a3c9c9b3a11")
    request.adjustments.add(sku="A", node_id="B", delta=1, cause="C")

    assert not VALIDATOR.collect_violations(request)
    assert not surely_sound(request)

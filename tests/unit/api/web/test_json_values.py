"""JSON is read as protobuf's own reader does wherever that takes it, for every request of the contract."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import given
from hypothesis import strategies as st

from crossdock.catalog.v1 import catalog_pb2
from crossdock.inbox.v1 import inbox_pb2
from hub.api.web.json_text import parsed, serialized
from hub.api.web.json_values import DEEPEST, fill, is_map
from hub.api.web.routes import PUBLIC
from hub.kernel.errors import InvalidField

METHODS = {method.full_name: method for service in PUBLIC for method in service.methods}
PLACE = GetMessageClass(METHODS["crossdock.orders.v1.OrderService.PlaceOrder"].input_type)
SAMPLES: dict[int, Any] = {
    FieldDescriptor.CPPTYPE_INT32: -(2**31),
    FieldDescriptor.CPPTYPE_INT64: 2**63 - 1,
    FieldDescriptor.CPPTYPE_UINT32: 2**32 - 1,
    FieldDescriptor.CPPTYPE_UINT64: 2**64 - 1,
    FieldDescriptor.CPPTYPE_DOUBLE: 52.3702157,
    FieldDescriptor.CPPTYPE_FLOAT: 0.5,
    FieldDescriptor.CPPTYPE_BOOL: True,
    FieldDescriptor.CPPTYPE_ENUM: 1,
    FieldDescriptor.CPPTYPE_STRING: 'a"\\/\u00e9\U0001f4e6\n',
}


def full(message: Any, depth: int = 0) -> Any:
    """Fill each field of a message, three messages deep; of fields that exclude each other the last."""
    for field in message.DESCRIPTOR.fields:
        if field.message_type is not None and depth > 3 and not is_map(field):
            continue
        value: Any = b"\xff\x00>?" if field.type == FieldDescriptor.TYPE_BYTES else SAMPLES.get(field.cpp_type)
        if is_map(field):
            keys, values = (field.message_type.fields_by_name[name] for name in ("key", "value"))
            if values.message_type is None:
                getattr(message, field.name)[SAMPLES[keys.cpp_type]] = SAMPLES[values.cpp_type]
        elif field.message_type is not None:
            inner = getattr(message, field.name).add() if field.is_repeated else getattr(message, field.name)
            inner.SetInParent()
            full(inner, depth + 1)
        elif field.is_repeated:
            getattr(message, field.name).extend([value, value])
        else:
            setattr(message, field.name, value)
    if message.DESCRIPTOR.full_name in ("google.protobuf.Timestamp", "google.protobuf.Duration"):
        message.seconds, message.nanos = 1_774_000_000, 123_456_789
    return message


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
@pytest.mark.parametrize("spelled", [True, False])
def test_every_field_of_every_request_is_read_as_it_is_written(method: MethodDescriptor, spelled: bool) -> None:  # noqa: FBT001
    request = full(GetMessageClass(method.input_type)())
    written = MessageToDict(request, preserving_proto_field_name=spelled)

    assert type(request).FromString(serialized(method, written, {})) == request
    assert ParseDict(written, type(request)()) == request


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["requestId", "order", "x"]), inner)
        ),
        max_leaves=8,
    )
)
def test_any_value_is_read_or_refused_by_its_field(value: Any) -> None:
    read = taken(value)

    if isinstance(read, Message):
        assert read == ParseDict(value, PLACE())
    else:
        assert read


def taken(value: Any) -> Message | dict[str, str]:
    """Return the request that a value is read as, or the problems it is refused for."""
    request = PLACE()
    try:
        fill(request, value)
    except InvalidField as refusal:
        return refusal.metadata
    return request


@pytest.mark.parametrize("text", ["!!!!", "YQ=", "YQ\n", "Y Q", "YQ==YQ==", "\u00e9"])
def test_bytes_that_are_no_base64_are_refused(text: str) -> None:
    with pytest.raises(InvalidField, match="base64"):
        fill(inbox_pb2.ReceiveRequest(), {"content": text})


@pytest.mark.parametrize("text", ["_-8=", "/+8=", "_-8", "/+8"])
def test_both_alphabets_of_base64_are_read_with_and_without_padding(text: str) -> None:
    request = inbox_pb2.ReceiveRequest()
    fill(request, {"content": text})

    assert request.content == b"\xff\xef"


def test_what_is_nested_too_deeply_is_refused() -> None:
    value: Any = {}
    for _ in range(DEEPEST + 1):
        value = {"items": [value]}
    with pytest.raises(InvalidField):
        fill(catalog_pb2.PutItemsRequest(), value)


def test_a_name_that_is_stated_twice_is_named() -> None:
    with pytest.raises(InvalidField) as refused:
        parsed(b'{"a": 1, "b": {"c": 1, "d": 2, "c": 3}}')

    assert refused.value.metadata == {"c": "is stated twice"}

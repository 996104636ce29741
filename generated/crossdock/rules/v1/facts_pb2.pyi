from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class OrderFacts(_message.Message):
    __slots__ = ("channel_id", "currency_code", "grand_total_minor", "unit_count", "line_count", "ship_to_country_code", "skus", "demand_class", "attributes")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    GRAND_TOTAL_MINOR_FIELD_NUMBER: _ClassVar[int]
    UNIT_COUNT_FIELD_NUMBER: _ClassVar[int]
    LINE_COUNT_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    SKUS_FIELD_NUMBER: _ClassVar[int]
    DEMAND_CLASS_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    currency_code: str
    grand_total_minor: int
    unit_count: int
    line_count: int
    ship_to_country_code: str
    skus: _containers.RepeatedScalarFieldContainer[str]
    demand_class: str
    attributes: _containers.ScalarMap[str, str]
    def __init__(self, channel_id: _Optional[str] = ..., currency_code: _Optional[str] = ..., grand_total_minor: _Optional[int] = ..., unit_count: _Optional[int] = ..., line_count: _Optional[int] = ..., ship_to_country_code: _Optional[str] = ..., skus: _Optional[_Iterable[str]] = ..., demand_class: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ...) -> None: ...

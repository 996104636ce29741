from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

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

class ChangeFacts(_message.Message):
    __slots__ = ("channel_id", "order_state", "minutes_since_placed", "currency_code", "total_before_minor", "total_after_minor", "added_units", "removed_units", "added_skus", "ship_to_country_code", "demand_class", "attributes", "told")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_STATE_FIELD_NUMBER: _ClassVar[int]
    MINUTES_SINCE_PLACED_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_BEFORE_MINOR_FIELD_NUMBER: _ClassVar[int]
    TOTAL_AFTER_MINOR_FIELD_NUMBER: _ClassVar[int]
    ADDED_UNITS_FIELD_NUMBER: _ClassVar[int]
    REMOVED_UNITS_FIELD_NUMBER: _ClassVar[int]
    ADDED_SKUS_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    DEMAND_CLASS_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    TOLD_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    order_state: str
    minutes_since_placed: int
    currency_code: str
    total_before_minor: int
    total_after_minor: int
    added_units: int
    removed_units: int
    added_skus: _containers.RepeatedScalarFieldContainer[str]
    ship_to_country_code: str
    demand_class: str
    attributes: _containers.ScalarMap[str, str]
    told: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, channel_id: _Optional[str] = ..., order_state: _Optional[str] = ..., minutes_since_placed: _Optional[int] = ..., currency_code: _Optional[str] = ..., total_before_minor: _Optional[int] = ..., total_after_minor: _Optional[int] = ..., added_units: _Optional[int] = ..., removed_units: _Optional[int] = ..., added_skus: _Optional[_Iterable[str]] = ..., ship_to_country_code: _Optional[str] = ..., demand_class: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ..., told: _Optional[_Iterable[str]] = ...) -> None: ...

class ReturnFacts(_message.Message):
    __slots__ = ("channel_id", "seller_id", "currency_code", "sku", "quantity", "unit_paid_minor", "days_since_delivery", "reason", "condition", "ship_to_country_code", "item_attributes", "keep")
    class ItemAttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_PAID_MINOR_FIELD_NUMBER: _ClassVar[int]
    DAYS_SINCE_DELIVERY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    ITEM_ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    KEEP_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    seller_id: str
    currency_code: str
    sku: str
    quantity: int
    unit_paid_minor: int
    days_since_delivery: int
    reason: str
    condition: str
    ship_to_country_code: str
    item_attributes: _containers.ScalarMap[str, str]
    keep: bool
    def __init__(self, channel_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., currency_code: _Optional[str] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., unit_paid_minor: _Optional[int] = ..., days_since_delivery: _Optional[int] = ..., reason: _Optional[str] = ..., condition: _Optional[str] = ..., ship_to_country_code: _Optional[str] = ..., item_attributes: _Optional[_Mapping[str, str]] = ..., keep: _Optional[bool] = ...) -> None: ...

class CellFacts(_message.Message):
    __slots__ = ("item", "node", "channel")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    NODE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    item: CellItemFacts
    node: CellNodeFacts
    channel: CellChannelFacts
    def __init__(self, item: _Optional[_Union[CellItemFacts, _Mapping]] = ..., node: _Optional[_Union[CellNodeFacts, _Mapping]] = ..., channel: _Optional[_Union[CellChannelFacts, _Mapping]] = ...) -> None: ...

class CellItemFacts(_message.Message):
    __slots__ = ("sku", "state", "origin_country_code", "hs_code", "weight_grams", "prices_minor", "attributes")
    class PricesMinorEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    SKU_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    HS_CODE_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    PRICES_MINOR_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    sku: str
    state: str
    origin_country_code: str
    hs_code: str
    weight_grams: int
    prices_minor: _containers.ScalarMap[str, int]
    attributes: _containers.ScalarMap[str, str]
    def __init__(self, sku: _Optional[str] = ..., state: _Optional[str] = ..., origin_country_code: _Optional[str] = ..., hs_code: _Optional[str] = ..., weight_grams: _Optional[int] = ..., prices_minor: _Optional[_Mapping[str, int]] = ..., attributes: _Optional[_Mapping[str, str]] = ...) -> None: ...

class CellNodeFacts(_message.Message):
    __slots__ = ("node_id", "kind", "country_code", "region_code", "postal_code", "attributes")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    REGION_CODE_FIELD_NUMBER: _ClassVar[int]
    POSTAL_CODE_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    kind: str
    country_code: str
    region_code: str
    postal_code: str
    attributes: _containers.ScalarMap[str, str]
    def __init__(self, node_id: _Optional[str] = ..., kind: _Optional[str] = ..., country_code: _Optional[str] = ..., region_code: _Optional[str] = ..., postal_code: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ...) -> None: ...

class CellChannelFacts(_message.Message):
    __slots__ = ("channel_id", "seller_id", "attributes")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    seller_id: str
    attributes: _containers.ScalarMap[str, str]
    def __init__(self, channel_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ...) -> None: ...

class BasketFacts(_message.Message):
    __slots__ = ("channel_id", "seller_id", "ship_to_country_code", "zone_id", "service_code", "demand_class", "unit_count", "worth_minor", "items")
    class WorthMinorEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    ZONE_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    DEMAND_CLASS_FIELD_NUMBER: _ClassVar[int]
    UNIT_COUNT_FIELD_NUMBER: _ClassVar[int]
    WORTH_MINOR_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    seller_id: str
    ship_to_country_code: str
    zone_id: str
    service_code: str
    demand_class: str
    unit_count: int
    worth_minor: _containers.ScalarMap[str, int]
    items: _containers.RepeatedCompositeFieldContainer[CellItemFacts]
    def __init__(self, channel_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., ship_to_country_code: _Optional[str] = ..., zone_id: _Optional[str] = ..., service_code: _Optional[str] = ..., demand_class: _Optional[str] = ..., unit_count: _Optional[int] = ..., worth_minor: _Optional[_Mapping[str, int]] = ..., items: _Optional[_Iterable[_Union[CellItemFacts, _Mapping]]] = ...) -> None: ...

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.network.v1 import network_pb2 as _network_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ItemState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ITEM_STATE_UNSPECIFIED: _ClassVar[ItemState]
    ITEM_STATE_ACTIVE: _ClassVar[ItemState]
    ITEM_STATE_DRAFT: _ClassVar[ItemState]
    ITEM_STATE_ENDED: _ClassVar[ItemState]
ITEM_STATE_UNSPECIFIED: ItemState
ITEM_STATE_ACTIVE: ItemState
ITEM_STATE_DRAFT: ItemState
ITEM_STATE_ENDED: ItemState

class Item(_message.Message):
    __slots__ = ("sku", "title", "state", "hs_code", "origin_country_code", "weight_grams", "unit_code", "prices", "components", "attributes", "resales", "version", "volume_cm3", "item_class", "required_skills")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    SKU_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    HS_CODE_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    UNIT_CODE_FIELD_NUMBER: _ClassVar[int]
    PRICES_FIELD_NUMBER: _ClassVar[int]
    COMPONENTS_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    RESALES_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    VOLUME_CM3_FIELD_NUMBER: _ClassVar[int]
    ITEM_CLASS_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_SKILLS_FIELD_NUMBER: _ClassVar[int]
    sku: str
    title: str
    state: ItemState
    hs_code: str
    origin_country_code: str
    weight_grams: int
    unit_code: str
    prices: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    components: _containers.RepeatedCompositeFieldContainer[BundleComponent]
    attributes: _containers.ScalarMap[str, str]
    resales: _containers.RepeatedCompositeFieldContainer[Resale]
    version: int
    volume_cm3: int
    item_class: str
    required_skills: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, sku: _Optional[str] = ..., title: _Optional[str] = ..., state: _Optional[_Union[ItemState, str]] = ..., hs_code: _Optional[str] = ..., origin_country_code: _Optional[str] = ..., weight_grams: _Optional[int] = ..., unit_code: _Optional[str] = ..., prices: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ..., components: _Optional[_Iterable[_Union[BundleComponent, _Mapping]]] = ..., attributes: _Optional[_Mapping[str, str]] = ..., resales: _Optional[_Iterable[_Union[Resale, _Mapping]]] = ..., version: _Optional[int] = ..., volume_cm3: _Optional[int] = ..., item_class: _Optional[str] = ..., required_skills: _Optional[_Iterable[str]] = ...) -> None: ...

class Resale(_message.Message):
    __slots__ = ("value", "sell_through", "node_id", "node_kind")
    VALUE_FIELD_NUMBER: _ClassVar[int]
    SELL_THROUGH_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_KIND_FIELD_NUMBER: _ClassVar[int]
    value: _money_pb2.Money
    sell_through: str
    node_id: str
    node_kind: _network_pb2.NodeKind
    def __init__(self, value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., sell_through: _Optional[str] = ..., node_id: _Optional[str] = ..., node_kind: _Optional[_Union[_network_pb2.NodeKind, str]] = ...) -> None: ...

class BundleComponent(_message.Message):
    __slots__ = ("sku", "quantity")
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    sku: str
    quantity: int
    def __init__(self, sku: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class PutItemsRequest(_message.Message):
    __slots__ = ("request_id", "items")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    items: _containers.RepeatedCompositeFieldContainer[Item]
    def __init__(self, request_id: _Optional[str] = ..., items: _Optional[_Iterable[_Union[Item, _Mapping]]] = ...) -> None: ...

class PutItemsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[PutItemResult]
    def __init__(self, results: _Optional[_Iterable[_Union[PutItemResult, _Mapping]]] = ...) -> None: ...

class PutItemResult(_message.Message):
    __slots__ = ("item", "refusal")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    item: Item
    refusal: _refusal_pb2.Refusal
    def __init__(self, item: _Optional[_Union[Item, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class GetItemRequest(_message.Message):
    __slots__ = ("sku",)
    SKU_FIELD_NUMBER: _ClassVar[int]
    sku: str
    def __init__(self, sku: _Optional[str] = ...) -> None: ...

class GetItemResponse(_message.Message):
    __slots__ = ("item",)
    ITEM_FIELD_NUMBER: _ClassVar[int]
    item: Item
    def __init__(self, item: _Optional[_Union[Item, _Mapping]] = ...) -> None: ...

class ListItemsRequest(_message.Message):
    __slots__ = ("page", "state")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    state: ItemState
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., state: _Optional[_Union[ItemState, str]] = ...) -> None: ...

class ListItemsResponse(_message.Message):
    __slots__ = ("items", "next_page_token")
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[Item]
    next_page_token: str
    def __init__(self, items: _Optional[_Iterable[_Union[Item, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

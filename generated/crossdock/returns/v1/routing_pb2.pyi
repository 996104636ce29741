import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReturnPlace(_message.Message):
    __slots__ = ("node_id", "resale", "sell_through", "freight", "handling", "outcome", "not_chosen_because")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    RESALE_FIELD_NUMBER: _ClassVar[int]
    SELL_THROUGH_FIELD_NUMBER: _ClassVar[int]
    FREIGHT_FIELD_NUMBER: _ClassVar[int]
    HANDLING_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    NOT_CHOSEN_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    resale: _money_pb2.Money
    sell_through: str
    freight: _money_pb2.Money
    handling: _money_pb2.Money
    outcome: str
    not_chosen_because: str
    def __init__(self, node_id: _Optional[str] = ..., resale: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., sell_through: _Optional[str] = ..., freight: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., handling: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., outcome: _Optional[str] = ..., not_chosen_because: _Optional[str] = ...) -> None: ...

class ReturnRoute(_message.Message):
    __slots__ = ("line_number", "sku", "quantity", "node_id", "pays", "places", "explanation", "decide_time", "network_version")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    PAYS_FIELD_NUMBER: _ClassVar[int]
    PLACES_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    DECIDE_TIME_FIELD_NUMBER: _ClassVar[int]
    NETWORK_VERSION_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    sku: str
    quantity: int
    node_id: str
    pays: bool
    places: _containers.RepeatedCompositeFieldContainer[ReturnPlace]
    explanation: str
    decide_time: _timestamp_pb2.Timestamp
    network_version: int
    def __init__(self, line_number: _Optional[int] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., node_id: _Optional[str] = ..., pays: _Optional[bool] = ..., places: _Optional[_Iterable[_Union[ReturnPlace, _Mapping]]] = ..., explanation: _Optional[str] = ..., decide_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., network_version: _Optional[int] = ...) -> None: ...

class RouteQuestion(_message.Message):
    __slots__ = ("return_id", "node_id")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    node_id: str
    def __init__(self, return_id: _Optional[str] = ..., node_id: _Optional[str] = ...) -> None: ...

class PreviewRoutesRequest(_message.Message):
    __slots__ = ("questions",)
    QUESTIONS_FIELD_NUMBER: _ClassVar[int]
    questions: _containers.RepeatedCompositeFieldContainer[RouteQuestion]
    def __init__(self, questions: _Optional[_Iterable[_Union[RouteQuestion, _Mapping]]] = ...) -> None: ...

class ReturnRoutes(_message.Message):
    __slots__ = ("routes",)
    ROUTES_FIELD_NUMBER: _ClassVar[int]
    routes: _containers.RepeatedCompositeFieldContainer[ReturnRoute]
    def __init__(self, routes: _Optional[_Iterable[_Union[ReturnRoute, _Mapping]]] = ...) -> None: ...

class PreviewRoutesResult(_message.Message):
    __slots__ = ("routes", "refusal")
    ROUTES_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    routes: ReturnRoutes
    refusal: _refusal_pb2.Refusal
    def __init__(self, routes: _Optional[_Union[ReturnRoutes, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class PreviewRoutesResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[PreviewRoutesResult]
    def __init__(self, results: _Optional[_Iterable[_Union[PreviewRoutesResult, _Mapping]]] = ...) -> None: ...

class ListRoutesRequest(_message.Message):
    __slots__ = ("return_id", "page")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    page: _refusal_pb2.PageRequest
    def __init__(self, return_id: _Optional[str] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ...) -> None: ...

class ListRoutesResponse(_message.Message):
    __slots__ = ("routes", "next_page_token")
    ROUTES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    routes: _containers.RepeatedCompositeFieldContainer[ReturnRoute]
    next_page_token: str
    def __init__(self, routes: _Optional[_Iterable[_Union[ReturnRoute, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

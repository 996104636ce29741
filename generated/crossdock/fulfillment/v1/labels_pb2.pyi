from buf.validate import validate_pb2 as _validate_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2 as _fulfillment_pb2
from crossdock.trade.v1 import trade_pb2 as _trade_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class BuyLabelsRequest(_message.Message):
    __slots__ = ("request_id", "parcels")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PARCELS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    parcels: _containers.RepeatedCompositeFieldContainer[PackedParcel]
    def __init__(self, request_id: _Optional[str] = ..., parcels: _Optional[_Iterable[_Union[PackedParcel, _Mapping]]] = ...) -> None: ...

class PackedParcel(_message.Message):
    __slots__ = ("fulfillment_order_id", "shipment_reference", "weight_grams", "length_mm", "width_mm", "height_mm", "format", "incoterm")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    LENGTH_MM_FIELD_NUMBER: _ClassVar[int]
    WIDTH_MM_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_MM_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    INCOTERM_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    shipment_reference: str
    weight_grams: int
    length_mm: int
    width_mm: int
    height_mm: int
    format: _fulfillment_pb2.LabelFormat
    incoterm: _trade_pb2.Incoterm
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., shipment_reference: _Optional[str] = ..., weight_grams: _Optional[int] = ..., length_mm: _Optional[int] = ..., width_mm: _Optional[int] = ..., height_mm: _Optional[int] = ..., format: _Optional[_Union[_fulfillment_pb2.LabelFormat, str]] = ..., incoterm: _Optional[_Union[_trade_pb2.Incoterm, str]] = ...) -> None: ...

class BuyLabelsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[_fulfillment_pb2.FulfillmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[_fulfillment_pb2.FulfillmentResult, _Mapping]]] = ...) -> None: ...

class VoidLabelsRequest(_message.Message):
    __slots__ = ("request_id", "parcels")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PARCELS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    parcels: _containers.RepeatedCompositeFieldContainer[LabeledParcel]
    def __init__(self, request_id: _Optional[str] = ..., parcels: _Optional[_Iterable[_Union[LabeledParcel, _Mapping]]] = ...) -> None: ...

class LabeledParcel(_message.Message):
    __slots__ = ("fulfillment_order_id", "shipment_reference")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    shipment_reference: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., shipment_reference: _Optional[str] = ...) -> None: ...

class VoidLabelsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[_fulfillment_pb2.FulfillmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[_fulfillment_pb2.FulfillmentResult, _Mapping]]] = ...) -> None: ...

class GetLabelRequest(_message.Message):
    __slots__ = ("fulfillment_order_id", "shipment_reference")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    shipment_reference: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., shipment_reference: _Optional[str] = ...) -> None: ...

class GetLabelResponse(_message.Message):
    __slots__ = ("label", "document")
    LABEL_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    label: _fulfillment_pb2.Label
    document: bytes
    def __init__(self, label: _Optional[_Union[_fulfillment_pb2.Label, _Mapping]] = ..., document: _Optional[bytes] = ...) -> None: ...

import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TransferState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRANSFER_STATE_UNSPECIFIED: _ClassVar[TransferState]
    TRANSFER_STATE_REQUESTED: _ClassVar[TransferState]
    TRANSFER_STATE_IN_TRANSIT: _ClassVar[TransferState]
    TRANSFER_STATE_RECEIVED: _ClassVar[TransferState]
    TRANSFER_STATE_CANCELED: _ClassVar[TransferState]
TRANSFER_STATE_UNSPECIFIED: TransferState
TRANSFER_STATE_REQUESTED: TransferState
TRANSFER_STATE_IN_TRANSIT: TransferState
TRANSFER_STATE_RECEIVED: TransferState
TRANSFER_STATE_CANCELED: TransferState

class TransferUnits(_message.Message):
    __slots__ = ("sku", "quantity")
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    sku: str
    quantity: int
    def __init__(self, sku: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class TransferDraft(_message.Message):
    __slots__ = ("reference", "from_node_id", "to_node_id", "units", "service_code", "ship_by_time")
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    FROM_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TO_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    SHIP_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    reference: str
    from_node_id: str
    to_node_id: str
    units: _containers.RepeatedCompositeFieldContainer[TransferUnits]
    service_code: str
    ship_by_time: _timestamp_pb2.Timestamp
    def __init__(self, reference: _Optional[str] = ..., from_node_id: _Optional[str] = ..., to_node_id: _Optional[str] = ..., units: _Optional[_Iterable[_Union[TransferUnits, _Mapping]]] = ..., service_code: _Optional[str] = ..., ship_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RequestTransfersRequest(_message.Message):
    __slots__ = ("request_id", "transfers")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TRANSFERS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    transfers: _containers.RepeatedCompositeFieldContainer[TransferDraft]
    def __init__(self, request_id: _Optional[str] = ..., transfers: _Optional[_Iterable[_Union[TransferDraft, _Mapping]]] = ...) -> None: ...

class RequestTransfersResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[TransferResult]
    def __init__(self, results: _Optional[_Iterable[_Union[TransferResult, _Mapping]]] = ...) -> None: ...

class TransferShipment(_message.Message):
    __slots__ = ("transfer_id", "units", "occur_time", "expect_time", "tracking_number")
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    units: _containers.RepeatedCompositeFieldContainer[TransferUnits]
    occur_time: _timestamp_pb2.Timestamp
    expect_time: _timestamp_pb2.Timestamp
    tracking_number: str
    def __init__(self, transfer_id: _Optional[str] = ..., units: _Optional[_Iterable[_Union[TransferUnits, _Mapping]]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tracking_number: _Optional[str] = ...) -> None: ...

class ShipTransfersRequest(_message.Message):
    __slots__ = ("request_id", "shipments")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    shipments: _containers.RepeatedCompositeFieldContainer[TransferShipment]
    def __init__(self, request_id: _Optional[str] = ..., shipments: _Optional[_Iterable[_Union[TransferShipment, _Mapping]]] = ...) -> None: ...

class ShipTransfersResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[TransferResult]
    def __init__(self, results: _Optional[_Iterable[_Union[TransferResult, _Mapping]]] = ...) -> None: ...

class ReceivedUnits(_message.Message):
    __slots__ = ("sku", "quantity", "damaged_quantity")
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    DAMAGED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    sku: str
    quantity: int
    damaged_quantity: int
    def __init__(self, sku: _Optional[str] = ..., quantity: _Optional[int] = ..., damaged_quantity: _Optional[int] = ...) -> None: ...

class TransferReceipt(_message.Message):
    __slots__ = ("transfer_id", "receipt_reference", "units", "final", "occur_time")
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    FINAL_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    receipt_reference: str
    units: _containers.RepeatedCompositeFieldContainer[ReceivedUnits]
    final: bool
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, transfer_id: _Optional[str] = ..., receipt_reference: _Optional[str] = ..., units: _Optional[_Iterable[_Union[ReceivedUnits, _Mapping]]] = ..., final: _Optional[bool] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReceiveTransfersRequest(_message.Message):
    __slots__ = ("request_id", "receipts")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    receipts: _containers.RepeatedCompositeFieldContainer[TransferReceipt]
    def __init__(self, request_id: _Optional[str] = ..., receipts: _Optional[_Iterable[_Union[TransferReceipt, _Mapping]]] = ...) -> None: ...

class ReceiveTransfersResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[TransferResult]
    def __init__(self, results: _Optional[_Iterable[_Union[TransferResult, _Mapping]]] = ...) -> None: ...

class CancelTransfersRequest(_message.Message):
    __slots__ = ("request_id", "transfer_ids")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_IDS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    transfer_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, request_id: _Optional[str] = ..., transfer_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class CancelTransfersResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[TransferResult]
    def __init__(self, results: _Optional[_Iterable[_Union[TransferResult, _Mapping]]] = ...) -> None: ...

class TransferResult(_message.Message):
    __slots__ = ("transfer", "refusal")
    TRANSFER_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    transfer: Transfer
    refusal: _refusal_pb2.Refusal
    def __init__(self, transfer: _Optional[_Union[Transfer, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class TransferLine(_message.Message):
    __slots__ = ("sku", "quantity", "shipped_quantity", "received_quantity", "damaged_quantity", "missing_quantity", "excess_quantity", "in_transit_quantity")
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    SHIPPED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    DAMAGED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    MISSING_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    EXCESS_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    IN_TRANSIT_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    sku: str
    quantity: int
    shipped_quantity: int
    received_quantity: int
    damaged_quantity: int
    missing_quantity: int
    excess_quantity: int
    in_transit_quantity: int
    def __init__(self, sku: _Optional[str] = ..., quantity: _Optional[int] = ..., shipped_quantity: _Optional[int] = ..., received_quantity: _Optional[int] = ..., damaged_quantity: _Optional[int] = ..., missing_quantity: _Optional[int] = ..., excess_quantity: _Optional[int] = ..., in_transit_quantity: _Optional[int] = ...) -> None: ...

class TransferReceiptRecord(_message.Message):
    __slots__ = ("receipt_reference", "sku", "quantity", "damaged_quantity", "occur_time")
    RECEIPT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    DAMAGED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    receipt_reference: str
    sku: str
    quantity: int
    damaged_quantity: int
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, receipt_reference: _Optional[str] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., damaged_quantity: _Optional[int] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Transfer(_message.Message):
    __slots__ = ("transfer_id", "reference", "from_node_id", "to_node_id", "state", "lines", "receipts", "service_code", "tracking_number", "request_time", "ship_by_time", "ship_time", "expect_time", "end_time")
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    FROM_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TO_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    RECEIPTS_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TIME_FIELD_NUMBER: _ClassVar[int]
    SHIP_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    SHIP_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    reference: str
    from_node_id: str
    to_node_id: str
    state: TransferState
    lines: _containers.RepeatedCompositeFieldContainer[TransferLine]
    receipts: _containers.RepeatedCompositeFieldContainer[TransferReceiptRecord]
    service_code: str
    tracking_number: str
    request_time: _timestamp_pb2.Timestamp
    ship_by_time: _timestamp_pb2.Timestamp
    ship_time: _timestamp_pb2.Timestamp
    expect_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, transfer_id: _Optional[str] = ..., reference: _Optional[str] = ..., from_node_id: _Optional[str] = ..., to_node_id: _Optional[str] = ..., state: _Optional[_Union[TransferState, str]] = ..., lines: _Optional[_Iterable[_Union[TransferLine, _Mapping]]] = ..., receipts: _Optional[_Iterable[_Union[TransferReceiptRecord, _Mapping]]] = ..., service_code: _Optional[str] = ..., tracking_number: _Optional[str] = ..., request_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ship_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ship_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetTransferRequest(_message.Message):
    __slots__ = ("transfer_id",)
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    def __init__(self, transfer_id: _Optional[str] = ...) -> None: ...

class GetTransferResponse(_message.Message):
    __slots__ = ("transfer",)
    TRANSFER_FIELD_NUMBER: _ClassVar[int]
    transfer: Transfer
    def __init__(self, transfer: _Optional[_Union[Transfer, _Mapping]] = ...) -> None: ...

class ListTransfersRequest(_message.Message):
    __slots__ = ("page", "node_id", "state")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    node_id: str
    state: TransferState
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., node_id: _Optional[str] = ..., state: _Optional[_Union[TransferState, str]] = ...) -> None: ...

class ListTransfersResponse(_message.Message):
    __slots__ = ("transfers", "next_page_token")
    TRANSFERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    transfers: _containers.RepeatedCompositeFieldContainer[Transfer]
    next_page_token: str
    def __init__(self, transfers: _Optional[_Iterable[_Union[Transfer, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

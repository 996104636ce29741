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

class ToteState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TOTE_STATE_UNSPECIFIED: _ClassVar[ToteState]
    TOTE_STATE_OPEN: _ClassVar[ToteState]
    TOTE_STATE_CLOSED: _ClassVar[ToteState]
    TOTE_STATE_IN_TRANSIT: _ClassVar[ToteState]
    TOTE_STATE_RECEIVED: _ClassVar[ToteState]

class ToteDifferenceKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TOTE_DIFFERENCE_KIND_UNSPECIFIED: _ClassVar[ToteDifferenceKind]
    TOTE_DIFFERENCE_KIND_MISSING: _ClassVar[ToteDifferenceKind]
    TOTE_DIFFERENCE_KIND_UNANNOUNCED: _ClassVar[ToteDifferenceKind]
    TOTE_DIFFERENCE_KIND_OVER: _ClassVar[ToteDifferenceKind]
    TOTE_DIFFERENCE_KIND_UNIDENTIFIED: _ClassVar[ToteDifferenceKind]
    TOTE_DIFFERENCE_KIND_WRONG_ITEM: _ClassVar[ToteDifferenceKind]
    TOTE_DIFFERENCE_KIND_FOUND: _ClassVar[ToteDifferenceKind]
TOTE_STATE_UNSPECIFIED: ToteState
TOTE_STATE_OPEN: ToteState
TOTE_STATE_CLOSED: ToteState
TOTE_STATE_IN_TRANSIT: ToteState
TOTE_STATE_RECEIVED: ToteState
TOTE_DIFFERENCE_KIND_UNSPECIFIED: ToteDifferenceKind
TOTE_DIFFERENCE_KIND_MISSING: ToteDifferenceKind
TOTE_DIFFERENCE_KIND_UNANNOUNCED: ToteDifferenceKind
TOTE_DIFFERENCE_KIND_OVER: ToteDifferenceKind
TOTE_DIFFERENCE_KIND_UNIDENTIFIED: ToteDifferenceKind
TOTE_DIFFERENCE_KIND_WRONG_ITEM: ToteDifferenceKind
TOTE_DIFFERENCE_KIND_FOUND: ToteDifferenceKind

class ReturnCode(_message.Message):
    __slots__ = ("return_id", "code")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    code: str
    def __init__(self, return_id: _Optional[str] = ..., code: _Optional[str] = ...) -> None: ...

class ToteUnits(_message.Message):
    __slots__ = ("return_id", "line_number", "sku", "quantity", "received_quantity", "missing_quantity")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    MISSING_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    line_number: int
    sku: str
    quantity: int
    received_quantity: int
    missing_quantity: int
    def __init__(self, return_id: _Optional[str] = ..., line_number: _Optional[int] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., received_quantity: _Optional[int] = ..., missing_quantity: _Optional[int] = ...) -> None: ...

class ToteDifference(_message.Message):
    __slots__ = ("kind", "return_id", "line_number", "sku", "quantity", "receipt_reference")
    KIND_FIELD_NUMBER: _ClassVar[int]
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    kind: ToteDifferenceKind
    return_id: str
    line_number: int
    sku: str
    quantity: int
    receipt_reference: str
    def __init__(self, kind: _Optional[_Union[ToteDifferenceKind, str]] = ..., return_id: _Optional[str] = ..., line_number: _Optional[int] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., receipt_reference: _Optional[str] = ...) -> None: ...

class Tote(_message.Message):
    __slots__ = ("tote_id", "drop_off_node_id", "to_node_id", "state", "tracking_number", "units", "quantity", "received_quantity", "differences", "open_time", "ship_time", "receive_time")
    TOTE_ID_FIELD_NUMBER: _ClassVar[int]
    DROP_OFF_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TO_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCES_FIELD_NUMBER: _ClassVar[int]
    OPEN_TIME_FIELD_NUMBER: _ClassVar[int]
    SHIP_TIME_FIELD_NUMBER: _ClassVar[int]
    RECEIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    tote_id: str
    drop_off_node_id: str
    to_node_id: str
    state: ToteState
    tracking_number: str
    units: _containers.RepeatedCompositeFieldContainer[ToteUnits]
    quantity: int
    received_quantity: int
    differences: _containers.RepeatedCompositeFieldContainer[ToteDifference]
    open_time: _timestamp_pb2.Timestamp
    ship_time: _timestamp_pb2.Timestamp
    receive_time: _timestamp_pb2.Timestamp
    def __init__(self, tote_id: _Optional[str] = ..., drop_off_node_id: _Optional[str] = ..., to_node_id: _Optional[str] = ..., state: _Optional[_Union[ToteState, str]] = ..., tracking_number: _Optional[str] = ..., units: _Optional[_Iterable[_Union[ToteUnits, _Mapping]]] = ..., quantity: _Optional[int] = ..., received_quantity: _Optional[int] = ..., differences: _Optional[_Iterable[_Union[ToteDifference, _Mapping]]] = ..., open_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ship_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., receive_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ToteResult(_message.Message):
    __slots__ = ("tote", "refusal")
    TOTE_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    tote: Tote
    refusal: _refusal_pb2.Refusal
    def __init__(self, tote: _Optional[_Union[Tote, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class IssueReturnCodesRequest(_message.Message):
    __slots__ = ("request_id", "return_ids")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RETURN_IDS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    return_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, request_id: _Optional[str] = ..., return_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class IssueReturnCodesResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[IssueReturnCodeResult]
    def __init__(self, results: _Optional[_Iterable[_Union[IssueReturnCodeResult, _Mapping]]] = ...) -> None: ...

class IssueReturnCodeResult(_message.Message):
    __slots__ = ("code", "refusal")
    CODE_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    code: ReturnCode
    refusal: _refusal_pb2.Refusal
    def __init__(self, code: _Optional[_Union[ReturnCode, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class ToteDraft(_message.Message):
    __slots__ = ("node_id", "to_node_id")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TO_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    to_node_id: str
    def __init__(self, node_id: _Optional[str] = ..., to_node_id: _Optional[str] = ...) -> None: ...

class OpenTotesRequest(_message.Message):
    __slots__ = ("request_id", "totes")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TOTES_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    totes: _containers.RepeatedCompositeFieldContainer[ToteDraft]
    def __init__(self, request_id: _Optional[str] = ..., totes: _Optional[_Iterable[_Union[ToteDraft, _Mapping]]] = ...) -> None: ...

class OpenTotesResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ToteResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ToteResult, _Mapping]]] = ...) -> None: ...

class ReturnScan(_message.Message):
    __slots__ = ("tote_id", "code", "scan_reference", "units", "occur_time")
    TOTE_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    SCAN_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    tote_id: str
    code: str
    scan_reference: str
    units: _containers.RepeatedCompositeFieldContainer[ScannedUnits]
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, tote_id: _Optional[str] = ..., code: _Optional[str] = ..., scan_reference: _Optional[str] = ..., units: _Optional[_Iterable[_Union[ScannedUnits, _Mapping]]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ScannedUnits(_message.Message):
    __slots__ = ("line_number", "quantity")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ...) -> None: ...

class ScanReturnsRequest(_message.Message):
    __slots__ = ("request_id", "scans")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SCANS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    scans: _containers.RepeatedCompositeFieldContainer[ReturnScan]
    def __init__(self, request_id: _Optional[str] = ..., scans: _Optional[_Iterable[_Union[ReturnScan, _Mapping]]] = ...) -> None: ...

class ScanReturnsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ToteResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ToteResult, _Mapping]]] = ...) -> None: ...

class ToteClosing(_message.Message):
    __slots__ = ("tote_id", "counted_quantity")
    TOTE_ID_FIELD_NUMBER: _ClassVar[int]
    COUNTED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    tote_id: str
    counted_quantity: int
    def __init__(self, tote_id: _Optional[str] = ..., counted_quantity: _Optional[int] = ...) -> None: ...

class CloseTotesRequest(_message.Message):
    __slots__ = ("request_id", "totes")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TOTES_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    totes: _containers.RepeatedCompositeFieldContainer[ToteClosing]
    def __init__(self, request_id: _Optional[str] = ..., totes: _Optional[_Iterable[_Union[ToteClosing, _Mapping]]] = ...) -> None: ...

class CloseTotesResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ToteResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ToteResult, _Mapping]]] = ...) -> None: ...

class ToteShipment(_message.Message):
    __slots__ = ("tote_id", "tracking_number", "occur_time")
    TOTE_ID_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    tote_id: str
    tracking_number: str
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, tote_id: _Optional[str] = ..., tracking_number: _Optional[str] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ShipTotesRequest(_message.Message):
    __slots__ = ("request_id", "totes")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TOTES_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    totes: _containers.RepeatedCompositeFieldContainer[ToteShipment]
    def __init__(self, request_id: _Optional[str] = ..., totes: _Optional[_Iterable[_Union[ToteShipment, _Mapping]]] = ...) -> None: ...

class ShipTotesResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ToteResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ToteResult, _Mapping]]] = ...) -> None: ...

class UnpackedUnits(_message.Message):
    __slots__ = ("code", "sku", "quantity")
    CODE_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    code: str
    sku: str
    quantity: int
    def __init__(self, code: _Optional[str] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class ToteReceipt(_message.Message):
    __slots__ = ("tote_id", "receipt_reference", "units", "occur_time")
    TOTE_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    tote_id: str
    receipt_reference: str
    units: _containers.RepeatedCompositeFieldContainer[UnpackedUnits]
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, tote_id: _Optional[str] = ..., receipt_reference: _Optional[str] = ..., units: _Optional[_Iterable[_Union[UnpackedUnits, _Mapping]]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReceiveTotesRequest(_message.Message):
    __slots__ = ("request_id", "receipts")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    receipts: _containers.RepeatedCompositeFieldContainer[ToteReceipt]
    def __init__(self, request_id: _Optional[str] = ..., receipts: _Optional[_Iterable[_Union[ToteReceipt, _Mapping]]] = ...) -> None: ...

class ReceiveTotesResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ToteResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ToteResult, _Mapping]]] = ...) -> None: ...

class GetToteRequest(_message.Message):
    __slots__ = ("tote_id",)
    TOTE_ID_FIELD_NUMBER: _ClassVar[int]
    tote_id: str
    def __init__(self, tote_id: _Optional[str] = ...) -> None: ...

class GetToteResponse(_message.Message):
    __slots__ = ("tote",)
    TOTE_FIELD_NUMBER: _ClassVar[int]
    tote: Tote
    def __init__(self, tote: _Optional[_Union[Tote, _Mapping]] = ...) -> None: ...

class ListTotesRequest(_message.Message):
    __slots__ = ("page", "state", "node_id")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    state: ToteState
    node_id: str
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., state: _Optional[_Union[ToteState, str]] = ..., node_id: _Optional[str] = ...) -> None: ...

class ListTotesResponse(_message.Message):
    __slots__ = ("totes", "next_page_token")
    TOTES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    totes: _containers.RepeatedCompositeFieldContainer[Tote]
    next_page_token: str
    def __init__(self, totes: _Optional[_Iterable[_Union[Tote, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

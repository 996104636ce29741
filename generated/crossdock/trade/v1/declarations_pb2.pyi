import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.trade.v1 import trade_pb2 as _trade_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DeclarationState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DECLARATION_STATE_UNSPECIFIED: _ClassVar[DeclarationState]
    DECLARATION_STATE_INCOMPLETE: _ClassVar[DeclarationState]
    DECLARATION_STATE_REQUESTED: _ClassVar[DeclarationState]
    DECLARATION_STATE_DECLARED: _ClassVar[DeclarationState]
    DECLARATION_STATE_ACCEPTED: _ClassVar[DeclarationState]
    DECLARATION_STATE_HELD: _ClassVar[DeclarationState]
    DECLARATION_STATE_RELEASED: _ClassVar[DeclarationState]
    DECLARATION_STATE_REJECTED: _ClassVar[DeclarationState]
    DECLARATION_STATE_NOT_NEEDED: _ClassVar[DeclarationState]

class DeclarationDocument(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DECLARATION_DOCUMENT_UNSPECIFIED: _ClassVar[DeclarationDocument]
    DECLARATION_DOCUMENT_COMMERCIAL_INVOICE: _ClassVar[DeclarationDocument]
    DECLARATION_DOCUMENT_POSTAL_DECLARATION: _ClassVar[DeclarationDocument]
DECLARATION_STATE_UNSPECIFIED: DeclarationState
DECLARATION_STATE_INCOMPLETE: DeclarationState
DECLARATION_STATE_REQUESTED: DeclarationState
DECLARATION_STATE_DECLARED: DeclarationState
DECLARATION_STATE_ACCEPTED: DeclarationState
DECLARATION_STATE_HELD: DeclarationState
DECLARATION_STATE_RELEASED: DeclarationState
DECLARATION_STATE_REJECTED: DeclarationState
DECLARATION_STATE_NOT_NEEDED: DeclarationState
DECLARATION_DOCUMENT_UNSPECIFIED: DeclarationDocument
DECLARATION_DOCUMENT_COMMERCIAL_INVOICE: DeclarationDocument
DECLARATION_DOCUMENT_POSTAL_DECLARATION: DeclarationDocument

class DeclarationEvent(_message.Message):
    __slots__ = ("declaration_id", "customs_reference", "state", "occur_time", "event_reference", "reason", "missing_documents")
    DECLARATION_ID_FIELD_NUMBER: _ClassVar[int]
    CUSTOMS_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    EVENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    MISSING_DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    declaration_id: str
    customs_reference: str
    state: DeclarationState
    occur_time: _timestamp_pb2.Timestamp
    event_reference: str
    reason: str
    missing_documents: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, declaration_id: _Optional[str] = ..., customs_reference: _Optional[str] = ..., state: _Optional[_Union[DeclarationState, str]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., event_reference: _Optional[str] = ..., reason: _Optional[str] = ..., missing_documents: _Optional[_Iterable[str]] = ...) -> None: ...

class CustomsDeclaration(_message.Message):
    __slots__ = ("shipment_id", "declaration_id", "order_id", "account_id", "state", "customs_reference", "attempt", "declare_time", "lacks", "events", "incoterm")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    DECLARATION_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CUSTOMS_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    DECLARE_TIME_FIELD_NUMBER: _ClassVar[int]
    LACKS_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    INCOTERM_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    declaration_id: str
    order_id: str
    account_id: str
    state: DeclarationState
    customs_reference: str
    attempt: int
    declare_time: _timestamp_pb2.Timestamp
    lacks: _containers.RepeatedScalarFieldContainer[str]
    events: _containers.RepeatedCompositeFieldContainer[DeclarationEvent]
    incoterm: _trade_pb2.Incoterm
    def __init__(self, shipment_id: _Optional[str] = ..., declaration_id: _Optional[str] = ..., order_id: _Optional[str] = ..., account_id: _Optional[str] = ..., state: _Optional[_Union[DeclarationState, str]] = ..., customs_reference: _Optional[str] = ..., attempt: _Optional[int] = ..., declare_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lacks: _Optional[_Iterable[str]] = ..., events: _Optional[_Iterable[_Union[DeclarationEvent, _Mapping]]] = ..., incoterm: _Optional[_Union[_trade_pb2.Incoterm, str]] = ...) -> None: ...

class ListDeclarationsRequest(_message.Message):
    __slots__ = ("order_id",)
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    def __init__(self, order_id: _Optional[str] = ...) -> None: ...

class ListDeclarationsResponse(_message.Message):
    __slots__ = ("declarations",)
    DECLARATIONS_FIELD_NUMBER: _ClassVar[int]
    declarations: _containers.RepeatedCompositeFieldContainer[CustomsDeclaration]
    def __init__(self, declarations: _Optional[_Iterable[_Union[CustomsDeclaration, _Mapping]]] = ...) -> None: ...

class ShipmentToDeclare(_message.Message):
    __slots__ = ("shipment_id", "incoterm")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    INCOTERM_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    incoterm: _trade_pb2.Incoterm
    def __init__(self, shipment_id: _Optional[str] = ..., incoterm: _Optional[_Union[_trade_pb2.Incoterm, str]] = ...) -> None: ...

class DeclareShipmentsRequest(_message.Message):
    __slots__ = ("request_id", "shipments")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    shipments: _containers.RepeatedCompositeFieldContainer[ShipmentToDeclare]
    def __init__(self, request_id: _Optional[str] = ..., shipments: _Optional[_Iterable[_Union[ShipmentToDeclare, _Mapping]]] = ...) -> None: ...

class DeclarationResult(_message.Message):
    __slots__ = ("declaration", "refusal")
    DECLARATION_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    declaration: CustomsDeclaration
    refusal: _refusal_pb2.Refusal
    def __init__(self, declaration: _Optional[_Union[CustomsDeclaration, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class DeclareShipmentsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[DeclarationResult]
    def __init__(self, results: _Optional[_Iterable[_Union[DeclarationResult, _Mapping]]] = ...) -> None: ...

class DocumentToSend(_message.Message):
    __slots__ = ("shipment_id", "document")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    document: DeclarationDocument
    def __init__(self, shipment_id: _Optional[str] = ..., document: _Optional[_Union[DeclarationDocument, str]] = ...) -> None: ...

class SendDeclarationDocumentsRequest(_message.Message):
    __slots__ = ("request_id", "documents")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    documents: _containers.RepeatedCompositeFieldContainer[DocumentToSend]
    def __init__(self, request_id: _Optional[str] = ..., documents: _Optional[_Iterable[_Union[DocumentToSend, _Mapping]]] = ...) -> None: ...

class SendDeclarationDocumentsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[DeclarationResult]
    def __init__(self, results: _Optional[_Iterable[_Union[DeclarationResult, _Mapping]]] = ...) -> None: ...

class RecordDeclarationEventsRequest(_message.Message):
    __slots__ = ("request_id", "events")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    events: _containers.RepeatedCompositeFieldContainer[DeclarationEvent]
    def __init__(self, request_id: _Optional[str] = ..., events: _Optional[_Iterable[_Union[DeclarationEvent, _Mapping]]] = ...) -> None: ...

class RecordDeclarationEventsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[DeclarationResult]
    def __init__(self, results: _Optional[_Iterable[_Union[DeclarationResult, _Mapping]]] = ...) -> None: ...

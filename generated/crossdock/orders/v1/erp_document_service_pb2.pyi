import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.partner.erp.v1 import erp_pb2 as _erp_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ErpDocumentState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ERP_DOCUMENT_STATE_UNSPECIFIED: _ClassVar[ErpDocumentState]
    ERP_DOCUMENT_STATE_PENDING: _ClassVar[ErpDocumentState]
    ERP_DOCUMENT_STATE_POSTED: _ClassVar[ErpDocumentState]
    ERP_DOCUMENT_STATE_REFUSED: _ClassVar[ErpDocumentState]
    ERP_DOCUMENT_STATE_GIVEN_UP: _ClassVar[ErpDocumentState]
ERP_DOCUMENT_STATE_UNSPECIFIED: ErpDocumentState
ERP_DOCUMENT_STATE_PENDING: ErpDocumentState
ERP_DOCUMENT_STATE_POSTED: ErpDocumentState
ERP_DOCUMENT_STATE_REFUSED: ErpDocumentState
ERP_DOCUMENT_STATE_GIVEN_UP: ErpDocumentState

class ErpDocument(_message.Message):
    __slots__ = ("document_number", "kind", "state", "erp_number", "total", "subject_id", "failure", "create_time", "answer_time", "account_id")
    DOCUMENT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ERP_NUMBER_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_ID_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    document_number: int
    kind: _erp_pb2.DocumentKind
    state: ErpDocumentState
    erp_number: str
    total: _money_pb2.Money
    subject_id: str
    failure: str
    create_time: _timestamp_pb2.Timestamp
    answer_time: _timestamp_pb2.Timestamp
    account_id: str
    def __init__(self, document_number: _Optional[int] = ..., kind: _Optional[_Union[_erp_pb2.DocumentKind, str]] = ..., state: _Optional[_Union[ErpDocumentState, str]] = ..., erp_number: _Optional[str] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., subject_id: _Optional[str] = ..., failure: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., account_id: _Optional[str] = ...) -> None: ...

class ListErpDocumentsRequest(_message.Message):
    __slots__ = ("order_id", "page")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    page: _refusal_pb2.PageRequest
    def __init__(self, order_id: _Optional[str] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ...) -> None: ...

class ListErpDocumentsResponse(_message.Message):
    __slots__ = ("documents", "next_page_token")
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    documents: _containers.RepeatedCompositeFieldContainer[ErpDocument]
    next_page_token: str
    def __init__(self, documents: _Optional[_Iterable[_Union[ErpDocument, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

from crossdock.inbox.v1 import inbox_pb2 as _inbox_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DocumentRead(_message.Message):
    __slots__ = ("document_id", "account_id", "state", "problem_count", "order_count")
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_COUNT_FIELD_NUMBER: _ClassVar[int]
    ORDER_COUNT_FIELD_NUMBER: _ClassVar[int]
    document_id: str
    account_id: str
    state: _inbox_pb2.DocumentState
    problem_count: int
    order_count: int
    def __init__(self, document_id: _Optional[str] = ..., account_id: _Optional[str] = ..., state: _Optional[_Union[_inbox_pb2.DocumentState, str]] = ..., problem_count: _Optional[int] = ..., order_count: _Optional[int] = ...) -> None: ...

class FeedGapSkipped(_message.Message):
    __slots__ = ("source", "first_number", "last_number")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    FIRST_NUMBER_FIELD_NUMBER: _ClassVar[int]
    LAST_NUMBER_FIELD_NUMBER: _ClassVar[int]
    source: str
    first_number: int
    last_number: int
    def __init__(self, source: _Optional[str] = ..., first_number: _Optional[int] = ..., last_number: _Optional[int] = ...) -> None: ...

class NodeHandedOver(_message.Message):
    __slots__ = ("node_id", "source")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    source: str
    def __init__(self, node_id: _Optional[str] = ..., source: _Optional[str] = ...) -> None: ...

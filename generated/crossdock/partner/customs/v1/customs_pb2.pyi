from crossdock.inbox.v1 import inbox_pb2 as _inbox_pb2
from crossdock.partner.call.v1 import call_pb2 as _call_pb2
from crossdock.trade.v1 import declarations_pb2 as _declarations_pb2
from crossdock.trade.v1 import trade_pb2 as _trade_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DeclareRequest(_message.Message):
    __slots__ = ("call", "declaration_id", "consignment", "tracking_number")
    CALL_FIELD_NUMBER: _ClassVar[int]
    DECLARATION_ID_FIELD_NUMBER: _ClassVar[int]
    CONSIGNMENT_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    declaration_id: str
    consignment: _trade_pb2.ConsignmentPapers
    tracking_number: str
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., declaration_id: _Optional[str] = ..., consignment: _Optional[_Union[_trade_pb2.ConsignmentPapers, _Mapping]] = ..., tracking_number: _Optional[str] = ...) -> None: ...

class DeclareResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

class AddDocumentRequest(_message.Message):
    __slots__ = ("call", "declaration_id", "customs_reference", "document", "content")
    CALL_FIELD_NUMBER: _ClassVar[int]
    DECLARATION_ID_FIELD_NUMBER: _ClassVar[int]
    CUSTOMS_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    declaration_id: str
    customs_reference: str
    document: _declarations_pb2.DeclarationDocument
    content: bytes
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., declaration_id: _Optional[str] = ..., customs_reference: _Optional[str] = ..., document: _Optional[_Union[_declarations_pb2.DeclarationDocument, str]] = ..., content: _Optional[bytes] = ...) -> None: ...

class AddDocumentResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

class PullUpdatesRequest(_message.Message):
    __slots__ = ("pull",)
    PULL_FIELD_NUMBER: _ClassVar[int]
    pull: _call_pb2.Pull
    def __init__(self, pull: _Optional[_Union[_call_pb2.Pull, _Mapping]] = ...) -> None: ...

class PullUpdatesResponse(_message.Message):
    __slots__ = ("events", "pulled")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    PULLED_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_declarations_pb2.DeclarationEvent]
    pulled: _call_pb2.Pulled
    def __init__(self, events: _Optional[_Iterable[_Union[_declarations_pb2.DeclarationEvent, _Mapping]]] = ..., pulled: _Optional[_Union[_call_pb2.Pulled, _Mapping]] = ...) -> None: ...

class FindOperationRequest(_message.Message):
    __slots__ = ("find", "declaration_id")
    FIND_FIELD_NUMBER: _ClassVar[int]
    DECLARATION_ID_FIELD_NUMBER: _ClassVar[int]
    find: _call_pb2.Find
    declaration_id: str
    def __init__(self, find: _Optional[_Union[_call_pb2.Find, _Mapping]] = ..., declaration_id: _Optional[str] = ...) -> None: ...

class FindOperationResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

class ReadDocumentRequest(_message.Message):
    __slots__ = ("call", "media_type", "content")
    CALL_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    media_type: str
    content: bytes
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., media_type: _Optional[str] = ..., content: _Optional[bytes] = ...) -> None: ...

class ReadDocumentResponse(_message.Message):
    __slots__ = ("commands", "problems")
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    commands: _containers.RepeatedCompositeFieldContainer[_inbox_pb2.Command]
    problems: _containers.RepeatedCompositeFieldContainer[_inbox_pb2.Problem]
    def __init__(self, commands: _Optional[_Iterable[_Union[_inbox_pb2.Command, _Mapping]]] = ..., problems: _Optional[_Iterable[_Union[_inbox_pb2.Problem, _Mapping]]] = ...) -> None: ...

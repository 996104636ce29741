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

class PartyRole(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PARTY_ROLE_UNSPECIFIED: _ClassVar[PartyRole]
    PARTY_ROLE_BUYER: _ClassVar[PartyRole]
    PARTY_ROLE_CONSIGNEE: _ClassVar[PartyRole]
    PARTY_ROLE_DESTINATION: _ClassVar[PartyRole]

class MatchedOn(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MATCHED_ON_UNSPECIFIED: _ClassVar[MatchedOn]
    MATCHED_ON_NAME: _ClassVar[MatchedOn]
    MATCHED_ON_ADDRESS: _ClassVar[MatchedOn]
    MATCHED_ON_RULE: _ClassVar[MatchedOn]
    MATCHED_ON_UNREADABLE: _ClassVar[MatchedOn]

class MatchState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MATCH_STATE_UNSPECIFIED: _ClassVar[MatchState]
    MATCH_STATE_OPEN: _ClassVar[MatchState]
    MATCH_STATE_CLEARED: _ClassVar[MatchState]
    MATCH_STATE_CONFIRMED: _ClassVar[MatchState]
    MATCH_STATE_WITHDRAWN: _ClassVar[MatchState]
PARTY_ROLE_UNSPECIFIED: PartyRole
PARTY_ROLE_BUYER: PartyRole
PARTY_ROLE_CONSIGNEE: PartyRole
PARTY_ROLE_DESTINATION: PartyRole
MATCHED_ON_UNSPECIFIED: MatchedOn
MATCHED_ON_NAME: MatchedOn
MATCHED_ON_ADDRESS: MatchedOn
MATCHED_ON_RULE: MatchedOn
MATCHED_ON_UNREADABLE: MatchedOn
MATCH_STATE_UNSPECIFIED: MatchState
MATCH_STATE_OPEN: MatchState
MATCH_STATE_CLEARED: MatchState
MATCH_STATE_CONFIRMED: MatchState
MATCH_STATE_WITHDRAWN: MatchState

class ListFile(_message.Message):
    __slots__ = ("name", "content")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    name: str
    content: str
    def __init__(self, name: _Optional[str] = ..., content: _Optional[str] = ...) -> None: ...

class LoadListRequest(_message.Message):
    __slots__ = ("request_id", "list_name", "files", "expected_version", "validate_only")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    LIST_NAME_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    list_name: str
    files: _containers.RepeatedCompositeFieldContainer[ListFile]
    expected_version: int
    validate_only: bool
    def __init__(self, request_id: _Optional[str] = ..., list_name: _Optional[str] = ..., files: _Optional[_Iterable[_Union[ListFile, _Mapping]]] = ..., expected_version: _Optional[int] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class LoadListResponse(_message.Message):
    __slots__ = ("list",)
    LIST_FIELD_NUMBER: _ClassVar[int]
    list: DeniedList
    def __init__(self, list: _Optional[_Union[DeniedList, _Mapping]] = ...) -> None: ...

class DeniedList(_message.Message):
    __slots__ = ("list_name", "version", "entry_count", "added_entry_ids", "changed_entry_ids", "removed_entry_ids", "difference_count", "load_principal", "load_time")
    LIST_NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ENTRY_COUNT_FIELD_NUMBER: _ClassVar[int]
    ADDED_ENTRY_IDS_FIELD_NUMBER: _ClassVar[int]
    CHANGED_ENTRY_IDS_FIELD_NUMBER: _ClassVar[int]
    REMOVED_ENTRY_IDS_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCE_COUNT_FIELD_NUMBER: _ClassVar[int]
    LOAD_PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    LOAD_TIME_FIELD_NUMBER: _ClassVar[int]
    list_name: str
    version: int
    entry_count: int
    added_entry_ids: _containers.RepeatedScalarFieldContainer[str]
    changed_entry_ids: _containers.RepeatedScalarFieldContainer[str]
    removed_entry_ids: _containers.RepeatedScalarFieldContainer[str]
    difference_count: int
    load_principal: str
    load_time: _timestamp_pb2.Timestamp
    def __init__(self, list_name: _Optional[str] = ..., version: _Optional[int] = ..., entry_count: _Optional[int] = ..., added_entry_ids: _Optional[_Iterable[str]] = ..., changed_entry_ids: _Optional[_Iterable[str]] = ..., removed_entry_ids: _Optional[_Iterable[str]] = ..., difference_count: _Optional[int] = ..., load_principal: _Optional[str] = ..., load_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetListsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetListsResponse(_message.Message):
    __slots__ = ("lists",)
    LISTS_FIELD_NUMBER: _ClassVar[int]
    lists: _containers.RepeatedCompositeFieldContainer[DeniedList]
    def __init__(self, lists: _Optional[_Iterable[_Union[DeniedList, _Mapping]]] = ...) -> None: ...

class Match(_message.Message):
    __slots__ = ("match_id", "order_id", "party_id", "role", "list_name", "entry_id", "entry_names", "program", "score", "matched", "state", "find_time", "note", "decide_principal", "decide_time", "expire_time")
    MATCH_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    LIST_NAME_FIELD_NUMBER: _ClassVar[int]
    ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
    ENTRY_NAMES_FIELD_NUMBER: _ClassVar[int]
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    MATCHED_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    FIND_TIME_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    DECIDE_PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    DECIDE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    match_id: str
    order_id: str
    party_id: str
    role: PartyRole
    list_name: str
    entry_id: str
    entry_names: _containers.RepeatedScalarFieldContainer[str]
    program: str
    score: int
    matched: MatchedOn
    state: MatchState
    find_time: _timestamp_pb2.Timestamp
    note: str
    decide_principal: str
    decide_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, match_id: _Optional[str] = ..., order_id: _Optional[str] = ..., party_id: _Optional[str] = ..., role: _Optional[_Union[PartyRole, str]] = ..., list_name: _Optional[str] = ..., entry_id: _Optional[str] = ..., entry_names: _Optional[_Iterable[str]] = ..., program: _Optional[str] = ..., score: _Optional[int] = ..., matched: _Optional[_Union[MatchedOn, str]] = ..., state: _Optional[_Union[MatchState, str]] = ..., find_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., note: _Optional[str] = ..., decide_principal: _Optional[str] = ..., decide_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListMatchesRequest(_message.Message):
    __slots__ = ("state", "order_id", "page")
    STATE_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    state: MatchState
    order_id: str
    page: _refusal_pb2.PageRequest
    def __init__(self, state: _Optional[_Union[MatchState, str]] = ..., order_id: _Optional[str] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ...) -> None: ...

class ListMatchesResponse(_message.Message):
    __slots__ = ("matches", "next_page_token")
    MATCHES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    matches: _containers.RepeatedCompositeFieldContainer[Match]
    next_page_token: str
    def __init__(self, matches: _Optional[_Iterable[_Union[Match, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DecideMatchRequest(_message.Message):
    __slots__ = ("request_id", "match_id", "state", "note")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    MATCH_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    match_id: str
    state: MatchState
    note: str
    def __init__(self, request_id: _Optional[str] = ..., match_id: _Optional[str] = ..., state: _Optional[_Union[MatchState, str]] = ..., note: _Optional[str] = ...) -> None: ...

class DecideMatchResponse(_message.Message):
    __slots__ = ("match",)
    MATCH_FIELD_NUMBER: _ClassVar[int]
    match: Match
    def __init__(self, match: _Optional[_Union[Match, _Mapping]] = ...) -> None: ...

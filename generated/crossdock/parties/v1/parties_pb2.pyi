from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import address_pb2 as _address_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Party(_message.Message):
    __slots__ = ("party_id", "contact")
    PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    CONTACT_FIELD_NUMBER: _ClassVar[int]
    party_id: str
    contact: _address_pb2.Contact
    def __init__(self, party_id: _Optional[str] = ..., contact: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ...) -> None: ...

class GetPartyRequest(_message.Message):
    __slots__ = ("party_id",)
    PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    party_id: str
    def __init__(self, party_id: _Optional[str] = ...) -> None: ...

class GetPartyResponse(_message.Message):
    __slots__ = ("party",)
    PARTY_FIELD_NUMBER: _ClassVar[int]
    party: Party
    def __init__(self, party: _Optional[_Union[Party, _Mapping]] = ...) -> None: ...

class FindPartiesRequest(_message.Message):
    __slots__ = ("page", "email", "phone", "party_id")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    email: str
    phone: str
    party_id: str
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., email: _Optional[str] = ..., phone: _Optional[str] = ..., party_id: _Optional[str] = ...) -> None: ...

class FindPartiesResponse(_message.Message):
    __slots__ = ("parties", "next_page_token")
    PARTIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parties: _containers.RepeatedCompositeFieldContainer[FoundParty]
    next_page_token: str
    def __init__(self, parties: _Optional[_Iterable[_Union[FoundParty, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class FoundParty(_message.Message):
    __slots__ = ("party", "order_ids")
    PARTY_FIELD_NUMBER: _ClassVar[int]
    ORDER_IDS_FIELD_NUMBER: _ClassVar[int]
    party: Party
    order_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, party: _Optional[_Union[Party, _Mapping]] = ..., order_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ErasePartyRequest(_message.Message):
    __slots__ = ("request_id", "party_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    party_id: str
    def __init__(self, request_id: _Optional[str] = ..., party_id: _Optional[str] = ...) -> None: ...

class ErasePartyResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

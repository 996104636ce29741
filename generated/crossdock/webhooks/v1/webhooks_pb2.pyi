import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.admin.v1 import admin_pb2 as _admin_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.events.v1 import events_pb2 as _events_pb2
from crossdock.orders.v1 import orders_pb2 as _orders_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class WebhookContent(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WEBHOOK_CONTENT_UNSPECIFIED: _ClassVar[WebhookContent]
    WEBHOOK_CONTENT_EVENT: _ClassVar[WebhookContent]
    WEBHOOK_CONTENT_ORDER: _ClassVar[WebhookContent]

class WebhookSignature(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WEBHOOK_SIGNATURE_UNSPECIFIED: _ClassVar[WebhookSignature]
    WEBHOOK_SIGNATURE_STANDARD: _ClassVar[WebhookSignature]
    WEBHOOK_SIGNATURE_HTTP_HMAC_SHA256: _ClassVar[WebhookSignature]
    WEBHOOK_SIGNATURE_HTTP_ED25519: _ClassVar[WebhookSignature]

class WebhookState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WEBHOOK_STATE_UNSPECIFIED: _ClassVar[WebhookState]
    WEBHOOK_STATE_ACTIVE: _ClassVar[WebhookState]
    WEBHOOK_STATE_DISABLED: _ClassVar[WebhookState]
WEBHOOK_CONTENT_UNSPECIFIED: WebhookContent
WEBHOOK_CONTENT_EVENT: WebhookContent
WEBHOOK_CONTENT_ORDER: WebhookContent
WEBHOOK_SIGNATURE_UNSPECIFIED: WebhookSignature
WEBHOOK_SIGNATURE_STANDARD: WebhookSignature
WEBHOOK_SIGNATURE_HTTP_HMAC_SHA256: WebhookSignature
WEBHOOK_SIGNATURE_HTTP_ED25519: WebhookSignature
WEBHOOK_STATE_UNSPECIFIED: WebhookState
WEBHOOK_STATE_ACTIVE: WebhookState
WEBHOOK_STATE_DISABLED: WebhookState

class Webhook(_message.Message):
    __slots__ = ("webhook_id", "url", "types", "channel_id", "content", "signature", "state", "disabled_reason", "principal", "position", "create_time", "deliver_time", "public_keys")
    WEBHOOK_ID_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DISABLED_REASON_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    DELIVER_TIME_FIELD_NUMBER: _ClassVar[int]
    PUBLIC_KEYS_FIELD_NUMBER: _ClassVar[int]
    webhook_id: str
    url: str
    types: _containers.RepeatedScalarFieldContainer[str]
    channel_id: str
    content: WebhookContent
    signature: WebhookSignature
    state: WebhookState
    disabled_reason: str
    principal: str
    position: int
    create_time: _timestamp_pb2.Timestamp
    deliver_time: _timestamp_pb2.Timestamp
    public_keys: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, webhook_id: _Optional[str] = ..., url: _Optional[str] = ..., types: _Optional[_Iterable[str]] = ..., channel_id: _Optional[str] = ..., content: _Optional[_Union[WebhookContent, str]] = ..., signature: _Optional[_Union[WebhookSignature, str]] = ..., state: _Optional[_Union[WebhookState, str]] = ..., disabled_reason: _Optional[str] = ..., principal: _Optional[str] = ..., position: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deliver_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., public_keys: _Optional[_Iterable[str]] = ...) -> None: ...

class WebhookBody(_message.Message):
    __slots__ = ("type", "occur_time", "event", "order")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    type: str
    occur_time: _timestamp_pb2.Timestamp
    event: _events_pb2.Event
    order: _orders_pb2.Order
    def __init__(self, type: _Optional[str] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., event: _Optional[_Union[_events_pb2.Event, _Mapping]] = ..., order: _Optional[_Union[_orders_pb2.Order, _Mapping]] = ...) -> None: ...

class PutWebhookRequest(_message.Message):
    __slots__ = ("request_id", "webhook_id", "url", "types", "channel_id", "content", "signature")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    WEBHOOK_ID_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    webhook_id: str
    url: str
    types: _containers.RepeatedScalarFieldContainer[str]
    channel_id: str
    content: WebhookContent
    signature: WebhookSignature
    def __init__(self, request_id: _Optional[str] = ..., webhook_id: _Optional[str] = ..., url: _Optional[str] = ..., types: _Optional[_Iterable[str]] = ..., channel_id: _Optional[str] = ..., content: _Optional[_Union[WebhookContent, str]] = ..., signature: _Optional[_Union[WebhookSignature, str]] = ...) -> None: ...

class PutWebhookResponse(_message.Message):
    __slots__ = ("webhook", "secret")
    WEBHOOK_FIELD_NUMBER: _ClassVar[int]
    SECRET_FIELD_NUMBER: _ClassVar[int]
    webhook: Webhook
    secret: str
    def __init__(self, webhook: _Optional[_Union[Webhook, _Mapping]] = ..., secret: _Optional[str] = ...) -> None: ...

class ListWebhooksRequest(_message.Message):
    __slots__ = ("page",)
    PAGE_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ...) -> None: ...

class ListWebhooksResponse(_message.Message):
    __slots__ = ("webhooks", "next_page_token")
    WEBHOOKS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    webhooks: _containers.RepeatedCompositeFieldContainer[Webhook]
    next_page_token: str
    def __init__(self, webhooks: _Optional[_Iterable[_Union[Webhook, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RemoveWebhookRequest(_message.Message):
    __slots__ = ("request_id", "webhook_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    WEBHOOK_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    webhook_id: str
    def __init__(self, request_id: _Optional[str] = ..., webhook_id: _Optional[str] = ...) -> None: ...

class RemoveWebhookResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class RotateWebhookSecretRequest(_message.Message):
    __slots__ = ("request_id", "webhook_id", "overlap")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    WEBHOOK_ID_FIELD_NUMBER: _ClassVar[int]
    OVERLAP_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    webhook_id: str
    overlap: _duration_pb2.Duration
    def __init__(self, request_id: _Optional[str] = ..., webhook_id: _Optional[str] = ..., overlap: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class RotateWebhookSecretResponse(_message.Message):
    __slots__ = ("webhook", "secret")
    WEBHOOK_FIELD_NUMBER: _ClassVar[int]
    SECRET_FIELD_NUMBER: _ClassVar[int]
    webhook: Webhook
    secret: str
    def __init__(self, webhook: _Optional[_Union[Webhook, _Mapping]] = ..., secret: _Optional[str] = ...) -> None: ...

class ReplayWebhookRequest(_message.Message):
    __slots__ = ("request_id", "webhook_id", "after_position")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    WEBHOOK_ID_FIELD_NUMBER: _ClassVar[int]
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    webhook_id: str
    after_position: int
    def __init__(self, request_id: _Optional[str] = ..., webhook_id: _Optional[str] = ..., after_position: _Optional[int] = ...) -> None: ...

class ReplayWebhookResponse(_message.Message):
    __slots__ = ("webhook",)
    WEBHOOK_FIELD_NUMBER: _ClassVar[int]
    webhook: Webhook
    def __init__(self, webhook: _Optional[_Union[Webhook, _Mapping]] = ...) -> None: ...

class ListWebhookDeliveriesRequest(_message.Message):
    __slots__ = ("page", "webhook_id", "state")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    WEBHOOK_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    webhook_id: str
    state: _admin_pb2.MessageState
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., webhook_id: _Optional[str] = ..., state: _Optional[_Union[_admin_pb2.MessageState, str]] = ...) -> None: ...

class ListWebhookDeliveriesResponse(_message.Message):
    __slots__ = ("deliveries", "next_page_token")
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    deliveries: _containers.RepeatedCompositeFieldContainer[WebhookDelivery]
    next_page_token: str
    def __init__(self, deliveries: _Optional[_Iterable[_Union[WebhookDelivery, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WebhookDelivery(_message.Message):
    __slots__ = ("message_id", "event_id", "position", "order_id", "state", "attempts", "last_failure")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    LAST_FAILURE_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    event_id: str
    position: int
    order_id: str
    state: _admin_pb2.MessageState
    attempts: int
    last_failure: str
    def __init__(self, message_id: _Optional[str] = ..., event_id: _Optional[str] = ..., position: _Optional[int] = ..., order_id: _Optional[str] = ..., state: _Optional[_Union[_admin_pb2.MessageState, str]] = ..., attempts: _Optional[int] = ..., last_failure: _Optional[str] = ...) -> None: ...

class SendTestEventRequest(_message.Message):
    __slots__ = ("webhook_id",)
    WEBHOOK_ID_FIELD_NUMBER: _ClassVar[int]
    webhook_id: str
    def __init__(self, webhook_id: _Optional[str] = ...) -> None: ...

class SendTestEventResponse(_message.Message):
    __slots__ = ("status", "failure")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    status: int
    failure: str
    def __init__(self, status: _Optional[int] = ..., failure: _Optional[str] = ...) -> None: ...

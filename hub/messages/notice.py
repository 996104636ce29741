"""What customers are written."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar, Final
from uuid import UUID

from msgspec import Struct

PICKUP_CODE: Final = "pickup_code"
"""The value that names a code: the fulfillment order's id and the code's number, with a slash between."""


SESSION_CODE: Final = "session_code"
"""The value that names a code that opens a customer's session."""

CODE: Final = "code"
"""The value that is the code itself, as customers are written it."""


class Template(Enum):
    """What a notice says, by its name in the contract."""

    ORDER_CONFIRMED = "ORDER_CONFIRMED"
    ORDER_SHIPPED = "ORDER_SHIPPED"
    ORDER_DELAYED = "ORDER_DELAYED"
    RETURN_OFFERED = "RETURN_OFFERED"
    READY_FOR_PICKUP = "READY_FOR_PICKUP"
    NOT_COLLECTED = "NOT_COLLECTED"
    WITHDRAWAL_CONFIRMED = "WITHDRAWAL_CONFIRMED"
    CUSTOMER_CODE = "CUSTOMER_CODE"


class NoticeBounce(Struct, frozen=True):
    """A notice that was sent under a message's id and did not reach the customer; `code` says why."""

    message_id: UUID
    code: str


class SendNotice(Struct, frozen=True):
    """Writes to a customer; `values` fill the template's blanks and hold no personal data.

    In place of a code they have its name, under PICKUP_CODE or SESSION_CODE; the code is made just before the call.
    """

    KIND: ClassVar[str] = "notice.send"

    order_id: UUID
    template: Template
    party_id: UUID
    language_code: str
    values: Mapping[str, str]
    channel_id: str

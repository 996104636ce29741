"""What a request means where it leaves a field out, and by which bytes two requests are the same.

A default that is stated is the same request as one that is not: both have the same canonical bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, TypeVar

from google.protobuf.descriptor import Descriptor
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from msgspec import Struct

from crossdock.catalog.v1 import catalog_pb2 as catalog
from crossdock.customers.v1 import customers_pb2 as customers
from crossdock.fulfillment.v1 import fulfillment_pb2 as fulfillment
from crossdock.fulfillment.v1 import labels_pb2 as labels
from crossdock.inventory.v1 import reservations_pb2 as reservations
from crossdock.inventory.v1 import supply_pb2 as supply
from crossdock.network.v1 import network_pb2 as network
from crossdock.orders.v1 import bulk_service_pb2 as bulk
from crossdock.orders.v1 import change_service_pb2 as changes
from crossdock.orders.v1 import order_service_pb2 as order_service
from crossdock.orders.v1 import orders_pb2 as orders
from crossdock.promising.v1 import promising_pb2 as promising
from crossdock.returns.v1 import returns_pb2 as returns
from crossdock.trade.v1 import trade_pb2 as trade
from crossdock.webhooks.v1 import webhooks_pb2 as webhooks

M = TypeVar("M", bound=Message)

_DEFAULTS: Final[Mapping[type[Message], Mapping[str, Any]]] = {
    customers.OwnReturnDraft: {"resolution": returns.MONEY_RESOLUTION_REFUND},
    catalog.Item: {"state": catalog.ITEM_STATE_ACTIVE, "unit_code": "EA"},
    labels.PackedParcel: {"format": fulfillment.LABEL_FORMAT_PDF},
    supply.Receipt: {"condition": supply.CONDITION_SELLABLE},
    reservations.ReservationDraft: {"kind": reservations.RESERVATION_KIND_FLOATING},
    network.Channel: {"default_service_code": "STANDARD", "shortage_policy": network.SHORTAGE_POLICY_REFUSE},
    network.PartnerAccount: {"max_in_flight": 4},
    network.ChangeTerms: {"validity": Duration(seconds=15 * 60)},
    network.ScreeningTerms: {"review_score": 88, "decision_days": 365},
    network.PromiseTerms: {"validity": Duration(seconds=15 * 60)},
    network.ReservationLimits: {
        "default_ttl": Duration(seconds=15 * 60),
        "longest_ttl": Duration(seconds=60 * 60),
        "longest_life": Duration(seconds=4 * 60 * 60),
    },
    orders.OrderDraft: {
        "delivery_method": orders.DELIVERY_METHOD_SHIP,
        "reservation_policy": orders.RESERVATION_POLICY_REFUSE,
        "tax_treatment": orders.TAX_TREATMENT_TAXED,
    },
    orders.Tax: {"kind": orders.TAX_KIND_SALES},
    changes.ProposeChangeRequest: {"requested_by": changes.CHANGE_REQUESTER_STAFF},
    bulk.HoldOrdersRequest: {"type": orders.HOLD_TYPE_MANUAL},
    order_service.PlaceHoldRequest: {"type": orders.HOLD_TYPE_MANUAL},
    bulk.ResumeOrdersRequest: {"type": orders.HOLD_TYPE_MANUAL},
    returns.CreditDraft: {"resolution": returns.MONEY_RESOLUTION_REFUND},
    returns.ReturnDraft: {"resolution": returns.MONEY_RESOLUTION_REFUND},
    returns.ReturnLineDraft: {"reason": returns.RETURN_REASON_OTHER},
    promising.LandedCostQuestion: {"incoterm": trade.INCOTERM_DDP, "declaration": trade.DECLARATION_REDUCED},
    trade.Consignment: {"incoterm": trade.INCOTERM_DDP, "declaration": trade.DECLARATION_REDUCED},
    trade.Goods: {"tax_category": "STANDARD"},
    webhooks.PutWebhookRequest: {
        "content": webhooks.WEBHOOK_CONTENT_EVENT,
        "signature": webhooks.WEBHOOK_SIGNATURE_STANDARD,
    },
    returns.ReturnPolicy: {
        "promotions": returns.PROMOTION_POLICY_PROPORTIONAL,
        "shipping": returns.SHIPPING_REFUND_NEVER,
    },
}
MEANT: Final[Mapping[str, Any]] = {
    f"{message.DESCRIPTOR.full_name}.{name}": value
    for message, defaults in _DEFAULTS.items()
    for name, value in defaults.items()
}
"""What a field means that is not stated, where that is the same whatever else is; by the field's full name."""


class _Places(Struct, frozen=True):
    """Where defaults may stand in messages of a type: fields with what they mean, and fields of messages with such."""

    own: tuple[tuple[str, Any], ...]
    one: tuple[str, ...]
    several: tuple[str, ...]


def meant(message: Message, name: str) -> Any:
    """Return what a field states, or what it means where nothing is stated."""
    stated = getattr(message, name)
    empty = not (stated.ByteSize() if isinstance(stated, Message) else stated)
    return MEANT[f"{message.DESCRIPTOR.full_name}.{name}"] if empty else stated


def canonical(message: Message) -> bytes:
    """Return the bytes of a message without defaults that it states: two that ask for the same have the same bytes."""
    return (_without(message) if _states_default(message) else message).SerializeToString(deterministic=True)


def _states_default(message: Message) -> bool:
    places = _places(message.DESCRIPTOR)
    return (
        any(getattr(message, name) == default for name, default in places.own)
        or any(message.HasField(name) and _states_default(getattr(message, name)) for name in places.one)
        or any(_states_default(held) for name in places.several for held in getattr(message, name))
    )


def _without(message: M) -> M:
    copied = type(message)()
    copied.CopyFrom(message)
    _clear(copied)
    return copied


def _clear(message: Message) -> None:
    places = _places(message.DESCRIPTOR)
    for name, default in places.own:
        if getattr(message, name) == default:
            message.ClearField(name)
    for name in places.one:
        if message.HasField(name):
            _clear(getattr(message, name))
    for name in places.several:
        for held in getattr(message, name):
            _clear(held)


@cache
def _places(kind: Descriptor) -> _Places:
    holding = [field for field in kind.fields if field.message_type and _holds_default(field.message_type, frozenset())]
    return _Places(
        own=tuple((field.name, MEANT[field.full_name]) for field in kind.fields if field.full_name in MEANT),
        one=tuple(field.name for field in holding if not field.is_repeated),
        several=tuple(field.name for field in holding if field.is_repeated),
    )


def _holds_default(kind: Descriptor, above: frozenset[Descriptor]) -> bool:
    """Whether a default may stand in messages of a type, or in what they hold; maps of messages hold none."""
    if kind in above or kind.GetOptions().map_entry:
        return False
    return any(
        field.full_name in MEANT or (field.message_type and _holds_default(field.message_type, above | {kind}))
        for field in kind.fields
    )

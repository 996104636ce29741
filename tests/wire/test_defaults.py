"""Two requests are the same where one states what the other leaves to the default."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from google.protobuf.descriptor_pool import Default
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from hub.api.edge.calls import Call
from hub.kernel.scope import HUB
from hub.wire.defaults import MEANT, canonical, meant
from hub.wire.orders.drafts import draft_from_pb
from tests.wire.test_drafts import stated as stated_draft


def stating(name: str, value: Any) -> Message:
    """A message that states one field."""
    message, _, field = name.rpartition(".")
    return GetMessageClass(Default().FindMessageTypeByName(message))(**{field: value})


@pytest.mark.parametrize("name", MEANT)
def test_a_default_that_is_stated_is_the_same_request(name: str) -> None:
    stated, silent = stating(name, MEANT[name]), stating(name, None)
    field = name.rpartition(".")[2]

    assert canonical(stated) == canonical(silent) == b""
    assert meant(stated, field) == meant(silent, field) == MEANT[name]
    assert stated.ByteSize()


def test_defaults_are_left_out_however_deep_and_nothing_else_is() -> None:
    order = orders_pb2.OrderDraft(channel_reference="W-1", delivery_method=orders_pb2.DELIVERY_METHOD_SHIP)
    other = orders_pb2.OrderDraft(channel_reference="W-1", delivery_method=orders_pb2.DELIVERY_METHOD_PICKUP)
    silent = orders_pb2.OrderDraft(channel_reference="W-1")
    place = order_service_pb2.PlaceOrderRequest

    assert canonical(place(order=order)) == canonical(place(order=silent)) == canonical(silent_of(place(order=order)))
    assert canonical(place(order=other)) != canonical(place(order=silent))
    assert order.delivery_method == orders_pb2.DELIVERY_METHOD_SHIP


def test_of_several_each_is_looked_at() -> None:
    accounts = [network_pb2.PartnerAccount(account_id=name, max_in_flight=4) for name in ("wms", "psp")]
    silent = [network_pb2.PartnerAccount(account_id=name) for name in ("wms", "psp")]

    assert canonical(network_pb2.Network(accounts=accounts)) == canonical(network_pb2.Network(accounts=silent))


def silent_of(request: order_service_pb2.PlaceOrderRequest) -> order_service_pb2.PlaceOrderRequest:
    """The same request without its stated default."""
    other = order_service_pb2.PlaceOrderRequest()
    other.CopyFrom(request)
    other.order.ClearField("delivery_method")
    return other


def test_a_call_and_an_order_are_known_again_though_a_default_is_stated() -> None:
    silent = order_service_pb2.PlaceOrderRequest(request_id=str(UUID(int=1)))
    silent.order.CopyFrom(stated_draft())
    stated = order_service_pb2.PlaceOrderRequest()
    stated.CopyFrom(silent)
    stated.order.reservation_policy = orders_pb2.RESERVATION_POLICY_REFUSE
    call = Call("PlaceOrder", HUB)

    contents = {call.asked(request, silent.request_id).content for request in (silent, stated)}

    assert len(contents) == 1
    assert draft_from_pb(silent.order).content_hash == draft_from_pb(stated.order).content_hash

"""Promises on the wire."""

from __future__ import annotations

from crossdock.promising.v1 import promising_pb2
from hub.promising.model import Promise
from hub.wire.instants import instant_to_pb


def promise_to_pb(promise: Promise) -> promising_pb2.DeliveryPromise:
    """The promise as a message; without node and times where no stock covers it."""
    return promising_pb2.DeliveryPromise(
        sku=promise.sku,
        quantity=promise.quantity,
        node_id=promise.node_id or "",
        ship_time=None if promise.dates is None else instant_to_pb(promise.dates.ship_at),
        deliver_by_time=None if promise.dates is None else instant_to_pb(promise.dates.deliver_by),
    )

"""Wished days of arrival on the wire."""

from __future__ import annotations

from crossdock.network.v1 import carriers_pb2 as pb
from hub.network.model.carriers import DeliveryWish
from hub.wire.instants import day_from_text


def wish_from_pb(message: pb.DeliveryWish) -> DeliveryWish:
    """Return the wish of a message; raises InvalidField for a day that is none."""
    return DeliveryWish(day_from_text(message.day, field="wish.day"), message.slot_id)


def wish_to_pb(wish: DeliveryWish | None) -> pb.DeliveryWish | None:
    """Return a wish as a message; None where there is none."""
    return None if wish is None else pb.DeliveryWish(day=wish.day.isoformat(), slot_id=wish.slot_id)

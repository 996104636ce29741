"""Intercompany entries on the wire."""

from __future__ import annotations

from typing import Final

from crossdock.trade.v1 import intercompany_pb2 as pb
from hub.trade.model.intercompany import IntercompanyCause, IntercompanyEntry
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb
from hub.wire.prices import minor_to_pb

CAUSES: Final = Names(IntercompanyCause, pb.IntercompanyCause, "INTERCOMPANY_CAUSE")


def entry_to_pb(entry: IntercompanyEntry) -> pb.IntercompanyEntry:
    """The entry as a message."""
    return pb.IntercompanyEntry(
        entry_id=str(entry.entry_id),
        order_id=str(entry.order_id),
        cause=CAUSES.to_pb(entry.cause),
        subject_id=str(entry.subject_id),
        node_id=entry.node_id,
        line_number=entry.line_number,
        sku=entry.sku,
        quantity=entry.quantity,
        from_seller_id=entry.from_seller_id,
        to_seller_id=entry.to_seller_id,
        value=minor_to_pb(entry.value_minor, entry.currency),
        occur_time=instant_to_pb(entry.occurred_at),
    )

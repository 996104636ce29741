"""What a sound call of each rpc sends: the messages of its request, and which of them has all its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message

from crossdock.inventory.v1 import inventory_pb2
from crossdock.orders.v1 import adoption_service_pb2, order_service_pb2, orders_pb2
from crossdock.screening.v1 import screening_pb2
from crossdock.trade.v1 import trade_pb2
from tests.support.world import TUESDAY
from tests.unit.api.serving import euros, placing
from tests.walks.requests import asked, fill

REMEMBERED: Final = {"key": "cursor", "name": "poll", "series": "invoices", "holder": "a process"}
"""What adapters ask about."""


@dataclass(frozen=True)
class Base:
    """The messages of a sound call; one of them at a time is varied."""

    messages: tuple[Message, ...]

    def calls(self, number: int, varied: bytes) -> list[bytes]:
        """Return the bytes of all messages, with another content of one."""
        return [varied if index == number else one.SerializeToString() for index, one in enumerate(self.messages)]


def as_new(message: Message) -> Message:
    """Return the same request under request ids of its own."""
    made = type(message)()
    made.CopyFrom(message)
    for field, value in made.ListFields():
        if field.name == "request_id":
            setattr(made, field.name, str(uuid4()))
        elif field.message_type is not None and field.is_repeated and not field.message_type.GetOptions().map_entry:
            for element in value:
                element.CopyFrom(as_new(element))
    return made


def base(method: MethodDescriptor, known: Mapping[str, str]) -> Base:
    """Return a sound call of an rpc, in a hub where `facts` were made."""
    match method.name:
        case "PlaceOrders":
            placed = order_service_pb2.PlaceOrdersRequest()
            fill(placed.orders.add(), dict(known), required_only=True)
            return Base((placed,))
        case "AdoptOrders":
            adopted = adoption_service_pb2.AdoptOrdersRequest()
            order = adopted.orders.add()
            order.request_id = str(uuid4())
            order.order.order.CopyFrom(placing("W-OLD").order)
            order.order.units.add(line_number=1, quantity=2, state=orders_pb2.SLICE_STATE_RESERVED, node_id="DC-NL")
            return Base((adopted,))
        case "LoadList":
            listed = [
                screening_pb2.ListFile(name="list.csv", content="entry_id,name,alias,address,program\n1,A B,,,\n")
            ]
            return Base((screening_pb2.LoadListRequest(request_id=str(uuid4()), list_name="WALK", files=listed),))
        case "LoadRules":
            files = [trade_pb2.RuleFile(name="sources.csv", content="source,citation\n")]
            return Base((trade_pb2.LoadRulesRequest(request_id=str(uuid4()), files=files),))
        case "CalculateLandedCost" | "PlaceHold":
            return Base((_landed() if method.name == "CalculateLandedCost" else _held(known["order_id"]),))
        case "ImportSnapshot":
            return Base(_count(dict(known)))
        case "BuyLabels":
            packed: Any = asked(method, dict(known))
            packed.parcels[0].weight_grams = 900
            return Base((packed,))
        case "AdvanceTime" | "AcquireLease":
            timed: Any = asked(method, dict(known) | REMEMBERED)
            timed.span.FromSeconds(1)
            return Base((timed,))
        case _ if method.containing_service.name == "AdapterStateService":
            return Base((asked(method, dict(known) | REMEMBERED),))
        case _:
            return Base((asked(method, dict(known)),))


def _count(known: dict[str, str]) -> tuple[Message, ...]:
    header, rows = inventory_pb2.ImportSnapshotRequest(), inventory_pb2.ImportSnapshotRequest()
    fill(header.header, known, required_only=True)
    header.header.node_ids[:] = ["DC-NL"]
    header.header.row_count = 1
    header.header.count_time.FromDatetime(TUESDAY - timedelta(hours=1))
    rows.rows.rows.add(sku="SHIRT", node_id="DC-NL", on_hand=20)
    return header, rows


def _landed() -> trade_pb2.CalculateLandedCostRequest:
    goods = trade_pb2.Goods(reference="1", value=euros(9), hs_code="610910", origin_country_code="CN")
    parcel = trade_pb2.Consignment(
        consignment_id="1",
        from_country_code="CN",
        to_country_code="NL",
        import_date="2026-07-15",
        flow=trade_pb2.TRADE_FLOW_POSTAL,
        goods=[goods],
        freight=euros(1),
        insurance=euros(1),
    )
    return trade_pb2.CalculateLandedCostRequest(consignments=[parcel])


def _held(order_id: str) -> order_service_pb2.PlaceHoldRequest:
    """A hold that blocks an operation."""
    return order_service_pb2.PlaceHoldRequest(request_id=str(uuid4()), order_id=order_id, reason="odd", blocks=["ship"])

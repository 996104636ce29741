"""What two runs of the story can be compared by: an ending without what differs from run to run.

Identities are random, so orders go by their channel's reference, and what belongs to an order goes under it; versions
and instants follow the pace of a run and are left out. So are hashes: each installation makes them by its own key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from crossdock.payments.v1 import payments_pb2
from hub.app.demo.reading import Ending, OrderEnding

_OF_A_RUN = frozenset(
    {
        "order_id", "version", "customer_party_id", "ship_to_party_id", "bill_to_party_id", "trace_id", "hold_id",
        "create_time", "expire_time", "fulfillment_order_id", "shipment_id", "promised_time", "instrument_id",
        "transaction_id", "provider_reference", "partner_reference", "ship_by_time", "tracking_number",
        "shipment_reference", "ship_time", "deliver_time", "document_id", "receive_time", "order_ids", "read_count",
        "exception_id", "deadline_time", "return_id", "credit_id", "tote_id", "receipt_reference", "occur_time",
        "return_by_time", "open_time", "resolve_time", "detail", "suggested_command", "tracking_url",
        "update_time", "request_id", "ask_time", "answer_time", "content_hash", "authorization_id",
    }
)  # fmt: skip


def condensed(ending: Ending) -> dict[str, Any]:
    """The ending as plain values that two runs have alike."""
    references = {order.order.order_id: order.reference for order in ending.orders}
    return {
        "orders": {f"{order.order.channel_id}/{order.reference}": _order(order) for order in ending.orders},
        "returns": _sorted(
            [_plain(return_) | {"order": references.get(return_.order_id, "")} for return_ in ending.returns]
        ),
        "totes": _sorted([_plain(tote) for tote in ending.totes]),
        "stock": _sorted([_plain(one) for one in ending.stock]),
        "documents": _sorted([_plain(document) for document in ending.documents]),
        "exceptions": _sorted(
            [
                {
                    "reason": exception.reason,
                    "order": references.get(exception.order_id, ""),
                    "open": not exception.HasField("resolve_time"),
                }
                for exception in ending.exceptions
            ]
        ),
        "dead letters": sorted(message.kind for message in ending.messages),
        "violations": ending.violations,
    }


def digest(value: object) -> str:
    """A hash of plain values, the same whatever their order of names."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _order(ending: OrderEnding) -> dict[str, Any]:
    order = _plain(ending.order)
    for line in order.get("lines", []):
        line["slices"] = _sorted(line["slices"])
    order["holds"] = _sorted(order.get("holds", []))
    work = [_plain(each) for each in ending.work]
    for each in work:
        each["shipments"] = _sorted(each.get("shipments", []))
    money = _plain(ending.payments)
    money["transactions"] = _transactions(ending.payments.transactions)
    happened = sorted(entry.type for entry in ending.timeline)
    return {"order": order, "work": _sorted(work), "payments": money, "happened": happened}


def _transactions(transactions: Sequence[payments_pb2.Transaction]) -> list[Any]:
    """Transactions, each with what the authorization under it states in place of that one's identity."""
    plain = {each.transaction_id: _plain(each) for each in transactions}
    return _sorted(
        [plain[each.transaction_id] | {"authorization": plain.get(each.authorization_id)} for each in transactions]
    )


def _plain(message: Message) -> dict[str, Any]:
    plain: dict[str, Any] = MessageToDict(message, preserving_proto_field_name=True)
    stripped = _stripped(plain)
    assert isinstance(stripped, dict)  # noqa: S101 (a message becomes a mapping)
    return stripped


def _stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _stripped(one) for name, one in value.items() if name not in _OF_A_RUN}
    if isinstance(value, list):
        return [_stripped(one) for one in value]
    return value


def _sorted(values: list[Any]) -> list[Any]:
    return sorted(values, key=lambda value: json.dumps(value, sort_keys=True))

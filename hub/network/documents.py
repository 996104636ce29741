"""The network as the JSON document in which it is stored: one form for one content, so that two can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from typing import Any, Final

from hub.kernel.money import Money
from hub.network.model import (
    Calendar,
    Channel,
    Lane,
    Network,
    Node,
    NodeAddress,
    NodeKind,
    PartnerAccount,
    PartnerKind,
    ShortagePolicy,
)

Document = dict[str, Any]

_PARTS: Final = ("nodes", "calendars", "lanes", "accounts", "channels")


def document_of(network: Network) -> Document:
    """The content of a network, without its version; parts stand sorted by id."""
    return {name: [_plain(part) for _, part in sorted(getattr(network, name).items())] for name in _PARTS}


def network_of(document: Mapping[str, Any], version: int) -> Network:
    """The network of a document that `document_of` made."""
    return Network.of(
        version=version,
        nodes=[_node(part) for part in document["nodes"]],
        calendars=[_calendar(part) for part in document["calendars"]],
        lanes=[_lane(part) for part in document["lanes"]],
        accounts=[PartnerAccount(**part | {"kind": PartnerKind(part["kind"])}) for part in document["accounts"]],
        channels=[_channel(part) for part in document["channels"]],
    )


def _plain(value: Any) -> Any:
    """A value of the model as JSON has it; sets become sorted lists."""
    match value:
        case str() | int():
            return value
        case Money():
            return [value.minor, value.currency]
        case date() | time():
            return value.isoformat()
        case NodeKind() | PartnerKind() | ShortagePolicy():
            return value.value
        case frozenset() | tuple():
            plain = [_plain(one) for one in value]
            return plain if isinstance(value, tuple) else sorted(plain)
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _node(part: Document) -> Node:
    address = part["address"] | {"street_lines": tuple(part["address"]["street_lines"])}
    return Node(
        **part
        | {
            "kind": NodeKind(part["kind"]),
            "address": NodeAddress(**address),
            "cut_off": time.fromisoformat(part["cut_off"]),
            "handling_cost": Money(*part["handling_cost"]),
        }
    )


def _calendar(part: Document) -> Calendar:
    holidays = frozenset(date.fromisoformat(day) for day in part["holidays"])
    return Calendar(part["calendar_id"], frozenset(part["working_weekdays"]), holidays)


def _lane(part: Document) -> Lane:
    return Lane(**part | {"parcel_rate": Money(*part["parcel_rate"])})


def _channel(part: Document) -> Channel:
    policy = ShortagePolicy(part["shortage_policy"])
    return Channel(**part | {"node_ids": frozenset(part["node_ids"]), "shortage_policy": policy})

"""The versions of the network: one row each, whole, as a JSON document.

One content has one document, so that two versions can be compared by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace
from sqlalchemy import BigInteger, Column, DateTime, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.network.model import (
    Calendar,
    ChangeTerms,
    Channel,
    ComingNetwork,
    Coordinates,
    Markdown,
    Network,
    Node,
    NodeAddress,
    NodeKind,
    PartnerAccount,
    PartnerKind,
    PostalArea,
    PromiseTerms,
    Replacement,
    ReservationLimits,
    ReturnTerms,
    ScreeningTerms,
    ShortagePolicy,
    SourcingPolicy,
    SourcingRule,
    SourcingTrial,
)
from hub.network.model.carriers import (
    CarrierService,
    DeliverySlot,
    Lane,
    Pickup,
    RateBreak,
    RateTable,
    Surcharge,
    Zone,
    ZoneArea,
)

T = TypeVar("T", bound=Struct)
Document = dict[str, Any]
_PARTS: Final = (
    "nodes",
    "calendars",
    "lanes",
    "accounts",
    "channels",
    "postal_areas",
    "zones",
    "services",
    "rate_tables",
)
_LOST: Final = ("removed_nodes", "removed_accounts", "removed_channels", "overbooked_nodes")
"""What a coming network may lose."""

NETWORK = Table(
    "network",
    METADATA,
    Column("version", BigInteger, primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("put_by", Text, nullable=False),
    Column("put_at", DateTime(timezone=True), nullable=False),
)

VERSION: Final = "(SELECT coalesce(max(version), 0) FROM network)"
"""The version in force, as part of a question; 0 when there is none."""
_LATEST: Final = "SELECT version, document::text AS document FROM network ORDER BY version DESC LIMIT 1"
_PAST: Final = """
SELECT version, document::text AS document FROM network WHERE put_at <= %(at)s ORDER BY version DESC LIMIT 1
"""
_LOCK: Final = "LOCK TABLE network IN SHARE ROW EXCLUSIVE MODE"


async def lock(tx: Tx) -> None:
    """Lets nobody else put a version until the transaction ends; readers go on."""
    await tx.execute(_LOCK)


async def latest_version(tx: Tx) -> int:
    """The version in force; 0 when there is none."""
    return int((await tx.fetch(f"SELECT {VERSION} AS version"))[0]["version"])


def expect_version(tx: Tx, version: int) -> None:
    """Has the transaction be AssumptionBroken where another version is in force."""
    tx.expect(VERSION, version)


async def latest(tx: Tx) -> tuple[int, Document] | None:
    """The version in force and its document."""
    rows = await tx.fetch(_LATEST)
    if not rows:
        return None
    (row,) = rows
    return row["version"], await tx.aside(lambda: msgspec.json.decode(row["document"]))


async def current(tx: Tx) -> Network:
    """The network in force; an empty one before any was put."""
    return await _put_together(tx, await tx.fetch(_LATEST))


async def past(tx: Tx, at: Instant) -> Network:
    """The network that was in force at an instant; an empty one before any was put."""
    return await _put_together(tx, await tx.fetch(_PAST, {"at": at}))


async def _put_together(tx: Tx, rows: Sequence[Row]) -> Network:
    """The network of a row, made by a thread: a retailer has many thousand lanes, and others are answered meanwhile."""
    if not rows:
        return Network()
    (row,) = rows
    return await tx.aside(lambda: network_of(msgspec.json.decode(row["document"]), row["version"]))


async def add(tx: Tx, version: int, document: Document, put_by: str, *, at: Instant) -> None:
    """Writes a version, from now on the one in force."""
    await sets.insert(tx, NETWORK, [{"version": version, "document": document, "put_by": put_by, "put_at": at}])


def document_of(network: Network) -> Document:
    """The content of a network, without its version; parts stand sorted by id, those to come by their instant."""
    document: Document = {name: [_plain(part) for _, part in sorted(getattr(network, name).items())] for name in _PARTS}
    if network.coming:
        document["coming"] = [_plain_coming(one) for one in network.coming]
    return document


def _plain_coming(coming: ComingNetwork) -> Document:
    replacement = coming.replacement
    lost = {name: sorted(getattr(replacement, name)) for name in _LOST}
    return {"valid_from": coming.valid_from.isoformat(), "network": document_of(replacement.network), **lost}


def _coming(part: Document) -> ComingNetwork:
    network = network_of(part["network"], 0)
    replacement = _read(Replacement, part, network=network, **{name: frozenset(part[name]) for name in _LOST})
    return ComingNetwork(datetime.fromisoformat(part["valid_from"]), replace(replacement, valid_from=None))


def network_of(document: Mapping[str, Any], version: int) -> Network:
    """The network of a document that `document_of` made."""
    return Network.of(
        version=version,
        nodes=[_node(part) for part in document["nodes"]],
        calendars=[_calendar(part) for part in document["calendars"]],
        lanes=[_lane(part) for part in document["lanes"]],
        accounts=[_account(part) for part in document["accounts"]],
        channels=[_channel(part) for part in document["channels"]],
        postal_areas=[
            _read(PostalArea, part, coordinates=_read(Coordinates, part["coordinates"]))
            for part in document.get("postal_areas", ())
        ],
        zones=[_zone(part) for part in document.get("zones", ())],
        services=[_service(part) for part in document.get("services", ())],
        rate_tables=[_rate_table(part) for part in document.get("rate_tables", ())],
        coming=[_coming(part) for part in document.get("coming", ())],
    )


def _plain(value: Any) -> Any:
    """A value of the model as JSON has it; sets become sorted lists."""
    match value:
        case None | str() | int() | float():
            return value
        case Money():
            return [value.minor, value.currency]
        case date() | time() | Decimal():
            return str(value)
        case NodeKind() | PartnerKind() | ShortagePolicy():
            return value.value
        case frozenset() | tuple():
            plain = [_plain(element) for element in value]
            return plain if isinstance(value, tuple) else sorted(plain)
    fields = value if isinstance(value, dict) else asdict(value)
    return {name: _plain(field) for name, field in fields.items()}


def _node(part: Document) -> Node:
    address = part["address"]
    return _read(
        Node,
        part,
        kind=NodeKind(part["kind"]),
        address=_read(NodeAddress, address, street_lines=tuple(address["street_lines"])),
        cut_off=time.fromisoformat(part["cut_off"]),
        handling_cost=Money(*part["handling_cost"]),
        variance_value=Money(*part["variance_value"]) if part.get("variance_value") else None,
        coordinates=_read(Coordinates, part["coordinates"]) if part.get("coordinates") else None,
        returns=_return_terms(part.get("returns")),
        skills=frozenset(part.get("skills", ())),
    )


def _return_terms(part: Document | None) -> ReturnTerms | None:
    if part is None:
        return None
    cost = part["handling_cost"]
    return _read(
        ReturnTerms, part, sell_through=Decimal(part["sell_through"]), handling_cost=Money(*cost) if cost else None
    )


def _calendar(part: Document) -> Calendar:
    holidays = frozenset(date.fromisoformat(day) for day in part["holidays"])
    return _read(Calendar, part, working_weekdays=frozenset(part["working_weekdays"]), holidays=holidays)


def _lane(part: Document) -> Lane:
    return _read(Lane, part, parcel_rate=_optional_money(part["parcel_rate"]))


def _optional_money(part: Any) -> Money | None:
    return Money(*part) if part else None


def _zone(part: Document) -> Zone:
    return _read(Zone, part, areas=tuple(_read(ZoneArea, area) for area in part["areas"]))


def _service(part: Document) -> CarrierService:
    return _read(
        CarrierService,
        part,
        pickups=tuple(_pickup(pickup) for pickup in part["pickups"]),
        surcharges=tuple(
            _read(Surcharge, one, amount=_optional_money(one["amount"]), share=Decimal(one["share"]))
            for one in part["surcharges"]
        ),
        slots=tuple(_slot(slot) for slot in part.get("slots", ())),
    )


def _slot(part: Document) -> DeliverySlot:
    begins, ends = time.fromisoformat(part["begins"]), time.fromisoformat(part["ends"])
    return _read(DeliverySlot, part, begins=begins, ends=ends)


def _pickup(part: Document) -> Pickup:
    cut_off = time.fromisoformat(part["cut_off"])
    return _read(Pickup, part, weekdays=frozenset(part["weekdays"]), cut_off=cut_off)


def _rate_table(part: Document) -> RateTable:
    return _read(
        RateTable, part, breaks=tuple(_read(RateBreak, one, rate=Money(*one["rate"])) for one in part["breaks"])
    )


def _account(part: Document) -> PartnerAccount:
    return _read(PartnerAccount, part, kind=PartnerKind(part["kind"]))


def _channel(part: Document) -> Channel:
    policy = ShortagePolicy(part["shortage_policy"])
    limits = _read(ReservationLimits, part.get("reservation_limits", {}))
    return _read(
        Channel,
        part,
        node_ids=frozenset(part["node_ids"]),
        shortage_policy=policy,
        reservation_limits=limits,
        promise_terms=_promise_terms(part.get("promise_terms", {})),
        sourcing_policy=_sourcing_policy(part.get("sourcing_policy", {})),
        sourcing_trial=_sourcing_trial(part.get("sourcing_trial")),
        change_terms=_read(ChangeTerms, part.get("change_terms", {})),
        screening_terms=_screening_terms(part.get("screening_terms")),
    )


def _screening_terms(part: Document | None) -> ScreeningTerms | None:
    return None if part is None else _read(ScreeningTerms, part)


def _sourcing_policy(part: Document) -> SourcingPolicy:
    lists = ("rules", "markdowns")
    amounts = {name: Money(*value) for name, value in part.items() if isinstance(value, list) and name not in lists}
    rules = tuple(_read(SourcingRule, rule) for rule in part.get("rules", ()))
    markdowns = tuple(_read(Markdown, one, amount=Money(*one["amount"])) for one in part.get("markdowns", ()))
    return _read(SourcingPolicy, part, **amounts, rules=rules, markdowns=markdowns)


def _sourcing_trial(part: Document | None) -> SourcingTrial | None:
    return None if part is None else _read(SourcingTrial, part, policy=_sourcing_policy(part["policy"]))


def _promise_terms(part: Document) -> PromiseTerms:
    fees = {service: Money(*fee) for service, fee in part.get("delivery_fees", {}).items()}
    return _read(PromiseTerms, part, delivery_fees=fees, demand_tiers=tuple(part.get("demand_tiers", ())))


def _read(form: type[T], part: Document, /, **read: Any) -> T:
    """A part of the model; what a newer release added to the document is passed over while both run."""
    known = {name: part[name] for name in form.__struct_fields__ if name in part}
    return form(**known | read)

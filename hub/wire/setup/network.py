"""The network on the wire, and in files that hold it as JSON of the same message."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum
from itertools import islice
from typing import Any, Final, TypeVar

from google.protobuf import json_format
from google.protobuf.duration_pb2 import Duration

from crossdock.network.v1 import network_pb2
from hub.kernel.errors import InvalidField, inside
from hub.network.model import (
    Calendar,
    Channel,
    ComingNetwork,
    Network,
    PartnerAccount,
    PartnerKind,
    PostalArea,
    Replacement,
    ShortagePolicy,
)
from hub.wire.codes import country_from_text
from hub.wire.defaults import meant
from hub.wire.instants import day_from_text, duration_to_pb, instant_to_pb, optional_instant
from hub.wire.setup import carriers
from hub.wire.setup import channel_terms as terms
from hub.wire.setup.nodes import coordinates_from_pb, coordinates_to_pb, node_from_pb, node_to_pb
from hub.wire.setup.sourcing_policy import policy_from_pb, policy_to_pb, trial_from_pb, trial_to_pb

E = TypeVar("E", bound=Enum)

LARGEST_PAGE_BYTES: Final = 1 << 20
"""A page of a network ends before it is larger."""


def network_from_json(text: str) -> Network:
    """The network in a file: JSON of crossdock.network.v1.Network.

    Raises InvalidField where the text is not that, and what `network_from_pb` raises.
    """
    try:
        return network_from_pb(json_format.Parse(text, network_pb2.Network()))
    except json_format.ParseError as error:
        raise InvalidField(
            f"The network file is not JSON of a network: {error}. Correct it.", network="unreadable"
        ) from error


def network_from_pb(message: network_pb2.Network) -> Network:
    """The network in a message, with the contract's defaults; its version, and which nodes are closed, are left out.

    Raises InvalidField for what is no time, date, amount or value of an enum, and ConfigurationInvalid for an id that
    stands twice.
    """
    return Network.of(
        nodes=[node_from_pb(node, f"nodes[{index}]") for index, node in enumerate(message.nodes)],
        calendars=[_calendar(one, f"calendars[{index}]") for index, one in enumerate(message.calendars)],
        lanes=[carriers.lane_from_pb(lane, f"lanes[{index}]") for index, lane in enumerate(message.lanes)],
        accounts=[_account(account, f"accounts[{index}]") for index, account in enumerate(message.accounts)],
        channels=[_channel(channel, f"channels[{index}]") for index, channel in enumerate(message.channels)],
        postal_areas=[_area(area) for area in message.postal_areas],
        zones=[carriers.zone_from_pb(zone, f"zones[{index}]") for index, zone in enumerate(message.zones)],
        services=[carriers.service_from_pb(one, f"services[{index}]") for index, one in enumerate(message.services)],
        rate_tables=[
            carriers.rate_table_from_pb(table, f"rate_tables[{index}]")
            for index, table in enumerate(message.rate_tables)
        ],
    )


def replacement_from_pb(message: network_pb2.PutNetworkRequest) -> Replacement:
    """The network of a request, with what it may replace and lose. Raises what `network_from_pb` raises."""
    with inside("network"):
        network = network_from_pb(message.network)
    return Replacement(
        network=network,
        expected_version=message.expected_version,
        removed_nodes=frozenset(message.removed_node_ids),
        removed_accounts=frozenset(message.removed_account_ids),
        removed_channels=frozenset(message.removed_channel_ids),
        overbooked_nodes=frozenset(message.overbooked_node_ids),
        valid_from=optional_instant(message, "valid_from_time"),
    )


def coming_to_pb(coming: ComingNetwork) -> network_pb2.ComingNetwork:
    """A network that is to come as a message: when, how much of each part, and what it may lose."""
    replacement = coming.replacement
    network = replacement.network
    return network_pb2.ComingNetwork(
        valid_from_time=instant_to_pb(coming.valid_from),
        node_count=len(network.nodes),
        lane_count=len(network.lanes),
        channel_count=len(network.channels),
        removed_node_ids=sorted(replacement.removed_nodes),
        removed_account_ids=sorted(replacement.removed_accounts),
        removed_channel_ids=sorted(replacement.removed_channels),
        overbooked_node_ids=sorted(replacement.overbooked_nodes),
    )


def network_to_pb(network: Network) -> network_pb2.Network:
    """The whole network as a message, with its version."""
    message = network_pb2.Network(version=network.version)
    for field, part, to_pb in _parts(network, _FIELDS):
        getattr(message, field).append(to_pb(part))
    return message


def network_page_to_pb(
    network: Network, fields: Collection[str], start: int, size: int
) -> tuple[network_pb2.Network, int | None]:
    """The parts in some fields (empty: all) from the number `start` on, and the number of the next page's first part.

    A page has `size` parts at most, and ends where it would become larger than LARGEST_PAGE_BYTES. None: it is the
    last. Only the parts of the page are made into messages.
    """
    message = network_pb2.Network(version=network.version)
    parts = islice(_parts(network, fields or _FIELDS), start, None)
    left = LARGEST_PAGE_BYTES
    for number, (field, part, to_pb) in enumerate(parts, start=start):
        stated = to_pb(part)
        left -= stated.ByteSize()
        if number - start == size or (left < 0 and number > start):
            return message, number
        getattr(message, field).append(stated)
    return message, None


def _parts(network: Network, fields: Collection[str]) -> Iterator[tuple[str, Any, Callable[[Any], Any]]]:
    """The field, the part and what makes a message of it, of each part in some fields; in the order of pages."""
    for field, to_pb in _FIELDS.items():
        if field in fields:
            for part in getattr(network, field).values():
                yield field, part, to_pb


def _area(message: network_pb2.PostalArea) -> PostalArea:
    country = country_from_text(message.country_code, field="postal_areas.country_code")
    return PostalArea(country, message.prefix, coordinates_from_pb(message.coordinates))


def _area_to_pb(area: PostalArea) -> network_pb2.PostalArea:
    return network_pb2.PostalArea(
        country_code=area.country_code, prefix=area.prefix, coordinates=coordinates_to_pb(area.coordinates)
    )


def _calendar(message: network_pb2.Calendar, field: str) -> Calendar:
    holidays = frozenset(
        day_from_text(day, field=f"{field}.holidays[{index}]") for index, day in enumerate(message.holidays)
    )
    return Calendar(message.calendar_id, frozenset(message.working_weekdays), holidays)


def _calendar_to_pb(calendar: Calendar) -> network_pb2.Calendar:
    return network_pb2.Calendar(
        calendar_id=calendar.calendar_id,
        working_weekdays=sorted(calendar.working_weekdays),
        holidays=[day.isoformat() for day in sorted(calendar.holidays)],
    )


def _account(message: network_pb2.PartnerAccount, field: str) -> PartnerAccount:
    return PartnerAccount(
        account_id=message.account_id,
        kind=_member(PartnerKind, network_pb2.PartnerKind, "PARTNER_KIND_", message.kind, f"{field}.kind"),
        adapter=message.adapter,
        max_in_flight=meant(message, "max_in_flight"),
        poll_interval_seconds=message.poll_interval.seconds,
        profile_json=message.profile_json,
        stock_levels_per_minute=message.stock_levels_per_minute,
    )


def _account_to_pb(account: PartnerAccount) -> network_pb2.PartnerAccount:
    return network_pb2.PartnerAccount(
        account_id=account.account_id,
        kind=_value(network_pb2.PartnerKind, "PARTNER_KIND_", account.kind),
        adapter=account.adapter,
        max_in_flight=account.max_in_flight,
        poll_interval=_optional_span(account.poll_interval_seconds),
        profile_json=account.profile_json,
        stock_levels_per_minute=account.stock_levels_per_minute,
    )


def _channel(message: network_pb2.Channel, field: str) -> Channel:
    policy = meant(message, "shortage_policy")
    return Channel(
        channel_id=message.channel_id,
        seller_id=message.seller_id,
        channel_account_id=message.channel_account_id,
        payment_account_id=message.payment_account_id,
        fraud_account_id=message.fraud_account_id,
        tax_account_id=message.tax_account_id,
        erp_account_id=message.erp_account_id,
        notice_account_id=message.notice_account_id,
        customs_account_id=message.customs_account_id,
        vat_registry_account_id=message.vat_registry_account_id,
        appeasement_percent=message.appeasement_percent,
        shortage_policy=_member(
            ShortagePolicy, network_pb2.ShortagePolicy, "SHORTAGE_POLICY_", policy, f"{field}.shortage_policy"
        ),
        node_ids=frozenset(message.node_ids),
        stock_buffer=message.stock_buffer,
        hold_rule=message.hold_rule,
        default_service_code=meant(message, "default_service_code"),
        reservation_limits=terms.limits_from_pb(message.reservation_limits),
        promise_terms=terms.promise_terms_from_pb(message.promise_terms, f"{field}.promise_terms"),
        sourcing_policy=policy_from_pb(message.sourcing_policy, field=f"{field}.sourcing_policy"),
        sourcing_trial=trial_from_pb(message, field=field),
        change_terms=terms.change_terms_from_pb(message.change_terms),
        screening_terms=terms.screening_terms_from_pb(message),
        attributes=dict(message.attributes),
    )


def _optional_span(seconds: int) -> Duration | None:
    return duration_to_pb(seconds) if seconds else None


def _channel_to_pb(channel: Channel) -> network_pb2.Channel:
    return network_pb2.Channel(
        channel_id=channel.channel_id,
        seller_id=channel.seller_id,
        channel_account_id=channel.channel_account_id,
        payment_account_id=channel.payment_account_id,
        fraud_account_id=channel.fraud_account_id,
        tax_account_id=channel.tax_account_id,
        erp_account_id=channel.erp_account_id,
        notice_account_id=channel.notice_account_id,
        customs_account_id=channel.customs_account_id,
        vat_registry_account_id=channel.vat_registry_account_id,
        appeasement_percent=channel.appeasement_percent,
        shortage_policy=_value(network_pb2.ShortagePolicy, "SHORTAGE_POLICY_", channel.shortage_policy),
        node_ids=sorted(channel.node_ids),
        stock_buffer=channel.stock_buffer,
        hold_rule=channel.hold_rule,
        default_service_code=channel.default_service_code,
        reservation_limits=terms.limits_to_pb(channel.reservation_limits),
        promise_terms=terms.promise_terms_to_pb(channel.promise_terms),
        sourcing_policy=policy_to_pb(channel.sourcing_policy),
        sourcing_trial=trial_to_pb(channel.sourcing_trial),
        change_terms=terms.change_terms_to_pb(channel.change_terms),
        screening_terms=terms.screening_terms_to_pb(channel.screening_terms),
        attributes=dict(channel.attributes),
    )


def _member(kind: type[E], contract: Any, prefix: str, value: int, field: str) -> E:
    """The member that a value of the contract's enum means; raises InvalidField for none and for unknown ones."""
    name = contract.Name(value).removeprefix(prefix) if value in contract.values() else ""
    if name in kind.__members__:
        return kind[name]
    raise InvalidField(
        f"{field} is missing or unknown; name one of {', '.join(kind.__members__)}.", **{field: "unknown"}
    )


def _value(contract: Any, prefix: str, member: Enum) -> Any:
    return contract.Value(prefix + member.name)


_FIELDS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "nodes": node_to_pb,
    "calendars": _calendar_to_pb,
    "accounts": _account_to_pb,
    "channels": _channel_to_pb,
    "lanes": carriers.lane_to_pb,
    "postal_areas": _area_to_pb,
    "zones": carriers.zone_to_pb,
    "services": carriers.service_to_pb,
    "rate_tables": carriers.rate_table_to_pb,
}
"""Field of a network -> what makes a message of a part in it; in the order of pages."""

"""What a network must be before it is in force, and how much of it a principal sees."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from hub.kernel.money import Money
from hub.kernel.scope import Scope
from hub.network.errors import ConfigurationInvalid, UnknownChannel
from hub.network.model import Calendar, Channel, Lane, Network, Node, PartnerAccount, PartnerKind, Replacement

_SECRETS: Final = ("password", "passphrase", "secret", "token", "api_key", "apikey", "private_key")
"""Names, and last words of names, under which a profile may hold references to secrets only."""
_REFERENCES: Final = ("env:", "file:")


def checked(network: Network, *, compile_rule: Callable[[str], object]) -> Network:
    """The network itself, when it may be put in force. To be called before the transaction that puts it.

    Raises ConfigurationInvalid with all its problems; and, from `compile_rule`, RuleInvalid for a hold rule that does
    not compile.
    """
    if found := problems(network):
        raise ConfigurationInvalid(found)
    for channel in network.channels.values():
        if channel.hold_rule:
            compile_rule(channel.hold_rule)
    return network


def successor(before: Network, replacement: Replacement) -> Network:
    """Return the network that replaces `before`: its nodes are closed where they are now, new ones are open.

    It has the next version, or the same where nothing changes. Raises ConfigurationInvalid where it still has a part
    that the replacement names as removed.
    """
    network = replacement.network
    kept = [
        *(f"node {name}" for name in sorted(replacement.removed_nodes & network.nodes.keys())),
        *(f"account {name}" for name in sorted(replacement.removed_accounts & network.accounts.keys())),
        *(f"channel {name}" for name in sorted(replacement.removed_channels & network.channels.keys())),
    ]
    if kept:
        raise ConfigurationInvalid([f"{part} is named as removed and is still there" for part in kept])
    closed = {name for name, node in before.nodes.items() if node.closed}
    nodes = {name: replace(node, closed=name in closed) for name, node in network.nodes.items()}
    after = replace(network, nodes=nodes, version=before.version)
    return after if after == before else replace(after, version=before.version + 1)


def with_node_closed(network: Network, node_id: str, *, closed: bool) -> Network:
    """The network with a node that takes no new work, or takes it again; raises UnknownNode."""
    node = replace(network.node(node_id), closed=closed)
    return replace(network, nodes={**network.nodes, node_id: node})


def problems(network: Network) -> list[str]:
    """What contradicts what in a network, one sentence each; empty when it is sound."""
    return [
        *(problem for calendar in network.calendars.values() for problem in _of_calendar(calendar)),
        *(problem for node in network.nodes.values() for problem in _of_node(network, node)),
        *(problem for lane in network.lanes.values() for problem in _of_lane(network, lane)),
        *(problem for account in network.accounts.values() for problem in _of_account(account)),
        *(problem for channel in network.channels.values() for problem in _of_channel(network, channel)),
        *_of_costs(network),
    ]


def visible(network: Network, scope: Scope) -> Network:
    """The network without the nodes and channels outside a scope, and without lanes of nodes left out."""
    return replace(
        network,
        nodes={key: node for key, node in network.nodes.items() if scope.sees(node_id=key)},
        lanes={key: lane for key, lane in network.lanes.items() if scope.sees(node_id=lane.from_node_id)},
        channels={
            key: channel
            for key, channel in network.channels.items()
            if scope.sees(channel_id=key, seller_id=channel.seller_id)
        },
    )


def channel_seen(network: Network, scope: Scope, channel_id: str, purpose: str) -> Channel:
    """Return a channel of a caller's scope, which its seller must lie in too.

    Raises UnknownChannel; `purpose` ends the sentence "It is not a channel that you may ...".
    """
    channel = network.channels.get(channel_id)
    if channel is None or not scope.sees(channel_id=channel_id, seller_id=channel.seller_id):
        raise UnknownChannel(f"{channel_id} is not a channel that you may {purpose}.", channel_id=channel_id)
    return channel


def _of_calendar(calendar: Calendar) -> Iterator[str]:
    if not calendar.working_weekdays:
        yield f"calendar {calendar.calendar_id} has no working weekday"
    for weekday in sorted(calendar.working_weekdays - set(range(1, 8))):
        yield f"calendar {calendar.calendar_id} names weekday {weekday}, which is not 1 (Monday) to 7"


def _of_node(network: Network, node: Node) -> Iterator[str]:
    place = f"node {node.node_id}"
    if not _is_time_zone(node.time_zone):
        yield f"{place} is in time zone {node.time_zone!r}, which is not in the IANA database"
    if node.calendar_id not in network.calendars:
        yield f"{place} names calendar {node.calendar_id!r}, which is not there"
    numbers = {
        "variance_units": node.variance_units,
        "inbound_processing_days": node.inbound_processing_days,
    }
    yield from (f"{place} has a negative {name}" for name, number in numbers.items() if number < 0)
    yield from _of_cost(f"the handling cost of {place}", node.handling_cost)
    if node.variance_value is not None:
        yield from _of_cost(f"the variance_value of {place}", node.variance_value)
    if node.erp_account_id:
        yield from _of_reference(network, place, node.erp_account_id, PartnerKind.ERP)
    yield from _of_reference(network, place, node.warehouse_account_id, PartnerKind.WAREHOUSE)
    if terms := node.returns:
        if not 0 <= terms.sell_through <= 1:
            yield f"{place} sells {terms.sell_through} of what comes back; state a share from 0 to 1"
        if terms.handling_cost:
            yield from _of_cost(f"the cost of a return at {place}", terms.handling_cost)


def _of_lane(network: Network, lane: Lane) -> Iterator[str]:
    place = f"lane {lane.from_node_id} to {lane.to_country_code} by {lane.service_code}"
    if lane.from_node_id not in network.nodes:
        yield f"{place} starts at a node that is not there"
    if lane.calendar_id not in network.calendars:
        yield f"{place} names calendar {lane.calendar_id!r}, which is not there"
    if lane.transit_days < 0:
        yield f"{place} has a negative transit time"
    yield from _of_cost(f"the rate of {place}", lane.parcel_rate)
    yield from _of_reference(network, place, lane.transport_account_id, PartnerKind.TRANSPORT)


def _of_account(account: PartnerAccount) -> Iterator[str]:
    place = f"account {account.account_id}"
    if account.max_in_flight < 1:
        yield f"{place} allows {account.max_in_flight} calls in flight; at least 1 is needed"
    if account.poll_interval_seconds < 0:
        yield f"{place} has a negative poll interval"
    if account.stock_levels_per_minute < 0:
        yield f"{place} allows a negative number of stock levels in a minute"
    if account.profile_json and not _is_json_object(account.profile_json):
        yield f"the profile of {place} is not a JSON object"
    elif account.profile_json:
        for name in _literal_secrets(json.loads(account.profile_json)):
            yield (
                f"the profile of {place} states {name} itself, where whoever reads the network sees it; write env:NAME"
                " or file:PATH, which its adapter reads"
            )


def _of_channel(network: Network, channel: Channel) -> Iterator[str]:
    place = f"channel {channel.channel_id}"
    for kind, account_id in channel.accounts().items():
        yield from _of_reference(network, place, account_id, kind)
    for node_id in sorted(channel.node_ids - network.nodes.keys()):
        yield f"{place} ships from node {node_id!r}, which is not there"
    if channel.stock_buffer < 0:
        yield f"{place} has a negative stock buffer"
    limits = channel.reservation_limits
    if not 0 < limits.default_ttl_seconds <= limits.longest_ttl_seconds <= limits.longest_life_seconds:
        yield f"{place} has a default time of reservations above the longest, or the longest above their whole life"
    if (
        min(
            limits.reservations_per_buyer,
            limits.units_per_buyer,
            limits.reservations_per_client,
            limits.units_per_client,
        )
        < 0
    ):
        yield f"{place} has a negative limit of reservations"
    if channel.promise_terms.validity_seconds < 1:
        yield f"{place} has quotes that hold for less than a second"
    for service, fee in channel.promise_terms.delivery_fees.items():
        yield from _of_cost(f"the delivery fee of {place} for {service}", fee)
    if any(amount.minor < 0 for amount in channel.sourcing_policy.amounts()):
        yield f"{place} has a sourcing policy with a negative cost; a cost is nothing or more"


def _of_reference(network: Network, place: str, account_id: str, kind: PartnerKind) -> Iterator[str]:
    account = network.account(account_id)
    if account is None:
        yield f"{place} names account {account_id!r}, which is not there"
    elif account.kind is not kind:
        yield f"{place} uses account {account_id} as {kind.value}, but it is of kind {account.kind.value}"


def _of_cost(what: str, cost: Money) -> Iterator[str]:
    if cost.minor < 0:
        yield f"{what} is negative"


def _of_costs(network: Network) -> Iterator[str]:
    """Plans compare costs, and no rates of exchange are known here: all costs are in one currency."""
    nodes = {node.handling_cost.currency for node in network.nodes.values()}
    nodes |= {node.variance_value.currency for node in network.nodes.values() if node.variance_value is not None}
    returns = {
        node.returns.handling_cost.currency
        for node in network.nodes.values()
        if node.returns and node.returns.handling_cost
    }
    weights = {amount.currency for channel in network.channels.values() for amount in channel.sourcing_policy.amounts()}
    currencies = nodes | returns | weights | {lane.parcel_rate.currency for lane in network.lanes.values()}
    if len(currencies) > 1:
        found = ", ".join(sorted(currencies))
        yield f"handling costs, rates and the costs of sourcing policies are in {found}; state all in one currency"


@cache
def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _is_json_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):  # the latter for what is nested too deeply
        return False


def _literal_secrets(profile: object) -> Iterator[str]:
    """The names in a profile under which a secret stands itself, each with the names above it."""
    parts: list[tuple[str, object]] = [("", profile)]
    while parts:
        place, value = parts.pop()
        if isinstance(value, dict):
            named = [(name, f"{place}.{name}" if place else name, part) for name, part in value.items()]
            yield from (path for name, path, part in named if _names_secret(name) and _is_literal(part))
            parts += [(path, part) for _, path, part in named]
        elif isinstance(value, list):
            parts += [(f"{place}[{index}]", part) for index, part in enumerate(value)]


def _is_literal(value: object) -> bool:
    return isinstance(value, str) and value != "" and not value.startswith(_REFERENCES)


def _names_secret(name: str) -> bool:
    spelled = name.lower().replace("-", "_")
    return any(spelled == word or spelled.endswith(f"_{word}") for word in _SECRETS)

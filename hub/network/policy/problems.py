"""What contradicts what in a network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from hub.network.model import (
    Calendar,
    Channel,
    Network,
    Node,
    PartnerAccount,
    PartnerKind,
    ScreeningTerms,
    SourcingPolicy,
)
from hub.network.policy.carriers import of_carriers
from hub.network.policy.freight import costs_of_carriers
from hub.network.policy.references import is_time_zone, of_cost, of_reference

_SECRETS: Final = ("password", "passphrase", "secret", "token", "api_key", "apikey", "private_key")
"""Names, and last words of names, under which a profile may hold references to secrets only."""
LONGEST_PROCESSING: Final = 120
"""Working days that units may take at a node."""
LEAST_REVIEW_SCORE: Final = 50
"""Below it nearly every name is like another."""
_WHOLE: Final = 100
_REFERENCES: Final = ("env:", "file:")


def problems(network: Network) -> list[str]:
    """What contradicts what in a network, one sentence each; empty when it is sound."""
    return [
        *(problem for calendar in network.calendars.values() for problem in _of_calendar(calendar)),
        *(problem for node in network.nodes.values() for problem in _of_node(network, node)),
        *of_carriers(network),
        *(problem for account in network.accounts.values() for problem in _of_account(account)),
        *(problem for channel in network.channels.values() for problem in _of_channel(network, channel)),
        *_of_costs(network),
    ]


def _of_calendar(calendar: Calendar) -> Iterator[str]:
    if not calendar.working_weekdays:
        yield f"calendar {calendar.calendar_id} has no working weekday"
    for weekday in sorted(calendar.working_weekdays - set(range(1, 8))):
        yield f"calendar {calendar.calendar_id} names weekday {weekday}, which is not 1 (Monday) to 7"


def _of_node(network: Network, node: Node) -> Iterator[str]:
    place = f"node {node.node_id}"
    if not is_time_zone(node.time_zone):
        yield f"{place} is in time zone {node.time_zone!r}, which is not in the IANA database"
    if node.calendar_id not in network.calendars:
        yield f"{place} names calendar {node.calendar_id!r}, which is not there"
    numbers = {
        "variance_units": node.variance_units,
        "daily_capacity": node.daily_capacity,
        "inbound_processing_days": node.inbound_processing_days,
        "accept_within": node.accept_within_seconds,
    }
    yield from (f"{place} has a negative {name}" for name, number in numbers.items() if number < 0)
    yield from _of_handling(node, place)
    yield from of_cost(f"the handling cost of {place}", node.handling_cost)
    if node.variance_value is not None:
        yield from of_cost(f"the variance_value of {place}", node.variance_value)
    if node.erp_account_id:
        yield from of_reference(network, place, node.erp_account_id, PartnerKind.ERP)
    yield from of_reference(network, place, node.warehouse_account_id, PartnerKind.WAREHOUSE)
    if terms := node.returns:
        if not 0 <= terms.sell_through <= 1:
            yield f"{place} sells {terms.sell_through} of what comes back; state a share from 0 to 1"
        if terms.handling_cost:
            yield from of_cost(f"the cost of a return at {place}", terms.handling_cost)


def _of_handling(node: Node, place: str) -> Iterator[str]:
    if node.transfer_service_code and not node.holds_for_collection:
        yield f"{place} names transfer_service_code {node.transfer_service_code}, but nothing is collected there"
    for item_class, days in node.processing_days.items():
        if not 1 <= days <= LONGEST_PROCESSING:
            yield f"{place} takes {days} days for {item_class}; state 1 to {LONGEST_PROCESSING}"


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
        yield from of_reference(network, place, account_id, kind)
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
    if channel.change_terms.validity_seconds < 1:
        yield f"{place} has proposals of changes that hold for less than a second"
    yield from _of_screening(place, channel.screening_terms)
    if channel.promise_terms.validity_seconds < 1:
        yield f"{place} has quotes that hold for less than a second"
    for service, fee in channel.promise_terms.delivery_fees.items():
        yield from of_cost(f"the delivery fee of {place} for {service}", fee)
    for policy in channel.policies():
        yield from _of_sourcing(network, place, policy)


def problems_of_policy(network: Network, policy: SourcingPolicy) -> list[str]:
    """What keeps a sourcing policy from being weighed over a network, a sentence each; rules are not looked at."""
    costs = {node.handling_cost.currency for node in network.nodes.values()}
    others = sorted({amount.currency for amount in policy.amounts()} - costs)
    found = list(_of_sourcing(network, "it", policy))
    return (
        [*found, f"it has costs in {', '.join(others)}, and nodes have theirs in {', '.join(sorted(costs))}"]
        if others
        else found
    )


def _of_screening(place: str, terms: ScreeningTerms | None) -> Iterator[str]:
    if terms is not None and not LEAST_REVIEW_SCORE <= terms.review_score <= _WHOLE:
        yield f"{place} reviews matches from a score of {terms.review_score}; state {LEAST_REVIEW_SCORE} to {_WHOLE}"
    if terms is not None and terms.decision_days < 1:
        yield f"{place} has decisions on matches that hold for less than a day"


def _of_sourcing(network: Network, place: str, policy: SourcingPolicy) -> Iterator[str]:
    if any(amount.minor < 0 for amount in policy.amounts()):
        yield f"{place} has a sourcing policy with a negative cost; a cost is nothing or more"
    for node_id in sorted({one.node_id for one in policy.markdowns} - network.nodes.keys()):
        yield f"{place} has a markdown at {node_id}, which is no node of the network"


def _of_costs(network: Network) -> Iterator[str]:
    """Plans compare costs, and no rates of exchange are known here: all costs are in one currency."""
    nodes = {node.handling_cost.currency for node in network.nodes.values()}
    nodes |= {node.variance_value.currency for node in network.nodes.values() if node.variance_value is not None}
    returns = {
        node.returns.handling_cost.currency
        for node in network.nodes.values()
        if node.returns and node.returns.handling_cost
    }
    policies = [policy for channel in network.channels.values() for policy in channel.policies()]
    weights = {amount.currency for policy in policies for amount in policy.amounts()}
    currencies = nodes | returns | weights | {cost.currency for cost in costs_of_carriers(network)}
    if len(currencies) > 1:
        found = ", ".join(sorted(currencies))
        yield f"handling costs, rates and the costs of sourcing policies are in {found}; state all in one currency"


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

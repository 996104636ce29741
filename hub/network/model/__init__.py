"""The network as one value: all that a plan needs to know of nodes, calendars, carriers, accounts and channels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.network.errors import ConfigurationInvalid, UnknownChannel, UnknownNode
from hub.network.model.carriers import (
    CarrierService,
    Destination,
    Lane,
    LaneKey,
    RateKey,
    RateTable,
    ServiceKey,
    Zone,
    Zones,
)
from hub.network.model.nodes import Calendar, Coordinates, Node, NodeAddress, NodeKind, PostalArea, ReturnTerms
from hub.network.model.sourcing import JUDGED_AFTER, Markdown, SourcingPolicy, SourcingRule, SourcingTrial

__all__ = [
    "JUDGED_AFTER",
    "AreaKey",
    "Calendar",
    "Channel",
    "ComingNetwork",
    "Coordinates",
    "Markdown",
    "Network",
    "Node",
    "NodeAddress",
    "NodeKind",
    "PartnerAccount",
    "PartnerKind",
    "PostalArea",
    "PromiseTerms",
    "Replacement",
    "ReservationLimits",
    "ReturnTerms",
    "ScreeningTerms",
    "ShortagePolicy",
    "SourcingPolicy",
    "SourcingRule",
    "SourcingTrial",
]

T = TypeVar("T")
K = TypeVar("K")
AreaKey = tuple[str, str]
"""(country, how its postal codes begin)."""


class PartnerKind(Enum):
    """What a partner account is used for."""

    CHANNEL = "CHANNEL"
    ERP = "ERP"
    WAREHOUSE = "WAREHOUSE"
    TRANSPORT = "TRANSPORT"
    PAYMENT = "PAYMENT"
    TAX = "TAX"
    FRAUD = "FRAUD"
    NOTICE = "NOTICE"
    CUSTOMS = "CUSTOMS"
    VAT_REGISTRY = "VAT_REGISTRY"


class ShortagePolicy(Enum):
    """What to do when stock does not cover an order."""

    REFUSE = "REFUSE"
    BACKORDER = "BACKORDER"


class PartnerAccount(Struct, frozen=True):
    """An account with a partner: which adapter serves it, how many calls at once, and the adapter's own profile.

    `poll_interval_seconds` is business time between two polls for updates; 0 means never. `profile_json` is a JSON
    object in the adapter's terms, empty where it needs none. A channel account is told at most
    `stock_levels_per_minute` levels in any minute; 0 means no limit.
    """

    account_id: str
    kind: PartnerKind
    adapter: str
    max_in_flight: int = 4
    poll_interval_seconds: int = 0
    profile_json: str = ""
    stock_levels_per_minute: int = 0


class ReservationLimits(Struct, frozen=True):
    """How long reservations of a channel live, and how much one may hold by them at once; 0 is no limit there."""

    default_ttl_seconds: int = 900
    longest_ttl_seconds: int = 3_600
    longest_life_seconds: int = 14_400
    reservations_per_buyer: int = 0
    units_per_buyer: int = 0
    reservations_per_client: int = 0
    units_per_client: int = 0


class PromiseTerms(Struct, frozen=True):
    """What buyers of a channel are quoted: how long a quote holds, and the fee for delivery by service.

    `demand_tiers` are demand classes in the order in which they are served when supply is short.
    """

    validity_seconds: int = 900
    delivery_fees: Mapping[str, Money] = field(default_factory=dict)
    demand_tiers: tuple[str, ...] = ()

    def tier(self, demand_class: str) -> int:
        """The turn of a demand class: the first is 0, those that are not named come last."""
        return self.demand_tiers.index(demand_class) if demand_class in self.demand_tiers else len(self.demand_tiers)


class ChangeTerms(Struct, frozen=True):
    """Which changes of a channel's orders are allowed: CEL over a change, for staff and for customers apart.

    Without a rule staff may change anything, and customers nothing. A proposal can be confirmed for `validity_seconds`.
    """

    staff_rule: str = ""
    customer_rule: str = ""
    validity_seconds: int = 900


class ScreeningTerms(Struct, frozen=True):
    """How parties of a channel's orders are compared with denied-party lists.

    From `review_score` of 100 on a match goes to review; what is decided counts for `decision_days`.
    """

    review_score: int = 88
    decision_days: int = 365


class Channel(Struct, frozen=True):
    """A place where orders come from. Empty account ids: nobody is told or asked; empty `node_ids`: all.

    Without `screening_terms` no party of its orders is compared with denied-party lists.
    """

    channel_id: str
    seller_id: str
    channel_account_id: str = ""
    payment_account_id: str = ""
    fraud_account_id: str = ""
    tax_account_id: str = ""
    erp_account_id: str = ""
    notice_account_id: str = ""
    customs_account_id: str = ""
    vat_registry_account_id: str = ""
    appeasement_percent: int = 0
    shortage_policy: ShortagePolicy = ShortagePolicy.REFUSE
    node_ids: frozenset[str] = frozenset()
    stock_buffer: int = 0
    hold_rule: str = ""
    default_service_code: str = "STANDARD"
    reservation_limits: ReservationLimits = ReservationLimits()
    promise_terms: PromiseTerms = PromiseTerms()
    sourcing_policy: SourcingPolicy = SourcingPolicy()
    sourcing_trial: SourcingTrial | None = None
    change_terms: ChangeTerms = ChangeTerms()
    screening_terms: ScreeningTerms | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)

    def draws_on(self, node_id: str) -> bool:
        """Whether a node is one of its own."""
        return not self.node_ids or node_id in self.node_ids

    def sourcing(self, channel_reference: str) -> Channel:
        """The channel as an order of it is sourced: by the tried policy where its trial takes the order."""
        trial = self.sourcing_trial
        if trial is None or not trial.takes(channel_reference):
            return self
        return replace(self, sourcing_policy=trial.policy)

    def policies(self) -> list[SourcingPolicy]:
        """The policy that counts, and the one that is tried."""
        return [self.sourcing_policy, *([self.sourcing_trial.policy] if self.sourcing_trial else [])]

    def accounts(self) -> dict[PartnerKind, str]:
        """The ids of the accounts that serve it, by what each is used for; a partner it does without is absent."""
        named = {
            PartnerKind.CHANNEL: self.channel_account_id,
            PartnerKind.PAYMENT: self.payment_account_id,
            PartnerKind.FRAUD: self.fraud_account_id,
            PartnerKind.TAX: self.tax_account_id,
            PartnerKind.ERP: self.erp_account_id,
            PartnerKind.NOTICE: self.notice_account_id,
            PartnerKind.CUSTOMS: self.customs_account_id,
            PartnerKind.VAT_REGISTRY: self.vat_registry_account_id,
        }
        return {kind: account_id for kind, account_id in named.items() if account_id}


class Network(Struct, frozen=True):
    """One version of the network, by id; version 0 is the empty one before any was loaded.

    `service_codes` are those of its lanes, sorted. `coming` are the networks that follow it, the first first.
    """

    version: int = 0
    nodes: Mapping[str, Node] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    lanes: Mapping[LaneKey, Lane] = field(default_factory=dict)
    accounts: Mapping[str, PartnerAccount] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    postal_areas: Mapping[AreaKey, PostalArea] = field(default_factory=dict)
    zones: Zones = field(default_factory=Zones)
    services: Mapping[ServiceKey, CarrierService] = field(default_factory=dict)
    rate_tables: Mapping[RateKey, RateTable] = field(default_factory=dict)
    service_codes: tuple[str, ...] = ()
    coming: tuple[ComingNetwork, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        version: int = 0,
        nodes: Iterable[Node] = (),
        calendars: Iterable[Calendar] = (),
        lanes: Iterable[Lane] = (),
        accounts: Iterable[PartnerAccount] = (),
        channels: Iterable[Channel] = (),
        postal_areas: Iterable[PostalArea] = (),
        zones: Iterable[Zone] = (),
        services: Iterable[CarrierService] = (),
        rate_tables: Iterable[RateTable] = (),
        coming: Iterable[ComingNetwork] = (),
    ) -> Network:
        """A network of parts in any order; raises ConfigurationInvalid where two of a kind have one id."""
        problems: list[str] = []
        lanes = list(lanes)
        network = cls(
            version=version,
            coming=tuple(sorted(coming, key=lambda one: one.valid_from)),
            service_codes=tuple(sorted({lane.service_code for lane in lanes})),
            nodes=_by_key("node", nodes, lambda node: node.node_id, problems),
            calendars=_by_key("calendar", calendars, lambda calendar: calendar.calendar_id, problems),
            lanes=_by_key("lane", lanes, lambda lane: lane.key, problems),
            accounts=_by_key("account", accounts, lambda account: account.account_id, problems),
            channels=_by_key("channel", channels, lambda channel: channel.channel_id, problems),
            postal_areas=_by_key("postal area", postal_areas, lambda area: (area.country_code, area.prefix), problems),
            zones=Zones(_by_key("zone", zones, lambda zone: zone.zone_id, problems)),
            services=_by_key("carrier service", services, lambda service: service.key, problems),
            rate_tables=_by_key("rate table", rate_tables, lambda table: table.key, problems),
        )
        if problems:
            raise ConfigurationInvalid(problems)
        return network

    def at(self, at: Instant) -> Network:
        """Return the network that is to be in force at an instant: the last that has come by then, else this one."""
        come = [one for one in self.coming if one.valid_from <= at]
        return come[-1].replacement.network if come else self

    def periods(self, begin: Instant) -> list[tuple[Network, Instant, Instant | None]]:
        """Return the networks in force from an instant on, each with its begin and its end; None: there is none."""
        later = [one for one in self.coming if one.valid_from > begin]
        networks = [self.at(begin), *(one.replacement.network for one in later)]
        begins = [begin, *(one.valid_from for one in later)]
        return list(zip(networks, begins, [*begins[1:], None], strict=True))

    def node(self, node_id: str) -> Node:
        """The node of an id; raises UnknownNode."""
        if node := self.nodes.get(node_id):
            return node
        raise UnknownNode(f"Node {node_id} is not in the network; name one that is.", node_id=node_id)

    def channel(self, channel_id: str) -> Channel:
        """The channel of an id; raises UnknownChannel."""
        if channel := self.channels.get(channel_id):
            return channel
        raise UnknownChannel(f"Channel {channel_id} is not in the network; name one that is.", channel_id=channel_id)

    def lane(self, from_node_id: str, to: Destination, service_code: str) -> Lane | None:
        """The lane from a node to a destination by a service; None where goods do not travel so.

        A lane to the destination's zone counts before one to its country, and one from the node before one from its
        zone. What is collected needs none: the node of collection has a way of no days and no cost.
        """
        if to.collected_at:
            return self._collection(to) if to.collected_at == from_node_id else None
        home = self.place_of(self.nodes[from_node_id]).zone_id if from_node_id in self.nodes else ""
        for country_code, zone_id in (("", to.zone_id), (to.country_code, "")):
            for node_id, from_zone_id in ((from_node_id, ""), ("", home)):
                if (country_code or zone_id) and (node_id or from_zone_id):
                    lane = self.lanes.get((node_id, from_zone_id, country_code, zone_id, service_code))
                    if lane is not None:
                        return lane
        return None

    def _collection(self, to: Destination) -> Lane | None:
        node = self.nodes.get(to.collected_at)
        if node is None or not node.holds_for_collection:
            return None
        free = Money.zero(node.handling_cost.currency)
        return Lane(node.node_id, to.country_code, "", 0, node.calendar_id, free, transport_account_id="")

    def collection_at(self, node_id: str) -> Destination:
        """Where goods go that are collected at a node; raises UnknownNode."""
        return replace(self.place_of(self.node(node_id)), collected_at=node_id)

    def place_of(self, node: Node) -> Destination:
        """Where a node lies, for goods that travel to it."""
        address = node.address
        return self.zones.destination(address.country_code, address.region_code, address.postal_code)

    def service(self, lane: Lane) -> CarrierService:
        """The carrier service of a lane; one that states nothing where the network has none."""
        return self.services.get(lane.service) or CarrierService(*lane.service)

    @property
    def shipping_nodes(self) -> frozenset[str]:
        """The nodes from which goods are shipped: those with a lane."""
        starts = {lane.from_node_id for lane in self.lanes.values()}
        zones = {lane.from_zone_id for lane in self.lanes.values()} - {""}
        homed = {name for name, node in self.nodes.items() if zones and self.place_of(node).zone_id in zones}
        return frozenset((starts | homed) - {""})

    def account(self, account_id: str) -> PartnerAccount | None:
        """The partner account of an id; None where there is none."""
        return self.accounts.get(account_id)

    def has_rules(self) -> bool:
        """Whether any channel has rules on which nodes may ship what."""
        return any(policy.rules for channel in self.channels.values() for policy in channel.policies())

    def accounts_of(self, kind: PartnerKind) -> list[PartnerAccount]:
        """The accounts of a kind, by id."""
        return sorted(
            (account for account in self.accounts.values() if account.kind is kind), key=lambda one: one.account_id
        )

    def nodes_for(self, channel: Channel) -> list[Node]:
        """The nodes that may ship for a channel and take new work, by id."""
        return [node for node in self.nodes_named(channel) if not node.closed]

    def nodes_named(self, channel: Channel) -> list[Node]:
        """The nodes that may ship for a channel, closed ones included, by id."""
        return [node for node_id, node in sorted(self.nodes.items()) if channel.draws_on(node_id)]

    def nodes_of(self, warehouse_account_id: str) -> list[Node]:
        """The nodes that a warehouse account works, by id."""
        return [node for _, node in sorted(self.nodes.items()) if node.warehouse_account_id == warehouse_account_id]


class Replacement(Struct, frozen=True):
    """A network that is to replace the one in force, which has the version `expected_version`; 0: any.

    The parts named as removed may be missing from it although they are in use; overbooked nodes may have a daily
    capacity below what is promised. It is in force from `valid_from` on; None: at once.
    """

    network: Network
    expected_version: int = 0
    removed_nodes: frozenset[str] = frozenset()
    removed_accounts: frozenset[str] = frozenset()
    removed_channels: frozenset[str] = frozenset()
    overbooked_nodes: frozenset[str] = frozenset()
    valid_from: Instant | None = None


class ComingNetwork(Struct, frozen=True):
    """A replacement that comes into force at an instant."""

    valid_from: Instant
    replacement: Replacement


def _by_key(kind: str, parts: Iterable[T], key: Callable[[T], K], problems: list[str]) -> dict[K, T]:
    found: dict[K, T] = {}
    for part in parts:
        name = key(part)
        if name in found:
            problems.append(f"{kind} {_told(name)} is there twice")
        found[name] = part
    return found


def _told(name: object) -> str:
    parts = name if isinstance(name, tuple) else (name,)
    return " ".join(part for part in parts if part)

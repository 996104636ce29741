import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import address_pb2 as _address_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.network.v1 import carriers_pb2 as _carriers_pb2
from crossdock.trade.v1 import trade_pb2 as _trade_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class NodeKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NODE_KIND_UNSPECIFIED: _ClassVar[NodeKind]
    NODE_KIND_DISTRIBUTION_CENTER: _ClassVar[NodeKind]
    NODE_KIND_STORE: _ClassVar[NodeKind]
    NODE_KIND_SUPPLIER: _ClassVar[NodeKind]
    NODE_KIND_THIRD_PARTY: _ClassVar[NodeKind]

class PartnerKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PARTNER_KIND_UNSPECIFIED: _ClassVar[PartnerKind]
    PARTNER_KIND_CHANNEL: _ClassVar[PartnerKind]
    PARTNER_KIND_ERP: _ClassVar[PartnerKind]
    PARTNER_KIND_WAREHOUSE: _ClassVar[PartnerKind]
    PARTNER_KIND_TRANSPORT: _ClassVar[PartnerKind]
    PARTNER_KIND_PAYMENT: _ClassVar[PartnerKind]
    PARTNER_KIND_TAX: _ClassVar[PartnerKind]
    PARTNER_KIND_FRAUD: _ClassVar[PartnerKind]
    PARTNER_KIND_NOTICE: _ClassVar[PartnerKind]
    PARTNER_KIND_CUSTOMS: _ClassVar[PartnerKind]
    PARTNER_KIND_VAT_REGISTRY: _ClassVar[PartnerKind]

class ShortagePolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SHORTAGE_POLICY_UNSPECIFIED: _ClassVar[ShortagePolicy]
    SHORTAGE_POLICY_REFUSE: _ClassVar[ShortagePolicy]
    SHORTAGE_POLICY_BACKORDER: _ClassVar[ShortagePolicy]

class NetworkPart(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NETWORK_PART_UNSPECIFIED: _ClassVar[NetworkPart]
    NETWORK_PART_NODES: _ClassVar[NetworkPart]
    NETWORK_PART_CALENDARS: _ClassVar[NetworkPart]
    NETWORK_PART_ACCOUNTS: _ClassVar[NetworkPart]
    NETWORK_PART_CHANNELS: _ClassVar[NetworkPart]
    NETWORK_PART_LANES: _ClassVar[NetworkPart]
    NETWORK_PART_POSTAL_AREAS: _ClassVar[NetworkPart]
    NETWORK_PART_ZONES: _ClassVar[NetworkPart]
    NETWORK_PART_SERVICES: _ClassVar[NetworkPart]
    NETWORK_PART_RATE_TABLES: _ClassVar[NetworkPart]
NODE_KIND_UNSPECIFIED: NodeKind
NODE_KIND_DISTRIBUTION_CENTER: NodeKind
NODE_KIND_STORE: NodeKind
NODE_KIND_SUPPLIER: NodeKind
NODE_KIND_THIRD_PARTY: NodeKind
PARTNER_KIND_UNSPECIFIED: PartnerKind
PARTNER_KIND_CHANNEL: PartnerKind
PARTNER_KIND_ERP: PartnerKind
PARTNER_KIND_WAREHOUSE: PartnerKind
PARTNER_KIND_TRANSPORT: PartnerKind
PARTNER_KIND_PAYMENT: PartnerKind
PARTNER_KIND_TAX: PartnerKind
PARTNER_KIND_FRAUD: PartnerKind
PARTNER_KIND_NOTICE: PartnerKind
PARTNER_KIND_CUSTOMS: PartnerKind
PARTNER_KIND_VAT_REGISTRY: PartnerKind
SHORTAGE_POLICY_UNSPECIFIED: ShortagePolicy
SHORTAGE_POLICY_REFUSE: ShortagePolicy
SHORTAGE_POLICY_BACKORDER: ShortagePolicy
NETWORK_PART_UNSPECIFIED: NetworkPart
NETWORK_PART_NODES: NetworkPart
NETWORK_PART_CALENDARS: NetworkPart
NETWORK_PART_ACCOUNTS: NetworkPart
NETWORK_PART_CHANNELS: NetworkPart
NETWORK_PART_LANES: NetworkPart
NETWORK_PART_POSTAL_AREAS: NetworkPart
NETWORK_PART_ZONES: NetworkPart
NETWORK_PART_SERVICES: NetworkPart
NETWORK_PART_RATE_TABLES: NetworkPart

class Node(_message.Message):
    __slots__ = ("node_id", "kind", "title", "address", "time_zone", "calendar_id", "cut_off", "daily_capacity", "handling_cost", "warehouse_account_id", "returns", "erp_account_id", "closed", "variance_units", "variance_value", "inbound_processing_days", "attributes", "coordinates", "skills", "processing_times", "accept_within", "transfer_service_code", "owner_id")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    CALENDAR_ID_FIELD_NUMBER: _ClassVar[int]
    CUT_OFF_FIELD_NUMBER: _ClassVar[int]
    DAILY_CAPACITY_FIELD_NUMBER: _ClassVar[int]
    HANDLING_COST_FIELD_NUMBER: _ClassVar[int]
    WAREHOUSE_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    ERP_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    CLOSED_FIELD_NUMBER: _ClassVar[int]
    VARIANCE_UNITS_FIELD_NUMBER: _ClassVar[int]
    VARIANCE_VALUE_FIELD_NUMBER: _ClassVar[int]
    INBOUND_PROCESSING_DAYS_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    COORDINATES_FIELD_NUMBER: _ClassVar[int]
    SKILLS_FIELD_NUMBER: _ClassVar[int]
    PROCESSING_TIMES_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_WITHIN_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    OWNER_ID_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    kind: NodeKind
    title: str
    address: _address_pb2.PostalAddress
    time_zone: str
    calendar_id: str
    cut_off: str
    daily_capacity: int
    handling_cost: _money_pb2.Money
    warehouse_account_id: str
    returns: ReturnTerms
    erp_account_id: str
    closed: bool
    variance_units: int
    variance_value: _money_pb2.Money
    inbound_processing_days: int
    attributes: _containers.ScalarMap[str, str]
    coordinates: Coordinates
    skills: _containers.RepeatedScalarFieldContainer[str]
    processing_times: _containers.RepeatedCompositeFieldContainer[ProcessingTime]
    accept_within: _duration_pb2.Duration
    transfer_service_code: str
    owner_id: str
    def __init__(self, node_id: _Optional[str] = ..., kind: _Optional[_Union[NodeKind, str]] = ..., title: _Optional[str] = ..., address: _Optional[_Union[_address_pb2.PostalAddress, _Mapping]] = ..., time_zone: _Optional[str] = ..., calendar_id: _Optional[str] = ..., cut_off: _Optional[str] = ..., daily_capacity: _Optional[int] = ..., handling_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., warehouse_account_id: _Optional[str] = ..., returns: _Optional[_Union[ReturnTerms, _Mapping]] = ..., erp_account_id: _Optional[str] = ..., closed: _Optional[bool] = ..., variance_units: _Optional[int] = ..., variance_value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., inbound_processing_days: _Optional[int] = ..., attributes: _Optional[_Mapping[str, str]] = ..., coordinates: _Optional[_Union[Coordinates, _Mapping]] = ..., skills: _Optional[_Iterable[str]] = ..., processing_times: _Optional[_Iterable[_Union[ProcessingTime, _Mapping]]] = ..., accept_within: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., transfer_service_code: _Optional[str] = ..., owner_id: _Optional[str] = ...) -> None: ...

class ProcessingTime(_message.Message):
    __slots__ = ("item_class", "working_days")
    ITEM_CLASS_FIELD_NUMBER: _ClassVar[int]
    WORKING_DAYS_FIELD_NUMBER: _ClassVar[int]
    item_class: str
    working_days: int
    def __init__(self, item_class: _Optional[str] = ..., working_days: _Optional[int] = ...) -> None: ...

class ReturnTerms(_message.Message):
    __slots__ = ("sell_through", "handling_cost", "currency_code")
    SELL_THROUGH_FIELD_NUMBER: _ClassVar[int]
    HANDLING_COST_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    sell_through: str
    handling_cost: _money_pb2.Money
    currency_code: str
    def __init__(self, sell_through: _Optional[str] = ..., handling_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., currency_code: _Optional[str] = ...) -> None: ...

class Coordinates(_message.Message):
    __slots__ = ("latitude", "longitude")
    LATITUDE_FIELD_NUMBER: _ClassVar[int]
    LONGITUDE_FIELD_NUMBER: _ClassVar[int]
    latitude: float
    longitude: float
    def __init__(self, latitude: _Optional[float] = ..., longitude: _Optional[float] = ...) -> None: ...

class PostalArea(_message.Message):
    __slots__ = ("country_code", "prefix", "coordinates")
    COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    PREFIX_FIELD_NUMBER: _ClassVar[int]
    COORDINATES_FIELD_NUMBER: _ClassVar[int]
    country_code: str
    prefix: str
    coordinates: Coordinates
    def __init__(self, country_code: _Optional[str] = ..., prefix: _Optional[str] = ..., coordinates: _Optional[_Union[Coordinates, _Mapping]] = ...) -> None: ...

class Calendar(_message.Message):
    __slots__ = ("calendar_id", "working_weekdays", "holidays")
    CALENDAR_ID_FIELD_NUMBER: _ClassVar[int]
    WORKING_WEEKDAYS_FIELD_NUMBER: _ClassVar[int]
    HOLIDAYS_FIELD_NUMBER: _ClassVar[int]
    calendar_id: str
    working_weekdays: _containers.RepeatedScalarFieldContainer[int]
    holidays: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, calendar_id: _Optional[str] = ..., working_weekdays: _Optional[_Iterable[int]] = ..., holidays: _Optional[_Iterable[str]] = ...) -> None: ...

class PartnerAccount(_message.Message):
    __slots__ = ("account_id", "kind", "adapter", "max_in_flight", "poll_interval", "profile_json", "stock_levels_per_minute")
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ADAPTER_FIELD_NUMBER: _ClassVar[int]
    MAX_IN_FLIGHT_FIELD_NUMBER: _ClassVar[int]
    POLL_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    PROFILE_JSON_FIELD_NUMBER: _ClassVar[int]
    STOCK_LEVELS_PER_MINUTE_FIELD_NUMBER: _ClassVar[int]
    account_id: str
    kind: PartnerKind
    adapter: str
    max_in_flight: int
    poll_interval: _duration_pb2.Duration
    profile_json: str
    stock_levels_per_minute: int
    def __init__(self, account_id: _Optional[str] = ..., kind: _Optional[_Union[PartnerKind, str]] = ..., adapter: _Optional[str] = ..., max_in_flight: _Optional[int] = ..., poll_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., profile_json: _Optional[str] = ..., stock_levels_per_minute: _Optional[int] = ...) -> None: ...

class Channel(_message.Message):
    __slots__ = ("channel_id", "seller_id", "channel_account_id", "payment_account_id", "fraud_account_id", "tax_account_id", "erp_account_id", "notice_account_id", "shortage_policy", "node_ids", "stock_buffer", "hold_rule", "default_service_code", "reservation_limits", "attributes", "promise_terms", "sourcing_policy", "change_terms", "screening_terms", "sourcing_trial", "customs_account_id", "appeasement_percent", "vat_registry_account_id")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    FRAUD_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    TAX_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    ERP_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    NOTICE_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    SHORTAGE_POLICY_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    STOCK_BUFFER_FIELD_NUMBER: _ClassVar[int]
    HOLD_RULE_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_LIMITS_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    PROMISE_TERMS_FIELD_NUMBER: _ClassVar[int]
    SOURCING_POLICY_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TERMS_FIELD_NUMBER: _ClassVar[int]
    SCREENING_TERMS_FIELD_NUMBER: _ClassVar[int]
    SOURCING_TRIAL_FIELD_NUMBER: _ClassVar[int]
    CUSTOMS_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    APPEASEMENT_PERCENT_FIELD_NUMBER: _ClassVar[int]
    VAT_REGISTRY_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    seller_id: str
    channel_account_id: str
    payment_account_id: str
    fraud_account_id: str
    tax_account_id: str
    erp_account_id: str
    notice_account_id: str
    shortage_policy: ShortagePolicy
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    stock_buffer: int
    hold_rule: str
    default_service_code: str
    reservation_limits: ReservationLimits
    attributes: _containers.ScalarMap[str, str]
    promise_terms: PromiseTerms
    sourcing_policy: SourcingPolicy
    change_terms: ChangeTerms
    screening_terms: ScreeningTerms
    sourcing_trial: SourcingTrial
    customs_account_id: str
    appeasement_percent: int
    vat_registry_account_id: str
    def __init__(self, channel_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., channel_account_id: _Optional[str] = ..., payment_account_id: _Optional[str] = ..., fraud_account_id: _Optional[str] = ..., tax_account_id: _Optional[str] = ..., erp_account_id: _Optional[str] = ..., notice_account_id: _Optional[str] = ..., shortage_policy: _Optional[_Union[ShortagePolicy, str]] = ..., node_ids: _Optional[_Iterable[str]] = ..., stock_buffer: _Optional[int] = ..., hold_rule: _Optional[str] = ..., default_service_code: _Optional[str] = ..., reservation_limits: _Optional[_Union[ReservationLimits, _Mapping]] = ..., attributes: _Optional[_Mapping[str, str]] = ..., promise_terms: _Optional[_Union[PromiseTerms, _Mapping]] = ..., sourcing_policy: _Optional[_Union[SourcingPolicy, _Mapping]] = ..., change_terms: _Optional[_Union[ChangeTerms, _Mapping]] = ..., screening_terms: _Optional[_Union[ScreeningTerms, _Mapping]] = ..., sourcing_trial: _Optional[_Union[SourcingTrial, _Mapping]] = ..., customs_account_id: _Optional[str] = ..., appeasement_percent: _Optional[int] = ..., vat_registry_account_id: _Optional[str] = ...) -> None: ...

class SourcingTrial(_message.Message):
    __slots__ = ("name", "policy", "share_permille", "judged_after", "most_cost_permille", "most_split_permille", "most_late_permille", "stopped_because")
    NAME_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    SHARE_PERMILLE_FIELD_NUMBER: _ClassVar[int]
    JUDGED_AFTER_FIELD_NUMBER: _ClassVar[int]
    MOST_COST_PERMILLE_FIELD_NUMBER: _ClassVar[int]
    MOST_SPLIT_PERMILLE_FIELD_NUMBER: _ClassVar[int]
    MOST_LATE_PERMILLE_FIELD_NUMBER: _ClassVar[int]
    STOPPED_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    name: str
    policy: SourcingPolicy
    share_permille: int
    judged_after: int
    most_cost_permille: int
    most_split_permille: int
    most_late_permille: int
    stopped_because: str
    def __init__(self, name: _Optional[str] = ..., policy: _Optional[_Union[SourcingPolicy, _Mapping]] = ..., share_permille: _Optional[int] = ..., judged_after: _Optional[int] = ..., most_cost_permille: _Optional[int] = ..., most_split_permille: _Optional[int] = ..., most_late_permille: _Optional[int] = ..., stopped_because: _Optional[str] = ...) -> None: ...

class ScreeningTerms(_message.Message):
    __slots__ = ("review_score", "decision_days")
    REVIEW_SCORE_FIELD_NUMBER: _ClassVar[int]
    DECISION_DAYS_FIELD_NUMBER: _ClassVar[int]
    review_score: int
    decision_days: int
    def __init__(self, review_score: _Optional[int] = ..., decision_days: _Optional[int] = ...) -> None: ...

class ChangeTerms(_message.Message):
    __slots__ = ("staff_rule", "customer_rule", "validity")
    STAFF_RULE_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_RULE_FIELD_NUMBER: _ClassVar[int]
    VALIDITY_FIELD_NUMBER: _ClassVar[int]
    staff_rule: str
    customer_rule: str
    validity: _duration_pb2.Duration
    def __init__(self, staff_rule: _Optional[str] = ..., customer_rule: _Optional[str] = ..., validity: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class PromiseTerms(_message.Message):
    __slots__ = ("validity", "delivery_fees", "demand_tiers")
    VALIDITY_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FEES_FIELD_NUMBER: _ClassVar[int]
    DEMAND_TIERS_FIELD_NUMBER: _ClassVar[int]
    validity: _duration_pb2.Duration
    delivery_fees: _containers.RepeatedCompositeFieldContainer[DeliveryFee]
    demand_tiers: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, validity: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., delivery_fees: _Optional[_Iterable[_Union[DeliveryFee, _Mapping]]] = ..., demand_tiers: _Optional[_Iterable[str]] = ...) -> None: ...

class DeliveryFee(_message.Message):
    __slots__ = ("service_code", "amount")
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    service_code: str
    amount: _money_pb2.Money
    def __init__(self, service_code: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class SourcingPolicy(_message.Message):
    __slots__ = ("split_cost", "pick_cost", "pack_cost", "freight_per_kg", "late_day_cost", "returned_permille", "most_parcels", "rules", "carbon_cost_per_kg", "markdowns", "cool_down", "opportunity_permille", "lost_order_cost", "lost_buyer_cost", "stock_days", "import_flow", "without_import_tax")
    SPLIT_COST_FIELD_NUMBER: _ClassVar[int]
    PICK_COST_FIELD_NUMBER: _ClassVar[int]
    PACK_COST_FIELD_NUMBER: _ClassVar[int]
    FREIGHT_PER_KG_FIELD_NUMBER: _ClassVar[int]
    LATE_DAY_COST_FIELD_NUMBER: _ClassVar[int]
    RETURNED_PERMILLE_FIELD_NUMBER: _ClassVar[int]
    MOST_PARCELS_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    CARBON_COST_PER_KG_FIELD_NUMBER: _ClassVar[int]
    MARKDOWNS_FIELD_NUMBER: _ClassVar[int]
    COOL_DOWN_FIELD_NUMBER: _ClassVar[int]
    OPPORTUNITY_PERMILLE_FIELD_NUMBER: _ClassVar[int]
    LOST_ORDER_COST_FIELD_NUMBER: _ClassVar[int]
    LOST_BUYER_COST_FIELD_NUMBER: _ClassVar[int]
    STOCK_DAYS_FIELD_NUMBER: _ClassVar[int]
    IMPORT_FLOW_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_IMPORT_TAX_FIELD_NUMBER: _ClassVar[int]
    split_cost: _money_pb2.Money
    pick_cost: _money_pb2.Money
    pack_cost: _money_pb2.Money
    freight_per_kg: _money_pb2.Money
    late_day_cost: _money_pb2.Money
    returned_permille: int
    most_parcels: int
    rules: _containers.RepeatedCompositeFieldContainer[SourcingRule]
    carbon_cost_per_kg: _money_pb2.Money
    markdowns: _containers.RepeatedCompositeFieldContainer[Markdown]
    cool_down: _duration_pb2.Duration
    opportunity_permille: int
    lost_order_cost: _money_pb2.Money
    lost_buyer_cost: _money_pb2.Money
    stock_days: int
    import_flow: _trade_pb2.TradeFlow
    without_import_tax: bool
    def __init__(self, split_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., pick_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., pack_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., freight_per_kg: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., late_day_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., returned_permille: _Optional[int] = ..., most_parcels: _Optional[int] = ..., rules: _Optional[_Iterable[_Union[SourcingRule, _Mapping]]] = ..., carbon_cost_per_kg: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., markdowns: _Optional[_Iterable[_Union[Markdown, _Mapping]]] = ..., cool_down: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., opportunity_permille: _Optional[int] = ..., lost_order_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., lost_buyer_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., stock_days: _Optional[int] = ..., import_flow: _Optional[_Union[_trade_pb2.TradeFlow, str]] = ..., without_import_tax: _Optional[bool] = ...) -> None: ...

class Markdown(_message.Message):
    __slots__ = ("node_id", "item_class", "amount")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    ITEM_CLASS_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    item_class: str
    amount: _money_pb2.Money
    def __init__(self, node_id: _Optional[str] = ..., item_class: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class SourcingRule(_message.Message):
    __slots__ = ("rule_id", "when", "nodes")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    WHEN_FIELD_NUMBER: _ClassVar[int]
    NODES_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    when: str
    nodes: str
    def __init__(self, rule_id: _Optional[str] = ..., when: _Optional[str] = ..., nodes: _Optional[str] = ...) -> None: ...

class ReservationLimits(_message.Message):
    __slots__ = ("default_ttl", "longest_ttl", "longest_life", "reservations_per_buyer", "units_per_buyer", "reservations_per_client", "units_per_client")
    DEFAULT_TTL_FIELD_NUMBER: _ClassVar[int]
    LONGEST_TTL_FIELD_NUMBER: _ClassVar[int]
    LONGEST_LIFE_FIELD_NUMBER: _ClassVar[int]
    RESERVATIONS_PER_BUYER_FIELD_NUMBER: _ClassVar[int]
    UNITS_PER_BUYER_FIELD_NUMBER: _ClassVar[int]
    RESERVATIONS_PER_CLIENT_FIELD_NUMBER: _ClassVar[int]
    UNITS_PER_CLIENT_FIELD_NUMBER: _ClassVar[int]
    default_ttl: _duration_pb2.Duration
    longest_ttl: _duration_pb2.Duration
    longest_life: _duration_pb2.Duration
    reservations_per_buyer: int
    units_per_buyer: int
    reservations_per_client: int
    units_per_client: int
    def __init__(self, default_ttl: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., longest_ttl: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., longest_life: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., reservations_per_buyer: _Optional[int] = ..., units_per_buyer: _Optional[int] = ..., reservations_per_client: _Optional[int] = ..., units_per_client: _Optional[int] = ...) -> None: ...

class Network(_message.Message):
    __slots__ = ("nodes", "calendars", "lanes", "accounts", "channels", "version", "postal_areas", "zones", "services", "rate_tables")
    NODES_FIELD_NUMBER: _ClassVar[int]
    CALENDARS_FIELD_NUMBER: _ClassVar[int]
    LANES_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    POSTAL_AREAS_FIELD_NUMBER: _ClassVar[int]
    ZONES_FIELD_NUMBER: _ClassVar[int]
    SERVICES_FIELD_NUMBER: _ClassVar[int]
    RATE_TABLES_FIELD_NUMBER: _ClassVar[int]
    nodes: _containers.RepeatedCompositeFieldContainer[Node]
    calendars: _containers.RepeatedCompositeFieldContainer[Calendar]
    lanes: _containers.RepeatedCompositeFieldContainer[_carriers_pb2.Lane]
    accounts: _containers.RepeatedCompositeFieldContainer[PartnerAccount]
    channels: _containers.RepeatedCompositeFieldContainer[Channel]
    version: int
    postal_areas: _containers.RepeatedCompositeFieldContainer[PostalArea]
    zones: _containers.RepeatedCompositeFieldContainer[_carriers_pb2.Zone]
    services: _containers.RepeatedCompositeFieldContainer[_carriers_pb2.CarrierService]
    rate_tables: _containers.RepeatedCompositeFieldContainer[_carriers_pb2.RateTable]
    def __init__(self, nodes: _Optional[_Iterable[_Union[Node, _Mapping]]] = ..., calendars: _Optional[_Iterable[_Union[Calendar, _Mapping]]] = ..., lanes: _Optional[_Iterable[_Union[_carriers_pb2.Lane, _Mapping]]] = ..., accounts: _Optional[_Iterable[_Union[PartnerAccount, _Mapping]]] = ..., channels: _Optional[_Iterable[_Union[Channel, _Mapping]]] = ..., version: _Optional[int] = ..., postal_areas: _Optional[_Iterable[_Union[PostalArea, _Mapping]]] = ..., zones: _Optional[_Iterable[_Union[_carriers_pb2.Zone, _Mapping]]] = ..., services: _Optional[_Iterable[_Union[_carriers_pb2.CarrierService, _Mapping]]] = ..., rate_tables: _Optional[_Iterable[_Union[_carriers_pb2.RateTable, _Mapping]]] = ...) -> None: ...

class PutNetworkRequest(_message.Message):
    __slots__ = ("request_id", "network", "expected_version", "validate_only", "removed_node_ids", "removed_account_ids", "removed_channel_ids", "overbooked_node_ids", "valid_from_time")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NETWORK_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REMOVED_NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    REMOVED_ACCOUNT_IDS_FIELD_NUMBER: _ClassVar[int]
    REMOVED_CHANNEL_IDS_FIELD_NUMBER: _ClassVar[int]
    OVERBOOKED_NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    VALID_FROM_TIME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    network: Network
    expected_version: int
    validate_only: bool
    removed_node_ids: _containers.RepeatedScalarFieldContainer[str]
    removed_account_ids: _containers.RepeatedScalarFieldContainer[str]
    removed_channel_ids: _containers.RepeatedScalarFieldContainer[str]
    overbooked_node_ids: _containers.RepeatedScalarFieldContainer[str]
    valid_from_time: _timestamp_pb2.Timestamp
    def __init__(self, request_id: _Optional[str] = ..., network: _Optional[_Union[Network, _Mapping]] = ..., expected_version: _Optional[int] = ..., validate_only: _Optional[bool] = ..., removed_node_ids: _Optional[_Iterable[str]] = ..., removed_account_ids: _Optional[_Iterable[str]] = ..., removed_channel_ids: _Optional[_Iterable[str]] = ..., overbooked_node_ids: _Optional[_Iterable[str]] = ..., valid_from_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class PutNetworkResponse(_message.Message):
    __slots__ = ("version",)
    VERSION_FIELD_NUMBER: _ClassVar[int]
    version: int
    def __init__(self, version: _Optional[int] = ...) -> None: ...

class ComingNetwork(_message.Message):
    __slots__ = ("valid_from_time", "node_count", "lane_count", "channel_count", "removed_node_ids", "removed_account_ids", "removed_channel_ids", "overbooked_node_ids")
    VALID_FROM_TIME_FIELD_NUMBER: _ClassVar[int]
    NODE_COUNT_FIELD_NUMBER: _ClassVar[int]
    LANE_COUNT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_COUNT_FIELD_NUMBER: _ClassVar[int]
    REMOVED_NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    REMOVED_ACCOUNT_IDS_FIELD_NUMBER: _ClassVar[int]
    REMOVED_CHANNEL_IDS_FIELD_NUMBER: _ClassVar[int]
    OVERBOOKED_NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    valid_from_time: _timestamp_pb2.Timestamp
    node_count: int
    lane_count: int
    channel_count: int
    removed_node_ids: _containers.RepeatedScalarFieldContainer[str]
    removed_account_ids: _containers.RepeatedScalarFieldContainer[str]
    removed_channel_ids: _containers.RepeatedScalarFieldContainer[str]
    overbooked_node_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, valid_from_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., node_count: _Optional[int] = ..., lane_count: _Optional[int] = ..., channel_count: _Optional[int] = ..., removed_node_ids: _Optional[_Iterable[str]] = ..., removed_account_ids: _Optional[_Iterable[str]] = ..., removed_channel_ids: _Optional[_Iterable[str]] = ..., overbooked_node_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ListComingNetworksRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListComingNetworksResponse(_message.Message):
    __slots__ = ("networks",)
    NETWORKS_FIELD_NUMBER: _ClassVar[int]
    networks: _containers.RepeatedCompositeFieldContainer[ComingNetwork]
    def __init__(self, networks: _Optional[_Iterable[_Union[ComingNetwork, _Mapping]]] = ...) -> None: ...

class CancelNetworkRequest(_message.Message):
    __slots__ = ("request_id", "valid_from_time")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALID_FROM_TIME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    valid_from_time: _timestamp_pb2.Timestamp
    def __init__(self, request_id: _Optional[str] = ..., valid_from_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CancelNetworkResponse(_message.Message):
    __slots__ = ("version",)
    VERSION_FIELD_NUMBER: _ClassVar[int]
    version: int
    def __init__(self, version: _Optional[int] = ...) -> None: ...

class CloseNodeRequest(_message.Message):
    __slots__ = ("request_id", "node_id", "reopen")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    REOPEN_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    node_id: str
    reopen: bool
    def __init__(self, request_id: _Optional[str] = ..., node_id: _Optional[str] = ..., reopen: _Optional[bool] = ...) -> None: ...

class CloseNodeResponse(_message.Message):
    __slots__ = ("version", "node")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    NODE_FIELD_NUMBER: _ClassVar[int]
    version: int
    node: Node
    def __init__(self, version: _Optional[int] = ..., node: _Optional[_Union[Node, _Mapping]] = ...) -> None: ...

class GetNetworkRequest(_message.Message):
    __slots__ = ("parts", "page", "at_time")
    PARTS_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    AT_TIME_FIELD_NUMBER: _ClassVar[int]
    parts: _containers.RepeatedScalarFieldContainer[NetworkPart]
    page: _refusal_pb2.PageRequest
    at_time: _timestamp_pb2.Timestamp
    def __init__(self, parts: _Optional[_Iterable[_Union[NetworkPart, str]]] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., at_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetNetworkResponse(_message.Message):
    __slots__ = ("network", "next_page_token")
    NETWORK_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    network: Network
    next_page_token: str
    def __init__(self, network: _Optional[_Union[Network, _Mapping]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

from buf.validate import validate_pb2 as _validate_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Zone(_message.Message):
    __slots__ = ("zone_id", "areas")
    ZONE_ID_FIELD_NUMBER: _ClassVar[int]
    AREAS_FIELD_NUMBER: _ClassVar[int]
    zone_id: str
    areas: _containers.RepeatedCompositeFieldContainer[ZoneArea]
    def __init__(self, zone_id: _Optional[str] = ..., areas: _Optional[_Iterable[_Union[ZoneArea, _Mapping]]] = ...) -> None: ...

class ZoneArea(_message.Message):
    __slots__ = ("country_code", "region_code", "postal_prefix")
    COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    REGION_CODE_FIELD_NUMBER: _ClassVar[int]
    POSTAL_PREFIX_FIELD_NUMBER: _ClassVar[int]
    country_code: str
    region_code: str
    postal_prefix: str
    def __init__(self, country_code: _Optional[str] = ..., region_code: _Optional[str] = ..., postal_prefix: _Optional[str] = ...) -> None: ...

class Lane(_message.Message):
    __slots__ = ("from_node_id", "to_country_code", "service_code", "transit_days", "calendar_id", "parcel_rate", "transport_account_id", "from_zone_id", "to_zone_id", "fastest_transit_days", "weekend_delivery", "carbon_grams_per_parcel", "carbon_grams_per_kg")
    FROM_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TO_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    TRANSIT_DAYS_FIELD_NUMBER: _ClassVar[int]
    CALENDAR_ID_FIELD_NUMBER: _ClassVar[int]
    PARCEL_RATE_FIELD_NUMBER: _ClassVar[int]
    TRANSPORT_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_ZONE_ID_FIELD_NUMBER: _ClassVar[int]
    TO_ZONE_ID_FIELD_NUMBER: _ClassVar[int]
    FASTEST_TRANSIT_DAYS_FIELD_NUMBER: _ClassVar[int]
    WEEKEND_DELIVERY_FIELD_NUMBER: _ClassVar[int]
    CARBON_GRAMS_PER_PARCEL_FIELD_NUMBER: _ClassVar[int]
    CARBON_GRAMS_PER_KG_FIELD_NUMBER: _ClassVar[int]
    from_node_id: str
    to_country_code: str
    service_code: str
    transit_days: int
    calendar_id: str
    parcel_rate: _money_pb2.Money
    transport_account_id: str
    from_zone_id: str
    to_zone_id: str
    fastest_transit_days: int
    weekend_delivery: bool
    carbon_grams_per_parcel: int
    carbon_grams_per_kg: int
    def __init__(self, from_node_id: _Optional[str] = ..., to_country_code: _Optional[str] = ..., service_code: _Optional[str] = ..., transit_days: _Optional[int] = ..., calendar_id: _Optional[str] = ..., parcel_rate: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transport_account_id: _Optional[str] = ..., from_zone_id: _Optional[str] = ..., to_zone_id: _Optional[str] = ..., fastest_transit_days: _Optional[int] = ..., weekend_delivery: _Optional[bool] = ..., carbon_grams_per_parcel: _Optional[int] = ..., carbon_grams_per_kg: _Optional[int] = ...) -> None: ...

class CarrierService(_message.Message):
    __slots__ = ("transport_account_id", "service_code", "pickups", "surcharges", "slots", "buys_labels")
    TRANSPORT_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    PICKUPS_FIELD_NUMBER: _ClassVar[int]
    SURCHARGES_FIELD_NUMBER: _ClassVar[int]
    SLOTS_FIELD_NUMBER: _ClassVar[int]
    BUYS_LABELS_FIELD_NUMBER: _ClassVar[int]
    transport_account_id: str
    service_code: str
    pickups: _containers.RepeatedCompositeFieldContainer[Pickup]
    surcharges: _containers.RepeatedCompositeFieldContainer[Surcharge]
    slots: _containers.RepeatedCompositeFieldContainer[DeliverySlot]
    buys_labels: bool
    def __init__(self, transport_account_id: _Optional[str] = ..., service_code: _Optional[str] = ..., pickups: _Optional[_Iterable[_Union[Pickup, _Mapping]]] = ..., surcharges: _Optional[_Iterable[_Union[Surcharge, _Mapping]]] = ..., slots: _Optional[_Iterable[_Union[DeliverySlot, _Mapping]]] = ..., buys_labels: _Optional[bool] = ...) -> None: ...

class DeliverySlot(_message.Message):
    __slots__ = ("slot_id", "begin", "end", "time_zone", "to_zone_id", "daily_capacity")
    SLOT_ID_FIELD_NUMBER: _ClassVar[int]
    BEGIN_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    TO_ZONE_ID_FIELD_NUMBER: _ClassVar[int]
    DAILY_CAPACITY_FIELD_NUMBER: _ClassVar[int]
    slot_id: str
    begin: str
    end: str
    time_zone: str
    to_zone_id: str
    daily_capacity: int
    def __init__(self, slot_id: _Optional[str] = ..., begin: _Optional[str] = ..., end: _Optional[str] = ..., time_zone: _Optional[str] = ..., to_zone_id: _Optional[str] = ..., daily_capacity: _Optional[int] = ...) -> None: ...

class Pickup(_message.Message):
    __slots__ = ("node_id", "weekdays", "cut_off")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    WEEKDAYS_FIELD_NUMBER: _ClassVar[int]
    CUT_OFF_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    weekdays: _containers.RepeatedScalarFieldContainer[int]
    cut_off: str
    def __init__(self, node_id: _Optional[str] = ..., weekdays: _Optional[_Iterable[int]] = ..., cut_off: _Optional[str] = ...) -> None: ...

class DeliveryWish(_message.Message):
    __slots__ = ("day", "slot_id")
    DAY_FIELD_NUMBER: _ClassVar[int]
    SLOT_ID_FIELD_NUMBER: _ClassVar[int]
    day: str
    slot_id: str
    def __init__(self, day: _Optional[str] = ..., slot_id: _Optional[str] = ...) -> None: ...

class Surcharge(_message.Message):
    __slots__ = ("surcharge_code", "amount", "share", "to_zone_id", "from_weight_grams")
    SURCHARGE_CODE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    SHARE_FIELD_NUMBER: _ClassVar[int]
    TO_ZONE_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    surcharge_code: str
    amount: _money_pb2.Money
    share: str
    to_zone_id: str
    from_weight_grams: int
    def __init__(self, surcharge_code: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., share: _Optional[str] = ..., to_zone_id: _Optional[str] = ..., from_weight_grams: _Optional[int] = ...) -> None: ...

class RateTable(_message.Message):
    __slots__ = ("transport_account_id", "service_code", "to_country_code", "to_zone_id", "breaks")
    TRANSPORT_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    TO_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    TO_ZONE_ID_FIELD_NUMBER: _ClassVar[int]
    BREAKS_FIELD_NUMBER: _ClassVar[int]
    transport_account_id: str
    service_code: str
    to_country_code: str
    to_zone_id: str
    breaks: _containers.RepeatedCompositeFieldContainer[RateBreak]
    def __init__(self, transport_account_id: _Optional[str] = ..., service_code: _Optional[str] = ..., to_country_code: _Optional[str] = ..., to_zone_id: _Optional[str] = ..., breaks: _Optional[_Iterable[_Union[RateBreak, _Mapping]]] = ...) -> None: ...

class RateBreak(_message.Message):
    __slots__ = ("rate", "max_weight_grams", "max_volume_cm3")
    RATE_FIELD_NUMBER: _ClassVar[int]
    MAX_WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    MAX_VOLUME_CM3_FIELD_NUMBER: _ClassVar[int]
    rate: _money_pb2.Money
    max_weight_grams: int
    max_volume_cm3: int
    def __init__(self, rate: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., max_weight_grams: _Optional[int] = ..., max_volume_cm3: _Optional[int] = ...) -> None: ...

"""Zones, lanes, carrier services and rate tables on the wire."""

from __future__ import annotations

from decimal import Decimal

from google.type import money_pb2

from crossdock.network.v1 import carriers_pb2 as pb
from hub.kernel.money import Money
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
from hub.wire.codes import country_from_text
from hub.wire.money import money_from_pb, money_to_pb
from hub.wire.shares import share_from_text, share_to_text
from hub.wire.times import time_from_text


def zone_from_pb(message: pb.Zone, field: str) -> Zone:
    """Return the zone of a message; raises InvalidField."""
    areas = [
        ZoneArea(
            country_from_text(area.country_code, field=f"{field}.areas[{index}].country_code"),
            area.region_code,
            area.postal_prefix,
        )
        for index, area in enumerate(message.areas)
    ]
    return Zone(message.zone_id, tuple(areas))


def zone_to_pb(zone: Zone) -> pb.Zone:
    """Return a zone as a message."""
    message = pb.Zone(zone_id=zone.zone_id)
    for area in zone.areas:
        message.areas.add(
            country_code=area.country_code, region_code=area.region_code, postal_prefix=area.postal_prefix
        )
    return message


def lane_from_pb(message: pb.Lane, field: str) -> Lane:
    """Return the lane of a message; raises InvalidField."""
    return Lane(
        from_node_id=message.from_node_id,
        to_country_code=_country(message.to_country_code, f"{field}.to_country_code"),
        service_code=message.service_code,
        transit_days=message.transit_days,
        calendar_id=message.calendar_id,
        parcel_rate=_money(message.parcel_rate, f"{field}.parcel_rate") if message.HasField("parcel_rate") else None,
        transport_account_id=message.transport_account_id,
        from_zone_id=message.from_zone_id,
        to_zone_id=message.to_zone_id,
        fastest_transit_days=message.fastest_transit_days if message.HasField("fastest_transit_days") else None,
        weekend_delivery=message.weekend_delivery,
        carbon_grams_per_parcel=message.carbon_grams_per_parcel,
        carbon_grams_per_kg=message.carbon_grams_per_kg,
    )


def lane_to_pb(lane: Lane) -> pb.Lane:
    """Return a lane as a message."""
    return pb.Lane(
        from_node_id=lane.from_node_id,
        to_country_code=lane.to_country_code,
        service_code=lane.service_code,
        transit_days=lane.transit_days,
        calendar_id=lane.calendar_id,
        parcel_rate=money_to_pb(lane.parcel_rate) if lane.parcel_rate is not None else None,
        transport_account_id=lane.transport_account_id,
        from_zone_id=lane.from_zone_id,
        to_zone_id=lane.to_zone_id,
        fastest_transit_days=lane.fastest_transit_days,
        weekend_delivery=lane.weekend_delivery,
        carbon_grams_per_parcel=lane.carbon_grams_per_parcel,
        carbon_grams_per_kg=lane.carbon_grams_per_kg,
    )


def service_from_pb(message: pb.CarrierService, field: str) -> CarrierService:
    """Return the carrier service of a message; raises InvalidField."""
    pickups = [_pickup(one, f"{field}.pickups[{index}]") for index, one in enumerate(message.pickups)]
    surcharges = [_surcharge(one, f"{field}.surcharges[{index}]") for index, one in enumerate(message.surcharges)]
    slots = [_slot(one, f"{field}.slots[{index}]") for index, one in enumerate(message.slots)]
    return CarrierService(
        message.transport_account_id,
        message.service_code,
        tuple(pickups),
        tuple(surcharges),
        tuple(slots),
        message.buys_labels,
    )


def service_to_pb(service: CarrierService) -> pb.CarrierService:
    """Return a carrier service as a message."""
    message = pb.CarrierService(
        transport_account_id=service.transport_account_id,
        service_code=service.service_code,
        buys_labels=service.buys_labels,
    )
    for pickup in service.pickups:
        cut_off = f"{pickup.cut_off:%H:%M}"
        message.pickups.add(node_id=pickup.node_id, weekdays=sorted(pickup.weekdays), cut_off=cut_off)
    for surcharge in service.surcharges:
        message.surcharges.add(
            surcharge_code=surcharge.surcharge_code,
            amount=money_to_pb(surcharge.amount) if surcharge.amount is not None else None,
            share=share_to_text(surcharge.share) if surcharge.share else "",
            to_zone_id=surcharge.to_zone_id,
            from_weight_grams=surcharge.from_weight_grams,
        )
    for slot in service.slots:
        message.slots.add(
            slot_id=slot.slot_id,
            begin=f"{slot.begins:%H:%M}",
            end=f"{slot.ends:%H:%M}",
            time_zone=slot.time_zone,
            to_zone_id=slot.to_zone_id,
            daily_capacity=slot.daily_capacity,
        )
    return message


def rate_table_from_pb(message: pb.RateTable, field: str) -> RateTable:
    """Return the rate table of a message; raises InvalidField."""
    breaks = [
        RateBreak(_money(one.rate, f"{field}.breaks[{index}].rate"), one.max_weight_grams, one.max_volume_cm3)
        for index, one in enumerate(message.breaks)
    ]
    return RateTable(
        transport_account_id=message.transport_account_id,
        service_code=message.service_code,
        breaks=tuple(breaks),
        to_country_code=_country(message.to_country_code, f"{field}.to_country_code"),
        to_zone_id=message.to_zone_id,
    )


def rate_table_to_pb(table: RateTable) -> pb.RateTable:
    """Return a rate table as a message."""
    message = pb.RateTable(
        transport_account_id=table.transport_account_id,
        service_code=table.service_code,
        to_country_code=table.to_country_code,
        to_zone_id=table.to_zone_id,
    )
    for one in table.breaks:
        message.breaks.add(
            rate=money_to_pb(one.rate), max_weight_grams=one.max_weight_grams, max_volume_cm3=one.max_volume_cm3
        )
    return message


def _slot(message: pb.DeliverySlot, field: str) -> DeliverySlot:
    return DeliverySlot(
        slot_id=message.slot_id,
        begins=time_from_text(message.begin, field=f"{field}.begin"),
        ends=time_from_text(message.end, field=f"{field}.end"),
        time_zone=message.time_zone,
        to_zone_id=message.to_zone_id,
        daily_capacity=message.daily_capacity,
    )


def _pickup(message: pb.Pickup, field: str) -> Pickup:
    return Pickup(
        weekdays=frozenset(message.weekdays),
        cut_off=time_from_text(message.cut_off, field=f"{field}.cut_off"),
        node_id=message.node_id,
    )


def _surcharge(message: pb.Surcharge, field: str) -> Surcharge:
    return Surcharge(
        surcharge_code=message.surcharge_code,
        amount=_money(message.amount, f"{field}.amount") if message.HasField("amount") else None,
        share=share_from_text(message.share, field=f"{field}.share") if message.share else Decimal(0),
        to_zone_id=message.to_zone_id,
        from_weight_grams=message.from_weight_grams,
    )


def _country(code: str, field: str) -> str:
    return country_from_text(code, field=field) if code else ""


def _money(message: money_pb2.Money, field: str) -> Money:
    return money_from_pb(message, field=field)

"""Terms of a channel on the wire: what may be reserved, and what buyers are quoted."""

from __future__ import annotations

from crossdock.network.v1 import network_pb2
from hub.kernel.errors import InvalidField
from hub.kernel.money import Money
from hub.network.model import ChangeTerms, PromiseTerms, ReservationLimits, ScreeningTerms
from hub.wire.defaults import meant
from hub.wire.instants import duration_to_pb
from hub.wire.money import money_from_pb, money_to_pb


def limits_from_pb(message: network_pb2.ReservationLimits) -> ReservationLimits:
    """The limits in a message, with the contract's defaults."""
    return ReservationLimits(
        default_ttl_seconds=meant(message, "default_ttl").seconds,
        longest_ttl_seconds=meant(message, "longest_ttl").seconds,
        longest_life_seconds=meant(message, "longest_life").seconds,
        reservations_per_buyer=message.reservations_per_buyer,
        units_per_buyer=message.units_per_buyer,
        reservations_per_client=message.reservations_per_client,
        units_per_client=message.units_per_client,
    )


def limits_to_pb(limits: ReservationLimits) -> network_pb2.ReservationLimits:
    """The limits as a message."""
    return network_pb2.ReservationLimits(
        default_ttl=duration_to_pb(limits.default_ttl_seconds),
        longest_ttl=duration_to_pb(limits.longest_ttl_seconds),
        longest_life=duration_to_pb(limits.longest_life_seconds),
        reservations_per_buyer=limits.reservations_per_buyer,
        units_per_buyer=limits.units_per_buyer,
        reservations_per_client=limits.reservations_per_client,
        units_per_client=limits.units_per_client,
    )


def promise_terms_from_pb(message: network_pb2.PromiseTerms, field: str) -> PromiseTerms:
    """The terms in a message, with the contract's defaults.

    Raises InvalidField, naming `field`, for an amount that is none, and for a second fee of a service.
    """
    fees: dict[str, Money] = {}
    for index, fee in enumerate(message.delivery_fees):
        place = f"{field}.delivery_fees[{index}]"
        if fee.service_code in fees:
            raise InvalidField(f"{place} is a second fee for {fee.service_code}; state one.", **{place: "stated twice"})
        fees[fee.service_code] = money_from_pb(fee.amount, field=f"{place}.amount")
    return PromiseTerms(meant(message, "validity").seconds, fees, tuple(message.demand_tiers))


def promise_terms_to_pb(terms: PromiseTerms) -> network_pb2.PromiseTerms:
    """The terms as a message."""
    return network_pb2.PromiseTerms(
        validity=duration_to_pb(terms.validity_seconds),
        delivery_fees=[
            network_pb2.DeliveryFee(service_code=service, amount=money_to_pb(fee))
            for service, fee in sorted(terms.delivery_fees.items())
        ],
        demand_tiers=terms.demand_tiers,
    )


def change_terms_from_pb(message: network_pb2.ChangeTerms) -> ChangeTerms:
    """The terms in a message, with the contract's defaults."""
    return ChangeTerms(message.staff_rule, message.customer_rule, meant(message, "validity").seconds)


def change_terms_to_pb(terms: ChangeTerms) -> network_pb2.ChangeTerms:
    """The terms as a message."""
    return network_pb2.ChangeTerms(
        staff_rule=terms.staff_rule,
        customer_rule=terms.customer_rule,
        validity=duration_to_pb(terms.validity_seconds),
    )


def screening_terms_from_pb(channel: network_pb2.Channel) -> ScreeningTerms | None:
    """The terms of a channel, with the contract's defaults; None where it does not screen."""
    if not channel.HasField("screening_terms"):
        return None
    message = channel.screening_terms
    return ScreeningTerms(meant(message, "review_score"), meant(message, "decision_days"))


def screening_terms_to_pb(terms: ScreeningTerms | None) -> network_pb2.ScreeningTerms | None:
    """The terms as a message."""
    if terms is None:
        return None
    return network_pb2.ScreeningTerms(review_score=terms.review_score, decision_days=terms.decision_days)

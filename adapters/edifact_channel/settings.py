"""What an account says of its buyers: currency, units, product ids, what is forgiven. README.md lists the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.facts import IGNORED
from adapters.sdk.documents.reading import flag, is_country, is_currency, text_map, time_zone
from adapters.sdk.edifact.agreement import Way, read_way
from adapters.sdk.profile import Profile

SKU_TYPES: Final = ("SA", "SRV", "EN", "UP", "MF", "BP", "IN")
"""Types of product ids (7143), the seller's own first."""
UNITS: Final[Mapping[str, str]] = {"PCE": "H87", "PCS": "H87", "PC": "H87", "": ""}
"""Codes of units (6411) that UN/ECE recommendation 20 no longer has, and what they are there."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        channel_id: Channel of the orders; empty: the one the call names.
        currency_code: Currency of orders without CUX; empty: they are refused.
        country_code: Country of addresses that name none.
        time_zone: Zone in which their dates are days.
        draft_unknown_skus: Whether SKUs the catalog does not know become draft items.
        sku_types: Which product id is the SKU, the best first.
        units: Their unit code -> UN/ECE recommendation 20.
        terms: Payment terms of the orders, for example NET30.
        demand_class: Demand class of the orders.
        tolerate: Checks that are forgiven: UNT01, UNZ, CNT.
        ignored_facts: Facts that hold no order although no list settles them: header.FTX, line.DTM=69.
        way: The way to the buyer, where the profile names our id; None: nothing is written.
        awaits: Whether the buyer reports by CONTRL that it could read what we wrote.
    """

    channel_id: str
    currency_code: str
    country_code: str
    time_zone: ZoneInfo
    draft_unknown_skus: bool
    sku_types: tuple[str, ...]
    units: Mapping[str, str]
    terms: str
    demand_class: str
    tolerate: frozenset[str]
    ignored_facts: frozenset[str]
    way: Way | None
    awaits: bool


def read_settings(profile_json: str) -> Settings:
    """Read a profile. Raises BadCall naming the setting that is malformed."""
    profile = Profile.read(profile_json)
    settings = Settings(
        channel_id=profile.text("channel_id", ""),
        currency_code=profile.text("currency_code", ""),
        country_code=profile.text("country_code", ""),
        time_zone=time_zone(profile),
        draft_unknown_skus=flag(profile, "draft_unknown_skus", default=False),
        sku_types=profile.texts("sku_types", SKU_TYPES),
        units={**UNITS, **text_map(profile, "units")},
        terms=profile.text("terms", "")[:120],
        demand_class=profile.text("demand_class", ""),
        tolerate=frozenset(profile.texts("tolerate")),
        ignored_facts=frozenset(profile.texts(IGNORED)),
        way=read_way(profile) if profile.text("own", "") else None,
        awaits=flag(profile, "awaits_acknowledgment", default=True),
    )
    if settings.currency_code and not is_currency(settings.currency_code):
        raise BadCall(f"{profile.place}.currency_code is not an ISO 4217 code")
    if settings.country_code and not is_country(settings.country_code):
        raise BadCall(f"{profile.place}.country_code is not an ISO 3166-1 alpha-2 code")
    return settings

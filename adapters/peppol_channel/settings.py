"""What an account says of its buyers: product ids, units, what is ignored, who we are. README.md lists the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.facts import IGNORED
from adapters.sdk.documents.reading import flag, text_map
from adapters.sdk.letters.files import FileWay
from adapters.sdk.mailbox.settings import mailbox_settings
from adapters.sdk.profile import Profile
from adapters.sdk.ubl.parties import Party, party_of

SKU_TYPES: Final = ("seller", "standard", "buyer")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        channel_id: Channel of the orders; empty: the one the call names.
        draft_unknown_skus: Whether SKUs the catalog does not know become draft items.
        sku_types: Whose id of a product is the SKU, the best first: seller, standard, buyer.
        units: Their unit code -> the one that is carried.
        terms: Payment terms of the orders, for example NET30.
        demand_class: Demand class of the orders.
        ignored_facts: Facts that hold no order although no list settles them: order.cbc:Note.
        seller: Who we are, in what is written; None: nothing is written.
        way: The way to the access point; None: nothing is written.
    """

    channel_id: str
    draft_unknown_skus: bool
    sku_types: tuple[str, ...]
    units: Mapping[str, str]
    terms: str
    demand_class: str
    ignored_facts: frozenset[str]
    seller: Party | None
    way: FileWay | None


def read_settings(profile_json: str) -> Settings:
    """Read a profile. Raises BadCall naming the setting that is missing or malformed."""
    profile = Profile.read(profile_json)
    writes = "seller" in profile.names()
    settings = Settings(
        channel_id=profile.text("channel_id", ""),
        draft_unknown_skus=flag(profile, "draft_unknown_skus", default=False),
        sku_types=profile.texts("sku_types", SKU_TYPES),
        units=text_map(profile, "units"),
        terms=profile.text("terms", "")[:120],
        demand_class=profile.text("demand_class", ""),
        ignored_facts=frozenset(profile.texts(IGNORED)),
        seller=party_of(profile, "seller") if writes else None,
        way=FileWay(mailbox_settings(profile), "xml") if writes else None,
    )
    if not set(settings.sku_types) <= set(SKU_TYPES):
        raise BadCall(f"{profile.place}.sku_types has another word than {', '.join(SKU_TYPES)}")
    return settings

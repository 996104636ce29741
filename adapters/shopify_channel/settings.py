"""What an account says of a shop: which channel its orders belong to and how its own codes are to be read.

The profile is a JSON object; README.md lists its settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.facts import IGNORED
from adapters.sdk.documents.reading import flag, is_country, is_currency, sections, text_map
from adapters.sdk.profile import Profile
from crossdock.orders.v1.orders_pb2 import (
    INSTRUMENT_HOLDER_CHANNEL,
    INSTRUMENT_HOLDER_HUB,
    INSTRUMENT_HOLDER_TERMS,
    InstrumentHolder,
)

HOLDERS: Final[Mapping[str, InstrumentHolder]] = {
    "HUB": INSTRUMENT_HOLDER_HUB,
    "CHANNEL": INSTRUMENT_HOLDER_CHANNEL,
    "TERMS": INSTRUMENT_HOLDER_TERMS,
}
MOST_CODE: Final = 80
MOST_KIND: Final = 40
# What Shopify says of the money of an order that can still be fulfilled, and who then holds it.
FINANCIAL_STATUSES: Final[Mapping[str, str]] = {
    "authorized": "CHANNEL",
    "paid": "CHANNEL",
    "partially_paid": "CHANNEL",
    "pending": "TERMS",
}


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """How a payment gateway of the shop is read.

    Attributes:
        holder: Who holds the money; None leaves it to the financial status.
        kind: Kind of the instrument; empty: the gateway's name in capitals.
        provider_reference: What the hub's payment provider knows the instrument by: the token handed to it.
        token_attribute: Note attribute of the order that holds the token; it wins over `provider_reference`.
    """

    holder: InstrumentHolder | None = None
    kind: str = ""
    provider_reference: str = ""
    token_attribute: str = ""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        channel_id: Channel of the orders; empty: the one the call names.
        default_currency_code: Currency of documents that name none; empty: they are refused.
        default_country_code: Country of addresses that name none; empty: they are refused.
        draft_unknown_skus: Whether SKUs the catalog does not know become draft items.
        gateways: Payment gateways by Shopify's name.
        financial_statuses: Financial status -> HUB, CHANNEL or TERMS.
        services: Code of a shipping line -> carrier service of the network.
        line_charges: Title of a line that is nothing to ship -> code of the charge it becomes.
        custom_skus: Title of a line without SKU and variant -> SKU that is shipped for it.
        carry_note_attributes: Note attributes that may be carried; the others stay out, they may be personal.
        ignored_facts: Facts that hold no order although no list names them: order.tags, note.color, property.Size.
        take_test_orders: Whether orders marked as test are taken.
        demand_class: Demand class of the orders.
    """

    channel_id: str = ""
    default_currency_code: str = ""
    default_country_code: str = ""
    draft_unknown_skus: bool = False
    gateways: Mapping[str, Gateway] = field(default_factory=dict)
    financial_statuses: Mapping[str, str] = field(default_factory=lambda: dict(FINANCIAL_STATUSES))
    services: Mapping[str, str] = field(default_factory=dict)
    line_charges: Mapping[str, str] = field(default_factory=dict)
    custom_skus: Mapping[str, str] = field(default_factory=dict)
    carry_note_attributes: tuple[str, ...] = ()
    ignored_facts: frozenset[str] = frozenset()
    take_test_orders: bool = False
    demand_class: str = ""

    @property
    def token_attributes(self) -> frozenset[str]:
        """The note attributes that hold a provider's token."""
        return frozenset(gateway.token_attribute for gateway in self.gateways.values())


def read_settings(profile_json: str) -> Settings:
    """Reads a profile. Raises BadCall naming the setting that is malformed."""
    profile = Profile.read(profile_json)
    settings = Settings(
        channel_id=profile.text("channel_id", ""),
        default_currency_code=profile.text("default_currency_code", ""),
        default_country_code=profile.text("default_country_code", ""),
        draft_unknown_skus=flag(profile, "draft_unknown_skus", default=False),
        gateways={section.text("name", ""): _gateway(section) for section in sections(profile, "gateways")},
        financial_statuses={**FINANCIAL_STATUSES, **text_map(profile, "financial_statuses")},
        services=text_map(profile, "services"),
        line_charges=text_map(profile, "line_charges"),
        custom_skus=text_map(profile, "custom_skus"),
        carry_note_attributes=profile.texts("carry_note_attributes"),
        ignored_facts=frozenset(profile.texts(IGNORED)),
        take_test_orders=flag(profile, "take_test_orders", default=False),
        demand_class=profile.text("demand_class", ""),
    )
    _check(settings)
    return settings


def _gateway(section: Profile) -> Gateway:
    if not section.text("name", ""):
        raise BadCall(f"{section.place}.name is missing: the gateway's name in Shopify")
    holder = section.text("holder", "")
    if holder and holder not in HOLDERS:
        raise BadCall(f"{section.place}.holder is not one of {', '.join(HOLDERS)}")
    kind = section.text("kind", "")
    if len(kind) > MOST_KIND:
        raise BadCall(f"{section.place}.kind is longer than {MOST_KIND} characters")
    return Gateway(
        holder=HOLDERS.get(holder),
        kind=kind,
        provider_reference=section.text("provider_reference", ""),
        token_attribute=section.text("token_attribute", ""),
    )


def _check(settings: Settings) -> None:
    if settings.default_currency_code and not is_currency(settings.default_currency_code):
        raise BadCall("profile_json.default_currency_code is not an ISO 4217 code")
    if settings.default_country_code and not is_country(settings.default_country_code):
        raise BadCall("profile_json.default_country_code is not an ISO 3166-1 alpha-2 code")
    for name, codes in (("line_charges", settings.line_charges), ("custom_skus", settings.custom_skus)):
        for title, code in codes.items():
            if not 1 <= len(code) <= MOST_CODE:
                raise BadCall(f"profile_json.{name}.{title} does not have 1 to {MOST_CODE} characters")
    for status, holder in settings.financial_statuses.items():
        if holder not in HOLDERS:
            raise BadCall(f"profile_json.financial_statuses.{status} is not one of {', '.join(HOLDERS)}")

"""What an account says of its trading partners: their currency, units, product codes, and what is forgiven them.

One account may be a mailbox of several partners: the profile's own settings hold for all, an entry of `partners` holds
for the sender it names and overrides them. README.md lists the settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.facts import IGNORED
from adapters.sdk.documents.reading import decimal_of, flag, is_country, is_currency, sections, text_map
from adapters.sdk.profile import Profile
from adapters.sdk.x12.agreement import Way, read_way

# Unit of measure codes of X12 (element 355) in UN/ECE recommendation 20.
UNITS: Final[Mapping[str, str]] = {
    "EA": "EA", "UN": "C62", "PC": "H87", "PR": "PR", "ST": "SET", "DZ": "DZN", "CA": "CS", "CS": "CS", "CT": "CT",
    "BX": "BX", "PK": "PK", "RL": "RO", "YD": "YRD", "FT": "FOT", "IN": "INH", "MR": "MTR", "CM": "CMT", "LB": "LBR",
    "OZ": "ONZ", "KG": "KGM", "GR": "GRM", "LT": "LTR", "GA": "GLL",
}  # fmt: skip
# Qualifiers of product ids (element 235), the vendor's own first.
SKU_QUALIFIERS: Final = ("SK", "VN", "VP", "VC", "UP", "EN", "UK", "UA", "BP", "IN", "CB")
# Basis of unit price codes (element 639): of how many units the price is.
PRICE_BASES: Final[Mapping[str, str]] = {
    "": "1", "CA": "1", "CT": "1", "LE": "1", "NT": "1", "PE": "1", "QE": "1", "QT": "1", "TE": "1", "UM": "1",
    "WE": "1", "HP": "100", "TP": "1000",
}  # fmt: skip
# Charge codes (element 1300) of freight and handling.
CHARGE_CODES: Final[Mapping[str, str]] = {"D240": "SHIPPING", "D500": "HANDLING"}
MOST_TERMS: Final = 120
MOST_CODE: Final = 80


@dataclass(frozen=True, kw_only=True)
class Partner:
    """How the documents of one sender are read.

    Attributes:
        channel_id: Channel of the orders; empty: the one the call names.
        currency_code: Currency of orders without CUR; empty: they are refused.
        country_code: Country of addresses that name none; empty: they are refused.
        time_zone: IANA zone in which dates are days.
        draft_unknown_skus: Whether SKUs the catalog does not know become draft items.
        sku_qualifiers: Which product id is the SKU, the best first.
        units: Their unit code -> UN/ECE recommendation 20.
        price_bases: Their basis of price code -> units the price is for.
        charge_codes: Their charge code -> ours.
        services: Carrier or routing code of TD5 -> carrier service of the network.
        terms: Payment terms of orders without ITD, for example NET30.
        demand_class: Demand class of the orders.
        tolerate: Checks that are forgiven: an element (IEA02), a syntax note (PO1.P0607), a segment (SCH).
        ignored_facts: Facts that hold no order although no list settles them: line.MSG, header.N101=Z7.
        isa_fixed_length: Whether the elements of ISA must have their fixed lengths.
        way: The way to the sender, where the profile names our id; None: nothing is written.
        acknowledges: Whether what it sends is acknowledged by a 997.
        awaits: Whether it acknowledges what we send.
    """

    channel_id: str = ""
    currency_code: str = ""
    country_code: str = ""
    time_zone: str = "UTC"
    draft_unknown_skus: bool = False
    sku_qualifiers: tuple[str, ...] = SKU_QUALIFIERS
    units: Mapping[str, str] = field(default_factory=lambda: dict(UNITS))
    price_bases: Mapping[str, str] = field(default_factory=lambda: dict(PRICE_BASES))
    charge_codes: Mapping[str, str] = field(default_factory=lambda: dict(CHARGE_CODES))
    services: Mapping[str, str] = field(default_factory=dict)
    terms: str = ""
    demand_class: str = ""
    tolerate: frozenset[str] = frozenset()
    ignored_facts: frozenset[str] = frozenset()
    isa_fixed_length: bool = True
    way: Way | None = None
    acknowledges: bool = True
    awaits: bool = True


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read: how documents of each sender are read, and of those it does not name."""

    default: Partner = Partner()
    senders: Mapping[str, Partner] = field(default_factory=dict)

    @property
    def written_to(self) -> tuple[Partner, ...]:
        """The partners to whom documents are written."""
        return tuple(partner for partner in (self.default, *self.senders.values()) if partner.way is not None)

    def partner_of(self, sender: str) -> Partner:
        """Answers how documents of an interchange sender (ISA06, trimmed) are read."""
        return self.senders.get(sender, self.default)


def read_settings(profile_json: str) -> Settings:
    """Reads a profile. Raises BadCall naming the setting that is malformed."""
    profile = Profile.read(profile_json)
    senders: dict[str, Partner] = {}
    for section in sections(profile, "partners"):
        sender = section.text("sender", "").strip()
        if not sender or sender in senders:
            raise BadCall(f"{section.place}.sender is missing or named twice: the partner's id in ISA06")
        values = {**profile.values, "partner": f"ZZ:{sender}", **section.values}
        senders[sender] = _partner(Profile(values, section.place))
    return Settings(default=_partner(profile), senders=senders)


def _partner(profile: Profile) -> Partner:
    partner = Partner(
        channel_id=profile.text("channel_id", ""),
        currency_code=profile.text("currency_code", ""),
        country_code=profile.text("country_code", ""),
        time_zone=profile.text("time_zone", "UTC"),
        draft_unknown_skus=flag(profile, "draft_unknown_skus", default=False),
        sku_qualifiers=profile.texts("sku_qualifiers", SKU_QUALIFIERS),
        units={**UNITS, **text_map(profile, "units")},
        price_bases={**PRICE_BASES, **text_map(profile, "price_bases")},
        charge_codes={**CHARGE_CODES, **text_map(profile, "charge_codes")},
        services=text_map(profile, "services"),
        terms=profile.text("terms", ""),
        demand_class=profile.text("demand_class", ""),
        tolerate=frozenset(profile.texts("tolerate")),
        ignored_facts=frozenset(profile.texts(IGNORED)),
        isa_fixed_length=flag(profile, "isa_fixed_length", default=True),
        way=read_way(profile) if profile.text("own", "") and profile.text("partner", "") else None,
        acknowledges=flag(profile, "acknowledges", default=True),
        awaits=flag(profile, "awaits_acknowledgment", default=True),
    )
    _check(partner, profile.place)
    return partner


def _check(partner: Partner, place: str) -> None:
    if partner.currency_code and not is_currency(partner.currency_code):
        raise BadCall(f"{place}.currency_code is not an ISO 4217 code")
    if partner.country_code and not is_country(partner.country_code):
        raise BadCall(f"{place}.country_code is not an ISO 3166-1 alpha-2 code")
    _check_lengths(partner, place)
    for code, units in partner.price_bases.items():
        if decimal_of(units) not in {1, 10, 100, 1000}:
            raise BadCall(f"{place}.price_bases.{code} is not 1, 10, 100 or 1000")
    for code, unit in partner.units.items():
        if not 1 <= len(unit) <= 3:
            raise BadCall(f"{place}.units.{code} is not a code of UN/ECE recommendation 20")
    try:
        ZoneInfo(partner.time_zone)
    except (KeyError, ValueError, OSError) as error:
        raise BadCall(f"{place}.time_zone is not an IANA time zone") from error


def _check_lengths(partner: Partner, place: str) -> None:
    if len(partner.terms) > MOST_TERMS:
        raise BadCall(f"{place}.terms is longer than {MOST_TERMS} characters")
    for code, charge in partner.charge_codes.items():
        if not 1 <= len(charge) <= MOST_CODE:
            raise BadCall(f"{place}.charge_codes.{code} does not have 1 to {MOST_CODE} characters")

"""What an account says of its invoices: who sells, which rates are charged, which format. README.md lists it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.reading import decimal_of, text_map
from adapters.sdk.edifact.agreement import Way as EdifactWay
from adapters.sdk.edifact.agreement import read_way as edifact_way
from adapters.sdk.letters.files import FileWay
from adapters.sdk.mailbox.settings import mailbox_settings
from adapters.sdk.profile import Profile
from adapters.sdk.ubl.parties import Party, endpoint, party_of
from adapters.sdk.x12.agreement import Way as X12Way
from adapters.sdk.x12.agreement import read_way as x12_way

PEPPOL: Final = "peppol"
X12: Final = "x12"
EDIFACT: Final = "edifact"
UNTAXED: Final = ("Z", "E", "AE", "G")
"""Why no tax is charged (UNCL 5305): zero rate, exempt, reverse charge, export."""


@dataclass(frozen=True)
class Untaxed:
    """Why no tax is charged where none is: a code of UNCL 5305, and the reason in words."""

    code: str
    reason: str


@dataclass(frozen=True)
class Buyer:
    """What the hub does not know of a buyer: its address in the Peppol network, its numbers, its reference."""

    endpoint: str
    vat_id: str
    company_id: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        way: The way to who takes the documents; its type is the format.
        seller: Who sells.
        rates: Rates of tax that are charged, in percent.
        untaxed: What zero tax means; None: such an invoice is refused.
        buyers: What the hub does not know of buyers, by their external ids.
        prefix: What each number begins with.
        terms: Terms of payment where the invoice states none.
        iban: Account to which is paid; empty: none is stated.
        unit_code: Unit of the goods, UN/ECE recommendation 20.
        titles: Names of goods and charges, by SKU or code; the SKU where none is stated.
    """

    way: FileWay | X12Way | EdifactWay
    seller: Party
    rates: tuple[Decimal, ...]
    untaxed: Untaxed | None
    buyers: Mapping[str, Buyer]
    prefix: str
    terms: str
    iban: str
    unit_code: str
    titles: Mapping[str, str]


def read_settings(profile_json: str) -> Settings:
    """Read a profile. Raises BadCall naming the setting that is missing or malformed."""
    profile = Profile.read(profile_json)
    return Settings(
        way=_way(profile),
        seller=party_of(profile, "seller"),
        rates=_rates(profile),
        untaxed=_untaxed(profile),
        buyers=_buyers(profile),
        prefix=profile.text("prefix", "")[:20],
        terms=profile.text("terms", "On receipt"),
        iban=profile.text("iban", ""),
        unit_code=profile.text("unit_code", "C62"),
        titles=text_map(profile, "titles"),
    )


def _way(profile: Profile) -> FileWay | X12Way | EdifactWay:
    form = profile.text("format", PEPPOL)
    if form == PEPPOL:
        return FileWay(mailbox_settings(profile), "xml")
    if form == X12:
        return x12_way(profile)
    if form == EDIFACT:
        return edifact_way(profile)
    raise BadCall(f"{profile.place}.format is not {PEPPOL}, {X12} or {EDIFACT}")


def _rates(profile: Profile) -> tuple[Decimal, ...]:
    rates = tuple(decimal_of(text) for text in profile.texts("rates"))
    if not all(rate is not None and 0 < rate < 100 for rate in rates):
        raise BadCall(f'{profile.place}.rates is no list of percentages such as ["21", "9"]')
    return tuple(rate for rate in rates if rate is not None)


def _untaxed(profile: Profile) -> Untaxed | None:
    section = profile.section("untaxed")
    if not section.names():
        return None
    untaxed = Untaxed(section.text("code", ""), section.text("reason", ""))
    if untaxed.code not in UNTAXED:
        raise BadCall(f"{section.place}.code is not one of {', '.join(UNTAXED)}")
    if untaxed.code != "Z" and not untaxed.reason:
        raise BadCall(f"{section.place}.reason is missing: {untaxed.code} needs one")
    return untaxed


def _buyers(profile: Profile) -> dict[str, Buyer]:
    section = profile.section("buyers")
    stated = {name: section.section(name) for name in section.names()}
    return {
        name: Buyer(
            endpoint(buyer, "endpoint"),
            buyer.text("vat_id", ""),
            buyer.text("company_id", ""),
            buyer.text("reference", ""),
        )
        for name, buyer in stated.items()
    }

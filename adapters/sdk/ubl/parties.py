"""A party as UBL writes it: who it is in the network, by name, by address, for taxes and by law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.reading import is_country
from adapters.sdk.profile import Profile
from adapters.sdk.ubl.elements import Element, basic, coded, group
from crossdock.common.v1.address_pb2 import Contact

VAT: Final = group("TaxScheme", basic("ID", "VAT"))


@dataclass(frozen=True, kw_only=True)
class Party:
    """A party.

    Attributes:
        name: Name by law.
        endpoint: Its address in the Peppol network, SCHEME:ID, for example 0088:4012345000009.
        vat_id: Number for value added tax, with its country.
        company_id: Number in a register, SCHEME:ID or ID.
        street: Street lines, at most four.
        city: Town.
        postal_code: Postal code.
        region: State or province.
        country_code: Country, ISO 3166-1 alpha-2.
        person: Who may be asked.
        phone: Phone of that person.
        email: E-mail of that person.
    """

    name: str
    endpoint: str = ""
    vat_id: str = ""
    company_id: str = ""
    street: Sequence[str] = ()
    city: str = ""
    postal_code: str = ""
    region: str = ""
    country_code: str = ""
    person: str = ""
    phone: str = ""
    email: str = ""

    def element(self) -> Element:
        """Return it as cac:Party."""
        tax = group("PartyTaxScheme", basic("CompanyID", self.vat_id), VAT) if self.vat_id else group("PartyTaxScheme")
        return group(
            "Party",
            coded("EndpointID", self.endpoint),
            group("PartyName", basic("Name", self.name)),
            self.address(),
            tax,
            group("PartyLegalEntity", basic("RegistrationName", self.name), coded("CompanyID", self.company_id)),
            group(
                "Contact",
                basic("Name", self.person),
                basic("Telephone", self.phone),
                basic("ElectronicMail", self.email),
            ),
        )

    def address(self) -> Element:
        """Return its address as cac:PostalAddress; an empty element where it has none."""
        first, second, *rest = (*self.street, "", "")
        return group(
            "PostalAddress",
            basic("StreetName", first),
            basic("AdditionalStreetName", second),
            basic("CityName", self.city),
            basic("PostalZone", self.postal_code),
            basic("CountrySubentity", self.region),
            group("AddressLine", basic("Line", " ".join(rest).strip())),
            group("Country", basic("IdentificationCode", self.country_code)),
        )


def party_of(profile: Profile, name: str) -> Party:
    """Return a party that a profile states. Raises BadCall naming the setting that is missing or malformed."""
    section = profile.section(name)
    party = Party(
        name=section.text("name", ""),
        endpoint=endpoint(section, "endpoint"),
        vat_id=section.text("vat_id", ""),
        company_id=section.text("company_id", ""),
        street=section.texts("street")[:4],
        city=section.text("city", ""),
        postal_code=section.text("postal_code", ""),
        region=section.text("region", ""),
        country_code=section.text("country_code", ""),
        person=section.text("person", ""),
        phone=section.text("phone", ""),
        email=section.text("email", ""),
    )
    if not party.name:
        raise BadCall(f"{section.place}.name is missing")
    if not is_country(party.country_code):
        raise BadCall(f"{section.place}.country_code is not an ISO 3166-1 alpha-2 code")
    return party


def party_from(contact: Contact, *, endpoint: str = "", vat_id: str = "", company_id: str = "") -> Party:
    """Return a party of the hub, with what the hub does not know of it."""
    address = contact.address
    return Party(
        name=contact.company or contact.name,
        endpoint=endpoint,
        vat_id=vat_id,
        company_id=company_id,
        street=tuple(address.street_lines),
        city=address.city,
        postal_code=address.postal_code,
        region=address.region_code,
        country_code=address.country_code,
    )


def endpoint(profile: Profile, name: str) -> str:
    """Return an address in the Peppol network; empty where none is stated. Raises BadCall where it has no scheme."""
    text = profile.text(name, "")
    if text and not is_endpoint(text):
        raise BadCall(f"{profile.place}.{name} is no address such as 0088:4012345000009")
    return text


def is_endpoint(text: str) -> bool:
    """Return whether a text is an address in the Peppol network: a scheme of four digits, a colon and an id."""
    scheme, colon, identity = text.partition(":")
    return bool(colon and identity) and len(scheme) == 4 and scheme.isascii() and scheme.isdigit()

"""Parties of an order: cac:Party and places into contacts. Personal data goes there and nowhere else."""

from __future__ import annotations

from adapters.sdk.documents.reading import is_country, street_lines_of
from adapters.sdk.ubl.elements import Element
from adapters.sdk.ubl.notes import Notes
from crossdock.common.v1.address_pb2 import Contact, PostalAddress


def identity_of(element: Element | None) -> str:
    """Return an identifier as SCHEME:ID; as it is where it names no scheme; empty where it is absent."""
    if element is None or not element.text:
        return ""
    scheme = element.attributes.get("schemeID", "")
    return f"{scheme}:{element.text}" if scheme else element.text


def contact_of(party: Element, notes: Notes) -> Contact:
    """Return a party that orders or pays; its address in the network is its external id."""
    firm = notes.whole(party, "cac:PartyLegalEntity/cbc:RegistrationName", 200)
    firm = firm or notes.whole(party, "cac:PartyName/cbc:Name", 200)
    person = notes.whole(party, "cac:Contact/cbc:Name", 200)
    identity = identity_of(party.first("cbc:EndpointID")) or identity_of(party.first("cac:PartyIdentification/cbc:ID"))
    if not (firm or person):
        notes.refuse(party, "cac:PartyLegalEntity", "the party has no name")
    return Contact(
        name=person or firm,
        company=firm,
        email=notes.whole(party, "cac:Contact/cbc:ElectronicMail", 254),
        phone=notes.whole(party, "cac:Contact/cbc:Telephone", 40),
        external_id=identity[:80],
        address=_address(party.first("cac:PostalAddress"), notes, must=False),
    )


def recipient_of(delivery: Element, buyer: Contact, notes: Notes) -> Contact | None:
    """Return who receives the goods, with the address; None where the order states no place."""
    place = delivery.first("cac:DeliveryLocation/cac:Address") or delivery.first("cac:DeliveryAddress")
    if place is None:
        return None
    party = delivery.first("cac:DeliveryParty") or Element("")
    firm = notes.whole(party, "cac:PartyName/cbc:Name", 200) or notes.whole(
        delivery, "cac:DeliveryLocation/cbc:Name", 200
    )
    person = notes.whole(party, "cac:Contact/cbc:Name", 200)
    return Contact(
        name=person or firm or buyer.name,
        company=firm or buyer.company,
        email=notes.whole(party, "cac:Contact/cbc:ElectronicMail", 254),
        phone=notes.whole(party, "cac:Contact/cbc:Telephone", 40),
        external_id=identity_of(delivery.first("cac:DeliveryLocation/cbc:ID"))[:80],
        address=_address(place, notes, must=True),
    )


def _address(place: Element | None, notes: Notes, *, must: bool) -> PostalAddress | None:
    """Return an address; None where it is none. One that `must` be delivered to is refused then."""
    if place is None:
        return None
    names = ("cbc:StreetName", "cbc:AdditionalStreetName", "cac:AddressLine/cbc:Line")
    street = street_lines_of(place.value(name) for name in names)
    city = notes.whole(place, "cbc:CityName", 100)
    country = place.value("cac:Country/cbc:IdentificationCode")
    if street and city and is_country(country):
        return PostalAddress(
            street_lines=street,
            city=city,
            region_code=notes.whole(place, "cbc:CountrySubentity", 50),
            postal_code=notes.whole(place, "cbc:PostalZone", 20),
            country_code=country,
        )
    if must:
        notes.refuse(place, "", "it has no street, town or country: the order cannot be delivered")
    return None

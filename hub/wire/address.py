"""People and addresses on the wire."""

from __future__ import annotations

from crossdock.common.v1 import address_pb2
from hub.parties.model import Contact, PostalAddress
from hub.wire.codes import country_from_text
from hub.wire.vat import vat_number_from_text


def address_to_pb(address: PostalAddress) -> address_pb2.PostalAddress:
    """The address as a message."""
    return address_pb2.PostalAddress(
        street_lines=address.street_lines,
        city=address.city,
        region_code=address.region_code,
        postal_code=address.postal_code,
        country_code=address.country_code,
    )


def address_from_pb(message: address_pb2.PostalAddress, *, field: str = "address") -> PostalAddress:
    """The address in a message; raises InvalidField for a country that there is none of."""
    return PostalAddress(
        street_lines=tuple(message.street_lines),
        city=message.city,
        country_code=country_from_text(message.country_code, field=f"{field}.country_code"),
        region_code=message.region_code,
        postal_code=message.postal_code,
    )


def contact_to_pb(contact: Contact) -> address_pb2.Contact:
    """The contact as a message."""
    return address_pb2.Contact(
        name=contact.name,
        company=contact.company,
        email=contact.email,
        phone=contact.phone,
        address=None if contact.address is None else address_to_pb(contact.address),
        external_id=contact.external_id,
        vat_number=contact.vat_number,
    )


def contact_from_pb(message: address_pb2.Contact, *, field: str = "contact") -> Contact:
    """The contact in a message; raises InvalidField for a country or a VAT number that there is none of."""
    return Contact(
        name=message.name,
        company=message.company,
        email=message.email,
        phone=message.phone,
        address=address_from_pb(message.address, field=f"{field}.address") if message.HasField("address") else None,
        external_id=message.external_id,
        vat_number=vat_number_from_text(message.vat_number, field=f"{field}.vat_number"),
    )

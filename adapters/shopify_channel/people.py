"""Who bought, who receives and who pays, as Shopify writes customers and addresses.

Personal data goes into contacts only; nothing of it is put into problems or attributes.
"""

from __future__ import annotations

from dataclasses import dataclass

from adapters.sdk.documents.reading import is_country, shown, street_lines_of
from adapters.shopify_channel.places import Place
from crossdock.common.v1.address_pb2 import Contact, PostalAddress


@dataclass(frozen=True, kw_only=True)
class People:
    """The parties of an order; what the order does not say is None."""

    customer: Contact | None
    ship_to: Contact | None
    bill_to: Contact | None


def people_of(order: Place, default_country_code: str) -> People:
    """Reads the parties. Refuses an order without any, and one whose shipping address cannot be delivered to."""
    if not order.at("shipping_address").is_there:
        order.at("shipping_address").refuse("is missing: nothing says where to ship; serve a collection in the shop")
    ship_to = _addressee(order.at("shipping_address"), default_country_code, needed=True)
    bill_to = _addressee(order.at("billing_address"), default_country_code, needed=False)
    customer = _customer(order, bill_to or ship_to, default_country_code)
    if customer is None:
        order.at("customer").refuse("is missing, and neither an address nor an e-mail says who bought")
    return People(customer=customer, ship_to=ship_to, bill_to=bill_to)


def _customer(order: Place, addressee: Contact | None, default_country_code: str) -> Contact | None:
    """Answers who bought: the customer record, named as its address says where it has no name of its own."""
    record = order.at("customer")
    address = record.at("default_address")
    known = _addressee(address, default_country_code, needed=False)
    email = record.at("email").identifier(254) or order.at("email").identifier(254)
    name = _name(record) or (known.name if known else "") or (addressee.name if addressee else "") or email[:200]
    if not name:
        return None
    contact = Contact(
        name=name,
        company=address.at("company").identifier(200),
        email=email,
        phone=record.at("phone").identifier(40)
        or order.at("phone").identifier(40)
        or address.at("phone").identifier(40),
        external_id=record.at("id").identifier(80),
    )
    source = known or addressee
    if source is not None and source.HasField("address"):
        contact.address.CopyFrom(source.address)
    return contact


def _addressee(place: Place, default_country_code: str, *, needed: bool) -> Contact | None:
    if not place.is_there:
        return None
    address = _address(place, default_country_code, needed=needed)
    name = _name(place) or place.at("company").identifier(200)
    if not name and needed:
        place.at("name").refuse("is missing: a parcel needs a recipient")
    if not name:
        return None
    return Contact(
        name=name, company=place.at("company").identifier(200), phone=place.at("phone").identifier(40), address=address
    )


def _address(place: Place, default_country_code: str, *, needed: bool) -> PostalAddress | None:
    """Answers an address that is whole; a needed one that is not is refused, field by field."""
    lines = _street_lines(place)
    city = place.at("city").identifier(100)
    country = _country(place, default_country_code)
    if needed:
        has_lines = bool(place.at("address1").text() or place.at("address2").text())
        _refuse_gaps(place, has_lines=has_lines, has_city=bool(city), country=country)
    elif not is_country(country) and place.at("country").text():
        place.at("country").report(f"{shown(place.at('country').value)} has no country_code: the address is left out")
    if not lines or not city or not is_country(country):
        return None
    return PostalAddress(
        street_lines=lines,
        city=city,
        region_code=place.at("province_code").identifier(50),
        postal_code=place.at("zip").identifier(20),
        country_code=country,
    )


def _street_lines(place: Place) -> list[str]:
    """Answers the street lines, a long one broken at blanks; refuses a street that four lines do not hold."""
    streets = [place.at(name) for name in ("address1", "address2") if place.at(name).text()]
    lines = street_lines_of(street.text() for street in streets)
    if lines is None:
        streets[0].refuse("is too long: with address2 it must fit four lines of 200 characters")
    return lines or []


def _country(place: Place, default_country_code: str) -> str:
    """Answers the country of an address: the default only where the address names none, in code or words."""
    is_named = bool(place.at("country_code").text() or place.at("country").text())
    return place.at("country_code").text() if is_named else default_country_code


def _refuse_gaps(place: Place, *, has_lines: bool, has_city: bool, country: str) -> None:
    if not has_lines:
        place.at("address1").refuse("is missing: the order cannot be delivered")
    if not has_city:
        place.at("city").refuse("is missing: the order cannot be delivered")
    if not is_country(country):
        named = place.at("country_code") if place.at("country_code").text() else place.at("country")
        reason = f"{shown(named.value)} is no ISO 3166-1 alpha-2 code; send country_code, or set default_country_code"
        place.at("country_code").refuse(f"cannot be told: {reason}")


def _name(place: Place) -> str:
    """Answers the name of a person: whole where it is stated so, else put together."""
    whole = place.at("name").identifier(200)
    return whole or f"{place.at('first_name').identifier(99)} {place.at('last_name').identifier(99)}".strip()

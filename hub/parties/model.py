"""People and firms as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """A postal address as a carrier reads it; `country_code` is ISO 3166-1 alpha-2."""

    street_lines: tuple[str, ...]
    city: str
    country_code: str
    region_code: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or firm and how to reach them. Shown by `repr` without its content, so that no log carries it."""

    name: str = field(repr=False)
    company: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: PostalAddress | None = field(default=None, repr=False)
    external_id: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Party:
    """A stored contact."""

    party_id: UUID
    contact: Contact

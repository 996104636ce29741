"""People and firms as values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from msgspec import Struct


class PostalAddress(Struct, frozen=True, omit_defaults=True):
    """A postal address as a carrier reads it; `country_code` is ISO 3166-1 alpha-2. Stored as a contact is."""

    street_lines: tuple[str, ...]
    city: str
    country_code: str
    region_code: str = ""
    postal_code: str = ""


class Contact(Struct, frozen=True, omit_defaults=True):
    """A person or firm and how to reach them. Shown by `repr` without its content, so that no log carries it.

    It is stored without what is as by default, so no default may change.
    """

    name: str
    company: str = ""
    email: str = ""
    phone: str = ""
    address: PostalAddress | None = None
    external_id: str = ""
    vat_number: str = ""

    def __repr__(self) -> str:
        return "Contact()"


class Party(Struct, frozen=True):
    """A stored contact."""

    party_id: UUID
    contact: Contact


class PartyDocument(Struct, frozen=True):
    """A document that shows personal data of a party, for example a label. Shown by `repr` without its content."""

    document_id: UUID
    party_id: UUID
    content: bytes

    def __repr__(self) -> str:
        return f"PartyDocument({self.document_id})"


class PartyFilter(Struct, frozen=True):
    """What a listing of parties asks for: blind indexes, or an id."""

    party_id: UUID | None = None
    email_index: bytes | None = None
    phone_index: bytes | None = None


class PersonKeys(Protocol):
    """The keys that contacts are sealed with, kept outside the database: a file by default, or a secret service."""

    def take(self, count: int) -> Sequence[tuple[int, bytes]]:
        """Return new keys of 32 bytes, each with its number, kept durably already."""

    def read(self, numbers: Sequence[int]) -> dict[int, bytes]:
        """Return keys by their numbers; destroyed ones are absent."""

    def destroy(self, numbers: Sequence[int]) -> None:
        """Destroys keys for ever."""

"""E-mail addresses as a mail server takes them: one address, no comments, the domain in its ASCII form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import idna

_LONGEST: Final = 254
_LONGEST_LOCAL: Final = 64
_LOCAL: Final = re.compile(r"[^\s\"(),:;<>@\[\\\]\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]+")
_DOMAIN: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*", re.ASCII)


@dataclass(frozen=True)
class Address:
    """An address: what stands before the `@`, and the domain in its ASCII form."""

    local: str
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def is_ascii(self) -> bool:
        """Whether every mail server can take it; another one needs SMTPUTF8."""
        return self.local.isascii()


def address_of(text: str) -> Address | None:
    """Return the address; None for a text that is none, or that only quoting would make one."""
    local, at, domain = text.strip().rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or local.startswith(".") or local.endswith(".") or ".." in local:
        return None
    try:
        ascii_domain = idna.encode(domain, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        return None
    address = Address(local, ascii_domain)
    is_short = len(local.encode()) <= _LONGEST_LOCAL and len(str(address).encode()) <= _LONGEST
    return address if is_short and _DOMAIN.fullmatch(ascii_domain) else None

"""Codes of published lists on the wire: what is on no list is refused by the name of its field."""

from __future__ import annotations

from hub.kernel.codes import COUNTRIES, CURRENCIES
from hub.kernel.errors import InvalidField


def currency_from_text(code: str, *, field: str) -> str:
    """Return the code of a currency; raises InvalidField where ISO 4217 has none that goods are sold in."""
    if code not in CURRENCIES:
        raise InvalidField(f"{field} is no currency of ISO 4217 that goods are sold in.", **{field: "not on the list"})
    return code


def country_from_text(code: str, *, field: str) -> str:
    """Return the code of a country, or an empty one; raises InvalidField where ISO 3166-1 has no such code."""
    if code and code not in COUNTRIES:
        raise InvalidField(f"{field} is no country of ISO 3166-1 alpha-2.", **{field: "not on the list"})
    return code

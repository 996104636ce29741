"""VAT numbers as callers state them."""

from __future__ import annotations

from typing import Final

from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from hub.kernel.errors import InvalidField

_NORTHERN_IRELAND: Final = "XI"
_GREECE: Final = {"GR": "EL"}
"""Greece's numbers begin otherwise than its country code (Directive 2006/112/EC, article 215)."""


def vat_number_from_text(text: str, *, field: str) -> str:
    """Return a VAT number, or an empty one. Raises InvalidField where its form or its check digits are wrong."""
    if not text:
        return ""
    try:
        known: str = vat.validate(text)
    except ValidationError as why:
        raise InvalidField(
            f"{field} is no VAT number of a state of the European Union: {str(why).rstrip('.').lower()}. State it with"
            " the prefix of its state.",
            **{field: "not a VAT number"},
        ) from why
    return _GREECE.get(known[:2], known[:2]) + known[2:]


def in_the_union(country_code: str, vat_number: str) -> bool:
    """Whether goods to a country may be sold under a VAT number without tax: to a state of the European Union, or to
    Northern Ireland under a number of it (Withdrawal Agreement, Protocol on Ireland, article 8).
    """
    if country_code == "GB":
        return vat_number.startswith(_NORTHERN_IRELAND)
    return country_code.lower() in vat.MEMBER_STATES

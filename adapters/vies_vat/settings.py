"""The profile of an account at VIES."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from adapters.sdk.calls import BadCall
from adapters.sdk.profile import Profile

_NUMBER: Final = re.compile(r"([A-Z]{2})([0-9A-Z+*]{2,12})")
_VIES: Final = "https://ec.europa.eu/taxation_customs/vies/rest-api"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        requester: VAT number of the seller who asks; without it VIES gives no number of the enquiry.
        base_url: Where VIES takes requests.
    """

    requester: str = ""
    base_url: str = _VIES

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Read a profile. Raises BadCall naming a setting that is wrong."""
        profile = Profile.read(profile_json)
        settings = cls(
            requester=profile.text("requester_vat_number", cls.requester),
            base_url=profile.text("base_url", cls.base_url).rstrip("/"),
        )
        if settings.requester and not _NUMBER.fullmatch(settings.requester):
            raise BadCall("profile_json.requester_vat_number is no VAT number with the prefix of its state")
        return settings


def parts_of(vat_number: str) -> tuple[str, str]:
    """Return the state's prefix and the number behind it. Raises BadCall for what is no VAT number."""
    found = _NUMBER.fullmatch(vat_number)
    if found is None:
        raise BadCall("vat_number is no VAT number with the prefix of its state")
    return found[1], found[2]

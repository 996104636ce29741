"""The profile of an account at the tax stand-in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from adapters.sdk.calls import BadCall
from adapters.sdk.profile import Profile

_DECIMAL = re.compile(r"^\d{1,3}(\.\d{1,9})?$")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Rates as decimal numbers in text ("0.21" is 21 %): by country of destination, and where none is listed."""

    rates: Mapping[str, str] = field(default_factory=dict)
    default_rate: str = "0"

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Reads a profile. Raises BadCall naming a setting that is wrong."""
        profile = Profile.read(profile_json)
        rates = profile.section("rates")
        settings = cls(
            rates={country: rates.text(country, "0") for country in rates.names()},
            default_rate=profile.text("default_rate", cls.default_rate),
        )
        for rate in (*settings.rates.values(), settings.default_rate):
            if not _DECIMAL.match(rate):
                raise BadCall(f"profile_json: the rate {rate!r} is not a decimal number such as 0.21")
        return settings

    def rate_of(self, country_code: str) -> str:
        """Answers the rate of a country."""
        return self.rates.get(country_code, self.default_rate)


def fraction_of(rate: str) -> Fraction:
    """Answers a rate as an exact fraction."""
    return Fraction(rate)

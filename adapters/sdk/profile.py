"""Reads an account's profile: a JSON object in the adapter's own terms.

Unknown names are ignored, so that a newer profile breaks no older adapter; a known name of the wrong sort is refused.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from adapters.sdk.calls import BadCall


@dataclass(frozen=True)
class Profile:
    """A profile, read by name with defaults. Every reader raises BadCall naming the setting that is wrong."""

    values: Mapping[str, object] = field(default_factory=dict)
    place: str = "profile_json"

    @classmethod
    def read(cls, profile_json: str) -> Profile:
        """Reads the text; an empty one is an empty profile."""
        try:
            values = json.loads(profile_json or "{}")
        except ValueError as error:
            raise BadCall(f"profile_json is not JSON: {error}") from error
        if not isinstance(values, dict):
            raise BadCall("profile_json is not a JSON object")
        return cls(values)

    def whole(self, name: str, default: int, *, at_least: int = 0) -> int:
        """Answers a whole number."""
        value = self.values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < at_least:
            raise BadCall(f"{self.place}.{name} is not a whole number of at least {at_least}")
        return value

    def text(self, name: str, default: str) -> str:
        """Answers a text."""
        value = self.values.get(name, default)
        if not isinstance(value, str):
            raise BadCall(f"{self.place}.{name} is not a text")
        return value

    def secret(self, name: str) -> str:
        """Answers what `env:NAME` or `file:PATH` refers to at this machine; empty where the profile has no such name.

        Nobody but the adapter sees it: the profile holds the reference only, and so does every error.
        """
        reference = self.text(name, "")
        if not reference:
            return ""
        kind, _, place = reference.partition(":")
        try:
            if kind == "env":
                return os.environ[place]
            if kind == "file":
                return Path(place).read_text(encoding="utf-8").strip()
        except (KeyError, OSError, ValueError):
            raise BadCall(f"{self.place}.{name} refers to {reference}, which its adapter cannot read") from None
        raise BadCall(f"{self.place}.{name} is no reference to a secret; write env:NAME or file:PATH")

    def texts(self, name: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """Answers a list of texts."""
        value = self.values.get(name, list(default))
        if not isinstance(value, list) or not all(isinstance(element, str) for element in value):
            raise BadCall(f"{self.place}.{name} is not a list of texts")
        return tuple(value)

    def section(self, name: str) -> Profile:
        """Answers the object under the name, as a profile of its own."""
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            raise BadCall(f"{self.place}.{name} is not an object")
        return Profile(value, f"{self.place}.{name}")

    def names(self) -> tuple[str, ...]:
        """Answers the names in the profile."""
        return tuple(self.values)

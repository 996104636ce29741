"""Values with some fields changed are what the standard library makes of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.kernel.values import changed


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something with fields."""

    number: int
    weight: int = 0
    note: str = ""


@given(st.integers(), st.fixed_dictionaries({}, optional={"number": st.integers(), "weight": st.integers()}))
def test_a_changed_value_is_the_one_that_replace_makes(number: int, fields: dict[str, Any]) -> None:
    parcel = Parcel(number, note="fragile")

    assert changed(parcel, **fields) == replace(parcel, **fields)
    assert parcel == Parcel(number, note="fragile")


def test_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(TypeError, match="Parcel has no color"):
        changed(Parcel(1), color="red")

"""What a scope says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from hub.kernel.scope import HUB, Scope


def test_who_is_limited_in_nothing_is_unlimited() -> None:
    assert HUB.unlimited


@pytest.mark.parametrize("limited", ["channels", "nodes", "sellers"])
def test_who_is_limited_in_anything_is_not_unlimited_even_where_nothing_is_left(limited: str) -> None:
    limits: dict[str, Any] = {limited: frozenset()}
    assert not Scope("someone", frozenset(), **limits).unlimited

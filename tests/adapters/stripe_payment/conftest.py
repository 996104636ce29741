"""What the tests of the adapter to Stripe share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.adapters.stripe_payment.serving import Served
from tests.adapters.stripe_payment.serving import served as serving


@pytest.fixture
async def served(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    """The adapter with a Stripe of its own, whose key the adapter's environment has."""
    monkeypatch.setenv("XD_STRIPE_KEY", "sk_test_key")
    async with serving() as made:
        yield made

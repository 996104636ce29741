"""What the tests of the adapter to Adyen share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.adapters.adyen_payment.serving import Served
from tests.adapters.adyen_payment.serving import served as serving


@pytest.fixture
async def served(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    """The adapter with an Adyen of its own, whose key the adapter's environment has."""
    monkeypatch.setenv("XD_ADYEN_KEY", "AQE-key")
    async with serving() as made:
        yield made

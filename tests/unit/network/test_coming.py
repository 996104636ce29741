"""Networks that are to come: how many there may be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hub.kernel.instant import instant
from hub.network.errors import ConfigurationInvalid
from hub.network.model import Replacement
from hub.network.policy.coming import MOST_COMING, announced
from tests.unit.network.networks import a_network


def test_no_more_than_some_are_to_come() -> None:
    at, network = instant("2026-03-10T12:00:00Z"), a_network()
    for day in range(1, MOST_COMING + 1):
        network = announced(network, Replacement(a_network(), valid_from=at + timedelta(days=day)), at)

    with pytest.raises(ConfigurationInvalid, match="cancel one, or wait"):
        announced(network, Replacement(a_network(), valid_from=at + timedelta(days=99)), at)

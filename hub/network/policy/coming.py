"""Networks that are to come into force at an instant: announced, canceled, and due."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from hub.kernel.instant import Instant
from hub.network.errors import ComingNetworkNotFound, ConfigurationInvalid
from hub.network.model import ComingNetwork, Network, Replacement
from hub.network.policy import successor

MOST_COMING: Final = 20
"""Networks that may be to come at once: each is kept whole in each version."""


def announced(before: Network, replacement: Replacement, at: Instant) -> Network:
    """Return the network in force with one more that is to come; for a replacement without a date its successor.

    The nodes of the coming one are closed where they are now. Raises ConfigurationInvalid where its instant is not
    after `at`, or another network is to come at the same one or MOST_COMING are to come.
    """
    valid_from = replacement.valid_from
    if valid_from is None:
        return successor(before, replacement)
    told = f"valid_from_time {valid_from.isoformat()}"
    if valid_from <= at:
        raise ConfigurationInvalid([f"{told} is over: it is {at.isoformat()}; state a later instant, or none"])
    if len(before.coming) >= MOST_COMING:
        raise ConfigurationInvalid([f"{MOST_COMING} networks are to come already; cancel one, or wait for it"])
    if any(coming.valid_from == valid_from for coming in before.coming):
        raise ConfigurationInvalid([f"another network is to come at {told}; cancel it first"])
    network = replace(successor(before, replacement), coming=(), version=0)
    stored = replace(replacement, network=network, valid_from=None, expected_version=0)
    coming = sorted((*before.coming, ComingNetwork(valid_from, stored)), key=lambda one: one.valid_from)
    return replace(before, coming=tuple(coming), version=before.version + 1)


def without_coming(network: Network, valid_from: Instant) -> Network:
    """Return the network without the one that was to come at an instant; raises ComingNetworkNotFound."""
    coming = tuple(one for one in network.coming if one.valid_from != valid_from)
    if len(coming) == len(network.coming):
        raise ComingNetworkNotFound(
            f"No network is to come at {valid_from.isoformat()}; list those to come.", valid_from=valid_from.isoformat()
        )
    return replace(network, coming=coming, version=network.version + 1)


def due(network: Network, at: Instant) -> tuple[Network, Replacement | None]:
    """Return the network without those to come whose instant is over, and the last of these; None where none is due."""
    over = [one for one in network.coming if one.valid_from <= at]
    left = replace(network, coming=tuple(one for one in network.coming if one.valid_from > at))
    return left, over[-1].replacement if over else None

"""Where partners' adapters are and how to reach them: account -> adapter -> address -> channel."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

import grpc
from msgspec import Struct

from hub.connect.dialing import Trust, aio_channel, may_dial, target_of
from hub.connect.failures import PutOff

_OPTIONS: Final = (
    # an adapter that is restarted is found again at once, not after the library's minutes
    ("grpc.initial_reconnect_backoff_ms", 50),
    ("grpc.min_reconnect_backoff_ms", 50),
    ("grpc.max_reconnect_backoff_ms", 1000),
    ("grpc.max_receive_message_length", 64 * 1024 * 1024),
    ("grpc.max_send_message_length", 64 * 1024 * 1024),
)


class Served(Struct, frozen=True):
    """Who serves an account: the adapter's name, and the account's profile in the adapter's own terms (JSON)."""

    adapter: str
    profile_json: str = ""


def _no_token(_: str) -> str:
    return ""


AccountLookup = Callable[[str], Served | None]
"""Account -> who serves it, as the network in force says; None when there is no such account."""


@dataclass
class Registry:
    """Channels to adapters, opened when first needed. Close it at the end.

    `addresses` maps an adapter's name to `unix:PATH`, `HOST:PORT`, `grpc://HOST:PORT` or `grpcs://HOST:PORT`, which is
    known by `trusted`. An account whose adapter is itself an address needs no entry; that of another machine must be
    one of `elsewhere` (HOST:PORT). `token` gives what the hub shows to an adapter, empty for nothing.
    """

    served_by: AccountLookup
    addresses: Mapping[str, str]
    token: Callable[[str], str] = _no_token
    trusted: Trust = field(default_factory=Trust)
    elsewhere: Collection[str] = ()
    _channels: dict[str, grpc.aio.Channel] = field(default_factory=dict)

    def served(self, account_id: str) -> Served:
        """Who serves an account. Raises PutOff when the network does not name it."""
        served = self.served_by(account_id)
        if served is None:
            raise PutOff(f"The network has no account {account_id}.")
        return served

    def channel(self, adapter: str) -> grpc.aio.Channel:
        """The channel to an adapter. Raises PutOff when its address is not known, or may not be called."""
        address = self.addresses.get(adapter, adapter)
        if target_of(address) is None:
            raise PutOff(f"The adapter {adapter} has no address here.")
        if not may_dial(address, self.elsewhere):
            raise PutOff(f"The settings name no adapter at {address}.")
        if address not in self._channels:
            self._channels[address] = aio_channel(address, self.trusted, _OPTIONS)
        return self._channels[address]

    def authorization(self, adapter: str) -> tuple[tuple[str, str], ...]:
        """Metadata that shows the hub's credential to an adapter: the one by which that adapter knows it."""
        token = self.token(adapter)
        return (("authorization", f"Bearer {token}"),) if token else ()

    async def close(self) -> None:
        """Closes all channels."""
        while self._channels:
            await self._channels.popitem()[1].close(None)

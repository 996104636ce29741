"""What a wrapped handler asks of its call, answered for a call over HTTP as gRPC's own context answers it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

import grpc

from hub.kernel.errors import InvalidField

_UNITS: Final = {"H": 3600.0, "M": 60.0, "S": 1.0, "m": 1e-3, "u": 1e-6, "n": 1e-9}
_LONGEST_SECONDS: Final = 86_400.0
_MOST_DIGITS: Final = 8


class CallContext:
    """The context of one call. After the call `code`, `details` and `trailers` say how it ended.

    `headers` are lower-case; `read` returns the request's bytes, or None where the caller has gone.
    """

    def __init__(
        self,
        headers: Mapping[str, str],
        deadline: float | None,
        read: Callable[[], Awaitable[bytes | None]],
        peer: str = "",
    ) -> None:
        self._headers, self.deadline, self.read, self._peer = headers, deadline, read, peer
        self.code = grpc.StatusCode.OK
        self.details = ""
        self.trailers: dict[str, str | bytes] = {}

    def invocation_metadata(self) -> Sequence[tuple[str, str]]:
        """The headers."""
        return tuple(self._headers.items())

    def peer(self) -> str:
        """Who calls, as `ADDRESS:PORT`."""
        return self._peer

    def time_remaining(self) -> float | None:
        """Seconds until the caller's deadline; None where it stated none."""
        return None if self.deadline is None else self.deadline - asyncio.get_running_loop().time()

    def set_code(self, code: grpc.StatusCode) -> None:
        """Has the call end with a status."""
        self.code = code

    def set_details(self, details: str) -> None:
        """Has the call end with a sentence."""
        self.details = details

    def set_trailing_metadata(self, trailers: Sequence[tuple[str, str | bytes]]) -> None:
        """Has the call end with what programs read."""
        self.trailers = dict(trailers)


def deadline_of(headers: Mapping[str, str]) -> float | None:
    """Return when a caller stops waiting, in seconds of the loop's clock; raises InvalidField.

    It says so in `grpc-timeout` (`2500m`, as gRPC-Web does) or in `request-timeout` (seconds).
    """
    name = "grpc-timeout" if "grpc-timeout" in headers else "request-timeout"
    if (text := headers.get(name)) is None:
        return None
    number, unit = (text[:-1], text[-1:]) if name == "grpc-timeout" else (text, "S")
    if not number.isascii() or not number.isdigit() or len(number) > _MOST_DIGITS or unit not in _UNITS:
        form = "digits and one of H, M, S, m, u, n" if name == "grpc-timeout" else "a whole number of seconds"
        raise InvalidField(f"The header {name} is {form}.", **{name: "malformed"})
    return asyncio.get_running_loop().time() + min(int(number) * _UNITS[unit], _LONGEST_SECONDS)

"""Whom a host lets in: the hub, by a token of this host's own. A caller is known before anything of its call is read.

CROSSDOCK_HOST_TOKEN_FILE names the file with the token, which the hub shows to this host and to no other. Each of its
lines is taken, so that a new token may be written above the old one while both run; the file is read again when it
changes.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import math
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import grpc
from google.protobuf.message import DecodeError

from adapters.sdk.calls import Context, Continuation, Handler, Interceptor

TOKEN_FILE_VARIABLE: Final = "CROSSDOCK_HOST_TOKEN_FILE"  # noqa: S105 (the name of the variable, not a token)
READ_SECONDS: Final = 10.0
"""How long the request of a call may take to come: as long as a document of 32 MiB takes at 27 Mbit/s."""
_BEARER: Final = "Bearer "
_NO_TOKEN: Final = "show the token by which this host knows its hub"  # noqa: S105 (a sentence, not a token)
_OTHER_TOKEN: Final = f"the token shown is none of this host's file, which its {TOKEN_FILE_VARIABLE} names"
_QUIET_SECONDS: Final = 60.0
_LOG: Final = logging.getLogger(__name__)


class TokenUnusable(Exception):
    """The file with the token cannot be used; the message says why."""


class Callers:
    """Who may call: whoever shows a token of a file, and everybody where there is no file."""

    def __init__(self, file: Path | None) -> None:
        """Read the file for the first time. Raises TokenUnusable."""
        self._file = file
        self._stamp: tuple[int, int] | None = None
        self._hashes: list[bytes] = []
        if file is not None:
            self._read(file)

    @property
    def anybody(self) -> bool:
        """Whether no token is asked for."""
        return self._file is None

    def knows(self, authorization: object) -> bool:
        """Whether an `authorization` header shows a token that may call."""
        if self._file is None:
            return True
        if not isinstance(authorization, str) or not authorization.startswith(_BEARER):
            return False
        self._refresh(self._file)
        shown = _hash(authorization.removeprefix(_BEARER))
        return any(hmac.compare_digest(shown, known) for known in self._hashes)

    def _refresh(self, file: Path) -> None:
        """Read the file again where it changed; one that cannot be read changes nothing."""
        with suppress(OSError, TokenUnusable):
            if _stamp(file) != self._stamp:
                self._read(file)

    def _read(self, file: Path) -> None:
        try:
            stamp, tokens = _stamp(file), file.read_text(encoding="utf-8").split()
        except (OSError, UnicodeDecodeError) as error:
            raise TokenUnusable(f"{TOKEN_FILE_VARIABLE}: {file} cannot be read: {error}") from error
        if not tokens:
            raise TokenUnusable(f"{TOKEN_FILE_VARIABLE}: {file} has no token; write one into it")
        self._stamp, self._hashes = stamp, [_hash(token) for token in tokens]


def callers_of(environment: Mapping[str, str] = os.environ) -> Callers:
    """Return who may call, as the environment says. Raises TokenUnusable."""
    named = environment.get(TOKEN_FILE_VARIABLE)
    return Callers(Path(named) if named else None)


class Refusals:
    """Counts calls that were refused because of their token, and tells of them in the log, once a minute at most."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """`now` gives seconds."""
        self._now, self._count, self._quiet_until = now, 0, -math.inf

    def note(self, reason: str) -> None:
        """Count a call that was refused for a reason."""
        self._count += 1
        if self._now() >= self._quiet_until:
            self._quiet_until = self._now() + _QUIET_SECONDS
            _LOG.warning("calls refused because of their token so far: %d; the last one: %s", self._count, reason)


class Admission(Interceptor):
    """Stands before all handlers: refuses whom it does not know, and has requests come in time."""

    def __init__(
        self, callers: Callers, *, read_seconds: float = READ_SECONDS, refusals: Refusals | None = None
    ) -> None:
        self._callers, self._read_seconds, self._refusals = callers, read_seconds, refusals or Refusals()

    async def intercept_service(
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> Handler:
        """Return the handler of a caller who is known, and one that refuses for others."""
        shown = {key: value for key, value in handler_call_details.invocation_metadata or () if key == "authorization"}
        authorization = shown.get("authorization")
        if not self._callers.knows(authorization):
            reason = _NO_TOKEN if authorization is None else _OTHER_TOKEN
            self._refusals.note(reason)
            return _refusing(reason)
        return self._early(await continuation(handler_call_details))

    def _early(self, handler: Handler) -> Handler:
        """Return a handler that is called before its request is read, and reads it itself."""
        behavior: Any = getattr(handler, "unary_unary", None)
        parse: Any = getattr(handler, "request_deserializer", None)
        if behavior is None:
            return handler

        async def answer(_: object, context: Context) -> Any:
            try:
                async with asyncio.timeout(self._read_seconds):
                    content = await context.read()
            except TimeoutError:
                await context.abort(
                    grpc.StatusCode.DEADLINE_EXCEEDED, f"no whole request came within {self._read_seconds:g} seconds"
                )
            try:
                request = parse(content)
            except (DecodeError, TypeError):  # not of its type, or the end of a call without a request
                await context.abort(grpc.StatusCode.INVALID_ARGUMENT, "the request cannot be read")
            return await behavior(request, context)

        return grpc.stream_unary_rpc_method_handler(
            answer, request_deserializer=None, response_serializer=handler.response_serializer
        )


def _refusing(reason: str) -> Handler:
    async def refuse(_: object, context: Context) -> None:
        await context.abort(grpc.StatusCode.UNAUTHENTICATED, reason)

    handler: Handler = grpc.stream_unary_rpc_method_handler(refuse)
    return handler


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _stamp(file: Path) -> tuple[int, int]:
    status = file.stat()
    return status.st_mtime_ns, status.st_ino

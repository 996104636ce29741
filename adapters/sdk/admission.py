"""Whom a host lets in: the hub, by the token that both know. A caller is known before anything of its call is read.

CROSSDOCK_ADAPTERS_TOKEN_FILE names the file with the token, the same file as the hub's. Each of its lines is taken, so
that a new token may be written above the old one while both run; the file is read again when it changes.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import grpc
from google.protobuf.message import DecodeError

from adapters.sdk.calls import Context, Continuation, Handler, Interceptor

TOKEN_FILE_VARIABLE: Final = "CROSSDOCK_ADAPTERS_TOKEN_FILE"  # noqa: S105 (the name of the variable, not a token)
READ_SECONDS: Final = 10.0
"""How long the request of a call may take to come: as long as a document of 32 MiB takes at 27 Mbit/s."""
_BEARER: Final = "Bearer "


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


class Admission(Interceptor):
    """Stands before all handlers: refuses whom it does not know, and has requests come in time."""

    def __init__(self, callers: Callers, *, read_seconds: float = READ_SECONDS) -> None:
        self._callers, self._read_seconds = callers, read_seconds

    async def intercept_service(
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> Handler:
        """Return the handler of a caller who is known, and one that refuses for others."""
        shown = {key: value for key, value in handler_call_details.invocation_metadata or () if key == "authorization"}
        if not self._callers.knows(shown.get("authorization")):
            return _REFUSING
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


async def _refuse(_: object, context: Context) -> None:
    await context.abort(grpc.StatusCode.UNAUTHENTICATED, "show the token by which this host knows its hub")


_REFUSING: Final[Handler] = grpc.stream_unary_rpc_method_handler(_refuse)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _stamp(file: Path) -> tuple[int, int]:
    status = file.stat()
    return status.st_mtime_ns, status.st_ino

"""A hub as seen from outside: where it is, under which token it is spoken to, and what it means when a call fails."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

import grpc
from google.rpc import error_details_pb2, status_pb2

from hub.app.stubs import Stubs
from hub.config.settings import ADDRESS, Settings
from hub.connect.dialing import Trust, channel, on_this_machine, target_of, trust

REFUSED: Final = 1
UNREACHABLE: Final = 3
NOT_ALLOWED: Final = 4
FAILED: Final = 5
EXIT_CODES: Final = {
    0: "done",
    REFUSED: "refused, or not as it should be: the sentence says why and what to do",
    2: "the command itself cannot be read",
    UNREACHABLE: "no hub answers, or it cannot serve yet",
    NOT_ALLOWED: "the token is missing, unknown or may not do this",
    FAILED: "the hub failed; its log has the reason",
}
CALL_SECONDS: Final = 60.0
LARGEST_MESSAGE_BYTES: Final = 64 * 1024 * 1024

_OPTIONS: Final = (
    ("grpc.max_receive_message_length", LARGEST_MESSAGE_BYTES),
    ("grpc.max_send_message_length", LARGEST_MESSAGE_BYTES),
)
_NEVER_SENT: Final = ("failed to connect", "connection refused", "no such file", "resolution")
_NOT_ALLOWED: Final = (grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED)
_FAILED: Final = (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN, grpc.StatusCode.UNIMPLEMENTED)
HEALTH_REASON: Final = "crossdock-reason"
"""Name of the metadata in which a process that does not serve tells health checks why."""


class HubError(Exception):
    """A command that was not done: the stable reason, one sentence with what to do, facts, and the exit code."""

    def __init__(
        self, reason: str, message: str, *, exit_code: int = REFUSED, facts: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.reason, self.message, self.exit_code = reason, message, exit_code
        self.facts = dict(facts or {})


@dataclass(frozen=True)
class HubClient(Stubs):
    """A hub at an address, spoken to under a token over `channel`, a gRPC channel that waits."""

    address: str
    token: str = field(repr=False)
    channel: Any = field(repr=False)

    def call(self, rpc: Callable[..., Any], request: Any, *, seconds: float | None = CALL_SECONDS) -> Any:
        """Makes a call; `seconds` is its deadline, None for none. Raises HubError."""
        with self.explained():
            return rpc(request, timeout=seconds, metadata=self.metadata())

    def stream(self, rpc: Callable[..., Any], request: Any) -> Iterator[Any]:
        """Makes a call that answers a stream. Raises HubError."""
        with self.explained():
            yield from rpc(request, metadata=self.metadata())

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """What is sent with each call."""
        return (("authorization", f"Bearer {self.token}"),) if self.token else ()

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turns failed calls into HubError."""
        try:
            yield
        except grpc.RpcError as error:
            raise explained(error, self.address) from None


@contextmanager
def connected(address: str, token: str, trusted: Trust | None = None) -> Iterator[HubClient]:
    """A client of the hub at an address, closed at the end; `trusted` is how the hub at grpcs://HOST:PORT is known."""
    with channel(address, trusted or Trust(), _OPTIONS) as opened:
        yield HubClient(address, token, opened)


def address_of(settings: Settings) -> str:
    """The hub that commands speak to: the one named, else that of the data folder, else the usual place."""
    return settings.hub or _noted(settings, "address") or ADDRESS


def health_address_of(settings: Settings) -> str | None:
    """Return where that hub answers health checks: as stated, else as its data folder says, else beside its port.

    None where they are off, and where the hub is at another machine.
    """
    if settings.health_stated:
        return settings.health
    if settings.hub is None and (noted := _noted(settings, "health")):
        return noted
    address = target_of(address_of(settings)) or ""
    if address.startswith("unix:") or not on_this_machine(address):
        return None
    return replace(settings, listen=address).health


def _noted(settings: Settings, name: str) -> str:
    """Return what a hub of the data folder says of itself; empty where none does."""
    try:
        note = json.loads(settings.hub_note.read_text(encoding="utf-8"))
        return str(note[name] or "")
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def trust_of(settings: Settings) -> Trust:
    """How commands know the hub. Raises HubError when a file that was named cannot be read."""
    try:
        return trust(settings.trust, settings.own_certificate, settings.own_key)
    except OSError as error:
        raise HubError(
            "CERTIFICATE_UNREADABLE", f"{error.filename} cannot be read: {error.strerror}.", exit_code=NOT_ALLOWED
        ) from error


def token_of(settings: Settings) -> str:
    """The token that commands show: the one given, else of the file named, else that of the data folder; or none.

    Raises HubError when the file that was named cannot be read.
    """
    if settings.token:
        return settings.token
    path = settings.token_file or settings.admin_token
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        if settings.token_file is None:
            return ""
        raise HubError(
            "TOKEN_UNREADABLE", f"The token file {path} cannot be read: {error.strerror}.", exit_code=NOT_ALLOWED
        ) from error


def explained(error: grpc.RpcError, address: str) -> HubError:
    """What a failed call means, for a person: reason, sentence, exit code."""
    call = cast("grpc.Call", error)
    code, details = call.code(), call.details() or ""
    if code is grpc.StatusCode.UNAVAILABLE:
        if any(words in details.lower() for words in _NEVER_SENT):
            sentence = f"No hub answers at {address}. Start one with `crossdock up`, or name another with --hub."
            return HubError("UNREACHABLE", sentence, exit_code=UNREACHABLE)
        return HubError("NOT_SERVING", details, exit_code=UNREACHABLE)
    reason, facts = _reason(call)
    if code is grpc.StatusCode.UNAUTHENTICATED:
        details += " Give the token with --token-file or CROSSDOCK_TOKEN; `crossdock up` writes one to its data folder."
    if code is grpc.StatusCode.CANCELLED:
        return HubError("CANCELED", "The call was canceled.", exit_code=FAILED)
    exit_code = NOT_ALLOWED if code in _NOT_ALLOWED else FAILED if code in _FAILED else REFUSED
    return HubError(reason or code.name, details or code.name, exit_code=exit_code, facts=facts)


def _reason(call: grpc.Call) -> tuple[str, dict[str, str]]:
    """Reason and facts of a refused call, as its details say."""
    metadata = dict(cast("Iterable[tuple[str, str | bytes]]", call.trailing_metadata() or ()))
    packed = metadata.get("grpc-status-details-bin", b"")
    facts: dict[str, str] = {}
    reason = ""
    if isinstance(packed, bytes):
        for detail in status_pb2.Status.FromString(packed).details:
            info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
            if detail.Unpack(info):
                reason = info.reason
                facts |= dict(info.metadata)
            elif detail.Unpack(bad):
                facts |= {
                    field_violation.field: field_violation.description for field_violation in bad.field_violations
                }
    return reason, facts

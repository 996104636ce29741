"""Principals of a running installation: the person at this machine, the hosted adapters, and those the operator listed.

The operator's file is read, never written. What api processes read is a file made of it: `crossdock up` adds the
administrator, whose token lies in the data folder, and one credential per hosted adapter, known to that adapter alone.
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hub.api.edge.access import Access, access_of, token_sha256
from hub.api.edge.bearer import Verifier
from hub.api.edge.principals import Principal, PrincipalsUnusable, Token, encoded, read
from hub.app.process.stamps import stamp_of
from hub.kernel.errors import Unauthenticated
from hub.kernel.scope import Role, Scope
from hub.network.model import Network

log = logging.getLogger(__name__)

ADMIN: Final = "admin"
_TOKEN_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Credential:
    """The token of an adapter and what it may see by it."""

    adapter: str
    token: str = field(repr=False)
    accounts: Sequence[str]
    channels: Sequence[str]
    nodes: Sequence[str]

    @property
    def entry(self) -> Principal:
        """The adapter as a principal."""
        return Principal(
            f"adapter:{self.adapter}",
            frozenset({Role.ADAPTER}),
            (Token(token_sha256(self.token)),),
            channels=frozenset(self.channels),
            nodes=frozenset(self.nodes),
            accounts=frozenset(self.accounts),
        )


def minted() -> str:
    """A new token."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def credential(adapter: str, token: str, network: Network) -> Credential:
    """The credential of an adapter: it sees its accounts, and the channels and nodes that these serve."""
    accounts = {account_id for account_id, account in network.accounts.items() if account.adapter == adapter}
    return Credential(
        adapter,
        token,
        accounts=sorted(accounts),
        channels=sorted(
            channel.channel_id for channel in network.channels.values() if accounts & set(channel.accounts().values())
        ),
        nodes=sorted(node.node_id for node in network.nodes.values() if node.warehouse_account_id in accounts),
    )


def admin_token(path: Path) -> str:
    """The administrator's token of an installation, made when there is none; only its owner may read the file."""
    if path.exists():
        return path.read_text(encoding="utf-8").strip()
    token = minted()
    put_privately(path, f"{token}\n")
    return token


def compose(path: Path, *, operators: Path, admin: str, credentials: Iterable[Credential]) -> bool:
    """Writes the file that api processes read; answers whether it changed.

    Raises PrincipalsUnusable when the operator's file, which may be absent, is malformed or takes a reserved name.
    """
    stated = read(operators) if operators.exists() else []
    own = [
        Principal(ADMIN, frozenset({Role.ADMIN}), (Token(token_sha256(admin)),)),
        *(credential.entry for credential in credentials),
    ]
    if reserved := {entry.principal for entry in stated} & {entry.principal for entry in own}:
        raise PrincipalsUnusable(
            f"{operators} names {', '.join(sorted(reserved))}, which is reserved; use another name."
        )
    text = encoded([*stated, *own])
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    put_privately(path, text)
    return True


def change(path: Path, edit: Callable[[list[Principal]], list[Principal]]) -> None:
    """Edit a file of principals, which may be absent: one editor at a time, at once or not at all.

    Raises PrincipalsUnusable, and what `edit` raises; then the file stays as it was.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        put_privately(path, encoded(edit(read(path) if path.exists() else [])))
    finally:
        os.close(descriptor)


def put_privately(path: Path, text: str) -> None:
    """Writes a file at once or not at all, readable by its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)


class CurrentAccess(Access):
    """Access by a file, read again when it changed; a malformed one is reported, and the one before stays in force."""

    def __init__(self, path: Path, verifier: Verifier | None = None, session_tokens: bytes | None = None) -> None:
        """Reads the file for the first time. Raises PrincipalsUnusable."""
        super().__init__({}, verifier=verifier, session_tokens=session_tokens)
        self._path = path
        self._changed = stamp_of(path)
        self._read = self._access()

    def scope_of(self, authorization: str | None) -> Scope:
        """The principal of an `authorization` header; raises Unauthenticated."""
        try:
            return self._read.scope_of(authorization)
        except Unauthenticated:
            if authorization is None or not self.refresh():
                raise
            return self._read.scope_of(authorization)

    def let_in(self) -> frozenset[str]:
        """Return the names of the principals that somebody can show now."""
        return self._read.let_in()

    def forget_headers(self) -> None:
        """Judge every header anew: the keys of the identity provider changed."""
        self._read.forget_headers()

    def refresh(self) -> bool:
        """Reads the file again if it changed; answers whether other principals are in force now."""
        changed = stamp_of(self._path)
        if changed == self._changed:
            return False
        self._changed = changed
        try:
            self._read = self._access()
        except PrincipalsUnusable as error:
            log.error("%s Those known before stay in force.", error)  # noqa: TRY400 (the sentence says it all)
            return False
        return True

    def _access(self) -> Access:
        return access_of(read(self._path), verifier=self._verifier, session_tokens=self._session_tokens)

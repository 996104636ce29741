"""The file of principals: who may call, with which roles, over what, and the hashes of the tokens that show it.

It is a JSON list. An unknown key, a hash that is none, a token that anybody would guess and a file that others may
write are refused: each of them would let in more than its author meant.
"""

from __future__ import annotations

import hashlib
import stat
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from hub.api.edge.bearer import Identity
from hub.kernel.scope import Role, Scope

_GUESSED: Final = frozenset(
    hashlib.sha256(word.encode()).hexdigest()
    for word in (
        "", "0", "1", "123", "1234", "12345", "123456", "1234567890", "admin", "administrator", "adapter", "changeme",
        "change-me", "channel", "crossdock", "default", "demo", "dev", "hub", "key", "letmein", "none", "null",
        "operator", "pass", "password", "Password1", "qwerty", "root", "s3cret", "sample", "secret", "service", "shop",
        "test", "token", "user", "viewer", "warehouse", "xxx",
    )
)  # fmt: skip
_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH

Name = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class PrincipalsUnusable(Exception):
    """The file of principals cannot be used; the message says why and what helps."""


class Token(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A token, known by its hash alone. It holds until `expires`; without that, until it is taken out."""

    sha256: Sha256
    added: datetime | None = None
    expires: datetime | None = None


class Principal(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who may call: roles, and channels, nodes, sellers and partner accounts that it sees, None for all.

    A customer has no other role. With `parties` it is a person, who sees their own orders; without, it is the door of a
    shop's page, which has codes sent and opens sessions. Any of its tokens shows it, and any token of an identity
    provider that names one of its identities.
    """

    principal: Name
    roles: frozenset[Role]
    tokens: tuple[Token, ...] = ()
    identities: tuple[Identity, ...] = ()
    channels: frozenset[Name] | None = None
    nodes: frozenset[Name] | None = None
    sellers: frozenset[Name] | None = None
    accounts: frozenset[Name] | None = None
    parties: frozenset[UUID] | None = None

    @property
    def scope(self) -> Scope:
        """What the principal may do and see."""
        if self.parties is None:
            return Scope(self.principal, self.roles, self.channels, self.nodes, self.sellers, self.accounts)
        nothing: frozenset[str] = frozenset()
        return Scope(self.principal, self.roles, self.channels, nothing, nothing, nothing, parties=self.parties)


def read(path: Path) -> list[Principal]:
    """Return the principals of a file. Raises PrincipalsUnusable."""
    try:
        mode = path.stat().st_mode
        content = path.read_bytes()
    except OSError as error:
        raise PrincipalsUnusable(f"{path} cannot be read: {error.strerror}.") from error
    if mode & _OTHERS_MAY_WRITE:
        raise PrincipalsUnusable(f"{path} may be written by others than its owner; run `chmod go-w {path}`.")
    try:
        principals = msgspec.json.decode(content, type=list[Principal])
    except msgspec.MsgspecError as error:
        raise PrincipalsUnusable(f"{path} is not a list of principals: {error}. Correct it.") from error
    _check(path, principals)
    return principals


def encoded(principals: list[Principal]) -> str:
    """Return the text of a file of principals."""
    content = msgspec.json.encode(principals, order="deterministic")
    return msgspec.json.format(content, indent=1).decode() + "\n"


def _check(path: Path, principals: list[Principal]) -> None:
    if twice := _twice(principal.principal for principal in principals):
        raise PrincipalsUnusable(f"{path} states the principal {twice} twice; state it once.")
    if twice := _twice(
        f"{identity.subject} of {identity.issuer}" for principal in principals for identity in principal.identities
    ):
        raise PrincipalsUnusable(f"{path} states the identity {twice} twice; each is of one principal.")
    for principal in principals:
        if Role.CUSTOMER in principal.roles and len(principal.roles) > 1:
            raise PrincipalsUnusable(
                f"{path} gives {principal.principal} the role customer and others; state it alone."
            )
        if (principal.parties is not None) and Role.CUSTOMER not in principal.roles:
            raise PrincipalsUnusable(f"{path} binds {principal.principal} to parties; only a customer is.")
    hashes = [(token.sha256, principal.principal) for principal in principals for token in principal.tokens]
    if twice := _twice(sha256 for sha256, _ in hashes):
        names = ", ".join(sorted({name for sha256, name in hashes if sha256 == twice}))
        raise PrincipalsUnusable(f"{path} states a token twice, for {names}; each token is of one principal.")
    for sha256, name in hashes:
        if sha256 in _GUESSED:
            raise PrincipalsUnusable(
                f"{path} gives {name} a token that anybody would guess; run `crossdock principal rotate {name}`."
            )


def _twice(values: Iterable[str]) -> str:
    """Return a value that stands twice, empty where none does."""
    return next((value for value, times in Counter(values).items() if times > 1), "")

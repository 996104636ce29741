"""Who may: principals by the hash of their token, and the roles that the table of rpcs asks for."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from hub.api.edge import sessions
from hub.api.edge.bearer import Identity, Verifier, is_signed
from hub.api.edge.principals import Principal
from hub.api.edge.rpcs import Rpc
from hub.kernel.errors import PermissionDenied, Unauthenticated
from hub.kernel.scope import Scope

_BEARER: Final = "bearer "
MOST_LATELY: Final = 1024
"""Headers that are known as they came, so that their tokens need not be hashed at each call."""


class Grant(Struct, frozen=True):
    """What a token lets in, and until when, in seconds since 1970."""

    scope: Scope
    until: float = math.inf


class Access:
    """Knows principals by the hashes of their tokens; headers that let somebody in lately are known as they came.

    Signed tokens of an identity provider are known by `verifier`, and what they show by `identities`; those of
    customers' sessions are sealed with the key `session_tokens`. `now` is the machine's clock, in seconds since 1970.
    """

    def __init__(
        self,
        grants: Mapping[str, Grant],
        *,
        identities: Mapping[Identity, Scope] | None = None,
        verifier: Verifier | None = None,
        session_tokens: bytes | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._session_tokens = session_tokens
        self._grants, self._identities, self._verifier = dict(grants), dict(identities or {}), verifier
        self._lately: dict[str | None, Grant] = {}
        self._now = now

    def scope_of(self, authorization: str | None) -> Scope:
        """Return the principal of an `authorization` header (`Bearer TOKEN`); raises Unauthenticated."""
        grant = self._lately.get(authorization) or self._grant_of(authorization)
        if grant.until <= self._now():
            raise Unauthenticated("The token has expired; ask the hub's operators for another.")
        return grant.scope

    def let_in(self) -> frozenset[str]:
        """Return the names of the principals that somebody can show now."""
        now = self._now()
        by_token = {grant.scope.principal for grant in self._grants.values() if grant.until > now}
        return frozenset(by_token | {scope.principal for scope in self._identities.values() if self._verifier})

    def _grant_of(self, authorization: str | None) -> Grant:
        if authorization is None or not authorization[: len(_BEARER)].lower() == _BEARER:
            raise Unauthenticated("Send the metadata `authorization: Bearer TOKEN`.")
        token = authorization[len(_BEARER) :].strip()
        grant = self._grants.get(token_sha256(token)) or self._of_session(token) or self._signed(token)
        if grant is None:
            raise Unauthenticated("The token is not known; ask the hub's operators for one.")
        if len(self._lately) >= MOST_LATELY:
            self._lately.clear()
        self._lately[authorization] = grant
        return grant

    def _of_session(self, token: str) -> Grant | None:
        """Return what the token of a customer's session lets in, None where it is none."""
        scope = sessions.scope_of(self._session_tokens, token) if self._session_tokens else None
        return Grant(scope) if scope else None

    def _signed(self, token: str) -> Grant | None:
        """Return what a provider's token lets in, None where it is none; raises Unauthenticated."""
        if self._verifier is None or not is_signed(token):
            return None
        verified = self._verifier.verify(token)
        scope = self._identities.get(verified.identity)
        if scope is None:
            raise Unauthenticated(
                f"No principal has the identity {verified.identity.subject}; ask the hub's operators to add it."
            )
        return Grant(scope, verified.until)

    def forget_headers(self) -> None:
        """Judge every header anew: the keys of the identity provider changed."""
        self._lately.clear()


def access_of(
    principals: Sequence[Principal],
    *,
    verifier: Verifier | None = None,
    session_tokens: bytes | None = None,
    now: Callable[[], float] = time.time,
) -> Access:
    """Return the access of principals, and of who has a token sealed with the key `session_tokens`.

    `now` is the machine's clock, in seconds since 1970.
    """
    identities = {identity: principal.scope for principal in principals for identity in principal.identities}
    grants = {
        token.sha256: Grant(principal.scope, token.expires.timestamp() if token.expires else math.inf)
        for principal in principals
        for token in principal.tokens
    }
    return Access(grants, identities=identities, verifier=verifier, session_tokens=session_tokens, now=now)


def permit(scope: Scope, rpc: str, row: Rpc) -> None:
    """Raises PermissionDenied unless the principal may call `Service.Rpc`, as its row in the table of rpcs says."""
    roles = row.roles
    if scope.roles.isdisjoint(roles):
        needed = ", ".join(sorted(role.value for role in roles))
        raise PermissionDenied(f"{rpc} needs one of the roles {needed}; ask the hub's operators.", rpc=rpc)
    if row.whole and not scope.unlimited:
        raise PermissionDenied(
            f"{rpc} concerns the whole installation, and {scope.principal} sees a part of it; ask the hub's operators.",
            rpc=rpc,
        )


def token_sha256(token: str) -> str:
    """Return the hash by which a token is known."""
    return hashlib.sha256(token.encode()).hexdigest()

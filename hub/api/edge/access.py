"""Who may: principals by the hash of their token, and the roles that the table of rpcs asks for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from hub.kernel.errors import PermissionDenied, Unauthenticated
from hub.kernel.scope import Role, Scope

_BEARER: Final = "bearer "
MOST_LATELY: Final = 1024
"""Headers that are known as they came, so that their tokens need not be hashed at each call."""


class PrincipalsUnusable(Exception):
    """The file of principals cannot be used; the message says why and what helps."""


class Access:
    """Knows principals by the hashes of their tokens; headers that let somebody in lately are known as they came."""

    def __init__(self, scopes: Mapping[str, Scope]) -> None:
        self._scopes = dict(scopes)
        self._lately: dict[str | None, Scope] = {}

    def admit(self, token_sha256: str, scope: Scope) -> None:
        """Lets in whoever has the token of this hash (hexadecimal), from now on."""
        self._scopes[token_sha256] = scope
        self._lately.clear()

    def scope_of(self, authorization: str | None) -> Scope:
        """The principal of an `authorization` header (`Bearer TOKEN`); raises Unauthenticated."""
        if known := self._lately.get(authorization):
            return known
        if authorization is None or not authorization[: len(_BEARER)].lower() == _BEARER:
            raise Unauthenticated("Send the metadata `authorization: Bearer TOKEN`.")
        scope = self._scopes.get(token_sha256(authorization[len(_BEARER) :].strip()))
        if scope is None:
            raise Unauthenticated("The token is not known; ask the hub's operators for one.")
        if len(self._lately) >= MOST_LATELY:
            self._lately.clear()
        self._lately[authorization] = scope
        return scope


def permit(scope: Scope, rpc: str, roles: frozenset[Role]) -> None:
    """Raises PermissionDenied unless the principal has one of the roles that may call `Service.Rpc`."""
    if scope.roles.isdisjoint(roles):
        needed = ", ".join(sorted(role.value for role in roles))
        raise PermissionDenied(f"{rpc} needs one of the roles {needed}; ask the hub's operators.", rpc=rpc)


def token_sha256(token: str) -> str:
    """The hash by which a token is known."""
    return hashlib.sha256(token.encode()).hexdigest()


def access_from(path: Path) -> Access:
    """The principals of a file; raises PrincipalsUnusable.

    The file is a JSON list of {"principal", "token_sha256", "roles", "channels", "nodes", "sellers"}; the last three
    are lists, or null or absent for all.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        scopes = [(entry["token_sha256"].lower(), _scope(entry)) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PrincipalsUnusable(f"{path} is not a valid list of principals ({error!r}); correct it.") from error
    names = [scope.principal for _, scope in scopes]
    if len(set(names)) < len(names) or len(dict(scopes)) < len(scopes):
        raise PrincipalsUnusable(f"{path} states a principal or a token twice; state each once.")
    return Access(dict(scopes))


def _scope(entry: Mapping[str, Any]) -> Scope:
    return Scope(
        principal=str(entry["principal"]),
        roles=frozenset(Role(role) for role in entry["roles"]),
        channels=_names(entry.get("channels")),
        nodes=_names(entry.get("nodes")),
        sellers=_names(entry.get("sellers")),
    )


def _names(values: list[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)

"""Tokens of customers' sessions: they say what they are for, and are sealed with a key of the installation.

Whether a session still holds is not in its token: the customers' service asks the database at each call.
"""

from __future__ import annotations

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final
from uuid import UUID

from hub.kernel.ids import text_of
from hub.kernel.keyed import keyed_hash
from hub.kernel.scope import Role, Scope

PREFIX: Final = "cdc_"
_ORDER: Final = b"o"
_PARTY: Final = b"p"
_ROLES: Final = frozenset({Role.CUSTOMER})
_CONTENT: Final = 33
"""Bytes of a token before its seal: the session, whether it is for an order or a party, and which."""


def token_of(key: bytes, session_id: UUID, *, order_id: UUID | None, party_id: UUID | None) -> str:
    """Return the token of a session for an order, or for a party."""
    subject = _ORDER + order_id.bytes if order_id else _PARTY + (party_id or session_id).bytes
    content = session_id.bytes + subject
    return PREFIX + urlsafe_b64encode(content + keyed_hash(key, content)).decode().rstrip("=")


def scope_of(key: bytes, token: str) -> Scope | None:
    """Return what a token is for; None for one that was not made here.

    It sees no channel, node, seller and account: what the customers' service shows is looked up by order alone.
    """
    if not token.startswith(PREFIX):
        return None
    text = token[len(PREFIX) :]
    try:
        sealed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    content, seal = sealed[:_CONTENT], sealed[_CONTENT:]
    if len(content) < _CONTENT or not hmac.compare_digest(seal, keyed_hash(key, content)):
        return None
    session, subject = UUID(bytes=content[:16]), UUID(bytes=content[17:])
    of_order = content[16:17] == _ORDER
    nothing: frozenset[str] = frozenset()
    return Scope(
        f"customer:{'order' if of_order else 'party'}:{text_of(subject)}",
        _ROLES,
        *(nothing, nothing, nothing, nothing),
        orders=frozenset({subject}) if of_order else None,
        parties=None if of_order else frozenset({subject}),
        session=session,
    )

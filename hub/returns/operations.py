"""What flows do with returns: load them with their records, save, find, credit, put policies in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from hub.database.tx import Tx
from hub.kernel.errors import PermissionDenied, refuse_other_version
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.returns.model import ReturnPolicies
from hub.returns.policy.withdrawals import Exemption, WithdrawalRule, exemptions_of, rules_of
from hub.returns.store import policies as policy_rows
from hub.returns.store.claims import load as load_claims
from hub.returns.store.claims import orders_of as orders_of_claims
from hub.returns.store.claims import put as put_claims
from hub.returns.store.credits import add as add_credits
from hub.returns.store.credits import load as load_credits
from hub.returns.store.policies import in_force as policies_in_force
from hub.returns.store.policies import latest as policies
from hub.returns.store.returns import find, load, orders_of, save
from hub.returns.store.routes import add as add_routes
from hub.returns.store.routes import of_return as routes_of
from hub.returns.store.unexpected import add as add_unexpected
from hub.returns.store.withdrawals import add as add_withdrawals
from hub.returns.store.withdrawals import load as load_withdrawals

__all__ = [
    "add_credits",
    "add_routes",
    "add_unexpected",
    "add_withdrawals",
    "find",
    "load",
    "load_claims",
    "load_credits",
    "load_withdrawals",
    "orders_of",
    "orders_of_claims",
    "policies",
    "policies_in_force",
    "put_claims",
    "put_policies",
    "routes_of",
    "save",
    "withdrawal_rules",
]

_DEFAULT_RULES: Final = Path(__file__).with_name("default_rules")


@cache
def withdrawal_rules() -> tuple[Sequence[WithdrawalRule], Mapping[str, Exemption]]:
    """Return the dated rows of the right to withdraw that the product brings, and what is exempt, by its code."""
    periods, exemptions = (
        (_DEFAULT_RULES / f"withdrawal_{name}.csv").read_text(encoding="utf-8") for name in ("periods", "exemptions")
    )
    return rules_of(periods), exemptions_of(exemptions)


async def put_policies(tx: Tx, scope: Scope, wanted: ReturnPolicies, *, at: Instant) -> ReturnPolicies:
    """Puts all policies in force and answers them with their version; the same content again keeps its version.

    The version of `wanted` is the one that it replaces; 0 replaces any. Raises StateChanged where another one is in
    force, and PermissionDenied for a principal that sees a part only: the rest would be lost.
    """
    if not scope.unlimited:
        raise PermissionDenied(
            "Only a principal without a limited scope may replace return policies; ask an administrator."
        )
    await policy_rows.lock(tx)
    standing = await policy_rows.latest(tx)
    refuse_other_version("The set of return policies", wanted.version, standing.version)
    made = replace(wanted, version=standing.version + 1, policies=wanted.policies or ReturnPolicies().policies)
    if standing.version and made.policies == standing.policies:
        return standing
    await policy_rows.add(tx, made, scope.principal, at=at)
    return made

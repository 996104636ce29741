"""What flows and queries ask of trade: the tax record, and the trade rules in their versions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from hub.database.tx import Tx
from hub.kernel.errors import refuse_other_version
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.trade import store
from hub.trade.errors import TradeRulesNotFound
from hub.trade.model.rules import TradeRules
from hub.trade.policy.rule_files import rules_of
from hub.trade.store import (
    VERSION,
    add_intercompany,
    add_settlements,
    declarations,
    declarations_named,
    intercompany,
    keep_landed,
    landed_of,
    list_intercompany,
    lock_references,
    record_tax,
    save_declarations,
    save_vat_checks,
    settlements,
    taxes,
    vat_checks,
)

__all__ = [
    "VERSION",
    "RulesMemory",
    "add_intercompany",
    "add_settlements",
    "declarations",
    "declarations_named",
    "default_files",
    "intercompany",
    "keep_landed",
    "landed_of",
    "list_intercompany",
    "load_rules",
    "lock_references",
    "record_tax",
    "rule_files",
    "save_declarations",
    "save_vat_checks",
    "settlements",
    "taxes",
    "vat_checks",
    "version_of",
]

_DEFAULT_RULES: Final = Path(__file__).with_name("default_rules")
MOST_REMEMBERED: Final = 8
"""Versions of the rules that a process keeps in memory at most."""


@cache
def default_files() -> Mapping[str, str]:
    """Return the files of the rules that the product brings, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(_DEFAULT_RULES.glob("*.csv"))}


async def load_rules(tx: Tx, scope: Scope, files: Mapping[str, str], *, expected_version: int = 0, at: Instant) -> int:
    """Puts trade rules in force and returns their version; the files in force again keep their version.

    Raises TradeRulesInvalid, and StateChanged where another version than the expected one is in force.
    """
    rules_of(files)
    await store.lock_rules(tx)
    version = await version_of(tx, files, expected_version=expected_version)
    if version != await store.latest_rules(tx):
        await store.add_rules(tx, version, files, scope.principal, at=at)
    return version


async def version_of(tx: Tx, files: Mapping[str, str], *, expected_version: int = 0) -> int:
    """Return the version that files have, or would have if they were loaded now. Raises StateChanged."""
    version, known = await rule_files(tx)
    refuse_other_version("The set of trade rules", expected_version, version)
    return version if version and files == known else version + 1


async def rule_files(tx: Tx, version: int = 0) -> tuple[int, Mapping[str, str]]:
    """Return a version of the trade rules, 0 for the one in force, with its files. Raises TradeRulesNotFound."""
    version = version or await store.latest_rules(tx)
    if not version:
        return 0, default_files()
    if (files := await store.rule_files(tx, version)) is None:
        raise TradeRulesNotFound(f"There is no version {version} of the trade rules.", version=version)
    return version, files


class RulesMemory:
    """Trade rules as a process remembers them, by version; `origin` is the history of the database they are of."""

    def __init__(self) -> None:
        self.origin = ""
        self._rules: dict[int, TradeRules] = {}

    async def load(self, tx: Tx, version: int = 0) -> TradeRules:
        """Return a version of the rules, 0 for the one in force. Raises TradeRulesNotFound."""
        version = version or await store.latest_rules(tx)
        if tx.origin != self.origin or len(self._rules) >= MOST_REMEMBERED:
            self.origin, self._rules = tx.origin, {}
        if version not in self._rules:
            self._rules[version] = rules_of((await rule_files(tx, version))[1], version)
        return self._rules[version]

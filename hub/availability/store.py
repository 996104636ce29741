"""Rows of availability scenarios, of those that are switched on, and of what these withhold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from sqlalchemy import BigInteger, Column, DateTime, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from hub.availability.model import InForce, Scenario, ScenarioKind, Withheld, WithholdingRule
from hub.database import sets
from hub.database.arrays import texts
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant

SCENARIO = Table(
    "availability_scenario",
    METADATA,
    Column("scenario_id", Text, primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("rules", JSONB, nullable=False),
    Column("put_by", Text, nullable=False),
    Column("put_at", DateTime(timezone=True), nullable=False),
)

IN_FORCE = Table(
    "availability_in_force",
    METADATA,
    Column("version", BigInteger, primary_key=True),
    Column("scenarios", JSONB, nullable=False),
    Column("put_by", Text, nullable=False),
    Column("put_at", DateTime(timezone=True), nullable=False),
)

PATTERN = Table(
    "availability_pattern",
    METADATA,
    Column("version", BigInteger, primary_key=True),
    Column("pattern", Text, primary_key=True),
    Column("withheld", JSONB, nullable=False),
)

JUDGED = Table(
    "availability_judged",
    METADATA,
    Column("version", BigInteger, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("pattern", Text, nullable=False),
)

_LOCK: Final = "LOCK TABLE availability_in_force IN SHARE ROW EXCLUSIVE MODE"
PATTERNS_AT_ONCE: Final = 4
"""Different values that are written, or read, until others run: each has an entry per channel and node."""
_SAVED_AT_ONCE: Final = 5_000
"""Items whose verdicts one statement writes."""
_JUDGE: Final = """
INSERT INTO availability_judged (version, sku, pattern)
SELECT %(version)s, sku, pattern FROM unnest(%(skus)s, %(patterns)s) AS given(sku, pattern)
ON CONFLICT (version, sku) DO UPDATE SET pattern = excluded.pattern
"""
_VERDICTS: Final = """
SELECT pattern.withheld::text AS withheld, array_agg(judged.sku) AS skus
FROM availability_judged AS judged JOIN availability_pattern AS pattern USING (version, pattern)
WHERE version = %(version)s AND {some} GROUP BY pattern.version, pattern.pattern
"""
_ALL_VERDICTS: Final = _VERDICTS.format(some="true")
_SOME_VERDICTS: Final = _VERDICTS.format(some="judged.sku = ANY(%(skus)s)")
_CHANNELS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_NODES: Final = msgspec.json.Decoder(dict[str, int])
_NEWEST: Final = """
SELECT DISTINCT ON (scenario_id) * FROM availability_scenario WHERE scenario_id > %(after)s
ORDER BY scenario_id, version DESC LIMIT %(size)s
"""
_VERSIONS: Final = """
SELECT availability_scenario.* FROM availability_scenario
JOIN unnest(%(ids)s, %(versions)s::bigint[]) AS given(scenario_id, version) USING (scenario_id, version)
ORDER BY scenario_id
"""


async def lock(tx: Tx) -> None:
    """Lets nobody else switch scenarios or judge items until the transaction ends; readers go on."""
    await tx.execute(_LOCK)


async def in_force(tx: Tx) -> InForce:
    """The scenarios that are switched on."""
    rows = await tx.fetch("SELECT version, scenarios FROM availability_in_force ORDER BY version DESC LIMIT 1")
    return InForce(rows[0]["version"], rows[0]["scenarios"]) if rows else InForce()


async def put_in_force(tx: Tx, state: InForce, put_by: str, *, at: Instant) -> None:
    """Writes which scenarios are switched on from now on, and forgets the verdicts of versions before."""
    row = {"version": state.version, "scenarios": dict(state.scenarios), "put_by": put_by, "put_at": at}
    await sets.insert(tx, IN_FORCE, [row])
    for table in (PATTERN, JUDGED):
        await tx.execute(f"DELETE FROM {table.name} WHERE version < %(version)s", {"version": state.version})


async def newest(tx: Tx, after: str, size: int) -> list[Scenario]:
    """Scenarios by id, each in its newest version, from behind an id."""
    return [_scenario(row) for row in await tx.fetch(_NEWEST, {"after": after, "size": size})]


async def scenario(tx: Tx, scenario_id: str, version: int) -> Scenario | None:
    """A scenario in a version, 0 for the newest; None where there is none."""
    rows = await tx.fetch(
        "SELECT * FROM availability_scenario WHERE scenario_id = %(id)s AND version = ANY(CASE WHEN %(version)s > 0"
        " THEN ARRAY[%(version)s::bigint] ELSE (SELECT array_agg(version) FROM availability_scenario"
        " WHERE scenario_id = %(id)s) END) ORDER BY version DESC LIMIT 1",
        {"id": scenario_id, "version": version},
    )
    return _scenario(rows[0]) if rows else None


async def scenarios(tx: Tx, versions: Mapping[str, int]) -> list[Scenario]:
    """Scenarios in the versions given, by id."""
    ordered = sorted(versions.items())
    parameters = {"ids": texts([one for one, _ in ordered]), "versions": [version for _, version in ordered]}
    return [_scenario(row) for row in await tx.fetch(_VERSIONS, parameters)] if ordered else []


async def add(tx: Tx, scenario: Scenario, put_by: str, *, at: Instant) -> None:
    """Writes a version of a scenario."""
    row = {
        "scenario_id": scenario.scenario_id,
        "version": scenario.version,
        "kind": scenario.kind.value,
        "title": scenario.title,
        "rules": [[rule.rule_id, rule.condition, rule.units] for rule in scenario.rules],
        "put_by": put_by,
        "put_at": at,
    }
    await sets.insert(tx, SCENARIO, [row])


async def save_verdicts(tx: Tx, version: int, judged: Mapping[str, Withheld]) -> None:
    """Writes what is withheld of SKUs in a version of the rules in force: once for all of which it is the same."""
    digests: dict[int, str] = {}
    patterns: dict[str, Withheld] = {}
    for withheld in judged.values():
        if id(withheld) not in digests:
            text = msgspec.json.encode(withheld, order="sorted")
            digest = digests[id(withheld)] = hashlib.sha256(text).hexdigest()
            patterns[digest] = withheld
            await tx.turn()
    rows = [{"version": version, "pattern": name, "withheld": withheld} for name, withheld in sorted(patterns.items())]
    for start in range(0, len(rows), PATTERNS_AT_ONCE):
        some_rows = rows[start : start + PATTERNS_AT_ONCE]
        await sets.insert(tx, PATTERN, some_rows, on_conflict="(version, pattern) DO NOTHING")
        await tx.flush()
    skus = sorted(judged)
    for start in range(0, len(skus), _SAVED_AT_ONCE):
        some = skus[start : start + _SAVED_AT_ONCE]
        named = texts([digests[id(judged[sku])] for sku in some])
        await tx.execute(_JUDGE, {"version": version, "skus": texts(some), "patterns": named})


async def verdicts(tx: Tx, version: int, skus: Iterable[str] | None = None) -> dict[str, Withheld]:
    """What is withheld in a version, by SKU, of all or of some; SKUs of which the same is withheld share it."""
    sql = _ALL_VERDICTS
    parameters: dict[str, Any] = {"version": version}
    if skus is not None:
        sql = _SOME_VERDICTS
        parameters["skus"] = texts(sorted(skus))
    by_sku: dict[str, Withheld] = {}
    shared: dict[bytes, Mapping[str, int]] = {}
    for row in await tx.fetch(sql, parameters):
        nodes_by_channel = _CHANNELS.decode(row["withheld"])
        withheld = {channel_id: _nodes(bytes(text), shared) for channel_id, text in nodes_by_channel.items()}
        by_sku.update(dict.fromkeys(row["skus"], withheld))
        await tx.turn()
    return by_sku


def _nodes(text: bytes, shared: dict[bytes, Mapping[str, int]]) -> Mapping[str, int]:
    """The units by node of a text; the same text, which many channels have, is read once."""
    nodes = shared.get(text)
    if nodes is None:
        nodes = shared[text] = _NODES.decode(text)
    return nodes


def _scenario(row: Row) -> Scenario:
    rules = tuple(WithholdingRule(*rule) for rule in row["rules"])
    return Scenario(row["scenario_id"], ScenarioKind(row["kind"]), row["title"], rules, row["version"])

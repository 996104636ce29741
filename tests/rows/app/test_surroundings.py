"""What api and worker work with: business time, network, keys, and spans of what transactions touched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from hub.app.runtime.clock import open_clock
from hub.app.runtime.surroundings import surroundings
from hub.cases.context import TouchedCase
from hub.config.keys import Keys
from hub.config.settings import Settings
from hub.database import tx as writing
from hub.database.pool import Database
from hub.kernel.scope import HUB
from hub.kernel.trace import TraceContext
from hub.network import operations as networks
from hub.network.model import Network, PartnerAccount, PartnerKind
from hub.observability.spans import INTERNAL, SERVER, Span, span_of
from hub.observability.trace_files import spans_of
from tests.rows.database.test_write_order import backwards

START = datetime(2026, 11, 17, 8, tzinfo=UTC)
TRACE = "0af7651916cd43dd8448eb211c80319c"
ORDER = UUID(TRACE)


def settings_of(url: str, folder: Path) -> Settings:
    return Settings(data=folder, database_url=url, traces=folder / "traces")


def spans(folder: Path) -> dict[str, Span]:
    return {one.span_id: one for one in spans_of(folder / "traces", TRACE)}


def written(folder: Path) -> list[Span]:
    """All spans of the api, of whatever trace."""
    read = [span_of(line) for line in (folder / "traces" / "api.jsonl").read_text().splitlines()]
    return [span for span in read if span is not None]


async def test_a_unit_has_the_business_time_of_the_row_where_it_is_virtual(database_url: str, tmp_path: Path) -> None:
    async with Database(database_url) as database:
        await open_clock(database, virtual=True, start_at=START)

    async with surroundings(settings_of(database_url, tmp_path), "api") as around, around.database.transaction() as tx:
        assert (await around.flow_context(tx, HUB)).at == START


@pytest.mark.parametrize("service", ["api", "worker"])
async def test_a_process_looks_at_the_servers_order_of_writes_when_it_starts(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: str
) -> None:
    async with surroundings(settings_of(database_url, tmp_path), service) as around:
        trusted = around.database.writes_together
    monkeypatch.setattr(writing, "_together", backwards(writing._together))
    async with surroundings(settings_of(database_url, tmp_path), service) as around:
        trusted_when_backwards = around.database.writes_together

    assert (trusted, trusted_when_backwards) == (True, False)


async def test_a_unit_has_the_machines_time_where_it_is_real(database_url: str, tmp_path: Path) -> None:
    async with surroundings(settings_of(database_url, tmp_path), "api") as around, around.database.transaction() as tx:
        before = datetime.now(UTC)

        assert timedelta() <= (await around.flow_context(tx, HUB)).at - before < timedelta(minutes=1)


async def test_a_unit_has_the_network_in_force_and_what_cannot_wait_has_the_last_one_read(
    database_url: str, tmp_path: Path
) -> None:
    account = PartnerAccount("psp", PartnerKind.PAYMENT, "double_payment", max_in_flight=3, profile_json='{"a": 1}')
    async with surroundings(settings_of(database_url, tmp_path), "worker") as around:
        async with around.database.transaction() as tx:
            await networks.put(tx, HUB, Network.of(accounts=[account]), at=START)

        assert around.network.served_by("psp") is None
        async with around.database.transaction() as tx:
            flow = await around.flow_context(tx, HUB)

        assert flow.network.version == 1
        served = around.network.served_by("psp")
        assert served is not None
        assert (served.adapter, served.profile_json) == ("double_payment", '{"a": 1}')
        assert around.network.ceilings() == {"psp": 3}


async def test_a_unit_has_the_installations_keys_and_they_do_not_show(database_url: str, tmp_path: Path) -> None:
    keys = Keys.kept_in(tmp_path / "keys.json")

    async with surroundings(settings_of(database_url, tmp_path), "api") as around, around.database.transaction() as tx:
        flow = await around.flow_context(tx, HUB)

        assert (flow.secrets.blind_index, flow.secrets.documents) == (keys.blind_index, keys.documents)
        assert around.fingerprint_key == keys.fingerprints
        assert not any(
            key.hex() in repr(around) or str(key) in repr(around) for key in (keys.fingerprints, keys.documents)
        )


async def test_what_a_transaction_touched_becomes_spans_from_its_begin_to_its_end(
    database_url: str, tmp_path: Path
) -> None:
    async with surroundings(settings_of(database_url, tmp_path), "api") as around:
        async with around.database.transaction() as tx:
            flow = await around.flow_context(tx, HUB)
            flow.touched.extend([TouchedCase(TRACE, "a" * 16, "", "place_orders", ORDER)])
            caller = TraceContext("9" * 32, "8" * 16)
            flow.touched.append(TouchedCase("f" * 32, "b" * 16, "c" * 16, "place_orders", UUID("f" * 32), caller))
        around.record(tuple(flow.touched))

    told = spans(tmp_path)["a" * 16]
    assert (told.name, told.service, told.parent_span_id) == ("place_orders", "api", "")
    assert told.attributes == {"order_id": str(ORDER), "batch_size": 2}
    assert told.end_ns > told.start_ns
    assert (told.kind, told.links) == (INTERNAL, ())
    (called,) = [span for span in written(tmp_path) if span.span_id == "b" * 16]
    assert (called.kind, called.links) == (SERVER, (f"{'9' * 32}-{'8' * 16}",))
    (batch,) = [span for span in written(tmp_path) if span.name == "batch of place_orders"]
    assert batch.links == (f"{TRACE}-{'a' * 16}", f"{'f' * 32}-{'b' * 16}")


async def test_a_batch_of_several_has_a_span_of_its_own_beside_the_orders_traces(
    database_url: str, tmp_path: Path
) -> None:
    async with surroundings(settings_of(database_url, tmp_path), "api") as around:
        around.record([TouchedCase(TRACE, f"{number:016x}", "", "place_orders", ORDER) for number in (1, 2, 3)])

    written = (tmp_path / "traces" / "api.jsonl").read_text().splitlines()

    assert len(spans(tmp_path)) == 3
    assert len([line for line in written if '"batch of place_orders"' in line]) == 1


async def test_a_case_without_a_trace_is_not_told_of(database_url: str, tmp_path: Path) -> None:
    async with surroundings(settings_of(database_url, tmp_path), "api") as around:
        around.record([TouchedCase("", "", "", "adjust_stock", ORDER)])

    assert not (tmp_path / "traces" / "api.jsonl").exists()


async def test_a_process_without_a_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="URL of its database"):
        async with surroundings(Settings(data=tmp_path), "api"):
            pass

"""Figures as a scrape reads them, judged by a parser of another hand; and how calls to partners are counted."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request

import pytest
from prometheus_client.parser import text_string_to_metric_families

from hub.api.edge.call_figures import CallFigures
from hub.app.runtime.backlog import Backlog
from hub.app.runtime.metrics_port import CannotShow, serving_figures
from hub.app.runtime.work_figures import FlowFigures
from hub.connect.call_figures import PartnerFigures
from hub.connect.failures import PutOff
from hub.connect.webhooks import WebhookFigures
from hub.observability.figures import Count, Figure, Level, Spread
from hub.observability.prometheus import exposition
from tests.architecture.sources import ROOT

Sample = tuple[str, tuple[tuple[str, str], ...]]


def samples(*figures: Figure) -> dict[Sample, float]:
    """What a scrape of figures reads: name and labels of each sample -> value."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(exposition(figures))
        for sample in family.samples
    }


def test_counts_and_levels_read_back_by_their_labels_whatever_is_in_them() -> None:
    calls = Count("crossdock.calls", "Calls.", ("rpc", "outcome"))
    calls.add("Get", 'a "b"\n\\c')
    calls.add("Get", "OK", times=2)
    age = Level("crossdock.age", "Age.", (), lambda: {(): 1.25}, unit="s")

    assert samples(calls, age) == {
        ("crossdock_calls_total", (("outcome", 'a "b"\n\\c'), ("rpc", "Get"))): 1,
        ("crossdock_calls_total", (("outcome", "OK"), ("rpc", "Get"))): 2,
        ("crossdock_age_seconds", ()): 1.25,
    }


def test_a_spread_reads_back_as_buckets_that_count_up() -> None:
    spread = Spread("crossdock.call", "Call.", ("rpc",), bounds=(0.1, 1.0))
    for value in (0.05, 0.1, 0.5, 7):
        spread.note(value, "Get")

    read = samples(spread)

    assert [
        read["crossdock_call_seconds_bucket", (("le", bound), ("rpc", "Get"))] for bound in ("0.1", "1", "+Inf")
    ] == [
        2,
        3,
        4,
    ]
    assert read["crossdock_call_seconds_count", (("rpc", "Get"),)] == 4
    assert read["crossdock_call_seconds_sum", (("rpc", "Get"),)] == pytest.approx(7.65)


def test_calls_to_partners_are_counted_by_how_they_ended() -> None:
    partners = PartnerFigures()
    with partners.call("wms", "Release"):
        pass
    with pytest.raises(PutOff), partners.call("wms", "Release"):
        raise PutOff("no address")

    read = samples(*partners.figures)

    assert read["crossdock_partner_calls_total", (("account", "wms"), ("outcome", "answered"), ("rpc", "Release"))] == 1
    assert read["crossdock_partner_calls_total", (("account", "wms"), ("outcome", "PutOff"), ("rpc", "Release"))] == 1
    assert read["crossdock_partner_call_seconds_count", (("account", "wms"),)] == 2


async def test_figures_are_shown_at_their_own_port_and_nothing_else_is() -> None:
    count = Count("crossdock.calls", "Calls.")
    count.add()
    async with serving_figures("127.0.0.1:0", [count]) as address:
        text = await asyncio.to_thread(_get, f"http://{address}/metrics")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            await asyncio.to_thread(_get, f"http://{address}/")
        with pytest.raises(CannotShow, match="is taken"):
            async with serving_figures(address, [count]):
                pass

    assert "crossdock_calls_total 1" in text


async def test_without_an_address_nothing_is_shown() -> None:
    async with serving_figures(None, []) as address:
        assert address is None


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answered:
        return str(answered.read().decode())


def test_every_figure_is_explained_where_operators_look() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    told = (CallFigures(), PartnerFigures(), WebhookFigures(), Backlog(), FlowFigures())
    figures = [figure for group in told for figure in group.figures]

    assert [figure.name for figure in figures if f"| `{figure.name}` |" not in page] == []

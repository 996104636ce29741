"""What the demo tells at its end: orders with short timelines, totals, the audit, one trace, and what was expected."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from google.type.money_pb2 import Money
from rich.text import Text

from crossdock.orders.v1 import order_service_pb2, orders_pb2
from hub.app.cli import wording
from hub.app.cli.output import Output
from hub.app.demo.expected import Finding, decimal
from hub.app.demo.reading import Ending, OrderEnding
from hub.kernel.money import minor_digits
from hub.kernel.printable import printable
from hub.observability import tree
from hub.observability.spans import Span

_PASSED_OVER: Final = frozenset(
    {
        "FulfillmentOrderAcknowledged",
        "UnitsPicked",
        "UnitsPacked",
        "CarrierReported",
        "CaptureRequested",
        "TaxDetermined",
        "FraudScreened",
    }
)
"""Events that a short timeline leaves out; `crossdock order ID` tells them all."""
_SPANS_SHOWN: Final = 60
_SUMS: Final = ("ordered", "authorized", "captured", "invoiced", "refunded")


def show_orders(output: Output, ending: Ending) -> None:
    """Every order with a short timeline."""
    for one in ending.orders:
        order = one.order
        state = wording.state(orders_pb2.OrderState, order.state, "ORDER_STATE_")
        output.say("")
        output.say(
            f"{order.channel_id} {order.channel_reference}   {state}   {wording.money(order.grand_total)}", style="bold"
        )
        for entry in one.timeline:
            if entry.type not in _PASSED_OVER:
                output.show(_entry(entry))


def show_totals(output: Output, ending: Ending) -> None:
    """Money by currency and stock by node."""
    output.say("")
    money = [(currency, *sums.values()) for currency, sums in totals(ending).items()]
    output.table(("MONEY", *(f"{name.upper()}#" for name in _SUMS)), money)
    output.say("")
    output.table(("STOCK AT", "SKUS#", "ON HAND#", "CLAIMED#", "SHIPPED#"), _stock(ending))


def show_promises(output: Output, ending: Ending) -> None:
    """The day by which each order was promised, when it arrived, and whether that was in time."""
    output.say("")
    rows = [
        (one.reference, f"{one.promised:%a %d %b}", f"{one.arrived:%a %d %b %H:%M}", "yes" if one.kept else "NO")
        for one in ending.orders
        if one.promised is not None and one.arrived is not None
    ]
    output.table(("ORDER", "PROMISED BY", "ARRIVED", "KEPT"), rows)


def show_audit(output: Output, ending: Ending) -> None:
    """The audit: one line where nothing is broken, else what is."""
    output.say("")
    broken = [one for one in ending.audit if one.violation_count]
    checked = sum(one.checked_count for one in ending.audit)
    violations = wording.count(ending.violations, "violation")
    style = "bold red" if broken else "bold green"
    output.say(f"Audit: {len(ending.audit)} invariants over {checked:,} rows, {violations}.", style=style)
    for one in broken:
        output.say(f"  {one.invariant}: {wording.listed(one.examples)}", style="red")


def show_trace(output: Output, ending: OrderEnding, spans: Sequence[Span]) -> None:
    """The trace of an order as a tree over all processes, its first part where it is long."""
    output.say("")
    services = sorted({span.service for span in spans})
    output.say(
        f"Trace of order {ending.reference} ({ending.order.trace_id}): {wording.count(len(spans), 'span')}"
        f" of {wording.listed(services)}",
        style="bold",
    )
    lines = tree.lines(spans)
    for line in lines[:_SPANS_SHOWN]:
        output.say(line)
    if len(lines) > _SPANS_SHOWN:
        output.say(f"... and {len(lines) - _SPANS_SHOWN} more", style="dim")


def show_findings(output: Output, findings: Iterable[Finding]) -> None:
    """What was expected of the two weeks, and whether it came."""
    output.say("")
    for finding in findings:
        mark = Text("yes ", "bold green") if finding.met else Text("NO  ", "bold red")
        output.show(
            Text.assemble(mark, finding.expectation, ("" if finding.met else f" -- found: {finding.found}", "red"))
        )


def show_next(output: Output, data: Path, *, kept: bool) -> None:
    """What to look at next."""
    program = _program()
    hub = f"{program} --data {data}"
    output.say("")
    if kept:
        output.say(f"What the demo left is in {data}. Look around with:", style="bold")
        commands: Sequence[str] = (
            f"{hub} up --virtual-clock",
            f"{hub} orders",
            f"{hub} order ID --trace",
            f"{hub} stock",
            f"{hub} events",
        )
    else:
        output.say("Next:", style="bold")
        commands = (
            f"{program} demo --keep DIR      plays it again and leaves the data, to look around in",
            f"{program} up --virtual-clock   a hub of your own, to import documents into",
            f"{program} --help               all there is",
            "docs/one-order.md                one order followed through the code",
            "examples/documents/README.md     what is in the documents that were read",
        )
    for command in commands:
        output.say(f"  {command}")


def totals(ending: Ending) -> dict[str, dict[str, str]]:
    """Sums of money per currency, by what they are, with the decimals of the currency."""
    found: dict[str, dict[str, Decimal]] = {}
    for order in ending.orders:
        sums = found.setdefault(order.order.currency_code, dict.fromkeys(_SUMS, Decimal()))
        sums["ordered"] += decimal(order.order.grand_total)
        sums["authorized"] += _sum(each.authorized for each in order.payments.instruments)
        sums["captured"] += decimal(order.payments.captured)
        sums["invoiced"] += decimal(order.payments.receivable)
        sums["refunded"] += decimal(order.payments.refunded)
    return {
        currency: {name: f"{value:.{minor_digits(currency)}f}" for name, value in sums.items()}
        for currency, sums in sorted(found.items())
    }


def as_json(ending: Ending, findings: Sequence[Finding], spans: Sequence[Span]) -> dict[str, Any]:
    """All of it for a program."""
    return {
        "orders": [
            {
                "order": order.order,
                "timeline": order.timeline,
                "payments": order.payments,
                "fulfillment_orders": order.work,
            }
            for order in ending.orders
        ],
        "returns": ending.returns,
        "totes": ending.totes,
        "totals": totals(ending),
        "stock": ending.stock,
        "audit": ending.audit,
        "violation_count": ending.violations,
        "trace": tree.lines(spans),
        "expectations": [
            {"expectation": finding.expectation, "met": finding.met, "found": finding.found} for finding in findings
        ],
    }


def _program() -> str:
    """How this program is called from here: by its name where the shell finds it, else by its path."""
    if shutil.which("crossdock"):
        return "crossdock"
    path = Path(sys.executable).with_name("crossdock")
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _entry(entry: order_service_pb2.TimelineEntry) -> Text:
    at = entry.occur_time.ToDatetime(tzinfo=UTC)
    return Text.assemble((f"  {at:%a %d %H:%M}  ", "dim"), printable(entry.summary))


def _stock(ending: Ending) -> list[tuple[object, ...]]:
    shipped: Counter[str] = Counter()
    for order in ending.orders:
        for line in order.order.lines:
            for piece in line.slices:
                shipped[piece.node_id] += piece.quantity if piece.shipment_id else 0
    rows: list[tuple[object, ...]] = []
    for node_id in sorted({one.node_id for one in ending.stock}):
        here = [one for one in ending.stock if one.node_id == node_id]
        claimed = sum(one.reserved + one.allocated for one in here)
        rows.append((node_id, len(here), sum(one.on_hand for one in here), claimed, shipped[node_id]))
    return rows


def _sum(amounts: Iterable[Money]) -> Decimal:
    return sum((decimal(amount) for amount in amounts), Decimal())

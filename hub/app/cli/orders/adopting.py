"""`crossdock adopt`: orders of an old system, taken over in mid-life, or looked at first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

import typer
from google.protobuf import json_format

from crossdock.common.v1.errors_pb2 import ErrorReason
from crossdock.orders.v1 import adoption_service_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.output import Output, Step
from hub.app.cli.session import AsJson, session_of
from hub.app.client import REFUSED, HubClient
from hub.app.files import FileUnreadable

CHUNK: Final = 32
"""Orders in a message."""
_MOST_NAMED: Final = 20
_REASON: Final = "ERROR_REASON_"


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("adopt")(adopt)


def adopt(
    context: typer.Context,
    *,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="File of JSON lines, each an AdoptedOrder of the contract.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; show what would be done.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take over orders that an old system has placed and partly worked, without any effect at partners."""
    session = session_of(context, as_json=as_json)
    requests = read_orders(file)
    with session.hub() as hub, session.output.progress("adopting", len(requests)) as step:
        refused, report = _adopt(hub, requests, step, dry_run=dry_run)
    _tell(session.output, report, refused, dry_run=dry_run)
    raise typer.Exit(REFUSED if refused else 0)


def read_orders(path: Path) -> list[pb.AdoptOrderRequest]:
    """The orders of a file, each under an id that follows from its content: a line that is sent again is the same
    request. Raises FileUnreadable, naming the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(f"{path} cannot be read: {error}.") from error
    found = [_request(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise FileUnreadable(f"{path} has no order.")
    return found


def _request(path: Path, number: int, line: str) -> pb.AdoptOrderRequest:
    try:
        order = json_format.ParseDict(json.loads(line), pb.AdoptedOrder())
    except (ValueError, json_format.ParseError) as error:
        raise FileUnreadable(f"Line {number} of {path} is not an AdoptedOrder: {error}.") from error
    content = hashlib.sha256(order.SerializeToString(deterministic=True)).digest()
    return pb.AdoptOrderRequest(request_id=str(UUID(bytes=content[:16], version=5)), order=order)


def _adopt(
    hub: HubClient, requests: list[pb.AdoptOrderRequest], step: Step, *, dry_run: bool
) -> tuple[list[pb.AdoptOrdersResult], pb.AdoptionReport]:
    def chunks() -> Iterator[pb.AdoptOrdersRequest]:
        for start in range(0, len(requests), CHUNK):
            yield pb.AdoptOrdersRequest(orders=requests[start : start + CHUNK], dry_run=dry_run)

    refused: list[pb.AdoptOrdersResult] = []
    report = pb.AdoptionReport()
    for answer in hub.stream(hub.adoption.AdoptOrders, chunks()):
        refused += [result for result in answer.results if result.HasField("refusal")]
        report = answer.report
        step.on(len(answer.results), f"adopting, {report.taken_count} taken, {len(refused)} refused")
    return refused, report


def _tell(output: Output, report: pb.AdoptionReport, refused: list[pb.AdoptOrdersResult], *, dry_run: bool) -> None:
    if output.as_json:
        output.json({"dry_run": dry_run, "report": report, "refused": refused})
        return
    verb = "would be adopted" if dry_run else "adopted"
    output.say(f"{report.taken_count} orders {verb}, {report.held_count} of them on hold; {len(refused)} refused.")
    rows: list[tuple[Any, ...]] = [
        (
            total.ordered.currency_code,
            *map(wording.money, (total.ordered, total.shipped, total.authorized, total.settled)),
        )
        for total in report.totals
    ]
    output.table(("CURRENCY", "ORDERED#", "LEFT#", "AUTHORIZED#", "SETTLED#"), rows, empty="No money.")
    claims = [(claim.node_id, claim.reserved, claim.allocated) for claim in report.claims]
    output.table(("NODE", "RESERVED#", "WORKED#"), claims, empty="No stock is claimed.")
    if refused:
        told = [
            (one.channel_reference, wording.state(ErrorReason, one.refusal.reason, _REASON), one.refusal.message)
            for one in refused[:_MOST_NAMED]
        ]
        output.table(("REFERENCE", "REASON", "WHAT TO DO"), told, empty="")
        for reason, count in sorted(report.refused_counts.items()):
            output.say(f"{count} refused: {reason}")

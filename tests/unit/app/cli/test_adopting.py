"""`crossdock adopt`: a file of orders as JSON lines, sent in chunks, told as a report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from google.type.money_pb2 import Money

from crossdock.common.v1 import errors_pb2, refusal_pb2
from crossdock.orders.v1 import adoption_service_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

RPC = "AdoptionService.AdoptOrders"
ORDER: dict[str, Any] = {
    "order": {"channel_id": "WEB-NL", "currency_code": "EUR", "lines": [{"sku": "SHIRT", "quantity": 2}]},
    "units": [{"line_number": 1, "state": "SLICE_STATE_RESERVED", "quantity": 2, "node_id": "DC-NL"}],
}


def orders(count: int) -> list[dict[str, Any]]:
    return [{**ORDER, "order": {**ORDER["order"], "channel_reference": f"OLD-{number}"}} for number in range(count)]


def written(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def answering(refused: int = 0) -> Any:
    def answer(chunks: list[pb.AdoptOrdersRequest]) -> Iterator[pb.AdoptOrdersResponse]:
        answers, taken = [], 0
        for chunk in chunks:
            results = [pb.AdoptOrdersResult(request_id=one.request_id, order={}) for one in chunk.orders]
            for result in results[:refused]:
                why = refusal_pb2.Refusal(reason=errors_pb2.ERROR_REASON_ADOPTED_UNITS_MISMATCH, message="State all.")
                result.refusal.CopyFrom(why)
            taken += len(results) - min(refused, len(results))
            euros = Money(currency_code="EUR", units=100)
            answers.append(
                pb.AdoptOrdersResponse(
                    results=results,
                    report=pb.AdoptionReport(
                        taken_count=taken,
                        refused_counts={"ADOPTED_UNITS_MISMATCH": refused} if refused else {},
                        totals=[pb.AdoptedTotals(ordered=euros)],
                        claims=[pb.AdoptedClaims(node_id="DC-NL", reserved=4)],
                    ),
                )
            )
        return iter(answers)

    return answer


def test_a_file_is_sent_in_chunks_and_told_as_a_report(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    hub.answers[RPC] = answering()
    file = written(tmp_path / "old.jsonl", orders(70))

    ran = crossdock("adopt", file)

    (chunks,) = hub.requests(RPC)
    assert [len(one.orders) for one in chunks] == [32, 32, 6]
    assert not any(one.dry_run for one in chunks)
    assert ran.code == 0
    assert "70 orders adopted" in ran.out
    assert "100.00 EUR" in ran.out
    assert "DC-NL" in ran.out


def test_a_dry_run_says_so_to_the_hub_and_to_people(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    hub.answers[RPC] = answering()

    ran = crossdock("adopt", written(tmp_path / "old.jsonl", orders(2)), "--dry-run")

    assert [one.dry_run for one in hub.requests(RPC)[0]] == [True]
    assert "2 orders would be adopted" in ran.out


def test_what_is_refused_is_named_with_what_to_do(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    hub.answers[RPC] = answering(refused=1)

    ran = crossdock("adopt", written(tmp_path / "old.jsonl", orders(2)))

    assert ran.code == 1
    assert "1 orders adopted" in ran.out
    assert "ADOPTED_UNITS_MISMATCH" in ran.out
    assert "State all." in ran.out


def test_a_line_sent_again_is_the_same_request(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    hub.answers[RPC] = answering()
    file = written(tmp_path / "old.jsonl", orders(2))

    crossdock("adopt", file)
    crossdock("adopt", file)

    first, again = [[one.request_id for one in chunks[0].orders] for chunks in hub.requests(RPC)]
    assert first == again
    assert len(set(first)) == 2


def test_a_line_that_is_no_order_is_named_before_anything_is_sent(
    hub: PretendHub, crossdock: Crossdock, tmp_path: Path
) -> None:
    file = written(tmp_path / "old.jsonl", [*orders(1), {"ordre": {}}])

    ran = crossdock("adopt", file)

    assert ran.code == 1
    assert "Line 2 of" in ran.err
    assert hub.requests(RPC) == []
    assert crossdock("adopt", tmp_path / "none.jsonl").code == 1

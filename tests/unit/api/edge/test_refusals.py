"""Refusals as callers see them, and what they never see."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator

import grpc
import pytest
from google.rpc import error_details_pb2, status_pb2

from crossdock.common.v1 import errors_pb2
from hub.api.edge.refusals import DETAILS_KEY, Answer, answer_of, answer_to
from hub.gate.outcomes import from_store, to_store
from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import InvalidField, Overloaded, Refusal, StateChanged
from hub.kernel.refusals import restored
from hub.network.errors import ConfigurationInvalid
from hub.wire.refusals import refusal_to_pb
from tests.architecture.sources import ROOT


def refusals() -> list[type[Refusal]]:
    for path in sorted((ROOT / "hub").rglob("errors.py")):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return [kind for kind in _below(Refusal) if "reason" in vars(kind)]


def _below(parent: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in parent.__subclasses__():
        yield from _below(child)
        yield child


def details(answer: Answer) -> status_pb2.Status:
    return status_pb2.Status.FromString(dict(answer.trailers)[DETAILS_KEY])


def info(answer: Answer) -> error_details_pb2.ErrorInfo:
    found = error_details_pb2.ErrorInfo()
    details(answer).details[0].Unpack(found)
    return found


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_and_the_reason_of_its_class(kind: type[Refusal]) -> None:
    refusal = restored(kind.reason, "No.", {"a": "b"}) if kind is not Overloaded else Overloaded("No.", 2.5)

    answer = answer_of(refusal)

    assert answer.code is grpc.StatusCode[kind.status.value]
    assert details(answer).code == answer.code.value[0]
    assert (info(answer).reason, info(answer).domain) == (kind.reason, "crossdock")
    assert refusal_to_pb(refusal).reason == errors_pb2.ErrorReason.Value(f"ERROR_REASON_{kind.reason}")


def test_facts_behind_a_refusal_are_told_by_name() -> None:
    answer = answer_of(InsufficientStock("None left.", sku="SHIRT", missing=3))

    assert answer.message == "None left."
    assert dict(info(answer).metadata) == {"sku": "SHIRT", "missing": "3"}


def test_violated_fields_are_named_as_a_bad_request() -> None:
    bad = error_details_pb2.BadRequest()

    details(answer_of(InvalidField("Two fields.", **{"order.lines[0].sku": "is missing", "a": "b"}))).details[1].Unpack(
        bad
    )

    assert [(one.field, one.description) for one in bad.field_violations] == [
        ("order.lines[0].sku", "is missing"),
        ("a", "b"),
    ]


def test_an_overloaded_hub_says_when_to_come_again() -> None:
    retry = error_details_pb2.RetryInfo()

    details(answer_of(Overloaded("Full.", 1.25))).details[1].Unpack(retry)

    assert retry.retry_delay.ToMilliseconds() == 1250


def test_a_refusal_with_very_much_to_say_still_fits_the_trailers() -> None:
    answer = answer_of(ConfigurationInvalid([f"node {number} {'x' * 500}" for number in range(1000)]))

    assert len(dict(answer.trailers)[DETAILS_KEY]) < 6000
    assert len(answer.message) <= 800


def test_what_is_no_refusal_is_logged_and_says_nothing_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = answer_to(KeyError("Ada Visser"), rpc="OrderService.GetOrder", trace_id="0af7")

    assert (answer.code, answer.trailers) == (grpc.StatusCode.INTERNAL, ())
    assert "Ada" not in answer.message
    assert "0af7" in answer.message
    (record,) = caplog.records
    assert record.__dict__["facts"] == {"rpc": "OrderService.GetOrder", "trace_id": "0af7"}
    assert record.exc_info is not None


def test_stored_answers_come_back_as_they_were_given() -> None:
    stored = to_store([3, InsufficientStock("None.", sku="A"), StateChanged("Again.")], lambda n: {"n": n})

    assert stored is not None
    done, refused, changed = from_store(stored)
    assert done == {"n": 3}
    assert isinstance(refused, InsufficientStock)
    assert (refused.message, refused.metadata) == ("None.", {"sku": "A"})
    assert isinstance(changed, StateChanged)


def test_nothing_is_stored_where_the_same_request_may_come_again() -> None:
    assert to_store([StateChanged("Again.")], lambda n: {"n": n}) is None
    assert to_store([StateChanged("Again."), 1], lambda n: {"n": n}) is not None


def test_a_stored_reason_that_is_no_more_asks_to_come_again() -> None:
    assert isinstance(restored("GONE_LONG_SINCE", "No.", {}), StateChanged)

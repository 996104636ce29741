"""A refused report names a command that mends it: told again where that may be, ended by a person where not."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from hub.outbox.model import Answer, Message, Outcome
from hub.tasks.refused_reports import refused_exception
from tests.support.payloads import example

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
MESSAGE = UUID(int=7)


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        ("channel.report", f"crossdock messages --retry {MESSAGE}"),
        ("notice.send", f"crossdock messages --retry {MESSAGE}"),
        ("channel.stock", "crossdock exceptions resolve "),
    ],
)
def test_the_command_tells_again_what_may_be_told_again(kind: str, command: str) -> None:
    message = Message(MESSAGE, "lane", example(kind), account_id="webshop")

    record = refused_exception(message, Answer(Outcome.REFUSED, None, code="NO", message="Never."), NOON)

    assert record.suggested_command.startswith(command)
    assert "webshop refused" in record.detail

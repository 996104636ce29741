"""What the hub does over HTTP is what its OpenAPI document says: generated calls end in no server error and no breach.

Calls are made of the document's rules, and against them. With CROSSDOCK_TEST_FULL=1 there are many of each rpc.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.examples.hub import running_hub

FULL: Final = "CROSSDOCK_TEST_FULL" in os.environ
SETTINGS: Final = Path(__file__).with_name("schemathesis.toml")
LEFT_OUT: Final = r"(:watch|:subscribe|:place|:adopt|:import|/time:advance)$"
"""Streams, and the clock, at whose end all timers would have fired."""
CHECKS: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)
PHASES: Final = ("--phases", "coverage,fuzzing", "--max-examples", "20") if FULL else ("--phases", "fuzzing")
SECONDS: Final = 1200 if FULL else 60


@pytest.mark.slow
async def test_generated_calls_find_no_server_error_and_no_breach_of_the_document(tmp_path: Path) -> None:
    program = [str(Path(sys.executable).parent / "st"), "--config-file", str(SETTINGS), "run"]
    async with running_hub() as hub:
        headers = ["--header", f"Authorization: Bearer {hub.token}", "--header", "Request-Timeout: 2"]
        options = [*headers, "--exclude-path-regex", LEFT_OUT, "--no-color"]
        examples = PHASES if FULL else (*PHASES, "--max-examples", "2")
        process = await asyncio.create_subprocess_exec(
            *(*program, f"http://{hub.http}/openapi.json", *options, *examples),
            *("--checks", ",".join(CHECKS), "--continue-on-failure", "--seed", "1"),
            cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        async with asyncio.timeout(SECONDS + 60):
            told = (await process.communicate())[0].decode()

    tested = re.search(r"Tested: (\d+)", told)
    assert process.returncode == 0, told[-6000:]
    assert tested is not None
    assert int(tested[1]) > 90, told[-2000:]

"""The embedded PostgreSQL is configured for the machine it runs on."""

from __future__ import annotations

import re

import pytest

from hub.app.embedded.cluster import configuration, memory_bytes

GIB = 1 << 30


@pytest.mark.parametrize(
    ("memory", "shared", "cache"),
    [(GIB // 2, 128, 512), (2 * GIB, 256, 1024), (8 * GIB, 1024, 4096), (64 * GIB, 2048, 32768)],
)
def test_pages_are_kept_by_how_much_memory_there_is(memory: int, shared: int, cache: int) -> None:
    text = configuration(memory)

    assert re.findall(r"^shared_buffers = (\d+)MB$", text, re.MULTILINE) == [str(shared)]
    assert re.findall(r"^effective_cache_size = (\d+)MB$", text, re.MULTILINE) == [str(cache)]
    assert "{" not in text


def test_this_machine_has_memory() -> None:
    assert memory_bytes() > 1 << 26

"""Children are started again when they die, say when they are ready, and end with their owner."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from hub.app.supervisor.processes import Child, NotReady, Part, Said, ready

SLEEPING = """
import json, os, signal, sys, time
print("not JSON: a warning of some library", flush=True)
print(json.dumps({"serving": sys.argv[1], "pid": os.getpid(), "told": os.environ.get("TOLD", "")}), flush=True)
signal.pause()
"""
STUBBORN = """
import json, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(json.dumps({"stubborn": True}), flush=True)
while True:
    signal.pause()
"""


def part(tmp_path: Path, script: str = SLEEPING, **environment: str) -> Part:
    def command(said: Said) -> list[str]:
        return [sys.executable, "-c", script, str(said.get("serving", "anywhere"))]

    return Part("part", command, tmp_path / "logs" / "part.log", environment)


@asynccontextmanager
async def running(tmp_path: Path, script: str = SLEEPING, **environment: str) -> AsyncIterator[tuple[Child, Told]]:
    told = Told()
    child = Child(part(tmp_path, script, **environment), told.take)
    child.start()
    try:
        await ready([child], within_seconds=20)
        yield child, told
    finally:
        await child.stop()


class Told(list[str]):
    """What is told, and an event for who waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.something = asyncio.Event()

    def take(self, sentence: str) -> None:
        """Takes a sentence."""
        self.append(sentence)
        self.something.set()


async def test_a_child_says_that_it_is_ready_and_gets_its_environment(tmp_path: Path) -> None:
    async with running(tmp_path, TOLD="a secret") as (child, _):
        assert child.said["told"] == "a secret"
        assert child.said["pid"] == child.pid

    assert child.pid is None


async def test_a_killed_child_is_started_again_with_what_it_said_before(tmp_path: Path) -> None:
    async with running(tmp_path) as (child, told):
        first = child.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await asyncio.wait_for(told.something.wait(), 20)
        await ready([child], within_seconds=20)

        assert child.starts == 2
        assert child.pid != first
        assert child.said["serving"] == "anywhere"

    assert told == [f"part ended (SIGKILL); starting it again. Its log: {tmp_path}/logs/part.log"]


async def test_a_child_that_cannot_be_started_is_told_of_and_ends_with_its_owner(tmp_path: Path) -> None:
    told = Told()
    child = Child(Part("part", lambda _: [str(tmp_path / "nothing")], tmp_path / "logs" / "part.log"), told.take)
    child.start()
    await asyncio.wait_for(told.something.wait(), 20)
    await child.stop()

    assert [sentence.partition(":")[0] for sentence in told] == ["part cannot be started"]


async def test_a_child_that_is_told_to_end_is_not_started_again(tmp_path: Path) -> None:
    async with running(tmp_path) as (child, told):
        pid = child.pid or 0

    assert not psutil.pid_exists(pid)
    assert (child.starts, told) == (1, [])


async def test_a_child_that_does_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.app.supervisor.processes.ENDING_SECONDS", 0.2)
    async with running(tmp_path, STUBBORN) as (child, told):
        pid = child.pid or 0

    assert not psutil.pid_exists(pid)
    assert told == ["part did not end in time and is killed"]


async def test_a_child_that_is_never_ready_is_named_with_its_log(tmp_path: Path) -> None:
    child = Child(part(tmp_path, "import sys; sys.exit('no such thing')"), lambda _: None)
    child.start()

    with pytest.raises(NotReady, match=r"part \(log: .*part\.log\)"):
        await ready([child], within_seconds=0.5)
    await child.stop()

    assert "no such thing" in (tmp_path / "logs" / "part.log").read_text()


def test_a_part_does_not_show_its_environment(tmp_path: Path) -> None:
    assert "s3cret" not in repr(part(tmp_path, CROSSDOCK_HUB_TOKEN="s3cret"))


async def test_a_part_of_the_hub_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    owner = f"""
import subprocess, sys, os, json
child = subprocess.Popen([sys.executable, "-c", {ORPHAN!r}, str(os.getpid())], stdout=subprocess.PIPE)
print(child.stdout.readline().decode(), end="", flush=True)
os.kill(os.getpid(), 9)
"""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", owner, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    pid = json.loads(out)["pid"]

    with contextlib.suppress(psutil.NoSuchProcess):
        await asyncio.to_thread(psutil.Process(pid).wait, 20)


ORPHAN = """
import asyncio, json, os, sys
from hub.app.process.shutdown import told_to_end

async def main():
    async with told_to_end(int(sys.argv[1])) as ending:
        print(json.dumps({"pid": os.getpid()}), flush=True)
        await ending.wait()

asyncio.run(main())
"""

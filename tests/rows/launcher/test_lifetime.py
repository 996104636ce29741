"""How long a server lives: as long as its owner, and no longer than the next one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from hub.app.embedded import AlreadyRunning, Embedded, discard, pidfile
from tests.rows.launcher.conftest import ROOT, Owner, postmasters, refusal

Start = Callable[..., Embedded]
StartOwner = Callable[..., Owner]


def scalar(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def write(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement.encode())


def test_a_new_data_folder_gets_a_database_in_utf8_and_utc(data: Path, start: Start) -> None:
    server = start(data)
    assert scalar(server.url, "SELECT current_database()") == "crossdock"
    assert scalar(server.url, "SHOW server_encoding") == "UTF8"
    assert scalar(server.url, "SHOW timezone") == "UTC"
    assert scalar(server.url, "SELECT 'B' < 'a' AND 'z' < 'ä' AND lower('Ä') = 'ä'") is True


def test_the_server_opens_no_port(data: Path, start: Start) -> None:
    server = start(data)
    assert scalar(server.url, "SHOW listen_addresses") == ""
    assert server.pid is not None
    assert psutil.Process(server.pid).net_connections(kind="inet") == []


def test_a_durable_server_syncs_and_another_does_not(data: Path) -> None:
    with Embedded.start(data, echo=print) as server:
        assert scalar(server.url, "SHOW fsync") == "on"
        assert scalar(server.url, "SHOW synchronous_commit") == "on"
    with Embedded.start(data, echo=print, durable=False) as server:
        assert scalar(server.url, "SHOW fsync") == "off"


def test_a_stopped_server_is_gone_and_its_rows_are_there_at_the_next_start(data: Path, start: Start) -> None:
    server = start(data)
    write(server.url, "CREATE TABLE kept AS SELECT 42 AS answer")
    server.stop()
    assert postmasters(server.cluster) == []
    assert server.pid is None
    again = start(data)
    assert scalar(again.url, "SELECT answer FROM kept") == 42


def test_an_owner_that_leaves_leaves_no_server(data: Path, owner: StartOwner) -> None:
    one = owner(data)
    assert one.leave() == 0
    assert not psutil.pid_exists(one.said["pid"])
    assert postmasters(data / "postgres") == []


def test_an_owner_that_forgets_to_stop_leaves_no_server_when_it_ends(data: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from hub.app.embedded import Embedded\n"
        "server = Embedded.start(Path(sys.argv[1]), echo=print, durable=False); sys.exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, str(data)], cwd=ROOT, check=True)
    assert (data / "postgres" / "PG_VERSION").exists()
    assert postmasters(data / "postgres") == []


def test_a_killed_owner_leaves_a_server_that_the_next_one_ends_and_replaces(data: Path, owner: StartOwner) -> None:
    first = owner(data)
    write(first.said["url"], "CREATE TABLE kept AS SELECT 42 AS answer")
    first.kill()
    assert postmasters(data / "postgres") == [first.said["pid"]]

    second = owner(data)
    assert second.said["url"] == first.said["url"]
    assert any(str(first.said["pid"]) in line for line in second.said["said"])
    assert scalar(second.said["url"], "SELECT answer FROM kept") == 42
    assert postmasters(data / "postgres") == [second.said["pid"]]

    assert second.leave() == 0
    assert postmasters(data / "postgres") == []


def test_owners_killed_again_and_again_leave_one_server_to_the_last(data: Path, owner: StartOwner) -> None:
    for _ in range(3):
        owner(data).kill()
    last = owner(data)
    assert postmasters(data / "postgres") == [last.said["pid"]]


def test_a_server_that_shows_only_after_it_was_looked_for_is_ended_too(
    data: Path, owner: StartOwner, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = owner(data)
    one.kill()
    answers = [pidfile.Judgment(pidfile.Verdict.NOBODY)]
    judge = pidfile.judge
    monkeypatch.setattr(pidfile, "judge", lambda *args: answers.pop() if answers else judge(*args))
    server = start(data)
    assert answers == []
    assert postmasters(data / "postgres") == [server.pid]


def test_a_killed_server_is_started_again_by_its_owner_under_the_same_url(data: Path, start: Start) -> None:
    server = start(data)
    url, pid = server.url, server.pid
    write(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    assert pid is not None
    with psycopg.connect(url) as client:
        os.kill(pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=30)
        server.restart(echo=print)
        assert client is not None
    assert server.url == url
    assert server.pid not in {None, pid}
    assert scalar(url, "SELECT answer FROM kept") == 42


def test_owner_and_server_killed_together_come_back_with_their_rows(data: Path, owner: StartOwner) -> None:
    first = owner(data)
    write(first.said["url"], "CREATE TABLE kept AS SELECT 42 AS answer")
    first.kill()
    os.kill(first.said["pid"], signal.SIGKILL)
    second = owner(data)
    assert scalar(second.said["url"], "SELECT answer FROM kept") == 42


def test_a_second_owner_is_refused_and_the_first_goes_on(data: Path, owner: StartOwner, start: Start) -> None:
    first = owner(data)
    message = refusal(AlreadyRunning, lambda: start(data))
    assert str(data) in message
    assert f"process {first.process.pid}" in message
    second = owner(data)
    assert second.said["refused"] == "AlreadyRunning"
    assert scalar(first.said["url"], "SELECT 1") == 1


def test_a_data_folder_reached_by_another_path_is_the_same_folder(folder: Path, data: Path, start: Start) -> None:
    start(data)
    (folder / "also").symlink_to(data)
    refusal(AlreadyRunning, lambda: start(folder / "also"))


def test_a_live_data_folder_is_not_discarded_and_one_left_behind_is(data: Path, owner: StartOwner) -> None:
    one = owner(data)
    refusal(AlreadyRunning, lambda: discard(data))
    one.kill()
    discard(data)
    assert not data.exists()
    assert not psutil.pid_exists(one.said["pid"]) or psutil.Process(one.said["pid"]).status() == psutil.STATUS_ZOMBIE


def test_a_process_that_serves_grpc_forks_without_the_handlers_of_grpc() -> None:
    program = (
        "import hub.app, asyncio, grpc, os, subprocess\n"
        "async def serve():\n"
        "    server = grpc.aio.server(); server.add_insecure_port('127.0.0.1:0'); await server.start()\n"
        "    for _ in range(20): subprocess.run(['true'], preexec_fn=int, check=True)\n"
        "    await server.stop(None)\n"
        "asyncio.run(serve())"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stderr == ""


def test_stopping_twice_is_stopping_once(data: Path, start: Start) -> None:
    server = start(data)
    server.stop()
    server.stop()
    assert postmasters(server.cluster) == []


def test_a_kill_while_the_database_is_made_leaves_nothing_half_made(data: Path, start: Start) -> None:
    data.mkdir()
    half = data / "postgres.new-0badf00d"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    server = start(data)
    assert not half.exists()
    assert scalar(server.url, "SELECT 1") == 1

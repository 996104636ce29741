"""Who is kept out, and whose process is left alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from hub.app.embedded import Embedded, pidfile
from hub.app.embedded.account import server_account
from hub.app.embedded.errors import StrangeServer
from hub.app.embedded.pidfile import Verdict
from tests.rows.launcher.conftest import Owner, needs_root, postmasters, refusal

Start = Callable[..., Embedded]
StartOwner = Callable[..., Owner]


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A living process that has nothing to do with PostgreSQL."""
    process = subprocess.Popen(["sleep", "600"])
    yield process
    process.kill()
    process.wait()


def stale_file(cluster: Path, pid: int, *, directory: Path | None = None, started_at: float | None = None) -> Path:
    created_at = psutil.Process(pid).create_time() if started_at is None else started_at
    lines = [pid, directory or cluster, int(created_at), 5432, cluster.parent / "sockets", "", "", "ready   "]
    path = cluster / pidfile.NAME
    path.write_text("\n".join(str(line) for line in lines) + "\n")
    return path


def psql_as(user: str, server: Embedded) -> subprocess.CompletedProcess[str]:
    """Ask the server's own psql, which the server's user can reach, as `user`."""
    assert server.pid is not None
    psql = Path(psutil.Process(server.pid).exe()).with_name("psql")
    command = [str(psql), "--no-psqlrc", server.url, "-c", "SELECT 1"]
    return subprocess.run(command, user=user, extra_groups=[], cwd="/", capture_output=True, text=True, check=False)


def test_a_stale_pid_file_that_names_a_strangers_process_is_removed_and_the_stranger_lives(
    data: Path, start: Start, stranger: subprocess.Popen[bytes]
) -> None:
    first = start(data)
    first.stop()
    stale_file(first.cluster, stranger.pid)
    second = start(data)
    assert stranger.poll() is None
    with psycopg.connect(second.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_pid_file_that_says_ready_of_an_ended_process_is_no_hindrance(data: Path, start: Start) -> None:
    first = start(data)
    first.stop()
    ended = subprocess.Popen(["true"])
    stale_file(first.cluster, ended.pid, started_at=0)
    ended.wait()
    assert start(data).pid is not None


def test_the_server_of_another_folder_is_left_alone(folder: Path, start: Start) -> None:
    other = start(folder / "other")
    mine = start(folder / "mine")
    mine.stop()
    assert other.pid is not None
    stale_file(mine.cluster, other.pid)
    again = start(folder / "mine")
    assert postmasters(other.cluster) == [other.pid]
    assert again.pid not in {None, other.pid}


def test_a_server_that_matches_in_all_points_is_ours(data: Path, start: Start) -> None:
    server = start(data)
    assert server.pid is not None
    executable = Path(psutil.Process(server.pid).exe())
    judged = pidfile.judge(server.cluster, executable, server_account(server.cluster))
    assert (judged.verdict, judged.pid) == (Verdict.OURS, server.pid)


@pytest.mark.parametrize("differs", ["directory", "start time", "executable"])
def test_a_server_that_differs_in_one_point_is_not_taken_for_ours(data: Path, start: Start, differs: str) -> None:
    server = start(data)
    assert server.pid is not None
    executable = Path(psutil.Process(server.pid).exe())
    original = (server.cluster / pidfile.NAME).read_text()
    if differs == "directory":
        stale_file(server.cluster, server.pid, directory=Path("/elsewhere"))
    if differs == "start time":
        stale_file(server.cluster, server.pid, started_at=psutil.Process(server.pid).create_time() - 3600)
    other = Path("/usr/bin/postgres") if differs == "executable" else executable
    judged = pidfile.judge(server.cluster, other, server_account(server.cluster))
    (server.cluster / pidfile.NAME).write_text(original)
    assert (judged.verdict, judged.differs) == (Verdict.UNCLEAR, differs)


def test_a_server_started_by_somebody_else_on_the_folder_is_named_and_not_ended(
    data: Path, owner: StartOwner, start: Start
) -> None:
    one = owner(data)
    one.kill()
    record = data / "postgres.json"
    original = record.read_text()
    record.write_text(original.replace("/bin/postgres", "/bin/another"))
    message = refusal(StrangeServer, lambda: start(data))
    assert str(one.said["pid"]) in message
    assert "executable" in message
    assert postmasters(data / "postgres") == [one.said["pid"]]
    record.write_text(original)
    assert start(data).pid is not None


def test_a_server_that_is_not_whole_in_its_pid_file_is_nobody(folder: Path) -> None:
    (folder / pidfile.NAME).write_text("123\n")
    assert pidfile.judge(folder, None, server_account(folder / "none")).verdict is Verdict.NOBODY


@needs_root
def test_root_without_the_right_to_look_into_processes_still_ends_what_was_left_behind(
    data: Path, owner: StartOwner
) -> None:
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv is not installed")
    bare = ["setpriv", "--bounding-set", "-sys_ptrace", "--inh-caps", "-sys_ptrace"]
    first = owner(data, with_command=bare)
    first.kill()
    second = owner(data, with_command=bare)
    assert any(str(first.said["pid"]) in line for line in second.said["said"])
    assert postmasters(data / "postgres") == [second.said["pid"]]


@needs_root
def test_the_servers_own_user_is_not_let_in(data: Path, start: Start) -> None:
    server = start(data)
    answer = psql_as(server_account(server.cluster).name, server)
    assert answer.returncode != 0
    assert "Peer authentication failed" in answer.stderr


@needs_root
def test_another_user_does_not_reach_the_socket(data: Path, start: Start) -> None:
    answer = psql_as("daemon", start(data))
    assert answer.returncode != 0
    assert "Permission denied" in answer.stderr


def test_nobody_is_trusted(data: Path, start: Start) -> None:
    server = start(data)
    with psycopg.connect(server.url) as connection:
        rules = connection.execute("SELECT type, auth_method FROM pg_hba_file_rules").fetchall()
    assert rules == [("local", "peer")]


def test_a_role_that_is_not_ours_is_refused(data: Path, start: Start) -> None:
    server = start(data)
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE ROLE stranger LOGIN")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url.replace("crossdock@", "stranger@"))


def test_variables_of_the_callers_environment_do_not_lead_elsewhere(
    data: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "1", "PGPASSWORD": "x", "PGDATA": "/nowhere", "PGUSER": "x", "LC_ALL": "xx"}.items():
        monkeypatch.setenv(name, value)
    server = start(data)
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("crossdock",)
    assert os.environ["PGPORT"] == "1"

"""Where the server lies when its user cannot reach the given folders, and what is refused."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from hub.app.embedded import Embedded, binaries, discard
from hub.app.embedded.account import Account, server_account
from hub.app.embedded.binaries import Binaries
from hub.app.embedded.errors import DataUnusable, NoAccount, WrongMajorVersion
from tests.rows.launcher.conftest import needs_root, postmasters, refusal

Start = Callable[..., Embedded]
Modes = dict[Path, tuple[int, int]]


def works(server: Embedded) -> bool:
    with psycopg.connect(server.url) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def modes(tree: Path) -> Modes:
    entries = [*tree.parents, tree, *tree.rglob("*")]
    return {entry: (entry.lstat().st_mode, entry.lstat().st_uid) for entry in entries}


def newest() -> Binaries:
    return next(one for one in binaries.installed() if one.movable)


@pytest.fixture
def closed(folder: Path) -> Path:
    """A folder that only its owner may enter, as a home is."""
    made = folder / "home"
    made.mkdir(mode=0o700)
    return made


@pytest.fixture
def clone(closed: Path) -> Binaries:
    """The binaries as they lie in a virtual environment under a closed home."""
    site, source = closed / "clone" / "venv" / "site", newest()
    for tree in source.trees:
        inside = tree.relative_to(source.bin.parents[2])
        shutil.copytree(tree, site / inside, ignore=shutil.ignore_patterns("include", "*.a"))
    found = binaries.at(site / source.bin.relative_to(source.bin.parents[2]), movable=True)
    assert found is not None
    return found


@needs_root
def test_started_by_root_the_server_runs_as_an_unprivileged_user_that_has_a_name(data: Path, start: Start) -> None:
    server = start(data)
    assert server.pid is not None
    uids = psutil.Process(server.pid).uids()
    assert uids.real == uids.effective == uids.saved != 0
    assert pwd.getpwuid(uids.real).pw_name in {"nobody", "postgres"}
    assert set(psutil.Process(server.pid).gids()) == {pwd.getpwuid(uids.real).pw_gid}


@needs_root
def test_a_clone_and_data_under_a_closed_home_run_from_a_shelter(
    folder: Path, closed: Path, clone: Binaries, start: Start
) -> None:
    said: list[str] = []
    server = start(closed / "data", binaries=clone, said=said)
    assert works(server)
    assert server.cluster.is_relative_to(folder / "shelter")
    assert server.pid is not None
    assert Path(psutil.Process(server.pid).exe()).is_relative_to(folder / "shelter")
    told = "\n".join(said)
    for elsewhere in (server.cluster, server.socket_folder, Path(psutil.Process(server.pid).exe()).parent):
        assert str(elsewhere) in told


@needs_root
def test_no_mode_or_owner_of_what_was_there_before_is_changed(closed: Path, clone: Binaries, start: Start) -> None:
    (closed / "data").mkdir(mode=0o750)
    before = modes(closed)
    start(closed / "data", binaries=clone).stop()
    after = modes(closed)
    assert {path: after[path] for path in before} == before


@needs_root
def test_a_sheltered_database_is_found_again(closed: Path, start: Start) -> None:
    first = start(closed / "data")
    with psycopg.connect(first.url) as connection:
        connection.execute("CREATE TABLE kept ()")
    first.stop()
    second = start(closed / "data")
    assert second.cluster == first.cluster
    with psycopg.connect(second.url) as connection:
        assert connection.execute("SELECT to_regclass('kept') IS NOT NULL").fetchone() == (True,)


@needs_root
def test_a_sheltered_database_whose_shelter_is_gone_is_not_silently_begun_anew(
    folder: Path, closed: Path, start: Start
) -> None:
    first = start(closed / "data")
    first.stop()
    shutil.rmtree(first.cluster.parent)
    message = refusal(DataUnusable, lambda: start(closed / "data"))
    assert str(first.cluster) in message
    (closed / "data" / "postgres.json").unlink()
    assert works(start(closed / "data"))


@needs_root
def test_a_copy_of_a_data_folder_does_not_end_the_server_of_the_original(closed: Path, start: Start) -> None:
    first = start(closed / "data")
    shutil.copytree(closed / "data", closed / "copy")
    refusal(Exception, lambda: start(closed / "copy"))  # type: ignore[arg-type]
    refusal(Exception, lambda: discard(closed / "copy"))  # type: ignore[arg-type]
    assert works(first)
    shutil.rmtree(closed / "copy")


@needs_root
def test_discarding_removes_the_shelter_too(folder: Path, closed: Path, start: Start) -> None:
    server = start(closed / "data")
    sockets = server.socket_folder
    server.stop()
    discard(closed / "data")
    assert not (closed / "data").exists()
    assert not sockets.exists()
    assert list((folder / "shelter").iterdir()) == []


@needs_root
def test_a_database_of_a_user_who_can_no_longer_enter_is_refused_with_the_folder_named(
    folder: Path, start: Start
) -> None:
    home = folder / "was-open"
    home.mkdir(mode=0o755)
    start(home / "data").stop()
    home.chmod(0o700)
    assert str(home) in refusal(DataUnusable, lambda: start(home / "data"))


@needs_root
def test_the_owner_of_an_existing_database_runs_it_and_root_does_not(folder: Path) -> None:
    cluster = folder / "postgres"
    cluster.mkdir()
    with pytest.raises(NoAccount, match="belongs to root"):
        server_account(cluster)
    daemon = pwd.getpwnam("daemon")
    os.chown(cluster, daemon.pw_uid, daemon.pw_gid)
    assert server_account(cluster) == Account("daemon", daemon.pw_uid, daemon.pw_gid, switches=True)
    os.chown(cluster, 54321, 54321)
    with pytest.raises(NoAccount, match="no name"):
        server_account(cluster)


@pytest.mark.parametrize("name", ["d" * 120, "with, comma"])
def test_a_path_that_cannot_hold_a_socket_gets_a_short_one_elsewhere(folder: Path, start: Start, name: str) -> None:
    said: list[str] = []
    server = start(folder / name, said=said)
    assert works(server)
    assert server.cluster == folder / name / "postgres"
    assert any(str(server.socket_folder) in line for line in said)
    server.stop()
    assert not server.socket_folder.exists() or server.socket_folder == server.data


def test_names_that_need_quoting_are_no_trouble(folder: Path, start: Start) -> None:
    assert works(start(folder / "Ünsere Daten & 'more' %20"))


def test_a_moved_data_folder_runs_where_it_lies_now(folder: Path, start: Start) -> None:
    start(folder / "before").stop()
    (folder / "before").rename(folder / "after")
    server = start(folder / "after")
    assert server.cluster == folder / "after" / "postgres"
    assert works(server)


def test_the_database_of_another_major_version_is_refused_and_left_as_it_is(data: Path, start: Start) -> None:
    server = start(data)
    server.stop()
    major = server.cluster / "PG_VERSION"
    major.write_text("12\n")
    message = refusal(WrongMajorVersion, lambda: start(data))
    assert "PostgreSQL 12" in message
    assert str(newest().major) in message
    assert major.read_text() == "12\n"
    assert postmasters(server.cluster) == []


def test_binaries_of_another_major_version_are_refused(data: Path, start: Start) -> None:
    majors = {one.major: one for one in binaries.installed()}
    if len(majors) < 2:
        pytest.skip("only one major version of PostgreSQL is installed")
    older, newer = (majors[major] for major in sorted(majors)[-2:])
    start(data, binaries=older).stop()
    message = refusal(WrongMajorVersion, lambda: start(data, binaries=newer))
    assert f"PostgreSQL {older.major}" in message
    assert start(data).version == older.version


def test_a_system_postgresql_serves_as_well(data: Path, start: Start) -> None:
    system = [one for one in binaries.installed() if not one.movable]
    if not system:
        pytest.skip("no system PostgreSQL 15 or newer is installed")
    server = start(data, binaries=system[0])
    assert works(server)
    assert server.version == system[0].version


def test_a_data_folder_that_is_a_file_is_refused(folder: Path, start: Start) -> None:
    (folder / "data").write_text("")
    refusal(DataUnusable, lambda: start(folder / "data"))


def test_a_folder_named_as_the_cluster_that_is_none_is_refused_and_kept(data: Path, start: Start) -> None:
    (data / "postgres").mkdir(parents=True)
    if os.geteuid() == 0:
        os.chown(data / "postgres", pwd.getpwnam("nobody").pw_uid, -1)
    (data / "postgres" / "mine.txt").write_text("precious")
    refusal(DataUnusable, lambda: start(data))
    assert (data / "postgres" / "mine.txt").read_text() == "precious"


def test_the_socket_folder_is_for_the_server_and_root_alone(data: Path, start: Start) -> None:
    server = start(data)
    status = server.socket_folder.stat()
    assert stat.S_IMODE(status.st_mode) == 0o700
    assert status.st_uid == server.cluster.stat().st_uid

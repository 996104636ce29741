"""What a mailbox promises, in folders of this machine and behind an SFTP server alike."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.sdk.mailbox.arrivals import Arrivals
from adapters.sdk.mailbox.files import Entry, FileGone, MailboxRefused, NameTaken
from adapters.sdk.mailbox.mailbox import Limits, Mailbox, StillGrowing, Taken, TooLarge
from adapters.sdk.mailbox.names import NameRefused
from tests.adapters.mailbox.places import mailbox, make_folders

KINDS = pytest.mark.parametrize("kind", ["directory", "sftp"])
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
AT_ONCE = timedelta(0)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def first_file(box: Mailbox) -> Entry:
    return (await box.look(Arrivals(AT_ONCE), NOON)).whole[0]


@KINDS
async def test_a_file_is_handed_over_whole_and_alone(kind: str, tmp_path: Path) -> None:
    folder = make_folders(tmp_path)

    async with mailbox(kind, tmp_path) as box:
        await box.put("orders-1.csv", b"a;b\n")

    assert names(folder / "outgoing") == ["orders-1.csv"]
    assert (folder / "outgoing/orders-1.csv").read_bytes() == b"a;b\n"


@KINDS
async def test_a_file_is_written_under_a_hidden_name_before_it_gets_its_own(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, seen = make_folders(tmp_path), list[list[str]]()

    async with mailbox(kind, tmp_path) as box:
        publish = box.files.publish

        async def watched(*arguments: str) -> None:
            seen.append(names(folder / "outgoing"))
            await publish(*arguments)

        monkeypatch.setattr(box.files, "publish", watched)
        await box.put("orders-1.csv", b"a;b\n")

    assert seen == [[".t1.part"]]


@KINDS
async def test_the_same_file_again_is_handed_over_once_and_another_under_its_name_is_refused(
    kind: str, tmp_path: Path
) -> None:
    folder = make_folders(tmp_path)

    async with mailbox(kind, tmp_path) as box:
        await box.put("orders-1.csv", b"first")
        await box.put("orders-1.csv", b"first")
        with pytest.raises(NameTaken):
            await box.put("orders-1.csv", b"second")

    assert names(folder / "outgoing") == ["orders-1.csv"]
    assert (folder / "outgoing/orders-1.csv").read_bytes() == b"first"


@KINDS
async def test_a_name_that_another_process_gave_meanwhile_is_not_overwritten(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folders(tmp_path)

    async with mailbox(kind, tmp_path) as box:
        write = box.files.write

        async def overtaken(*arguments: Any) -> None:
            await write(*arguments)
            (folder / "outgoing/orders-1.csv").write_bytes(b"theirs")

        monkeypatch.setattr(box.files, "write", overtaken)
        with pytest.raises(NameTaken):
            await box.put("orders-1.csv", b"ours")

    assert names(folder / "outgoing") == ["orders-1.csv"]
    assert (folder / "outgoing/orders-1.csv").read_bytes() == b"theirs"


@KINDS
async def test_a_file_that_grows_is_left_until_it_stays_the_same(kind: str, tmp_path: Path) -> None:
    file = make_folders(tmp_path) / "incoming/ship.csv"
    arrivals, wait = Arrivals(timedelta(seconds=10)), timedelta(seconds=10)

    async with mailbox(kind, tmp_path) as box:
        file.write_bytes(b"half")
        first = await box.look(arrivals, NOON)
        file.write_bytes(b"half and half")
        grown = await box.look(arrivals, NOON + wait)
        settled = await box.look(arrivals, NOON + 2 * wait)
        taken = await box.take(settled.whole[0])

    assert (first.whole, grown.whole) == ((), ())
    assert taken == Taken("ship.csv", "t1~ship.csv", b"half and half")


@KINDS
async def test_a_file_that_grew_after_the_look_stays_where_it_is(kind: str, tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    file = folder / "incoming/ship.csv"

    async with mailbox(kind, tmp_path) as box:
        file.write_bytes(b"half")
        entry = await first_file(box)
        file.write_bytes(b"half and half")
        with pytest.raises(StillGrowing):
            await box.take(entry)

    assert names(folder / "incoming") == ["ship.csv"]
    assert names(folder / "taken") == []


@KINDS
async def test_a_file_that_grows_as_it_is_taken_is_put_back(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folders(tmp_path)
    (folder / "incoming/ship.csv").write_bytes(b"half")

    async with mailbox(kind, tmp_path) as box:
        move, entry = box.files.move, await first_file(box)

        async def growing(*arguments: str) -> None:
            await move(*arguments)
            with (tmp_path / arguments[2] / arguments[3]).open("ab") as file:
                file.write(b" and half")

        monkeypatch.setattr(box.files, "move", growing)
        with pytest.raises(StillGrowing):
            await box.take(entry)

    assert names(folder / "incoming") == ["ship.csv"]


@KINDS
async def test_of_two_processes_one_takes_a_file(kind: str, tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    (folder / "incoming/ship.csv").write_bytes(b"1;2")

    async with mailbox(kind, tmp_path) as box:
        entry = await first_file(box)
        outcomes = await asyncio.gather(*(box.take(entry) for _ in range(4)), return_exceptions=True)

    assert sum(isinstance(outcome, Taken) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, FileGone) for outcome in outcomes) == 3
    assert len(names(folder / "taken")) == 1


@KINDS
async def test_what_was_read_goes_to_the_archive_and_what_was_not_to_the_refused(kind: str, tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    (folder / "incoming/good.csv").write_bytes(b"1")
    (folder / "incoming/poor.csv").write_bytes(b"?")

    async with mailbox(kind, tmp_path) as box:
        look = await box.look(Arrivals(AT_ONCE), NOON)
        places = {entry.name: (await box.take(entry)).place for entry in look.whole}
        for _ in range(2):
            await box.archive(places["good.csv"])
            await box.refuse(places["poor.csv"])

    assert names(folder / "archive") == [places["good.csv"]]
    assert names(folder / "refused") == [places["poor.csv"]]
    assert names(folder / "taken") == []


@KINDS
async def test_a_file_that_a_process_left_behind_is_shown_and_read_again(kind: str, tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    (folder / "taken/dead~ship.csv").write_bytes(b"1;2")

    async with mailbox(kind, tmp_path) as box:
        places = await box.left_behind()
        taken = await box.read_again(places[0])

    assert taken == Taken("ship.csv", "dead~ship.csv", b"1;2")


@KINDS
async def test_a_file_of_the_same_name_the_next_day_overwrites_nothing(kind: str, tmp_path: Path) -> None:
    folder = make_folders(tmp_path)

    async with mailbox(kind, tmp_path) as box:
        for content in (b"monday", b"tuesday"):
            (folder / "incoming/count.csv").write_bytes(content)
            await box.archive((await box.take(await first_file(box))).place)

    archived = sorted(path.read_bytes() for path in (folder / "archive").iterdir())
    assert archived == [b"monday", b"tuesday"]


@KINDS
async def test_links_folders_and_what_is_still_written_are_no_files_to_take(kind: str, tmp_path: Path) -> None:
    incoming = make_folders(tmp_path) / "incoming"
    (incoming / "folder.csv").mkdir()
    (incoming / "link.csv").symlink_to("/etc/hostname")
    for name in (".hidden.csv", "ship.csv.filepart", "SHIP.TMP"):
        (incoming / name).write_bytes(b"1")

    async with mailbox(kind, tmp_path) as box:
        look = await box.look(Arrivals(AT_ONCE), NOON)

    assert (look.whole, look.left) == ((), ())


@KINDS
async def test_names_and_sizes_beyond_the_rules_are_left_and_named(kind: str, tmp_path: Path) -> None:
    incoming = make_folders(tmp_path) / "incoming"
    for name in ("a\nb.csv", "-rf", "x" * 181, "big.csv", "ok.csv"):
        (incoming / name).write_bytes(b"12345" if name == "big.csv" else b"1")

    async with mailbox(kind, tmp_path, Limits(largest_bytes=4)) as box:
        look = await box.look(Arrivals(AT_ONCE), NOON)

    assert [entry.name for entry in look.whole] == ["ok.csv"]
    assert sorted(left.name for left in look.left) == ["-rf", "a\nb.csv", "big.csv", "x" * 181]
    assert "5 bytes, more than 4" in next(left.reason for left in look.left if left.name == "big.csv")


@KINDS
async def test_a_folder_of_too_many_names_says_so(kind: str, tmp_path: Path) -> None:
    incoming = make_folders(tmp_path) / "incoming"
    for number in range(4):
        (incoming / f"{number}.csv").write_bytes(b"1")

    async with mailbox(kind, tmp_path, Limits(most_files=3)) as box:
        look = await box.look(Arrivals(AT_ONCE), NOON)

    assert len(look.whole) == 3
    assert [left.reason for left in look.left] == ["the folder has 3 names or more, and not all were looked at"]


@KINDS
@pytest.mark.parametrize("name", ["../x", "a/b", "/etc/passwd", "..", "", ".x", "a\0b", "a\\b", "x."])
async def test_a_name_that_leaves_the_folder_is_never_written(kind: str, tmp_path: Path, name: str) -> None:
    make_folders(tmp_path)

    async with mailbox(kind, tmp_path) as box:
        with pytest.raises(NameRefused):
            await box.put(name, b"1")
        with pytest.raises(NameRefused):
            await box.take(Entry(name, 1, 0.0, True))


@KINDS
async def test_a_file_that_is_too_large_is_not_handed_over(kind: str, tmp_path: Path) -> None:
    folder = make_folders(tmp_path)

    async with mailbox(kind, tmp_path, Limits(largest_bytes=4)) as box:
        with pytest.raises(TooLarge):
            await box.put("big.csv", b"12345")

    assert names(folder / "outgoing") == []


@KINDS
@pytest.mark.parametrize("missing", ["incoming", "outgoing", "taken"])
async def test_a_missing_folder_is_named(kind: str, tmp_path: Path, missing: str) -> None:
    folder = make_folders(tmp_path)
    (folder / "incoming/ship.csv").write_bytes(b"1")

    async with mailbox(kind, tmp_path) as box:
        entry = await first_file(box)
        (folder / missing).rename(folder / "elsewhere")
        steps: dict[str, Callable[[], Awaitable[object]]] = {
            "incoming": lambda: first_file(box),
            "outgoing": lambda: box.put("a", b"1"),
            "taken": lambda: box.take(entry),
        }
        with pytest.raises(MailboxRefused, match=missing):
            await steps[missing]()


async def test_a_folder_that_is_a_link_out_of_the_root_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "root"
    folder = make_folders(root)
    (tmp_path / "elsewhere").mkdir()
    (folder / "outgoing").rmdir()
    (folder / "outgoing").symlink_to(tmp_path / "elsewhere")

    async with mailbox("directory", root) as box:
        with pytest.raises(MailboxRefused, match="link"):
            await box.put("a.csv", b"1")

    assert names(tmp_path / "elsewhere") == []

"""Keys of people in a file: shared by processes, destroyed for ever, wrapped again while others work with them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from hub.config.keys import KeysUnusable
from hub.config.person_keys import PersonKeyFile
from tests.support.keys import person_keys


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[PersonKeyFile]:
    """The keys of a new installation."""
    with closing(person_keys(tmp_path, block=4)) as made:
        yield made


def test_keys_are_on_disk_before_they_are_used(keys: PersonKeyFile, tmp_path: Path) -> None:
    taken = dict(keys.take(10))

    with closing(person_keys(tmp_path)) as another:
        assert another.read(list(taken)) == taken
    assert len(set(taken.values())) == 10
    assert not any(key in (tmp_path / "people.keys").read_bytes() for key in taken.values())


def test_only_their_owner_reads_the_files(keys: PersonKeyFile, tmp_path: Path) -> None:
    keys.take(1)

    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {
        "master.json": 0o600,
        "people.keys": 0o600,
    }
    for name in ("people.keys", "master.json"):
        (tmp_path / name).chmod(0o640)
        with pytest.raises(KeysUnusable, match="chmod 600"):
            person_keys(tmp_path)
        (tmp_path / name).chmod(0o600)


def test_a_destroyed_key_is_nowhere_in_the_file_and_absent_for_every_process(
    keys: PersonKeyFile, tmp_path: Path
) -> None:
    (first, kept), (second, gone) = keys.take(2)
    slot = (tmp_path / "people.keys").read_bytes()[second * 64 : second * 64 + 64]

    with closing(person_keys(tmp_path)) as another:
        another.destroy([second])

    assert keys.read([first, second]) == {first: kept}
    assert slot not in (tmp_path / "people.keys").read_bytes()
    assert gone not in (tmp_path / "people.keys").read_bytes()


def test_processes_that_take_keys_at_once_get_different_ones(tmp_path: Path) -> None:
    def take(_: int) -> list[tuple[int, bytes]]:
        with closing(person_keys(tmp_path, block=3)) as own:
            return own.take(20)

    with ThreadPoolExecutor(8) as pool:
        taken = [key for some in pool.map(take, range(8)) for key in some]

    assert len({number for number, _ in taken}) == len(taken) == 160
    with closing(person_keys(tmp_path)) as another:
        assert another.read([number for number, _ in taken]) == dict(taken)


def test_a_new_master_key_wraps_all_while_others_go_on(keys: PersonKeyFile, tmp_path: Path) -> None:
    with closing(person_keys(tmp_path)) as first:  # once closed it makes no more keys ahead
        before = dict(first.take(3))
        first.destroy([2])
    masters = (tmp_path / "master.json").read_bytes()
    file = (tmp_path / "people.keys").read_bytes()

    with closing(person_keys(tmp_path)) as another:
        wrapped = another.rotate()

    assert wrapped == (len(file) // 64) - 2, "all slots but the head and the destroyed one"
    assert keys.read([1, 2, 3]) == {number: key for number, key in before.items() if number != 2}
    after = dict(keys.take(30))
    assert keys.read(list(after)) == after
    assert (tmp_path / "master.json").read_bytes() != masters
    (tmp_path / "master.json").write_bytes(masters)
    with closing(person_keys(tmp_path)) as late, pytest.raises(KeysUnusable, match="lacks master key 2"):
        late.read([1])


def test_keys_made_while_masters_are_replaced_stay_readable(tmp_path: Path) -> None:
    def work(_: int) -> dict[int, bytes]:
        with closing(person_keys(tmp_path, block=2)) as own:
            return dict(own.take(40))

    def rotate(_: int) -> int:
        with closing(person_keys(tmp_path)) as own:
            return own.rotate()

    with ThreadPoolExecutor(6) as pool:
        workers, rotations = pool.map(work, range(4)), pool.map(rotate, range(4))
        taken = {number: key for some in workers for number, key in some.items()}
        assert len(list(rotations)) == 4

    with closing(person_keys(tmp_path)) as another:
        assert another.read(list(taken)) == taken


@pytest.mark.parametrize(("number", "words"), [(999, "is older than the database"), (2, "holds no key 2")])
def test_a_key_that_is_not_there_is_no_erased_one(keys: PersonKeyFile, tmp_path: Path, number: int, words: str) -> None:
    with closing(person_keys(tmp_path)) as first:  # once closed it makes no more keys ahead
        first.take(3)
    path = tmp_path / "people.keys"
    content = path.read_bytes()
    path.write_bytes(content[: 2 * 64] + content[64 : 2 * 64] + content[3 * 64 :])

    with pytest.raises(KeysUnusable, match=words):
        keys.read([number])


def test_another_file_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "people.keys").write_bytes(b"something else")
    (tmp_path / "people.keys").chmod(0o600)

    with pytest.raises(KeysUnusable, match="does not hold keys of people"):
        person_keys(tmp_path)

    assert (tmp_path / "people.keys").read_bytes() == b"something else"

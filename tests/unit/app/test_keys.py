"""Keys are made once, read by their owner alone, and never shown."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hub.config.keys import Keys, KeysUnusable


def test_keys_are_made_once_and_stay_the_same(tmp_path: Path) -> None:
    made = Keys.kept_in(tmp_path / "data" / "keys.json")

    assert Keys.kept_in(tmp_path / "data" / "keys.json") == made
    assert len({made.blind_index, made.documents, made.fingerprints}) == 3
    assert Keys.kept_in(tmp_path / "other.json") != made


def test_several_who_ask_at_once_get_the_same_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: Keys.kept_in(tmp_path / "keys.json"), range(16)))

    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    Keys.kept_in(path)
    assert path.stat().st_mode & 0o777 == 0o600

    path.chmod(0o640)

    with pytest.raises(KeysUnusable, match="can be read by other users"):
        Keys.kept_in(path)


@pytest.mark.parametrize("content", ["", "{}", '{"blind_index": "00", "documents": "00", "fingerprints": "00"}', "[1]"])
def test_a_file_that_holds_no_keys_is_refused_without_showing_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content)
    path.chmod(0o600)

    with pytest.raises(KeysUnusable, match="does not hold the keys"):
        Keys.kept_in(path)


def test_keys_do_not_show(tmp_path: Path) -> None:
    keys = Keys.kept_in(tmp_path / "keys.json")
    stored = json.loads((tmp_path / "keys.json").read_text())

    assert repr(keys) == "Keys()"
    assert set(stored.values()) == {keys.blind_index.hex(), keys.documents.hex(), keys.fingerprints.hex()}

"""A database is worked with by the keys with which it was written, and by no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.app.runtime.surroundings import own_keys
from hub.config.keys import Keys, KeysUnusable
from hub.database.pool import Database


async def test_the_first_process_makes_keys_and_the_next_one_reads_them(database_url: str, tmp_path: Path) -> None:
    async with Database(database_url) as database:
        made = await own_keys(database, tmp_path / "keys.json")

        assert await own_keys(database, tmp_path / "keys.json") == made


async def test_another_file_of_keys_is_refused(database_url: str, tmp_path: Path) -> None:
    Keys.kept_in(tmp_path / "other.json")
    async with Database(database_url) as database:
        await own_keys(database, tmp_path / "keys.json")

        with pytest.raises(KeysUnusable, match="holds other keys than those with which the database was written"):
            await own_keys(database, tmp_path / "other.json")


async def test_a_file_that_is_gone_is_not_made_anew(database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    async with Database(database_url) as database:
        await own_keys(database, path)
        path.unlink()

        with pytest.raises(KeysUnusable, match="is missing, and the database was written with its keys"):
            await own_keys(database, path)
    assert not path.exists()

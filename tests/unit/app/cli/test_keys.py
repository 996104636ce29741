"""`crossdock keys rotate`: works on the files of an installation, whose hub need not stop."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path

import pytest

from hub.app.cli.program import run
from tests.support.keys import person_keys


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data of an installation."""
    for name in [name for name in os.environ if name.startswith("CROSSDOCK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CROSSDOCK_DATA", str(tmp_path))
    return tmp_path


def test_the_master_key_is_replaced_under_a_hub_that_runs(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(person_keys(data, block=8)) as keys:
        taken = dict(keys.take(4))
        masters = (data / "master.json").read_text()

        assert run(["keys", "rotate", "--json"]) == 0

        told = json.loads(capsys.readouterr().out)
        assert (told["master_key"], told["wrapped_keys"] >= 8) == (2, True)
        assert keys.read(list(taken)) == taken
        assert not set(json.loads(masters)["master_keys"].values()) & set(
            json.loads((data / "master.json").read_text())["master_keys"].values()
        )


def test_files_that_are_not_there_are_named_and_not_made(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["keys", "rotate"]) == 1
    assert f"There is no file {data / 'master.json'}" in capsys.readouterr().err
    assert list(data.iterdir()) == []


def test_a_file_that_others_may_read_is_refused_in_words(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(person_keys(data)) as keys:
        keys.take(1)
    (data / "master.json").chmod(0o644)

    assert run(["keys", "rotate"]) == 1
    assert "chmod 600" in capsys.readouterr().err

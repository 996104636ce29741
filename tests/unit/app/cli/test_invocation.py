"""Commands in what the program prints can be pasted."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.admin.v1 import admin_pb2
from hub.app.cli.invocation import spelled
from hub.app.cli.program import run
from tests.unit.app.cli.pretend import PretendHub, pretended

SOLVED = "crossdock order 1001 --resolve 7"


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        (SOLVED, "bin/crossdock --data '/a b' order 1001 --resolve 7"),
        ("See `crossdock orders`, or not.", "See `bin/crossdock --data '/a b' orders`, or not."),
        ("nothing of crossdock", "nothing of crossdock"),
        ("~/.local/share/crossdock or other", "~/.local/share/crossdock or other"),
        ("Crossdock is a hub", "Crossdock is a hub"),
    ],
)
def test_a_command_has_the_path_of_the_program_and_the_options_that_it_needs(text: str, pasted: str) -> None:
    assert spelled(text, "bin/crossdock", {"data": Path("/a b")}) == pasted


def test_a_program_that_is_on_the_path_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "crossdock"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert spelled(SOLVED, str(program), {}) == SOLVED
    assert spelled(SOLVED, "elsewhere/crossdock", {}) == f"elsewhere/{SOLVED}"


def test_tables_sentences_and_errors_spell_commands_and_json_does_not(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    record = admin_pb2.ExceptionRecord(reason="STOCK_SHORT", suggested_command=SOLVED)
    data = tmp_path / "data"
    with pretended() as hub:
        hub.answers["AdminService.ListExceptions"] = admin_pb2.ListExceptionsResponse(exceptions=[record])
        told = printed(hub, capfd, data, "exceptions", "list")
        as_json = printed(hub, capfd, data, "exceptions", "list", "--json")
    error = printed(hub, capfd, data, "exceptions", "list")

    assert f"bin/crossdock --hub {hub.address} --data {data} order 1001" in " ".join(told.split())
    assert f"`bin/crossdock --data {data} up`" in error
    assert f'"{SOLVED}"' in as_json


def printed(hub: PretendHub, capfd: pytest.CaptureFixture[str], data: Path, *words: str) -> str:
    """What a command prints, for people and in errors."""
    capfd.readouterr()
    run(["--hub", hub.address, "--data", str(data), *words], "bin/crossdock")
    out, err = capfd.readouterr()
    return out + err

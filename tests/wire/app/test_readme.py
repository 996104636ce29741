"""The README's walk: each command that it names runs as it stands there, one after the other."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.wire.app.running import CROSSDOCK, Running, environment, up

HEADING = "## Leave it running and talk to it"


def block() -> list[str]:
    """The lines of the block of commands below the heading."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition(HEADING)[2]
    return text.split("```")[1].strip().splitlines()


@pytest.fixture(scope="module")
def hub() -> Iterator[Running]:
    """A hub as the first line of the block starts it."""
    flags = re.fullmatch(r'make up ARGS="(.*?)" +#.*', block()[0])
    assert flags is not None
    with up(*shlex.split(flags[1])) as running:
        yield running


@pytest.fixture
def clone(hub: Running, tmp_path: Path) -> Path:
    """A folder that looks like a clone whose commands find the hub."""
    program = tmp_path / ".venv" / "bin" / "crossdock"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nCROSSDOCK_DATA={shlex.quote(str(hub.data))} exec {shlex.join(CROSSDOCK)} "$@"\n')
    program.chmod(0o755)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    return tmp_path


def test_the_commands_of_the_readme_run_one_after_the_other(clone: Path) -> None:
    commands = block()[1:]
    assert len(commands) > 10

    for command in commands:
        ran = subprocess.run(
            ["/bin/sh", "-c", command], cwd=clone, env=environment(), capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"


def test_an_adapter_that_is_not_installed_is_refused_with_those_that_are_and_the_hub_goes_on(
    hub: Running, tmp_path: Path
) -> None:
    network = json.loads((ROOT / "examples/network.json").read_text(encoding="utf-8"))
    network["accounts"][0]["adapter"] = "doubel_channel"
    (tmp_path / "network.json").write_text(json.dumps(network))

    ran = hub.crossdock("network", "load", tmp_path / "network.json", "--dry-run")

    assert ran.returncode == 1
    _, unknown, installed = ran.stderr.partition("'doubel_channel', which is not installed here; there are ")
    assert unknown
    assert re.search(r"\bdouble_channel\b", installed)
    assert hub.crossdock("health").returncode == 0

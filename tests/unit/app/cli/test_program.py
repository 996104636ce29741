"""The program: a command loads what it needs and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest
import typer

from hub.app.cli.program import _COMMANDS, program

HEAVY = ("psycopg", "sqlalchemy", "cryptography", "opentelemetry", "hub.app.runtime.server")


@pytest.mark.parametrize("command", sorted(_COMMANDS))
def test_the_module_of_a_command_adds_it(command: str) -> None:
    group = typer.main.get_command(program([command]))

    assert command in getattr(group, "commands", {})


@pytest.mark.parametrize("arguments", [["orders"], ["--help"], ["--data", "up", "health"], ["migrate", "--help"]])
def test_no_command_loads_the_server_or_a_driver_to_be_read(arguments: list[str]) -> None:
    said = f"import sys; from hub.app.cli.program import program; program({arguments!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout.split()

    assert not [module for module in HEAVY if module in loaded]


def test_options_before_the_command_and_their_values_are_passed_over() -> None:
    group = typer.main.get_command(program(["--hub", "orders", "--json", "health"]))

    assert list(getattr(group, "commands", {})) == ["health"]

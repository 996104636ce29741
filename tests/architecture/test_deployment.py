"""What is deployed fits together: the compose file, the image, the gateway's files and the commands there are."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.sources import ROOT

Settings = dict[str, Any]


def compose() -> Settings:
    read: Settings = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return read


def project() -> Settings:
    read: Settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return read


def test_every_part_of_the_product_stands_in_the_compose_file() -> None:
    assert compose()["services"].keys() >= {"postgres", "api", "worker", "adapters", "gateway", "collector"}


def test_what_a_service_waits_for_is_a_service() -> None:
    services = compose()["services"]

    assert {name for service in services.values() for name in service.get("depends_on", {})} <= services.keys()


def test_the_files_that_services_read_are_in_the_repository() -> None:
    mounted = {
        volume.split(":")[0]
        for service in compose()["services"].values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    }

    assert not sorted(file for file in mounted if not (ROOT / file).exists())


VERSION = re.compile(r".+[:@][^:/]*\d[^:/]*")


def unversioned(images: Iterable[str]) -> list[str]:
    """Images that are named by no version: whatever is there when they are fetched would run."""
    return sorted(image for image in images if not VERSION.fullmatch(image) or "latest" in image)


def test_every_image_is_named_by_a_version() -> None:
    images = [service["image"] for service in compose()["services"].values()]
    bases = re.findall(r"^ARG BASE=(.+)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)

    assert len(bases) == 1
    assert unversioned([*images, *bases]) == []
    assert re.findall(r"^FROM (?!\$\{BASE\}).+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE) == []


@pytest.mark.parametrize("image", ["postgres", "postgres:latest", "envoyproxy/envoy:v1.34-latest", "host:5000/hub"])
def test_an_image_without_a_version_is_found(image: str) -> None:
    assert unversioned([image, "postgres:16-bookworm", "python@sha256:0123456789abcdef"]) == [image]


def test_no_secret_stands_in_the_compose_file() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

    assert re.findall(r"(?:PASSWORD|TOKEN)_FILE: /run/secrets/", text)
    assert not re.findall(r"(?:PASSWORD|TOKEN): .+", text)


def test_the_adapters_that_are_served_are_installed_with_the_product() -> None:
    served = [word for word in compose()["services"]["adapters"]["command"] if word.startswith("double_")]

    assert set(served) <= project()["project"]["entry-points"]["crossdock.adapters"].keys()


@pytest.mark.skipif(find_spec("hub.app.cli") is None, reason="this source tree has no command line")
def test_the_commands_of_the_compose_file_are_commands_of_the_product() -> None:
    crossdock = str(Path(sys.executable).parent / "crossdock")
    ours = [service for service in compose()["services"].values() if service.get("image", "").startswith("crossdock:")]
    commands = {service["command"][0] for service in ours if "entrypoint" not in service}

    refused = {
        command: done.stderr
        for command in sorted(commands)
        if (
            done := subprocess.run([crossdock, command, "--help"], capture_output=True, text=True, check=False)
        ).returncode
    }

    assert commands
    assert not refused


def test_the_image_and_the_product_have_one_version() -> None:
    assert compose()["services"]["api"]["image"] == f"crossdock:{project()['project']['version']}"


def test_the_image_gets_all_that_the_wheel_is_made_of() -> None:
    let_in = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    wheel = project()["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]

    assert {path.split("/")[0] for path in wheel} | {"pyproject.toml", "requirements.lock", "LICENSE"} <= let_in


def test_python_is_the_same_in_the_image_and_in_the_project() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    bases = re.findall(r"^ARG BASE=python:(\d+\.\d+)", text, re.MULTILINE)

    assert {f">={version}" for version in bases} == {project()["project"]["requires-python"]}
    assert set(re.findall(r"^FROM (\S+)", text, re.MULTILINE)) == {"${BASE}"}


def test_locks_hold_every_dependency_with_its_hashes() -> None:
    wanted = [re.split(r"[<>=\[ ;]", line)[0] for line in project()["project"]["dependencies"]]
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==", locked, re.MULTILINE))

    assert not set(wanted) - pinned
    assert locked.count("--hash=sha256:") >= len(pinned)

"""docker-compose.yml and Dockerfile, as far as they can be checked without an engine."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
import yaml

from adapters.sdk.admission import TOKEN_FILE_VARIABLE
from adapters.sdk.host import HUB_TOKEN_FILE_VARIABLE
from hub.app.process.adapter_tokens import token_name
from hub.config.settings import Settings
from hub.config.table import SETTINGS
from tests.gateway.configuration import ROOT
from tests.support.postgres import as_role
from tests.wire.app.running import CROSSDOCK, environment

COMPOSE: Final[dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: Final[dict[str, dict[str, Any]]] = COMPOSE["services"]
OURS: Final = [name for name, service in SERVICES.items() if service["image"].startswith("crossdock:")]
HOSTS: Final = [name for name in OURS if "entrypoint" in SERVICES[name]]
ENDS: Final = {"migrate"}
"""Services that end by themselves."""
MUTE: Final = {"collector"}
"""Services whose image has no program that could ask."""
VARIABLES: Final = {setting.name for setting in SETTINGS} | {TOKEN_FILE_VARIABLE, HUB_TOKEN_FILE_VARIABLE}
WALK: Final = re.compile(r"^```sh (?:compose|certificates)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_whatever_a_service_refers_to_is_there() -> None:
    for name, service in SERVICES.items():
        assert set(service.get("networks", [])) <= set(COMPOSE["networks"]), name
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"]), name
        assert {one["source"] for one in service.get("configs", [])} <= set(COMPOSE["configs"]), name
        assert set(service.get("depends_on", [])) <= set(SERVICES), name
        named = [volume.partition(":")[0] for volume in service.get("volumes", [])]
        assert {volume for volume in named if not volume.startswith(".")} <= set(COMPOSE["volumes"]), name
        assert all((ROOT / volume).exists() for volume in named if volume.startswith(".")), name


def test_every_service_that_goes_on_is_asked_how_it_is() -> None:
    assert [name for name in SERVICES if "healthcheck" not in SERVICES[name]] == [*ENDS, *MUTE]
    for name, service in SERVICES.items():
        for other, condition in service.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if other in ENDS else "service_healthy"
            assert condition == {"condition": wanted}, f"{name} waits for {other}"


def test_no_secret_stands_in_the_environment() -> None:
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            assert "${" not in value, f"{name} takes {variable} from whoever starts it"
            if variable.endswith("_FILE") or variable == "CROSSDOCK_PRINCIPALS":
                secret = value.removeprefix("/run/secrets/")
                assert secret in service["secrets"], f"{name} has no secret for {variable}"


@pytest.mark.parametrize("name", OURS)
def test_parts_have_settings_that_there_are_and_no_rights(name: str) -> None:
    service = SERVICES[name]
    ours = {variable for variable in service["environment"] if not variable.startswith("OTEL_")}

    assert ours <= VARIABLES
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"]
    assert "user" not in service
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", [name for name in OURS if "entrypoint" not in SERVICES[name]])
def test_commands_and_checks_of_parts_are_commands_of_the_hub(name: str) -> None:
    checks = SERVICES[name].get("healthcheck", {}).get("test", ["CMD", "crossdock"])[2:]
    for arguments in (SERVICES[name]["command"], checks):
        ran = subprocess.run([*CROSSDOCK, *arguments, "--help"], capture_output=True, check=False, env=environment())
        assert ran.returncode == 0, arguments


def test_adapters_listen_where_the_hub_may_dial_and_are_asked_there() -> None:
    may = SERVICES["worker"]["environment"]["CROSSDOCK_ADAPTER_ADDRESSES"].split(", ")
    hosts = {name: SERVICES[name] for name in OURS if "entrypoint" in SERVICES[name]}
    listening = {name: host["command"][host["command"].index("--listen") + 1] for name, host in hosts.items()}

    assert sorted(may) == sorted(address.replace("0.0.0.0", name) for name, address in listening.items())
    for name, host in hosts.items():
        assert host["healthcheck"]["test"][-1] == listening[name].replace("0.0.0.0", "grpcs://127.0.0.1")


def test_each_adapter_holds_what_opens_itself_alone_and_the_worker_holds_what_opens_each() -> None:
    of_tls = {"authority.pem", *(f"{name}.{end}" for name in SERVICES for end in ("pem", "key"))}
    held = {name: set(SERVICES[name]["secrets"]) - of_tls for name in HOSTS}
    listening = {name: SERVICES[name]["command"][SERVICES[name]["command"].index("--listen") + 1] for name in HOSTS}
    named = {name: token_name(address.replace("0.0.0.0", name)) for name, address in listening.items()}

    assert held == {name: {named[name], f"{name}-at-hub"} for name in HOSTS}
    assert {secret for secret in SERVICES["worker"]["secrets"] if "token" in secret} == set(named.values())
    for name in HOSTS:
        given = SERVICES[name]["environment"]
        assert given[TOKEN_FILE_VARIABLE] == f"/run/secrets/{named[name]}"
        assert given[HUB_TOKEN_FILE_VARIABLE] == f"/run/secrets/{name}-at-hub"


def test_only_what_needs_the_database_is_in_its_network_and_only_the_gateway_is_reached_from_outside() -> None:
    assert {name for name in SERVICES if "data" in SERVICES[name]["networks"]} == {
        "postgres",
        "migrate",
        "api",
        "worker",
    }
    assert COMPOSE["networks"]["data"]["internal"]
    assert {name for name in SERVICES if "ports" in SERVICES[name]} == {"gateway"}
    assert SERVICES["gateway"]["networks"] == ["edge"]


def test_the_schema_has_an_owner_beside_the_role_that_runs_the_hub() -> None:
    roles = {name: SERVICES[name]["environment"]["CROSSDOCK_DATABASE_URL"].split("@")[0] for name in ("migrate", "api")}

    assert roles == {"migrate": "postgresql://crossdock_owner", "api": "postgresql://crossdock_app"}
    assert SERVICES["migrate"]["command"] == ["migrate", "pre", "--grant-to", "crossdock_app"]


def test_the_script_that_makes_the_roles_makes_them_whatever_their_passwords_are(
    embedded_url: str, tmp_path: Path
) -> None:
    script = COMPOSE["configs"]["roles"]["content"].replace("$$", "$")
    (tmp_path / "psql").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\ncat\n')
    (tmp_path / "psql").chmod(0o755)
    for name, password in (("owner", "it's"), ("application", 'a "$HOME" \\ b')):
        (tmp_path / f"{name}-password").write_text(password)
    script = script.replace("/run/secrets", str(tmp_path))

    given = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    ran = subprocess.run(["/bin/sh", "-c", script], env=given, capture_output=True, text=True, check=True)

    assert "owner=it's\n" in ran.stdout
    assert 'application=a "$HOME" \\ b\n' in ran.stdout
    statements = re.sub(r":'\w+'", "'secret'", ran.stdout[ran.stdout.index("CREATE ROLE") :])
    assert statements.count("CREATE") == 3
    with psycopg.connect(embedded_url) as connection:
        for statement in statements.split(";")[:2]:
            connection.execute(statement)
        connection.rollback()


def test_the_secrets_of_the_walk_are_those_of_the_file_and_the_network_names_its_adapters(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    commands = "".join(WALK.findall(text))
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    program = tmp_path / "crossdock"
    program.write_text(f'#!/bin/sh\nexec {" ".join(CROSSDOCK)} "$@"\n')
    program.chmod(0o755)
    given = environment()

    subprocess.run(
        ["/bin/sh", "-ec", commands], cwd=tmp_path, env=given | {"PATH": f"{tmp_path}:{given['PATH']}"}, check=True
    )

    made = {f"./secrets/{path.name}" for path in (tmp_path / "secrets").glob("[!.]*")}
    assert made == {secret["file"] for secret in COMPOSE["secrets"].values()}
    network = json.loads((tmp_path / "network.json").read_text())
    hosts = {account["adapter"].removeprefix("grpcs://").partition(":")[0] for account in network["accounts"]}
    assert hosts == {"adapters", "shopify", "x12", "stock"}


def test_a_password_of_a_file_is_quoted_into_the_address_of_the_database(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("of the/application\n")
    bare = as_role(database_url, "crossdock_application").replace(":of%20the%2Fapplication@", "@")
    settings = Settings.read(
        {"CROSSDOCK_DATABASE_URL": bare, "CROSSDOCK_DATABASE_PASSWORD_FILE": str(tmp_path / "password")}, tmp_path
    )

    with psycopg.connect(settings.database_url or "") as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("crossdock_application",)


def test_the_image_runs_as_a_user_without_rights() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line.startswith("USER")] == ["USER 10001"]

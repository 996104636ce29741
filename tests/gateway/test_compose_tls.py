"""Whatever crosses a network of docker-compose.yml is TLS, under the name of the part that is reached."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from cryptography import x509
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from hub.app.embedded.account import server_account
from tests.gateway.configuration import ROOT, configuration
from tests.gateway.test_compose import COMPOSE, HOSTS, SERVICES
from tests.wire.app.test_figures import free_ports

AUTHORITY: Final = "/run/secrets/authority.pem"
NAMED: Final = {name for name in SERVICES if f"{name}.pem" in SERVICES[name].get("secrets", ())}
COMMANDS: Final = re.compile(r"^```sh certificates\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OPTION: Final = re.compile(r"-c (\S+=\S+)")
DEBIAN: Final = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
"""Programs of a PostgreSQL that speaks TLS; the wheel's does not."""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that each user may enter, with the certificates that the page has one make in its `secrets`."""
    (commands,) = COMMANDS.findall((ROOT / "docs" / "operations.md").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="crossdock-compose-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "secrets").mkdir()
        subprocess.run(["/bin/sh", "-ec", commands], cwd=folder, capture_output=True, check=True)
        yield folder


def test_each_part_that_is_reached_has_a_certificate_of_its_own_name_and_only_its_own_key(folder: Path) -> None:
    assert {"postgres", "api", "gateway", "collector", *HOSTS} == NAMED
    for name in NAMED:
        assert [key for key in SERVICES[name]["secrets"] if key.endswith(".key")] == [f"{name}.key"]
        assert verified(folder, name, by=name)
        assert not verified(folder, name, by="other")
        held = x509.load_pem_x509_certificate((folder / "secrets" / f"{name}.pem").read_bytes())
        assert not held.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_the_key_of_the_authority_is_gone(folder: Path) -> None:
    assert {path.name for path in folder.rglob("*.key")} == {f"{name}.key" for name in NAMED}


def test_whoever_reaches_a_part_speaks_tls_and_knows_the_authority() -> None:
    for name in ("api", "worker", "migrate"):
        given = SERVICES[name]["environment"]
        query = parse_qs(urlsplit(given["CROSSDOCK_DATABASE_URL"]).query)
        assert query == {"sslmode": ["verify-full"], "sslrootcert": [AUTHORITY]}
    for name in ("api", "worker"):
        given = SERVICES[name]["environment"]
        assert given["OTEL_EXPORTER_OTLP_ENDPOINT"].startswith("https://collector:")
        assert given["OTEL_EXPORTER_OTLP_CERTIFICATE"] == AUTHORITY
    for name in HOSTS:
        assert "grpcs://api:7443" in SERVICES[name]["command"]
    for name in ("worker", *HOSTS):
        assert SERVICES[name]["environment"]["CROSSDOCK_TRUST"] == AUTHORITY
    for name in ("api", "worker", "migrate", "gateway", *HOSTS):
        assert "authority.pem" in SERVICES[name]["secrets"]


def test_no_part_serves_plain_text_to_others() -> None:
    for name in ("api", *HOSTS):
        given = SERVICES[name]["environment"]
        own = {given["CROSSDOCK_TLS_CERTIFICATE"], given["CROSSDOCK_TLS_KEY"]}
        assert own == {f"/run/secrets/{name}.pem", f"/run/secrets/{name}.key"}
        assert "CROSSDOCK_PLAIN_TEXT" not in given
        assert "--allow-remote" not in SERVICES[name]["command"]
    assert "tls: {cert_file: /run/secrets/collector.pem" in COMPOSE["configs"]["collector"]["content"]


def test_the_gateway_knows_the_api_by_its_name() -> None:
    for cluster in configuration()["static_resources"]["clusters"]:
        known = cluster["transport_socket"]["typed_config"]["common_tls_context"]["validation_context"]
        assert known["trusted_ca"] == {"filename": AUTHORITY}
        assert known["match_typed_subject_alt_names"] == [{"san_type": "DNS", "matcher": {"exact": "api"}}]


@pytest.mark.skipif(not DEBIAN, reason="needs a PostgreSQL that speaks TLS (apt-get install postgresql)")
def test_postgresql_takes_the_application_by_tls_alone(folder: Path) -> None:
    port = free_ports(1)
    with serving(folder, port):
        query = f"sslrootcert={folder}/secrets/authority.pem"
        url = f"postgresql://crossdock_app:secret@localhost:{port}/postgres?{query}&sslmode"
        with psycopg.connect(f"{url}=verify-full") as connection:
            encrypted = connection.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()
        with pytest.raises(psycopg.OperationalError, match="no encryption"):
            psycopg.connect(f"{url}=disable")

    assert encrypted == (True,)


def verified(folder: Path, name: str, *, by: str) -> bool:
    """Whether a client that trusts the authority takes a part's certificate for the part of a name."""
    options = ("-CAfile", str(folder / "secrets" / "authority.pem"), "-verify_hostname", by)
    certificate = str(folder / "secrets" / f"{name}.pem")
    return not subprocess.run(["openssl", "verify", *options, certificate], capture_output=True, check=False).returncode


@contextmanager
def serving(folder: Path, port: int) -> Iterator[None]:
    """Run PostgreSQL with the options of the compose file and a role for the application."""
    account = server_account(Path("/nowhere"))
    data = folder / "postgres"
    data.mkdir()
    account.own(data)
    cluster = ("-D", str(data / "data"))
    made = account.spawn([str(DEBIAN[-1] / "initdb"), *cluster, "-U", "postgres"], output=subprocess.DEVNULL)
    assert made.wait(60) == 0
    command = [str(DEBIAN[-1] / "postgres"), *cluster, *options(folder, data, port)]
    server = account.spawn(command, output=subprocess.DEVNULL)
    try:
        with owner(data, port) as connection:
            connection.execute("CREATE ROLE crossdock_app LOGIN PASSWORD 'secret'")
        yield
    finally:
        server.terminate()
        server.wait(30)


def options(folder: Path, data: Path, port: int) -> Iterator[str]:
    """The options with which the compose file starts the server, for files of this machine."""
    script = SERVICES["postgres"]["entrypoint"][-1]
    for own, theirs in (("server.key", "secrets/postgres.key"), ("server.pem", "secrets/postgres.pem")):
        shutil.copy(folder / theirs, data / own)
        (data / own).chmod(0o600)
        server_account(Path("/nowhere")).own(data / own)
    (data / "callers.conf").write_text(COMPOSE["configs"]["callers"]["content"])
    here = {
        "/var/run/postgresql/server.key": data / "server.key",
        "/run/secrets/postgres.pem": data / "server.pem",
        "/etc/crossdock/callers.conf": data / "callers.conf",
    }
    stated = dict(option.split("=", 1) for option in OPTION.findall(script))
    assert set(stated.values()) == {"on", *here}
    for name, value in (stated | {"port": port, "unix_socket_directories": data}).items():
        yield f"--{name}={here.get(value, value)}"


@retry(stop=stop_after_delay(30), wait=wait_fixed(0.1), retry=retry_if_exception_type(psycopg.OperationalError))
def owner(data: Path, port: int) -> psycopg.Connection[Any]:
    """A connection of the owner, by the socket, once the server takes it."""
    return psycopg.connect(host=str(data), port=port, user="postgres", dbname="postgres", autocommit=True)

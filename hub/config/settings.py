"""Settings as typed values: read from the environment by the table, overridden by flags, refused where malformed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import quote, urlsplit, urlunsplit

from msgspec import structs

from hub.config import table
from hub.config.connections import ConnectionSettings
from hub.config.web import OFF, WebSettings, beside

ADDRESS: Final = "127.0.0.1:7443"
"""Where a hub serves unless told otherwise."""
MOST_PROCESSES: Final = 8
"""Beyond, their connections would be more than the embedded PostgreSQL takes."""
_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
_FORMATS: Final = ("auto", "json", "plain")


class SettingInvalid(Exception):
    """A setting cannot be used; the message names it, says why and what it may be. Its value is not repeated."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} {problem}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a process; fields are described in `table`. Secrets do not show in its repr.

    `shared`: other api processes of this machine may serve at the same address. `local_socket`: where the hub serves
    this machine too, in plain text.
    """

    data: Path
    listen: str = ADDRESS
    web: WebSettings = WebSettings()  # noqa: RUF009 (frozen)
    connections: ConnectionSettings = ConnectionSettings()  # noqa: RUF009 (frozen)
    health_stated: str = ""
    shared: bool = False
    api_processes: int = 1
    worker_processes: int = 1
    calls: int = 2048
    lame_duck_seconds: int = 0
    grace_seconds: int = 5
    keep_settled_days: int = 7
    keep_events_days: int = 90
    document_repeat_minutes: int = 10
    hub: str | None = None
    database_connections: int = 8
    database_url: str | None = field(default=None, repr=False)
    database_direct_url: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    token_file: Path | None = None
    oidc_issuer: str | None = None
    oidc_audience: str = "crossdock"
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    tls_client_ca: Path | None = None
    plain_text: bool = False
    trust: str = "system"
    own_certificate: Path | None = None
    own_key: Path | None = None
    local_socket: Path | None = None
    principals_file: Path | None = None
    keys_file: Path | None = None
    master_keys_file: Path | None = None
    person_keys_file: Path | None = None
    adapters: Path | None = None
    adapter_addresses: frozenset[str] = frozenset()
    adapter_tokens: Path | None = None
    traces: Path | None = None
    log_level: str = "INFO"
    log_format: str = "auto"
    webhook_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    metrics: str | None = None
    reflection: str | None = None
    otlp_endpoint: str | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str], home: Path) -> Self:
        """The settings that an environment states; an empty variable counts as absent. Raises SettingInvalid."""
        given = {name: value for name, value in environment.items() if value}
        return cls(
            data=_path(given, table.DATA) or _default_data(given, home),
            listen=_address(given, table.LISTEN) or ADDRESS,
            web=_web(given),
            connections=_connections(given),
            health_stated=_http_address(table.HEALTH, given.get(table.HEALTH, "")),
            api_processes=_number(given, table.API_PROCESSES, 1, MOST_PROCESSES, 1),
            worker_processes=_number(given, table.WORKER_PROCESSES, 1, MOST_PROCESSES, 1),
            calls=_number(given, table.CALLS, 1, 100_000, 2048),
            lame_duck_seconds=_number(given, table.LAME_DUCK_SECONDS, 0, 600, 0),
            grace_seconds=_number(given, table.GRACE_SECONDS, 0, 3600, 5),
            keep_settled_days=_number(given, table.KEEP_SETTLED_DAYS, 7, 3650, 7),
            keep_events_days=_number(given, table.KEEP_EVENTS_DAYS, 1, 3650, 90),
            document_repeat_minutes=_number(given, table.DOCUMENT_REPEAT_MINUTES, 1, 1440, 10),
            hub=_hub(given, table.HUB),
            database_connections=_number(given, table.DATABASE_CONNECTIONS, 2, 100, 8),
            database_url=_database(given, table.DATABASE_URL),
            database_direct_url=_database(given, table.DATABASE_DIRECT_URL),
            token=given.get(table.TOKEN),
            token_file=_path(given, table.TOKEN_FILE),
            oidc_issuer=_issuer(given, table.OIDC_ISSUER),
            oidc_audience=given.get(table.OIDC_AUDIENCE, "crossdock"),
            tls_certificate=_path(given, table.TLS_CERTIFICATE),
            tls_key=_path(given, table.TLS_KEY),
            tls_client_ca=_path(given, table.TLS_CLIENT_CA),
            plain_text=_one_of(given, table.PLAIN_TEXT, ("yes", "no"), "no") == "yes",
            trust=given.get(table.TRUST, "system"),
            own_certificate=_path(given, table.OWN_CERTIFICATE),
            own_key=_path(given, table.OWN_KEY),
            principals_file=_path(given, table.PRINCIPALS),
            keys_file=_path(given, table.KEYS),
            master_keys_file=_path(given, table.MASTER_KEYS),
            person_keys_file=_path(given, table.PERSON_KEYS),
            adapters=_path(given, table.ADAPTERS),
            adapter_addresses=_addresses(given, table.ADAPTER_ADDRESSES),
            adapter_tokens=_path(given, table.ADAPTER_TOKENS),
            traces=_path(given, table.TRACES),
            log_level=_one_of(given, table.LOG_LEVEL, _LEVELS, "INFO"),
            log_format=_one_of(given, table.LOG_FORMAT, _FORMATS, "auto"),
            webhook_networks=_networks(given, table.WEBHOOK_NETWORKS),
            metrics=_address(given, table.METRICS),
            reflection=_address(given, table.REFLECTION),
            otlp_endpoint=_url(given, table.OTLP_ENDPOINT),
        )

    def flagged(self, **flags: Any) -> Self:
        """The settings with flags put over them; a flag that is None leaves its setting. Raises SettingInvalid."""
        given = {name: value for name, value in flags.items() if value is not None}
        if (http := given.pop("http", None)) is not None:
            given["web"] = structs.replace(self.web, address=_http_address("--http", http))
        if (health := given.pop("health", None)) is not None:
            given["health_stated"] = _http_address("--health", health)
        if "listen" in given:
            _checked_address("--grpc", given["listen"])
        if "hub" in given:
            _checked_hub("--hub", given["hub"])
        return replace(self, **given)

    @property
    def http(self) -> str | None:
        """Address at which HTTP is served; None where it is not."""
        return self.web.address_beside(self.listen)

    @property
    def health(self) -> str | None:
        """Address at which health checks are answered; None where they are not."""
        return beside(self.listen, self.health_stated, 2)

    @property
    def principals(self) -> Path:
        """File of who may do what."""
        return self.principals_file or self.data / "principals.json"

    @property
    def keys(self) -> Path:
        """File of the installation's keys."""
        return self.keys_file or self.data / "keys.json"

    @property
    def master_keys(self) -> Path:
        """File of the master keys."""
        return self.master_keys_file or self.keys.with_name("master.json")

    @property
    def person_keys(self) -> Path:
        """File of the keys of people."""
        return self.person_keys_file or self.keys.with_name("people.keys")

    @property
    def admin_token(self) -> Path:
        """File of the token that `crossdock up` made for the person at this machine."""
        return self.data / "admin.token"

    @property
    def hub_note(self) -> Path:
        """File in which a running `crossdock up` says where it serves."""
        return self.data / "hub.json"


def _web(given: Mapping[str, str]) -> WebSettings:
    origins = (one.strip() for one in given.get(table.HTTP_ORIGINS, "").split(","))
    return WebSettings(
        address=_http_address(table.HTTP, given.get(table.HTTP, "")),
        origins=frozenset(origin for origin in origins if origin),
        connections=_number(given, table.HTTP_CONNECTIONS, 1, 100_000, 1024),
        head_bytes=_number(given, table.HTTP_HEAD_BYTES, 1024, 1_048_576, 32_768),
        head_seconds=_number(given, table.HTTP_HEAD_SECONDS, 1, 600, 10),
        write_seconds=_number(given, table.HTTP_WRITE_SECONDS, 1, 3600, 60),
        keep_alive_seconds=_number(given, table.HTTP_KEEP_ALIVE_SECONDS, 1, 3600, 75),
    )


def _connections(given: Mapping[str, str]) -> ConnectionSettings:
    return ConnectionSettings(
        most=_number(given, table.CONNECTIONS, 1, 100_000, 4096),
        streams=_number(given, table.CONNECTION_STREAMS, 1, 100_000, 1024),
        idle_seconds=_number(given, table.CONNECTION_IDLE_SECONDS, 1, 86_400, 600),
        age_seconds=_number(given, table.CONNECTION_AGE_SECONDS, 1, 604_800, 14_400),
        grace_seconds=_number(given, table.CONNECTION_GRACE_SECONDS, 1, 86_400, 3600),
    )


def _http_address(name: str, text: str) -> str:
    if text not in {"", OFF} and (text.startswith("unix:") or _not_host_and_port(text)):
        raise SettingInvalid(name, "must be HOST:PORT, for example 127.0.0.1:7444, or off")
    return text


def _default_data(given: Mapping[str, str], home: Path) -> Path:
    shared = given.get("XDG_DATA_HOME")
    return (Path(shared) if shared else home / ".local" / "share") / "crossdock"


def _path(given: Mapping[str, str], name: str) -> Path | None:
    return Path(given[name]).expanduser().absolute() if name in given else None


def _number(given: Mapping[str, str], name: str, least: int, most: int, default: int) -> int:
    text = given.get(name, str(default))
    if not text.isdecimal() or not least <= int(text) <= most:
        raise SettingInvalid(name, f"must be a whole number from {least} to {most}")
    return int(text)


def _one_of(given: Mapping[str, str], name: str, known: tuple[str, ...], default: str) -> str:
    text = given.get(name, default)
    matching = [one for one in known if one.lower() == text.lower()]
    if not matching:
        raise SettingInvalid(name, f"must be one of {', '.join(known)}")
    return matching[0]


def _address(given: Mapping[str, str], name: str) -> str | None:
    return _checked_address(name, given[name]) if name in given else None


def _addresses(given: Mapping[str, str], name: str) -> frozenset[str]:
    addresses = [address.strip() for address in given.get(name, "").split(",") if address.strip()]
    if any(address.startswith("unix:") or _not_host_and_port(address) for address in addresses):
        raise SettingInvalid(name, "must be HOST:PORT, or several separated by commas")
    return frozenset(addresses)


def _hub(given: Mapping[str, str], name: str) -> str | None:
    return _checked_hub(name, given[name]) if name in given else None


def _checked_hub(name: str, text: str) -> str:
    _checked_address(name, text.removeprefix("grpc://").removeprefix("grpcs://"))
    return text


def _checked_address(name: str, text: str) -> str:
    if text.startswith("unix:") and len(text) > len("unix:"):
        return text
    if _not_host_and_port(text):
        raise SettingInvalid(name, "must be HOST:PORT, for example 127.0.0.1:7443, or unix:PATH")
    return text


def _not_host_and_port(text: str) -> bool:
    host, _, port = text.rpartition(":")
    return not host or not port.isdecimal() or int(port) > 65_535


def _networks(given: Mapping[str, str], name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(text.strip()) for text in given.get(name, "").split(",") if text.strip())
    except ValueError:
        raise SettingInvalid(name, "must be networks such as 10.2.0.0/16, separated by commas") from None


def _database(given: Mapping[str, str], name: str) -> str | None:
    text = given.get(name)
    if text is not None and not text.startswith(("postgresql://", "postgres://")):
        raise SettingInvalid(name, "must be a URL that begins with postgresql://")
    file = _path(given, table.DATABASE_PASSWORD_FILE)
    return _with_password(name, text, file) if text and file else text


def _with_password(name: str, url: str, file: Path) -> str:
    """Return a database's URL with the password of a file in it, quoted. Raises SettingInvalid."""
    parts = urlsplit(url)
    if not parts.username or parts.password:
        raise SettingInvalid(name, f"must name a role and no password beside {table.DATABASE_PASSWORD_FILE}")
    try:
        password = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingInvalid(table.DATABASE_PASSWORD_FILE, f"cannot be read: {error.strerror}") from error
    role, _, place = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{role}:{quote(password, safe='')}@{place}"))


def _issuer(given: Mapping[str, str], name: str) -> str | None:
    """Return the provider's URL as it states it itself; keys are not read in plain text from another machine."""
    text = given.get(name)
    if text is None or text.startswith("https://"):
        return text
    if urlsplit(text).hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise SettingInvalid(name, "must be a URL that begins with https://")
    return text


def _url(given: Mapping[str, str], name: str) -> str | None:
    text = given.get(name)
    if text is not None and not text.startswith(("http://", "https://")):
        raise SettingInvalid(name, "must be a URL that begins with http:// or https://")
    return text.rstrip("/") if text else None

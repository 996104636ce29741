"""The table of settings: every variable of the environment that the program reads, in one place.

Documentation is drawn from it; `settings` reads by it.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Setting(Struct, frozen=True):
    """A variable of the environment: its name, what it means, what holds where it is absent.

    `flag` overrides it on the command line. `secret` values are never shown.
    """

    name: str
    meaning: str
    default: str
    flag: str = ""
    secret: bool = False


DATABASE_URL: Final = "CROSSDOCK_DATABASE_URL"
DATABASE_DIRECT_URL: Final = "CROSSDOCK_DATABASE_DIRECT_URL"
DATABASE_CONNECTIONS: Final = "CROSSDOCK_DATABASE_CONNECTIONS"
DATA: Final = "CROSSDOCK_DATA"
LISTEN: Final = "CROSSDOCK_LISTEN"
API_PROCESSES: Final = "CROSSDOCK_API_PROCESSES"
CALLS: Final = "CROSSDOCK_CALLS"
KEEP_SETTLED_DAYS: Final = "CROSSDOCK_KEEP_SETTLED_DAYS"
KEEP_EVENTS_DAYS: Final = "CROSSDOCK_KEEP_EVENTS_DAYS"
HUB: Final = "CROSSDOCK_HUB"
TOKEN: Final = "CROSSDOCK_TOKEN"  # noqa: S105 (the name of the variable, not a token)
TOKEN_FILE: Final = "CROSSDOCK_TOKEN_FILE"  # noqa: S105 (the name of the variable, not a token)
PRINCIPALS: Final = "CROSSDOCK_PRINCIPALS"
KEYS: Final = "CROSSDOCK_KEYS"
ADAPTERS: Final = "CROSSDOCK_ADAPTERS"
TRACES: Final = "CROSSDOCK_TRACES"
LOG_LEVEL: Final = "CROSSDOCK_LOG_LEVEL"
LOG_FORMAT: Final = "CROSSDOCK_LOG_FORMAT"
OTLP_ENDPOINT: Final = "OTEL_EXPORTER_OTLP_ENDPOINT"

SETTINGS: Final = (
    Setting(
        DATABASE_URL,
        "URL of the PostgreSQL server (15 or newer). Absent: `crossdock up` starts one of its own in the data folder.",
        "",
        secret=True,
    ),
    Setting(
        DATABASE_DIRECT_URL,
        "URL that leads to the server itself where the other one goes through a pooler: for LISTEN and leases.",
        "the database's URL",
        secret=True,
    ),
    Setting(DATABASE_CONNECTIONS, "Connections to the database that one process opens at most, 2 to 100.", "8"),
    Setting(
        DATA,
        "Folder of what the installation keeps: database, keys, principals, logs, traces.",
        "$XDG_DATA_HOME/crossdock, or ~/.local/share/crossdock",
        flag="--data",
    ),
    Setting(
        LISTEN, "Address where the hub serves gRPC, HOST:PORT; port 0 takes a free one.", "127.0.0.1:7443", "--grpc"
    ),
    Setting(
        API_PROCESSES,
        "Api processes that `crossdock up` runs, 1 to 8: each uses one processor, connections are spread over them.",
        "1",
        flag="--apis",
    ),
    Setting(CALLS, "Calls that one api process works at once, 1 to 100,000; what comes beyond is refused.", "2048"),
    Setting(
        KEEP_SETTLED_DAYS,
        "Days that settled messages stay among live ones, 7 to 3,650; then they move to months of the past.",
        "7",
    ),
    Setting(
        KEEP_EVENTS_DAYS,
        "Days that events can be read from the feed, 1 to 3,650; then they move to the past, and are read per order.",
        "90",
    ),
    Setting(
        HUB,
        "Address of the hub that commands speak to, HOST:PORT.",
        "the hub of the data folder, or 127.0.0.1:7443",
        "--hub",
    ),
    Setting(TOKEN, "Token that commands show to the hub.", "admin.token in the data folder", "--token", secret=True),
    Setting(
        TOKEN_FILE,
        "File with the token that commands show to the hub.",
        "admin.token in the data folder",
        "--token-file",
    ),
    Setting(
        PRINCIPALS,
        "File of who may do what: principals with roles, scope and hash of their token. Read again when it changes.",
        "principals.json in the data folder",
    ),
    Setting(
        KEYS,
        "File of the installation's keys. Made when absent; all processes of one database need the same.",
        "keys.json in the data folder",
    ),
    Setting(
        ADAPTERS,
        "Folder of the Unix sockets of hosted adapters, NAME.sock each; `crossdock up` makes one.",
        "none: accounts must name grpc://HOST:PORT",
    ),
    Setting(
        TRACES,
        "Folder where each process writes its spans as JSON lines, for `crossdock order ID --trace`.",
        "none; `crossdock up`: traces in the data folder",
    ),
    Setting(LOG_LEVEL, "Lowest level that is logged: DEBUG, INFO, WARNING or ERROR.", "INFO"),
    Setting(LOG_FORMAT, "Form of log lines: json, plain, or auto (plain on a terminal, else json).", "auto"),
    Setting(OTLP_ENDPOINT, "Base URL to which spans and figures are exported by OTLP over HTTP.", "none: no export"),
)

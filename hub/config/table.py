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
DATABASE_PASSWORD_FILE: Final = "CROSSDOCK_DATABASE_PASSWORD_FILE"  # noqa: S105 (the name of the variable, not a password)
DATABASE_DIRECT_URL: Final = "CROSSDOCK_DATABASE_DIRECT_URL"
DATABASE_CONNECTIONS: Final = "CROSSDOCK_DATABASE_CONNECTIONS"
DATA: Final = "CROSSDOCK_DATA"
LISTEN: Final = "CROSSDOCK_LISTEN"
HTTP: Final = "CROSSDOCK_HTTP"
HTTP_ORIGINS: Final = "CROSSDOCK_HTTP_ORIGINS"
HTTP_CONNECTIONS: Final = "CROSSDOCK_HTTP_CONNECTIONS"
HTTP_HEAD_BYTES: Final = "CROSSDOCK_HTTP_HEAD_BYTES"
HTTP_HEAD_SECONDS: Final = "CROSSDOCK_HTTP_HEAD_SECONDS"
HTTP_WRITE_SECONDS: Final = "CROSSDOCK_HTTP_WRITE_SECONDS"
HTTP_KEEP_ALIVE_SECONDS: Final = "CROSSDOCK_HTTP_KEEP_ALIVE_SECONDS"
HEALTH: Final = "CROSSDOCK_HEALTH"
CONNECTIONS: Final = "CROSSDOCK_CONNECTIONS"
CONNECTION_STREAMS: Final = "CROSSDOCK_CONNECTION_STREAMS"
CONNECTION_IDLE_SECONDS: Final = "CROSSDOCK_CONNECTION_IDLE_SECONDS"
CONNECTION_AGE_SECONDS: Final = "CROSSDOCK_CONNECTION_AGE_SECONDS"
CONNECTION_GRACE_SECONDS: Final = "CROSSDOCK_CONNECTION_GRACE_SECONDS"
API_PROCESSES: Final = "CROSSDOCK_API_PROCESSES"
WORKER_PROCESSES: Final = "CROSSDOCK_WORKER_PROCESSES"
CALLS: Final = "CROSSDOCK_CALLS"
LAME_DUCK_SECONDS: Final = "CROSSDOCK_LAME_DUCK_SECONDS"
GRACE_SECONDS: Final = "CROSSDOCK_GRACE_SECONDS"
KEEP_SETTLED_DAYS: Final = "CROSSDOCK_KEEP_SETTLED_DAYS"
KEEP_EVENTS_DAYS: Final = "CROSSDOCK_KEEP_EVENTS_DAYS"
DOCUMENT_REPEAT_MINUTES: Final = "CROSSDOCK_DOCUMENT_REPEAT_MINUTES"
HUB: Final = "CROSSDOCK_HUB"
TOKEN: Final = "CROSSDOCK_TOKEN"  # noqa: S105 (the name of the variable, not a token)
TOKEN_FILE: Final = "CROSSDOCK_TOKEN_FILE"  # noqa: S105 (the name of the variable, not a token)
OIDC_ISSUER: Final = "CROSSDOCK_OIDC_ISSUER"
OIDC_AUDIENCE: Final = "CROSSDOCK_OIDC_AUDIENCE"
TLS_CERTIFICATE: Final = "CROSSDOCK_TLS_CERTIFICATE"
TLS_KEY: Final = "CROSSDOCK_TLS_KEY"
TLS_CLIENT_CA: Final = "CROSSDOCK_TLS_CLIENT_CA"
PLAIN_TEXT: Final = "CROSSDOCK_PLAIN_TEXT"
TRUST: Final = "CROSSDOCK_TRUST"
OWN_CERTIFICATE: Final = "CROSSDOCK_OWN_CERTIFICATE"
OWN_KEY: Final = "CROSSDOCK_OWN_KEY"
PRINCIPALS: Final = "CROSSDOCK_PRINCIPALS"
KEYS: Final = "CROSSDOCK_KEYS"
MASTER_KEYS: Final = "CROSSDOCK_MASTER_KEYS"
PERSON_KEYS: Final = "CROSSDOCK_PERSON_KEYS"
ADAPTERS: Final = "CROSSDOCK_ADAPTERS"
ADAPTER_ADDRESSES: Final = "CROSSDOCK_ADAPTER_ADDRESSES"
ADAPTER_TOKENS: Final = "CROSSDOCK_ADAPTER_TOKENS"
TRACES: Final = "CROSSDOCK_TRACES"
LOG_LEVEL: Final = "CROSSDOCK_LOG_LEVEL"
LOG_FORMAT: Final = "CROSSDOCK_LOG_FORMAT"
WEBHOOK_NETWORKS: Final = "CROSSDOCK_WEBHOOK_NETWORKS"
METRICS: Final = "CROSSDOCK_METRICS"
REFLECTION: Final = "CROSSDOCK_REFLECTION"
OTLP_ENDPOINT: Final = "OTEL_EXPORTER_OTLP_ENDPOINT"

SETTINGS: Final = (
    Setting(
        DATABASE_URL,
        "URL of the PostgreSQL server, version 15 or newer. Without it `crossdock up` starts one in the data folder.",
        "",
        secret=True,
    ),
    Setting(
        DATABASE_DIRECT_URL,
        "URL of the server itself where CROSSDOCK_DATABASE_URL leads to a pooler, which may hand out connections by"
        " transaction. The hub listens there, and prepares no statements at the pooler.",
        "the database's URL",
        secret=True,
    ),
    Setting(
        DATABASE_PASSWORD_FILE,
        "File with the password of the database role, as it is. It goes into both URLs, which state none then.",
        "none",
    ),
    Setting(DATABASE_CONNECTIONS, "Most connections to the database that one process opens, 2 to 100.", "8"),
    Setting(
        DATA,
        "Folder in which the installation keeps its database, keys, principals, logs and traces.",
        "$XDG_DATA_HOME/crossdock, or ~/.local/share/crossdock",
        flag="--data",
    ),
    Setting(
        LISTEN, "Address at which the hub serves gRPC, HOST:PORT. Port 0 takes a free port.", "127.0.0.1:7443", "--grpc"
    ),
    Setting(
        HTTP,
        "Address at which the hub serves JSON over HTTP and gRPC-Web, HOST:PORT, or off. Port 0 takes a free port.",
        "127.0.0.1 and the port after gRPC's",
        "--http",
    ),
    Setting(
        HTTP_ORIGINS,
        "Origins whose pages may call over HTTP (CORS), separated by commas: https://shop.example. * means all.",
        "none",
    ),
    Setting(HTTP_CONNECTIONS, "Most HTTP connections of one api process, 1 to 100,000. More are closed.", "1024"),
    Setting(HTTP_HEAD_BYTES, "Most bytes of the headers of an HTTP request, 1,024 to 1,048,576.", "32768"),
    Setting(HTTP_HEAD_SECONDS, "Seconds within which the headers of an HTTP request must arrive, 1 to 600.", "10"),
    Setting(HTTP_WRITE_SECONDS, "Seconds for which the reader of an HTTP response may read nothing, 1 to 3,600.", "60"),
    Setting(HTTP_KEEP_ALIVE_SECONDS, "Seconds after which an unused HTTP connection is closed, 1 to 3,600.", "75"),
    Setting(
        HEALTH,
        "Address at which the hub answers health checks of gRPC in plain text, HOST:PORT, or off. Port 0 takes a free"
        " port.",
        "127.0.0.1 and the second port after gRPC's",
        "--health",
    ),
    Setting(CONNECTIONS, "Most gRPC connections of one api process, 1 to 100,000. More are closed.", "4096"),
    Setting(CONNECTION_STREAMS, "Most calls under way on one gRPC connection, 1 to 100,000. Others wait.", "1024"),
    Setting(
        CONNECTION_IDLE_SECONDS, "Seconds after which a gRPC connection without calls is closed, 1 to 86,400.", "600"
    ),
    Setting(
        CONNECTION_AGE_SECONDS,
        "Seconds after which a gRPC connection takes no more calls, so that callers spread anew, 1 to 604,800.",
        "14400",
    ),
    Setting(
        CONNECTION_GRACE_SECONDS, "Seconds that calls under way on such a connection have to end, 1 to 86,400.", "3600"
    ),
    Setting(
        API_PROCESSES,
        "Number of api processes that `crossdock up` runs, 1 to 8. Each uses one processor and a share of calls.",
        "1",
        flag="--apis",
    ),
    Setting(
        WORKER_PROCESSES,
        "Number of workers that `crossdock up` runs, 1 to 8. Each uses one processor and a share of messages.",
        "1",
        flag="--workers",
    ),
    Setting(
        CALLS, "Most calls that one api process handles at a time, 1 to 100,000. Further calls are refused.", "2048"
    ),
    Setting(
        LAME_DUCK_SECONDS,
        "Seconds for which an api process that was told to end still serves while health says NOT_SERVING, 0 to 600:"
        " as long as load balancers take to send calls elsewhere.",
        "0",
    ),
    Setting(
        GRACE_SECONDS,
        "Seconds that calls in progress have to end after that, 0 to 3,600. Streams are ended then.",
        "5",
    ),
    Setting(
        KEEP_SETTLED_DAYS,
        "Days after which settled messages are archived, 7 to 3,650.",
        "7",
    ),
    Setting(
        KEEP_EVENTS_DAYS,
        "Days for which the feed keeps events, 1 to 3,650. Archived events can be read per order.",
        "90",
    ),
    Setting(
        DOCUMENT_REPEAT_MINUTES,
        "Minutes within which the same bytes for an account are a repeat of a document, and not read, 1 to 1,440.",
        "10",
    ),
    Setting(
        HUB,
        "Address of the hub that commands call, HOST:PORT; grpcs://HOST:PORT where it serves with TLS.",
        "the hub of the data folder, or 127.0.0.1:7443",
        "--hub",
    ),
    Setting(TOKEN, "Token that commands send to the hub.", "admin.token in the data folder", "--token", secret=True),
    Setting(
        TOKEN_FILE,
        "File that holds the token that commands send to the hub.",
        "admin.token in the data folder",
        "--token-file",
    ),
    Setting(
        TLS_CERTIFICATE,
        "File with the certificate chain (PEM) with which the hub serves. It is read again when it changes.",
        "none: plain text, on this machine only",
    ),
    Setting(TLS_KEY, "File with the key (PEM) of that certificate.", "none"),
    Setting(
        TLS_CLIENT_CA,
        "File with the CA (PEM) of callers. With it, callers must show a certificate of that CA, beside their token.",
        "none: callers show a token only",
    ),
    Setting(
        PLAIN_TEXT,
        "yes: serve other machines without TLS, because something in front of the hub does TLS.",
        "no: an address that other machines can reach needs a certificate",
    ),
    Setting(
        TRUST,
        "File with the CA (PEM) by which commands know the hub, and the worker knows adapters, at grpcs://HOST:PORT.",
        "system: the CAs of this machine",
    ),
    Setting(
        OWN_CERTIFICATE,
        "File with the certificate (PEM) that commands and the worker show to whom asks for one.",
        "none",
    ),
    Setting(OWN_KEY, "File with the key (PEM) of that certificate.", "none"),
    Setting(
        PRINCIPALS,
        "File that lists principals with their roles, scope and hash of their token. It is read again when it changes.",
        "principals.json in the data folder",
    ),
    Setting(
        OIDC_ISSUER,
        "URL of an identity provider (OpenID Connect) whose signed tokens show principals by their identities.",
        "none: tokens of the file of principals only",
    ),
    Setting(OIDC_AUDIENCE, "Audience that those tokens must be for.", "crossdock"),
    Setting(
        KEYS,
        "File with the keys of the installation, made for a new database. All processes of a database share it, and"
        " it takes no other keys.",
        "keys.json in the data folder",
    ),
    Setting(
        MASTER_KEYS,
        "File with the master key, created when absent; `crossdock keys rotate` replaces it. All processes share it.",
        "master.json beside the file of keys",
    ),
    Setting(
        PERSON_KEYS,
        "File with a key for each person, created when absent; erasing destroys the key. All processes share it.",
        "people.keys beside the file of keys",
    ),
    Setting(
        ADAPTERS,
        "Folder with the Unix sockets of hosted adapters, one NAME.sock each. `crossdock up` creates one.",
        "none: accounts must name grpc://HOST:PORT or grpcs://HOST:PORT",
    ),
    Setting(
        ADAPTER_ADDRESSES,
        "Addresses of adapters at other machines that a network may name, HOST:PORT, separated by commas.",
        "none: adapters run on this machine",
    ),
    Setting(
        ADAPTER_TOKENS,
        "Folder with a token for each adapter: HOST-PORT.token for one at an address, NAME.token for one that"
        " `crossdock up` hosts and creates it for. The worker shows the first line; the adapter's host takes each line"
        " of the file that its CROSSDOCK_HOST_TOKEN_FILE names. Both read them again when they change.",
        "none: hosts ask for a certificate, or serve a Unix socket",
    ),
    Setting(
        TRACES,
        "Folder into which each process writes its spans as JSON lines, for `crossdock order ID --trace`.",
        "none; `crossdock up`: traces in the data folder",
    ),
    Setting(LOG_LEVEL, "Lowest level of log lines that are written: DEBUG, INFO, WARNING or ERROR.", "INFO"),
    Setting(LOG_FORMAT, "Format of log lines: json, plain, or auto (plain on a terminal, otherwise json).", "auto"),
    Setting(
        WEBHOOK_NETWORKS,
        "Networks to which webhooks are posted beside the public internet, separated by commas: 10.2.0.0/16. Where"
        " 127.0.0.0/8 is among them, URLs of this machine may begin with http://, for development.",
        "none",
    ),
    Setting(
        METRICS,
        "HOST:PORT at which a process shows its figures to Prometheus, at /metrics. `crossdock up` counts ports up from"
        " it: the api, the worker, then further api processes, then further workers.",
        "none: figures are not shown",
    ),
    Setting(
        REFLECTION,
        "HOST:PORT at which api processes describe the contract by gRPC's server reflection, in plain text, for tools"
        " such as grpcurl.",
        "none: it is not described over gRPC",
    ),
    Setting(OTLP_ENDPOINT, "Base URL to which spans and metrics are exported by OTLP over HTTP.", "none: no export"),
)

"""Settings are read by one table, refused where malformed, and never show their secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.config import table
from hub.config.settings import ADDRESS, SettingInvalid, Settings
from hub.config.table import SETTINGS

HOME = Path("/home/somebody")


def read(**environment: str) -> Settings:
    return Settings.read(environment, HOME)


def test_without_any_variable_everything_has_its_default() -> None:
    settings = read()

    assert settings.data == HOME / ".local/share/crossdock"
    assert settings.listen == ADDRESS
    assert settings.database_url is None
    assert settings.principals == settings.data / "principals.json"


def test_an_empty_variable_counts_as_absent() -> None:
    assert read(CROSSDOCK_LISTEN="", CROSSDOCK_DATABASE_URL="") == read()


def test_the_data_folder_follows_the_desktop_standard() -> None:
    assert read(XDG_DATA_HOME="/srv/data").data == Path("/srv/data/crossdock")


def test_a_flag_overrides_its_variable_and_an_absent_one_does_not() -> None:
    settings = read(CROSSDOCK_LISTEN="127.0.0.1:1")

    assert settings.flagged(listen="127.0.0.1:2", hub=None).listen == "127.0.0.1:2"
    assert settings.flagged(listen=None) == settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (table.LISTEN, "7443"),
        (table.LISTEN, "localhost:70000"),
        (table.HUB, "http://localhost"),
        (table.HTTP, "unix:/run/hub"),
        (table.HTTP, "7444"),
        (table.HTTP_CONNECTIONS, "0"),
        (table.HEALTH, "unix:/run/health"),
        (table.HEALTH, "7445"),
        (table.ADAPTER_ADDRESSES, "tax.example"),
        (table.ADAPTER_ADDRESSES, "tax.example:7000, unix:/run/tax"),
        (table.CONNECTIONS, "0"),
        (table.CONNECTION_STREAMS, "0"),
        (table.CONNECTION_AGE_SECONDS, "604801"),
        (table.HTTP_HEAD_BYTES, "1"),
        (table.CALLS, "0"),
        (table.CALLS, "many"),
        (table.KEEP_SETTLED_DAYS, "6"),
        (table.KEEP_EVENTS_DAYS, "0"),
        (table.DATABASE_CONNECTIONS, "1"),
        (table.DATABASE_URL, "mysql://localhost/x"),
        (table.LOG_LEVEL, "LOUD"),
        (table.LOG_FORMAT, "xml"),
        (table.OTLP_ENDPOINT, "collector:4318"),
    ],
)
def test_a_malformed_setting_is_refused_by_its_name_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(SettingInvalid) as refused:
        read(**{name: value})

    assert str(refused.value).startswith(f"{name} must be")
    assert refused.value.name == name


def test_http_is_served_on_the_port_after_grpcs_unless_said_otherwise() -> None:
    assert read().http == "127.0.0.1:7444"
    assert read(CROSSDOCK_LISTEN="0.0.0.0:9000").http == "127.0.0.1:9001"
    assert {read(CROSSDOCK_LISTEN=listen).http for listen in ("127.0.0.1:0", "unix:/run/hub")} == {"127.0.0.1:0"}
    assert read(CROSSDOCK_HTTP="off").http is None
    assert read(CROSSDOCK_HTTP="off").flagged(http="0.0.0.0:80").http == "0.0.0.0:80"


def test_a_malformed_flag_is_refused_by_its_own_name() -> None:
    with pytest.raises(SettingInvalid, match=r"^--grpc must be HOST:PORT"):
        read().flagged(listen="somewhere")
    with pytest.raises(SettingInvalid, match=r"^--http must be HOST:PORT"):
        read().flagged(http="somewhere")


def test_no_secret_shows_in_the_repr_of_settings() -> None:
    secret = "s3cret-and-long"
    settings = read(
        CROSSDOCK_DATABASE_URL=f"postgresql://u:{secret}@h/d",
        CROSSDOCK_DATABASE_DIRECT_URL=f"postgresql://u:{secret}@h/d",
        CROSSDOCK_TOKEN=secret,
    )

    assert secret not in repr(settings)
    assert secret not in str(settings)


def test_a_refused_database_url_does_not_show_its_password() -> None:
    with pytest.raises(SettingInvalid) as refused:
        read(CROSSDOCK_DATABASE_URL="postgres+x://u:s3cret@h/d")

    assert "s3cret" not in str(refused.value)


def test_every_setting_stands_once_in_the_table_with_a_sentence() -> None:
    names = [setting.name for setting in SETTINGS]

    assert len(set(names)) == len(names)
    assert all(setting.meaning.endswith(".") for setting in SETTINGS)
    assert {setting.name for setting in SETTINGS if setting.secret} == {
        table.DATABASE_URL,
        table.DATABASE_DIRECT_URL,
        table.TOKEN,
    }


def test_every_variable_that_the_module_names_stands_in_the_table() -> None:
    named = {value for name, value in vars(table).items() if name.isupper() and isinstance(value, str)}

    assert named == {setting.name for setting in SETTINGS}


@pytest.mark.parametrize(
    ("grpc", "stated", "served"),
    [
        ("127.0.0.1:7443", "", "127.0.0.1:7445"),
        ("0.0.0.0:7443", "", "127.0.0.1:7445"),
        ("127.0.0.1:0", "", "127.0.0.1:0"),
        ("127.0.0.1:65535", "", "127.0.0.1:0"),
        ("unix:/run/hub", "", "127.0.0.1:0"),
        ("127.0.0.1:7443", "0.0.0.0:9000", "0.0.0.0:9000"),
        ("127.0.0.1:7443", "off", None),
    ],
)
def test_health_checks_are_answered_beside_grpc_on_this_machine_unless_stated(
    grpc: str, stated: str, served: str | None
) -> None:
    assert read(CROSSDOCK_LISTEN=grpc, CROSSDOCK_HEALTH=stated).health == served

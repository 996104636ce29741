"""Which adapters run here, and where they listen."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.app.process.adapter_tokens import AdapterTokens
from hub.app.runtime.networks import SocketFolder, hosted_adapters, unserved
from hub.app.supervisor.hosting import Hosting, SocketsUnusable, socket_folder
from hub.network.model import Network, PartnerAccount, PartnerKind


def test_adapters_named_by_an_address_run_elsewhere() -> None:
    accounts = [
        PartnerAccount("psp", PartnerKind.PAYMENT, "double_payment"),
        PartnerAccount("psp-2", PartnerKind.PAYMENT, "double_payment"),
        PartnerAccount("tax", PartnerKind.TAX, "grpc://tax.example:7000"),
    ]

    assert hosted_adapters(Network.of(accounts=accounts)) == {"double_payment"}


def test_an_adapter_that_is_not_installed_here_is_named_with_those_that_are() -> None:
    accounts = [
        PartnerAccount("psp", PartnerKind.PAYMENT, "double_payment"),
        PartnerAccount("tax", PartnerKind.TAX, "grpc://tax.example:7000"),
        PartnerAccount("wms", PartnerKind.WAREHOUSE, "doubel_warehouse"),
    ]

    (sentence,) = unserved(Network.of(accounts=accounts), hosting=True, elsewhere={"tax.example:7000"})

    assert sentence.startswith(
        "account wms names the adapter 'doubel_warehouse', which is not installed here; there are "
    )
    assert "double_warehouse" in sentence
    assert unserved(Network.of(accounts=accounts), hosting=False, elsewhere={"tax.example:7000"}) == []


@pytest.mark.parametrize("address", ["grpc://tax.example:7000", "grpcs://tax.example:7000", "tax.example:7000"])
def test_an_address_at_another_machine_must_be_one_that_the_settings_name(address: str) -> None:
    network = Network.of(accounts=[PartnerAccount("tax", PartnerKind.TAX, address)])

    assert unserved(network, hosting=True, elsewhere={"tax.example:7000"}) == []
    for others in ((), {"tax.example:7001"}, {"example:7000"}):
        (sentence,) = unserved(network, hosting=False, elsewhere=others)
        assert f"{address}, which is at another machine" in sentence


@pytest.mark.parametrize("address", ["unix:/run/tax.sock", "grpc://127.0.0.1:7000", "localhost:7000", "grpc://[::1]:7"])
def test_an_address_on_this_machine_may_be_named(address: str) -> None:
    network = Network.of(accounts=[PartnerAccount("tax", PartnerKind.TAX, address)])

    assert unserved(network, hosting=True, elsewhere=()) == []


@pytest.mark.parametrize(
    ("adapter", "file"),
    [
        ("double_tax", "double_tax.token"),
        ("grpcs://tax.example:7000", "tax.example-7000.token"),
        ("grpc://[::1]:7000", "[--1]-7000.token"),
    ],
)
def test_each_adapter_is_shown_the_first_token_of_a_file_of_its_own_that_is_read_again(
    tmp_path: Path, adapter: str, file: str
) -> None:
    (tmp_path / "other.token").write_text("of another\n")
    token = AdapterTokens(tmp_path)
    before = token(adapter)
    (tmp_path / file).write_text("new\nold\n")

    assert (AdapterTokens(None)(adapter), before, token(adapter)) == ("", "", "new")


@pytest.mark.parametrize("adapter", ["unix:/run/other.sock", "../secrets/other", "grpc://../secrets/other:1"])
def test_a_socket_or_a_path_is_shown_no_token(tmp_path: Path, adapter: str) -> None:
    (tmp_path / "secrets").mkdir()
    for name in ("other.token", "secrets/other.token", "secrets/other-1.token"):
        (tmp_path / name).write_text("secret\n")

    assert AdapterTokens(tmp_path)(adapter) == ""
    assert AdapterTokens(tmp_path / "secrets")(adapter) == ""


def test_each_hosted_adapter_has_a_socket_under_its_name_whether_it_runs_or_not(tmp_path: Path) -> None:
    addresses = SocketFolder(tmp_path)
    (tmp_path / "double_tax.sock").touch()

    assert addresses.get("double_payment", "") == f"unix:{tmp_path}/double_payment.sock"
    assert list(addresses) == ["double_tax"]


@pytest.mark.parametrize("name", ["grpc://tax.example:7000", "tax.example:7000", "../secrets"])
def test_an_address_has_no_socket(tmp_path: Path, name: str) -> None:
    assert SocketFolder(tmp_path).get(name, name) == name


def test_sockets_lie_in_the_data_folder_where_its_path_is_short(tmp_path: Path) -> None:
    short = Path("/tmp") / tmp_path.name[:8]  # pytest's own folders may be long

    folder = socket_folder(short)

    assert folder == short / "run" / "adapters"
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.rmdir()
    folder.parent.rmdir()
    short.rmdir()


def test_sockets_of_a_data_folder_with_a_long_path_lie_elsewhere_always_at_the_same_place(tmp_path: Path) -> None:
    long = tmp_path / ("long" * 20)

    folder = socket_folder(long)

    assert folder == socket_folder(long)
    assert len(str(folder / "a_rather_long_name_of_an_adapter.sock")) < 107
    assert folder != socket_folder(tmp_path / ("long" * 21))
    folder.rmdir()
    socket_folder(tmp_path / ("long" * 21)).rmdir()


def test_a_folder_that_others_may_enter_is_not_used_for_sockets(tmp_path: Path) -> None:
    long = tmp_path / ("long" * 20)
    folder = socket_folder(long)
    folder.chmod(0o755)

    with pytest.raises(SocketsUnusable, match="not a folder of this user alone"):
        socket_folder(long)
    folder.rmdir()


async def test_a_folder_of_sockets_outside_of_the_data_folder_goes_with_its_owner(tmp_path: Path) -> None:
    long = tmp_path / ("long" * 20)
    folder = socket_folder(long)
    (folder / "double_tax.sock").touch()

    await Hosting(long, folder, long / "logs", long / "traces", long / "tokens", lambda _: None).close()

    assert not folder.exists()

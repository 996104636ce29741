"""Page tokens of every listing, as callers may send them: garbage and tokens of other filters are refused by name."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import grpc

from hub.api.pages import Page
from hub.api.servicers import SERVICES
from tests.support import returns
from tests.support.drafts import draft, line
from tests.unit.api.serving import Served, refusal
from tests.walks.requests import asked, facts

PAGED = {
    f"{name}.{method.name}": method
    for name, service in SERVICES.items()
    for method in service.methods
    if "page" in method.input_type.fields_by_name
}
DECODABLE = (b"[" * 100_000, b'["\\ud800"]', b"{}", b"[]", b"[1]")
GARBAGE = ("\0", "é", *[base64.b64encode(text).decode() for text in DECODABLE])
PARTS = ("\0", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9" * 30, "-" + "9" * 19, "", "[" * 5_000)
BY_NAME = (grpc.StatusCode.INVALID_ARGUMENT, "page.page_token")


async def outcome(hub: Served, rpc: str, listing: Any, token: str) -> tuple[grpc.StatusCode, str] | None:
    """Code and fields of the refusal; None where a page was given."""
    request = type(listing)()
    request.CopyFrom(listing)
    request.page.page_token = token
    try:
        await hub.rpc(rpc)(request)
    except grpc.aio.AioRpcError as error:
        code, _, fields = refusal(error)
        return code, " ".join(fields)
    return None


async def requests(hub: Served) -> dict[str, Any]:
    """A sound request of each listing, by rpc."""
    known = await facts(hub)
    case = await returns.delivered(hub.world, draft("W-2", [line("SHIRT", 1)]))
    known["return_id"] = str((await returns.authorize(hub.world, returns.request(case.order_id))).rma.return_id)
    issue = asked(SERVICES["BalanceService"].methods_by_name["IssueBalance"], known)
    issued = (await hub.rpc("BalanceService.IssueBalance")(issue)).balance
    found: dict[str, Any] = {rpc: asked(method, known) for rpc, method in PAGED.items()}
    found["BalanceService.ListBalanceMovements"].balance_id = issued.balance_id
    put = asked(SERVICES["CreditService"].methods_by_name["PutCreditAccount"], known)
    await hub.rpc("CreditService.PutCreditAccount")(put)
    assert {rpc: await outcome(hub, rpc, listing, "") for rpc, listing in found.items()} == dict.fromkeys(found)
    return found


def keys() -> Iterator[tuple[str, ...]]:
    """Keys of up to four parts that no row has."""
    for part in PARTS:
        for length in range(1, 5):
            yield (part,) * length


async def test_what_is_no_token_is_refused_by_name(hub: Served) -> None:
    for rpc, listing in (await requests(hub)).items():
        tokens = [Page(listing).token(key) for key in keys()]

        assert {await outcome(hub, rpc, listing, token) for token in GARBAGE} == {BY_NAME}, rpc
        assert {await outcome(hub, rpc, listing, token) for token in tokens} <= {None, BY_NAME}, rpc


async def test_a_token_of_another_rpc_or_of_other_filters_is_refused(hub: Served) -> None:
    sound = await requests(hub)
    for rpc, listing in sound.items():
        others = [Page(other).token(("x",)) for name, other in sound.items() if name != rpc]
        bare = type(listing)()
        others += [Page(bare).token(("x",))] if bare != listing else []

        assert {await outcome(hub, rpc, listing, token) for token in others} == {BY_NAME}, rpc

"""The adapter as it is installed: what it offers, and its host, which takes webhooks."""

from __future__ import annotations

import json
import signal
import time
import tomllib
from pathlib import Path

import httpx
import stripe

from adapters.stripe_payment.adapter import SERVICE, StripePayment
from crossdock.partner.payment.v1 import payment_pb2 as pb
from tests.adapters.sdk.processes import command, start
from tests.adapters.sdk.webhooks.hub import hub_with
from tests.adapters.stripe_payment.contract import ROOT

QUALITY = tomllib.loads((ROOT / "adapters/stripe_payment/quality.toml").read_text())


def test_the_quality_file_names_what_the_adapter_offers() -> None:
    rpcs = [method.name for method in pb.DESCRIPTOR.services_by_name["PaymentService"].methods]

    assert QUALITY["service"] == SERVICE
    assert sorted(QUALITY["offered"]) == sorted(rpcs)
    assert {name for name in rpcs if name in vars(StripePayment)} == set(QUALITY["offered"])


async def test_a_host_takes_webhooks_of_stripe_and_ends_in_order(tmp_path: Path) -> None:
    body, at = b'{"id": "evt_1"}', int(time.time())
    made = stripe.WebhookSignature._compute_signature(f"{at}.{body.decode()}", "whsec_1")
    async with hub_with(cards='{"webhook_secret": "env:XD_WHSEC"}') as (hub, _):
        more = ("--webhooks", "127.0.0.1:0", "--hub", hub.address)
        arguments = command(["stripe_payment"], f"unix:{tmp_path}/s", tmp_path, *more)
        process = await start(arguments, XD_WHSEC="whsec_1", CROSSDOCK_HUB_TOKEN="hub-token")
        assert process.stdout
        said = json.loads(await process.stdout.readline())
        async with httpx.AsyncClient(base_url=f"http://{said['webhooks']}") as client:
            headers = {"stripe-signature": f"t={at},v1={made}"}
            statuses = [
                (await client.post("/stripe_payment/cards", content=body, headers=headers)).status_code,
                (await client.post("/stripe_payment/cards", content=body)).status_code,
            ]
        process.send_signal(signal.SIGTERM)
        await process.communicate()

    assert (statuses, process.returncode) == ([200, 403], 0)
    assert [one.content for one in hub.kept] == [body]
    assert set(hub.credentials) == {"Bearer hub-token"}

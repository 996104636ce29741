"""Adyen's notifications become reports about payments; forged ones are refused, and any bytes are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from google.type.money_pb2 import Money
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.adyen_payment.notifications import read_notification
from adapters.adyen_payment.rehearsal import RehearsalAdyen, with_signature
from adapters.adyen_payment.signatures import verify
from adapters.sdk.calls import BadCall
from adapters.sdk.profile import Profile
from adapters.sdk.webhooks.delivery import Delivery, Forged
from crossdock.payments.v1 import payments_pb2 as pb
from tests.adapters.adyen_payment.contract import WEBHOOKS, described, judged
from tests.adapters.adyen_payment.serving import NOON, Served, capture, refund

KEY = "018f0000-0000-7000-8000-000000000001"
HMAC_KEY, OLD_HMAC_KEY, FOREIGN_HMAC_KEY = "A1" * 32, "B2" * 32, "C3" * 32
PROFILE = Profile({"hmac_secret": "env:XD_HMAC", "previous_hmac_secret": "env:XD_OLD_HMAC"})
DISPUTES = {
    "CHARGEBACK": pb.PAYMENT_EVENT_KIND_DISPUTED,
    "CHARGEBACK_REVERSED": pb.PAYMENT_EVENT_KIND_DISPUTE_WON,
    "SECOND_CHARGEBACK": pb.PAYMENT_EVENT_KIND_DISPUTE_LOST,
}
CODES = (
    "AUTHORISATION", "CAPTURE", "CAPTURE_FAILED", "CANCELLATION", "REFUND", "REFUND_FAILED", "REFUNDED_REVERSED",
    *DISPUTES,
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def keys() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XD_HMAC", HMAC_KEY)
        patch.setenv("XD_OLD_HMAC", OLD_HMAC_KEY)
        yield


def item(code: str = "CAPTURE", **changes: Any) -> dict[str, Any]:
    own: dict[str, Any] = {"amount": {"currency": "EUR", "value": 3050}, "eventCode": code, "success": "true"}
    own |= {"merchantAccountCode": "Merchant", "merchantReference": KEY, "pspReference": "CHANGE1"}
    own |= {"originalReference": "PAYMENT1", "reason": "", "eventDate": "2026-03-03T12:00:00+01:00"}
    return {**own, **changes}


def notification(*items: dict[str, Any], key: str = "") -> bytes:
    return RehearsalAdyen().notification(*items, key=key)


def read(*items: dict[str, Any], ignored: frozenset[str] = frozenset()) -> Any:
    return read_notification(notification(*items), "Merchant", ignored)


@pytest.mark.parametrize(
    ("code", "success", "kind", "reference", "code_said"),
    [
        ("AUTHORISATION", "true", pb.PAYMENT_EVENT_KIND_AUTHORIZED, "CHANGE1", ""),
        ("AUTHORISATION", "false", pb.PAYMENT_EVENT_KIND_DECLINED, "CHANGE1", "why"),
        ("CAPTURE", "true", pb.PAYMENT_EVENT_KIND_CAPTURED, "PAYMENT1.CHANGE1", ""),
        ("CAPTURE", "false", pb.PAYMENT_EVENT_KIND_CAPTURE_FAILED, "PAYMENT1.CHANGE1", "why"),
        ("CAPTURE_FAILED", "true", pb.PAYMENT_EVENT_KIND_CAPTURE_FAILED, "PAYMENT1.CHANGE1", "why"),
        ("CANCELLATION", "true", pb.PAYMENT_EVENT_KIND_REVERSED, "PAYMENT1.CHANGE1", ""),
        ("CANCELLATION", "false", pb.PAYMENT_EVENT_KIND_REVERSAL_FAILED, "PAYMENT1.CHANGE1", "why"),
        ("REFUND", "true", pb.PAYMENT_EVENT_KIND_REFUNDED, "PAYMENT1.CHANGE1", ""),
        ("REFUND", "false", pb.PAYMENT_EVENT_KIND_REFUND_FAILED, "PAYMENT1.CHANGE1", "why"),
        ("REFUND_FAILED", "true", pb.PAYMENT_EVENT_KIND_REFUND_FAILED, "PAYMENT1.CHANGE1", "why"),
        ("REFUNDED_REVERSED", "true", pb.PAYMENT_EVENT_KIND_REFUND_FAILED, "PAYMENT1.CHANGE1", "why"),
    ],
)
def test_an_event_is_reported(
    code: str, success: str, kind: pb.PaymentEventKind, reference: str, code_said: str
) -> None:
    (command,) = read(item(code, success=success, reason="why")).commands
    report = command.report_payment
    amount = Money(currency_code="EUR", units=30, nanos=500_000_000)

    assert command.event_id == f"CHANGE1:{code}:{success}"
    assert (report.transaction_id, report.kind, report.provider_reference) == (KEY, kind, reference)
    assert report.failure_code == code_said
    assert report.HasField("amount") == (not code_said and code != "CANCELLATION")
    assert not report.HasField("amount") or report.amount == amount


@pytest.mark.parametrize("code", DISPUTES)
def test_a_dispute_is_reported_of_the_payment_with_its_reason_and_deadline(code: str) -> None:
    told = {"defensePeriodEndsAt": "2026-03-20T02:00:00+02:00"}
    value = item(code, pspReference="DISPUTE1", originalReference="", reason="fraud", additionalData=told)
    (command,) = read(value).commands
    report = command.report_payment

    assert (report.transaction_id, report.kind, report.provider_reference) == (KEY, DISPUTES[code], "DISPUTE1")
    assert report.amount == Money(currency_code="EUR", units=30, nanos=500_000_000)
    assert (report.failure_code, report.expire_time.ToJsonString()) == ("fraud", "2026-03-20T00:00:00Z")


def test_the_items_of_one_notification_are_read_each_for_itself() -> None:
    reading = read(item("CAPTURE"), item("EXPIRE"), item("REFUND"))

    assert [command.location for command in reading.commands] == ["$.notificationItems[0]", "$.notificationItems[2]"]
    assert [problem.location for problem in reading.problems] == ["$.notificationItems[1]"]


@pytest.mark.parametrize(
    ("value", "ignored"),
    [
        (item(merchantReference="shop order 7"), ""),
        (item(merchantReference=""), ""),
        (item("EXPIRE"), "EXPIRE"),
    ],
)
def test_what_is_another_systems_or_ignored_is_passed_over(value: dict[str, Any], ignored: str) -> None:
    reading = read(value, ignored=frozenset({ignored}))
    assert (reading.commands, reading.problems) == ((), ())


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (item(merchantAccountCode="Another"), "not the account's"),
        (item("CHARGEBACK", success="false"), "is false"),
        (item("CHARGEBACK", additionalData={"defensePeriodEndsAt": "soon"}), "'soon' is no instant"),
        (item("EXPIRE"), "'EXPIRE'"),
        (item(success="perhaps"), "success is missing"),
        (item(pspReference=""), "no event of Adyen's"),
        (item(originalReference=""), "names the payment"),
        (item(amount={"currency": "EUR", "value": -1}), "none of Adyen's amounts"),
        (item(amount={"currency": "euro", "value": 1}), "none of Adyen's amounts"),
        (item(amount=None), "none of Adyen's amounts"),
    ],
)
def test_what_cannot_be_reported_is_a_problem(value: dict[str, Any], said: str) -> None:
    reading = read(value)
    assert reading.commands == ()
    assert said in reading.problems[0].reason


def test_adyens_own_examples_are_read() -> None:
    if not WEBHOOKS.exists():
        pytest.skip("Adyen's examples were not read: set CROSSDOCK_PARTNER_CONTRACTS to the folder of contracts")
    examples = described(WEBHOOKS)["components"]["examples"]
    own = {"merchantReference": KEY}
    for code in CODES:
        value = examples[f"post-{code}-{code.lower()}"]["value"]
        (wrapped,) = value["notificationItems"]
        changed = {
            **value,
            "notificationItems": [{"NotificationRequestItem": wrapped["NotificationRequestItem"] | own}],
        }
        reading = read_notification(json.dumps(changed).encode(), "YOUR_MERCHANT_ACCOUNT", frozenset())
        assert (len(reading.commands), reading.problems) == (1, ()), code


async def test_the_rehearsal_tells_what_adyen_would(served: Served) -> None:
    if not WEBHOOKS.exists():
        pytest.skip("notifications were not judged: set CROSSDOCK_PARTNER_CONTRACTS to the folder of contracts")
    captured = await served.stub.Capture(capture(await served.authorized()))
    await served.stub.Refund(refund(captured.answer.partner_reference))
    schema = {"$ref": "#/components/schemas/ModificationNotificationRequest"}
    for told in served.adyen.told[1:]:
        assert judged(WEBHOOKS, json.loads(notification(with_signature(told, HMAC_KEY))), schema) == []


@given(
    content=st.binary() | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps).map(str.encode)
)
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_and_none_is_signed(content: bytes) -> None:
    assert not read_notification(content, "Merchant", frozenset()).commands
    with pytest.raises(Forged):
        verify(Delivery({}, content, NOON), PROFILE)


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from((KEY, "true", "Merchant"))
)
NAMES = st.sampled_from(tuple(item()))


@given(st.sampled_from(CODES), st.dictionaries(NAMES, LEAVES | st.dictionaries(st.sampled_from(("value",)), LEAVES)))
@settings(max_examples=200, deadline=None)
def test_any_item_is_read(code: str, changes: dict[str, Any]) -> None:
    reading = read(item(**{"code": code, **changes}) if "code" not in changes else item())

    assert all(command.report_payment.transaction_id == KEY for command in reading.commands)


def test_half_a_character_and_nesting_without_end_are_problems() -> None:
    assert len(read(item(reason="\ud800")).problems) == 1
    assert len(read_notification(b"[" * 200_000, "Merchant", frozenset()).problems) == 1


def known(content: bytes, profile: Profile = PROFILE) -> bool:
    try:
        verify(Delivery({}, content, NOON), profile)
    except Forged:
        return False
    return True


def test_both_keys_are_known_while_they_change_and_no_other() -> None:
    assert known(notification(item(), item("REFUND"), key=HMAC_KEY))
    assert known(notification(item(), key=OLD_HMAC_KEY))
    assert not known(notification(item(), key=FOREIGN_HMAC_KEY))
    assert not known(notification(item(), key=HMAC_KEY), Profile({}))


def test_one_item_without_its_signature_makes_the_delivery_foreign() -> None:
    signed = with_signature(item(), HMAC_KEY)
    assert not known(notification(signed, item("REFUND")))
    assert not known(notification(signed, {**signed, "additionalData": {"hmacSignature": "no base64!"}}))


@pytest.mark.parametrize(
    "change",
    [
        {"amount": {"currency": "EUR", "value": 3051}},
        {"amount": {"currency": "USD", "value": 3050}},
        {"success": "false"},
        {"eventCode": "REFUND"},
        {"merchantReference": KEY.replace("1", "2")},
        {"merchantAccountCode": "Another"},
        {"pspReference": "CHANGE2"},
        {"originalReference": "PAYMENT2"},
    ],
)
def test_whatever_is_acted_on_is_signed(change: dict[str, Any]) -> None:
    assert not known(notification({**with_signature(item(), HMAC_KEY), **change}))


def test_adyens_published_signature_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XD_HMAC", "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056")
    published = item("AUTHORISATION", pspReference="7914073381342284", originalReference="")
    published |= {"merchantAccountCode": "TestMerchant", "merchantReference": "TestPayment-1407325143704"}
    published |= {"amount": {"currency": "EUR", "value": 1130}}
    signature = {"hmacSignature": "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0="}

    assert known(notification({**published, "additionalData": signature}))


def test_a_key_that_is_not_hexadecimal_is_a_wrong_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XD_HMAC", "secret")
    with pytest.raises(BadCall, match="hexadecimal"):
        verify(Delivery({}, notification(item(), key=OLD_HMAC_KEY), NOON), PROFILE)

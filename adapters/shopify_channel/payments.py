"""How a Shopify order is paid: its successful transactions where the document carries them, else its gateway.

Card data in the document is never looked at; a token that looks like a card number is refused.
"""

from __future__ import annotations

from google.type.money_pb2 import Money

from adapters.sdk.documents.cards import has_card_number
from adapters.sdk.documents.facts import why_held
from adapters.sdk.documents.reading import decimal_of, money_of, shown
from adapters.shopify_channel.edits import current
from adapters.shopify_channel.places import Place
from adapters.shopify_channel.settings import HOLDERS, MOST_KIND, Gateway, Settings
from crossdock.orders.v1.orders_pb2 import (
    INSTRUMENT_HOLDER_CHANNEL,
    INSTRUMENT_HOLDER_HUB,
    INSTRUMENT_HOLDER_TERMS,
    InstrumentDraft,
    InstrumentHolder,
)

PAYING_KINDS = frozenset({"authorization", "sale"})
RETURNING_KINDS = frozenset({"refund", "void"})
MOST_INSTRUMENTS = 10
PARTIALLY_PAID = "partially_paid"


def instruments_of(order: Place, settings: Settings, currency_code: str) -> list[InstrumentDraft]:
    """Reads the means of payment in the order of their use.

    Refuses an order whose financial status is none that can be fulfilled, or has no reading in the profile.
    """
    status = order.at("financial_status")
    holder_name = settings.financial_statuses.get(status.text())
    if holder_name is None:
        status.refuse(f"is {shown(status.value)}: no order to fulfill, unless the profile's financial_statuses says so")
        return []
    holder = HOLDERS[holder_name]
    _refuse_money_that_went_back(order)
    paid = [place for place in order.each("transactions") if _pays(place, settings)]
    if len(paid) > MOST_INSTRUMENTS:
        order.at("transactions").refuse(f"has {len(paid)} payments, more than {MOST_INSTRUMENTS}")
        return []
    if not paid:
        return _unsplit(order, settings, holder, currency_code)
    if _is_one_in_another_currency(paid, status.text(), currency_code):
        return [_paid_by(order, paid[0], settings, holder)]
    return [_paid_instrument(order, place, settings, holder, currency_code) for place in paid]


def _refuse_money_that_went_back(order: Place) -> None:
    for place in order.each("transactions"):
        kind = place.at("kind")
        if kind.text() in RETURNING_KINDS and place.at("status").text() == "success":
            kind.refuse(
                f"is {shown(kind.value)}: money went back in the shop; enter by hand what is still to be shipped"
            )


def _paid_instrument(
    order: Place, transaction: Place, settings: Settings, holder: InstrumentHolder, currency_code: str
) -> InstrumentDraft:
    instrument = _paid_by(order, transaction, settings, holder)
    amount = _transaction_amount(transaction, currency_code)
    if amount is not None:
        instrument.amount.CopyFrom(amount)
    return instrument


def _is_one_in_another_currency(paid: list[Place], status: str, currency_code: str) -> bool:
    """Answers whether one payment alone paid all of the order, and states its amount only as the buyer saw it."""
    if len(paid) != 1 or status == PARTIALLY_PAID:
        return False
    currency = paid[0].at("currency").text()
    return currency not in {"", currency_code} and not paid[0].at("amount_set").at("shop_money").is_there


def _paid_by(order: Place, transaction: Place, settings: Settings, holder: InstrumentHolder) -> InstrumentDraft:
    """Answers the instrument of a transaction, without its amount: what the instruments before it leave."""
    instrument = _instrument(order, transaction.at("gateway"), settings, holder)
    if instrument.holder == INSTRUMENT_HOLDER_CHANNEL:
        instrument.reference = transaction.at("id").identifier(120) or instrument.reference
    return instrument


def _transaction_amount(transaction: Place, currency_code: str) -> Money | None:
    """Answers an amount in the order's currency; one that the buyer saw in another is read from its shop_money."""
    currency = transaction.at("currency").text()
    if currency in {"", currency_code}:
        return transaction.at("amount").amount(currency_code)
    shop_money = transaction.at("amount_set").at("shop_money")
    if shop_money.is_there:
        return shop_money.shop_amount(currency_code)
    reason = f"is {shown(currency)}, and the order's amounts are in {currency_code}; send amount_set with shop_money"
    transaction.at("currency").refuse(reason)
    return None


def _unsplit(order: Place, settings: Settings, holder: InstrumentHolder, currency_code: str) -> list[InstrumentDraft]:
    """Answers the one instrument of an order without transactions.

    Several gateways become one instrument of all their names, since nothing says what each paid, and hold the order.
    """
    names = list(dict.fromkeys(place.text() for place in order.each("payment_gateway_names") if place.text()))
    instrument = _instrument(order, _gateway_place(order), settings, holder)
    if len(names) > 1:
        holders = {settings.gateways.get(name, Gateway()).holder or holder for name in names}
        _hold_unsplit(order, names, holders, settings)
        kinds = "+".join(names).upper()
        instrument.kind = kinds if len(kinds) <= MOST_KIND else "SEVERAL"
    if order.at("financial_status").text() == PARTIALLY_PAID:
        paid = _paid_in_part(order, currency_code)
        if paid is not None:
            instrument.amount.CopyFrom(paid)
    return [instrument]


def _hold_unsplit(order: Place, names: list[str], holders: set[InstrumentHolder], settings: Settings) -> None:
    """Holds an order of several gateways without transactions; refuses one where the hub would draw a share."""
    place, fact = order.at("payment_gateway_names"), "order.payment_gateway_names"
    if len(holders) > 1 or INSTRUMENT_HOLDER_HUB in holders:
        reason = f"names {len(names)} gateways, and no transaction says what each paid"
        place.refuse(f"{reason}; the hub would draw a share of its own: send the order with transactions")
    elif fact not in settings.ignored_facts:
        reason = f"no transaction says what each paid; {why_held(fact)}"
        place.hold(shown(", ".join(names), 70), reason)


def _paid_in_part(order: Place, currency_code: str) -> Money | None:
    """Answers what was paid of an order: its total less what is outstanding."""
    total, outstanding = (
        decimal_of(current(order, "total_price").value),
        decimal_of(order.at("total_outstanding").value),
    )
    if total is None or outstanding is None or not 0 <= outstanding <= total:
        reason = "is partially_paid, and neither transactions nor total_outstanding say how much; send transactions"
        order.at("financial_status").refuse(reason)
        return None
    return money_of(total - outstanding, currency_code)


def _instrument(order: Place, gateway_place: Place, settings: Settings, holder: InstrumentHolder) -> InstrumentDraft:
    """Answers the instrument of a gateway; a holder the profile gives it wins over the one of the financial status."""
    name = gateway_place.text()
    gateway = settings.gateways.get(name, Gateway())
    holder = gateway.holder or holder
    if holder == INSTRUMENT_HOLDER_TERMS:
        return InstrumentDraft(holder=holder, kind=gateway.kind or "INVOICE", reference=_terms(order))
    kind = gateway.kind or gateway_place.identifier(MOST_KIND).upper() or "UNKNOWN"
    if holder == INSTRUMENT_HOLDER_HUB:
        return InstrumentDraft(holder=holder, kind=kind, token=_token(order, gateway, gateway_place))
    return InstrumentDraft(holder=holder, kind=kind, reference=order.at("id").identifier(120))


def _token(order: Place, gateway: Gateway, gateway_place: Place) -> str:
    """Answers the provider's token: from the note attribute that the profile names, else from the profile."""
    token = gateway.provider_reference
    for place in order.each("note_attributes") if gateway.token_attribute else ():
        if place.at("name").text() == gateway.token_attribute:
            token = place.at("value").text()
    if len(token) > 200 or has_card_number(token):
        gateway_place.refuse("is held by the hub, but its token is no token of a provider")
        return ""
    return token


def _gateway_place(order: Place) -> Place:
    names = list(order.each("payment_gateway_names"))
    return order.at("gateway") if order.at("gateway").text() or not names else names[0]


def _pays(place: Place, settings: Settings) -> bool:
    """Answers whether a transaction is one of the order's payments: done, or still the hub's to do."""
    if place.at("kind").text() not in PAYING_KINDS:
        return False
    gateway = settings.gateways.get(place.at("gateway").text(), Gateway())
    is_ours = gateway.holder == INSTRUMENT_HOLDER_HUB
    return place.at("status").text() == "success" or (is_ours and place.at("status").text() == "pending")


def _terms(order: Place) -> str:
    return order.at("payment_terms").at("payment_terms_name").words(120)

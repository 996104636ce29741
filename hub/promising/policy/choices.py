"""Whether an order is what was quoted, and whether what was promised can still be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub.kernel.instant import Instant
from hub.network.model.carriers import Destination
from hub.promising.errors import PromiseLost, QuoteExpired, QuoteMismatch, QuoteNotFound, QuoteTaken
from hub.promising.model import DeliveryMode, FrozenQuote, PromiseOption


def chosen(
    frozen: FrozenQuote | None, number: int, *, principal: str, channel_id: str, to: Destination | None, at: Instant
) -> tuple[FrozenQuote, PromiseOption]:
    """Return the quote and the option of it that an order may take; `to` is None where it is collected.

    Raises QuoteNotFound where there is none of this principal and channel, QuoteTaken, QuoteExpired, and
    QuoteMismatch for another destination or an option that it has not.
    """
    if frozen is None or (frozen.principal, frozen.channel_id) != (principal, channel_id):
        raise QuoteNotFound("No such quote was kept for you and this channel; freeze one with FreezePromise.")
    quote_id = frozen.quote_id
    if frozen.order_id is not None:
        raise QuoteTaken("Another order took the quote; freeze another.", quote_id=quote_id)
    if frozen.quote.expires_at <= at:
        raise QuoteExpired(
            "The quote holds no more; freeze another, and tell the buyer its dates.",
            quote_id=quote_id,
            expire_time=frozen.quote.expires_at.isoformat(),
        )
    quoted = Destination(frozen.country, frozen.zone_id)
    if to is not None and quoted != to:
        differs = "country" if quoted.country_code != to.country_code else "zone"
        raise QuoteMismatch(f"It was quoted to {quoted}, not to {to}.", quote_id=quote_id, differs=differs)
    for option in frozen.quote.options:
        if option.number == number:
            return frozen, option
    raise QuoteMismatch(f"The quote has no option {number}.", quote_id=quote_id, differs="option_number")


def refuse_other_units(frozen: FrozenQuote, option: PromiseOption, ordered: Mapping[str, int]) -> None:
    """Raises QuoteMismatch where an order has other units of a SKU than were quoted, bundles as what is in them."""
    quoted: dict[str, int] = {}
    for part in option.parts:
        quoted[part.sku] = quoted.get(part.sku, 0) + part.quantity
    for sku in sorted(quoted.keys() | ordered.keys()):
        was, is_now = quoted.get(sku, 0), ordered.get(sku, 0)
        if was != is_now:
            raise QuoteMismatch(
                f"{was} units of {sku} were quoted and {is_now} are ordered; order what was quoted, or quote again.",
                quote_id=frozen.quote_id,
                differs="lines",
                sku=sku,
            )


def deadlines(option: PromiseOption) -> dict[str, Instant]:
    """Return the end of the day by which the last units of each SKU are promised."""
    last: dict[str, Instant] = {}
    for part in option.parts:
        last[part.sku] = max(part.dates.deliver_by, last.get(part.sku, part.dates.deliver_by))
    return last


def waits_until(option: PromiseOption) -> Instant:
    """Return when units that are to come have to leave: where parts leave apart, the second time at which some do."""
    times = sorted({part.dates.ship_at for part in option.parts})
    return times[1] if len(times) > 1 else times[0]


def keeps(option: PromiseOption, promised: PromiseOption) -> bool:
    """Whether a way to deliver keeps what was promised: no SKU later; and in one piece where that was promised."""
    by_then = deadlines(promised)
    in_time = all(last <= by_then[sku] for sku, last in deadlines(option).items())
    return in_time and not (promised.mode is DeliveryMode.TOGETHER and option.mode is DeliveryMode.IN_PARTS)


def lost(frozen: FrozenQuote, promised: PromiseOption, options: Sequence[PromiseOption]) -> PromiseLost:
    """Return the refusal of an order whose promise cannot be kept, with the next best of the options there are now."""
    following: dict[str, object] = {}
    if options:
        best = min(options, key=lambda option: (option.deliver_by, option.number))
        following = {
            "next_mode": best.mode.value,
            "next_service_code": best.service_code,
            "next_deliver_by_time": best.deliver_by.isoformat(),
            "next_delivery_fee": best.fee or "",
        }
    return PromiseLost(
        f"What was promised by {promised.deliver_by:%Y-%m-%d} cannot arrive by then any more; offer the buyer the next"
        " best, and freeze it.",
        quote_id=frozen.quote_id,
        **following,
    )

"""Why something cannot be done, as a customer is told it.

What concerns their own goods is told by its reason, in words without nodes, holds and names of rules. What is not their
own, or not there, is one refusal. What concerns the seller's work is another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from hub.customers.errors import ActionNotPossible, NotTheirOwn
from hub.kernel.errors import Refusal

_NOT_THEIRS: Final = frozenset({"ORDER_NOT_FOUND", "CHANGE_NOT_FOUND", "RETURN_NOT_FOUND", "CUSTOMER_MISMATCH"})
_WORDS: Final[Mapping[str, str]] = {
    "ORDER_LINE_NOT_FOUND": "The order has no such line.",
    "ORDER_ACTION_NOT_ALLOWED": "The order has ended; nothing of it can be changed any more.",
    "QUANTITY_NOT_CANCELABLE": "Fewer units than these can still be canceled; send them back once they have arrived.",
    "CHANGE_TOO_LATE": "Some of these units are being packed or have left; send them back once they have arrived.",
    "CHANGE_OUTDATED": "The order has changed meanwhile; look at it, and propose the change again.",
    "CHANGE_EXPIRED": "The change was not confirmed in time; propose it again.",
    "CHANGE_EMPTY": "The change leaves the order as it is.",
    "CHANGE_NOT_PAYABLE": "What pays for the order cannot pay for this too; place another order for what is added.",
    "CHANGE_NOT_ALLOWED": "The shop does not allow this, or not any more; ask the shop.",
    "INSUFFICIENT_STOCK": "Not enough of this is in stock.",
    "UNKNOWN_SKU": "There is no such item.",
    "ITEM_ENDED": "This item is not sold any more.",
    "PRICE_MISSING": "This item has no price, so it cannot be added.",
    "UNITS_NOT_DELIVERED": "Some of these units have not arrived; cancel them, or wait for them.",
    "UNITS_ALREADY_RETURNED": "Some of these units are in a return already, or were credited.",
    "RETURN_WINDOW_CLOSED": "The time in which these units could be sent back is over.",
    "RETURN_PREVIEW_OUTDATED": "The return would bring another amount by now; look at its preview again.",
    "RETURN_ACTION_NOT_ALLOWED": "The return was handed in, or has ended, and cannot be taken back any more.",
    "WITHDRAWAL_RULE_MISSING": "No right to withdraw is known for this order; ask the shop.",
    "WITHDRAWAL_NOT_POSSIBLE": "The period is over, or these units are exempt or come back already; ask for a return.",
}
"""Reason -> what a customer is told."""
_AS_THEY_ARE: Final = frozenset({"RETURN_NOT_PERMITTED", "REQUEST_ID_REUSED", "CUSTOMER_ACTION_NOT_POSSIBLE"})
"""Reasons with words that are written for customers, or for programs."""
_FACTS: Final = ("line_number", "sku", "cancelable", "possible", "free", "wanted", "order_version")
"""Facts that a customer is told beside."""


@contextmanager
def told_to_customers() -> Iterator[None]:
    """Raise what is refused in the block as a customer is told it."""
    try:
        yield
    except Refusal as refusal:
        raise as_told(refusal) from None


def as_told(refusal: Refusal) -> Refusal:
    """Return a refusal as a customer is told it."""
    if refusal.reason in _NOT_THEIRS:
        return NotTheirOwn()
    if refusal.reason in _WORDS:
        facts = {name: refusal.metadata[name] for name in _FACTS if name in refusal.metadata}
        return type(refusal)(_WORDS[refusal.reason], **facts)
    if not refusal.kept or refusal.reason in _AS_THEY_ARE:
        return refusal
    return ActionNotPossible()

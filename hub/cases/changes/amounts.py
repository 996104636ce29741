"""The money of a change: what the customer pays for an order, and what its instruments lack or have left."""

from __future__ import annotations

from collections.abc import Mapping

from hub.cases.case import Case
from hub.cases.money.authorizing import charge_difference
from hub.cases.worth import still_to_ship, withheld
from hub.changes.errors import ChangeNotPayable
from hub.kernel.instant import Instant
from hub.kernel.money import Money, first_units
from hub.orders.model import Order
from hub.payments.model import Holder
from hub.payments.policy import pledged


def agreed(order: Order, units: Mapping[int, int]) -> tuple[int, int]:
    """Return what the customer pays for so many units by line, with the charges, and the tax in it."""
    value = tax = 0
    for line in order.lines:
        count = units.get(line.line_number, 0)
        value += first_units(line.total_minor, line.quantity, count)
        tax += first_units(line.tax_minor, line.quantity, count)
    if not any(units.values()):
        return 0, 0
    charges = order.charges
    return value + sum(one.total_minor for one in charges), tax + sum(one.tax_minor for one in charges)


def balance(case: Case) -> int:
    """Return what the instruments of an order pay beyond what is still to be paid; less than 0 where they lack it."""
    pays = sum(pledged(case.payments, instrument) for instrument in case.payments.instruments)
    return pays - still_to_ship(case) - sum(withheld(case).values())


def pay_more(case: Case, before: int, at: Instant) -> int:
    """Have an instrument pay what an order lacks that did not lack it `before`, and return that amount.

    What it pays for is handed to nodes once it is authorized. Raises ChangeNotPayable.
    """
    lacking = max(0, min(0, before) - balance(case))
    if not lacking:
        return 0
    amount = Money(lacking, case.order.currency)
    traded = any(one.holder is Holder.RETURN for one in case.payments.instruments)
    if traded or charge_difference(case, lacking, at) is None:
        raise ChangeNotPayable(
            f"The order has no card and no invoice that pays {amount} more; place another order for what is added.",
            amount=amount,
        )
    return lacking

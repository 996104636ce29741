"""What a change makes of lines: which units go, and what more units of a line cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec.structs import replace

from hub.changes.errors import ChangeOutdated, ChangeTooLate
from hub.changes.model import ChangedLine
from hub.kernel.instant import Instant
from hub.kernel.money import minor_of
from hub.orders.model import OrderLine


def refuse_other_version(looked_at: int, stands_at: int) -> None:
    """Raises ChangeOutdated where the order has another version than the one that was looked at."""
    if looked_at != stands_at:
        raise ChangeOutdated(
            f"The order changed since: it has version {stands_at}, not {looked_at}. Read it and propose again.",
            order_version=stands_at,
            looked_at_version=looked_at,
        )


def refuse_taken(line_number: int, wanted: int, free: int) -> None:
    """Raises ChangeTooLate where a change takes away more units of a line than are free."""
    if wanted > free:
        raise ChangeTooLate(
            f"Of line {line_number}, {free} units can still be taken away, not {wanted}: the others are with a node or"
            " have left. Ask the node with CancelLines, or have them sent back once they are delivered.",
            line_number=line_number,
            free=free,
            wanted=wanted,
        )


def refuse_later(previewed: Iterable[ChangedLine], promised: Mapping[int, Instant], waiting: Mapping[int, int]) -> None:
    """Raises ChangeOutdated where added units would arrive later than was previewed, or more of them would wait."""
    for line in previewed:
        day = promised.get(line.line_number)
        later = line.promised_at is not None and (day is None or day > line.promised_at)
        if later or waiting.get(line.line_number, 0) > line.waiting:
            raise ChangeOutdated(
                f"{line.sku} cannot arrive any more by the day that was previewed; propose the change again.",
                sku=line.sku,
                previewed_time=line.promised_at,
                possible_time=day,
            )


def more_of(line: OrderLine, quantity: int, currency: str) -> OrderLine:
    """Return a line of so many more units at the price of `line`, with its proportion of tax, without its discounts."""
    gross = minor_of(line.unit_price * line.quantity, currency)
    worth = gross - line.discount_minor
    on_top = line.total_minor - worth
    price = minor_of(line.unit_price * quantity, currency)
    added, contained = (_proportion(price, part, worth) for part in (on_top, line.tax_minor - on_top))
    return replace(
        line,
        quantity=quantity,
        discount_minor=0,
        discounts=(),
        taxes=(),
        tax_minor=added + contained,
        import_minor=_proportion(price, line.import_minor, worth),
        total_minor=price + added,
    )


def numbered(lines: Iterable[OrderLine], standing: Sequence[OrderLine]) -> tuple[OrderLine, ...]:
    """Return lines under the numbers that follow those of the lines that stand."""
    first = max((line.line_number for line in standing), default=0) + 1
    return tuple(replace(line, line_number=number) for number, line in enumerate(lines, first))


def _proportion(amount: int, part: int, whole: int) -> int:
    """What `part` of `whole` comes to for an amount, half up; nothing where the whole is nothing."""
    return int((Decimal(amount) * part / whole).quantize(Decimal(1), ROUND_HALF_UP)) if whole else 0

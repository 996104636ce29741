"""Whether what a tax engine determined can be the tax of what it was asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub.kernel.money import Money, total
from hub.messages.tax import DeterminedTax


def flaws(amounts: Mapping[int, Money], taxes: Sequence[DeterminedTax]) -> list[str]:
    """Return what is wrong with determined taxes, given what each line costs with tax; nothing where they may be so.

    Taxes are in the currency of their line, not negative, and together no more than the line; every line has one, and
    no other.
    """
    found = [f"line {number} has no tax" for number in sorted(amounts.keys() - {tax.line_number for tax in taxes})]
    for number in sorted({tax.line_number for tax in taxes}):
        found += _flaws_of_line(number, amounts.get(number), [tax.tax for tax in taxes if tax.line_number == number])
    return found


def _flaws_of_line(number: int, amount: Money | None, taxes: Sequence[Money]) -> list[str]:
    if amount is None:
        return [f"line {number} was not asked about"]
    wrong = [f"line {number} has a tax of {tax}" for tax in taxes if tax.currency != amount.currency or tax.minor < 0]
    if wrong:
        return wrong
    tax = total(taxes, amount.currency)
    return [f"line {number} has a tax of {tax} in {amount}"] if tax > amount else []

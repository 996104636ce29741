"""Reads the cells of one row of a rule file; what cannot be read is named with its column and its mend."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeVar

from hub.kernel.codes import COUNTRIES, CURRENCIES
from hub.trade.model.rules import Flow, Rounding, RoundingMode

E = TypeVar("E", bound=Enum)


class Unreadable(ValueError):
    """A cell that does not hold what its column needs; the message names the column and the mend."""


class Cells:
    """The cells of a row by the name of their column. Each method raises Unreadable."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = {name: cell.strip() for name, cell in cells.items()}

    def text(self, column: str) -> str:
        """Return a text that is not empty."""
        if text := self._cells[column]:
            return text
        raise Unreadable(f"{column} is empty; state it")

    def digits(self, column: str, pattern: str) -> str:
        """Return digits that match a pattern; empty where the pattern takes nothing."""
        text = self._cells[column]
        if re.fullmatch(pattern, text):
            return text
        raise Unreadable(f"{column} is {text!r}; write digits alone ({pattern})")

    def number(self, column: str) -> Decimal:
        """Return a decimal number of at least 0; an empty cell is 0."""
        text = self._cells[column] or "0"
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal(-1)
        if number.is_finite() and number >= 0:
            return number
        raise Unreadable(f"{column} is {text!r}; write a number of at least 0, for example 8.1")

    def day(self, column: str) -> date:
        """Return a day."""
        text = self._cells[column]
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Unreadable(f"{column} is {text!r}; write a day as 2026-07-01") from None

    def optional_day(self, column: str) -> date | None:
        """Return a day; None where the cell is empty."""
        return self.day(column) if self._cells[column] else None

    def yes(self, column: str) -> bool:
        """Return whether a cell says yes."""
        text = self._cells[column]
        if text in {"yes", "no"}:
            return text == "yes"
        raise Unreadable(f"{column} is {text!r}; write yes or no")

    def value(self, column: str, kind: type[E]) -> E:
        """Return the value of an enum."""
        text = self._cells[column]
        if text in kind.__members__:
            return kind[text]
        raise Unreadable(f"{column} is {text!r}; write one of {', '.join(kind.__members__)}")

    def flows(self, column: str) -> frozenset[Flow]:
        """Return the flows that a cell names; `*` names all."""
        words = self.text(column).split()
        if words == ["*"]:
            return frozenset(Flow)
        if unknown := [word for word in words if word not in Flow.__members__]:
            raise Unreadable(f"{column} has {unknown[0]!r}; write * or some of {' '.join(Flow.__members__)}")
        return frozenset(Flow[word] for word in words)

    def countries(self, column: str) -> frozenset[str]:
        """Return country codes; none where the cell is empty."""
        words = self._cells[column].split()
        if unknown := [word for word in words if word not in COUNTRIES]:
            raise Unreadable(f"{column} has {unknown[0]!r}; write codes of ISO 3166-1 with spaces between, as NL BE")
        return frozenset(words)

    def country(self, column: str) -> str:
        """Return one country code."""
        countries = self.countries(column)
        if len(countries) == 1:
            return min(countries)
        raise Unreadable(f"{column} names {len(countries)} countries; name one")

    def regions(self, column: str, *, of: str) -> frozenset[str]:
        """Return codes of regions, which the countries of another column have; none where the cell is empty."""
        words = self._cells[column].split()
        if words and not self._cells[of]:
            raise Unreadable(f"{column} names regions without a country; name the country in {of}")
        return frozenset(words)

    def flag(self, column: str, *, unless: Sequence[str]) -> str:
        """Return the name of an attribute; empty only where one of the columns `unless` says what is meant."""
        text = self._cells[column]
        if text or any(self._cells[name] for name in unless):
            return text
        raise Unreadable(f"{column}, {' and '.join(unless)} are empty, so that all goods are meant; fill one in")

    def currency(self, column: str) -> str:
        """Return a currency code."""
        text = self._cells[column]
        if text in CURRENCIES:
            return text
        raise Unreadable(f"{column} is {text!r}; write a code of ISO 4217, as EUR")

    def registration(self, column: str) -> str:
        """Return the number of a registration: capital letters and digits."""
        text = self._cells[column]
        if re.fullmatch("[A-Z0-9]{5,20}", text):
            return text
        raise Unreadable(f"{column} is {text!r}; write 5 to 20 capital letters and digits, as IM2760000742")

    def rounding(self, column: str) -> Rounding:
        """Return a rounding: unit and mode, as `0.05 HALF_UP`."""
        unit, _, mode = self._cells[column].partition(" ")
        try:
            rounding = Rounding(Decimal(unit), RoundingMode(mode))
        except (InvalidOperation, ValueError):
            rounding = Rounding(Decimal(0), RoundingMode.HALF_UP)
        if rounding.unit > 0:
            return rounding
        raise Unreadable(f"{column} is {self._cells[column]!r}; write a unit and HALF_UP, DOWN or UP, as 0.01 HALF_UP")

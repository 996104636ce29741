"""Draws the figures of rows as a picture: per row the span of its rounds and their median, against the bar.

Rows differ by orders of magnitude, so each is shown in units of its own bar, on a scale of powers of two. Knows no
library: a picture is text.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any, Final

WIDTH: Final = 760
_LEFT: Final = 150
_RIGHT: Final = 170
_TOP: Final = 46
_LINE: Final = 34
_LEAST: Final = 1 / 16
_MOST: Final = 4.0
_TICKS: Final = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4)
_COLORS: Final = {"pass": "#2f7d4f", "fail": "#b3412e", "refused": "#8a8a8a"}


def picture(told: Mapping[str, Mapping[str, Any]], at_most: frozenset[str]) -> str:
    """An SVG of rows as the bench prints them; `at_most` names those whose bar is a ceiling.

    Right of the line in the middle is better than the bar asks for, whichever way the bar is meant.
    """
    rows = [(name, row) for name, row in told.items() if row["value"] is not None]
    height = _TOP + _LINE * len(rows) + 24
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif"'
            ' font-size="13">'
        ),
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    for tick in _TICKS:
        strong = tick == 1
        color, width = ("#333333", 2) if strong else ("#dddddd", 1)
        parts.append(
            f'<line x1="{_x(tick):.1f}" x2="{_x(tick):.1f}" y1="{_TOP - 12}" y2="{height - 20}"'
            f' stroke="{color}" stroke-width="{width}"/>'
        )
        label = "the bar" if strong else f"{tick:g}" if tick > 1 else f"1/{1 / tick:g}"
        parts.append(f'<text x="{_x(tick):.1f}" y="{_TOP - 20}" text-anchor="middle" fill="#333333">{label}</text>')
    for number, (name, row) in enumerate(rows):
        parts += _row(name, row, _TOP + _LINE * number + _LINE // 2, at_most=name in at_most)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _row(name: str, row: Mapping[str, Any], y: int, *, at_most: bool) -> list[str]:
    places = sorted(_x(_share(row[key], row["bar"], at_most=at_most)) for key in ("min", "value", "max"))
    color = _COLORS[row["judged"]]
    bound = "at most" if at_most else "at least"
    return [
        f'<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end" fill="#111111">{escape(name)}</text>',
        (
            f'<line x1="{places[0]:.1f}" x2="{places[2]:.1f}" y1="{y}" y2="{y}" stroke="{color}" stroke-width="6"'
            ' stroke-linecap="round" opacity="0.4"/>'
        ),
        f'<circle cx="{places[1]:.1f}" cy="{y}" r="6" fill="{color}"/>',
        f'<text x="{WIDTH - _RIGHT + 14}" y="{y + 4}" fill="{color}">{row["value"]:g}, {bound} {row["bar"]:g}</text>',
    ]


def _share(figure: float, bar: float, *, at_most: bool) -> float:
    """How many times the bar a figure is worth; better is more."""
    if not at_most:
        return figure / bar
    return bar / figure if figure > 0 else _MOST


def _x(share: float) -> float:
    held = min(max(share, _LEAST), _MOST)
    along = math.log2(held / _LEAST) / math.log2(_MOST / _LEAST)
    return _LEFT + along * (WIDTH - _LEFT - _RIGHT)

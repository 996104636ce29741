"""Draws the figures of rows as a picture: per row the span of its rounds and their median, against the bar and the aim.

Rows differ by orders of magnitude, so each is shown in units of its own bar, on a scale of powers of two. Knows no
library: a picture is text.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any, Final

from bench.ratio import Row, keeps

WIDTH: Final = 760
_LEFT: Final = 150
_RIGHT: Final = 210
_TOP: Final = 60
_LINE: Final = 34
_LEAST: Final = 1 / 8
_MOST: Final = 4.0
_TICKS: Final = (1 / 8, 1 / 4, 1 / 2, 1, 2, 4)
_PASS: Final = "#2f7d4f"  # noqa: S105 (a color)
_FAIL: Final = "#b3412e"
_UNJUDGED: Final = "#8a8a8a"


def bounds(row: Row) -> tuple[str, str]:
    """The bar and the aim of a row, in words."""
    bound = "at most" if row.at_most else "at least"
    return f"{bound} {row.bar:g}", "" if row.aim is None else f"{row.aim:g}"


def picture(told: Mapping[str, Mapping[str, Any]], known: Mapping[str, Row]) -> str:
    """An SVG of figures as the bench prints them, of rows that are known.

    Right of the line in the middle is better than the bar asks for, whichever way the bar is meant.
    """
    rows = [(known[name], figures) for name, figures in told.items() if figures["value"] is not None]
    height = _TOP + _LINE * len(rows) + 44
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif"'
            ' font-size="13">'
        ),
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(_LEFT, 18, "How many times its bar each row is worth: right of the bar is better", "start", "#111111"),
        *_scale(height),
    ]
    for number, (row, figures) in enumerate(rows):
        parts += _row(row, figures, _TOP + _LINE * number + _LINE // 2)
    legend = "dot: median; band: least to greatest round; diamond: aim; gray: not judged"
    parts.append(_text(_LEFT, height - 8, legend, "start", "#555555"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _scale(height: int) -> list[str]:
    parts = []
    for tick in _TICKS:
        strong = tick == 1
        color, width = ("#333333", 2) if strong else ("#dddddd", 1)
        parts.append(
            f'<line x1="{_x(tick):.1f}" x2="{_x(tick):.1f}" y1="{_TOP - 12}" y2="{height - 28}"'
            f' stroke="{color}" stroke-width="{width}"/>'
        )
        label = "the bar" if strong else f"{tick:g}x" if tick > 1 else f"1/{1 / tick:g}"
        parts.append(_text(_x(tick), _TOP - 20, label, "middle", "#333333"))
    return parts


def _row(row: Row, figures: Mapping[str, Any], y: int) -> list[str]:
    places = sorted(_x(_share(figures[key], row)) for key in ("min", "value", "max"))
    kept = keeps(figures["value"], row.bar, at_most=row.at_most)
    color = _UNJUDGED if not figures["judged"] else _PASS if kept else _FAIL
    parts = [
        _text(_LEFT - 12, y + 4, row.name, "end", "#111111"),
        (
            f'<line x1="{places[0]:.1f}" x2="{places[2]:.1f}" y1="{y}" y2="{y}" stroke="{color}" stroke-width="6"'
            ' stroke-linecap="round" opacity="0.4"/>'
        ),
        f'<circle cx="{places[1]:.1f}" cy="{y}" r="6" fill="{color}"/>',
        _text(WIDTH - _RIGHT + 14, y + 4, f"{figures['value']:g}, {bounds(row)[0]}", "start", color),
    ]
    if row.aim is not None:
        aim = _x(_share(row.aim, row))
        shape = f"M{aim:.1f} {y - 7}l5 7l-5 7l-5 -7z"
        parts.append(f'<path d="{shape}" fill="none" stroke="#111111" stroke-width="1.5"/>')
    return parts


def _text(x: float, y: float, text: str, anchor: str, color: str) -> str:
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}" fill="{color}">{escape(text)}</text>'


def _share(figure: float, row: Row) -> float:
    """How many times the bar a figure is worth; better is more."""
    if not row.at_most:
        return figure / row.bar
    return row.bar / figure if figure > 0 else _MOST


def _x(share: float) -> float:
    held = min(max(share, _LEAST), _MOST)
    along = math.log2(held / _LEAST) / math.log2(_MOST / _LEAST)
    return _LEFT + along * (WIDTH - _LEFT - _RIGHT)

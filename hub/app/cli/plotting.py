"""Draws figures side by side as a picture: one bar for each side of a figure. Knows no library: a picture is text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

import typer

Figure = tuple[str, Sequence[tuple[float, str]]]
"""What is counted, and each side's value with the words that stand beside its bar."""

_WIDTH: Final = 760
_LEFT: Final = 240
_RIGHT: Final = 130
_TOP: Final = 64
_BAR: Final = 13
_GAP: Final = 12
_COLORS: Final = ("#8a8a8a", "#2f7d4f", "#2b5f9e", "#b3412e")


def bars(title: str, sides: Sequence[str], figures: Sequence[Figure]) -> str:
    """Return an SVG. The longest bar of each figure has the same length; a value below nothing has none."""
    block = _BAR * len(sides) + _GAP
    height = _TOP + block * len(figures) + _GAP
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif"'
            ' font-size="12">'
        ),
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(14, 22, title, "start", "#111111"),
        *_legend(sides),
    ]
    for number, (name, values) in enumerate(figures):
        parts += _figure(name, values, _TOP + block * number)
    return "\n".join([*parts, "</svg>"]) + "\n"


def saved(picture: str, path: Path) -> None:
    """Write a picture to a file. Raises BadParameter where it cannot be written."""
    try:
        path.write_text(picture, encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be written: {error.strerror}", param_hint="--plot") from error


def _legend(sides: Sequence[str]) -> list[str]:
    step = (_WIDTH - 28) / max(1, len(sides))
    parts = []
    for number, side in enumerate(sides):
        x = 14 + step * number
        parts.append(f'<rect x="{x:.1f}" y="34" width="10" height="10" fill="{_color(number)}"/>')
        parts.append(_text(x + 16, 43, side, "start", "#333333"))
    return parts


def _figure(name: str, values: Sequence[tuple[float, str]], top: int) -> list[str]:
    most = max([value for value, _ in values] + [0])
    parts = [_text(_LEFT - 12, top + _BAR * len(values) / 2 + 4, name, "end", "#111111")]
    for number, (value, words) in enumerate(values):
        y = top + _BAR * number
        width = max(0.0, value) / most * (_WIDTH - _LEFT - _RIGHT) if most else 0.0
        parts.append(f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_BAR - 2}" fill="{_color(number)}"/>')
        parts.append(_text(_LEFT + width + 6, y + _BAR - 3, words, "start", "#333333"))
    return parts


def _color(number: int) -> str:
    return _COLORS[number % len(_COLORS)]


def _text(x: float, y: float, text: str, anchor: str, color: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}">{escape(text)}</text>'

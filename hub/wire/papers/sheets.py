"""Sheets of paper as PDF: titles, boxes and tables in one embedded font; what the font cannot show is refused."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import CoreFont, TTFFont

from hub.trade.errors import PapersUnprintable

_FONT_FILE: Final = Path(__file__).with_name("fonts") / "DejaVuSans.ttf"
_FONT: Final = "DejaVuSans"
_MARGIN_MM: Final = 15
_BOX_GAP_MM: Final = 4
_HEADING: Final = FontFace(fill_color=(230, 230, 230))
_MOST_NAMED: Final = 10
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells each step of embedding a font


class Sheet:
    """One document in A4. `made_on` is stated in the file, so that the same content has the same bytes."""

    def __init__(self, title: str, made_on: date) -> None:
        self._pdf = FPDF(format="A4")
        self._pdf.set_creation_date(datetime.combine(made_on, time(), UTC))
        self._pdf.set_title(title)
        self._pdf.add_font(_FONT, fname=_FONT_FILE)
        self._shown = _characters(self._pdf.fonts[_FONT.lower()])
        self._pdf.set_margin(_MARGIN_MM)
        self._pdf.add_page()
        self.text(title, size=16)

    def text(self, text: str, *, size: int = 9, field: str = "text") -> None:
        """Writes a paragraph. Raises PapersUnprintable, as each method does."""
        self._pdf.set_font(_FONT, size=size)
        self._pdf.multi_cell(0, size * 0.55, self._showable(text, field), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._pdf.ln(2)

    def boxes(self, *boxes: tuple[str, Sequence[str]]) -> None:
        """Writes boxes side by side, each with a heading and lines; empty lines are left out."""
        count = len(boxes)
        width = (self._pdf.epw - _BOX_GAP_MM * (count - 1)) / count
        top, bottom = self._pdf.get_y(), self._pdf.get_y()
        for number, (heading, lines) in enumerate(boxes):
            self._pdf.set_xy(_MARGIN_MM + number * (width + _BOX_GAP_MM), top)
            self._pdf.set_font(_FONT, size=7)
            self._pdf.cell(width, 4, heading, new_x=XPos.LEFT, new_y=YPos.NEXT)
            self._pdf.set_font(_FONT, size=9)
            shown = "\n".join(self._showable(line, heading) for line in lines if line)
            self._pdf.multi_cell(width, 4.6, shown or " ", border=1, padding=2, new_x=XPos.LEFT, new_y=YPos.NEXT)
            bottom = max(bottom, self._pdf.get_y())
        self._pdf.set_xy(_MARGIN_MM, bottom + _BOX_GAP_MM)

    def table(self, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]) -> None:
        """Writes a table; a column is its heading and its share of the width, from the right where it is below 0."""
        self._pdf.set_font(_FONT, size=8)
        with self._pdf.table(
            col_widths=tuple(abs(share) for _, share in columns),
            text_align=tuple("LEFT" if share > 0 else "RIGHT" for _, share in columns),
            headings_style=_HEADING,
            borders_layout=TableBordersLayout.ALL,
            line_height=5,
        ) as table:
            table.row([heading for heading, _ in columns])
            for cells in rows:
                table.row([self._showable(cell, columns[at][0]) for at, cell in enumerate(cells)])
        self._pdf.ln(4)

    def content(self) -> bytes:
        """Return the PDF."""
        return bytes(self._pdf.output())

    def _showable(self, text: str, field: str) -> str:
        unknown = sorted({character for character in text if character != "\n" and ord(character) not in self._shown})
        if unknown:
            named = "".join(unknown[:_MOST_NAMED])
            raise PapersUnprintable(
                f"{field} has characters that customs papers do not show: {named}. State it in Latin, Greek or Cyrillic"
                " letters.",
                field=field,
                characters=named,
            )
        return text


def _characters(font: CoreFont | TTFFont) -> frozenset[int]:
    """The code points that an embedded font has; none of a font that is not embedded."""
    return frozenset(font.cmap) if isinstance(font, TTFFont) else frozenset()

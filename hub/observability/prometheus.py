"""Figures as a scrape reads them: the text format of Prometheus, version 0.0.4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

from hub.observability.figures import Count, Figure, Labels, Spread

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_ESCAPED: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def exposition(figures: Iterable[Figure]) -> str:
    """Return figures as text."""
    return "".join(f"{line}\n" for figure in figures for line in _lines(figure))


def _lines(figure: Figure) -> Iterator[str]:
    name = figure.name.replace(".", "_")
    if isinstance(figure, Count):
        yield from _head(f"{name}_total", figure.meaning, "counter")
        for labels, value in sorted(figure.values.items()):
            yield f"{name}_total{_labels(figure.labels, labels)} {value}"
    elif isinstance(figure, Spread):
        yield from _spread(figure, f"{name}_seconds" if figure.unit == "s" else name)
    else:
        name = f"{name}_seconds" if figure.unit == "s" else name
        yield from _head(name, figure.meaning, "gauge")
        for labels, level in sorted(figure.read().items()):
            yield f"{name}{_labels(figure.labels, labels)} {level:g}"


def _spread(spread: Spread, name: str) -> Iterator[str]:
    yield from _head(name, spread.meaning, "histogram")
    for labels, buckets in sorted(spread.values.items()):
        bounds = [*(f"{bound:g}" for bound in spread.bounds), "+Inf"]
        for bound, count in zip(bounds, accumulate(buckets.counts), strict=True):
            yield f"{name}_bucket{_labels((*spread.labels, 'le'), (*labels, bound))} {count}"
        yield f"{name}_sum{_labels(spread.labels, labels)} {buckets.total:g}"
        yield f"{name}_count{_labels(spread.labels, labels)} {buckets.count}"


def _head(name: str, meaning: str, kind: str) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"


def _labels(names: Labels, values: Labels) -> str:
    if not names:
        return ""
    return (
        "{" + ",".join(f'{name}="{value.translate(_ESCAPED)}"' for name, value in zip(names, values, strict=True)) + "}"
    )

"""One trace as a tree: spans of all processes, each under the span that caused it, with when and how long.

Pure: reads no file; `trace_files` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from hub.observability.spans import Span

_SHOWN_FACTS = ("outcome", "status", "account_id")


class Branch(Struct, frozen=True):
    """A line of the tree: its drawing, and the span with its offset to the first one."""

    drawing: str
    span: Span
    offset_ns: int


def branches(spans: Iterable[Span]) -> list[Branch]:
    """The spans of one trace as lines of a tree, causes before what they caused, siblings by their start.

    A span whose cause is not among them stands under the root, as what its process told last may be missing.
    """
    known = {span.span_id: span for span in sorted(spans, key=_by_start)}
    below: dict[str, list[Span]] = {}
    tops: list[Span] = []
    for span in known.values():
        if span.parent_span_id in known and span.parent_span_id != span.span_id:
            below.setdefault(span.parent_span_id, []).append(span)
        else:
            tops.append(span)
    roots = [span for span in tops if not span.parent_span_id] or tops[:1]
    if roots:
        below.setdefault(roots[0].span_id, []).extend(span for span in tops if span not in roots)
    start_ns = min((span.start_ns for span in known.values()), default=0)
    return [
        Branch(drawing, span, span.start_ns - start_ns)
        for root in roots
        for drawing, span in _drawn(root, below, "", "")
    ]


def lines(spans: Iterable[Span]) -> list[str]:
    """The tree as text: drawing, name, service, offset, duration and what tells most of the facts."""
    shown = branches(spans)
    width = max((len(branch.drawing) + len(short(branch.span)) for branch in shown), default=0)
    services = max((len(branch.span.service) for branch in shown), default=0)
    return [_line(one, width, services) for one in shown]


def short(span: Span) -> str:
    """Its name; of a call without the package of its service."""
    package, _, rest = span.name.partition("/")
    return f"{package.rpartition('.')[2]}/{rest}" if rest else span.name


def facts(span: Span) -> str:
    """What tells most of a span's facts."""
    told = [str(span.attributes[name]) for name in _SHOWN_FACTS if span.attributes.get(name) not in {None, "", "OK"}]
    attempt = span.attributes.get("attempt", 1)
    return " ".join([*told, *([f"attempt {attempt}"] if attempt != 1 else [])])


def _line(branch: Branch, width: int, services: int) -> str:
    span = branch.span
    name = f"{branch.drawing}{short(span)}"
    offset, duration = _time(branch.offset_ns, sign="+"), _time(span.end_ns - span.start_ns)
    return f"{name:<{width}}  {span.service:<{services}}  {offset:>10}  {duration:>9}  {facts(span)}".rstrip()


def _drawn(span: Span, below: dict[str, list[Span]], own: str, inherited: str) -> Iterator[tuple[str, Span]]:
    yield own, span
    children: Sequence[Span] = sorted(below.pop(span.span_id, ()), key=_by_start)
    for number, child in enumerate(children, 1):
        last = number == len(children)
        branch, space = ("└─ ", "   ") if last else ("├─ ", "│  ")
        yield from _drawn(child, below, inherited + branch, inherited + space)


def _by_start(span: Span) -> tuple[int, str]:
    return span.start_ns, span.span_id


def _time(nanoseconds: int, *, sign: str = "") -> str:
    milliseconds = nanoseconds / 1e6
    if milliseconds < 1_000:
        return f"{sign}{milliseconds:.1f} ms"
    return f"{sign}{milliseconds / 1_000:.1f} s"

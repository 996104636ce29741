"""Plays the demo: a hub of its own, the story, and what came of it."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Final

from hub.app.cli.output import Output, Step
from hub.app.cli.session import Session
from hub.app.cli.setup import demo_report as report
from hub.app.client import HubError, connected
from hub.app.demo import plan
from hub.app.demo.expected import Finding, findings
from hub.app.demo.partners import Partners
from hub.app.demo.reading import Ending, read_ending
from hub.app.demo.stage import hosted, partners_folder, stage
from hub.app.demo.steady import Left, SteadyHub
from hub.app.demo.story import Story
from hub.app.embedded import EmbeddedError, discard
from hub.app.supervisor.processes import NotReady
from hub.app.supervisor.up import CannotStart, Installation
from hub.config.settings import Settings
from hub.kernel.instant import Instant
from hub.observability.spans import Span
from hub.observability.trace_files import spans_of

_NO_EXAMPLES: Final = "The demo plays documents of the source tree, which is not here: clone it and call `make demo`."
_DEEDS: Final = len(plan.STOCK) + len(plan.ORDERS) + 9


def play(session: Session, *, keep: Path | None, reference: str) -> bool:
    """Play the story and show what came of it; return whether everything came as expected.

    `keep` is the folder to keep the data in, `reference` the order whose trace is drawn. Raises HubError.
    """
    if not (plan.EXAMPLES / "network.json").exists():
        raise HubError("EXAMPLES_MISSING", _NO_EXAMPLES)
    began = time.monotonic()
    with _folder(keep) as data:
        try:
            ending, found, spans = asyncio.run(_played(session.settings, session.output, data, reference))
        except (CannotStart, EmbeddedError, NotReady) as error:
            raise HubError("CANNOT_START", str(error)) from error
        _show(session.output, ending, found, spans, reference)
        if not session.output.as_json:
            report.show_next(session.output, data, kept=keep is not None)
    if not session.output.as_json:
        session.output.say("")
        session.output.say(f"{time.monotonic() - began:.1f} seconds in all.", style="dim")
    return all(finding.met for finding in found)


async def _played(
    settings: Settings, output: Output, data: Path, reference: str
) -> tuple[Ending, list[Finding], list[Span]]:
    """Plays the story on a hub in `data`, and reads what came of it while the hub still runs."""
    leaving = Event()
    output.errors.print("starting PostgreSQL, hub and worker ...", style="dim")
    async with stage(settings, data, lambda sentence: output.errors.print(sentence, style="dim")) as installation:
        try:
            return await asyncio.to_thread(_play, installation, output, leaving, reference)
        finally:
            leaving.set()


def _play(
    installation: Installation, output: Output, leaving: Event, reference: str
) -> tuple[Ending, list[Finding], list[Span]]:
    data = installation.data
    with connected(installation.address, installation.token) as client, output.progress("", _DEEDS) as step:
        hub = SteadyHub(client, leaving)
        story = Story(
            hub=hub,
            partners=Partners(partners_folder(data)),
            hosted=lambda network: hosted(data, network),
            tell=lambda at, sentence: _tell(output, step, at, sentence),
        )
        try:
            story.play()
        except Left:
            raise KeyboardInterrupt from None
        ending = read_ending(hub)
    one = ending.order(reference)
    spans = spans_of(installation.traces, one.order.trace_id) if one is not None else []
    return ending, findings(ending, story.put_off), spans


def _tell(output: Output, step: Step, at: Instant, sentence: str) -> None:
    step.on(1, f"{at:%a %d %b %H:%M}")
    output.errors.print(f"[dim]{at:%a %d %b %H:%M}[/dim]  ", end="")
    output.errors.print(sentence, markup=False, soft_wrap=True)


def _show(output: Output, ending: Ending, found: list[Finding], spans: list[Span], reference: str) -> None:
    if output.as_json:
        output.json(report.as_json(ending, found, spans))
        return
    report.show_orders(output, ending)
    one = ending.order(reference)
    if one is not None:
        report.show_trace(output, one, spans)
    report.show_promises(output, ending)
    report.show_totals(output, ending)
    report.show_audit(output, ending)
    report.show_findings(output, found)


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """The folder that is played in: the one to keep, which must be new or empty, or one that is removed afterwards."""
    if keep is not None:
        if keep.exists() and any(keep.iterdir()):
            raise HubError("FOLDER_NOT_EMPTY", f"{keep} is not empty; name a new folder.")
        yield keep.absolute()
        return
    data = Path(tempfile.mkdtemp(prefix="crossdock-demo-"))
    try:
        yield data
    finally:
        discard(data)
        shutil.rmtree(data, ignore_errors=True)

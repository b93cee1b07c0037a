"""``lms doctor``: which part is broken, and what to do."""

import asyncio
from typing import Annotated

import msgspec
import typer

from adapters.structlog.logger import configure_logging
from entrypoints.cli.run import EXIT_UNAVAILABLE, console, settings_or_fail
from entrypoints.finding import Finding


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(doctor)


def doctor(
    no_upload: Annotated[bool, typer.Option("--no-upload", help="Leave out the real upload.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check every part, then put a short video through the real pipeline and remove it again.

    Names the broken part and the remedy. Exit code 0 when all is well, 3 when something is broken.
    """
    from entrypoints.doctor import Doctor

    settings = settings_or_fail()
    log = configure_logging(settings.log_format, process="doctor")
    show = None if as_json else _show
    findings = asyncio.run(Doctor(settings, log, show).examine(with_upload=not no_upload))
    if as_json:
        typer.echo(msgspec.json.encode(findings).decode())
    if not all(finding.is_ok or finding.is_warning for finding in findings):
        raise SystemExit(EXIT_UNAVAILABLE)


def _show(finding: Finding) -> None:
    mark = "[green]✓[/]" if finding.is_ok else "[yellow]![/]" if finding.is_warning else "[red]✗[/]"
    console.print(f"{mark} {finding.part}: {finding.detail}", soft_wrap=True)

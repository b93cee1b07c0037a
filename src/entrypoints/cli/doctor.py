"""``lms doctor``: which part is broken, and what to do."""

import asyncio
from io import StringIO
from typing import Annotated

import msgspec
import typer
from rich.markup import escape

from adapters.structlog.logger import configure_logging
from entrypoints.cli.run import EXIT_REFUSED, console, errors, settings_or_fail
from entrypoints.finding import Finding

_TAIL_CHARACTERS = 4000


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(doctor)


def doctor(
    no_upload: Annotated[bool, typer.Option("--no-upload", help="Leave out the real upload.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check every part, then put a short video through the real pipeline and remove it again.

    Names each broken part and its remedy. Takes about half a minute.

    Exit codes: 0 all is well, warnings aside; 1 a part is broken; 2 wrong settings.

    Examples:

      lms doctor

      lms doctor --no-upload --json | jq '.[] | select(.is_ok | not)'
    """
    from entrypoints.doctor import Doctor

    settings = settings_or_fail()
    # Log lines between the findings would hide them: they are shown when something is broken.
    lines = StringIO()
    log = configure_logging(settings.log_format, process="doctor", stream=lines)
    if as_json:
        findings = asyncio.run(Doctor(settings, log).examine(with_upload=not no_upload))
        typer.echo(msgspec.json.encode(findings).decode())
    else:
        with console.status("Examining …") as status:
            examination = Doctor(settings, log, _show, lambda part: status.update(f"Examining {part} …"))
            findings = asyncio.run(examination.examine(with_upload=not no_upload))
        broken = [finding.part for finding in findings if finding.is_broken]
        if broken:
            errors.print(escape(lines.getvalue()[-_TAIL_CHARACTERS:]), soft_wrap=True)
            console.print(f"\n[bold red]Broken:[/] {', '.join(broken)}.")
        else:
            console.print("\n[bold green]All is well.[/]")
    if any(finding.is_broken for finding in findings):
        raise SystemExit(EXIT_REFUSED)


def _show(finding: Finding) -> None:
    mark = "[green]✓[/]" if finding.is_ok else "[yellow]![/]" if finding.is_warning else "[red]✗[/]"
    console.print(f"{mark} [bold]{finding.part}[/]: {escape(finding.detail)}", soft_wrap=True)
    if finding.remedy:
        console.print(f"  What to do: {escape(finding.remedy)}", soft_wrap=True)

"""``lms check``: does everything hold that must hold whatever broke?"""

from typing import Annotated

import msgspec
import typer
from dishka import AsyncContainer

from entrypoints.cli.run import EXIT_REFUSED, EXIT_UNAVAILABLE, console, fail, with_container
from lms_app.operations.check_invariants import CheckInvariants
from lms_app.operations.invariants import CheckedInvariant, CheckReport, Violation
from lms_app.ports.storage import StorageUnavailable


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(check)


def check(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check that the database agrees with itself, with what lies in storage and with what runs. Changes nothing.

    Reads every playlist and lists the whole storage, so it takes its time. Exit code 1 when something is violated,
    each with its remedy.
    """

    async def run(container: AsyncContainer) -> CheckReport:
        try:
            return await (await container.get(CheckInvariants))()
        except StorageUnavailable as error:
            fail(f"The storage does not answer: {error}", EXIT_UNAVAILABLE)

    report = with_container(run)
    if as_json:
        typer.echo(msgspec.json.encode(report).decode())
    else:
        for invariant in report.invariants:
            _show(invariant)
        for violation in report.violations:
            _explain(violation)
    if not report.is_clean:
        raise SystemExit(EXIT_REFUSED)


def _show(checked: CheckedInvariant) -> None:
    mark = "[green]✓[/]" if checked.holds else "[red]✗[/]"
    console.print(
        f"{mark} {checked.invariant.value}: {checked.title} [dim]({checked.looked_at} looked at)[/]", soft_wrap=True
    )


def _explain(violation: Violation) -> None:
    names = {"school": violation.tenant_id, "content": violation.content_id}
    where = ", ".join(f"{name} {value}" for name, value in names.items() if value is not None)
    console.print(f"\n[red]{violation.invariant.value}[/] {where}", soft_wrap=True)
    console.print(f"  {violation.what}\n  {violation.remedy}", soft_wrap=True, markup=False)

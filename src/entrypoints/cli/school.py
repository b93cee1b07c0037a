"""``lms school``: open schools and look at them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from dishka import AsyncContainer
from rich.markup import escape
from rich.table import Column, Table

from entrypoints.cli.run import EXIT_REFUSED, AsJson, console, fail, print_json, settings_or_fail, with_container
from entrypoints.cli.secrets import ask_password
from lms_app.accounts.import_teachers import ImportTeachers, TeacherFile
from lms_app.accounts.import_views import TeacherImportView
from lms_app.listing import MAX_PAGE_SIZE, Listing, PageRequest
from lms_app.ports.queries import SchoolQueries, TenantFilter
from lms_app.schools.onboard_school import NewSchool, OnboardedSchool, OnboardSchool
from lms_app.schools.views import TenantView
from lms_app.scope import SystemScope, TenantScope
from lms_domain.schools.tenant import DEFAULT_TRIAL_DAYS, Plan

app = typer.Typer(help="Open schools and look at them.", no_args_is_help=True)


@app.command()
def onboard(
    name: Annotated[str, typer.Argument(help="The school's name, in any script.")],
    admin_email: Annotated[str, typer.Option(help="E-mail address of the first administrator.")],
    admin_first_name: Annotated[str, typer.Option()],
    admin_last_name: Annotated[str, typer.Option()],
    subdomain: Annotated[str | None, typer.Option(help="Address; made from the name when absent.")] = None,
    plan: Annotated[Plan, typer.Option()] = Plan.FREE,
    trial_days: Annotated[int, typer.Option(help="Length of the trial in days.")] = DEFAULT_TRIAL_DAYS,
    time_zone: Annotated[str, typer.Option(help="IANA name, such as Europe/Berlin.")] = "UTC",
    as_json: AsJson = False,
) -> None:
    """Open a school on trial with its first administrator.

    The initial password is asked for, or read from standard input when that is not a terminal; the administrator must
    change it at the first sign-in.

    Example:

      lms school onboard "Springfield Elementary" --admin-email ada@springfield.example --admin-first-name Ada
      --admin-last-name Lee --plan PRO --time-zone America/Chicago
    """
    new = NewSchool(
        school_name=name,
        admin_email=admin_email,
        admin_first_name=admin_first_name,
        admin_last_name=admin_last_name,
        admin_password=ask_password(f"Initial password for {admin_email}"),
        subdomain=subdomain,
        plan=plan,
        trial_days=trial_days,
        time_zone=time_zone,
    )

    async def run(container: AsyncContainer) -> OnboardedSchool:
        return await (await container.get(OnboardSchool))(new)

    made = with_container(run)
    url = school_url(settings_or_fail().public_url, made.subdomain)
    if as_json:
        facts = {"tenant_id": made.tenant_id, "subdomain": made.subdomain, "admin_email": made.admin_email, "url": url}
        print_json(facts)
    else:
        console.print(f"[green]{escape(name)}[/] is open at [bold]{url}[/]; {made.admin_email} can sign in there.")


@app.command("list")
def list_schools(
    search: Annotated[str, typer.Option(help="Part of a name, subdomain or address.")] = "",
    page: Annotated[int, typer.Option(min=1)] = 1,
    as_json: AsJson = False,
) -> None:
    """List schools, the newest first.

    Examples:

      lms school list --search springfield

      lms school list --json | jq -r '.results[].subdomain'
    """

    async def run(container: AsyncContainer) -> Listing[TenantView]:
        queries: SchoolQueries = await container.get(SchoolQueries)
        return await queries.tenants(
            SystemScope("lms school list"),
            TenantFilter(search=search),
            PageRequest(page, MAX_PAGE_SIZE),
            now=datetime.now(UTC),
        )

    found = with_container(run)
    if as_json:
        print_json(found)
        return
    if not found.results:
        console.print("No schools yet. Open one with: lms school onboard --help")
        return
    table = Table(Column("Subdomain", overflow="fold"), "Name", "Status", "Plan", "Trial ends", "Teachers", "Courses")
    for school in found.results:
        table.add_row(
            school.subdomain,
            escape(school.name),
            school.status.value,
            school.plan.value,
            str(school.trial_ends_on),
            str(school.teacher_count),
            str(school.course_count),
        )
    console.print(table)
    if found.count > page * MAX_PAGE_SIZE:
        console.print(f"{found.count} in all; the next ones with --page {page + 1}.")


@app.command("import-teachers")
def import_teachers(
    subdomain: Annotated[str, typer.Argument(help="The school's subdomain.")],
    file: Annotated[Path, typer.Argument(help="CSV with a line of column names.", exists=True, dir_okay=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; do nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Register the people in a CSV file. Each is invited by mail; those who have an account stay as they are.

    Required columns: email, first_name, last_name. Rows that cannot be imported are listed with the reason and stop
    nothing; the exit code is 1 if there are any.

    Example:

      lms school import-teachers springfield staff.csv --dry-run
    """
    content = file.read_bytes()

    async def run(container: AsyncContainer) -> TeacherImportView:
        school = await school_of(container, SystemScope("lms school import-teachers"), subdomain)
        import_them = await container.get(ImportTeachers)
        return await import_them.into(TenantScope(school.id), None, TeacherFile(file.name, content), dry_run=dry_run)

    done = with_container(run)
    if as_json:
        print_json(done)
    else:
        for row in done.rows:
            for error in row.errors:
                console.print(f"row {row.row} {escape(row.email)}: {row.status.value}: {escape(error.message)}")
        counts, said = done.counts, "would be " if dry_run else ""
        sentence = f"{counts.created} {said}created, {counts.skipped} {said}skipped, {counts.error} with errors."
        console.print(sentence, soft_wrap=True)
    if done.counts.error:
        raise typer.Exit(EXIT_REFUSED)


async def school_of(container: AsyncContainer, scope: SystemScope, subdomain: str) -> TenantView:
    """The school at ``subdomain``; ends the command where there is none."""
    queries: SchoolQueries = await container.get(SchoolQueries)
    page = PageRequest(1, MAX_PAGE_SIZE)
    found = await queries.tenants(scope, TenantFilter(search=subdomain), page, now=datetime.now(UTC))
    school = next((school for school in found.results if school.subdomain == subdomain.lower()), None)
    return school or fail(f"There is no school at “{subdomain}”. See: lms school list")


def school_url(public_url: str, subdomain: str) -> str:
    """Address of a school's site."""
    scheme, _, rest = public_url.partition("://")
    return f"{scheme}://{subdomain}.{rest}"

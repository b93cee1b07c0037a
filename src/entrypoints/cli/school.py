"""``lms school``: open schools, look at them, and decide about them."""

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
from lms_app.schools.edit_school import EditSchool, SchoolChanges
from lms_app.schools.onboard_school import NewSchool, OnboardedSchool, OnboardSchool
from lms_app.schools.views import TenantView
from lms_app.scope import SystemScope, TenantScope
from lms_domain.schools.tenant import DEFAULT_TRIAL_DAYS, MAX_TRIAL_DAYS, Plan

app = typer.Typer(help="Open schools, look at them, and decide about them.", no_args_is_help=True)

Subdomain = Annotated[str, typer.Argument(help="The school's address below the platform's domain.")]


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
    invite: Annotated[
        bool, typer.Option("--invite", help="Mail an invitation instead of asking for a password.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Open a school on trial with its first administrator.

    The initial password is asked for, or read from standard input when that is not a terminal; the administrator must
    change it at the first sign-in. With --invite the administrator chooses one by a link that comes by mail.

    Example:

      lms school onboard "Springfield Elementary" --admin-email ada@springfield.example --admin-first-name Ada
      --admin-last-name Lee --plan PRO --time-zone America/Chicago
    """
    new = NewSchool(
        school_name=name,
        admin_email=admin_email,
        admin_first_name=admin_first_name,
        admin_last_name=admin_last_name,
        admin_password=None if invite else ask_password(f"Initial password for {admin_email}"),
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
        what = "gets an invitation" if invite else "can sign in there"
        console.print(f"[green]{escape(name)}[/] is open at [bold]{url}[/]; {made.admin_email} {what}.")


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


@app.command()
def suspend(
    subdomain: Subdomain,
    reason: Annotated[str | None, typer.Option(help="Why: the school reads it in its audit trail.")] = None,
    as_json: AsJson = False,
) -> None:
    """Shut a school: within five seconds its people are out. Its data stays.

    Example:

      lms school suspend springfield --reason "Three invoices are open"
    """
    _change(subdomain, SchoolChanges(is_active=False, suspension_reason=reason), as_json=as_json)


@app.command()
def activate(subdomain: Subdomain, as_json: AsJson = False) -> None:
    """Open a suspended school again.

    Refused while its trial is over: prolong that, or convert the school, first.

    Example:

      lms school activate springfield
    """
    _change(subdomain, SchoolChanges(is_active=True), as_json=as_json)


@app.command("extend-trial")
def extend_trial(
    subdomain: Subdomain,
    days: Annotated[
        int, typer.Argument(min=1, max=MAX_TRIAL_DAYS, help="Counted from the trial's end, or from today.")
    ],
    as_json: AsJson = False,
) -> None:
    """Prolong a school's trial by so many days.

    Days count from the trial's last day, or from today where that is over.

    Example:

      lms school extend-trial springfield 14
    """
    _change(subdomain, SchoolChanges(extend_trial_days=days), as_json=as_json)


@app.command()
def convert(
    subdomain: Subdomain,
    plan: Annotated[Plan | None, typer.Option(help="Another plan, with its limits and features.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a trial a paid plan, so that no end of it counts any more.

    Example:

      lms school convert springfield --plan PRO
    """
    _change(subdomain, SchoolChanges(is_trial=False, plan=plan), as_json=as_json)


def _change(subdomain: str, wanted: SchoolChanges, *, as_json: bool) -> None:
    scope = SystemScope("lms school, by an operator at the command line")

    async def run(container: AsyncContainer) -> TenantView:
        school = await school_of(container, scope, subdomain)
        edit = await container.get(EditSchool)
        await edit.for_operator(scope, school.id, wanted)
        return await school_of(container, scope, subdomain)

    changed = with_container(run)
    if as_json:
        print_json(changed)
        return
    trial = f", until {changed.trial_ends_on}" if changed.is_trial else ""
    console.print(
        f"[green]{escape(changed.name)}[/] is {changed.status.value}{trial}, on the plan {changed.plan.value}."
    )


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

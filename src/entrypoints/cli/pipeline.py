"""``lms pipeline``: look after videos."""

from typing import Annotated
from uuid import UUID

import typer
from dishka import AsyncContainer
from rich.markup import escape
from rich.table import Column, Table

from entrypoints.cli.pipeline_questions import printed
from entrypoints.cli.pipeline_watch import COLOURS, watch_video
from entrypoints.cli.run import EXIT_REFUSED, AsJson, console, fail, print_json, with_container
from entrypoints.cli.school import school_of
from lms_app.learning.print_questions import PrintedQuizView, PrintQuestions
from lms_app.listing import MAX_PAGE_SIZE, Listing, PageRequest
from lms_app.ports.queries import PipelineRow, VideoQueries
from lms_app.scope import SystemScope, TenantScope
from lms_app.video.cancel_pipeline import CancelPipeline
from lms_app.video.list_pipeline import ListPipeline
from lms_app.video.rerun_pipeline import RerunPipeline
from lms_app.video.views import StepView, TroubledStepView
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import StepName, StepState

app = typer.Typer(help="Look after videos on their way through the pipeline.", no_args_is_help=True)

ContentId = Annotated[UUID, typer.Argument(help="The video's content id (see: lms pipeline list).")]


@app.command("list")
def list_troubled(
    school: Annotated[str | None, typer.Option(help="Subdomain of one school; all schools when absent.")] = None,
    page: Annotated[int, typer.Option(min=1)] = 1,
    as_json: AsJson = False,
) -> None:
    """List steps that need somebody to look: given up, or without a worker for more than ten minutes.

    Exit code 1 when there are any, so that a monitor needs no parser.

    Examples:

      lms pipeline list

      lms pipeline list --school springfield --json | jq -r '.results[].content_id'
    """

    async def run(container: AsyncContainer) -> Listing[TroubledStepView]:
        scope = SystemScope("lms pipeline list")
        tenant_id = (await school_of(container, scope, school)).id if school is not None else None
        listed = await container.get(ListPipeline)
        return await listed.for_operator(scope, tenant_id=tenant_id, page=PageRequest(page, MAX_PAGE_SIZE))

    found = with_container(run)
    if as_json:
        print_json(found)
    elif not found.results:
        console.print("No step has failed and none is stuck.")
    else:
        # What `rerun` asks for is never shortened.
        table = Table("School", "Video", Column("Content", no_wrap=True, min_width=36), "Step", "Since", "Why")
        for step in found.results:
            table.add_row(
                step.subdomain,
                escape(step.content_title),
                str(step.content_id),
                f"[{COLOURS.get(step.state, 'dim')}]{step.name.value} {step.state.value}[/]",
                f"{step.since:%Y-%m-%d %H:%M}",
                escape(step.error or _stuck(step)),
            )
        console.print(table)
        if found.count > page * MAX_PAGE_SIZE:
            console.print(f"{found.count} in all; the next ones with --page {page + 1}.")
        console.print("Try again: lms pipeline rerun CONTENT_ID --from-step STEP")
    if found.count:
        raise SystemExit(EXIT_REFUSED)


@app.command()
def status(
    content_id: Annotated[UUID | None, typer.Argument(help="One video's content id; all schools' when absent.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many videos at most.")] = 20,
    watch: Annotated[
        bool, typer.Option("--watch", help="Follow one video until it is READY or FAILED (exit code 1).")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show videos and their steps, those that are not READY first.

    With --watch and --json a line is written whenever something changed.

    Examples:

      lms pipeline status

      lms pipeline status 0190f7d0-0000-7000-8000-000000000000 --watch
    """
    if watch and content_id is None:
        raise typer.BadParameter("--watch follows one video: give its content id.")

    async def run(container: AsyncContainer) -> list[PipelineRow]:
        queries: VideoQueries = await container.get(VideoQueries)
        if watch and content_id is not None:
            row = await watch_video(queries, content_id, as_json=as_json)
            return [row] if row is not None else []
        return await queries.pipeline(SystemScope("lms pipeline status"), content_id=content_id, limit=limit)

    rows = with_container(run)
    if content_id is not None and not rows:
        fail("There is no such video.")
    if watch:
        if rows[0].video_asset.status is not VideoStatus.READY:
            raise SystemExit(EXIT_REFUSED)
        return
    if as_json:
        print_json(rows)
        return
    if not rows:
        console.print("No videos yet.")
        return
    table = Table("School", "Video", Column("Content", no_wrap=True, min_width=36), "Status", "Steps")
    for row in rows:
        steps = "\n".join(_line(step) for step in row.video_asset.steps)
        title = escape(row.content_title)
        table.add_row(row.subdomain, title, str(row.content_id), row.video_asset.status.value, steps)
    console.print(table)


@app.command()
def rerun(
    content_id: ContentId,
    from_step: Annotated[StepName, typer.Option(help="Where to begin again.")] = StepName.VALIDATE,
    only: Annotated[bool, typer.Option("--only", help="This step alone, not what follows from it.")] = False,
) -> None:
    """Do a step of a video again. The video stays playable meanwhile.

    Example, after the speech model was installed:

      lms pipeline rerun 0190f7d0-0000-7000-8000-000000000000 --from-step TRANSCRIBE
    """

    async def run(container: AsyncContainer) -> None:
        scope = await _school_scope(container, content_id, "lms pipeline rerun")
        await (await container.get(RerunPipeline)).by_content(scope, content_id, from_step=from_step, only=only)

    with_container(run)
    console.print(f"{from_step.value} is queued. Follow it with: lms pipeline status {content_id} --watch")


@app.command()
def cancel(content_id: ContentId) -> None:
    """Stop all work on a video. It ends FAILED; what was playable stays playable, and a rerun leads back.

    Example:

      lms pipeline cancel 0190f7d0-0000-7000-8000-000000000000
    """

    async def run(container: AsyncContainer) -> None:
        scope = await _school_scope(container, content_id, "lms pipeline cancel")
        await (await container.get(CancelPipeline)).by_content(scope, content_id)

    with_container(run)
    console.print(f"Stopped. Begin again with: lms pipeline rerun {content_id}")


@app.command()
def questions(content_id: ContentId, as_json: AsJson = False) -> None:
    """Print the questions that were made from a video: keys, the words of the video that hold them, and which rule made
    each. Every version of the quiz, the oldest first; without questions, why there are none.

    Examples:

      lms pipeline questions 0190f7d0-0000-7000-8000-000000000000

      lms pipeline questions 0190f7d0-0000-7000-8000-000000000000 --json | jq '.[-1].questions[].prompt'
    """

    async def run(container: AsyncContainer) -> list[PrintedQuizView]:
        scope = await _school_scope(container, content_id, "lms pipeline questions")
        return await (await container.get(PrintQuestions))(scope, content_id)

    quizzes = with_container(run)
    if as_json:
        print_json(quizzes)
    elif quizzes:
        console.print(printed(quizzes), markup=False, soft_wrap=True)
    else:
        console.print("No quiz was made from this video: the school does not want any, or the step has not run yet.")


async def _school_scope(container: AsyncContainer, content_id: UUID, reason: str) -> TenantScope:
    """The scope of the school that the video belongs to, so that the change is made inside its fence."""
    queries: VideoQueries = await container.get(VideoQueries)
    rows = await queries.pipeline(SystemScope(reason), content_id=content_id, limit=1)
    if not rows:
        fail("There is no such video.")
    return TenantScope(rows[0].tenant_id)


def _line(step: StepView) -> str:
    percent = f" {step.progress:.0f} %" if step.state is StepState.RUNNING else ""
    why = f": {escape(step.error)}" if step.error else ""
    return f"[{COLOURS.get(step.state, 'dim')}]{step.name.value} {step.state.value}{percent}[/]{why}"


def _stuck(step: TroubledStepView) -> str:
    return "its worker is gone" if step.state is StepState.RUNNING else "no worker takes it up"

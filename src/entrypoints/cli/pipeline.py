"""``lms pipeline``: look after videos."""

from typing import Annotated
from uuid import UUID

import msgspec
import typer
from dishka import AsyncContainer
from rich.table import Column, Table

from entrypoints.cli.run import console, fail, with_container
from lms_app.ports.queries import PipelineRow, VideoQueries
from lms_app.scope import SystemScope, TenantScope
from lms_app.video.rerun_pipeline import RerunPipeline
from lms_domain.video.steps import StepName, StepState

app = typer.Typer(help="Look after videos on their way through the pipeline.", no_args_is_help=True)

_COLOURS = {
    StepState.SUCCEEDED: "green",
    StepState.RUNNING: "cyan",
    StepState.QUEUED: "yellow",
    StepState.FAILED: "red",
    StepState.CANCELLED: "red",
}


@app.command()
def status(
    content_id: Annotated[UUID | None, typer.Argument(help="One video's content id; all schools' when absent.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show videos and their steps, those that are not READY first."""

    async def run(container: AsyncContainer) -> list[PipelineRow]:
        queries: VideoQueries = await container.get(VideoQueries)
        return await queries.pipeline(SystemScope("lms pipeline status"), content_id=content_id, limit=limit)

    rows = with_container(run)
    if as_json:
        typer.echo(msgspec.json.encode(rows).decode())
        return
    if content_id is not None and not rows:
        fail("There is no such video.")
    if not rows:
        console.print("No videos yet.")
        return
    # The content's id is what `rerun` asks for: it is never shortened.
    table = Table("School", "Video", Column("Content", no_wrap=True, min_width=36), "Status", "Steps")
    for row in rows:
        steps = "\n".join(_line(step.name, step.state, step.progress, step.error) for step in row.video_asset.steps)
        table.add_row(row.subdomain, row.content_title, str(row.content_id), row.video_asset.status.value, steps)
    console.print(table)


@app.command()
def rerun(
    content_id: Annotated[UUID, typer.Argument(help="The video's content id (see: lms pipeline status).")],
    from_step: Annotated[StepName, typer.Option(help="Where to begin again.")] = StepName.VALIDATE,
    only: Annotated[bool, typer.Option("--only", help="This step alone, not what follows from it.")] = False,
) -> None:
    """Do a step of a video again. The video stays playable meanwhile.

    Example, after the speech model was installed: lms pipeline rerun CONTENT_ID --from-step TRANSCRIBE
    """

    async def run(container: AsyncContainer) -> bool:
        queries: VideoQueries = await container.get(VideoQueries)
        scope = SystemScope("lms pipeline rerun")
        rows = await queries.pipeline(scope, content_id=content_id, limit=1)
        if not rows:
            return False
        again = await container.get(RerunPipeline)
        await again.by_content(TenantScope(rows[0].tenant_id), content_id, from_step=from_step, only=only)
        return True

    if not with_container(run):
        fail("There is no such video.")
    console.print(f"{from_step.value} is queued. Follow it with: lms pipeline status {content_id}")


def _line(name: StepName, state: StepState, progress: float, error: str | None) -> str:
    colour = _COLOURS.get(state, "dim")
    percent = f" {progress:.0f} %" if state is StepState.RUNNING else ""
    return f"[{colour}]{name.value} {state.value}{percent}[/]{f': {error}' if error else ''}"

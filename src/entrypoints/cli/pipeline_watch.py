"""Following one video through the pipeline, as bars or as lines of JSON."""

import asyncio
from contextlib import nullcontext
from uuid import UUID

from rich.live import Live
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from entrypoints.cli.run import console, print_json
from lms_app.ports.queries import PipelineRow, VideoQueries
from lms_app.scope import SystemScope
from lms_app.video.views import StepView
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import StepName, StepState

COLOURS = {
    StepState.SUCCEEDED: "green",
    StepState.RUNNING: "cyan",
    StepState.QUEUED: "yellow",
    StepState.FAILED: "red",
    StepState.CANCELLED: "red",
}

_PAUSE_SECONDS = 0.5
_ENDS = frozenset({VideoStatus.READY, VideoStatus.FAILED, VideoStatus.DELETED})


async def watch_video(queries: VideoQueries, content_id: UUID, *, as_json: bool) -> PipelineRow | None:
    """The video once its way has ended; None when there is none (any more)."""
    bars = Bars()
    last: PipelineRow | None = None
    with Live(bars.progress, console=console, refresh_per_second=4) if not as_json else nullcontext():
        while True:
            rows = await queries.pipeline(SystemScope("lms pipeline status --watch"), content_id=content_id, limit=1)
            if not rows:
                return None
            row = rows[0]
            if row != last:
                if as_json:
                    print_json(row)
                else:
                    bars.show(row)
                last = row
            if row.video_asset.status in _ENDS:
                return row
            await asyncio.sleep(_PAUSE_SECONDS)


class Bars:
    """One bar for each step."""

    def __init__(self) -> None:
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[why]}"),
            console=console,
        )
        self._tasks: dict[StepName, TaskID] = {}

    def show(self, row: PipelineRow) -> None:
        """Bring the bars to what ``row`` says."""
        for step in row.video_asset.steps:
            if step.name not in self._tasks:
                self._tasks[step.name] = self.progress.add_task("", total=100.0, why="", start=False)
            task = self._tasks[step.name]
            if step.state is StepState.RUNNING:
                self.progress.start_task(task)
            elif step.state is not StepState.QUEUED:
                self.progress.stop_task(task)
            self.progress.update(
                task, description=_described(step), completed=_percent(step), why=escape(step.error or "")
            )


def _described(step: StepView) -> str:
    return f"[{COLOURS.get(step.state, 'dim')}]{step.name.value:<11} {step.state.value:<9}[/]"


def _percent(step: StepView) -> float:
    return 100.0 if step.state in {StepState.SUCCEEDED, StepState.SKIPPED} else step.progress

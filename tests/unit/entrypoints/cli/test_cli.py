"""The command line: help that teaches, exit codes, no secret on the screen."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
import typer
from typer.testing import CliRunner

from adapters.embedded_postgres.errors import EmbeddedPostgresError
from entrypoints.cli.main import app
from entrypoints.cli.pipeline_watch import Bars, watch_video
from entrypoints.cli.run import guarded
from entrypoints.settings import Mistake, SettingsError
from entrypoints.variables import VARIABLES
from lms_app.ports.job_queue import QueueUnavailable
from lms_app.ports.queries import PipelineRow, VideoQueries
from lms_app.ports.storage import StorageUnavailable
from lms_app.video.views import StepView, VideoAssetView
from lms_domain.errors import Conflict, NotFound, StartRefused, Unavailable
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import StepName, StepState

READING = (
    "school list",
    "pipeline list",
    "pipeline status",
    "pipeline questions",
    "doctor",
    "check",
    "settings",
    "school onboard",
)
CONTENT = UUID("0190f7d0-0000-7000-8000-000000000001")


def run(*arguments: str, **environment: str) -> Any:
    clean = {variable.name: "" for variable in VARIABLES}
    return CliRunner().invoke(app, arguments, env={**clean, "COLUMNS": "200", **environment})


def leaves(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every command with its full name."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from leaves(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def test_every_command_says_what_it_does_and_reading_ones_speak_json() -> None:
    commands = dict(leaves(typer.main.get_command(app)))
    assert {"pipeline list", "pipeline status", "pipeline rerun", "pipeline cancel", "school list"} <= commands.keys()
    for name, command in commands.items():
        assert command.help, name
    for name in READING:
        assert any("--json" in option.opts for option in commands[name].params), name
    for name in ("pipeline list", "pipeline status", "pipeline rerun", "pipeline cancel", "doctor", "settings"):
        assert "Example" in commands[name].help, name


def test_the_first_page_of_help_has_the_exit_codes() -> None:
    shown = run("--help")
    assert shown.exit_code == 0
    assert "Exit codes: 0 done; 1 refused" in shown.output


@pytest.mark.parametrize(
    "arguments",
    [("pipeline", "status", "--watch"), ("pipeline", "rerun", "no-uuid"), ("nonsense",), ("school", "list", "--x")],
)
def test_wrong_usage(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert run(*arguments, LMS_DATA_DIR=str(tmp_path)).exit_code == 2


def test_settings_are_shown_without_secrets(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    address = "redis://:hunter2hunter2@cache/0"
    shown = run("settings", "--json", LMS_DATA_DIR=str(folder), LMS_REDIS_URL=address, LMS_SECRET_KEYS="k1:hunter2")
    assert shown.exit_code == 2, "the key is too short"
    report = json.loads(shown.output)
    rows = {row["name"]: row for row in report["settings"]}
    assert rows.keys() == {variable.name for variable in VARIABLES}
    assert rows["LMS_REDIS_URL"]["value"] == "redis://:•••@cache/0"
    assert rows["LMS_PORT"] == {
        "name": "LMS_PORT", "value": None, "default": "8000", "example": "8080",
        "meaning": "Port that the API and the pages are served on.",
    }  # fmt: skip
    assert [mistake["name"] for mistake in report["mistakes"]] == ["LMS_SECRET_KEYS"]
    assert "hunter2" not in shown.output
    table = run("settings", LMS_DATA_DIR=str(folder), LMS_REDIS_URL=address)
    assert table.exit_code == 0
    assert "redis://:•••@cache/0" in table.output
    assert "hunter2" not in table.output
    assert not folder.exists(), "looking changes nothing"


def failing(error: Exception) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (NotFound("There is no such video."), 1, "There is no such video."),
        (Conflict("[bold]It runs.[/]", code="step_running"), 1, "[bold]It runs.[/]"),
        (StartRefused("It is unsafe.", "Make it safe."), 1, "It is unsafe. Make it safe."),
        (SettingsError([Mistake("LMS_PORT", "It is “x”.")]), 2, "LMS_PORT: It is “x”."),
        (Unavailable("The database does not answer."), 3, "The database does not answer."),
        (StorageUnavailable("away"), 3, "The storage does not answer: away"),
        (
            QueueUnavailable("redis://:hunter2@cache refused"),
            3,
            "The queue does not answer: redis://:•••@cache refused",
        ),
        (EmbeddedPostgresError("It does not start.", remedy="wait."), 3, "What to do: wait."),
    ],
)
def test_every_expected_error_is_a_sentence_and_a_code(
    error: Exception, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        guarded(failing(error))
    assert ended.value.code == code
    assert said in capsys.readouterr().err


def test_what_nobody_expected_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        guarded(failing(ZeroDivisionError()))


def video(status: VideoStatus, state: StepState, progress: float = 0.0, error: str | None = None) -> PipelineRow:
    step = StepView(
        name=StepName.TRANSCODE, state=state, attempt=1, progress=progress, started_at=None, finished_at=None,
        error=error, error_code=None,
    )  # fmt: skip
    asset = VideoAssetView(
        id=CONTENT, status=status, playable=False, duration_seconds=None, width=None, height=None, error=None,
        error_code=None, source_name="a.mp4", source_bytes=1, stored_bytes=1, steps=[step],
    )  # fmt: skip
    return PipelineRow(
        tenant_id=CONTENT, subdomain="north", content_id=CONTENT, content_title="A [video]", video_asset=asset,
        created_at=datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip


class Looks(VideoQueries):
    """Answers with one row after the other."""

    def __init__(self, *rows: PipelineRow) -> None:
        self._rows = list(rows)

    async def pipeline(self, scope: object, *, content_id: UUID | None, limit: int) -> list[PipelineRow]:
        return [self._rows.pop(0)] if self._rows else []


async def test_watching_writes_what_changed_until_the_end(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entrypoints.cli.pipeline_watch._PAUSE_SECONDS", 0.001)
    first = video(VideoStatus.PROCESSING, StepState.RUNNING, 10.0)
    rows = (first, first, video(VideoStatus.READY, StepState.SUCCEEDED, 100.0))
    last = await watch_video(Looks(*rows), CONTENT, as_json=True)
    assert last is not None
    assert last.video_asset.status is VideoStatus.READY
    lines = [msgspec.json.decode(line, type=PipelineRow) for line in capsys.readouterr().out.splitlines()]
    assert [line.video_asset.steps[0].progress for line in lines] == [10.0, 100.0]
    assert await watch_video(Looks(), CONTENT, as_json=True) is None


def test_bars_follow_the_steps() -> None:
    bars = Bars()
    bars.show(video(VideoStatus.PROCESSING, StepState.RUNNING, 40.0))
    bars.show(video(VideoStatus.FAILED, StepState.FAILED, 41.0, error="It [broke]."))
    (bar,) = bars.progress.tasks
    assert (bar.completed, bar.fields["why"]) == (41.0, "It \\[broke].")
    assert "TRANSCODE" in bar.description
    bars.show(video(VideoStatus.READY, StepState.SKIPPED))
    assert bar.completed == 100.0

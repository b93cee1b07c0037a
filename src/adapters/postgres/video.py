"""Videos and the steps of their pipeline.

Who may write what of a step:

- ``claim`` (asset locked): takes it up; alone in writing ``attempt``, and in giving a lease.
- ``heartbeat`` (no lock on the asset): ``lease_until`` and ``progress`` of a RUNNING step.
- ``save`` (asset locked): everything else. Of a step that stays RUNNING it leaves lease and progress as the row has
  them at that moment, not as they were when the asset was read: they never go backwards.

Whoever takes a step away from its worker changes its row, and the worker's next heartbeat finds no RUNNING step of
that attempt. Leases live by the database's clock; ``clock_timestamp()``, because ``now()`` stands still while a
transaction waits for a lock. So do retries: a worker says by its own clock when one is due, and what counts is how far
that is from the worker's present. A clock that is an hour wrong delays nothing.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TypeAlias
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    Double,
    Integer,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    delete,
    func,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from adapters.postgres.screen_sql import as_text
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import (
    TENANT,
    Given,
    Statement,
    any_id,
    fixed,
    insert_row,
    of_tenant,
    parameter,
)
from adapters.postgres.tables import contents, search_cues, video_assets, video_steps, video_transcripts
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.repositories import ClaimedStep, Lease, StoredVideo, Transcript, VideoRepository
from lms_domain.video.asset import VideoAsset, VideoStatus
from lms_domain.video.steps import PLAN, Step, StepName, StepState
from lms_domain.video.transcript import Segment

_QUEUED, _RUNNING = fixed(StepState.QUEUED), fixed(StepState.RUNNING)
_ONE = literal_column("1", Integer)
_NOW = func.clock_timestamp(type_=TIMESTAMP)
_LEASE_END = _NOW + parameter("seconds", Double) * literal_column("interval '1 second'")

_ADD_ASSET = Statement(insert_row(video_assets))

# One array for each column, so that any number of steps is one statement that is always the same text.
_STEP_COLUMNS = (
    "id",
    "asset_id",
    "name",
    "state",
    "failures",
    "lost_leases",
    "not_before",
    "progress",
    "started_at",
    "finished_at",
    "error_code",
    "error",
    "log",
)
_given = (
    func.unnest(
        *(parameter(f"given_{name}", ARRAY(video_steps.c[name].type)) for name in _STEP_COLUMNS),
        parameter("given_output", ARRAY(Text)),
    )
    .table_valued(*(column(name, video_steps.c[name].type) for name in _STEP_COLUMNS), column("output", Text))
    .render_derived(name="given")
)
_OUTPUT = cast(_given.c.output, JSONB)
_ADD_STEPS = Statement(
    insert(video_steps).from_select(
        ["tenant_id", *_STEP_COLUMNS, "attempt", "queued_at", "output"],
        select(
            TENANT,
            *_given.c[*_STEP_COLUMNS],
            literal_column("0"),
            case((_given.c.state == _QUEUED, _NOW), else_=null()),
            _OUTPUT,
        ),
    )
)

_ASSET_CHANGES = (
    "status",
    "playable",
    "source_key",
    "source_bytes",
    "source_name",
    "language",
    "duration_seconds",
    "width",
    "height",
    "hls_key",
    "poster_key",
    "captions_key",
    "stored_bytes",
    "error_code",
    "error",
)
_assets = Given(video_assets, "id", *_ASSET_CHANGES, rows="assets")
_saved_assets = (
    update(video_assets)
    .where(of_tenant(video_assets), video_assets.c.id == _assets.rows.c.id)
    .values({name: _assets.rows.c[name] for name in _ASSET_CHANGES})
    .cte("saved_assets")
)
_PLAIN = tuple(name for name in _STEP_COLUMNS if name not in {"id", "asset_id", "name", "progress"})
_due = _given.c.not_before - parameter("worker_now", TIMESTAMP)
_stays_running = _given.c.state == _RUNNING
_SAVE = Statement(
    update(video_steps)
    .where(
        of_tenant(video_steps),
        video_steps.c.asset_id == _given.c.asset_id,
        video_steps.c.id == _given.c.id,
        # Rows that do not change are not written: their workers are writing heartbeats.
        or_(
            *(video_steps.c[name].is_distinct_from(_given.c[name]) for name in _PLAIN),
            video_steps.c.output != _OUTPUT,
        ),
    )
    .values(
        {
            **{name: _given.c[name] for name in _PLAIN},
            "not_before": case(
                (video_steps.c.not_before.is_distinct_from(_given.c.not_before), _NOW + _due),
                else_=video_steps.c.not_before,
            ),
            "progress": case((_stays_running, video_steps.c.progress), else_=_given.c.progress),
            "lease_until": case((_stays_running, video_steps.c.lease_until), else_=null()),
            "queued_at": case((_given.c.state != _QUEUED, null()), else_=func.coalesce(video_steps.c.queued_at, _NOW)),
            "output": _OUTPUT,
        }
    )
    .add_cte(_saved_assets)
)

_lock = select(video_assets).where(of_tenant(video_assets)).with_for_update(key_share=True)
_LOCK = Statement(_lock.where(video_assets.c.id == parameter("id", Uuid)))
_LOCK_BY_CONTENT = Statement(_lock.where(video_assets.c.content_id == parameter("content_id", Uuid)))
# In one order everywhere: two that lock several cannot wait for each other.
_LOCK_STORED = Statement(_lock.where(video_assets.c.content_id == any_id("content_ids")).order_by(video_assets.c.id))
_LOCK_BY_COURSE = Statement(
    _lock.where(
        video_assets.c.content_id.in_(
            select(contents.c.id).where(of_tenant(contents), contents.c.course_id == parameter("course_id", Uuid))
        )
    ).order_by(video_assets.c.id)
)
# Never one statement with the lock: while that waits, its joined rows would stay those of its beginning.
_STEPS = Statement(
    select(video_steps).where(of_tenant(video_steps), video_steps.c.asset_id == parameter("asset_id", Uuid))
)
_STEPS_OF_MANY = Statement(
    select(video_steps).where(of_tenant(video_steps), video_steps.c.asset_id == any_id("asset_ids"))
)

_STEP = parameter("step_id", Uuid)
_LOCK_BY_STEP = Statement(
    select(video_assets.c.id)
    .where(
        of_tenant(video_assets),
        video_assets.c.id
        == select(video_steps.c.asset_id).where(of_tenant(video_steps), video_steps.c.id == _STEP).scalar_subquery(),
    )
    .with_for_update(key_share=True)
)
_is_due = and_(
    video_steps.c.state == _QUEUED, or_(video_steps.c.not_before.is_(None), video_steps.c.not_before <= _NOW)
)
_is_lost = and_(video_steps.c.state == _RUNNING, video_steps.c.lease_until < _NOW)
_CLAIM = Statement(
    update(video_steps)
    .where(of_tenant(video_steps), video_steps.c.id == _STEP, or_(_is_due, _is_lost))
    .values(
        state=_RUNNING,
        attempt=video_steps.c.attempt + _ONE,
        lost_leases=video_steps.c.lost_leases + case((_is_lost, _ONE), else_=literal_column("0")),
        lease_until=_LEASE_END,
        progress=literal_column("0"),
        started_at=_NOW,
        finished_at=null(),
        not_before=null(),
        queued_at=null(),
    )
    .returning(video_steps.c.asset_id, video_steps.c.id, video_steps.c.name, video_steps.c.attempt)
)
_HEARTBEAT = Statement(
    update(video_steps)
    .where(
        of_tenant(video_steps),
        video_steps.c.id == _STEP,
        video_steps.c.attempt == parameter("attempt", Integer),
        video_steps.c.state == _RUNNING,
    )
    .values(
        lease_until=_LEASE_END,
        progress=func.least(1.0, func.greatest(0.0, parameter("progress", Double))),
    )
)

_transcript = insert_row(video_transcripts)
_put = _transcript.on_conflict_do_update(
    index_elements=[video_transcripts.c.tenant_id, video_transcripts.c.content_id],
    set_={
        name: _transcript.excluded[name]
        for name in ("language", "full_text", "segments", "segment_count", "model", "generated_at")
    },
).cte("put")
# What can be found is what is shown: one statement writes both.
_surplus = (
    delete(search_cues)
    .where(
        of_tenant(search_cues),
        search_cues.c.content_id == parameter("content_id", Uuid),
        search_cues.c.position >= parameter("segment_count", Integer),
    )
    .cte("surplus")
)
_cue = (
    func.jsonb_array_elements(parameter("segments", JSONB))
    .table_valued(column("cue", JSONB), with_ordinality="place", name="segment")
    .render_derived()
)
_cues = insert(search_cues).from_select(
    ["tenant_id", "content_id", "position", "start_seconds", "end_seconds", "text"],
    select(
        TENANT,
        parameter("content_id", Uuid),
        cast(_cue.c.place, Integer) - _ONE,
        cast(_cue.c.cue["start"].astext, Double),
        cast(_cue.c.cue["end"].astext, Double),
        _cue.c.cue["text"].astext,
    ),
)
_PUT_TRANSCRIPT = Statement(
    _cues.on_conflict_do_update(
        index_elements=list(search_cues.primary_key.columns),
        set_={name: _cues.excluded[name] for name in ("start_seconds", "end_seconds", "text")},
    ).add_cte(_put, _surplus)
)

_GET_TRANSCRIPT = Statement(
    select(
        video_transcripts.c.content_id,
        video_transcripts.c.language,
        video_transcripts.c.full_text,
        as_text(video_transcripts.c.segments).label("segments"),
        video_transcripts.c.model,
        video_transcripts.c.generated_at,
    ).where(of_tenant(video_transcripts), video_transcripts.c.content_id == parameter("content_id", Uuid))
)

Output: TypeAlias = dict[str, str | int | float]
_outputs = msgspec.json.Decoder(Output)
_segments = msgspec.json.Decoder(tuple[Segment, ...])


def asset_from_rows(row: Row, steps: Iterable[Row]) -> VideoAsset:
    """A video from its row and those of its steps."""
    by_name = {StepName(step["name"]): step_from_row(step) for step in steps}
    return VideoAsset(
        id=row["id"],
        tenant_id=row["tenant_id"],
        content_id=row["content_id"],
        status=VideoStatus(row["status"]),
        source_key=row["source_key"],
        source_bytes=row["source_bytes"],
        source_name=row["source_name"],
        language=row["language"],
        steps={name: by_name[name] for name in PLAN},
        created_at=row["created_at"],
        playable=row["playable"],
        duration_seconds=row["duration_seconds"],
        width=row["width"],
        height=row["height"],
        hls_key=row["hls_key"],
        poster_key=row["poster_key"],
        captions_key=row["captions_key"],
        stored_bytes=row["stored_bytes"],
        error_code=row["error_code"],
        error=row["error"],
    )


def step_from_row(row: Row) -> Step:
    """A step from its row."""
    return Step(
        id=row["id"],
        name=StepName(row["name"]),
        state=StepState(row["state"]),
        attempt=row["attempt"],
        failures=row["failures"],
        lost_leases=row["lost_leases"],
        lease_until=row["lease_until"],
        not_before=row["not_before"],
        progress=row["progress"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        error_code=row["error_code"],
        error=row["error"],
        log=row["log"],
        output=_outputs.decode(row["output"]),
    )


def _asset_values(asset: VideoAsset) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(asset, name) for name in _ASSET_CHANGES}
    return {**values, "id": asset.id, "status": asset.status.value}


def _step_values(*assets: VideoAsset) -> dict[str, object]:
    steps = [(asset.id, step) for asset in assets for step in asset.steps.values()]
    own = [name for name in _STEP_COLUMNS if name != "asset_id"]
    columns = {f"given_{name}": [getattr(step, name) for _, step in steps] for name in own}
    outputs = [msgspec.json.encode(step.output).decode() for _, step in steps]
    return {**columns, "given_output": outputs, "given_asset_id": [asset_id for asset_id, _ in steps]}


class PostgresVideoRepository(VideoRepository):
    """Videos of one school."""

    def __init__(self, sql: TenantSql, worker_now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """``worker_now``: the clock by which the assets' own instants were told."""
        self._sql = sql
        self._worker_now = worker_now

    async def add(self, asset: VideoAsset) -> None:
        self._sql.check_school(asset.tenant_id)
        await self._sql.later(
            _ADD_ASSET, **_asset_values(asset), content_id=asset.content_id, created_at=asset.created_at
        )
        await self._sql.later(_ADD_STEPS, **_step_values(asset))

    async def lock(self, asset_id: UUID) -> VideoAsset | None:
        return await self._with_steps(await self._sql.row(_LOCK, id=asset_id))

    async def lock_by_content(self, content_id: UUID) -> VideoAsset | None:
        return await self._with_steps(await self._sql.row(_LOCK_BY_CONTENT, content_id=content_id))

    async def lock_stored(self, content_ids: frozenset[UUID]) -> tuple[StoredVideo, ...]:
        rows = await self._sql.rows(_LOCK_STORED, content_ids=list(content_ids))
        return tuple(StoredVideo(row["content_id"], row["stored_bytes"]) for row in rows)

    async def lock_by_course(self, course_id: UUID) -> tuple[VideoAsset, ...]:
        return await self._all_with_steps(await self._sql.rows(_LOCK_BY_COURSE, course_id=course_id))

    async def _all_with_steps(self, rows: list[Row]) -> tuple[VideoAsset, ...]:
        if not rows:
            return ()
        steps: dict[UUID, list[Row]] = {row["id"]: [] for row in rows}
        for step in await self._sql.rows(_STEPS_OF_MANY, asset_ids=list(steps)):
            steps[step["asset_id"]].append(step)
        return tuple(asset_from_rows(row, steps[row["id"]]) for row in rows)

    async def claim(self, step_id: UUID, lease: Lease) -> ClaimedStep | None:
        if await self._sql.row(_LOCK_BY_STEP, step_id=step_id) is None:
            return None
        row = await self._sql.row(_CLAIM, step_id=step_id, seconds=lease.seconds)
        if row is None:
            return None
        return ClaimedStep(
            asset_id=row["asset_id"], step_id=row["id"], name=StepName(row["name"]), attempt=row["attempt"]
        )

    async def heartbeat(self, step_id: UUID, attempt: int, lease: Lease, *, progress: float) -> bool:
        renewed = await self._sql.run(
            _HEARTBEAT, step_id=step_id, attempt=attempt, seconds=lease.seconds, progress=progress
        )
        return renewed == 1

    async def save(self, *assets: VideoAsset) -> None:
        for asset in assets:
            self._sql.check_school(asset.tenant_id)
        await self._sql.run(
            _SAVE, **_assets.values(map(_asset_values, assets)), **_step_values(*assets), worker_now=self._worker_now()
        )

    async def put_transcript(self, transcript: Transcript) -> None:
        segments = [{"start": s.start, "end": s.end, "text": s.text} for s in transcript.segments]
        await self._sql.run(
            _PUT_TRANSCRIPT,
            content_id=transcript.content_id,
            language=transcript.language,
            full_text=transcript.full_text,
            segments=msgspec.json.encode(segments).decode(),
            segment_count=len(segments),
            model=transcript.model,
            generated_at=transcript.generated_at,
        )

    async def get_transcript(self, content_id: UUID) -> Transcript | None:
        row = await self._sql.row(_GET_TRANSCRIPT, content_id=content_id)
        if row is None:
            return None
        return Transcript(
            content_id=row["content_id"],
            language=row["language"],
            full_text=row["full_text"],
            segments=_segments.decode(row["segments"]),
            model=row["model"],
            generated_at=row["generated_at"],
        )

    async def _with_steps(self, row: Row | None) -> VideoAsset | None:
        if row is None:
            return None
        return asset_from_rows(row, await self._sql.rows(_STEPS, asset_id=row["id"]))

"""Screens of learners. `visible_to` decides everywhere what a person may see."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
from sqlalchemy import (
    Double,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.sql.elements import SQLCoreOperations

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.folding import folded
from adapters.postgres.learning_sql import achieved_by, completion, coverage, required_in, visible_to
from adapters.postgres.screen_sql import (
    LIMIT,
    OFFSET,
    as_text,
    content_fields,
    json_list,
    json_object,
    listed,
    listing,
    media_fields,
)
from adapters.postgres.sql import Row
from adapters.postgres.statements import Statement, fixed, of_tenant, parameter
from adapters.postgres.tables import (
    content_progress,
    contents,
    courses,
    modules,
    video_assets,
    video_transcripts,
)
from lms_app.files.addresses import public_address
from lms_app.learning.views import (
    ContentStatus,
    CourseProgressView,
    SegmentView,
    TeacherCourseDetailView,
    TeacherCourseView,
    TeacherModuleView,
)
from lms_app.listing import Listing, PageRequest
from lms_app.ports.queries import LearningQueries, MediaKeys, TeacherCourseScreen, TranscriptRow
from lms_app.scope import TenantScope

_USER = parameter("user_id", Uuid)
_COURSE = parameter("course_id", Uuid)
_ZERO, _ONE = literal_column("0", Integer), literal_column("1", Integer)

_is_own = and_(
    of_tenant(content_progress), content_progress.c.user_id == _USER, content_progress.c.content_id == contents.c.id
)
_is_its_video = and_(of_tenant(video_assets), video_assets.c.content_id == contents.c.id)


def _with_progress(course: FromClause) -> Select[*tuple[object, ...]]:
    """Everything of ``course`` (rows of ``courses``), with how far the person is."""
    size = required_in(course)
    achieved = achieved_by(course, _USER)
    done = completion(size, achieved)
    module_count = (
        select(func.count())
        .select_from(modules)
        .where(of_tenant(modules), modules.c.course_id == course.c.id)
        .scalar_subquery()
    )
    return select(
        course,
        module_count.label("module_count"),
        size.c.total,
        achieved.c.completed,
        or_(achieved.c.begun > _ZERO, done.percentage > _ZERO).label("is_started"),
        done.percentage.label("percentage"),
        done.is_complete.label("is_complete"),
    ).select_from(course.join(size, true()).join(achieved, true()))


_matching = select(courses).where(
    of_tenant(courses),
    visible_to(courses, _USER),
    func.strpos(courses.c.title_folded, parameter("search", Text)) > literal_column("0"),
)
_nearest_deadline_first = (
    _matching.order_by(courses.c.deadline.asc().nulls_last(), courses.c.title_folded, courses.c.id)
    .limit(LIMIT)
    .offset(OFFSET)
)
_COURSES = Statement(
    listing(
        _matching,
        _with_progress(_nearest_deadline_first.subquery("course")),
        ("deadline ASC NULLS LAST", "title_folded", "id"),
    )
)

_watched = (
    select(
        func.sum(func.upper(literal_column("w.seconds")) - func.lower(literal_column("w.seconds"))).label("seconds"),
        json_list(
            func.json_build_array(func.lower(literal_column("w.seconds")), func.upper(literal_column("w.seconds"))),
            literal_column("w.seconds"),
        ).label("intervals"),
    )
    .select_from(func.unnest(content_progress.c.watched).table_valued("seconds", name="w").render_derived(name="w"))
    .lateral("watched")
)
_is_completed = content_progress.c.completed_at.is_not(None)
_own_fields: Mapping[str, SQLCoreOperations[object]] = {
    **content_fields(),
    "status": case(
        (_is_completed, fixed(ContentStatus.COMPLETED)),
        (content_progress.c.started_at.is_not(None), fixed(ContentStatus.IN_PROGRESS)),
        else_=fixed(ContentStatus.NOT_STARTED),
    ),
    "coverage": coverage(_watched.c.seconds, video_assets.c.duration_seconds, _is_completed),
    "watched": _watched.c.intervals,
    "resume_seconds": func.coalesce(content_progress.c.position_seconds, cast(literal_column("0"), Double)),
    # The use case gives leave to play.
    "hls_url": null(),
    "captions_url": null(),
    "thumbnail_url": null(),
    "storyboard_url": null(),
    "playback_expires_at": null(),
}
_inside = (
    select(json_list(json_object(_own_fields), contents.c.position))
    .select_from(
        contents.outerjoin(video_assets, _is_its_video).outerjoin(content_progress, _is_own).outerjoin(_watched, true())
    )
    .where(of_tenant(contents), contents.c.course_id == _COURSE, contents.c.module_id == modules.c.id)
    .correlate(modules)
    .scalar_subquery()
)
_modules = (
    select(
        json_list(
            json_object(
                {
                    "id": modules.c.id,
                    "title": modules.c.title,
                    "description": modules.c.description,
                    "order": modules.c.position + _ONE,
                    "contents": _inside,
                }
            ),
            modules.c.position,
        )
    )
    .where(of_tenant(modules), modules.c.course_id == _COURSE)
    .scalar_subquery()
)
_media = (
    select(
        func.coalesce(func.json_object_agg(contents.c.id, json_object(media_fields())), literal_column("'{}'::json"))
    )
    .select_from(contents.join(video_assets, _is_its_video))
    .where(of_tenant(contents), contents.c.course_id == _COURSE)
    .scalar_subquery()
)
_one = select(courses).where(of_tenant(courses), courses.c.id == _COURSE, visible_to(courses, _USER)).subquery("course")
_DETAIL = Statement(
    _with_progress(_one).add_columns(as_text(_modules).label("modules"), as_text(_media).label("media"))
)

_TRANSCRIPT = Statement(
    select(
        video_transcripts.c.content_id,
        video_transcripts.c.language,
        video_transcripts.c.full_text,
        as_text(video_transcripts.c.segments).label("segments"),
        video_assets.c.captions_key,
        video_assets.c.duration_seconds,
        video_transcripts.c.generated_at,
    )
    .select_from(
        video_transcripts.join(contents, and_(of_tenant(contents), contents.c.id == video_transcripts.c.content_id))
        .join(courses, and_(of_tenant(courses), courses.c.id == contents.c.course_id))
        .join(video_assets, _is_its_video)
    )
    .where(
        of_tenant(video_transcripts),
        video_transcripts.c.content_id == parameter("content_id", Uuid),
        video_assets.c.captions_key.is_not(None),
        visible_to(courses, _USER),
    )
)

_modules_decoder = msgspec.json.Decoder(list[TeacherModuleView])
_media_decoder = msgspec.json.Decoder(dict[UUID, MediaKeys])
_segments_decoder = msgspec.json.Decoder(list[SegmentView])


def _course_from_row(row: Row) -> TeacherCourseView:
    return TeacherCourseView(
        id=row["id"],
        title=row["title"],
        slug=row["slug"],
        description=row["description"],
        thumbnail_url=public_address(row["thumbnail_key"]),
        is_mandatory=row["is_mandatory"],
        deadline=row["deadline"],
        estimated_hours=row["estimated_hours"],
        is_published=row["is_published"],
        assigned_to_all=row["assigned_to_all"],
        assigned_groups=[],
        assigned_teachers=[],
        module_count=row["module_count"],
        content_count=row["total"],
        assigned_teacher_count=None,
        completion_rate=None,
        version=row["version"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        progress=CourseProgressView(
            completed_content_count=row["completed"],
            total_content_count=row["total"],
            percentage=row["percentage"],
            is_started=row["is_started"],
            is_complete=row["is_complete"],
        ),
    )


class PostgresLearningQueries(LearningQueries):
    """Screens of learners."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def courses(
        self, scope: TenantScope, user_id: UUID, search: str, page: PageRequest
    ) -> Listing[TeacherCourseView]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(_COURSES, user_id=user_id, search=folded(search), limit=page.size, offset=page.offset)
        count, found = listed(rows)
        return Listing(count, [_course_from_row(row) for row in found])

    async def course(self, scope: TenantScope, user_id: UUID, course_id: UUID) -> TeacherCourseScreen | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_DETAIL, user_id=user_id, course_id=course_id)
        if row is None:
            return None
        return TeacherCourseScreen(
            course=TeacherCourseDetailView(
                **msgspec.structs.asdict(_course_from_row(row)), modules=_modules_decoder.decode(row["modules"])
            ),
            media=_media_decoder.decode(row["media"]),
        )

    async def transcript(self, scope: TenantScope, user_id: UUID, content_id: UUID) -> TranscriptRow | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_TRANSCRIPT, user_id=user_id, content_id=content_id)
        if row is None:
            return None
        return TranscriptRow(
            content_id=row["content_id"],
            language=row["language"],
            full_text=row["full_text"],
            segments=_segments_decoder.decode(row["segments"]),
            captions_key=row["captions_key"],
            duration_seconds=row["duration_seconds"],
            generated_at=row["generated_at"],
        )

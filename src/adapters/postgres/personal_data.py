"""What is personal, wherever it is kept: all of it at once, and taking it away."""

from uuid import UUID

import msgspec
from sqlalchemy import (
    CTE,
    ColumnElement,
    Table,
    Text,
    Uuid,
    case,
    delete,
    func,
    literal_column,
    not_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.accounts import user_from_row
from adapters.postgres.learning_sql import visible_to
from adapters.postgres.people_sql import is_erased
from adapters.postgres.screen_sql import as_text, json_list, json_object
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import Statement, fixed, of_tenant, parameter
from adapters.postgres.tables import (
    audit_log,
    certificates,
    content_progress,
    course_completions,
    courses,
    group_members,
    mail_deliveries,
    notifications,
    one_time_tokens,
    question_flags,
    quiz_attempts,
    quiz_extensions,
    second_factors,
    sessions,
    stored_files,
    submission_files,
    submissions,
    teacher_groups,
    users,
)
from lms_app.accounts.people_views import PersonalDataView
from lms_app.accounts.views import view_of_user
from lms_app.ports.personal_data import ErasedFile, PersonalDataRepository
from lms_domain.files.stored_file import FilePurpose
from lms_domain.notices.mail_delivery import MailState

_USER = parameter("user_id", Uuid)


def _record(table: Table, *left_out: str) -> ColumnElement[object]:
    """A row as JSON, without what is the same for all of them or nobody's business."""
    names = ", ".join(f"'{name}'" for name in ("tenant_id", "user_id", *left_out))
    return func.to_jsonb(table.table_valued()).op("-", return_type=JSONB)(literal_column(f"ARRAY[{names}]"))


def _theirs(table: Table, order: str, *left_out: str, of: str = "user_id") -> ColumnElement[object]:
    return (
        select(json_list(_record(table, of, *left_out), table.c[order]))
        .where(of_tenant(table), table.c[of] == _USER)
        .scalar_subquery()
    )


_groups = (
    select(
        json_list(
            json_object(
                {
                    "id": teacher_groups.c.id,
                    "name": teacher_groups.c.name,
                    "kind": teacher_groups.c.kind,
                    "joined_at": group_members.c.joined_at,
                }
            ),
            teacher_groups.c.name_folded,
        )
    )
    .join_from(group_members, teacher_groups, teacher_groups.c.id == group_members.c.group_id)
    .where(of_tenant(group_members), of_tenant(teacher_groups), group_members.c.user_id == _USER)
    .scalar_subquery()
)
_course: dict[str, ColumnElement[object]] = {
    "id": courses.c.id,
    "title": courses.c.title,
    "deadline": courses.c.deadline,
}
_courses = (
    select(json_list(json_object(_course), courses.c.title_folded))
    .where(of_tenant(courses), visible_to(courses, _USER))
    .scalar_subquery()
)
_preferences = json_object(
    {
        "mail": users.c.mail_enabled,
        "digest": users.c.mail_digest,
        "muted": func.to_json(users.c.muted_kinds),
        "unmailed": func.to_json(users.c.unmailed_kinds),
    }
)
_SECTIONS: dict[str, ColumnElement[object]] = {
    "preferences": _preferences,
    "groups": _groups,
    "courses": _courses,
    "progress": _theirs(content_progress, "started_at"),
    "completions": _theirs(course_completions, "completed_at"),
    "certificates": _theirs(certificates, "issued_at"),
    "submissions": _theirs(submissions, "created_at", "graded_by"),
    "quiz_attempts": _theirs(quiz_attempts, "started_at", "seed"),
    "quiz_extensions": _theirs(quiz_extensions, "given_at", "given_by"),
    "question_flags": _theirs(question_flags, "created_at", "root_id"),
    "files": _theirs(stored_files, "created_at", "key", of="owner_id"),
    "notifications": _theirs(notifications, "created_at", "event_key"),
    # A mail that waits may hold a link that opens the account.
    "mails": _theirs(mail_deliveries, "created_at", "html", "text", "dedupe_key", "unsubscribe_url"),
    "sessions": _theirs(sessions, "created_at"),
    "audit": _theirs(audit_log, "at", "search_text", of="actor_id"),
}
PERSONAL_DATA = Statement(
    select(users, *(as_text(section).label(f"data_{name}") for name, section in _SECTIONS.items())).where(
        of_tenant(users), users.c.id == _USER, not_(is_erased(users))
    )
)

_decode_object = msgspec.json.Decoder(dict[str, msgspec.Raw])
_decode_list = msgspec.json.Decoder(list[dict[str, msgspec.Raw]])


def personal_data_from_row(row: Row) -> PersonalDataView:
    """Everything about a person, from what `PERSONAL_DATA` gave."""
    lists = {name: _decode_list.decode(row[f"data_{name}"]) for name in _SECTIONS if name != "preferences"}
    return PersonalDataView(
        person=view_of_user(user_from_row(row)), preferences=_decode_object.decode(row["data_preferences"]), **lists
    )


def _gone(table: Table, name: str) -> CTE:
    return delete(table).where(of_tenant(table), table.c.user_id == _USER).cte(name)


_handed_in = (
    select(submission_files.c.submission_id)
    .join_from(submission_files, submissions, submissions.c.id == submission_files.c.submission_id)
    .where(of_tenant(submissions), submissions.c.user_id == _USER)
)
_unlink_files = delete(submission_files).where(
    of_tenant(submission_files), submission_files.c.submission_id.in_(_handed_in)
)
_EMPTY = literal_column("''", Text)
_is_waiting = mail_deliveries.c.state == fixed(MailState.QUEUED)
_SCRUBBED = (
    _unlink_files.cte("unlinked"),
    update(submissions)
    .where(of_tenant(submissions), submissions.c.user_id == _USER)
    .values(text=_EMPTY, feedback=_EMPTY)
    .cte("works"),
    update(quiz_attempts)
    .where(of_tenant(quiz_attempts), quiz_attempts.c.user_id == _USER)
    .values(draft=literal_column("'{}'::jsonb"), answers=literal_column("'{}'::jsonb"))
    .cte("attempts"),
    update(sessions)
    .where(of_tenant(sessions), sessions.c.user_id == _USER)
    .values(address=_EMPTY, user_agent=_EMPTY)
    .cte("devices"),
    # What waits is not sent any more.
    update(mail_deliveries)
    .where(of_tenant(mail_deliveries), mail_deliveries.c.user_id == _USER)
    .values(
        to=_EMPTY,
        subject=_EMPTY,
        html=_EMPTY,
        text=_EMPTY,
        state=case((_is_waiting, fixed(MailState.FAILED)), else_=mail_deliveries.c.state),
        error=case((_is_waiting, literal_column("'The person was erased.'", Text)), else_=mail_deliveries.c.error),
    )
    .cte("mails"),
)
_REMOVED = (
    _gone(certificates, "certificates"),
    _gone(quiz_extensions, "extensions"),
    _gone(question_flags, "flags"),
    _gone(notifications, "notices"),
    _gone(group_members, "groups"),
    _gone(one_time_tokens, "links"),
    _gone(second_factors, "factors"),
)
# A picture that a course still shows is the school's; what somebody handed in and their own picture are theirs.
_ERASE = Statement(
    delete(stored_files)
    .where(
        of_tenant(stored_files),
        stored_files.c.owner_id == _USER,
        stored_files.c.purpose.in_([fixed(FilePurpose.SUBMISSION_FILE), fixed(FilePurpose.PROFILE_PICTURE)]),
    )
    .returning(stored_files.c.key, stored_files.c.size_bytes)
    .add_cte(*_SCRUBBED, *_REMOVED)
)


class PostgresPersonalDataRepository(PersonalDataRepository):
    """The personal data of one school's people."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def erase(self, user_id: UUID) -> tuple[ErasedFile, ...]:
        rows = await self._sql.rows(_ERASE, user_id=user_id)
        return tuple(ErasedFile(key=row["key"], size_bytes=row["size_bytes"]) for row in rows)

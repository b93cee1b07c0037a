"""What a learner looks for: three lists in one statement."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Double,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    column,
    func,
    literal_column,
    select,
)

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.folding import folded
from adapters.postgres.learning_sql import visible_to
from adapters.postgres.screen_sql import LIMIT, as_text
from adapters.postgres.statements import Statement, of_tenant, parameter
from adapters.postgres.tables import contents, courses
from lms_app.ports.search_queries import Found, FoundContent, FoundCourse, FoundCue, SearchQueries
from lms_app.scope import TenantScope

_USER = parameter("user_id", Uuid)
_WORDS = parameter("words", ARRAY(Text))
_ZERO = literal_column("0", Integer)


def _has_all(text: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether every word is somewhere in a text."""
    word = func.unnest(_WORDS).column_valued("word")
    return ~select(word).where(func.strpos(text, word) == _ZERO).exists()


def _listed(found: Select[*tuple[object, ...]], name: str) -> ColumnElement[str]:
    """Rows as a JSON array, in their order."""
    rows = found.subquery(name)
    everything = func.json_agg(func.row_to_json(rows.table_valued()))
    return as_text(func.coalesce(select(everything).scalar_subquery(), literal_column("'[]'::json"))).label(name)


_is_its_course = and_(of_tenant(courses), courses.c.id == contents.c.course_id)
_courses = (
    select(courses.c.id, courses.c.title)
    .where(
        of_tenant(courses),
        visible_to(courses, _USER),
        _has_all(func.concat_ws(literal_column("' '"), courses.c.title_folded, func.lower(courses.c.description))),
    )
    # What is called so comes before what only speaks of it.
    .order_by(_has_all(courses.c.title_folded).desc(), courses.c.title_folded, courses.c.id)
    .limit(LIMIT)
)
_contents = (
    select(
        contents.c.id,
        contents.c.title,
        contents.c.content_type,
        contents.c.course_id,
        courses.c.title.label("course_title"),
    )
    .join_from(contents, courses, _is_its_course)
    .where(of_tenant(contents), visible_to(courses, _USER), _has_all(func.lower(contents.c.title)))
    .order_by(courses.c.title_folded, courses.c.id, contents.c.position, contents.c.id)
    .limit(LIMIT)
)
_said = func.search_transcripts(parameter("phrase", Text), _USER, LIMIT).table_valued(
    column("tenant_id", Uuid),
    column("content_id", Uuid),
    column("position", Integer),
    column("start_seconds", Double),
    column("end_seconds", Double),
    column("text", Text),
    column("rank", Double),
    name="said",
)
_cues = (
    select(
        _said.c.content_id,
        contents.c.title.label("content_title"),
        contents.c.course_id,
        courses.c.title.label("course_title"),
        _said.c.start_seconds.label("start"),
        _said.c.end_seconds.label("end"),
        _said.c.text,
    )
    .select_from(
        _said.join(contents, and_(of_tenant(contents), contents.c.id == _said.c.content_id)).join(
            courses, _is_its_course
        )
    )
    # Once more what the function has asked already.
    .where(of_tenant(_said), visible_to(courses, _USER))
    .order_by(_said.c.rank.desc(), courses.c.title_folded, contents.c.position, _said.c.content_id, _said.c.position)
)
_FIND = Statement(select(_listed(_courses, "courses"), _listed(_contents, "contents"), _listed(_cues, "cues")))

_found_courses = msgspec.json.Decoder(list[FoundCourse])
_found_contents = msgspec.json.Decoder(list[FoundContent])
_found_cues = msgspec.json.Decoder(list[FoundCue])


class PostgresSearchQueries(SearchQueries):
    """Looks through titles as they are folded, and through transcripts by an index of words."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def find(self, scope: TenantScope, user_id: UUID, words: Sequence[str], *, limit: int) -> Found:
        async with self._database.read(scope) as sql:
            row = await sql.row(
                _FIND, user_id=user_id, words=[folded(word) for word in words], phrase=" ".join(words), limit=limit
            )
        if row is None:
            raise LookupError("three lists are one row")
        return Found(
            courses=_found_courses.decode(row["courses"]),
            contents=_found_contents.decode(row["contents"]),
            cues=_found_cues.decode(row["cues"]),
        )

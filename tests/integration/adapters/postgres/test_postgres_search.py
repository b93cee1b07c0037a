"""Transcripts are searched by an index, in one school, among what a person may see."""

from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
import pytest

from adapters.embedded_postgres.server import EmbeddedDsns
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from lms_app.ports.repositories import Transcript
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import Course
from lms_domain.courses.group import GroupKind, TeacherGroup
from lms_domain.video.transcript import Segment
from tests.contracts.samples import NOW, new_content, new_course, new_school, new_user

Connection = "asyncpg.Connection[asyncpg.Record]"

FOUND = "SELECT text FROM search_transcripts($1, $2, $3)"


async def spoken(
    uow: PostgresUnitOfWork, scope: TenantScope, *texts: str, teachers: Iterable[UUID] = (), **course: object
) -> Course:
    """A published course with a video in which this is said."""
    made, module = await new_course(uow, scope, teachers=teachers, **{"is_published": True, **course})
    content = await new_content(uow, module)
    async with uow.begin(scope) as tx:
        await tx.videos.put_transcript(_transcript(content.id, texts))
        await tx.commit()
    return made


def _transcript(content_id: UUID, texts: Iterable[str]) -> Transcript:
    segments = tuple(Segment(float(place), place + 0.5, text) for place, text in enumerate(texts))
    return Transcript(content_id, "en", " ".join(texts), segments, "test", datetime.now(UTC))


class Searcher:
    """Asks as lms_app, with raw SQL."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def __call__(self, scope: TenantScope | None, viewer: UUID, phrase: str, limit: int = 50) -> list[str]:
        async with self.connection.transaction():
            if scope is not None:
                await self.connection.execute("SELECT set_config('app.tenant_id', $1, true)", str(scope.tenant_id))
            return [row["text"] for row in await self.connection.fetch(FOUND, phrase, viewer, limit)]


@pytest.fixture
async def search(dsns: EmbeddedDsns) -> AsyncIterator[Searcher]:
    connection = await asyncpg.connect(dsns.app)
    yield Searcher(connection)
    await connection.close()


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("photosynthesis", {"Photosynthesis needs light."}),
        ("PHOTO light", {"Photosynthesis needs light."}),
        ("light", {"Photosynthesis needs light.", "A lighthouse, isn't it?"}),
        ("isn't", {"A lighthouse, isn't it?"}),
        ("größe", {"Die Größe zählt."}),
        ("photo dark", set()),
        ("", set()),
        (" \t ", set()),
        ("'", set()),
        ("\\ & | ! ( ) <-> :* '", set()),
        ("light & !photosynthesis", {"Photosynthesis needs light."}),
        ("light:*A", set()),
        ("x" * 5000, set()),
    ],
)
async def test_all_words_by_their_beginnings(
    uow: PostgresUnitOfWork, search: Searcher, phrase: str, expected: set[str]
) -> None:
    scope = await new_school(uow)
    admin = await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
    await spoken(uow, scope, "Photosynthesis needs light.", "A lighthouse, isn't it?", "Die Größe zählt.")
    assert set(await search(scope, admin.id, phrase)) == expected


async def test_only_what_a_person_may_see(uow: PostgresUnitOfWork, search: Searcher) -> None:
    scope, elsewhere = await new_school(uow), await new_school(uow)
    admin = await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
    teacher, gone = await new_user(uow, scope), await new_user(uow, scope, is_active=False)
    stranger = await new_user(uow, elsewhere, role=Role.SCHOOL_ADMIN)
    group = TeacherGroup(uuid4(), scope.tenant_id, "Group", GroupKind.CUSTOM, NOW)
    await spoken(uow, scope, "word for everybody")
    await spoken(uow, scope, "word in a draft", is_published=False)
    await spoken(uow, scope, "word for nobody", assigned_to_all=False)
    await spoken(uow, scope, "word for a teacher", assigned_to_all=False, teachers=[teacher.id])
    of_group = await spoken(uow, scope, "word for a group", assigned_to_all=False)
    deleted = await spoken(uow, scope, "word in what is deleted")
    await spoken(uow, elsewhere, "word of another school")
    async with uow.begin(scope) as tx:
        await tx.groups.add(group)
        await tx.groups.set_members(group.id, frozenset({teacher.id}), on=NOW)
        await tx.courses.assign_groups(of_group.id, frozenset({group.id}), on=NOW)
        await tx.courses.save(deleted.delete(now=NOW))
        await tx.commit()
    everything = {"word for everybody", "word in a draft", "word for nobody", "word for a teacher", "word for a group"}
    assert set(await search(scope, admin.id, "word")) == everything
    assert set(await search(scope, teacher.id, "word")) == everything - {"word in a draft", "word for nobody"}
    for nobody in (gone.id, stranger.id, uuid4()):
        assert await search(scope, nobody, "word") == []
    assert await search(elsewhere, stranger.id, "word") == ["word of another school"]
    assert await search(None, admin.id, "word") == []
    # The school is among the words of a cue, but nobody finds it there.
    for word in (
        str(elsewhere.tenant_id),
        str(scope.tenant_id),
        scope.tenant_id.hex[:5],
        f"={scope.tenant_id.hex[:8]}",
    ):
        assert await search(scope, admin.id, word) == []
    assert len(await search(scope, admin.id, "word", 2)) == 2


async def test_a_new_transcript_takes_the_place_of_the_old(uow: PostgresUnitOfWork, search: Searcher) -> None:
    scope = await new_school(uow)
    admin = await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
    _, module = await new_course(uow, scope)
    content = await new_content(uow, module)
    for texts in (("one same", "two same", "three same"), ("uno same",), ()):
        async with uow.begin(scope) as tx:
            await tx.videos.put_transcript(_transcript(content.id, texts))
            await tx.commit()
        assert set(await search(scope, admin.id, "same")) == set(texts)


async def test_the_index_is_used(
    uow: PostgresUnitOfWork, search: Searcher, owner_connection: Connection, dsns: EmbeddedDsns
) -> None:
    """Among the words of many schools, also of a school where each cue has the word."""
    scope = await new_school(uow)
    admin = await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
    await spoken(uow, scope, "the needle")
    for _ in range(3):
        other = await new_school(uow)
        _, module = await new_course(uow, other)
        content = await new_content(uow, module)
        await owner_connection.execute(
            "INSERT INTO search_cues (tenant_id, content_id, position, start_seconds, end_seconds, text) "
            "SELECT $1, $2, n, n, n + 1, 'the needle and hay ' || n FROM generate_series(1, 5000) AS n",
            other.tenant_id,
            content.id,
        )
    await owner_connection.execute("VACUUM ANALYZE search_cues")
    await _check_plan(owner_connection, admin.tenant_id, admin.id)
    scans = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'ix_search_cues_words'"
    before = await owner_connection.fetchval(scans)
    assert await search(scope, admin.id, "needle") == ["the needle"]
    await search.connection.execute("SELECT pg_stat_force_next_flush()")
    await search.connection.execute("SELECT 1")
    assert await owner_connection.fetchval(scans) > before


async def _check_plan(owner: Connection, tenant_id: UUID, viewer: UUID) -> None:
    """What the function does, as the role that does it: of its body one sees nothing in a plan of its caller."""
    body = await owner.fetchval("SELECT prosrc FROM pg_proc WHERE proname = 'search_transcripts'")
    for name, value in {"phrase,": "'needle',", "= viewer": f"= '{viewer}'", "LIMIT max_rows": "LIMIT 50"}.items():
        assert name in body
        body = body.replace(name, value)
    async with owner.transaction():
        await owner.execute("SET LOCAL ROLE lms_search")
        await owner.execute("SELECT set_config('app.tenant_id', $1, true)", str(tenant_id))
        rows = await owner.fetch(f"EXPLAIN (ANALYZE, BUFFERS) {body}")
    plan = "\n".join(row[0] for row in rows)
    assert "Bitmap Index Scan on ix_search_cues_words" in plan, plan
    assert "Seq Scan on search_cues" not in plan, plan
    # The school is one of the words: no cue of another school was even looked at.
    assert "Rows Removed by Filter" not in plan, plan

"""What PostgreSQL tells about its own consistency."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest

from adapters.postgres.consistency import PostgresConsistencyQueries
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from lms_app.ports.consistency import GeneratedWork, SchoolBooks
from lms_app.ports.job_queue import StepDoorbell
from lms_app.ports.repositories import Lease
from lms_app.ports.storage_garbage import Garbage
from lms_domain.learning.quiz import QuizState
from lms_domain.video.steps import QueueName, StepName
from tests.contracts.learning_samples import a_quiz, a_quiz_assignment, generated, new_assignment
from tests.contracts.samples import (
    NOW,
    SYSTEM,
    a_file,
    a_transcript,
    new_content,
    new_course,
    new_school,
    new_user,
    new_video,
)


@pytest.fixture
def consistency(database: PostgresDatabase) -> PostgresConsistencyQueries:
    return PostgresConsistencyQueries(database)


async def test_the_books_of_every_school(uow: PostgresUnitOfWork, consistency: PostgresConsistencyQueries) -> None:
    ours, theirs = await new_school(uow), await new_school(uow)
    videos = [await new_video(uow, ours) for _ in range(2)]
    async with uow.begin(ours) as tx:
        await tx.usage.add_stored_bytes(7)
        await tx.commit()
    assert {books.tenant_id: books for books in await consistency.books(SYSTEM)} == {
        ours.tenant_id: SchoolBooks(ours.tenant_id, 7, sum(video.stored_bytes for video in videos)),
        theirs.tenant_id: SchoolBooks(theirs.tenant_id, 0, 0),
    }


async def test_doorbells_that_nobody_rings(
    uow: PostgresUnitOfWork,
    consistency: PostgresConsistencyQueries,
    owner_connection: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    scope = await new_school(uow)
    bells = [StepDoorbell(QueueName.MEDIA, scope.tenant_id, uuid4()) for _ in range(2)]
    async with uow.begin(scope) as tx:
        await tx.outbox.add(tuple(bells))
        await tx.commit()
    assert await consistency.late_doorbells(SYSTEM, seconds=120) == ()
    await owner_connection.execute(
        "UPDATE outbox SET created_at = now() - $2::interval WHERE step_id = $1",
        bells[1].step_id,
        timedelta(seconds=130),
    )
    (late,) = await consistency.late_doorbells(SYSTEM, seconds=120)
    assert (late.tenant_id, late.step_id) == (scope.tenant_id, bells[1].step_id)
    assert 130 <= late.waiting_seconds < 160


async def test_leases_and_transcripts(uow: PostgresUnitOfWork, consistency: PostgresConsistencyQueries) -> None:
    ours, theirs = await new_school(uow), await new_school(uow)
    asset = await new_video(uow, ours)
    assert await consistency.live_leases(SYSTEM) == 0
    async with uow.begin(ours) as tx:
        await tx.videos.claim(asset.steps[StepName.VALIDATE].id, Lease(60))
        await tx.videos.put_transcript(a_transcript(asset))
        await tx.commit()
    assert await consistency.live_leases(SYSTEM) == 1
    assert await consistency.transcribed(ours) == {asset.content_id}
    assert await consistency.transcribed(theirs) == frozenset()
    async with uow.begin(ours) as tx:
        await tx.videos.heartbeat(asset.steps[StepName.VALIDATE].id, 1, Lease(-1), progress=0.0)
        await tx.commit()
    assert await consistency.live_leases(SYSTEM) == 0


async def test_uploaded_files_are_in_the_books(
    uow: PostgresUnitOfWork, consistency: PostgresConsistencyQueries
) -> None:
    scope = await new_school(uow)
    file = a_file(await new_user(uow, scope))
    async with uow.begin(scope) as tx:
        await tx.files.add(file)
        await tx.commit()
    assert await consistency.books(SYSTEM) == (SchoolBooks(scope.tenant_id, 0, file.size_bytes),)


async def test_what_was_generated_of_a_video(uow: PostgresUnitOfWork, consistency: PostgresConsistencyQueries) -> None:
    ours, theirs = await new_school(uow), await new_school(uow)
    course, module = await new_course(uow, ours)
    content = await new_content(uow, module)
    await new_assignment(uow, course)
    assert await consistency.generated(ours) == {}
    await new_assignment(uow, course, **generated(content))
    assignment = a_quiz_assignment(course, **generated(content))
    quiz = a_quiz(assignment, state=QuizState.DRAFT)
    async with uow.begin(ours) as tx:
        await tx.assignments.add(assignment)
        await tx.quizzes.add(quiz)
        await tx.commit()
    assert await consistency.generated(ours) == {content.id: GeneratedWork(1, 0)}
    async with uow.begin(ours) as tx:
        await tx.quizzes.save(quiz.published(now=NOW))
        await tx.commit()
    assert await consistency.generated(ours) == {content.id: GeneratedWork(1, 1)}
    assert await consistency.generated(theirs) == {}


async def test_garbage_whose_time_came_long_ago(
    uow: PostgresUnitOfWork, consistency: PostgresConsistencyQueries
) -> None:
    school, now = uuid4(), datetime.now(UTC)
    late, due = (
        Garbage(school, f"tenant/{school}/{name}", now - timedelta(seconds=seconds))
        for name, seconds in (("late", 100), ("due", 10))
    )
    async with uow.begin(SYSTEM) as system:
        await system.garbage.add((late, due))
        await system.commit()
    assert await consistency.overdue_garbage(SYSTEM, seconds=60) == (late.prefix,)

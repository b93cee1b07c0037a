"""What every repository of progress promises. A subclass provides the fixture ``uow``."""

import asyncio
import random
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.courses.course import Content, ContentType, Course, Module
from lms_domain.courses.outline import ModuleOrder
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.completion import ContentFacts, EarnedCompletion, VideoFacts
from lms_domain.learning.progress import ContentProgress
from lms_domain.learning.seconds import SecondSet
from lms_domain.learning.submission import Standing, SubmissionStatus
from tests.contracts.learning_samples import a_submission, an_attempt, new_assignment, new_contents, new_quiz
from tests.contracts.samples import (
    NOW,
    a_content,
    a_group,
    a_module,
    an_asset,
    complete,
    new_content,
    new_course,
    new_school,
    new_user,
)

SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(hours=1)


class ProgressRepositoryContract:
    """How far people are."""

    async def test_starting_again_changes_nothing(self, uow: UnitOfWork) -> None:
        scope, user_id, content = await with_content(uow)
        async with uow.begin(scope) as tx:
            assert await tx.progress.get(user_id, content.id) is None
            first = await tx.progress.start(user_id, content.id, now=NOW)
            assert first == ContentProgress(user_id, content.id, SecondSet(), 0.0, NOW, None, None)
            assert await tx.progress.start(user_id, content.id, now=LATER) == first
            assert await tx.progress.get(user_id, content.id) == first
            assert await tx.progress.get(user_id, content.id, for_update=True) == first
            assert await tx.progress.get(uuid4(), content.id) is await tx.progress.get(user_id, uuid4()) is None

    async def test_of_many_that_start_at_once_all_find_one(self, uow: UnitOfWork) -> None:
        scope, user_id, content = await with_content(uow)
        found = await asyncio.gather(*(start(uow, scope, user_id, content, n) for n in range(10)))
        assert len(set(found)) == 1

    async def test_seconds_are_added(self, uow: UnitOfWork) -> None:
        scope, user_id, content = await with_content(uow)
        await start(uow, scope, user_id, content)
        async with uow.begin(scope) as tx:
            merge = partial(tx.progress.merge, busy_until=NOW)
            await merge(user_id, content.id, SecondSet(((5, 10),)), position_seconds=10.0, now=NOW + SECOND)
            third = NOW + 3 * SECOND
            apart = await merge(user_id, content.id, SecondSet(((20, 25),)), position_seconds=24.5, now=third)
            assert apart.watched == SecondSet(((5, 10), (20, 25)))
            touching = await merge(user_id, content.id, SecondSet(((10, 20),)), position_seconds=1.5, now=NOW + SECOND)
            assert touching == replace(apart, watched=SecondSet(((5, 25),)), position_seconds=1.5)
            assert touching.last_report_at == third, "an earlier report takes no time back"
            again = await merge(user_id, content.id, SecondSet(((6, 7),)), position_seconds=1.5, now=NOW + SECOND)
            nothing = await merge(user_id, content.id, SecondSet(), position_seconds=1.5, now=NOW + SECOND)
            assert again == nothing == touching
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.progress.get(user_id, content.id) == touching

    async def test_many_shuffled_reports_at_once_make_their_union(self, uow: UnitOfWork) -> None:
        scope, user_id, content = await with_content(uow)
        await start(uow, scope, user_id, content)
        order = random.Random(7)  # noqa: S311 -- only an order, the same at every run
        reports = [SecondSet(((start, start + order.randint(1, 60)),)) for start in range(0, 1000, 50)]
        order.shuffle(reports)

        async def report(number: int, watched: SecondSet) -> None:
            async with uow.begin(scope) as tx:
                now = NOW + number * SECOND
                await tx.progress.merge(
                    user_id, content.id, watched, position_seconds=float(number), now=now, busy_until=now
                )
                await tx.commit()

        await asyncio.gather(*(report(number, watched) for number, watched in enumerate(reports)))
        union = SecondSet.merged([pair for report in reports for pair in report.intervals])
        async with uow.begin(scope) as tx:
            progress = await tx.progress.get(user_id, content.id)
        assert progress is not None
        assert progress.watched == union
        assert progress.last_report_at == NOW + (len(reports) - 1) * SECOND

    async def test_completed_once_and_for_good(self, uow: UnitOfWork) -> None:
        scope, user_id, content = await with_content(uow)
        begun = await start(uow, scope, user_id, content)
        async with uow.begin(scope) as tx:
            done = await tx.progress.set_completed(user_id, content.id, at=LATER)
            assert done == replace(begun, completed_at=LATER)
            assert await tx.progress.set_completed(user_id, content.id, at=LATER + SECOND) == done
            later = await tx.progress.merge(
                user_id, content.id, SecondSet(), position_seconds=0.0, now=LATER, busy_until=LATER
            )
            assert later.completed_at == LATER

    async def test_what_was_never_started_is_not_there(self, uow: UnitOfWork) -> None:
        scope, user_id, content = await with_content(uow)
        for content_id in (content.id, uuid4()):
            async with uow.begin(scope) as tx:
                with pytest.raises(LookupError):
                    await tx.progress.merge(
                        user_id, content_id, SecondSet(), position_seconds=0.0, now=NOW, busy_until=NOW
                    )
                with pytest.raises(LookupError):
                    await tx.progress.set_completed(user_id, content_id, at=NOW)

    async def test_the_first_completion_is_kept(self, uow: UnitOfWork) -> None:
        scope, user_id, content = await with_content(uow)
        course_id = content.course_id

        async def record(number: int) -> EarnedCompletion | None:
            async with uow.begin(scope) as tx:
                await tx.progress.record_completion(user_id, course_id, at=NOW + number * SECOND)
                await tx.commit()
            async with uow.begin(scope) as tx:
                facts = await tx.progress.course_facts(user_id, course_id)
            assert facts is not None
            return facts.earned

        assert set(await asyncio.gather(*map(record, range(10)))) == {None}, "they are not done"
        await start(uow, scope, user_id, content)
        assert await record(0) is None
        async with uow.begin(scope) as tx:
            await tx.progress.set_completed(user_id, content.id, at=NOW)
            await tx.commit()
        (earned,) = set(await asyncio.gather(*map(record, range(10))))
        assert earned is not None

    async def test_the_clock_of_a_person_is_held_and_never_goes_back(self, uow: UnitOfWork) -> None:
        scope, user_id, content = await with_content(uow)
        await start(uow, scope, user_id, content)
        before: list[datetime] = []

        async def watch(_: int) -> None:
            async with uow.begin(scope) as tx:
                busy_until = await tx.progress.lock_clock(user_id, since=NOW)
                before.append(busy_until)
                merge = partial(tx.progress.merge, user_id, content.id, SecondSet(), position_seconds=0.0, now=NOW)
                await merge(busy_until=busy_until + SECOND)
                await merge(busy_until=NOW)
                await tx.commit()

        await asyncio.gather(*map(watch, range(8)))
        # One after the other: nobody has spent the same time twice.
        assert sorted(before) == [NOW + number * SECOND for number in range(8)]

    async def test_who_is_done_by_now_is_recorded_once(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope, is_published=True, assigned_to_all=True)
        content = await new_content(
            uow, module, content_type=ContentType.LINK, url="https://example.test/", required_coverage=None
        )
        done, begun, known = [await new_user(uow, scope) for _ in range(3)]
        async with uow.begin(scope) as tx:
            for person in (done, begun, known):
                await tx.progress.start(person.id, content.id, now=NOW)
            for person in (done, known):
                await tx.progress.set_completed(person.id, content.id, at=NOW)
            await tx.progress.record_completion(known.id, course.id, at=LATER)
            await tx.courses.save(replace(course, version=course.version + 1))
            for _ in range(2):
                await tx.progress.record_completions(course.id, at=NOW)
            # Who is done was settled before there was more to do.
            await tx.courses.add_content(a_content(module, position=1))
            facts = [await tx.progress.course_facts(person.id, course.id) for person in (done, begun, known)]
            earned = [each.earned for each in facts if each is not None]
            assert earned == [
                EarnedCompletion(course.version + 1, NOW),
                None,
                EarnedCompletion(course.version, LATER),
            ]
            await tx.progress.record_completions(uuid4(), at=NOW)
            await tx.commit()

    async def test_who_is_done_with_a_course_of_a_group_is_recorded(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        person = await new_user(uow, scope)
        ours, theirs = a_group(scope), a_group(scope, name="Another group")
        found = []
        for group in (ours, theirs):
            course, module = await new_course(uow, scope, is_published=True, assigned_to_all=False)
            content = await new_content(
                uow, module, content_type=ContentType.LINK, url="https://example.test/", required_coverage=None
            )
            async with uow.begin(scope) as tx:
                await tx.groups.add(group)
                await tx.courses.assign_groups(course.id, frozenset({group.id}), on=NOW)
                await tx.groups.set_members(group.id, frozenset({person.id}), on=NOW)
                await tx.progress.start(person.id, content.id, now=NOW)
                await tx.progress.set_completed(person.id, content.id, at=NOW)
                await tx.progress.record_completions_of_groups(frozenset(), at=NOW)
                await tx.progress.record_completions_of_groups(frozenset({ours.id, uuid4()}), at=NOW)
                facts = await tx.progress.course_facts(person.id, course.id)
                assert facts is not None
                found.append(facts.earned)
                await tx.commit()
        assert found == [EarnedCompletion(1, NOW), None]

    async def test_nobody_completes_a_course_that_is_not_theirs(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        person = await new_user(uow, scope)
        for more in ({"is_published": False, "assigned_to_all": True}, {"is_published": True}):
            course, module = await new_course(uow, scope, **{"assigned_to_all": False, **more})
            content = await new_content(
                uow, module, content_type=ContentType.LINK, url="https://example.test/", required_coverage=None
            )
            async with uow.begin(scope) as tx:
                await tx.progress.start(person.id, content.id, now=NOW)
                await tx.progress.set_completed(person.id, content.id, at=NOW)
                await tx.progress.record_completions(course.id, at=NOW)
                facts = await tx.progress.course_facts(person.id, course.id)
                assert facts is not None
                assert facts.earned is None
                await tx.commit()

    async def test_another_schools_progress_is_out_of_reach(self, uow: UnitOfWork) -> None:
        ours = await new_school(uow)
        theirs, user_id, content = await with_content(uow)
        begun = await start(uow, theirs, user_id, content)
        async with uow.begin(ours) as tx:
            assert await tx.progress.get(user_id, content.id) is None
            assert await tx.progress.get(user_id, content.id, for_update=True) is None
            assert await tx.progress.course_facts(user_id, content.course_id) is None
            await tx.progress.record_completion(user_id, content.course_id, at=NOW)
            await tx.progress.record_completions(content.course_id, at=NOW)
            with pytest.raises(LookupError):
                await tx.progress.merge(
                    user_id, content.id, SecondSet(((0, 9),)), position_seconds=9.0, now=NOW, busy_until=NOW
                )
            with pytest.raises(LookupError):
                await tx.progress.set_completed(user_id, content.id, at=NOW)
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.progress.get(user_id, content.id) == begun


class CourseFactsContract:
    """Everything that decides whether a person is done with a course."""

    async def test_contents_in_the_courses_order(self, uow: UnitOfWork) -> None:
        scope, course, module, video = await with_course(uow)
        user_id, other = (await new_user(uow, scope)).id, (await new_user(uow, scope)).id
        link = await new_link(uow, module, position=1, is_mandatory=False)
        async with uow.begin(scope) as tx:
            await tx.courses.add_module(first := a_module(course))
            await tx.courses.set_outline(
                course.id, (ModuleOrder(first.id, ()), ModuleOrder(module.id, (video.id, link.id)))
            )
            await tx.courses.add_content(opening := a_content(first, required_coverage=50))
            await tx.progress.start(user_id, video.id, now=NOW)
            await tx.progress.merge(
                user_id, video.id, SecondSet(((3, 9),)), position_seconds=9.0, now=LATER, busy_until=LATER
            )
            await tx.progress.start(user_id, link.id, now=NOW)
            await tx.progress.set_completed(user_id, link.id, at=LATER)
            await tx.progress.start(other, opening.id, now=NOW)
            await tx.commit()
        async with uow.begin(scope) as tx:
            facts = await tx.progress.course_facts(user_id, course.id)
        assert facts is not None
        assert facts.course_id == course.id
        assert (facts.assignments, facts.earned) == ((), None)
        no_video, watched = SecondSet(), SecondSet(((3, 9),))
        assert facts.contents == (
            ContentFacts(opening.id, opening.title, True, None, None, VideoFacts(None, 50, no_video)),
            ContentFacts(video.id, video.title, True, NOW, None, VideoFacts(None, 90, watched)),
            ContentFacts(link.id, link.title, False, NOW, LATER, None),
        )

    async def test_a_video_has_a_length_once_it_can_be_watched(self, uow: UnitOfWork) -> None:
        scope, course, _, video = await with_course(uow)
        user_id = (await new_user(uow, scope)).id
        asset = an_asset(video)
        lengths: list[float | None] = []
        async with uow.begin(scope) as tx:
            await tx.videos.add(asset)
            for hls_key in (None, "tenant/1/hls/master.m3u8"):
                asset.duration_seconds, asset.hls_key, asset.playable = 133.4, hls_key, hls_key is not None
                await tx.videos.save(asset)
                facts = await tx.progress.course_facts(user_id, course.id)
                assert facts is not None
                assert facts.contents[0].video is not None
                lengths.append(facts.contents[0].video.duration_seconds)
        assert lengths == [None, 133.4]

    async def test_assignments_the_oldest_first_and_how_the_person_stands(self, uow: UnitOfWork) -> None:
        scope, course, _, _ = await with_course(uow)
        user_id, other = (await new_user(uow, scope)).id, (await new_user(uow, scope)).id
        untouched = await new_assignment(uow, course, created_at=NOW - SECOND, is_published=False)
        essay = await new_assignment(uow, course)
        quiz_assignment, quiz = await new_quiz(uow, course, attempts_allowed=3)
        failed = an_attempt(quiz, user_id, submitted_at=NOW, graded_at=NOW, score=10.0, passed=False)
        passed = an_attempt(quiz, other, submitted_at=NOW, graded_at=NOW, score=90.0, passed=True)
        handed_in = a_submission(essay, user_id, status=SubmissionStatus.SUBMITTED, submitted_at=NOW)
        async with uow.begin(scope) as tx:
            await tx.submissions.add(a_submission(untouched, user_id))
            await tx.submissions.add(handed_in)
            for attempt in (failed, passed, an_attempt(quiz, user_id, number=2)):
                await tx.attempts.add(attempt)
            mine = await tx.progress.course_facts(user_id, course.id)
            theirs = await tx.progress.course_facts(other, course.id)
        assert mine is not None
        assert theirs is not None
        assert [each.id for each in mine.assignments] == [untouched.id, essay.id, quiz_assignment.id]
        assert [each.is_published for each in mine.assignments] == [False, True, True]
        assert [each.kind for each in mine.assignments][1:] == [AssignmentKind.REFLECTION, AssignmentKind.QUIZ]
        standings = [each.standing for each in mine.assignments]
        assert standings == [Standing.PENDING, Standing.SUBMITTED, Standing.FAILED]
        assert [each.attempts_left for each in mine.assignments] == [None, None, 1]
        standings = [each.standing for each in theirs.assignments]
        assert standings == [Standing.PENDING, Standing.PENDING, Standing.PASSED]

    @pytest.mark.parametrize(
        ("status", "score", "passing_score", "standing"),
        [
            (SubmissionStatus.GRADED, 10.0, 10, Standing.PASSED),
            (SubmissionStatus.GRADED, 9.5, 10, Standing.FAILED),
            (SubmissionStatus.GRADED, 0.0, 0, Standing.GRADED),
        ],
    )
    async def test_graded_work(
        self, uow: UnitOfWork, status: SubmissionStatus, score: float, passing_score: int, standing: Standing
    ) -> None:
        scope, course, _, _ = await with_course(uow)
        user_id = (await new_user(uow, scope)).id
        essay = await new_assignment(uow, course, passing_score=passing_score)
        graded = a_submission(
            essay, user_id, status=status, submitted_at=NOW, score=score, graded_by=user_id, graded_at=NOW
        )
        async with uow.begin(scope) as tx:
            await tx.submissions.add(graded)
            facts = await tx.progress.course_facts(user_id, course.id)
        assert facts is not None
        assert [each.standing for each in facts.assignments] == [standing]

    async def test_what_was_earned_and_courses_that_are_not_there(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope)
        user_id, other = (await new_user(uow, scope)).id, (await new_user(uow, scope)).id
        async with uow.begin(scope) as tx:
            await complete(tx, module, user_id, at=LATER)
            mine = await tx.progress.course_facts(user_id, course.id)
            theirs = await tx.progress.course_facts(other, course.id)
            assert mine is not None
            assert theirs is not None
            assert (mine.earned, theirs.earned) == (EarnedCompletion(course.version, LATER), None)
            assert await tx.progress.course_facts(user_id, uuid4()) is None
            await tx.courses.save(course.delete(now=LATER))
            assert await tx.progress.course_facts(user_id, course.id) is None


async def with_content(uow: UnitOfWork) -> tuple[TenantScope, UUID, Content]:
    """A school with a person and a video."""
    scope = await new_school(uow)
    user = await new_user(uow, scope)
    _, _, content = await new_contents(uow, scope)
    return scope, user.id, content


async def with_course(uow: UnitOfWork) -> tuple[TenantScope, Course, Module, Content]:
    """A school with a course with a video."""
    scope = await new_school(uow)
    course, module, content = await new_contents(uow, scope)
    return scope, course, module, content


async def new_link(uow: UnitOfWork, module: Module, **changes: object) -> Content:
    """A link that is there."""
    link = {"content_type": ContentType.LINK, "url": "https://example.test/", "required_coverage": None}
    return await new_content(uow, module, **{**link, **changes})


async def start(
    uow: UnitOfWork, scope: TenantScope, user_id: UUID, content: Content, number: int = 0
) -> ContentProgress:
    """Begin the content, ``number`` seconds after ``NOW``, and commit."""
    async with uow.begin(scope) as tx:
        progress = await tx.progress.start(user_id, content.id, now=NOW + number * SECOND)
        await tx.commit()
    return progress

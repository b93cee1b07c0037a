"""What the pipeline makes for learners to do, and that it never takes away what people did."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from adapters.memory.media import MemoryMedia, Spoken
from lms_app.ports.quiz_generator import QuizGeneratorError
from lms_app.ports.unit_of_work import TenantTransaction
from lms_app.scope import SystemScope
from lms_app.video.run_step import StepOutcome
from lms_app.video.steps.job import Output, StepDone, StepJob
from lms_domain.learning.assignment import Assignment, AssignmentKind
from lms_domain.learning.quiz import Quiz, QuizState, Review
from lms_domain.learning.quiz_reasons import QuizReason
from lms_domain.schools.features import Feature
from lms_domain.schools.policies import QuizPolicy, SchoolPolicies
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import Step, StepName, StepState
from tests.contracts.learning_samples import an_attempt
from tests.unit.lms_app.video.pipeline import Pipeline

LESSON = MemoryMedia(
    duration=20.0,
    speech=(
        Spoken(0, 4, "Waiting gives learners longer answers."),
        Spoken(4, 8, "Feedback without grades moves thinking forward."),
        Spoken(8, 12, "Retrieval strengthens memory over weeks."),
        Spoken(12, 16, "Spacing beats cramming before examinations."),
    ),
)
MUMBLE = MemoryMedia(speech=(Spoken(0, 2, "Good morning."), Spoken(2, 3, "Thank you.")))
SILENT = MemoryMedia(channels=0)


async def ready(pipeline: Pipeline, media: MemoryMedia = LESSON) -> UUID:
    content = await pipeline.upload(media)
    await pipeline.work_off(pipeline.worker())
    assert (await pipeline.asset(content)).status is VideoStatus.READY
    return content


async def again(pipeline: Pipeline, content: UUID, *, version: str = "2") -> Step:
    """Run the step again, with a generator that has changed since."""
    pipeline.generator.become(version)
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        asset = await tx.videos.lock_by_content(content)
        assert asset is not None
        asset.rerun(StepName.ASSIGNMENTS, only=True)
        await tx.videos.save(asset)
        await tx.commit()
    await pipeline.sweep()
    await pipeline.work_off(pipeline.worker())
    return await step_of(pipeline, content)


async def step_of(pipeline: Pipeline, content: UUID) -> Step:
    return (await pipeline.asset(content)).steps[StepName.ASSIGNMENTS]


async def made(pipeline: Pipeline, content: UUID) -> dict[AssignmentKind, Assignment]:
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        return {each.kind: each for each in await tx.assignments.generated(content)}


async def quizzes(pipeline: Pipeline, content: UUID) -> tuple[Quiz, ...]:
    assignment = (await made(pipeline, content))[AssignmentKind.QUIZ]
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        return await tx.quizzes.versions(assignment.id)


async def begin(pipeline: Pipeline, quiz: Quiz) -> None:
    """Somebody begins an attempt."""
    teacher = await pipeline.world.new_user(pipeline.tenant)
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        await tx.attempts.add(an_attempt(quiz, teacher.id))
        await tx.commit()


async def set_policy(pipeline: Pipeline, policy: QuizPolicy) -> None:
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        school = await tx.school.lock()
        assert school is not None
        await tx.school.save_settings(replace(school, policies=SchoolPolicies(quiz=policy)))
        await tx.commit()


async def save(pipeline: Pipeline, quiz: Quiz) -> None:
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        await tx.quizzes.get(quiz.id, for_update=True)
        await tx.quizzes.save(quiz)
        await tx.commit()


async def test_a_lesson_gets_a_reflection_and_a_published_quiz(pipeline: Pipeline) -> None:
    content = await ready(pipeline)
    assignments = await made(pipeline, content)
    reflection, task = assignments[AssignmentKind.REFLECTION], assignments[AssignmentKind.QUIZ]
    assert (reflection.title, reflection.is_published, reflection.is_mandatory) == ("Reflection: lesson", True, False)
    assert (task.title, task.is_published, task.is_mandatory) == ("Quiz: lesson", True, True)
    (quiz,) = await quizzes(pipeline, content)
    assert (quiz.version, quiz.state, quiz.language, quiz.generator) == (1, QuizState.PUBLISHED, "en", "memory/1")
    assert len(quiz.asked) == 4
    cited = [question.evidence for question in quiz.questions]
    assert [(each.quote, each.start, each.end) for each in cited if each] == [
        (said.text, said.start, said.end) for said in LESSON.speech
    ]
    step = await step_of(pipeline, content)
    assert (step.output["quiz"], step.output["questions"], step.output["reflection"]) == ("published", 4, "made")
    asked = pipeline.generator.asked
    assert len(asked) == 1, "nothing is generated twice"
    assert (asked[0].title, asked[0].language) == ("lesson", "en")


@pytest.mark.parametrize(
    ("media", "reason"),
    [(SILENT, "no captions"), (MUMBLE, "Too little is said"), (MemoryMedia(speech=LESSON.speech[:3]), "")],
    ids=["silent", "mumble", "just-enough"],
)
async def test_without_enough_questions_there_is_a_draft_that_says_why(
    pipeline: Pipeline, media: MemoryMedia, reason: str
) -> None:
    content = await ready(pipeline, media)
    assignments, (quiz,) = await made(pipeline, content), await quizzes(pipeline, content)
    assert assignments[AssignmentKind.REFLECTION].is_published
    is_enough = not reason
    assert assignments[AssignmentKind.QUIZ].is_published == is_enough
    assert quiz.state is (QuizState.PUBLISHED if is_enough else QuizState.DRAFT)
    assert reason in quiz.state_reason
    assert reason in str((await step_of(pipeline, content)).output.get("reason", ""))


async def test_the_admin_sees_what_was_made_and_why_it_waits(pipeline: Pipeline) -> None:
    published, waiting = await ready(pipeline), await ready(pipeline, MUMBLE)
    shown = [(await pipeline.shown(content)).assignments for content in (published, waiting)]
    assert [[(each.kind, each.is_published, each.question_count) for each in list_] for list_ in shown] == [
        [(AssignmentKind.REFLECTION, True, None), (AssignmentKind.QUIZ, True, 4)],
        [(AssignmentKind.REFLECTION, True, None), (AssignmentKind.QUIZ, False, 0)],
    ]
    assert [each.reason for each in shown[1]] == ["", "Too little is said."]


async def test_captions_that_failed_are_captions_that_are_not_there(pipeline: Pipeline) -> None:
    deaf = MemoryMedia(speech=LESSON.speech[:1], failures={"transcribe": "transcribe_failed"})
    content = await pipeline.upload(deaf)
    for _ in range(4):
        await pipeline.work_off(pipeline.worker())
        pipeline.world.pass_time(hours=1)
        await pipeline.sweep()
    assert (await pipeline.asset(content)).status is VideoStatus.READY
    assert (await quizzes(pipeline, content))[0].state is QuizState.DRAFT


@pytest.mark.parametrize(
    ("policy", "state"), [(QuizPolicy.REVIEW_FIRST, QuizState.DRAFT), (QuizPolicy.OFF, None)], ids=str
)
async def test_the_schools_policy(pipeline: Pipeline, policy: QuizPolicy, state: QuizState | None) -> None:
    await set_policy(pipeline, policy)
    content = await ready(pipeline)
    assignments = await made(pipeline, content)
    assert AssignmentKind.REFLECTION in assignments
    assert (AssignmentKind.QUIZ in assignments) == (state is not None)
    if state is not None:
        (quiz,) = await quizzes(pipeline, content)
        assert quiz.state is state
        assert not assignments[AssignmentKind.QUIZ].is_published
        assert {question.review for question in quiz.questions} == {Review.DRAFT}
        assert quiz.state_reason
    else:
        assert pipeline.generator.asked == []


async def test_a_generator_that_fails_holds_nothing_up(pipeline: Pipeline) -> None:
    pipeline.generator.fails_with = QuizGeneratorError("generator_unavailable", "It does not answer.")
    content = await ready(pipeline)
    (quiz,) = await quizzes(pipeline, content)
    assert (quiz.state, quiz.state_reason, quiz.questions) == (QuizState.DRAFT, "It does not answer.", ())
    pipeline.generator.fails_with = None
    assert (await again(pipeline, content)).output["quiz"] == "published"
    (quiz,) = await quizzes(pipeline, content)
    assert (quiz.version, quiz.state) == (2, QuizState.PUBLISHED)
    assert (await made(pipeline, content))[AssignmentKind.QUIZ].is_published


async def agree(pipeline: Pipeline, *, plan: bool = True, consent: bool = True) -> None:
    """What the operator and the school say to captions leaving the installation."""
    async with pipeline.world.uow.begin(SystemScope("a plan is set")) as system:
        school = await system.tenants.get(pipeline.tenant.id)
        assert school is not None
        remote = frozenset({Feature.REMOTE_QUIZ_GENERATION})
        await system.tenants.save(school.with_features(school.features | remote if plan else school.features - remote))
        await system.commit()
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        own = await tx.school.lock()
        assert own is not None
        await tx.school.save_settings(replace(own, policies=SchoolPolicies(remote_quiz_consent=consent)))
        await tx.commit()


class TestElsewhere:
    @pytest.mark.parametrize(("plan", "consent"), [(True, True), (True, False), (False, True), (False, False)])
    async def test_captions_leave_only_where_plan_and_school_want_it(
        self, pipeline: Pipeline, plan: bool, consent: bool
    ) -> None:
        await agree(pipeline, plan=plan, consent=consent)
        content = await ready(pipeline)
        is_remote = plan and consent
        assert (len(pipeline.remote.asked), len(pipeline.generator.asked)) == ((1, 0) if is_remote else (0, 1))
        assert [quiz.generator for quiz in await quizzes(pipeline, content)] == [
            "memory/elsewhere" if is_remote else "memory/1"
        ]

    async def test_rules_step_in_and_the_step_says_why(self, pipeline: Pipeline) -> None:
        await agree(pipeline)
        pipeline.remote.fails_with = QuizGeneratorError("generator_unavailable", "It does not answer.")
        content = await ready(pipeline)
        assert (await step_of(pipeline, content)).output["fallback"] == "It does not answer."
        assert [quiz.generator for quiz in await quizzes(pipeline, content)] == ["memory/1"]

    async def test_where_nobody_finds_enough_every_reason_stands_there(self, pipeline: Pipeline) -> None:
        await agree(pipeline)
        pipeline.remote.fails_with = QuizGeneratorError("generator_unavailable", "It does not answer.")
        (quiz,) = await quizzes(pipeline, await ready(pipeline, MUMBLE))
        assert (quiz.state, quiz.state_reason) == (QuizState.DRAFT, "It does not answer. Too little is said.")

    async def test_what_the_model_made_is_not_given_up_when_it_is_silent(self, pipeline: Pipeline) -> None:
        await agree(pipeline)
        content = await ready(pipeline)
        pipeline.remote.fails_with = QuizGeneratorError("generator_unavailable", "It does not answer.")
        assert (await again(pipeline, content)).output["quiz"] == "kept"
        assert [quiz.generator for quiz in await quizzes(pipeline, content)] == ["memory/elsewhere"]


class TestAgain:
    async def test_the_same_captions_and_generator_change_nothing(self, pipeline: Pipeline) -> None:
        content = await ready(pipeline)
        before = (await made(pipeline, content), await quizzes(pipeline, content))
        assert (await again(pipeline, content, version="1")).output["quiz"] == "kept"
        assert (await made(pipeline, content), await quizzes(pipeline, content)) == before

    async def test_questions_that_nobody_met_give_way(self, pipeline: Pipeline) -> None:
        content = await ready(pipeline)
        assert (await again(pipeline, content)).output["quiz"] == "published"
        assert [(quiz.version, quiz.state) for quiz in await quizzes(pipeline, content)] == [
            (1, QuizState.RETIRED),
            (2, QuizState.PUBLISHED),
        ]
        assert len(await made(pipeline, content)) == 2

    async def test_a_quiz_with_attempts_stays_and_a_draft_comes_beside_it(self, pipeline: Pipeline) -> None:
        content = await ready(pipeline)
        (quiz,) = await quizzes(pipeline, content)
        await begin(pipeline, quiz)
        for version in ("2", "3"):
            assert (await again(pipeline, content, version=version)).output["quiz"] == "draft"
            kept, draft = await quizzes(pipeline, content)
            assert kept == quiz
            assert (draft.state, draft.generator) == (QuizState.DRAFT, f"memory/{version}")
            assert "begun" in draft.state_reason
        assert (await made(pipeline, content))[AssignmentKind.QUIZ].is_published

    async def test_a_draft_that_somebody_works_on_stays(self, pipeline: Pipeline) -> None:
        await set_policy(pipeline, QuizPolicy.REVIEW_FIRST)
        content = await ready(pipeline)
        (quiz,) = await quizzes(pipeline, content)
        edited = quiz.with_question(replace(quiz.questions[0], review=Review.ACCEPTED), now=pipeline.world.clock.now())
        await save(pipeline, edited)
        assert (await again(pipeline, content)).output["quiz"] == "kept"
        assert await quizzes(pipeline, content) == (edited,)

    async def test_a_draft_that_nobody_looked_at_is_replaced(self, pipeline: Pipeline) -> None:
        await set_policy(pipeline, QuizPolicy.REVIEW_FIRST)
        content = await ready(pipeline)
        await again(pipeline, content)
        (quiz,) = await quizzes(pipeline, content)
        assert (quiz.version, quiz.generator, quiz.state) == (2, "memory/2", QuizState.DRAFT)

    async def test_what_a_school_withdrew_does_not_come_back_by_itself(self, pipeline: Pipeline) -> None:
        content = await ready(pipeline)
        (quiz,) = await quizzes(pipeline, content)
        await save(pipeline, quiz.retired(QuizReason.WITHDRAWN, now=pipeline.world.clock.now()))
        assert (await again(pipeline, content)).output["quiz"] == "draft"
        assert [each.state for each in await quizzes(pipeline, content)] == [QuizState.RETIRED, QuizState.DRAFT]

    async def test_an_edited_reflection_stays_as_it_is(self, pipeline: Pipeline) -> None:
        content = await ready(pipeline)
        reflection = replace((await made(pipeline, content))[AssignmentKind.REFLECTION], title="Think!")
        async with pipeline.world.uow.begin(pipeline.scope) as tx:
            await tx.assignments.save(reflection)
            await tx.commit()
        assert (await again(pipeline, content)).output["reflection"] == "kept"
        assert (await made(pipeline, content))[AssignmentKind.REFLECTION] == reflection


async def test_two_deliveries_make_one(pipeline: Pipeline) -> None:
    """Two workers are at the same step at the same time, because the first one's lease ran out: one result counts."""
    content = await pipeline.upload(LESSON)
    worker, real = pipeline.worker(), pipeline.handlers[StepName.ASSIGNMENTS]
    started, go_on = asyncio.Event(), asyncio.Event()

    async def slow(job: StepJob, report: object) -> StepDone:
        done = await real(job, lambda _done, _speed: None)
        started.set()
        await go_on.wait()
        assert isinstance(done, StepDone)
        return done

    while (await step_of(pipeline, content)).state is not StepState.QUEUED:
        await pipeline.relay()
        for bell in pipeline.heard():
            await worker(bell.tenant_id, bell.step_id)
    step_id = (await step_of(pipeline, content)).id
    first = asyncio.create_task(pipeline.worker({StepName.ASSIGNMENTS: slow})(pipeline.tenant.id, step_id))
    await started.wait()
    pipeline.world.pass_time(minutes=2)
    assert await worker(pipeline.tenant.id, step_id) is StepOutcome.SUCCEEDED
    go_on.set()
    assert await asyncio.wait_for(first, 5) is StepOutcome.LOST
    assert len(await made(pipeline, content)) == 2
    assert len(await quizzes(pipeline, content)) == 1


async def test_what_cannot_be_written_is_a_reason_and_leaves_nothing_behind(pipeline: Pipeline) -> None:
    async def broken(job: StepJob, _report: object) -> StepDone:
        async def effects(tx: TenantTransaction) -> Output:
            (course,) = pipeline.world.database.courses.rows()
            await tx.courses.save(replace(course, title="Half done"))
            raise ZeroDivisionError

        return StepDone(effects=effects)

    content = await pipeline.upload(LESSON)
    await pipeline.work_off(pipeline.worker({StepName.ASSIGNMENTS: broken}))
    step = await step_of(pipeline, content)
    assert (step.state, step.failures, step.error_code) == (StepState.QUEUED, 1, "internal_error")
    assert {course.title for course in pipeline.world.database.courses.rows()} == {"Course 1"}

"""What the ASSIGNMENTS step writes, against the constraints of real tables."""

import asyncio
from dataclasses import replace

from adapters.hmac_tokens.unsubscribe_tokens import HmacUnsubscribeTokens
from adapters.memory.clock import MemoryClock
from adapters.memory.quiz_generator import MemoryQuizGenerator
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.system.ids import Uuid7Ids
from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.tell import Tell
from lms_app.notices.tell_of_courses import TellOfCourses
from lms_app.ports.repositories import Transcript
from lms_app.schools.addresses import PublicAddresses
from lms_app.scope import TenantScope
from lms_app.video.steps.assignments import Assignments
from lms_app.video.steps.job import Output, StepJob
from lms_app.video.steps.quiz_generators import QuizGenerators
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.quiz import Quiz, QuizState
from lms_domain.schools.features import Feature
from lms_domain.schools.policies import DEFAULT_POLICIES
from lms_domain.video.asset import VideoAsset
from lms_domain.video.transcript import Segment, full_text
from tests.contracts.learning_samples import an_attempt, new_contents
from tests.contracts.samples import a_transcript, an_asset, new_school, new_user

SAID = (
    Segment(0.0, 4.0, "Waiting gives learners longer answers."),
    Segment(4.0, 8.0, "Feedback without grades moves thinking forward."),
    Segment(8.0, 12.0, "Retrieval strengthens memory over weeks."),
)
_TELL = TellOfCourses(
    Tell(
        MailBrands(PublicAddresses("https://lms.example", "lms.example"), "Brain LMS"),
        HmacUnsubscribeTokens(keys={"k": bytes(32)}, current="k"),
        MemoryClock(),
        Uuid7Ids(),
    )
)


class Step:
    """The step over one video with a transcript, without its lease."""

    def __init__(self, uow: PostgresUnitOfWork, scope: TenantScope, asset: VideoAsset) -> None:
        self.uow = uow
        self.scope = scope
        self.asset = asset

    async def run(self, version: str = "1") -> Output:
        step = Assignments(self.uow, QuizGenerators(MemoryQuizGenerator(version)), _TELL, MemoryClock())
        done = await step(StepJob(asset=self.asset, run="r", max_seconds=60), lambda _done, _speed: None)
        assert done.effects is not None
        async with self.uow.begin(self.scope) as tx:
            assert await tx.videos.lock(self.asset.id) is not None
            output = await done.effects(tx)
            await tx.commit()
        return output

    async def quizzes(self) -> tuple[Quiz, ...]:
        async with self.uow.begin(self.scope) as tx:
            generated = await tx.assignments.generated(self.asset.content_id)
            assert [each.kind for each in generated] == [AssignmentKind.QUIZ, AssignmentKind.REFLECTION]
            return await tx.quizzes.versions(generated[0].id)


async def new_step(uow: PostgresUnitOfWork) -> Step:
    scope = await new_school(uow, features=frozenset({Feature.QUIZ_GENERATION}), policies=DEFAULT_POLICIES)
    _, _, content = await new_contents(uow, scope)
    asset = an_asset(content)
    transcript: Transcript = replace(a_transcript(asset), segments=SAID, full_text=full_text(SAID), language="en")
    async with uow.begin(scope) as tx:
        await tx.videos.add(asset)
        await tx.videos.put_transcript(transcript)
        await tx.commit()
    return Step(uow, scope, asset)


async def test_again_with_attempts_makes_a_draft_beside_the_quiz(uow: PostgresUnitOfWork) -> None:
    step = await new_step(uow)
    assert (await step.run())["quiz"] == "published"
    assert (await step.run("2"))["quiz"] == "published", "nobody has met the first one"
    teacher = await new_user(uow, step.scope)
    retired, published = await step.quizzes()
    assert (retired.state, published.state) == (QuizState.RETIRED, QuizState.PUBLISHED)
    async with uow.begin(step.scope) as tx:
        await tx.attempts.add(an_attempt(published, teacher.id))
        await tx.commit()
    for version in ("3", "4"):
        assert (await step.run(version))["quiz"] == "draft"
        _, kept, draft = await step.quizzes()
        assert kept == published
        assert (draft.state, draft.generator, len(draft.questions)) == (QuizState.DRAFT, f"memory/{version}", 3)


async def test_at_the_same_time_they_make_one(uow: PostgresUnitOfWork) -> None:
    step = await new_step(uow)
    outputs = await asyncio.gather(*(step.run() for _ in range(4)))
    assert sorted(str(output["quiz"]) for output in outputs) == ["kept", "kept", "kept", "published"]
    assert len(await step.quizzes()) == 1

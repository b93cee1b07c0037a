"""What new captions do to a quiz, against real tables: at the same time as people who edit it and answer it."""

import asyncio
from dataclasses import replace
from uuid import uuid4

from adapters.hmac_tokens.unsubscribe_tokens import HmacUnsubscribeTokens
from adapters.memory.clock import MemoryClock
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.system.ids import Uuid7Ids
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.learning.edit_questions import AddQuestion, QuestionChanges, QuestionDesk, ReviewQuestion
from lms_app.learning.follow_captions import FollowCaptions
from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.tell import Tell
from lms_app.notices.tell_of_captions import TellOfCaptions
from lms_app.ports.repositories import Transcript
from lms_app.schools.addresses import PublicAddresses
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.learning.question_outcome import Outcome
from lms_domain.learning.quiz import QuestionKind, Quiz, QuizState, Review
from lms_domain.learning.quiz_reasons import QuizReason
from lms_domain.video.transcript import Segment, full_text
from tests.contracts.learning_samples import an_attempt
from tests.contracts.samples import new_user
from tests.integration.adapters.postgres.test_postgres_assignments_step import SAID, Step, new_step

_CHANGED = (*SAID[:2], Segment(8.0, 12.0, "Something quite different is heard."))
_CLOCK, _IDS = MemoryClock(), Uuid7Ids()
_TELL = Tell(
    MailBrands(PublicAddresses("https://lms.example", "lms.example"), "Brain LMS"),
    HmacUnsubscribeTokens(keys={"k": bytes(32)}, current="k"),
    _CLOCK,
    _IDS,
)


async def hear(step: Step, segments: tuple[Segment, ...]) -> int:
    """New captions, as TRANSCRIBE writes them."""
    follow = FollowCaptions(TellOfCaptions(_TELL), _CLOCK, _IDS)
    transcript = Transcript(step.asset.content_id, "en", full_text(segments), segments, "other", _CLOCK.now())
    async with step.uow.begin(step.scope) as tx:
        assert await tx.videos.lock(step.asset.id) is not None
        await tx.videos.put_transcript(transcript)
        stale = await follow(tx, transcript)
        await tx.commit()
    return stale


def reviews(quiz: Quiz) -> list[str]:
    return [question.review.value for question in quiz.questions]


async def new_admin(uow: PostgresUnitOfWork, scope: TenantScope) -> Actor:
    user = await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
    return Actor(user_id=user.id, tenant_id=scope.tenant_id, role=user.role, session_id=uuid4(), email=user.email)


async def test_stale_questions_are_kept_with_what_is_said_now(uow: PostgresUnitOfWork) -> None:
    step = await new_step(uow)
    await step.run()
    assert await hear(step, SAID) == 0
    assert await hear(step, _CHANGED) == 1
    assert await hear(step, _CHANGED) == 0
    (quiz,) = await step.quizzes()
    assert (quiz.state, reviews(quiz)) == (QuizState.PUBLISHED, ["ACCEPTED", "ACCEPTED", "STALE"])
    assert quiz.questions[2].said_now == "Something quite different is heard."
    async with uow.begin(step.scope) as tx:
        became = [await tx.question_history.outcomes(question.id) for question in quiz.questions]
    assert [[each.outcome.value for each in one if each.outcome is Outcome.STALE] for one in became] == [
        [],
        [],
        ["STALE"],
    ]


async def test_without_a_question_left_it_is_taken_back_and_open_attempts_go_on(uow: PostgresUnitOfWork) -> None:
    step = await new_step(uow)
    await step.run()
    (quiz,) = await step.quizzes()
    teacher = await new_user(uow, step.scope)
    attempt = an_attempt(quiz, teacher.id)
    async with uow.begin(step.scope) as tx:
        await tx.attempts.add(attempt)
        await tx.commit()
    assert await hear(step, ()) == 3
    (withdrawn,) = await step.quizzes()
    assert (withdrawn.state, withdrawn.state_codes) == (QuizState.RETIRED, (QuizReason.CAPTIONS_CHANGED,))
    async with uow.begin(step.scope) as tx:
        (task,) = [each for each in await tx.assignments.generated(step.asset.content_id) if each.is_mandatory]
        assert not task.is_published
        (kept,) = await tx.attempts.of_person(task.id, teacher.id, for_update=True)
        assert len(kept.questions(withdrawn)) == 3
        kept.submit(withdrawn, {}, now=_CLOCK.now())
        await tx.attempts.save(kept)
        await tx.commit()
    assert kept.score == 0.0
    # What is made from the new captions is a draft beside it: somebody has met the old one.
    async with uow.begin(step.scope) as tx:
        transcript = await tx.videos.get_transcript(step.asset.content_id)
        assert transcript is not None
        await tx.videos.put_transcript(replace(transcript, segments=SAID, full_text=full_text(SAID)))
        await tx.commit()
    assert (await step.run("2"))["quiz"] == "draft"
    assert [each.state for each in await step.quizzes()] == [QuizState.RETIRED, QuizState.DRAFT]


async def test_nobody_who_edits_at_the_same_time_keeps_an_old_quote(uow: PostgresUnitOfWork) -> None:
    """A version with attempts is copied to be changed while its captions change: one waits for the other."""
    step = await new_step(uow)
    await step.run()
    (quiz,) = await step.quizzes()
    teacher, admin = await new_user(uow, step.scope), await new_admin(uow, step.scope)
    async with uow.begin(step.scope) as tx:
        await tx.attempts.add(an_attempt(quiz, teacher.id))
        await tx.commit()
    add = AddQuestion(QuestionDesk(uow, AuditTrail(_CLOCK, _IDS), _CLOCK, _IDS), _CLOCK)
    new = QuestionChanges(prompt="How many are there?", accepted_answers=("four",))
    await asyncio.gather(
        hear(step, _CHANGED), add(admin, quiz.assignment_id, QuestionKind.SHORT_ANSWER, new), hear(step, _CHANGED)
    )
    published, draft = await step.quizzes()
    assert (published.state, draft.state) == (QuizState.PUBLISHED, QuizState.DRAFT)
    assert reviews(published)[2] == reviews(draft)[2] == "STALE"


async def test_who_accepts_it_accepts_what_is_said_now(uow: PostgresUnitOfWork) -> None:
    step = await new_step(uow)
    await step.run()
    admin = await new_admin(uow, step.scope)
    await hear(step, _CHANGED)
    (quiz,) = await step.quizzes()
    review = ReviewQuestion(QuestionDesk(uow, AuditTrail(_CLOCK, _IDS), _CLOCK, _IDS), _CLOCK)
    seen = await review(admin, quiz.assignment_id, quiz.questions[2].id, is_accepted=True, reason="")
    assert seen.questions[2].evidence is not None
    assert seen.questions[2].evidence.quote == "Something quite different is heard."
    assert await hear(step, _CHANGED) == 0, "it is said"
    (accepted,) = await step.quizzes()
    assert {question.review for question in accepted.questions} == {Review.ACCEPTED}

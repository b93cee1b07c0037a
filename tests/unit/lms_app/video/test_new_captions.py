"""What new captions do to a quiz, in the transaction of the new transcript."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from adapters.memory.media import MemoryAudioExtractor, MemoryMediaProbe, MemoryTranscriber, Spoken
from adapters.memory.workspace import MemoryWorkspace
from lms_app.ports.media_tools import ProgressCallback
from lms_app.ports.repositories import Transcript
from lms_app.ports.transcriber import Transcription
from lms_app.ports.unit_of_work import TenantTransaction
from lms_app.video.steps.transcribe import Transcribe
from lms_domain.learning.assignment import Assignment, AssignmentKind
from lms_domain.learning.attempt import AttemptState, QuizAttempt
from lms_domain.learning.grading import TextAnswer
from lms_domain.learning.quiz import Quiz, QuizState, Review, ShortAnswerQuestion
from lms_domain.learning.quiz_reasons import QuizReason
from lms_domain.notices.notification import Notification
from lms_domain.video.steps import StepName, StepState
from lms_domain.video.transcript import Segment
from tests.contracts.learning_samples import an_attempt
from tests.unit.lms_app.video.pipeline import Pipeline
from tests.unit.lms_app.video.test_assignments_step import LESSON, begin, made, quizzes, ready, save

ONE_CHANGED = (
    *LESSON.speech[:3],
    Spoken(12, 16, "Massing beats nothing before examinations."),
)
ALL_CHANGED = (
    Spoken(0, 4, "Cactuses grow in dry air."),
    Spoken(4, 8, "Orchids need shade all day."),
    Spoken(8, 12, "Mosses drink from stone and bark."),
    Spoken(12, 16, "Lichens live where no tree can."),
)


class OtherEars(MemoryTranscriber):
    """Hears what it is told to hear."""

    def __init__(self, speech: Sequence[Spoken]) -> None:
        super().__init__("other")
        self._speech = speech

    async def transcribe(self, wav: Path, *, language: str | None, on_progress: ProgressCallback) -> Transcription:
        heard = await super().transcribe(wav, language=language, on_progress=on_progress)
        return replace(heard, segments=tuple(Segment(each.start, each.end, each.text) for each in self._speech))


async def hear_again(pipeline: Pipeline, content: UUID, speech: Sequence[Spoken], *, only: bool = True) -> None:
    """Run TRANSCRIBE again, with another model, and what follows from it unless ``only``."""
    world = pipeline.world
    async with world.uow.begin(pipeline.scope) as tx:
        asset = await tx.videos.lock_by_content(content)
        assert asset is not None
        asset.rerun(StepName.TRANSCRIBE, only=only)
        await tx.videos.save(asset)
        await tx.commit()
    ears = Transcribe(
        MemoryWorkspace(world.storage),
        MemoryMediaProbe(),
        MemoryAudioExtractor(),
        OtherEars(speech),
        world.follow_captions,
        world.clock,
    )
    await pipeline.sweep()
    await pipeline.work_off(pipeline.worker({StepName.TRANSCRIBE: ears}))
    assert (await pipeline.asset(content)).steps[StepName.TRANSCRIBE].state is StepState.SUCCEEDED


def reviews(quiz: Quiz) -> list[str]:
    return [question.review.value for question in quiz.questions]


async def task_of(pipeline: Pipeline, content: UUID) -> Assignment:
    return (await made(pipeline, content))[AssignmentKind.QUIZ]


async def told(pipeline: Pipeline) -> list[Notification]:
    found = pipeline.world.database.notifications.rows()
    return [each for each in found if each.title.startswith("Captions changed: ")]


async def test_what_is_not_said_any_more_is_stale_and_administrators_hear_of_it(pipeline: Pipeline) -> None:
    content = await ready(pipeline)
    await hear_again(pipeline, content, ONE_CHANGED)
    (quiz,) = await quizzes(pipeline, content)
    assert (quiz.state, reviews(quiz)) == (QuizState.PUBLISHED, ["ACCEPTED", "ACCEPTED", "ACCEPTED", "STALE"])
    assert len(quiz.asked) == 3
    assert [question.said_now for question in quiz.questions] == [None, None, None, ONE_CHANGED[3].text]
    assert (await pipeline.asset(content)).steps[StepName.TRANSCRIBE].output["stale_questions"] == 1
    (notice,) = await told(pipeline)
    task = await task_of(pipeline, content)
    assert task.is_published
    assert notice.link == f"/assignments/{task.id}/questions"
    assert "1 question rests" in notice.message
    await hear_again(pipeline, content, ONE_CHANGED)
    assert await quizzes(pipeline, content) == (quiz,), "the same captions change nothing"
    assert len(await told(pipeline)) == 1


async def test_the_same_captions_again_change_nothing(pipeline: Pipeline) -> None:
    content = await ready(pipeline)
    before = await quizzes(pipeline, content)
    await hear_again(pipeline, content, LESSON.speech)
    assert (await quizzes(pipeline, content), await told(pipeline)) == (before, [])


async def test_a_draft_beside_the_published_version_is_stale_too_and_counted_once(pipeline: Pipeline) -> None:
    content = await ready(pipeline)
    (published,) = await quizzes(pipeline, content)
    await begin(pipeline, published)
    ids = pipeline.world.ids
    draft = replace(
        published,
        id=ids.new(),
        version=2,
        state=QuizState.DRAFT,
        questions=tuple(replace(question, id=ids.new()) for question in published.questions),
    )
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        await tx.quizzes.add(draft)
        await tx.commit()
    await hear_again(pipeline, content, ONE_CHANGED)
    assert [reviews(quiz)[-1] for quiz in await quizzes(pipeline, content)] == ["STALE", "STALE"]
    (notice,) = await told(pipeline)
    assert "1 question rests" in notice.message


async def test_an_open_attempt_is_graded_by_what_it_was_asked(pipeline: Pipeline) -> None:
    content = await ready(pipeline)
    (quiz,) = await quizzes(pipeline, content)
    teacher = await pipeline.world.new_user(pipeline.tenant)
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        asked = tuple(question.id for question in quiz.questions)
        await tx.attempts.add(an_attempt(quiz, teacher.id, question_ids=asked, answers={}, draft={}, marks={}))
        await tx.commit()
    await hear_again(pipeline, content, ALL_CHANGED)
    (withdrawn,) = await quizzes(pipeline, content)
    assert (withdrawn.state, withdrawn.state_codes) == (QuizState.RETIRED, (QuizReason.CAPTIONS_CHANGED,))
    attempt = await handed_in(pipeline, withdrawn, teacher.id)
    assert (attempt.state, attempt.score, attempt.passed) == (AttemptState.GRADED, 100.0, True)
    assert len(attempt.marks) == 4


async def handed_in(pipeline: Pipeline, quiz: Quiz, user_id: UUID) -> QuizAttempt:
    """Their open attempt, with the right answers."""
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        (attempt,) = await tx.attempts.of_person(quiz.assignment_id, user_id, for_update=True)
        answers = {}
        for question in attempt.questions(quiz):
            assert isinstance(question, ShortAnswerQuestion)
            answers[question.id] = TextAnswer(question.accepted_answers[0])
        attempt.submit(quiz, answers, now=pipeline.world.clock.now())
        await tx.attempts.save(attempt)
        await tx.commit()
    return attempt


async def test_a_quiz_without_any_question_left_is_taken_back_and_holds_up_nobody(pipeline: Pipeline) -> None:
    content = await ready(pipeline)
    await hear_again(pipeline, content, ())
    (quiz,) = await quizzes(pipeline, content)
    assert (quiz.state, quiz.asked, set(reviews(quiz))) == (QuizState.RETIRED, (), {"STALE"})
    assert not (await task_of(pipeline, content)).is_published
    (notice,) = await told(pipeline)
    assert "teachers do not get this quiz for now" in notice.message


async def test_with_what_follows_untouched_questions_give_way_to_new_ones(pipeline: Pipeline) -> None:
    content = await ready(pipeline)
    await hear_again(pipeline, content, ALL_CHANGED, only=False)
    first, second = await quizzes(pipeline, content)
    assert (first.state, second.state, second.version) == (QuizState.RETIRED, QuizState.PUBLISHED, 2)
    assert (await task_of(pipeline, content)).is_published
    assert [each.evidence.quote for each in second.asked if each.evidence] == [said.text for said in ALL_CHANGED]


@pytest.mark.parametrize("speech", [ONE_CHANGED, ALL_CHANGED], ids=["one changed", "all changed"])
async def test_with_what_follows_attempts_keep_their_quiz_and_a_draft_comes_beside_it(
    pipeline: Pipeline, speech: Sequence[Spoken]
) -> None:
    content = await ready(pipeline)
    (quiz,) = await quizzes(pipeline, content)
    await begin(pipeline, quiz)
    await hear_again(pipeline, content, speech, only=False)
    kept, draft = await quizzes(pipeline, content)
    assert [question.id for question in kept.questions] == [question.id for question in quiz.questions]
    assert (draft.state, draft.state_codes) == (QuizState.DRAFT, (QuizReason.ALREADY_MET,))
    assert {question.review for question in draft.questions} == {Review.DRAFT}
    is_still_taken = speech is ONE_CHANGED
    assert kept.state is (QuizState.PUBLISHED if is_still_taken else QuizState.RETIRED)


async def test_a_rejected_question_stays_rejected(pipeline: Pipeline) -> None:
    content = await ready(pipeline)
    (quiz,) = await quizzes(pipeline, content)
    await save(pipeline, quiz.with_question(quiz.questions[3].reviewed(Review.REJECTED, "Odd."), now=quiz.updated_at))
    await hear_again(pipeline, content, ONE_CHANGED)
    assert reviews((await quizzes(pipeline, content))[0])[3] == "REJECTED"
    assert await told(pipeline) == []


async def test_without_the_transcript_nothing_is_stale(pipeline: Pipeline) -> None:
    """What follows the captions breaks: the old transcript stays with the old questions."""
    content = await ready(pipeline)
    before = await quizzes(pipeline, content)

    async def broken(_tx: TenantTransaction, _transcript: Transcript) -> int:
        await pipeline.world.follow_captions(_tx, _transcript)
        raise ZeroDivisionError

    world = pipeline.world
    async with world.uow.begin(pipeline.scope) as tx:
        old = await tx.videos.get_transcript(content)
    ears = Transcribe(
        MemoryWorkspace(world.storage),
        MemoryMediaProbe(),
        MemoryAudioExtractor(),
        OtherEars(ALL_CHANGED),
        broken,  # type: ignore[arg-type]  # called as it is
        world.clock,
    )
    async with world.uow.begin(pipeline.scope) as tx:
        asset = await tx.videos.lock_by_content(content)
        assert asset is not None
        asset.rerun(StepName.TRANSCRIBE, only=True)
        await tx.videos.save(asset)
        await tx.commit()
    await pipeline.sweep()
    await pipeline.work_off(pipeline.worker({StepName.TRANSCRIBE: ears}))
    async with world.uow.begin(pipeline.scope) as tx:
        assert await tx.videos.get_transcript(content) == old
    assert (await quizzes(pipeline, content), await told(pipeline)) == (before, [])

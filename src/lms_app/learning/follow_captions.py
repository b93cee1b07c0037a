"""What new captions of a video mean for its quiz."""

import asyncio

from lms_app.notices.tell_of_captions import TellOfCaptions
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.repositories import Transcript
from lms_app.ports.unit_of_work import TenantTransaction
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.question_outcome import QuestionOutcome, outcomes_of
from lms_domain.learning.quiz import Quiz, QuizState, Review
from lms_domain.learning.quiz_reasons import QuizReason
from lms_domain.learning.still_said import said_now, still_said
from lms_domain.video.transcript import transcript_hash


class FollowCaptions:
    """Questions of a draft and of what learners meet become stale when the captions do not say their quotes any more:
    nobody is asked them until somebody has looked at them, and administrators are told. Attempts that are open go on
    with the questions with which they began, and are graded by them. When no question is left, the quiz is taken back:
    it holds up nobody's course.

    For whoever writes a transcript, in the same transaction.
    """

    def __init__(self, tell: TellOfCaptions, clock: Clock, ids: Ids) -> None:
        self._tell = tell
        self._clock = clock
        self._ids = ids

    async def __call__(self, tx: TenantTransaction, transcript: Transcript) -> int:
        """How many questions became stale."""
        generated = await tx.assignments.generated(transcript.content_id)
        quiz_id = next((each.id for each in generated if each.kind is AssignmentKind.QUIZ), None)
        # Who copies a version to change it locks its assignment, too: no copy misses this.
        assignment = await tx.assignments.get(quiz_id, for_update=True) if quiz_id is not None else None
        if assignment is None:
            return 0
        now = self._clock.now()
        stale, is_withdrawn = 0, False
        outcomes: list[QuestionOutcome] = []
        for quiz in await tx.quizzes.of_content(transcript.content_id):
            # An hour of captions takes a while: too long for the event loop.
            said = await asyncio.to_thread(still_said, quiz.questions, transcript.segments, language=quiz.language)
            instead = said_now(quiz.questions, transcript.segments)
            followed = quiz.with_stale_quotes(said, instead, now=now)
            if followed is quiz:
                continue
            # A draft is most often a copy of what is published: people count questions, not copies.
            stale = max(stale, _stale(followed) - _stale(quiz))
            if quiz.state is QuizState.PUBLISHED and quiz.asked and not followed.asked:
                followed, is_withdrawn = followed.retired(QuizReason.CAPTIONS_CHANGED, now=now), True
            await tx.quizzes.save(followed)
            outcomes += outcomes_of(quiz, followed, new_id=self._ids.new, at=now)
        await tx.question_history.record(outcomes)
        if is_withdrawn:
            await tx.assignments.save(assignment.unpublished(now=now))
            # Who lacked nothing else is done now.
            await tx.progress.record_completions(assignment.course_id, at=now)
        if stale:
            await self._tell.of_stale_questions(
                tx,
                assignment,
                count=stale,
                is_withdrawn=is_withdrawn,
                transcript=transcript_hash(transcript.language, transcript.segments),
            )
        return stale


def _stale(quiz: Quiz) -> int:
    return sum(question.review is Review.STALE for question in quiz.questions)

"""Say what an answer is worth."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.learning.assignment_facts import audited_assignment
from lms_app.learning.attempt_views import DecisionView
from lms_app.learning.regrade import Marking, MarkingDesk
from lms_domain.accounts.roles import Permission
from lms_domain.errors import Conflict, InvalidInput, NotFound
from lms_domain.learning.attempt import AttemptState, QuizAttempt
from lms_domain.learning.grading import TextAnswer, Verdict, grade_question, reads_the_same
from lms_domain.learning.mending import Mend, asks_the_same
from lms_domain.learning.quiz import MAX_ANSWER, Question, ShortAnswerQuestion
from lms_domain.text import clean_line


class DecideAnswer:
    """Say whether an answer is right: one that waits for a person, or one that the rules graded. It holds, also when
    the quiz is graded again. With ``same_answers`` it is said of everybody whose answer to this question waits and has
    the same words. With ``accept_for_all`` its words are accepted from now on, and everybody's attempts are graded
    again; nobody loses by that. An attempt in which nothing waits any more is graded, and its author told."""

    def __init__(self, desk: MarkingDesk, trail: AuditTrail) -> None:
        self._desk = desk
        self._trail = trail

    async def __call__(
        self,
        actor: Actor,
        attempt_id: UUID,
        question_id: UUID,
        *,
        is_right: bool,
        same_answers: bool = False,
        accept_for_all: bool = False,
        overrule: bool = False,
    ) -> DecisionView:
        """Args:
            overrule: say otherwise than somebody else did.

        Raises:
            NotFound: no such question in such an attempt.
            Conflict: ``attempt_open``: it is not handed in. ``already_decided``: somebody else said otherwise.
            InvalidInput: these words cannot be accepted from everybody.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._desk.uow.begin(scope) as tx:
            marking = await self._desk.of_attempt(tx, attempt_id, with_others=same_answers or accept_for_all)
            attempt = marking.attempt(attempt_id)
            question = self._asked(marking, attempt, question_id)
            mend = _accepting(question, attempt, marking, is_right=is_right) if accept_for_all else None
            _check_undecided(attempt, question, actor, is_right=is_right, overrule=overrule)
            decided = self._decide(marking, attempt, question, actor, is_right=is_right, same_answers=same_answers)
            remarked = self._desk.remark(marking, question.id if mend is not None else None, mend)
            await self._desk.keep(tx, marking, remarked)
            if decided or remarked.mended is not None:
                await self._trail.record(
                    tx,
                    actor,
                    "answer.decided",
                    audited_assignment(marking.assignment),
                    before=_facts(question, _as_it_was(marking, attempt)),
                    after={
                        "question": question.prompt,
                        **_facts(remarked.mended.after if remarked.mended is not None else question, attempt),
                        "attempt": str(attempt.id),
                        "decided": decided,
                        "attempts_regraded": len(remarked.graded),
                    },
                )
            await self._desk.tell(tx, marking, remarked)
            await tx.commit()
        await self._desk.settle(scope, marking, remarked)
        regrading = remarked.regrading
        return DecisionView(
            attempt_id=attempt.id,
            state=attempt.state,
            score=attempt.score,
            passed=attempt.passed,
            waiting_answers=len(attempt.waiting),
            decided=decided,
            attempts_regraded=len(remarked.graded),
            newly_graded=regrading.newly_graded,
            scores_raised=regrading.scores_raised,
            newly_passed=regrading.newly_passed,
        )

    def _asked(self, marking: Marking, attempt: QuizAttempt, question_id: UUID) -> Question:
        asked = {question.id: question for question in attempt.questions(marking.quiz_of(attempt))}
        if question_id not in asked:
            raise NotFound("There is no such question in this attempt.")
        return asked[question_id]

    def _decide(
        self,
        marking: Marking,
        attempt: QuizAttempt,
        question: Question,
        actor: Actor,
        *,
        is_right: bool,
        same_answers: bool,
    ) -> int:
        """How many answers were decided."""
        now = self._desk.clock.now()
        chosen = [(attempt, question.id)] if not _is_decided(attempt, question.id, is_right=is_right) else []
        if same_answers:
            chosen += _alike(marking, attempt, question)
        for each, question_id in chosen:
            each.decide(marking.quiz_of(each), question_id, is_right=is_right, by=actor.user_id, now=now)
        return len(chosen)


def _is_decided(attempt: QuizAttempt, question_id: UUID, *, is_right: bool) -> bool:
    """Whether somebody said so before."""
    mark = attempt.marks.get(question_id)
    return mark is not None and mark.decided_by is not None and (mark.verdict is Verdict.RIGHT) == is_right


def _check_undecided(attempt: QuizAttempt, question: Question, actor: Actor, *, is_right: bool, overrule: bool) -> None:
    if attempt.state is AttemptState.OPEN:
        raise Conflict("This attempt has not been handed in yet.", code="attempt_open")
    mark = attempt.marks.get(question.id)
    if overrule or mark is None or mark.decided_by in {None, actor.user_id}:
        return
    if not _is_decided(attempt, question.id, is_right=is_right):
        raise Conflict("Somebody else has decided this answer otherwise just now.", code="already_decided")


def _alike(marking: Marking, attempt: QuizAttempt, question: Question) -> list[tuple[QuizAttempt, UUID]]:
    """Other answers to this question, at whichever version, that wait and have the same words."""
    given = attempt.answers.get(question.id)
    if not isinstance(given, TextAnswer):
        return []
    found = []
    for quiz in marking.versions:
        copies = [each.id for each in quiz.questions if asks_the_same(each, question)]
        for other in marking.attempts:
            if other.quiz_id != quiz.id or other.id == attempt.id:
                continue
            for question_id in other.waiting.intersection(copies):
                answer = other.answers.get(question_id)
                if isinstance(answer, TextAnswer) and reads_the_same(answer.text, given.text, language=quiz.language):
                    found.append((other, question_id))
    return found


def _accepting(question: Question, attempt: QuizAttempt, marking: Marking, *, is_right: bool) -> Mend | None:
    """Accept these words from everybody; None: they are accepted already."""
    answer = attempt.answers.get(question.id)
    if not is_right or not isinstance(question, ShortAnswerQuestion) or not isinstance(answer, TextAnswer):
        raise InvalidInput.for_field("accept_for_all", "invalid", "Only words that are right can be accepted.")
    if grade_question(question, answer, language=marking.quiz_of(attempt).language) is Verdict.RIGHT:
        return None
    words = clean_line(" ".join(answer.text.split()), field="accept_for_all", max_length=MAX_ANSWER)
    return Mend(more_accepted=(words,))


def _as_it_was(marking: Marking, attempt: QuizAttempt) -> QuizAttempt:
    return next(each for each in marking.before if each.id == attempt.id)


def _facts(question: Question, attempt: QuizAttempt) -> dict[str, object]:
    mark = attempt.marks.get(question.id)
    return {
        "verdict": mark.verdict.value if mark is not None else None,
        "score": attempt.score,
        "accepted_answers": list(question.accepted_answers) if isinstance(question, ShortAnswerQuestion) else [],
    }

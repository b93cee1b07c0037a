"""Mend a question that people have answered."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.learning.assignment_facts import audited_assignment
from lms_app.learning.attempt_views import MendView
from lms_app.learning.regrade import MarkingDesk
from lms_domain.accounts.roles import Permission
from lms_domain.learning.mending import Mend
from lms_domain.learning.quiz import McqQuestion, Question, Review, ShortAnswerQuestion


class MendQuestion:
    """Mend a question that was wrong: another right option, other accepted answers, another tolerance, or withdraw it.
    It changes at once in every version of the quiz that asks the same, also in the one that learners meet, and all
    attempts that were handed in are graded again. Nobody loses by it: a score never falls, a pass stays, and what a
    person decided about an answer holds. Whose score rises, or who passes now, is told, and courses that are complete
    by it are. With ``dry_run`` nothing changes: it only says whom it would reach."""

    def __init__(self, desk: MarkingDesk, trail: AuditTrail) -> None:
        self._desk = desk
        self._trail = trail

    async def __call__(
        self, actor: Actor, assignment_id: UUID, question_id: UUID, mend: Mend, *, dry_run: bool
    ) -> MendView:
        """Raises:
        NotFound: no such question.
        InvalidInput: this cannot be mended of it, or nothing is said to be wrong.
        Conflict: ``quiz_empty``: it is the last question of a quiz that learners meet.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        mend.must_say_something()
        async with self._desk.uow.begin(scope) as tx:
            marking = await self._desk.of_quiz(tx, assignment_id)
            remarked = self._desk.remark(marking, question_id, mend)
            if not dry_run:
                await self._desk.keep(tx, marking, remarked)
                if remarked.mended is not None and remarked.mended.questions:
                    await self._trail.record(
                        tx,
                        actor,
                        "question.mended",
                        audited_assignment(marking.assignment),
                        before=_key(remarked.mended.before),
                        after={"question": remarked.mended.before.prompt, **_key(remarked.mended.after)},
                    )
                await self._desk.tell(tx, marking, remarked)
                await tx.commit()
        if not dry_run:
            await self._desk.settle(scope, marking, remarked)
        return MendView(
            attempts_regraded=len(remarked.graded),
            people=len({attempt.user_id for attempt in remarked.graded}),
            newly_graded=remarked.regrading.newly_graded,
            scores_raised=remarked.regrading.scores_raised,
            newly_passed=remarked.regrading.newly_passed,
        )


def _key(question: Question) -> dict[str, object]:
    facts: dict[str, object] = {"is_withdrawn": question.review is Review.REJECTED}
    match question:
        case McqQuestion():
            return {**facts, "right_answer": question.correct_option.text}
        case ShortAnswerQuestion():
            return {**facts, "accepted_answers": list(question.accepted_answers), "tolerance": question.tolerance}

"""A school in memory with one published course, its administrator and a learner, and every use case of learning."""

from dataclasses import dataclass, field
from typing import NoReturn
from uuid import UUID

from lms_app.actor import Actor
from lms_app.learning.assignment_views import AssignmentView, MyAssignmentDetailView, SubmissionView
from lms_app.learning.decide_answer import DecideAnswer
from lms_app.learning.edit_assignment import (
    AssignmentChanges,
    CreateAssignment,
    DeleteAssignment,
    EditAssignment,
    NewAssignment,
)
from lms_app.learning.edit_questions import (
    AddQuestion,
    EditQuestion,
    GivenOption,
    ListQuestions,
    QuestionChanges,
    QuestionDesk,
    RemoveQuestion,
    ReviewQuestion,
)
from lms_app.learning.grade_submission import GradeSubmission
from lms_app.learning.mend_question import MendQuestion
from lms_app.learning.question_views import QuizQuestionsView
from lms_app.learning.quiz_views import OptionView, TakenQuizView
from lms_app.learning.regrade import MarkingDesk
from lms_app.learning.show_assignment import ShowAssignment
from lms_app.learning.submit_assignment import ShowMyAssignment, SubmitAssignment
from lms_app.learning.take_quiz import (
    GivenAnswer,
    OptionAt,
    QuizDesk,
    SaveQuizDraft,
    ShowQuiz,
    StartQuiz,
    SubmitQuiz,
)
from lms_app.notices.tell_of_attempts import TellOfAttempts
from lms_app.notices.tell_of_work import TellOfWork
from lms_app.ports.assignment_queries import AssignmentQueries
from lms_app.ports.learner_queries import LearnerQueries, OpenContent
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.audit.entry import AuditEntry
from lms_domain.courses.course import Course
from lms_domain.files.stored_file import FilePurpose, new_file
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.attempt import QuizAttempt
from lms_domain.learning.completion import EarnedCompletion
from lms_domain.learning.grading import OptionAnswer, TextAnswer
from lms_domain.learning.quiz import QuestionKind
from lms_domain.learning.submission import Submission, standing_of
from lms_domain.notices.notification import Notification
from lms_domain.schools.tenant import Tenant
from tests.unit.lms_app.world import World


class MyWork(LearnerQueries):
    """One assignment, for those who may do it. Of other screens it knows none."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def assignment(
        self, scope: TenantScope, user_id: UUID, assignment_id: UUID, **_: object
    ) -> MyAssignmentDetailView | None:
        async with self._uow.begin(scope) as tx:
            found = await tx.assignments.get(assignment_id)
            course = await tx.courses.get(found.course_id) if found is not None else None
            people = await tx.courses.assignees(course.id) if course is not None and course.is_published else set()
            handed_in = await tx.submissions.of_person(assignment_id, user_id)
        if found is None or not found.is_published or user_id not in people:
            return None
        return MyAssignmentDetailView(
            id=found.id,
            course_id=found.course_id,
            course_title="",
            content_id=found.content_id,
            title=found.title,
            instructions=found.instructions,
            kind=found.kind,
            due_date=found.due_date,
            is_mandatory=found.is_mandatory,
            max_score=found.max_score,
            passing_score=found.passing_score,
            submission_status=standing_of(found, handed_in),
            score=handed_in.score if handed_in is not None else None,
            feedback="",
            is_quiz=found.kind is AssignmentKind.QUIZ,
            is_late=handed_in is not None and handed_in.is_late,
            submission_text=handed_in.text if handed_in is not None else "",
            files=[],
            submitted_at=None,
            graded_at=None,
        )

    async def content(self, scope: TenantScope, user_id: UUID, content_id: UUID) -> OpenContent | None:
        raise NotImplementedError

    async def assignments(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError

    async def dashboard(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError


class SetWork(AssignmentQueries):
    """One assignment and one submission, for administrators. It knows no lists."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def assignment(self, scope: TenantScope, assignment_id: UUID) -> AssignmentView | None:
        async with self._uow.begin(scope) as tx:
            found = await tx.assignments.get(assignment_id)
        if found is None:
            return None
        return AssignmentView(
            id=found.id,
            course_id=found.course_id,
            course_title="",
            module_id=found.module_id,
            content_id=found.content_id,
            kind=found.kind,
            origin=found.origin,
            title=found.title,
            instructions=found.instructions,
            due_date=found.due_date,
            max_score=found.max_score,
            passing_score=found.passing_score,
            is_mandatory=found.is_mandatory,
            is_published=found.is_published,
            submission_count=0,
            to_grade_count=0,
            quiz=None,
            created_at=found.created_at,
            updated_at=found.updated_at,
        )

    async def submission(self, scope: TenantScope, submission_id: UUID) -> SubmissionView | None:
        async with self._uow.begin(scope) as tx:
            found = await tx.submissions.get(submission_id)
        if found is None:
            return None
        return SubmissionView(
            id=found.id,
            assignment_id=found.assignment_id,
            teacher_id=found.user_id,
            teacher_name="",
            teacher_email="",
            status=found.status,
            text=found.text,
            files=[],
            is_late=found.is_late,
            score=found.score,
            feedback=found.feedback,
            submitted_at=found.submitted_at,
            graded_at=found.graded_at,
        )

    async def assignments(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError

    async def submissions(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError


@dataclass
class PublishedQuiz:
    """A quiz of two questions, choose and type, and its key."""

    id: UUID
    choose: UUID
    right: UUID
    wrong: UUID
    typed: UUID
    all_right: dict[UUID, GivenAnswer] = field(init=False)
    all_wrong: dict[UUID, GivenAnswer] = field(init=False)

    def __post_init__(self) -> None:
        self.all_right = {self.choose: OptionAnswer(self.right), self.typed: TextAnswer("42")}
        self.all_wrong = {self.choose: OptionAnswer(self.wrong)}

    def shown_at(self, view: TakenQuizView, option_id: UUID) -> OptionAt:
        """The place at which an option is shown."""
        return OptionAt([each.id for each in self.options(view)].index(option_id))

    def options(self, view: TakenQuizView) -> list[OptionView]:
        """The options of the first question as they are shown."""
        options = view.questions[0].options
        assert isinstance(options, list)
        return options


class Classroom:
    """One school, its administrator, a learner, and what they can do."""

    def __init__(self, world: World, tenant: Tenant, admin: Actor, learner: Actor, course: Course) -> None:
        self.world, self.tenant, self.admin, self.learner, self.course = world, tenant, admin, learner, course
        self.scope = TenantScope(tenant.id)
        uow, trail, clock, ids = world.uow, world.trail, world.clock, world.ids
        tell = TellOfWork(world.tell)
        show, mine = ShowAssignment(SetWork(uow)), MyWork(uow)
        self.create = CreateAssignment(uow, show, world.tell_of_courses, trail, clock, ids)
        self.edit = EditAssignment(uow, show, world.tell_of_courses, trail, clock, ids)
        self.delete = DeleteAssignment(uow, trail, world.clock)
        self.submit = SubmitAssignment(uow, ShowMyAssignment(mine, world.addresses, clock), tell, clock, ids)
        self.grade = GradeSubmission(uow, SetWork(uow), world.addresses, tell, trail, clock)
        questions = QuestionDesk(uow, trail, clock, ids)
        self.questions = ListQuestions(questions)
        self.add = AddQuestion(questions, clock)
        self.change = EditQuestion(questions, clock)
        self.remove = RemoveQuestion(questions, clock)
        self.review = ReviewQuestion(questions, clock)
        tell_of_attempts = TellOfAttempts(world.tell, clock)
        desk = QuizDesk(uow, mine, tell_of_attempts, clock, ids)
        self.look = ShowQuiz(desk)
        self.start = StartQuiz(desk)
        self.save = SaveQuizDraft(desk)
        self.hand_in = SubmitQuiz(desk)
        marking = MarkingDesk(uow, tell_of_attempts, clock, ids)
        self.decide = DecideAnswer(marking, trail)
        self.mend = MendQuestion(marking, trail)

    async def new_learner(self, email: str) -> Actor:
        """Another learner of the school."""
        return self.world.actor(await self.world.new_user(self.tenant, email))

    def work(self, **changes: object) -> NewAssignment:
        """What an administrator says of new work."""
        values: dict[str, object] = {
            "course_id": self.course.id,
            "module_id": None,
            "content_id": None,
            "kind": AssignmentKind.MANUAL,
            "title": "Reflect",
            "instructions": "Two lines.",
            "due_date": None,
            "max_score": 100,
            "passing_score": None,
            "is_mandatory": True,
            "is_published": None,
        }
        return NewAssignment(**(values | changes))  # type: ignore[arg-type]  # keywords of one test

    async def new_work(self, **changes: object) -> UUID:
        """Published work for the course."""
        return (await self.create(self.admin, self.work(**changes))).id

    async def add_mcq(self, assignment_id: UUID, prompt: str = "Which?") -> QuizQuestionsView:
        """A question to choose from: the first option is right."""
        return await self.add_as(self.admin, assignment_id, prompt)

    async def add_as(self, actor: Actor, assignment_id: UUID, prompt: str = "Which?") -> QuizQuestionsView:
        """The same, by whoever it is."""
        options = [GivenOption(text, text == "Right") for text in ("Right", "Wrong", "Also wrong", "Wrong, too")]
        changes = QuestionChanges(prompt=prompt, options=options, explanation="Because.")
        return await self.add(actor, assignment_id, QuestionKind.MCQ, changes)

    async def new_quiz(self, **settings: int) -> PublishedQuiz:
        """A published quiz with ``settings``."""
        quiz_id = await self.new_work(kind=AssignmentKind.QUIZ)
        await self.add_mcq(quiz_id)
        typed = QuestionChanges(prompt="How many?", accepted_answers=["42"], explanation="Counted.")
        view = await self.add(self.admin, quiz_id, QuestionKind.SHORT_ANSWER, typed)
        await self.edit(self.admin, quiz_id, AssignmentChanges(is_published=True, **settings))
        choose = view.questions[0]
        return PublishedQuiz(quiz_id, choose.id, choose.options[0].id, choose.options[1].id, view.questions[1].id)

    async def new_file(
        self, owner: Actor, purpose: FilePurpose = FilePurpose.SUBMISSION_FILE, *, tenant: Tenant | None = None
    ) -> UUID:
        """A file that somebody uploaded."""
        school, file_id = tenant or self.tenant, self.world.ids.new()
        file = new_file(
            file_id=file_id,
            tenant_id=school.id,
            owner_id=owner.user_id,
            purpose=purpose,
            key=f"tenant/{school.id}/files/{file_id}.png",
            file_name="notes.png",
            media_type="image/png",
            size_bytes=10,
            now=self.world.clock.now(),
        )
        async with self.world.uow.begin(TenantScope(school.id)) as tx:
            await tx.files.add(file)
            await tx.commit()
        return file_id

    async def submission(self, assignment_id: UUID, person: Actor | None = None) -> Submission:
        """What somebody handed in."""
        async with self.world.uow.begin(self.scope) as tx:
            found = await tx.submissions.of_person(assignment_id, (person or self.learner).user_id)
        assert found is not None
        return found

    async def attempts(self, quiz: PublishedQuiz, person: Actor | None = None) -> tuple[QuizAttempt, ...]:
        """Somebody's attempts, as they are kept."""
        async with self.world.uow.begin(self.scope) as tx:
            return await tx.attempts.of_person(quiz.id, (person or self.learner).user_id)

    async def earned(self) -> EarnedCompletion | None:
        """Whether the learner has completed the course."""
        async with self.world.uow.begin(self.scope) as tx:
            facts = await tx.progress.course_facts(self.learner.user_id, self.course.id)
        assert facts is not None
        return facts.earned

    def audited(self, action: str) -> list[AuditEntry]:
        """What the trail keeps of one kind of action, the oldest first."""
        return [each for each in self.world.database.audit.rows() if each.action == action]

    def told(self, person: Actor) -> list[Notification]:
        """What somebody was told."""
        return [each for each in self.world.database.notifications.rows() if each.user_id == person.user_id]


async def new_classroom(world: World, subdomain: str = "green", time_zone: str = "UTC") -> Classroom:
    """A school with a published course for everybody."""
    tenant = await world.new_school(subdomain, time_zone=time_zone)
    admin = await world.new_admin(tenant)
    learner = world.actor(await world.new_user(tenant, f"ada@{subdomain}.test"))
    return Classroom(world, tenant, admin, learner, await world.new_course(tenant, is_published=True))

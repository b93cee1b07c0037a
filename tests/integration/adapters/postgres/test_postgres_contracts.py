"""PostgreSQL keeps the promises of the ports."""

from tests.contracts.repositories.accounts import AccountRepositoryContract
from tests.contracts.repositories.assignments import AssignmentRepositoryContract, SubmissionRepositoryContract
from tests.contracts.repositories.attempts import AttemptRepositoryContract
from tests.contracts.repositories.audience import AudienceRepositoryContract
from tests.contracts.repositories.audit import AuditContract
from tests.contracts.repositories.course_outline import (
    CourseAudienceContract,
    CourseOutlineContract,
    DeletedCourseContract,
)
from tests.contracts.repositories.courses import CourseRepositoryContract
from tests.contracts.repositories.domains import DomainRepositoryContract
from tests.contracts.repositories.ended_sessions import EndedSessionRepositoryContract
from tests.contracts.repositories.files import FileRepositoryContract
from tests.contracts.repositories.groups import GroupRepositoryContract
from tests.contracts.repositories.idempotency import IdempotencyRepositoryContract
from tests.contracts.repositories.impersonations import ImpersonationRepositoryContract
from tests.contracts.repositories.jobs import JobRepositoryContract
from tests.contracts.repositories.mail import MailDeliveryRepositoryContract, ReminderRepositoryContract
from tests.contracts.repositories.newcomers import NewcomersContract
from tests.contracts.repositories.notifications import NotificationRepositoryContract
from tests.contracts.repositories.one_time_tokens import OneTimeTokenRepositoryContract
from tests.contracts.repositories.outbox import OutboxRepositoryContract
from tests.contracts.repositories.own_school import OwnSchoolRepositoryContract
from tests.contracts.repositories.people import PeopleContract
from tests.contracts.repositories.progress import CourseFactsContract, ProgressRepositoryContract
from tests.contracts.repositories.question_history import QuestionHistoryContract
from tests.contracts.repositories.quiz_extensions import QuizExtensionContract
from tests.contracts.repositories.quizzes import QuizRepositoryContract
from tests.contracts.repositories.schools import SchoolRepositoryContract
from tests.contracts.repositories.sign_in import SecondFactorRepositoryContract, SignInFailureRepositoryContract
from tests.contracts.repositories.storage_garbage import StorageGarbageContract
from tests.contracts.repositories.trial_warnings import TrialWarningRepositoryContract
from tests.contracts.repositories.upkeep import UpkeepRepositoryContract
from tests.contracts.repositories.video import VideoRepositoryContract
from tests.contracts.repositories.whole_school import WholeSchoolContract
from tests.contracts.unit_of_work import UnitOfWorkContract


class TestAccount(AccountRepositoryContract):
    pass


class TestAssignment(AssignmentRepositoryContract):
    pass


class TestSubmission(SubmissionRepositoryContract):
    pass


class TestAttempt(AttemptRepositoryContract):
    pass


class TestQuestionHistory(QuestionHistoryContract):
    pass


class TestQuizExtension(QuizExtensionContract):
    pass


class TestAudience(AudienceRepositoryContract):
    pass


class TestAudit(AuditContract):
    pass


class TestCourseAudience(CourseAudienceContract):
    pass


class TestCourseOutline(CourseOutlineContract):
    pass


class TestDeletedCourse(DeletedCourseContract):
    pass


class TestCourse(CourseRepositoryContract):
    pass


class TestDomain(DomainRepositoryContract):
    pass


class TestUpkeep(UpkeepRepositoryContract):
    pass


class TestEndedSession(EndedSessionRepositoryContract):
    pass


class TestFile(FileRepositoryContract):
    pass


class TestGroup(GroupRepositoryContract):
    pass


class TestIdempotency(IdempotencyRepositoryContract):
    pass


class TestImpersonation(ImpersonationRepositoryContract):
    pass


class TestJob(JobRepositoryContract):
    pass


class TestMailDelivery(MailDeliveryRepositoryContract):
    pass


class TestReminder(ReminderRepositoryContract):
    pass


class TestNewcomers(NewcomersContract):
    pass


class TestNotification(NotificationRepositoryContract):
    pass


class TestOneTimeToken(OneTimeTokenRepositoryContract):
    pass


class TestOutbox(OutboxRepositoryContract):
    pass


class TestOwnSchool(OwnSchoolRepositoryContract):
    pass


class TestPeople(PeopleContract):
    pass


class TestCourseFacts(CourseFactsContract):
    pass


class TestProgress(ProgressRepositoryContract):
    pass


class TestQuiz(QuizRepositoryContract):
    pass


class TestSchool(SchoolRepositoryContract):
    pass


class TestSecondFactor(SecondFactorRepositoryContract):
    pass


class TestSignInFailure(SignInFailureRepositoryContract):
    pass


class TestStorageGarbage(StorageGarbageContract):
    pass


class TestTrialWarning(TrialWarningRepositoryContract):
    pass


class TestVideo(VideoRepositoryContract):
    pass


class TestWholeSchool(WholeSchoolContract):
    pass


class TestUnitOfWork(UnitOfWorkContract):
    pass

"""The memory repositories of the foundation under their contracts."""

import pytest

from adapters.memory.audit import MemoryAuditQueries
from adapters.memory.clock import MemoryClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from tests.contracts.repositories.assignments import AssignmentRepositoryContract, SubmissionRepositoryContract
from tests.contracts.repositories.attempts import AttemptRepositoryContract
from tests.contracts.repositories.audience import AudienceRepositoryContract
from tests.contracts.repositories.audit import AuditContract
from tests.contracts.repositories.course_outline import (
    CourseAudienceContract,
    CourseOutlineContract,
    DeletedCourseContract,
)
from tests.contracts.repositories.domains import DomainRepositoryContract
from tests.contracts.repositories.ended_sessions import EndedSessionRepositoryContract
from tests.contracts.repositories.files import FileRepositoryContract
from tests.contracts.repositories.groups import GroupRepositoryContract
from tests.contracts.repositories.impersonations import ImpersonationRepositoryContract
from tests.contracts.repositories.mail import MailDeliveryRepositoryContract, ReminderRepositoryContract
from tests.contracts.repositories.newcomers import NewcomersContract
from tests.contracts.repositories.notifications import NotificationRepositoryContract
from tests.contracts.repositories.one_time_tokens import OneTimeTokenRepositoryContract
from tests.contracts.repositories.own_school import OwnSchoolRepositoryContract
from tests.contracts.repositories.people import PeopleContract
from tests.contracts.repositories.progress import CourseFactsContract, ProgressRepositoryContract
from tests.contracts.repositories.question_history import QuestionHistoryContract
from tests.contracts.repositories.quiz_extensions import QuizExtensionContract
from tests.contracts.repositories.quizzes import QuizRepositoryContract
from tests.contracts.repositories.sign_in import SecondFactorRepositoryContract, SignInFailureRepositoryContract
from tests.contracts.repositories.storage_garbage import StorageGarbageContract
from tests.contracts.repositories.trial_warnings import TrialWarningRepositoryContract
from tests.contracts.repositories.upkeep import UpkeepRepositoryContract
from tests.contracts.repositories.whole_school import WholeSchoolContract


@pytest.fixture
def database() -> MemoryDatabase:
    return MemoryDatabase()


@pytest.fixture
def uow(database: MemoryDatabase) -> MemoryUnitOfWork:
    return MemoryUnitOfWork(database, MemoryClock())


@pytest.fixture
def audit_queries(database: MemoryDatabase) -> MemoryAuditQueries:
    return MemoryAuditQueries(database)


class TestOwnSchool(OwnSchoolRepositoryContract):
    pass


class TestDomains(DomainRepositoryContract):
    pass


class TestTrialWarnings(TrialWarningRepositoryContract):
    pass


class TestOneTimeTokens(OneTimeTokenRepositoryContract):
    pass


class TestSignInFailures(SignInFailureRepositoryContract):
    pass


class TestSecondFactors(SecondFactorRepositoryContract):
    pass


class TestImpersonations(ImpersonationRepositoryContract):
    pass


class TestNewcomers(NewcomersContract):
    pass


class TestGroups(GroupRepositoryContract):
    pass


class TestFiles(FileRepositoryContract):
    pass


class TestCourseOutline(CourseOutlineContract):
    pass


class TestCourseAudience(CourseAudienceContract):
    pass


class TestDeletedCourses(DeletedCourseContract):
    pass


class TestAssignments(AssignmentRepositoryContract):
    pass


class TestSubmissions(SubmissionRepositoryContract):
    pass


class TestQuizzes(QuizRepositoryContract):
    pass


class TestAttempts(AttemptRepositoryContract):
    pass


class TestQuestionHistory(QuestionHistoryContract):
    pass


class TestQuizExtensions(QuizExtensionContract):
    pass


class TestProgress(ProgressRepositoryContract):
    pass


class TestCourseFacts(CourseFactsContract):
    pass


class TestNotifications(NotificationRepositoryContract):
    pass


class TestAudience(AudienceRepositoryContract):
    pass


class TestMail(MailDeliveryRepositoryContract):
    pass


class TestReminders(ReminderRepositoryContract):
    pass


class TestAudit(AuditContract):
    pass


class TestStorageGarbage(StorageGarbageContract):
    pass


class TestPeople(PeopleContract):
    pass


class TestUpkeep(UpkeepRepositoryContract):
    pass


class TestEndedSessions(EndedSessionRepositoryContract):
    pass


class TestWholeSchool(WholeSchoolContract):
    pass

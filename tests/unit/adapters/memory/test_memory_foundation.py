"""The memory repositories of the foundation under their contracts."""

import pytest

from adapters.memory.clock import MemoryClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from tests.contracts.repositories.assignments import AssignmentRepositoryContract, SubmissionRepositoryContract
from tests.contracts.repositories.attempts import AttemptRepositoryContract
from tests.contracts.repositories.course_outline import (
    CourseAudienceContract,
    CourseOutlineContract,
    DeletedCourseContract,
)
from tests.contracts.repositories.domains import DomainRepositoryContract
from tests.contracts.repositories.files import FileRepositoryContract
from tests.contracts.repositories.groups import GroupRepositoryContract
from tests.contracts.repositories.impersonations import ImpersonationRepositoryContract
from tests.contracts.repositories.one_time_tokens import OneTimeTokenRepositoryContract
from tests.contracts.repositories.own_school import OwnSchoolRepositoryContract
from tests.contracts.repositories.progress import CourseFactsContract, ProgressRepositoryContract
from tests.contracts.repositories.quizzes import QuizRepositoryContract
from tests.contracts.repositories.sign_in import SecondFactorRepositoryContract, SignInFailureRepositoryContract
from tests.contracts.repositories.trial_warnings import TrialWarningRepositoryContract


@pytest.fixture
def uow() -> MemoryUnitOfWork:
    return MemoryUnitOfWork(MemoryDatabase(), MemoryClock())


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


class TestProgress(ProgressRepositoryContract):
    pass


class TestCourseFacts(CourseFactsContract):
    pass

"""What is of another school is out of reach of every repository, behind each of the two fences alone."""

import pytest

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
from tests.contracts.repositories.mail import MailDeliveryRepositoryContract, ReminderRepositoryContract
from tests.contracts.repositories.notifications import NotificationRepositoryContract
from tests.contracts.repositories.one_time_tokens import OneTimeTokenRepositoryContract
from tests.contracts.repositories.own_school import OwnSchoolRepositoryContract
from tests.contracts.repositories.people import PeopleContract
from tests.contracts.repositories.progress import ProgressRepositoryContract
from tests.contracts.repositories.quizzes import QuizRepositoryContract
from tests.contracts.repositories.sign_in import SecondFactorRepositoryContract, SignInFailureRepositoryContract
from tests.contracts.repositories.storage_garbage import StorageGarbageContract
from tests.integration.adapters.postgres.test_postgres_each_fence_alone import (
    WithoutConditions,
    WithoutRowLevelSecurity,
)


class Strangers:
    """From each contract what it says of another school."""

    test_school = OwnSchoolRepositoryContract.test_another_school_is_not_saved
    test_settings = OwnSchoolRepositoryContract.test_settings_are_all_that_changes
    test_domains = DomainRepositoryContract.test_another_schools_names_are_out_of_reach
    test_people = PeopleContract.test_another_schools_people_are_out_of_reach
    test_tokens = OneTimeTokenRepositoryContract.test_another_schools_tokens_are_out_of_reach
    test_failures = SignInFailureRepositoryContract.test_schools_and_the_platform_count_apart
    test_factors = SecondFactorRepositoryContract.test_another_desks_factors_are_out_of_reach
    test_visits = ImpersonationRepositoryContract.test_another_schools_visits_are_out_of_reach
    test_groups = GroupRepositoryContract.test_another_schools_groups_are_out_of_reach
    test_files = FileRepositoryContract.test_another_schools_files_are_out_of_reach
    test_outline = CourseOutlineContract.test_another_schools_outline_is_out_of_reach
    test_audience = CourseAudienceContract.test_groups_of_another_school_are_out_of_reach
    test_deleted_courses = DeletedCourseContract.test_another_schools_deleted_courses_are_out_of_reach
    test_progress = ProgressRepositoryContract.test_another_schools_progress_is_out_of_reach
    test_assignments = AssignmentRepositoryContract.test_another_schools_assignments_are_out_of_reach
    test_submissions = SubmissionRepositoryContract.test_another_schools_submissions_are_out_of_reach
    test_quizzes = QuizRepositoryContract.test_another_schools_quizzes_are_out_of_reach
    test_attempts = AttemptRepositoryContract.test_another_schools_attempts_are_out_of_reach
    test_notifications = NotificationRepositoryContract.test_another_schools_notifications_are_out_of_reach
    test_reminders = ReminderRepositoryContract.test_a_campaign_comes_back_as_it_was
    test_mail = MailDeliveryRepositoryContract.test_another_schools_mails_are_out_of_reach
    test_garbage = StorageGarbageContract.test_another_schools_garbage_is_out_of_reach


class TestByConditions(WithoutRowLevelSecurity, Strangers):
    pass


class TestByPolicies(WithoutConditions, Strangers):
    pass


@pytest.mark.xfail(raises=AssertionError)
class TestBothAway(WithoutRowLevelSecurity, WithoutConditions, Strangers):
    """The proof that each of them can fail."""

    # A school is found by its own id, which is no condition that could be forgotten.
    test_school = None  # type: ignore[assignment]  # not collected
    test_settings = None  # type: ignore[assignment]  # not collected

"""PostgreSQL keeps the promises of the ports."""

from tests.contracts.repositories.accounts import AccountRepositoryContract
from tests.contracts.repositories.courses import CourseRepositoryContract
from tests.contracts.repositories.outbox import OutboxRepositoryContract
from tests.contracts.repositories.schools import SchoolRepositoryContract
from tests.contracts.repositories.video import VideoRepositoryContract
from tests.contracts.unit_of_work import UnitOfWorkContract


class TestUnitOfWork(UnitOfWorkContract):
    pass


class TestSchools(SchoolRepositoryContract):
    pass


class TestAccounts(AccountRepositoryContract):
    pass


class TestCourses(CourseRepositoryContract):
    pass


class TestVideos(VideoRepositoryContract):
    pass


class TestOutbox(OutboxRepositoryContract):
    pass

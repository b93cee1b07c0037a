"""PostgreSQL keeps the promises of the ports."""

from tests.contracts.repositories import (
    AccountRepositoryContract,
    CourseRepositoryContract,
    SchoolRepositoryContract,
    VideoRepositoryContract,
)
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

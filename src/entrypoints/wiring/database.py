"""PostgreSQL: pools, transactions, screens."""

from collections.abc import AsyncIterator

from dishka import Provider, Scope, provide

from adapters.hmac_tokens.keys import derive_key
from adapters.postgres.assignment_queries import PostgresAssignmentQueries
from adapters.postgres.attempt_queries import PostgresAttemptQueries
from adapters.postgres.audit_queries import PostgresAuditQueries
from adapters.postgres.certificate_queries import PostgresCertificateQueries
from adapters.postgres.command_center_queries import PostgresCommandCenterQueries
from adapters.postgres.consistency import PostgresConsistencyQueries
from adapters.postgres.course_queries import PostgresCourseQueries
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.group_queries import PostgresGroupQueries
from adapters.postgres.health import refuse_unsafe_roles
from adapters.postgres.host_directory import PostgresHostDirectory
from adapters.postgres.inventory import PostgresInventory
from adapters.postgres.leader import LeaderLock
from adapters.postgres.learner_queries import PostgresLearnerQueries
from adapters.postgres.learning_queries import PostgresLearningQueries
from adapters.postgres.notice_feed import PostgresNoticeFeed
from adapters.postgres.notice_queries import PostgresNoticeQueries
from adapters.postgres.notifications import JobBell, MailBell, OutboxBell
from adapters.postgres.overview_queries import PostgresOverviewQueries
from adapters.postgres.people_queries import PostgresPeopleQueries
from adapters.postgres.pool import PostgresPool
from adapters.postgres.quiz_insight_queries import PostgresQuizInsightQueries
from adapters.postgres.report_queries import PostgresReportQueries
from adapters.postgres.revision import refuse_outdated
from adapters.postgres.school_queries import PostgresSchoolQueries
from adapters.postgres.school_roll import PostgresSchoolRoll
from adapters.postgres.school_rows import PostgresSchoolRows
from adapters.postgres.sealing import SecretSeal
from adapters.postgres.search_queries import PostgresSearchQueries
from adapters.postgres.session_directory import PostgresSessionDirectory
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.postgres.video_queries import PostgresVideoQueries
from entrypoints.settings import DatabaseUrls, Settings
from lms_app.ports.assignment_queries import AssignmentQueries
from lms_app.ports.attempt_queries import AttemptQueries
from lms_app.ports.audit import AuditQueries
from lms_app.ports.certificates import CertificateQueries
from lms_app.ports.clock import Clock
from lms_app.ports.command_center_queries import CommandCenterQueries
from lms_app.ports.consistency import ConsistencyQueries
from lms_app.ports.host_directory import HostDirectory
from lms_app.ports.inventory import Inventory
from lms_app.ports.learner_queries import LearnerQueries
from lms_app.ports.logger import Logger
from lms_app.ports.notice_feed import NoticeFeed
from lms_app.ports.notice_queries import NoticeQueries
from lms_app.ports.people_queries import GroupQueries, OverviewQueries, PeopleQueries
from lms_app.ports.queries import CourseQueries, LearningQueries, SchoolQueries, VideoQueries
from lms_app.ports.quiz_insight_queries import QuizInsightQueries
from lms_app.ports.report_queries import ReportQueries
from lms_app.ports.school_roll import SchoolRoll
from lms_app.ports.school_rows import SchoolRows
from lms_app.ports.search_queries import SearchQueries
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.unit_of_work import UnitOfWork

_SCHEDULER_LOCK = "lms-scheduler"


class DatabaseProvider(Provider):
    """Everything that speaks SQL."""

    scope = Scope.APP

    unit_of_work = provide(PostgresUnitOfWork, provides=UnitOfWork)
    consistency = provide(PostgresConsistencyQueries, provides=ConsistencyQueries)
    command_center_queries = provide(PostgresCommandCenterQueries, provides=CommandCenterQueries)
    school_rows = provide(PostgresSchoolRows, provides=SchoolRows)
    assignment_queries = provide(PostgresAssignmentQueries, provides=AssignmentQueries)
    attempt_queries = provide(PostgresAttemptQueries, provides=AttemptQueries)
    audit_queries = provide(PostgresAuditQueries, provides=AuditQueries)
    certificate_queries = provide(PostgresCertificateQueries, provides=CertificateQueries)
    course_queries = provide(PostgresCourseQueries, provides=CourseQueries)
    learner_queries = provide(PostgresLearnerQueries, provides=LearnerQueries)
    learning_queries = provide(PostgresLearningQueries, provides=LearningQueries)
    people_queries = provide(PostgresPeopleQueries, provides=PeopleQueries)
    group_queries = provide(PostgresGroupQueries, provides=GroupQueries)
    overview_queries = provide(PostgresOverviewQueries, provides=OverviewQueries)
    quiz_insight_queries = provide(PostgresQuizInsightQueries, provides=QuizInsightQueries)
    report_queries = provide(PostgresReportQueries, provides=ReportQueries)
    search_queries = provide(PostgresSearchQueries, provides=SearchQueries)
    school_queries = provide(PostgresSchoolQueries, provides=SchoolQueries)
    notice_queries = provide(PostgresNoticeQueries, provides=NoticeQueries)
    school_roll = provide(PostgresSchoolRoll, provides=SchoolRoll)
    inventory = provide(PostgresInventory, provides=Inventory)
    video_queries = provide(PostgresVideoQueries, provides=VideoQueries)

    @provide
    def urls(self, settings: Settings) -> DatabaseUrls:
        """DSNs, resolved before the container was built."""
        if settings.database is None:
            raise RuntimeError("the database must be resolved before the container is built")
        return settings.database

    @provide
    async def database(self, urls: DatabaseUrls) -> AsyncIterator[PostgresDatabase]:
        """A pool for each role; nothing is served by a database that is behind, or would not keep schools apart."""
        await refuse_outdated(urls.owner)
        database = PostgresDatabase(
            app=PostgresPool(urls.app, application_name="lms.app"),
            system=PostgresPool(urls.system, application_name="lms.system", max_size=5),
        )
        await database.open()
        try:
            await refuse_unsafe_roles(database)
            yield database
        finally:
            await database.close()

    @provide
    def seal(self, settings: Settings) -> SecretSeal:
        """For secrets that are kept in the database and must be read again."""
        keys = {kid: derive_key(secret, "seal") for kid, secret in settings.secret_keys.items()}
        return SecretSeal(keys, settings.current_key)

    @provide
    def hosts(self, database: PostgresDatabase, clock: Clock) -> HostDirectory:
        """Which school a host belongs to."""
        return PostgresHostDirectory(database, clock)

    @provide
    def sessions(self, database: PostgresDatabase, clock: Clock) -> SessionDirectory:
        """Whether a session still holds."""
        return PostgresSessionDirectory(database, clock)

    @provide
    async def notice_feed(self, urls: DatabaseUrls, log: Logger) -> AsyncIterator[NoticeFeed]:
        """Tells open pages of news."""
        feed = PostgresNoticeFeed(urls.direct, log)
        async with feed.listening():
            yield feed

    @provide
    def outbox_bell(self, urls: DatabaseUrls, log: Logger) -> OutboxBell:
        """Wakes the relay."""
        return OutboxBell(urls.direct, log)

    @provide
    def mail_bell(self, urls: DatabaseUrls, log: Logger) -> MailBell:
        """Wakes those who send mail."""
        return MailBell(urls.direct, log)

    @provide
    def job_bell(self, urls: DatabaseUrls, log: Logger) -> JobBell:
        """Hears of new jobs."""
        return JobBell(urls.direct, log)

    @provide
    def scheduler_lock(self, urls: DatabaseUrls) -> LeaderLock:
        """Lets one scheduler lead."""
        return LeaderLock(urls.direct, _SCHEDULER_LOCK)

"""Every port has an abstract suite that asks for each of its methods, and every adapter of it runs that suite.

Read from the source alone: whoever adds a port, a method or an adapter is told here what is missing.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]

CONTRACTS = {
    "AccessTokens": ["AccessTokensContract"],
    "AssignmentRepository": ["AssignmentRepositoryContract"],
    "AttemptRepository": ["AttemptRepositoryContract"],
    "AudienceRepository": ["AudienceRepositoryContract"],
    "AudioExtractor": ["AudioExtractorContract"],
    "AuditQueries": ["AuditContract"],
    "AuditRepository": ["AuditContract"],
    "Clock": ["ClockContract"],
    "ConfirmationCodes": ["ConfirmationCodesContract"],
    "CourseQueries": ["CourseQueriesContract"],
    "CourseRepository": ["CourseRepositoryContract", "CourseOutlineContract", "CourseAudienceContract"],
    "DeletedCourseRepository": ["DeletedCourseContract"],
    "DnsResolver": ["DnsResolverContract", "BrokenDnsResolverContract"],
    "DomainRepository": ["DomainRepositoryContract"],
    "EndedSessionRepository": ["EndedSessionRepositoryContract"],
    "FileRepository": ["FileRepositoryContract"],
    "GroupRepository": ["GroupRepositoryContract"],
    "HostDirectory": ["HostDirectoryContract", "OwnDomainContract"],
    "HtmlSanitizer": ["HtmlSanitizerContract"],
    "IdempotencyRepository": ["IdempotencyRepositoryContract"],
    "Ids": ["IdsContract"],
    "ImpersonationRepository": ["ImpersonationRepositoryContract"],
    "Inventory": ["InventoryContract"],
    "JobQueue": ["JobQueueContract", "BrokenJobQueueContract"],
    "JobRepository": ["JobRepositoryContract"],
    "JobWorkRepository": ["JobRepositoryContract"],
    "MailDeliveryRepository": ["MailDeliveryRepositoryContract"],
    "Mailer": ["MailerContract", "BrokenMailerContract"],
    "MediaProbe": ["MediaProbeContract"],
    "NotificationRepository": ["NotificationRepositoryContract"],
    "ObjectStorage": ["StorageContract", "BrokenStorageContract"],
    "OneTimeTokenRepository": ["OneTimeTokenRepositoryContract"],
    "OperatorRepository": ["AccountRepositoryContract"],
    "OutboxRepository": ["OutboxRepositoryContract"],
    "PasswordHasher": ["PasswordHasherContract", "SaturatedHasherContract"],
    "PersonalDataRepository": ["NewcomersContract"],
    "PictureEncoder": ["PictureEncoderContract"],
    "PipelineSweepRepository": ["VideoRepositoryContract"],
    "PlaybackTokens": ["PlaybackTokensContract"],
    "ProgressRepository": ["ProgressRepositoryContract", "CourseFactsContract"],
    "QuestionHistoryRepository": ["QuestionHistoryContract"],
    "QuizExtensionRepository": ["QuizExtensionContract"],
    "QuizGenerator": ["QuizGeneratorContract"],
    "QuizRepository": ["QuizRepositoryContract"],
    "Randomness": ["RandomnessContract"],
    "RefreshTokens": ["RefreshTokensContract"],
    "ReminderRepository": ["ReminderRepositoryContract"],
    "SchoolRepository": ["OwnSchoolRepositoryContract"],
    "SecondFactorRepository": ["SecondFactorRepositoryContract"],
    "SessionDirectory": ["SessionDirectoryContract"],
    "SessionRepository": ["AccountRepositoryContract", "PeopleContract"],
    "SignInFailureRepository": ["SignInFailureRepositoryContract"],
    "StorageGarbageRepository": ["StorageGarbageContract"],
    "SubmissionRepository": ["SubmissionRepositoryContract"],
    "SystemTransaction": ["UnitOfWorkContract", "SchoolRepositoryContract"],
    "TeacherImportRepository": ["NewcomersContract"],
    "TenantRepository": ["SchoolRepositoryContract", "PeopleContract"],
    "TenantTransaction": ["UnitOfWorkContract", "WholeSchoolContract", "ParentContract"],
    "Thumbnailer": ["ThumbnailerContract"],
    "Transcoder": ["TranscoderContract"],
    "Transcriber": ["TranscriberContract"],
    "TrialWarningRepository": ["TrialWarningRepositoryContract"],
    "UnitOfWork": ["UnitOfWorkContract"],
    "UnsubscribeTokens": ["UnsubscribeTokensContract"],
    "UpkeepRepository": ["UpkeepRepositoryContract"],
    "UsageRepository": ["SchoolRepositoryContract", "OwnSchoolRepositoryContract"],
    "UserRepository": ["AccountRepositoryContract", "PeopleContract"],
    "VideoQueries": ["VideoQueriesContract"],
    "VideoRepository": ["VideoRepositoryContract"],
    "VerifiedDomainRepository": ["DomainRepositoryContract"],
    "Workspace": ["WorkspaceContract"],
}
"""The suites of each port; an adapter runs them all."""

_SCREEN = "a screen is one statement of SQL, and a second answer in memory would prove nothing about it"
ONE_ADAPTER = {
    "AssignmentQueries": (_SCREEN, "tests/integration"),
    "AttemptQueries": (_SCREEN, "tests/integration/http/test_quiz_marking.py"),
    "CommandCenterQueries": (_SCREEN, "tests/integration/http/test_command_center.py"),
    "CertificatePrinter": (
        "a page is made to be looked at",
        "tests/integration/adapters/fpdf2/test_fpdf2_certificate_printer.py",
    ),
    "CertificateQueries": (_SCREEN, "tests/integration/http/test_certificates.py"),
    "ConsistencyQueries": (
        "asks PostgreSQL for what its own constraints should have made impossible",
        "tests/integration/adapters/postgres/test_postgres_consistency.py",
    ),
    "GroupQueries": (_SCREEN, "tests/integration/http/test_people.py"),
    "LearnerQueries": (_SCREEN, "tests/integration"),
    "LearningQueries": (_SCREEN, "tests/integration/adapters/postgres/test_postgres_screens.py"),
    "Logger": ("what it promises is the form of lines", "tests/unit/adapters/structlog/test_logger.py"),
    "NoticeFeed": ("rings when PostgreSQL notifies, which nothing else does", "tests/integration"),
    "NoticeQueries": (_SCREEN, "tests/integration"),
    "OverviewQueries": (_SCREEN, "tests/integration/http/test_people.py"),
    "PeopleQueries": (_SCREEN, "tests/integration/http/test_people.py"),
    "QuizInsightQueries": (_SCREEN, "tests/integration/http/test_quiz_insights.py"),
    "ReportPrinter": (
        "a page is made to be looked at",
        "tests/integration/adapters/fpdf2/test_fpdf2_report_printer.py",
    ),
    "ReportQueries": (_SCREEN, "tests/integration"),
    "SearchQueries": (_SCREEN, "tests/integration/http/test_search.py"),
    "SchoolQueries": (_SCREEN, "tests/integration/adapters/postgres/test_postgres_screens.py"),
    "SchoolRoll": (_SCREEN, "tests/integration"),
    "SchoolRows": ("every table as it is in PostgreSQL", "tests/integration/http/test_school_export.py"),
    "SchoolSnapshot": ("what SchoolRows gives", "tests/integration/http/test_school_export.py"),
    "ToolProcesses": ("looks at the processes of this machine", "tests/unit/adapters/system/test_tool_processes.py"),
}
"""Ports without a suite: why there will be no second adapter, and where the only one is tested."""


_CLASS = re.compile(r"^class (\w+)(?:\(([^)]*)\))?:", re.MULTILINE)
_IMPORT = re.compile(r"^from (tests\.contracts[\w.]*) import", re.MULTILINE)


class Source(NamedTuple):
    """A class as it stands in a file."""

    name: str
    bases: list[str]
    path: Path


@cache
def classes(folder: str) -> tuple[Source, ...]:
    """All classes below a folder. Found by their first lines: parsing a thousand files takes seconds."""
    return tuple(
        Source(name, [base.strip().rpartition(".")[2].partition("[")[0] for base in bases.split(",")], path)
        for path in sorted((ROOT / folder).rglob("*.py"))
        for name, bases in _CLASS.findall(path.read_text(encoding="utf-8"))
    )


@cache
def ports() -> dict[str, Source]:
    return {each.name: each for each in classes("src/lms_app/ports") if "Protocol" in each.bases}


@cache
def suites() -> dict[str, Path]:
    return {each.name: each.path for each in classes("tests/contracts") if each.name.endswith("Contract")}


@cache
def adapters() -> dict[str, set[str]]:
    """By port, the folders of its adapters."""
    found = defaultdict(set)
    for each in classes("src/adapters"):
        for port in ports().keys() & set(each.bases):
            found[port].add(each.path.relative_to(ROOT / "src/adapters").parts[0])
    return found


@cache
def runs() -> set[tuple[str, str]]:
    """Folder of an adapter, and a suite that its tests run."""
    found = set()
    # Between a suite and its test may stand a class that tells how the adapter is made.
    known = {each.name: each.bases for each in classes("tests/contracts")}
    for folder in ("tests/unit/adapters", "tests/integration/adapters"):
        made = classes(folder)
        known |= {each.name: each.bases for each in made if not each.name.startswith("Test")}
        for each in made:
            if each.name.startswith("Test"):
                package = each.path.relative_to(ROOT / folder).parts[0]
                found |= {(package, suite) for suite in ancestors(each.bases, known)}
    return found


def ancestors(parents: list[str], known: dict[str, list[str]]) -> Iterator[str]:
    for parent in parents:
        yield parent
        yield from ancestors(known.get(parent, []), known)


@cache
def words_of(suite: str) -> str:
    """The source of a suite and of what it imports from its neighbours."""
    waiting, texts = [suites()[suite]], dict[Path, str]()
    while waiting:
        path = waiting.pop()
        if path not in texts and path.exists():
            texts[path] = path.read_text(encoding="utf-8")
            waiting += [ROOT / (module.replace(".", "/") + ".py") for module in _IMPORT.findall(texts[path])]
    return "\n".join(texts.values())


def methods_of(port: str) -> set[str]:
    (found,) = [
        node
        for node in ast.parse(ports()[port].path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name == port
    ]
    return {node.name for node in found.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_port_is_known_here() -> None:
    assert set(ports()) <= set(CONTRACTS) | set(ONE_ADAPTER)
    assert not set(CONTRACTS) & set(ONE_ADAPTER)
    assert set(CONTRACTS) <= set(ports())


def test_every_suite_belongs_to_a_port() -> None:
    assert {suite for needed in CONTRACTS.values() for suite in needed} == set(suites())


def test_every_adapter_runs_the_suites_of_its_port() -> None:
    needed = {(port, package, suite) for port in CONTRACTS for package in adapters()[port] for suite in CONTRACTS[port]}
    assert {port for port, _, _ in needed} == set(CONTRACTS), "every port has an adapter"
    assert not {each for each in needed if each[1:] not in runs()}


def test_the_suites_ask_for_every_method_of_their_port() -> None:
    unasked = set()
    for port, needed in CONTRACTS.items():
        words = "\n".join(map(words_of, needed))
        unasked |= {(port, name) for name in methods_of(port) if not re.search(rf"\.{name}\b", words)}
    assert not unasked


@pytest.mark.parametrize("port", ONE_ADAPTER)
def test_what_has_no_suite_has_one_adapter_and_tests(port: str) -> None:
    _, tests = ONE_ADAPTER[port]
    assert len(adapters()[port]) <= 1, "two adapters need one suite"
    assert (ROOT / tests).exists()

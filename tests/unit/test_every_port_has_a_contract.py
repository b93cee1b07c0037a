"""Every port has an abstract suite that asks for each of its methods, and every adapter of it runs that suite.

Read from the source alone: whoever adds a port, a method or an adapter is told here what is missing.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
    "Workspace": ["WorkspaceContract"],
}
"""The suites of each port; an adapter runs them all."""

_SCREEN = "a screen is one statement of SQL, and a second answer in memory would prove nothing about it"
ONE_ADAPTER = {
    "AssignmentQueries": (_SCREEN, "tests/integration"),
    "CommandCenterQueries": (_SCREEN, "tests/integration/http/test_command_center.py"),
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
    "ReportQueries": (_SCREEN, "tests/integration"),
    "SchoolQueries": (_SCREEN, "tests/integration/adapters/postgres/test_postgres_screens.py"),
    "SchoolRoll": (_SCREEN, "tests/integration"),
    "SchoolRows": ("every table as it is in PostgreSQL", "tests/integration/http/test_school_export.py"),
    "SchoolSnapshot": ("what SchoolRows gives", "tests/integration/http/test_school_export.py"),
    "ToolProcesses": ("looks at the processes of this machine", "tests/unit/adapters/system/test_tool_processes.py"),
}
"""Ports without a suite: why there will be no second adapter, and where the only one is tested."""


@cache
def classes(folder: str) -> tuple[tuple[Path, ast.ClassDef], ...]:
    found = [
        (path, node)
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
    ]
    return tuple((path, node) for path, node in found if isinstance(node, ast.ClassDef))


def bases(node: ast.ClassDef) -> list[str]:
    return [ast.unparse(base).rpartition(".")[2].partition("[")[0] for base in node.bases]


PORTS = {node.name: node for _, node in classes("src/lms_app/ports") if "Protocol" in bases(node)}
SUITES = {node.name: path for path, node in classes("tests/contracts") if node.name.endswith("Contract")}


def adapters() -> dict[str, set[str]]:
    """By port, the folders of its adapters. A port that extends another makes its adapters those of both."""
    found = defaultdict(set)
    for path, node in classes("src/adapters"):
        for base in bases(node):
            if base in PORTS:
                found[base].add(path.relative_to(ROOT / "src/adapters").parts[0])
    return found


def runs() -> set[tuple[str, str]]:
    """Folder of an adapter, and a suite that its tests run."""
    found = set()
    for kind in ("unit", "integration"):
        folder = f"tests/{kind}/adapters"
        made = [(path.relative_to(ROOT / folder).parts[0], node.name, bases(node)) for path, node in classes(folder)]
        # Between a suite and its test may stand a class that tells how the adapter is made.
        between = {name: parents for _, name, parents in made if not name.startswith("Test")}
        between |= {node.name: bases(node) for _, node in classes("tests/contracts")}
        between |= {node.name: bases(node) for _, node in classes("tests/unit/adapters/taskiq")}
        for package, name, parents in made:
            if name.startswith("Test"):
                found |= {(package, suite) for suite in ancestors(parents, between)}
    return found


def ancestors(parents: list[str], known: dict[str, list[str]]) -> Iterator[str]:
    for parent in parents:
        yield parent
        yield from ancestors(known.get(parent, []), known)


@cache
def words_of(suite: str) -> str:
    """The source of a suite and of what it imports from its neighbours."""
    waiting, texts = [SUITES[suite]], dict[Path, str]()
    while waiting:
        path = waiting.pop()
        if path in texts or not path.exists():
            continue
        texts[path] = path.read_text(encoding="utf-8")
        modules = re.findall(r"^from (tests\.contracts[\w.]*) import", texts[path], re.MULTILINE)
        waiting += [ROOT / (module.replace(".", "/") + ".py") for module in modules]
    return "\n".join(texts.values())


ADAPTERS, RUNS = adapters(), runs()


def test_every_port_is_known_here() -> None:
    assert set(PORTS) <= set(CONTRACTS) | set(ONE_ADAPTER)
    assert not set(CONTRACTS) & set(ONE_ADAPTER)
    assert set(CONTRACTS) <= set(PORTS)


def test_every_suite_belongs_to_a_port() -> None:
    assert {suite for suites in CONTRACTS.values() for suite in suites} == set(SUITES)


@pytest.mark.parametrize("port", CONTRACTS)
def test_every_adapter_runs_the_suites_of_its_port(port: str) -> None:
    assert ADAPTERS[port], "nobody implements it"
    missing = {(package, suite) for package in ADAPTERS[port] for suite in CONTRACTS[port]} - RUNS
    assert not missing


@pytest.mark.parametrize("port", CONTRACTS)
def test_the_suites_ask_for_every_method_of_their_port(port: str) -> None:
    functions = [node for node in PORTS[port].body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    words = "\n".join(words_of(suite) for suite in CONTRACTS[port])
    assert not {node.name for node in functions if not re.search(rf"\.{node.name}\b", words)}


@pytest.mark.parametrize("port", sorted(set(ONE_ADAPTER) & set(PORTS)))
def test_what_has_no_suite_has_one_adapter_and_tests(port: str) -> None:
    reason, tests = ONE_ADAPTER[port]
    assert reason
    assert len(ADAPTERS[port]) <= 1, "two adapters need one suite"
    assert (ROOT / tests).exists()

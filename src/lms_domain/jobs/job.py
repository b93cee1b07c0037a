"""A piece of work that somebody asked for and comes back for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lms_domain.errors import InvalidInput

MAX_ATTEMPTS = 3
"""Claims, those whose worker vanished included: a job that takes its worker down must not go round for ever."""
KEEP_RESULT = timedelta(days=7)
"""How long what was made can be fetched."""
MAX_ERROR = 500
MAX_OPEN_REPORTS = 3
"""Reports that may wait or be at work for one school: others wait for their turn, too."""


class JobKind(StrEnum):
    """What is to be done."""

    SCHOOL_EXPORT = "SCHOOL_EXPORT"
    REPORT = "REPORT"


class JobStatus(StrEnum):
    """Where a job stands. The last two are ends."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class JobResult:
    """A file in storage, as the person who asked for it will save it."""

    key: str
    file_name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Job:
    """QUEUED -> RUNNING -> SUCCEEDED or FAILED; a RUNNING one whose worker vanished is claimed again.

    ``attempt`` counts claims and fences: a worker may record a result only for the attempt that it claimed.
    """

    id: UUID
    tenant_id: UUID
    kind: JobKind
    requested_by: UUID
    """A person of the school, or an operator: only they may see it."""
    parameters: Mapping[str, str]
    status: JobStatus
    attempt: int
    progress: float
    """0 to 1."""
    error: str
    """For people; empty unless FAILED."""
    result: JobResult | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    def __post_init__(self) -> None:
        if (self.status is JobStatus.SUCCEEDED) != (self.result is not None):
            raise InvalidInput("A job that succeeded has a result, and no other.")
        if not 0 <= self.progress <= 1:
            raise InvalidInput("Progress is between 0 and 1.")

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in {JobStatus.SUCCEEDED, JobStatus.FAILED}

    def succeeded(self, result: JobResult, *, now: datetime) -> "Job":
        """Done; the result can be fetched for ``KEEP_RESULT``."""
        return replace(self, status=JobStatus.SUCCEEDED, progress=1.0, result=result, error="", finished_at=now)

    def failed(self, error: str, *, now: datetime) -> "Job":
        """Given up, with a reason for people."""
        return replace(self, status=JobStatus.FAILED, error=" ".join(error.split())[:MAX_ERROR], finished_at=now)

    def again(self) -> "Job":
        """Back in the queue, when there are attempts left: check ``may_try_again`` first."""
        return replace(self, status=JobStatus.QUEUED, progress=0.0)

    @property
    def may_try_again(self) -> bool:
        """Whether there is an attempt left."""
        return self.attempt < MAX_ATTEMPTS

    def result_is_kept(self, now: datetime) -> bool:
        """Whether the result can still be fetched."""
        return self.result is not None and self.finished_at is not None and now < self.finished_at + KEEP_RESULT


def new_job(
    *, job_id: UUID, tenant_id: UUID, kind: JobKind, requested_by: UUID, parameters: Mapping[str, str], now: datetime
) -> Job:
    """A job that waits for a worker."""
    return Job(
        id=job_id,
        tenant_id=tenant_id,
        kind=kind,
        requested_by=requested_by,
        parameters=dict(parameters),
        status=JobStatus.QUEUED,
        attempt=0,
        progress=0.0,
        error="",
        result=None,
        created_at=now,
        started_at=None,
        finished_at=None,
    )

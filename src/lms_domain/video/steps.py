"""The steps of the pipeline: what they are, what each waits for, and how far each has come."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class StepName(StrEnum):
    """One piece of work on a video."""

    VALIDATE = "VALIDATE"
    TRANSCODE = "TRANSCODE"
    THUMBNAIL = "THUMBNAIL"
    TRANSCRIBE = "TRANSCRIBE"
    ASSIGNMENTS = "ASSIGNMENTS"
    FINALIZE = "FINALIZE"


class StepState(StrEnum):
    """Where a step stands. PENDING waits for other steps, QUEUED for a worker."""

    PENDING = "PENDING"
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    SKIPPED = "SKIPPED"
    CANCELLED = "CANCELLED"


class QueueName(StrEnum):
    """Queues by kind of work, each with a concurrency of its own."""

    DEFAULT = "default"
    MEDIA = "media"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class StepRule:
    """What the plan says of one step."""

    waits_for: tuple[StepName, ...]
    queue: QueueName
    fails_the_video: bool
    """False: the video becomes READY without this step's result, and the failure stays visible."""


PLAN: dict[StepName, StepRule] = {
    StepName.VALIDATE: StepRule((), QueueName.MEDIA, fails_the_video=True),
    StepName.THUMBNAIL: StepRule((StepName.VALIDATE,), QueueName.MEDIA, fails_the_video=False),
    StepName.TRANSCODE: StepRule((StepName.VALIDATE,), QueueName.MEDIA, fails_the_video=True),
    StepName.TRANSCRIBE: StepRule((StepName.VALIDATE,), QueueName.SPEECH, fails_the_video=False),
    # The transcript, or its absence established: without one there is still something to reflect on.
    StepName.ASSIGNMENTS: StepRule((StepName.TRANSCRIBE,), QueueName.DEFAULT, fails_the_video=False),
    StepName.FINALIZE: StepRule(
        (StepName.VALIDATE, StepName.THUMBNAIL, StepName.TRANSCODE, StepName.TRANSCRIBE, StepName.ASSIGNMENTS),
        QueueName.DEFAULT,
        fails_the_video=True,
    ),
}
"""In the order in which people are told about them; a short step stands before a long one of the same queue."""

SETTLED = frozenset({StepState.SUCCEEDED, StepState.FAILED, StepState.SKIPPED, StepState.CANCELLED})
"""States in which a step asks for no more work."""

TRANSITIONS: dict[StepState, frozenset[StepState]] = {
    StepState.PENDING: frozenset({StepState.QUEUED, StepState.CANCELLED}),
    StepState.QUEUED: frozenset({StepState.RUNNING, StepState.CANCELLED}),
    StepState.RUNNING: frozenset(
        {StepState.SUCCEEDED, StepState.SKIPPED, StepState.FAILED, StepState.QUEUED, StepState.CANCELLED}
    ),
    StepState.SUCCEEDED: frozenset({StepState.PENDING}),
    StepState.FAILED: frozenset({StepState.PENDING}),
    StepState.SKIPPED: frozenset({StepState.PENDING}),
    StepState.CANCELLED: frozenset({StepState.PENDING}),
}
"""Every state has a way out: a settled step starts again by a rerun."""


class IllegalTransition(Exception):
    """A programming error: some code asked for a change that the table does not know."""


def dependents_of(name: StepName) -> frozenset[StepName]:
    """Every step that waits for ``name``, directly or through another."""
    found: set[StepName] = set()
    for candidate, rule in PLAN.items():
        if name in rule.waits_for or found.intersection(rule.waits_for):
            found.add(candidate)
    return frozenset(found)


@dataclass(slots=True)
class Step:
    """One step of one video.

    ``attempt`` counts claims and fences: a worker may record a result only for the attempt that it claimed.
    ``failures`` counts attempts that failed by themselves, ``lost_leases`` those whose worker vanished.
    """

    id: UUID
    name: StepName
    state: StepState = StepState.PENDING
    attempt: int = 0
    failures: int = 0
    lost_leases: int = 0
    lease_until: datetime | None = None
    not_before: datetime | None = None
    """A retry waits until then."""
    progress: float = 0.0
    """0.0 to 1.0."""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    error_code: str | None = None
    error: str | None = None
    """For people."""
    log: str | None = None
    """The tool's last words, for admins."""
    output: dict[str, str | int | float] = field(default_factory=dict)
    """A summary of what was made, such as the run and the bytes."""

    @property
    def is_settled(self) -> bool:
        """Whether the step asks for no more work."""
        return self.state in SETTLED

    def to(self, state: StepState) -> None:
        """Change the state by the table.

        Raises:
            IllegalTransition: the table does not know this change.
        """
        if state not in TRANSITIONS[self.state]:
            raise IllegalTransition(f"{self.name}: {self.state} -> {state}")
        self.state = state

"""What every step of the pipeline gets and gives back."""

from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from lms_app.ports.media_tools import ProgressCallback
from lms_app.ports.repositories import Transcript
from lms_app.ports.unit_of_work import TenantTransaction
from lms_domain.video.asset import StepFailure, VideoAsset, VideoFacts

Output: TypeAlias = dict[str, str | int | float]
"""A summary of what a step made, for admins."""


@dataclass(frozen=True, slots=True)
class StepJob:
    """One attempt at one step. ``asset`` is a snapshot: changing it changes nothing."""

    asset: VideoAsset
    run: str
    """Name of the folder that this attempt alone writes to."""
    max_seconds: float
    """Longest video that the school's plan allows."""


class StepEffects(Protocol):
    """Rows that a step writes. They become true together with its state, or not at all: a delivery that comes twice
    and a worker that lost its lease write nothing."""

    async def __call__(self, tx: TenantTransaction, /) -> Output:
        """Write, without a commit.

        Returns:
            What to add to the step's output.
        """
        ...


@dataclass(frozen=True, slots=True)
class StepDone:
    """The step's work is done and stored."""

    facts: VideoFacts = field(default_factory=VideoFacts)
    output: Output = field(default_factory=dict)
    transcript: Transcript | None = None
    effects: StepEffects | None = None


@dataclass(frozen=True, slots=True)
class StepSkipped:
    """There is nothing to do for this step in this video; ``reason`` is a sentence for people."""

    reason: str


class StepError(Exception):
    """The attempt failed, for a reason that people should read."""

    def __init__(self, failure: StepFailure) -> None:
        super().__init__(failure.code)
        self.failure = failure


class StepHandler(Protocol):
    """Does the work of one step. Cancelling it stops the work and leaves nothing running."""

    async def __call__(self, job: StepJob, report: ProgressCallback, /) -> StepDone | StepSkipped:
        """Raises:
        StepError: with a reason for people.
        StorageUnavailable, ObjectNotFound: the attempt may be repeated.
        """
        ...

"""What must hold whatever broke, and what to do where it does not."""

from enum import StrEnum
from uuid import UUID

import msgspec

from lms_domain.video.asset import VideoAsset


class Invariant(StrEnum):
    """The numbers are those of the fault drills."""

    NOTHING_IS_STUCK = "I1"
    READY_IS_WHOLE = "I2"
    MADE_ONCE = "I3"
    NOTHING_IS_ABANDONED = "I4"
    STATES_FOLLOW = "I5"
    ATTEMPTS_END = "I6"
    TOOLS_ARE_LEASED = "I7"
    DOORBELLS_ARE_RUNG = "I8"
    BYTES_ADD_UP = "I9"
    SCHOOLS_STAY_APART = "I10"


TITLES: dict[Invariant, str] = {
    Invariant.NOTHING_IS_STUCK: "every video that is not done has a step that somebody does or will do",
    Invariant.READY_IS_WHOLE: "a READY video has every file that it promises, and they play",
    Invariant.MADE_ONCE: "what is made of a video is made exactly once",
    Invariant.NOTHING_IS_ABANDONED: "no file outlives its last use for long",
    Invariant.STATES_FOLLOW: "states are those that the tables of the pipeline lead to",
    Invariant.ATTEMPTS_END: "no step is tried more often than allowed",
    Invariant.TOOLS_ARE_LEASED: "no media tool runs without a lease",
    Invariant.DOORBELLS_ARE_RUNG: "no doorbell waits in the outbox",
    Invariant.BYTES_ADD_UP: "bytes counted are bytes stored",
    Invariant.SCHOOLS_STAY_APART: "nothing of one school names anything of another",
}

REMEDIES: dict[Invariant, str] = {
    Invariant.NOTHING_IS_STUCK: "Is a scheduler running? Then: lms pipeline rerun {content_id}",
    Invariant.READY_IS_WHOLE: "Make it again: lms pipeline rerun {content_id}",
    Invariant.MADE_ONCE: "Make it again: lms pipeline rerun {content_id} --from-step ASSIGNMENTS --only",
    Invariant.NOTHING_IS_ABANDONED: "Is a scheduler running? Then: lms storage collect",
    Invariant.STATES_FOLLOW: "Begin again: lms pipeline rerun {content_id}. Then report this as a bug.",
    Invariant.ATTEMPTS_END: "Look at the reason with lms pipeline status {content_id}, and report this as a bug.",
    Invariant.TOOLS_ARE_LEASED: "End the process, and report this as a bug.",
    Invariant.DOORBELLS_ARE_RUNG: "Is a worker or a scheduler running, and does Redis answer? See: lms doctor",
    Invariant.BYTES_ADD_UP: "Count again: lms storage collect. If it stays, report this as a bug.",
    Invariant.SCHOOLS_STAY_APART: "Take the video offline, and report this as a bug at once.",
}


class Violation(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as it must be. ``subject`` names what is neither a school nor a content: a key in
    storage, a message, a process."""

    invariant: Invariant
    what: str
    remedy: str
    tenant_id: UUID | None = None
    content_id: UUID | None = None
    subject: str | None = None


def violation(
    invariant: Invariant,
    what: str,
    *,
    tenant_id: UUID | None = None,
    content_id: UUID | None = None,
    subject: str | None = None,
    remedy: str | None = None,
) -> Violation:
    """A violation with the remedy that goes with it, unless another is given."""
    words = (remedy or REMEDIES[invariant]).format(content_id=content_id)
    return Violation(
        invariant=invariant, what=what, remedy=words, tenant_id=tenant_id, content_id=content_id, subject=subject
    )


def of_video(asset: VideoAsset, invariant: Invariant, flaws: tuple[str, ...]) -> list[Violation]:
    """A violation for each flaw of a video."""
    return [violation(invariant, flaw, tenant_id=asset.tenant_id, content_id=asset.content_id) for flaw in flaws]


class CheckedInvariant(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an invariant holds, and over how many things."""

    invariant: Invariant
    title: str
    holds: bool
    looked_at: int


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a check."""

    is_clean: bool
    invariants: list[CheckedInvariant]
    violations: list[Violation]

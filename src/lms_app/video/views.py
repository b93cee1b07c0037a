"""Videos as those who upload them see them."""

from datetime import datetime
from uuid import UUID

import msgspec

from lms_app.courses.views import ContentView
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.quiz import QuizState
from lms_domain.learning.quiz_reasons import QuizReason
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import StepName, StepState


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the pipeline. ``progress`` is 0 to 100 percent; ``error`` is a sentence for people."""

    name: StepName
    state: StepState
    attempt: int
    progress: float
    started_at: datetime | None
    finished_at: datetime | None
    error: str | None
    error_code: str | None


class VideoAssetView(msgspec.Struct, frozen=True, kw_only=True):
    """A video and its way through the pipeline."""

    id: UUID
    status: VideoStatus
    playable: bool
    duration_seconds: float | None
    width: int | None
    height: int | None
    error: str | None
    error_code: str | None
    source_name: str
    source_bytes: int
    stored_bytes: int
    steps: list[StepView]


class TroubledStepView(msgspec.Struct, frozen=True, kw_only=True):
    """A step somewhere on the platform that failed or is stuck. QUEUED: nobody takes it up; RUNNING: its worker is
    gone. ``since``: when it failed, lost its worker, or could first have been taken up."""

    id: UUID
    tenant_id: UUID
    subdomain: str
    content_id: UUID
    content_title: str
    name: StepName
    state: StepState
    attempt: int
    failures: int
    lost_leases: int
    since: datetime
    error: str | None
    error_code: str | None
    log: str | None


class TranscriptSummaryView(msgspec.Struct, frozen=True, kw_only=True):
    """That there is a transcript, and in which language."""

    language: str
    segment_count: int
    generated_at: datetime


class PlaybackView(msgspec.Struct, frozen=True, kw_only=True):
    """Leave to play a video until ``expires_at``."""

    hls_url: str
    captions_url: str | None
    thumbnail_url: str | None
    storyboard_url: str | None
    expires_at: datetime


class AssignmentSummaryView(msgspec.Struct, frozen=True, kw_only=True):
    """A task made from the video. Of a quiz: the version that teachers meet, or else the draft, and why it is one."""

    id: UUID
    title: str
    kind: AssignmentKind
    is_mandatory: bool
    is_published: bool
    quiz_id: UUID | None
    quiz_state: QuizState | None
    question_count: int | None
    reason: str
    reason_codes: list[QuizReason]


class VideoStatusView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a content's video."""

    content: ContentView
    video_asset: VideoAssetView
    transcript: TranscriptSummaryView | None
    assignments: list[AssignmentSummaryView]
    playback: PlaybackView | None


class UploadedVideoView(msgspec.Struct, frozen=True, kw_only=True):
    """A video that was received."""

    content: ContentView
    video_asset: VideoAssetView

"""Ports: what use cases read and write inside a transaction. Every one is bound to the scope of its transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from lms_app.ports.job_queue import StepDoorbell
from lms_domain.accounts.person import Operator, User
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import Content, Course, Module
from lms_domain.courses.outline import Outline
from lms_domain.schools.tenant import Limits, Tenant
from lms_domain.video.asset import VideoAsset
from lms_domain.video.steps import QueueName, StepName
from lms_domain.video.transcript import Segment


class Taken(Exception):
    """Something that must be unique exists already, or is still in use. ``what`` is one of ``email``, ``subdomain``,
    ``hostname``, ``course_title``, ``course_slug``, ``group_name``, ``other``. The transaction goes on
    as if the statement had not been sent."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class TenantRepository(Protocol):
    """All schools; for the platform."""

    async def add(self, tenant: Tenant) -> None:
        """Raises Taken ``subdomain``."""
        ...

    async def get(self, tenant_id: UUID) -> Tenant | None:
        """One school."""
        ...

    async def lock(self, tenant_id: UUID) -> Tenant | None:
        """The same, locked until the transaction ends."""
        ...

    async def save(self, tenant: Tenant) -> None:
        """Everything about a school. Raises Taken ``subdomain``."""
        ...

    async def by_subdomain(self, subdomain: str) -> Tenant | None:
        """The school at an address."""
        ...

    async def erase(self, tenant_id: UUID) -> None:
        """Remove every row of a school, and the school; fine when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who runs a school, and how many learn there."""

    admins: frozenset[UUID]
    """The active administrators."""
    learners: int
    """Active ones: each takes a seat of the plan."""


NOBODY = Staffing(frozenset(), 0)


class UserRepository(Protocol):
    """The people of one school."""

    async def add(self, user: User) -> None:
        """Raises Taken ``email``."""
        ...

    async def get(self, user_id: UUID) -> User | None:
        """One person."""
        ...

    async def by_email(self, email_folded: str) -> User | None:
        """The person with an address, by its folded form."""
        ...

    async def set_password(self, user_id: UUID, password_hash: str, *, must_change: bool) -> None:
        """A new password hash."""
        ...

    async def existing(self, user_ids: frozenset[UUID]) -> frozenset[UUID]:
        """Those of ``user_ids`` that are active learners of this school."""
        ...

    async def lock(self, user_id: UUID) -> User | None:
        """One person, locked until the transaction ends."""
        ...

    async def save(self, user: User) -> None:
        """Everything about a person. Raises Taken ``email``, at the latest with the commit."""
        ...

    async def get_many(self, user_ids: frozenset[UUID]) -> tuple[User, ...]:
        """Those of ``user_ids`` that are people of this school, active or not."""
        ...

    async def with_role(self, role: Role) -> tuple[User, ...]:
        """The active people with a role, the longest registered first."""
        ...

    async def lock_with_staffing(self, user_id: UUID) -> tuple[User | None, Staffing]:
        """One person, and the school's staffing. The person and the active administrators are locked until the
        transaction ends: two administrators cannot remove each other. Lock the limits before, if learners are to be
        counted."""
        ...


class OperatorRepository(Protocol):
    """Those who run the platform."""

    async def add(self, operator: Operator) -> None:
        """Raises Taken ``email``."""
        ...

    async def get(self, operator_id: UUID) -> Operator | None:
        """One operator."""
        ...

    async def by_email(self, email_folded: str) -> Operator | None:
        """The operator with an address, by its folded form."""
        ...

    async def set_password(self, operator_id: UUID, password_hash: str, *, must_change: bool) -> None:
        """A new password hash."""
        ...

    async def rename(self, operator_id: UUID, *, first_name: str, last_name: str) -> None:
        """Another name; fine when there is no such operator."""
        ...


@dataclass(frozen=True, slots=True)
class NewSession:
    """A sign-in. ``fingerprint`` is that of its first refresh token."""

    id: UUID
    user_id: UUID
    fingerprint: bytes
    created_at: datetime
    expires_at: datetime
    address: str = ""
    """Where it came from; empty when that is not known."""
    user_agent: str = ""
    """What the browser said of itself."""
    confirmed_at: datetime | None = None
    """When the person last proved who they are in this session; None: never, as on an operator's visit."""


@dataclass(frozen=True, slots=True)
class RefreshState:
    """A refresh token that we once gave out. ``rotated_at`` is None while it is the newest of its session."""

    session_id: UUID
    user_id: UUID
    rotated_at: datetime | None
    is_latest_parent: bool
    """Whether its successor is the newest token of the session."""
    session_ends_at: datetime
    is_revoked: bool


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that holds, for its person to recognise. It was used last at ``last_used_at`` (its first use is the
    sign-in)."""

    id: UUID
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    address: str
    user_agent: str


class SessionRepository(Protocol):
    """Sessions and their refresh tokens. A session is the family of all tokens that follow from one sign-in."""

    async def add(self, session: NewSession, *, at_most: int | None = None) -> tuple[UUID, ...]:
        """A new session with its first token.

        Args:
            at_most: how many sessions the person may have that hold, with this one: the oldest of the others end.

        Returns:
            The ids of those that ended.
        """
        ...

    async def rotate(self, fingerprint: bytes, successor: bytes, *, now: datetime) -> RefreshState | None:
        """Replace the newest token of a live session by its successor, by one UPDATE: of two at once only one wins.

        None when ``fingerprint`` is not the newest token of a live session.
        """
        ...

    async def refresh_state(self, fingerprint: bytes) -> RefreshState | None:
        """What became of a token; None when we never gave it out."""
        ...

    async def live(self, user_id: UUID, *, now: datetime) -> tuple[OpenSession, ...]:
        """A person's sessions that hold, the one used last first."""
        ...

    async def confirm(self, session_id: UUID, *, now: datetime) -> None:
        """The person has just proved again who they are."""
        ...

    async def confirmed_at(self, session_id: UUID) -> datetime | None:
        """When the person last proved who they are; None: never, or there is no such session."""
        ...

    async def revoke(self, session_id: UUID, *, now: datetime) -> bool:
        """End one session; False when there is none that has not ended: of two at once only one ends it."""
        ...

    async def revoke_all(self, user_id: UUID, *, now: datetime, except_for: UUID | None = None) -> tuple[UUID, ...]:
        """End all sessions of a person but one; the ids of those that ended."""
        ...

    async def end_with_commit(self, user_id: UUID, *, now: datetime) -> None:
        """End all sessions of a person, at the latest with the commit. Which they were nobody says: a directory
        forgets them by `SessionDirectory.forget_person`."""
        ...


@dataclass(frozen=True, slots=True)
class CourseReferences:
    """Of what somebody named: the school's active learners, its groups, and where the picture lies that was uploaded
    for courses."""

    teacher_ids: frozenset[UUID]
    group_ids: frozenset[UUID]
    picture_key: str | None


@dataclass(frozen=True, slots=True)
class Census:
    """How many courses a school has that are not deleted, which of the titles that were asked for they have, and which
    slugs that begin like the one that was asked for."""

    number: int
    taken_titles: frozenset[str] = frozenset()
    taken_slugs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WholeModule:
    """A module with its contents in order."""

    module: Module
    contents: tuple[Content, ...]


class CourseRepository(Protocol):
    """Courses, modules and contents of one school."""

    async def add(self, course: Course, modules: tuple[Module, ...] = (), contents: tuple[Content, ...] = ()) -> None:
        """A course, with modules and contents that are there from its first version; all of it or, when it is Taken,
        nothing.

        Raises:
            Taken: ``course_title`` or ``course_slug``.
        """
        ...

    async def get(self, course_id: UUID, *, for_update: bool = False) -> Course | None:
        """One course that is not deleted; with ``for_update`` its row is locked until the transaction ends."""
        ...

    async def census(self, titles: frozenset[str] = frozenset(), *, slug: str | None = None) -> Census:
        """How many courses there are, which of ``titles`` they have (the same but for case, as for ``add``), and which
        slugs that begin with ``slug``. Who has locked the limits sees what everybody added who locked them before."""
        ...

    async def lock_deleted(self, course_id: UUID) -> Course | None:
        """One course that is deleted and not yet purged, locked until the transaction ends."""
        ...

    async def save(self, course: Course) -> None:
        """Everything about a course, its deletion included. Raises Taken ``course_title``, and ``course_slug`` when a
        deleted one comes back. Titles and slugs of deleted courses are free."""
        ...

    async def purge(self, course_id: UUID) -> None:
        """Remove a deleted course for good, with everything below it and what people did in it; fine when there is
        none. Its files are named as garbage before."""
        ...

    async def references(
        self, *, teacher_ids: frozenset[UUID], group_ids: frozenset[UUID], picture_id: UUID | None
    ) -> CourseReferences:
        """What there is of what a course is to refer to."""
        ...

    async def assign(self, course_id: UUID, teacher_ids: frozenset[UUID], *, on: datetime) -> None:
        """Exactly these people from now on. Those who stay keep the date on which they were assigned."""
        ...

    async def assign_groups(self, course_id: UUID, group_ids: frozenset[UUID], *, on: datetime) -> None:
        """To exactly these groups from now on. Those that stay keep the date on which the course was assigned."""
        ...

    async def assignees(self, course_id: UUID) -> frozenset[UUID]:
        """The active learners who have the course now: because everybody has it, through a group, or by themselves."""
        ...

    async def published_of_group(self, group_id: UUID) -> tuple[Course, ...]:
        """The published courses assigned to a group: what a new member gets."""
        ...

    async def content_count(self, course_id: UUID) -> int:
        """How many contents there are in all modules."""
        ...

    async def add_module(self, module: Module) -> None:
        """A new module."""
        ...

    async def get_module(self, course_id: UUID, module_id: UUID) -> Module | None:
        """One module of that course, which is not deleted."""
        ...

    async def modules(self, course_id: UUID) -> tuple[Module, ...]:
        """All modules in order."""
        ...

    async def save_module(self, module: Module) -> None:
        """Title and description."""
        ...

    async def remove_module(self, module_id: UUID) -> None:
        """Remove a module with its contents and what people did in them; those behind it move up. Fine when there is
        none."""
        ...

    async def module_count(self, course_id: UUID) -> int:
        """How many modules there are."""
        ...

    async def add_content(self, content: Content) -> None:
        """A new content."""
        ...

    async def get_content(self, course_id: UUID, module_id: UUID, content_id: UUID) -> Content | None:
        """One content of that module of that course, which is not deleted."""
        ...

    async def lock_content(self, course_id: UUID, module_id: UUID, content_id: UUID) -> Content | None:
        """The same where the course is not deleted; course and content are locked until the transaction ends."""
        ...

    async def find_content(self, content_id: UUID) -> Content | None:
        """One content wherever it is; of a deleted course, too, as long as it is not purged."""
        ...

    async def whole(self, course_id: UUID) -> tuple[WholeModule, ...]:
        """Every module of a course with its contents, in order. One statement."""
        ...

    async def contents(self, course_id: UUID) -> tuple[Content, ...]:
        """All contents, by module and in order."""
        ...

    async def save_content(self, content: Content) -> None:
        """Everything but its place, its kind and when it was made."""
        ...

    async def remove_content(self, content_id: UUID) -> None:
        """Remove a content with what people did in it; those behind it move up. Fine when there is none."""
        ...

    async def outline(self, course_id: UUID) -> Outline:
        """The order of all modules and contents."""
        ...

    async def set_outline(self, course_id: UUID, outline: Outline) -> None:
        """Put modules and contents into this order. ``outline`` has each of them exactly once (see ``arrange``)."""
        ...

    async def module_content_count(self, course_id: UUID, module_id: UUID) -> int | None:
        """How many contents a module of that course has; None: there is no such module."""
        ...


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a step until ``seconds`` from now, by the database's clock."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ClaimedStep:
    """A step that this worker holds now."""

    asset_id: UUID
    step_id: UUID
    name: StepName
    attempt: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said in a content's video."""

    content_id: UUID
    language: str
    full_text: str
    segments: tuple[Segment, ...]
    model: str
    generated_at: datetime


@dataclass(frozen=True, slots=True)
class StoredVideo:
    """How much a content's video has in storage."""

    content_id: UUID
    stored_bytes: int


class VideoRepository(Protocol):
    """Videos of one school. Lock order: the asset first, then its steps."""

    async def add(self, asset: VideoAsset) -> None:
        """A new video with its steps."""
        ...

    async def lock(self, asset_id: UUID) -> VideoAsset | None:
        """One video with its steps, locked until the transaction ends."""
        ...

    async def lock_by_content(self, content_id: UUID) -> VideoAsset | None:
        """The video of a content with its steps, locked until the transaction ends."""
        ...

    async def lock_stored(self, content_ids: frozenset[UUID]) -> tuple[StoredVideo, ...]:
        """What the videos have in storage of those of ``content_ids`` that have one, locked until the transaction
        ends."""
        ...

    async def lock_by_course(self, course_id: UUID) -> tuple[VideoAsset, ...]:
        """The videos of a course with their steps, locked until the transaction ends."""
        ...

    async def claim(self, step_id: UUID, lease: Lease) -> ClaimedStep | None:
        """Take a due QUEUED step, or a RUNNING one whose lease ran out, by one UPDATE that also counts the attempt
        up; None when it is not to be had. Locks the asset first."""
        ...

    async def heartbeat(self, step_id: UUID, attempt: int, lease: Lease, *, progress: float) -> bool:
        """Renew the lease; False when this attempt no longer holds the step. Needs no lock on the asset."""
        ...

    async def save(self, *assets: VideoAsset) -> None:
        """Each asset and all its steps as they are now. Lock them first."""
        ...

    async def put_transcript(self, transcript: Transcript) -> None:
        """The transcript of a content's video, in place of an earlier one."""
        ...

    async def get_transcript(self, content_id: UUID) -> Transcript | None:
        """What was said in a content's video; None when nothing was heard yet, or there is no sound."""
        ...


@dataclass(frozen=True, slots=True)
class StepRef:
    """A step somewhere on the platform."""

    tenant_id: UUID
    asset_id: UUID
    step_id: UUID
    name: StepName
    queue: QueueName


class PipelineSweepRepository(Protocol):
    """Steps of all schools, for the sweeper."""

    async def expired(self, limit: int) -> tuple[StepRef, ...]:
        """RUNNING steps whose lease ran out, by the database's clock."""
        ...

    async def due(self, limit: int) -> tuple[StepRef, ...]:
        """QUEUED steps whose time has come, by the database's clock, the longest waiting first."""
        ...


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A doorbell not yet rung."""

    id: int
    doorbell: StepDoorbell


class OutboxRepository(Protocol):
    """Doorbells written with the change that they announce."""

    async def add(self, doorbells: tuple[StepDoorbell, ...]) -> None:
        """Ring these after the commit."""
        ...

    async def take(self, limit: int) -> tuple[OutboxMessage, ...]:
        """Remove and return waiting messages that no other relay holds (SKIP LOCKED). They come back if this
        transaction does not commit."""
        ...


class UsageRepository(Protocol):
    """What a school uses of its limits."""

    async def lock_limits(self) -> tuple[Limits, int]:
        """The school's limits and its stored bytes, locked until the transaction ends."""
        ...

    async def limits(self) -> tuple[Limits, int]:
        """The same without a lock."""
        ...

    async def add_stored_bytes(self, delta: int) -> None:
        """Count bytes stored (or, negative, removed)."""
        ...

    async def teacher_count(self) -> int:
        """Active learners."""
        ...

    async def today(self, now: datetime) -> date:
        """The date at the school."""
        ...

"""Say something to many."""

from dataclasses import dataclass
from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.notices.fact import Fact, as_written
from lms_app.notices.tell import Tell
from lms_app.notices.views import AnnouncementView
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import InvalidInput
from lms_domain.notices.notification import MAX_MESSAGE, MAX_TITLE, NotificationKind
from lms_domain.text import clean_line, clean_text


@dataclass(frozen=True, slots=True)
class NewAnnouncement:
    """What is said, and to whom: to every teacher, or to these groups and people together."""

    title: str
    message: str
    to_all: bool
    group_ids: frozenset[UUID]
    teacher_ids: frozenset[UUID]


class Announce:
    """Say something to every teacher of the school, or to groups and single people; somebody in several of them is
    told once. They see it in the application and, as they prefer, get it by mail at once or in their daily mail. Who
    muted announcements is told nothing."""

    def __init__(self, uow: UnitOfWork, tell: Tell, trail: AuditTrail, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._tell = tell
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, new: NewAnnouncement) -> AnnouncementView:
        """Raises InvalidInput: no title, no message, nobody to say it to, or somebody or some group that this school
        does not have."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        title = clean_line(new.title, field="title", max_length=MAX_TITLE)
        message = clean_text(new.message, field="message", max_length=MAX_MESSAGE)
        if not message:
            raise InvalidInput.for_field("message", "required", "Write what you want to say.")
        if not (new.to_all or new.group_ids or new.teacher_ids):
            raise InvalidInput.for_field("to_all", "required", "Say to whom: to all, to groups, or to people.")
        announcement_id = self._ids.new()
        async with self._uow.begin(scope) as tx:
            await _check(tx, new)
            people = await tx.audience.chosen(everybody=new.to_all, user_ids=new.teacher_ids, group_ids=new.group_ids)
            fact = Fact(
                NotificationKind.ANNOUNCEMENT, as_written(title, message), "", f"announcement:{announcement_id}"
            )
            told = await self._tell.to(tx, people, fact)
            await self._trail.record(
                tx,
                actor,
                "announcement.made",
                AuditedObject("announcement", announcement_id, title),
                after={"message": message, "to_all": new.to_all, "recipient_count": told},
            )
            await tx.commit()
        return AnnouncementView(
            id=announcement_id, title=title, message=message, recipient_count=told, created_at=self._clock.now()
        )


async def _check(tx: TenantTransaction, new: NewAnnouncement) -> None:
    if new.group_ids and await tx.groups.existing(new.group_ids) != new.group_ids:
        raise InvalidInput.for_field("group_ids", "unknown", "Something in this list is no group of this school.")
    if new.teacher_ids and await tx.users.existing(new.teacher_ids) != new.teacher_ids:
        raise InvalidInput.for_field(
            "teacher_ids", "unknown", "Somebody in this list is not an active teacher of this school."
        )

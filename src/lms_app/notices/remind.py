"""Remind those who have not finished."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.listing import Listing, PageRequest
from lms_app.notices.fact import Fact, as_written, in_sentences, title_of
from lms_app.notices.tell import Tell, wants_mail
from lms_app.notices.views import (
    DeliveryCountsView,
    ReminderDeliveryView,
    ReminderPreviewView,
    ReminderRecipientView,
    ReminderView,
    RetriedView,
)
from lms_app.notices.words.figures import day_in_words
from lms_app.notices.words.language import Language, language_of
from lms_app.notices.words.reminders import REMINDERS
from lms_app.ports.audience import Recipient
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.notice_queries import NoticeQueries
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import Conflict, InvalidInput, NotFound
from lms_domain.notices.notification import MAX_MESSAGE, NotificationKind
from lms_domain.notices.reminder import ReminderCampaign, ReminderKind, new_reminder

SAME_WITHIN = timedelta(minutes=1)
"""The same words to the same people within this time are one reminder: somebody pressed a button twice."""
PREVIEWED = 20


@dataclass(frozen=True, slots=True)
class WantedReminder:
    """What an administrator asks for. None: the standard words, and everybody whom it concerns."""

    kind: ReminderKind
    course_id: UUID | None = None
    assignment_id: UUID | None = None
    teacher_ids: frozenset[UUID] | None = None
    subject: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    """A reminder that could be sent. ``people`` do not mute reminders, ``muted`` do."""

    campaign: ReminderCampaign
    link: str
    people: tuple[Recipient, ...]
    muted: tuple[Recipient, ...]


class Remind:
    """Remind people of a course or an assignment: those who may see it and have not finished it, and of them only the
    chosen ones, if some are chosen. Without words of one's own it says the standard ones in the school's language. A
    reminder of one's own words goes to the chosen people, or to all teachers; about a course or an assignment it goes
    to those who have not finished that.

    Everybody sees it in the application. Everybody who wants mail at once gets a mail that is followed to its end; for
    others it is in their daily mail, or in no mail. Who muted reminders is told nothing. The same words to the same
    people within a minute are refused."""

    def __init__(self, uow: UnitOfWork, tell: Tell, trail: AuditTrail, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._tell = tell
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def preview(self, actor: Actor, wanted: WantedReminder) -> ReminderPreviewView:
        """What it would say, and to whom; nothing is sent.

        Raises:
            InvalidInput: see ``ReminderCampaign``; a course, an assignment or somebody that the school does not have.
        """
        async with self._uow.begin(actor.school(Permission.MANAGE_SCHOOL)) as tx:
            draft = await self._draft(tx, actor, wanted)
        return ReminderPreviewView(
            recipient_count=len(draft.people),
            muted_count=len(draft.muted),
            recipients=[
                ReminderRecipientView(id=p.user_id, email=p.email, first_name=p.first_name, last_name=p.last_name)
                for p in draft.people[:PREVIEWED]
            ],
            subject=draft.campaign.subject,
            message=draft.campaign.message,
        )

    async def __call__(self, actor: Actor, wanted: WantedReminder) -> ReminderView:
        """Send it.

        Raises:
            InvalidInput: as for the preview; and nobody is left to be reminded.
            Conflict: ``reminder_just_sent``.
        """
        now = self._clock.now()
        async with self._uow.begin(actor.school(Permission.MANAGE_SCHOOL)) as tx:
            # Reminders of one school take turns, so that of two at once the second sees the first.
            await tx.usage.lock_limits()
            draft = await self._draft(tx, actor, wanted)
            campaign, people = draft.campaign, draft.people
            if not people:
                raise InvalidInput.for_field("teacher_ids", "nobody", "Nobody is left to be reminded of this.")
            recipients = frozenset(person.user_id for person in people)
            if await tx.reminders.was_sent(campaign, to=recipients, since=now - SAME_WITHIN):
                raise Conflict(
                    "The same reminder went to some of these people less than a minute ago.",
                    code="reminder_just_sent",
                )
            await tx.reminders.add(campaign)
            await self._trail.record(
                tx,
                actor,
                "reminder.sent",
                AuditedObject("reminder", campaign.id, campaign.subject),
                after={"kind": campaign.kind.value, "recipient_count": len(people)},
            )
            await self._tell.to(tx, people, _fact(draft), campaign_id=campaign.id)
            await tx.commit()
        # A new reminder is news to everybody.
        queued = sum(wants_mail(person, NotificationKind.REMINDER, always=True) for person in people)
        return ReminderView(
            id=campaign.id,
            kind=campaign.kind,
            course_id=campaign.course_id,
            assignment_id=campaign.assignment_id,
            subject=campaign.subject,
            message=campaign.message,
            created_at=campaign.created_at,
            recipient_count=len(people),
            counts=DeliveryCountsView(queued=queued, sent=0, failed=0, not_mailed=len(people) - queued),
        )

    async def _draft(self, tx: TenantTransaction, actor: Actor, wanted: WantedReminder) -> _Draft:
        if wanted.teacher_ids and await tx.users.existing(wanted.teacher_ids) != wanted.teacher_ids:
            raise InvalidInput.for_field(
                "teacher_ids", "unknown", "Somebody in this list is not an active teacher of this school."
            )
        school = await tx.school.get()
        if school is None:
            raise NotFound("There is nothing here.")
        subject, message, link = await _standard_words(tx, wanted, language_of(school.locale))
        campaign = new_reminder(
            reminder_id=self._ids.new(),
            tenant_id=school.id,
            kind=wanted.kind,
            course_id=wanted.course_id,
            assignment_id=wanted.assignment_id,
            subject=wanted.subject or subject,
            message=wanted.message or message,
            created_by=actor.user_id,
            now=self._clock.now(),
        )
        people = await _unfinished(tx, wanted)
        wants = [person.preferences.wants(NotificationKind.REMINDER) for person in people]
        return _Draft(
            campaign,
            link,
            tuple(person for person, wanted_by in zip(people, wants, strict=True) if wanted_by),
            tuple(person for person, wanted_by in zip(people, wants, strict=True) if not wanted_by),
        )


async def _standard_words(tx: TenantTransaction, wanted: WantedReminder, language: Language) -> tuple[str, str, str]:
    """Subject, message and link. Raises InvalidInput: the school has no such course or assignment."""
    words = REMINDERS.of(language)
    if wanted.assignment_id is not None:
        assignment = await tx.assignments.get(wanted.assignment_id)
        if assignment is None or not assignment.is_published:
            raise InvalidInput.for_field("assignment_id", "unknown", "There is no such published assignment.")
        due = assignment.due_date
        message = in_sentences(
            words.assignment_unfinished.format(title=assignment.title),
            words.assignment_due.format(day=day_in_words(due, language)) if due else "",
        )
        return title_of(words.reminder_of, assignment.title), message, f"/teacher/courses/{assignment.course_id}"
    if wanted.course_id is not None:
        course = await tx.courses.get(wanted.course_id)
        if course is None or not course.is_published:
            raise InvalidInput.for_field("course_id", "unknown", "There is no such published course.")
        message = in_sentences(
            words.course_unfinished.format(title=course.title),
            words.course_deadline.format(day=day_in_words(course.deadline, language)) if course.deadline else "",
        )
        return title_of(words.reminder_of, course.title), message, f"/teacher/courses/{course.id}"
    return words.reminder, "", ""


async def _unfinished(tx: TenantTransaction, wanted: WantedReminder) -> tuple[Recipient, ...]:
    if wanted.assignment_id is not None:
        return await tx.audience.unfinished_assignment(wanted.assignment_id, user_ids=wanted.teacher_ids)
    if wanted.course_id is not None:
        return await tx.audience.unfinished_in_course(wanted.course_id, user_ids=wanted.teacher_ids)
    return await tx.audience.chosen(
        everybody=wanted.teacher_ids is None, user_ids=wanted.teacher_ids or frozenset(), group_ids=frozenset()
    )


def _fact(draft: _Draft) -> Fact:
    message = draft.campaign.message
    short = message if len(message) <= MAX_MESSAGE else f"{message[: MAX_MESSAGE - 1].rstrip()}…"
    return Fact(
        kind=NotificationKind.REMINDER,
        say=as_written(draft.campaign.subject, short),
        link=draft.link,
        event_key=f"reminder:{draft.campaign.id}",
    )


class ShowReminders:
    """Reminders that were sent, and what became of each person's mail: sent, waiting, failed and why, or not mailed
    because they want it so."""

    def __init__(self, queries: NoticeQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor, page: PageRequest) -> Listing[ReminderView]:
        """The newest first."""
        return await self._queries.reminders(actor.school(Permission.MANAGE_SCHOOL), page)

    async def deliveries(self, actor: Actor, campaign_id: UUID, page: PageRequest) -> Listing[ReminderDeliveryView]:
        """What became of one reminder, by person. Raises NotFound."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        if await self._queries.reminder(scope, campaign_id) is None:
            raise NotFound("There is no such reminder.")
        return await self._queries.deliveries(scope, campaign_id, page)


class RetryReminder:
    """Send the mails of a reminder again that failed; those that arrived or still wait stay as they are."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, campaign_id: UUID) -> RetriedView:
        """Raises NotFound: no such reminder."""
        async with self._uow.begin(actor.school(Permission.MANAGE_SCHOOL)) as tx:
            campaign = await tx.reminders.get(campaign_id)
            if campaign is None:
                raise NotFound("There is no such reminder.")
            retried = await tx.mail.requeue_failed(campaign_id, now=self._clock.now())
            if retried:
                about = AuditedObject("reminder", campaign.id, campaign.subject)
                await self._trail.record(tx, actor, "reminder.retried", about, after={"retried": retried})
            await tx.commit()
        return RetriedView(retried=retried)

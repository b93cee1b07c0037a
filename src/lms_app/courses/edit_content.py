"""Add, change and remove contents other than videos; remove videos."""

from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.course_facts import audited_content, facts_of_content
from lms_app.courses.edit_course import lock_course
from lms_app.courses.remove_contents import remove_with_files
from lms_app.courses.show_course import ShowCourse
from lms_app.courses.views import ContentView
from lms_app.files.discard_file import discard_files
from lms_app.ports.clock import Clock
from lms_app.ports.html_sanitizer import HtmlSanitizer
from lms_app.ports.ids import Ids
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.courses.course import MAX_TEXT, Content, ContentType, check_link, clean_title
from lms_domain.errors import InvalidInput, NotFound
from lms_domain.files.stored_file import FilePurpose


@dataclass(frozen=True, slots=True)
class NewContent:
    """What an administrator says of a new LINK (``url``), TEXT (``text``) or DOCUMENT (``file_id``)."""

    title: str
    content_type: ContentType
    is_mandatory: bool
    url: str | None = None
    text: str | None = None
    file_id: UUID | None = None


class ContentChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is to change; what is UNSET stays. The kind of a content never changes."""

    title: str | UnsetType = UNSET
    is_mandatory: bool | UnsetType = UNSET
    url: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    file_id: UUID | UnsetType = UNSET
    required_coverage: int | UnsetType = UNSET


class AddContent:
    """Add a link, a text or a document at the end of a module. Of a text only what is harmless is kept; the file of a
    document is uploaded before."""

    def __init__(
        self,
        uow: UnitOfWork,
        show: ShowCourse,
        sanitizer: HtmlSanitizer,
        trail: AuditTrail,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._show = show
        self._sanitizer = sanitizer
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, course_id: UUID, module_id: UUID, new: NewContent) -> ContentView:
        """Raises:
        NotFound: no such module in that course.
        InvalidInput: a value is refused, is missing, or belongs to another kind of content.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            # The lock keeps two additions at once from taking the same position.
            await lock_course(tx, course_id)
            position = await tx.courses.module_content_count(course_id, module_id)
            if position is None:
                raise NotFound("There is no such module.")
            content = Content(
                id=self._ids.new(),
                tenant_id=scope.tenant_id,
                course_id=course_id,
                module_id=module_id,
                title=clean_title(new.title),
                content_type=new.content_type,
                position=position,
                is_mandatory=new.is_mandatory,
                url=None if new.url is None else check_link(new.url),
                required_coverage=None,
                created_at=now,
                updated_at=now,
                text=None if new.text is None else clean_html(self._sanitizer, new.text),
                file_id=None if new.file_id is None else await _document(tx, new.file_id),
            )
            # What is added takes nothing back from those who are done.
            await tx.progress.record_completions(course_id, at=now)
            await tx.courses.add_content(content)
            await self._trail.record(
                tx, actor, "content.created", audited_content(content), after=facts_of_content(content)
            )
            await tx.commit()
        return await self._show.content(actor, course_id, module_id, content.id)


class EditContent:
    """Change a content: only what is given changes, and only what its kind has. Another file takes the place of a
    document's earlier one, which goes."""

    def __init__(
        self, uow: UnitOfWork, show: ShowCourse, sanitizer: HtmlSanitizer, trail: AuditTrail, clock: Clock
    ) -> None:
        self._uow = uow
        self._show = show
        self._sanitizer = sanitizer
        self._trail = trail
        self._clock = clock

    async def __call__(
        self, actor: Actor, course_id: UUID, module_id: UUID, content_id: UUID, changes: ContentChanges
    ) -> ContentView:
        """Raises:
        NotFound: no such content in that module of that course.
        InvalidInput: a value is refused, or belongs to another kind of content.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            content = await _lock_content(tx, course_id, module_id, content_id)
            changed = replace(
                content,
                title=content.title if changes.title is UNSET else clean_title(changes.title),
                is_mandatory=content.is_mandatory if changes.is_mandatory is UNSET else changes.is_mandatory,
                url=content.url if changes.url is UNSET else check_link(changes.url),
                text=content.text if changes.text is UNSET else clean_html(self._sanitizer, changes.text),
                file_id=content.file_id if changes.file_id is UNSET else await _document(tx, changes.file_id),
                required_coverage=(
                    content.required_coverage if changes.required_coverage is UNSET else changes.required_coverage
                ),
                updated_at=now,
            )
            if changed.is_mandatory and not content.is_mandatory:
                await tx.progress.record_completions(course_id, at=now)
            await tx.courses.save_content(changed)
            if content.is_mandatory and not changed.is_mandatory:
                await tx.progress.record_completions(course_id, at=now)
            if changed.file_id != content.file_id and content.file_id is not None:
                await discard_files(tx, (content.file_id,), now=now)
            await self._trail.record(
                tx,
                actor,
                "content.updated",
                audited_content(changed),
                before=facts_of_content(content),
                after=facts_of_content(changed),
            )
            await tx.commit()
        return await self._show.content(actor, course_id, module_id, content_id)


class RemoveContent:
    """Remove a content for good, with its file or video and what people did in it. A video that is being processed is
    stopped; the school has the bytes back at once."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, course_id: UUID, module_id: UUID, content_id: UUID) -> None:
        """Raises NotFound: no such content in that module of that course."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            content = await _lock_content(tx, course_id, module_id, content_id)
            await remove_with_files(tx, (content,), partial(tx.courses.remove_content, content_id), now=now)
            # Who lacked nothing else is done now.
            await tx.progress.record_completions(course_id, at=now)
            await self._trail.record(
                tx, actor, "content.deleted", audited_content(content), before=facts_of_content(content)
            )
            await tx.commit()


def clean_html(sanitizer: HtmlSanitizer, html: str) -> str:
    """A text's HTML fit to keep.

    Raises:
        InvalidInput: too long, or nothing that could be read is left of it.
    """
    if len(html) > MAX_TEXT:
        raise InvalidInput.for_field("text", "too_long", f"Use at most {MAX_TEXT} characters.")
    cleaned = sanitizer.clean(html)
    if not cleaned:
        raise InvalidInput.for_field("text", "required", "There is nothing to read in this text.")
    return cleaned


async def _lock_content(tx: TenantTransaction, course_id: UUID, module_id: UUID, content_id: UUID) -> Content:
    """One content; its course is locked: everything about its outline happens one after the other."""
    content = await tx.courses.lock_content(course_id, module_id, content_id)
    if content is None:
        raise NotFound("There is no such content.")
    return content


async def _document(tx: TenantTransaction, file_id: UUID) -> UUID:
    """``file_id`` itself when it is an uploaded document.

    Raises:
        InvalidInput: it is not.
    """
    file = await tx.files.get(file_id)
    if file is None or file.purpose is not FilePurpose.CONTENT_FILE:
        raise InvalidInput.for_field("file_id", "unknown", "There is no such file. Upload it as a content's file.")
    return file_id

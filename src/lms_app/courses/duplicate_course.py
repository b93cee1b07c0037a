"""Copy a course."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from os.path import commonprefix
from uuid import UUID

import msgspec

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.course_facts import audited_course, facts_of_course
from lms_app.courses.edit_course import lock_course
from lms_app.courses.show_course import ShowCourse
from lms_app.courses.unique_course import check_room_for_course, keep, title_taken
from lms_app.courses.views import DuplicatedCourseView, LeftOutView
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.repositories import WholeModule
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.courses.course import MAX_TITLE, Content, ContentType, Course, Module, clean_title, slug_from_title

_MAX_COPIES = 100


@dataclass(frozen=True, slots=True)
class _Copied:
    modules: tuple[Module, ...]
    contents: tuple[Content, ...]


class DuplicateCourse:
    """Copy a course with its modules, texts, links and documents (a document is stored once, however many courses have
    it). The copy is unpublished and assigned to nobody, and nobody has done anything in it. Videos are left out, and
    named in the answer: what was made from a recording belongs to one content and goes with it.

    Without a title of its own the copy is called like the original, with a note and where needed a number.
    """

    def __init__(self, uow: UnitOfWork, show: ShowCourse, trail: AuditTrail, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._show = show
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, course_id: UUID, *, title: str | None) -> DuplicatedCourseView:
        """Raises:
        NotFound: no such course.
        InvalidInput: the title is refused.
        Conflict: ``course_title_taken``, when a title was given.
        PlanLimitReached: the plan has no room for another course.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        wanted = None if title is None else clean_title(title)
        async with self._uow.begin(scope) as tx:
            # Locked, so that nobody rearranges it under our hands.
            original = await lock_course(tx, course_id)
            titles = tuple(_titles_of_copies(original.title)) if wanted is None else ()
            slugs = [slug_from_title(each) for each in ((wanted,) if wanted is not None else titles)]
            slug = commonprefix(slugs)  # noqa: RUF071 -- these are no paths: letters are what is compared
            census = await check_room_for_course(tx, slug, titles=frozenset(titles))
            copy = self._copy(original, wanted or _free_title(titles, census.taken_titles), now)
            whole = await tx.courses.whole(course_id)
            copied = self._copied(copy, whole, now)
            await self._trail.record(
                tx,
                actor,
                "course.duplicated",
                audited_course(copy),
                after={**facts_of_course(copy), "original_id": str(original.id)},
            )
            await keep(lambda course: tx.courses.add(course, copied.modules, copied.contents), copy, census)
            await tx.commit()
        return DuplicatedCourseView(
            **msgspec.structs.asdict(await self._show(actor, copy.id)),
            left_out=[
                LeftOutView(id=content.id, title=content.title, content_type=content.content_type)
                for module in whole
                for content in module.contents
                if content.content_type is ContentType.VIDEO
            ],
        )

    def _copy(self, original: Course, title: str, now: datetime) -> Course:
        return replace(
            original,
            id=self._ids.new(),
            title=title,
            slug=slug_from_title(title),
            is_published=False,
            assigned_to_all=False,
            version=1,
            created_at=now,
            updated_at=now,
        )

    def _copied(self, course: Course, whole: Sequence[WholeModule], now: datetime) -> _Copied:
        modules: list[Module] = []
        contents: list[Content] = []
        for each in whole:
            module = replace(each.module, id=self._ids.new(), course_id=course.id, created_at=now)
            modules.append(module)
            kept = [content for content in each.contents if content.content_type is not ContentType.VIDEO]
            contents += [
                replace(
                    content,
                    id=self._ids.new(),
                    course_id=course.id,
                    module_id=module.id,
                    position=place,
                    created_at=now,
                    updated_at=now,
                )
                for place, content in enumerate(kept)
            ]
        return _Copied(tuple(modules), tuple(contents))


def _free_title(titles: Sequence[str], taken: frozenset[str]) -> str:
    """Raises Conflict when there are too many copies already. Courses are added one after the other, since the usage
    row is locked, but a course may get the title meanwhile: then that is a Conflict, too."""
    free = next((each for each in titles if each not in taken), None)
    if free is None:
        raise title_taken()
    return free


def _titles_of_copies(title: str) -> Iterable[str]:
    for number in range(1, _MAX_COPIES):
        note = " (copy)" if number == 1 else f" (copy {number})"
        yield title[: MAX_TITLE - len(note)].rstrip() + note

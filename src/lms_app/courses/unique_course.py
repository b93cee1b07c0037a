"""Keep courses apart: by their title, which people choose, and by their slug, which we make."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import TenantTransaction
from lms_domain.courses.course import Course
from lms_domain.errors import Conflict, FieldError, PlanLimitReached

_MAX_SLUGS = 1000


async def check_room_for_course(tx: TenantTransaction, titles: frozenset[str] = frozenset()) -> frozenset[str]:
    """Lock what the school uses, and see whether its plan has room for one more course.

    Returns:
        Those of ``titles`` that courses have already.

    Raises:
        PlanLimitReached: it has not.
    """
    limits, _ = await tx.usage.lock_limits()
    census = await tx.courses.census(titles)
    if census.number >= limits.courses:
        raise PlanLimitReached(f"Your plan has room for {limits.courses} courses.")
    return census.taken_titles


async def keep(write: Callable[[Course], Awaitable[None]], course: Course) -> Course:
    """Add or save the course; where another has its slug already, a number makes it unique.

    Raises:
        Conflict: ``course_title_taken``.
    """
    candidate = course
    for number in range(2, _MAX_SLUGS):
        try:
            await write(candidate)
        except Taken as taken:
            if taken.what != "course_slug":
                raise title_taken() from None
            candidate = replace(course, slug=f"{course.slug}-{number}")
        else:
            return candidate
    raise title_taken()


def title_taken() -> Conflict:
    """Another course has the title."""
    message = "There is already a course with this title."
    return Conflict(message, code="course_title_taken", errors=(FieldError("title", "taken", message),))

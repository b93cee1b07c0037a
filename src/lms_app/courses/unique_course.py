"""Keep courses apart: by their title, which people choose, and by their slug, which we make."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from lms_app.ports.repositories import Census, Taken
from lms_app.ports.unit_of_work import TenantTransaction
from lms_domain.courses.course import Course
from lms_domain.errors import Conflict, FieldError, PlanLimitReached

_MAX_SLUGS = 1000


async def check_room_for_course(tx: TenantTransaction, slug: str, *, titles: frozenset[str] = frozenset()) -> Census:
    """Lock what the school uses, and see whether its plan has room for one more course.

    Args:
        slug: what the slug of the course will begin with.

    Returns:
        Those of ``titles`` that courses have already, and slugs that begin like that.

    Raises:
        PlanLimitReached: it has not.
    """
    limits, _ = await tx.usage.lock_limits()
    census = await tx.courses.census(titles, slug=slug)
    if census.number >= limits.courses:
        raise PlanLimitReached(f"Your plan has room for {limits.courses} courses.")
    return census


async def keep(write: Callable[[Course], Awaitable[None]], course: Course, census: Census) -> Course:
    """Add or save the course; where another has its slug already, a number makes it unique.

    Args:
        census: of slugs that begin like the course's, after the limits were locked: nobody takes one meanwhile.

    Raises:
        Conflict: ``course_title_taken``.
    """
    slugs = (course.slug if number == 1 else f"{course.slug}-{number}" for number in range(1, _MAX_SLUGS))
    free = next((slug for slug in slugs if slug not in census.taken_slugs), None)
    if free is None:
        raise title_taken()
    kept = replace(course, slug=free)
    try:
        await write(kept)
    except Taken:
        raise title_taken() from None
    return kept


def title_taken() -> Conflict:
    """Another course has the title."""
    message = "There is already a course with this title."
    return Conflict(message, code="course_title_taken", errors=(FieldError("title", "taken", message),))

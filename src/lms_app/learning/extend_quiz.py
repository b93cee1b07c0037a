"""Give one person more time or more attempts at a quiz."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.learning.extension_views import QuizExtensionView
from lms_app.listing import Listing, PageRequest
from lms_app.notices.tell_of_extensions import TellOfExtensions
from lms_app.ports.clock import Clock
from lms_app.ports.quiz_insight_queries import ExtendedPlace, QuizInsightQueries
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound
from lms_domain.learning.attempt import AttemptState, QuizAttempt
from lms_domain.learning.quiz_extension import QuizExtension, time_limit
from lms_domain.text import clean_text


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenExtension:
    """What an administrator gives, and why."""

    extra_seconds: int = 0
    extra_percent: int = 0
    extra_attempts: int = 0
    reason: str


class ListExtensions:
    """Who has more time or more attempts at a quiz than everybody, by name."""

    def __init__(self, queries: QuizInsightQueries, clock: Clock) -> None:
        self._queries = queries
        self._clock = clock

    async def __call__(
        self, actor: Actor, assignment_id: UUID, *, search: str, page: PageRequest
    ) -> Listing[QuizExtensionView]:
        """Raises NotFound: no such quiz."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        found = await self._queries.extensions(scope, assignment_id, search=search, page=page, now=self._clock.now())
        if found is None:
            raise NotFound("There is no such quiz.")
        return found


class ExtendQuiz:
    """Give somebody more time or more attempts at a quiz, in place of what they were given there before. It holds for
    every version, for attempts that begin from now on, and it lengthens one that is going on; it never shortens one,
    and never opens one again whose time has run out. The person is told."""

    def __init__(
        self,
        uow: UnitOfWork,
        queries: QuizInsightQueries,
        tell: TellOfExtensions,
        trail: AuditTrail,
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._queries = queries
        self._tell = tell
        self._trail = trail
        self._clock = clock

    async def __call__(
        self, actor: Actor, assignment_id: UUID, user_id: UUID, given: GivenExtension
    ) -> QuizExtensionView:
        """Raises:
        NotFound: no such quiz, or no such teacher.
        InvalidInput: nothing is given, too much, or no reason.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        place = await _place_of(self._queries, actor, assignment_id, user_id)
        extension = QuizExtension(
            tenant_id=scope.tenant_id,
            assignment_id=assignment_id,
            user_id=user_id,
            extra_seconds=given.extra_seconds,
            extra_percent=given.extra_percent,
            extra_attempts=given.extra_attempts,
            reason=clean_text(given.reason, field="reason", max_length=500),
            given_by=actor.user_id,
            given_at=self._clock.now(),
        )
        async with self._uow.begin(scope) as tx:
            # As whoever takes the quiz does: the one waits for the other.
            await tx.users.lock(user_id)
            before, attempts = await tx.quiz_extensions.with_attempts(assignment_id, user_id)
            if before is not None and _facts(before) == _facts(extension):
                # The same again is no news, and was given when it was given.
                extension = before
            begun = await self._prolong(tx, attempts, extension)
            if extension is not before:
                await tx.quiz_extensions.put(extension)
                await self._trail.record(
                    tx,
                    actor,
                    "quiz.extended",
                    _audited(place, assignment_id),
                    before=_facts(before) if before is not None else None,
                    after=_facts(extension),
                )
                await self._tell.of_gift(tx, extension, title=place.title)
            await tx.commit()
        return _view(place, extension, begun)

    async def _prolong(
        self, tx: TenantTransaction, attempts: Sequence[QuizAttempt], extension: QuizExtension
    ) -> QuizAttempt | None:
        """The attempt that is going on, with its new end."""
        now = self._clock.now()
        begun = next((each for each in attempts if each.state is AttemptState.OPEN), None)
        if begun is None or begun.expires_at is None or begun.is_over(now):
            return None
        quiz = await tx.quizzes.get(begun.quiz_id)
        limit = time_limit(quiz, extension) if quiz is not None else None
        if limit is not None and begun.prolong(limit, now=now):
            await tx.attempts.save(begun)
        return begun


class EndExtension:
    """Take away what somebody was given at a quiz. An attempt that is going on keeps its time. The person is told."""

    def __init__(
        self,
        uow: UnitOfWork,
        queries: QuizInsightQueries,
        tell: TellOfExtensions,
        trail: AuditTrail,
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._queries = queries
        self._tell = tell
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, assignment_id: UUID, user_id: UUID) -> None:
        """Raises NotFound: no such quiz or teacher, or nothing was given."""
        place = await _place_of(self._queries, actor, assignment_id, user_id)
        async with self._uow.begin(actor.school(Permission.MANAGE_SCHOOL)) as tx:
            await tx.users.lock(user_id)
            before = await tx.quiz_extensions.get(assignment_id, user_id)
            if before is None:
                raise NotFound("There is no such extension.")
            await tx.quiz_extensions.remove(assignment_id, user_id)
            ended = replace(before, given_at=self._clock.now())
            await self._tell.of_end(tx, ended, title=place.title)
            await self._trail.record(
                tx, actor, "quiz.extension_ended", _audited(place, assignment_id), before=_facts(before)
            )
            await tx.commit()


async def _place_of(queries: QuizInsightQueries, actor: Actor, assignment_id: UUID, user_id: UUID) -> ExtendedPlace:
    """The quiz and the person.

    Raises:
        NotFound: there is no such quiz, or no such teacher.
    """
    found = await queries.place(actor.school(Permission.MANAGE_SCHOOL), assignment_id, user_id)
    if found is None:
        raise NotFound("There is no such quiz, or no such teacher.")
    return found


def _audited(place: ExtendedPlace, assignment_id: UUID) -> AuditedObject:
    return AuditedObject("assignment", assignment_id, f"{place.title}: {place.teacher.name}")


def _facts(extension: QuizExtension) -> Mapping[str, object]:
    return {
        "teacher_id": str(extension.user_id),
        "extra_seconds": extension.extra_seconds,
        "extra_percent": extension.extra_percent,
        "extra_attempts": extension.extra_attempts,
        "reason": extension.reason,
    }


def _view(place: ExtendedPlace, extension: QuizExtension, begun: QuizAttempt | None) -> QuizExtensionView:
    return QuizExtensionView(
        teacher=place.teacher,
        extra_seconds=extension.extra_seconds,
        extra_percent=extension.extra_percent,
        extra_attempts=extension.extra_attempts,
        reason=extension.reason,
        given_at=extension.given_at,
        open_until=begun.expires_at if begun is not None else None,
    )

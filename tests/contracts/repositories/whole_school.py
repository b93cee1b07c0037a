"""What every set of repositories promises of a school as a whole. A subclass provides the fixtures ``uow`` and
``audit_queries``, over the same database."""

from dataclasses import dataclass
from uuid import UUID

from lms_app.listing import PageRequest
from lms_app.ports.audit import AuditFilter, AuditQueries
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.impersonation import Impersonation
from lms_domain.accounts.one_time_token import OneTimeToken
from lms_domain.learning.attempt import QuizAttempt
from lms_domain.learning.quiz import Quiz
from lms_domain.learning.submission import Submission
from lms_domain.notices.mail_delivery import MailDelivery
from tests.contracts.learning_samples import a_quiz, a_quiz_assignment, a_submission, an_attempt, generated
from tests.contracts.notice_samples import a_campaign, a_mail, a_notification, an_entry
from tests.contracts.repositories.quiz_extensions import an_extension
from tests.contracts.samples import (
    NOW,
    SYSTEM,
    a_content,
    a_course,
    a_domain,
    a_file,
    a_group,
    a_module,
    a_one_time_token,
    a_second_factor,
    a_transcript,
    a_user,
    an_asset,
    an_impersonation,
    new_school,
)

KEY = "network:192.0.2.1"


@dataclass(frozen=True)
class Furniture:
    """One of everything that a school may have, by what it is found with."""

    user_id: UUID
    course_id: UUID
    content_id: UUID
    assignment_id: UUID
    group_id: UUID
    file_id: UUID
    domain_id: UUID
    visit: Impersonation
    campaign_id: UUID
    token: OneTimeToken
    quiz: Quiz
    attempt: QuizAttempt
    submission: Submission
    mail: MailDelivery


class WholeSchoolContract:
    """One of everything: not committed, seen from another school, and erased."""

    async def test_without_commit_nothing_of_it_was(self, uow: UnitOfWork, audit_queries: AuditQueries) -> None:
        scope = await new_school(uow)
        async with uow.begin(scope) as tx:
            furniture = await furnish(tx, scope)
            missing = {name for name, is_there in (await seen(tx, furniture)).items() if not is_there}
            assert missing == {"visit"}, "only the platform opens visits"
        async with uow.begin(scope) as tx:
            assert set((await seen(tx, furniture)).values()) == {False}
        assert (await audit_queries.entries(scope, AuditFilter(), PageRequest(1, 1))).count == 0

    async def test_another_school_sees_nothing_of_it(self, uow: UnitOfWork, audit_queries: AuditQueries) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        furniture = await furnished(uow, theirs)
        async with uow.begin(ours) as tx:
            assert set((await seen(tx, furniture)).values()) == {False}
        assert (await audit_queries.entries(ours, AuditFilter(), PageRequest(1, 1))).count == 0

    async def test_an_erased_school_leaves_nothing_and_takes_nothing_along(
        self, uow: UnitOfWork, audit_queries: AuditQueries
    ) -> None:
        gone, kept = await new_school(uow), await new_school(uow)
        of_gone, of_kept = await furnished(uow, gone), await furnished(uow, kept)
        async with uow.begin(SYSTEM) as system:
            await system.trial_warnings.record(gone.tenant_id, NOW.date(), (7,), now=NOW)
            await system.tenants.erase(gone.tenant_id)
            await system.commit()
        async with uow.begin(gone) as tx:
            assert set((await seen(tx, of_gone)).values()) == {False}
        async with uow.begin(kept) as tx:
            assert set((await seen(tx, of_kept)).values()) == {True}
        async with uow.begin(SYSTEM) as system:
            assert await system.mail.get(of_gone.mail.id) is None
            assert await system.impersonations.get(of_gone.visit.id) is None
            assert await system.trial_warnings.recorded(gone.tenant_id, NOW.date()) == frozenset()
        of_schools = [await audit_queries.entries(scope, AuditFilter(), PageRequest(1, 1)) for scope in (gone, kept)]
        assert [listing.count for listing in of_schools] == [0, 1]


async def furnished(uow: UnitOfWork, scope: TenantScope) -> Furniture:
    """Furnish and commit."""
    async with uow.begin(scope) as tx:
        furniture = await furnish(tx, scope)
        await tx.commit()
    async with uow.begin(SYSTEM) as system:
        await system.impersonations.add(furniture.visit)
        await system.commit()
    return furniture


async def furnish(tx: TenantTransaction, scope: TenantScope) -> Furniture:
    """Put one of everything into a school, but for the visit."""
    user, course, group = a_user(scope), a_course(scope), a_group(scope)
    module = a_module(course)
    content = a_content(module)
    asset, file, domain = an_asset(content), a_file(user), a_domain(scope)
    assignment = a_quiz_assignment(course, **generated(content))
    quiz, submission = a_quiz(assignment), a_submission(assignment, user.id, file_ids=(file.id,))
    attempt, visit, token = an_attempt(quiz, user.id), an_impersonation(user), a_one_time_token(user.id)
    campaign = a_campaign(course, user.id)
    mail = a_mail(scope, user_id=user.id, campaign_id=campaign.id)
    await tx.users.add(user)
    await tx.one_time_tokens.add(token)
    await tx.second_factors.save(user.id, a_second_factor())
    await tx.sign_in_failures.count_up(KEY, now=NOW)
    await tx.domains.add(domain)
    await tx.files.add(file)
    await tx.groups.add(group)
    await tx.groups.set_members(group.id, frozenset({user.id}), on=NOW)
    await tx.courses.add(course)
    await tx.courses.assign(course.id, frozenset({user.id}), on=NOW)
    await tx.courses.assign_groups(course.id, frozenset({group.id}), on=NOW)
    await tx.courses.add_module(module)
    await tx.courses.add_content(content)
    await tx.videos.add(asset)
    await tx.videos.put_transcript(a_transcript(asset))
    await tx.progress.start(user.id, content.id, now=NOW)
    await tx.progress.set_completed(user.id, content.id, at=NOW)
    await tx.progress.record_completion(user.id, course.id, at=NOW)
    await tx.assignments.add(assignment)
    await tx.submissions.add(submission)
    await tx.quizzes.add(quiz)
    await tx.attempts.add(attempt)
    await tx.quiz_extensions.put(an_extension(assignment, user.id, given_by=user.id))
    await tx.notifications.add_many((a_notification(scope, user.id),))
    await tx.reminders.add(campaign)
    await tx.mail.add_many((mail,))
    await tx.audit.add(an_entry(scope))
    return Furniture(
        user_id=user.id,
        course_id=course.id,
        content_id=content.id,
        assignment_id=assignment.id,
        group_id=group.id,
        file_id=file.id,
        domain_id=domain.id,
        visit=visit,
        campaign_id=campaign.id,
        token=token,
        quiz=quiz,
        attempt=attempt,
        submission=submission,
        mail=mail,
    )


async def seen(tx: TenantTransaction, of: Furniture) -> dict[str, bool]:
    """Which of these things the transaction finds."""
    token = await tx.one_time_tokens.take(of.token.purpose, of.token.fingerprint, now=NOW)
    facts = await tx.progress.course_facts(of.user_id, of.course_id)
    return {
        "user": await tx.users.get(of.user_id) is not None,
        "token": token is not None,
        "second factor": await tx.second_factors.get(of.user_id) is not None,
        "failures": await tx.sign_in_failures.get(KEY) is not None,
        "visit": await tx.impersonations.get(of.visit.id) is not None,
        "domain": await tx.domains.get(of.domain_id) is not None,
        "file": await tx.files.get(of.file_id) is not None,
        "group": await tx.groups.get(of.group_id) is not None,
        "members": bool(await tx.groups.members(of.group_id)),
        "course": await tx.courses.get(of.course_id) is not None,
        "audience": bool(await tx.courses.assignees(of.course_id)),
        "module": bool(await tx.courses.modules(of.course_id)),
        "content": bool(await tx.courses.contents(of.course_id)),
        "video": await tx.videos.lock_by_content(of.content_id) is not None,
        "progress": await tx.progress.get(of.user_id, of.content_id) is not None,
        "completion": facts is not None and facts.earned is not None,
        "assignment": await tx.assignments.get(of.assignment_id) is not None,
        "submission": await tx.submissions.get(of.submission.id) is not None,
        "quiz": await tx.quizzes.get(of.quiz.id) is not None,
        "attempt": await tx.attempts.get(of.attempt.id) is not None,
        "extension": await tx.quiz_extensions.get(of.assignment_id, of.user_id) is not None,
        "notification": await tx.notifications.unread_count(of.user_id) > 0,
        "campaign": await tx.reminders.get(of.campaign_id) is not None,
        "mail": await tx.mail.get(of.mail.id) is not None,
    }

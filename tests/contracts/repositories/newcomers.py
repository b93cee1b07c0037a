"""What every repository of imports and of personal data promises. A subclass provides the fixture ``uow``."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from lms_app.ports.teacher_imports import ImportedRow, RowStatus, TeacherImport
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.one_time_token import TokenPurpose
from lms_domain.errors import FieldError
from lms_domain.files.stored_file import FilePurpose
from lms_domain.notices.mail_delivery import MailState
from tests.contracts.learning_samples import a_submission, an_attempt, new_assignment, new_quiz
from tests.contracts.notice_samples import a_mail, a_notification
from tests.contracts.repositories.groups import new_group
from tests.contracts.samples import (
    NOW,
    a_file,
    a_one_time_token,
    a_session,
    a_user,
    new_course,
    new_school,
    new_user,
)


def an_import(scope: TenantScope) -> TeacherImport:
    """A file with a row of each kind."""
    error = FieldError("role", "invalid", "There is no such role.")
    rows = (
        ImportedRow(2, RowStatus.CREATED, uuid4()),
        ImportedRow(3, RowStatus.SKIPPED, uuid4(), (replace(error, field="email"),)),
        ImportedRow(4, RowStatus.ERROR, None, (error, error)),
    )
    return TeacherImport(uuid4(), scope.tenant_id, None, "Größe.csv", rows, NOW)


class NewcomersContract:
    """Many people at once: coming, and going."""

    async def test_an_import_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        scope, other = await new_school(uow), await new_school(uow)
        made = an_import(scope)
        async with uow.begin(scope) as tx:
            await tx.teacher_imports.add(made)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.teacher_imports.get(made.id) == made
            assert made.created_ids == {made.rows[0].user_id}
            await tx.teacher_imports.save_undone(made.id, at=NOW + timedelta(hours=1))
            undone = await tx.teacher_imports.get(made.id, for_update=True)
            assert undone == replace(made, undone_at=NOW + timedelta(hours=1))
            assert await tx.teacher_imports.get(uuid4()) is None
        async with uow.begin(other) as tx:
            assert await tx.teacher_imports.get(made.id) is None

    async def test_what_is_known_already(self, uow: UnitOfWork) -> None:
        scope, other = await new_school(uow), await new_school(uow)
        user, group = await new_user(uow, scope, email="Ada@School.test"), await new_group(uow, scope, name="Größe")
        await new_user(uow, other, email="bob@school.test")
        await new_group(uow, other, name="Others")
        async with uow.begin(scope) as tx:
            known = await tx.teacher_imports.known(
                frozenset({"ada@school.test", "bob@school.test"}), frozenset({"GRÖSSE", "Others"})
            )
        assert known.people == {"ada@school.test": user.id}
        assert known.groups == {"GRÖSSE": group.id}

    async def test_people_come_with_their_groups_unless_they_are_there(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        there, group = await new_user(uow, scope), await new_group(uow, scope)
        new, twin = a_user(scope, email="new@school.test"), a_user(scope, email=there.email.upper())
        pairs = frozenset({(new.id, group.id), (twin.id, group.id)})
        async with uow.begin(scope) as tx:
            assert await tx.teacher_imports.add_people((new, twin), pairs, on=NOW) == {new.id}
            assert await tx.users.get(new.id) == new
            assert await tx.groups.members(group.id) == {new.id}
            assert await tx.teacher_imports.add_people((), frozenset(), on=NOW) == frozenset()
            await tx.commit()

        async def once_more() -> frozenset[object]:
            async with uow.begin(scope) as tx:
                same = a_user(scope, email="at-once@school.test")
                added = await tx.teacher_imports.add_people((same,), frozenset(), on=NOW)
                await tx.commit()
                return frozenset(added)

        assert sum(map(len, await asyncio.gather(*(once_more() for _ in range(5))))) == 1

    async def test_newcomers_go_with_what_was_made_ready_for_them(self, uow: UnitOfWork) -> None:
        scope, other = await new_school(uow), await new_school(uow)
        group = await new_group(uow, scope)
        newcomer, resident, guest = [
            await new_user(uow, scope, password_hash=hashed) for hashed in ("", "$argon2id$x", "")
        ]
        foreign = await new_user(uow, other, password_hash="")
        await new_course(uow, scope, teachers=[newcomer.id])
        async with uow.begin(scope) as tx:
            await tx.groups.add_members(group.id, frozenset({newcomer.id}), on=NOW)
            await tx.one_time_tokens.add_many((a_one_time_token(newcomer.id), a_one_time_token(resident.id)))
            await tx.notifications.add_many((a_notification(scope, newcomer.id),))
            await tx.mail.add_many((a_mail(scope, user_id=newcomer.id),))
            await tx.sessions.add(a_session(guest.id))
            await tx.commit()
        everybody = frozenset({newcomer.id, resident.id, guest.id, foreign.id, uuid4()})
        async with uow.begin(scope) as tx:
            assert await tx.teacher_imports.remove_newcomers(everybody) == {newcomer.id}
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert {user.id for user in await tx.users.get_many(everybody)} == {resident.id, guest.id}
            assert await tx.groups.members(group.id) == frozenset()
        async with uow.begin(other) as tx:
            assert await tx.users.get(foreign.id) == foreign

    async def test_what_is_personal_goes_and_what_counts_stays(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        gone, stays = await new_user(uow, scope), await new_user(uow, scope)
        group, (course, _) = await new_group(uow, scope), await new_course(uow, scope)
        assignment = await new_assignment(uow, course)
        theirs = a_file(gone, purpose=FilePurpose.SUBMISSION_FILE)
        of_school = a_file(gone, purpose=FilePurpose.CONTENT_FILE)
        work = [a_submission(assignment, gone.id, file_ids=(theirs.id,)), a_submission(assignment, stays.id)]
        waiting, other_mail = a_mail(scope, user_id=gone.id), a_mail(scope, user_id=stays.id)
        link = a_one_time_token(gone.id)
        _, quiz = await new_quiz(uow, course)
        attempt = an_attempt(quiz, gone.id)
        async with uow.begin(scope) as tx:
            await tx.groups.set_members(group.id, frozenset({gone.id, stays.id}), on=NOW)
            for file in (theirs, of_school):
                await tx.files.add(file)
            for submission in work:
                await tx.submissions.add(submission)
            await tx.notifications.add_many((a_notification(scope, gone.id), a_notification(scope, stays.id)))
            await tx.mail.add_many((waiting, other_mail))
            await tx.sessions.add(a_session(gone.id))
            await tx.one_time_tokens.add(link)
            await tx.attempts.add(attempt)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert [file.key for file in await tx.personal_data.erase(gone.id)] == [theirs.key]
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.groups.members(group.id) == {stays.id}
            assert [await tx.files.get(file.id) for file in (theirs, of_school)] == [None, of_school]
            assert await tx.submissions.get(work[0].id) == replace(work[0], text="", feedback="", file_ids=())
            assert await tx.submissions.get(work[1].id) == work[1]
            assert await tx.attempts.get(attempt.id) == replace(attempt, draft={}, answers={})
            assert await tx.notifications.latest(gone.id, before=None, limit=9) == ()
            assert len(await tx.notifications.latest(stays.id, before=None, limit=9)) == 1
            mail = await tx.mail.get(waiting.id)
            assert mail is not None
            assert (mail.to, mail.subject, mail.html, mail.text, mail.state) == ("", "", "", "", MailState.FAILED)
            assert await tx.mail.get(other_mail.id) == other_mail
            assert await tx.one_time_tokens.take(TokenPurpose.PASSWORD_RESET, link.fingerprint, now=NOW) is None
            assert [(s.address, s.user_agent) for s in await tx.sessions.live(gone.id, now=NOW)] == [("", "")]

"""Whatever people are told, they are told in the language of their school; nothing of the catalogue is for show."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from adapters.memory.dns_resolver import MemoryDnsResolver
from lms_app.notices import morning_round
from lms_app.notices.morning_round import MorningRound
from lms_app.notices.remind import Remind, WantedReminder
from lms_app.notices.tell_of_attempts import TellOfAttempts
from lms_app.notices.tell_of_captions import TellOfCaptions
from lms_app.notices.tell_of_extensions import TellOfExtensions
from lms_app.notices.tell_of_flags import TellOfFlags
from lms_app.notices.tell_of_work import TellOfWork
from lms_app.notices.words import security
from lms_app.notices.words.language import InEach, Language
from lms_app.ports.school_roll import SchoolRoll
from lms_app.schools import onboard_school
from lms_app.schools.onboard_school import NewSchool, OnboardSchool
from lms_app.schools.prove_domains_again import ProveDomainsAgain
from lms_app.schools.warn_of_trial_ends import WarnOfTrialEnds
from lms_app.scope import TenantScope
from lms_domain.accounts.person import User
from lms_domain.accounts.preferences import NotificationPreferences
from lms_domain.learning.assignment import Assignment, AssignmentKind
from lms_domain.learning.generated import generated_assignment
from lms_domain.learning.quiz_extension import QuizExtension
from lms_domain.learning.regrading import PersonRegraded, Regrading
from lms_domain.learning.submission import Submission, SubmissionStatus
from lms_domain.notices.mail_delivery import MailDelivery, MailKind
from lms_domain.notices.reminder import ReminderKind
from lms_domain.schools.custom_domain import DomainStatus
from lms_domain.schools.tenant import Tenant, open_school
from tests.contracts.samples import a_domain
from tests.unit.lms_app.notices.catalogue import SUBJECTS, sentences
from tests.unit.lms_app.notices.test_tell_use_case import new_quiz
from tests.unit.lms_app.world import World

NOW = datetime(2026, 11, 15, 9, tzinfo=UTC)
DUE = date(2026, 11, 18)
LANGUAGES = {"en": Language.ENGLISH, "de": Language.ENGLISH, "es-MX": Language.SPANISH}
GREETINGS = {Language.ENGLISH: ("Hello ", "Good morning "), Language.SPANISH: ("Hola, ", "Buenos días, ")}
FOREIGN = {
    Language.ENGLISH: re.compile(r"\b(de|el|para|que|tu|una)\b", re.IGNORECASE),
    Language.SPANISH: re.compile(r"\b(for|is|the|was|you|your)\b", re.IGNORECASE),
}
"""Words that no sentence of a language has, but most of another's."""


class Roll(SchoolRoll):
    """One school."""

    def __init__(self, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id

    async def in_use(self) -> tuple[UUID, ...]:
        return (self._tenant_id,)


class Everything:
    """A school whose people are told all that there is to tell."""

    def __init__(self, world: World, school: Tenant) -> None:
        self.world = world
        self.school = school
        self.scope = TenantScope(school.id)

    async def happens(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """All of it."""
        monkeypatch.setattr(morning_round, "LISTED", 1)
        world = self.world
        admin = await world.new_admin(self.school)
        ana, ben = [await world.new_user(self.school, f"{name}@green.test") for name in ("ana", "ben")]
        await world.change_user(ben, preferences=NotificationPreferences(digest=True))
        await self._accounts(ana)
        assignment = await self._courses(ana)
        await self._quizzes(ana, assignment)
        await self._work(ana, assignment)
        remind = Remind(world.uow, world.tell, world.trail, world.clock, world.ids)
        await remind(admin, WantedReminder(ReminderKind.CUSTOM, message="1"))
        await remind(admin, WantedReminder(ReminderKind.COURSE_DEADLINE, course_id=assignment.course_id))
        await remind(admin, WantedReminder(ReminderKind.ASSIGNMENT_DUE, assignment_id=assignment.id))
        await self._days(ben)
        await self._domains()
        await self._welcome(monkeypatch)

    async def _accounts(self, user: User) -> None:
        mail = self.world.account_mail
        async with self.world.uow.begin(self.scope) as tx:
            for send in (mail.invite, mail.offer_reset, mail.ask_to_verify):
                await send(tx, user)
            for alert in vars(security).values():
                if isinstance(alert, InEach) and alert is not security.IF_NOT_YOU:
                    await mail.tell(tx, user, alert, address="192.0.2.9")
            await tx.commit()

    async def _courses(self, user: User) -> Assignment:
        world, tell = self.world, self.world.tell_of_courses
        course = await world.new_course(self.school, "Uno", is_published=True, deadline=DUE)
        await world.new_course(self.school, "Dos", is_published=True, is_mandatory=True, deadline=date(2026, 11, 27))
        content = await world.new_link(await world.new_module(course))
        made = generated_assignment(uuid4(), AssignmentKind.REFLECTION, content, now=world.clock.now())
        assignment = replace(made, title="Tres", due_date=DUE, passing_score=50)
        async with world.uow.begin(self.scope) as tx:
            await tell.of_course(tx, course.id)
            await tell.to_person(tx, user.id)
            await tx.assignments.add(assignment)
            await tell.of_assignment(tx, assignment)
            await tell.of_review(tx, assignment, new_quiz(world, assignment))
            await tx.commit()
        return assignment

    async def _quizzes(self, user: User, assignment: Assignment) -> None:
        world, quiz_id = self.world, assignment.id
        attempts, captions = TellOfAttempts(world.tell, world.clock), TellOfCaptions(world.tell)
        extensions = TellOfExtensions(world.tell)
        scores = ((None, 75, 75, True), (None, 66.7, None, False), (50, 75, None, True))
        async with world.uow.begin(self.scope) as tx:
            await attempts.of_waiting(tx, quiz_id, "Tres")
            for before, score, waited, passes in scores:
                person = PersonRegraded(user.id, uuid4(), before, score, waited, passes)
                await attempts.of_regrading(tx, assignment, Regrading((), (person,)))
            for count, is_withdrawn in ((1, False), (2, False), (2, True)):
                transcript = f"{count}{is_withdrawn}"
                await captions.of_stale_questions(
                    tx, assignment, count=count, is_withdrawn=is_withdrawn, transcript=transcript
                )
            for number, (percent, more) in enumerate(((25, 0), (0, 1), (25, 2))):
                extension = QuizExtension(
                    tenant_id=self.school.id,
                    assignment_id=quiz_id,
                    user_id=user.id,
                    extra_percent=percent,
                    extra_attempts=more,
                    reason="1",
                    given_by=None,
                    given_at=NOW + timedelta(seconds=number),
                )
                await extensions.of_gift(tx, extension, title="Tres")
                await extensions.of_end(tx, extension, title="Tres")
            await TellOfFlags(world.tell)(tx, quiz_id, uuid4(), by=user.id, title="Tres")
            await tx.commit()

    async def _work(self, user: User, assignment: Assignment) -> None:
        submission = Submission(uuid4(), self.school.id, assignment.id, user.id, NOW, NOW, SubmissionStatus.GRADED)
        submission.score, submission.graded_at = 7.5, NOW
        tell = TellOfWork(self.world.tell)
        async with self.world.uow.begin(self.scope) as tx:
            await tell.of_hand_in(tx, assignment, submission)
            await tell.of_grade(tx, assignment, submission)
            await tx.commit()

    async def _days(self, ben: User) -> None:
        """Until the trial ends: warnings of what is due and of the trial, and daily mails of one line and of many."""
        world = self.world
        morning = MorningRound(world.uow, Roll(self.school.id), world.tell, world.brands, world.clock, world.ids)
        warn = WarnOfTrialEnds(world.uow, world.brands, world.clock, world.ids)
        for _ in range(14):
            await morning()
            await warn()
            async with world.uow.begin(self.scope) as tx:
                await tx.notifications.mark_all_read(ben.id, now=world.clock.now())
                await tx.commit()
            world.pass_time(days=1)

    async def _domains(self) -> None:
        world, dns = self.world, MemoryDnsResolver()
        domain = a_domain(self.scope, hostname="uno.test", status=DomainStatus.VERIFIED, verified_at=NOW)
        async with world.uow.begin(self.scope) as tx:
            await tx.domains.add(domain)
            await tx.commit()
        prove = ProveDomainsAgain(world.uow, dns, world.tell, world.trail, world.clock)
        for _ in range(2):
            await prove()
            world.pass_time(days=8)

    async def _welcome(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A school that is opened with a language of its own."""
        world = self.world
        locale = self.school.locale
        monkeypatch.setattr(onboard_school, "open_school", lambda **given: replace(open_school(**given), locale=locale))
        onboard = OnboardSchool(
            world.uow, world.hasher, world.account_mail, world.brands, world.trail, world.clock, world.ids
        )
        await onboard(NewSchool("Once", "once@once.test", "Ada", "Lovelace"))

    async def said(self) -> tuple[list[MailDelivery], list[str]]:
        """The mails, and every text that somebody reads."""
        mails = await self.world.mails()
        notices = self.world.database.notifications.rows()
        texts = [text for each in notices for text in (each.title, each.message)]
        return mails, [*texts, *(text for each in mails for text in (each.subject, each.text, each.html))]


def unsaid(language: Language, said: Iterable[str]) -> list[str]:
    """What the catalogue has and nobody was told."""
    everything = "\n".join(said)
    kept = {name: words.of(language) for name, words in SUBJECTS.items() if not name.startswith("figures.")}
    return [
        key
        for name, words in kept.items()
        for key, text in sentences(words, name)
        if not re.search(re.sub(r"\\{\w+\\}", ".+", re.escape(text)), everything)
    ]


@pytest.mark.parametrize(("locale", "language"), LANGUAGES.items())
async def test_all_that_is_told(world: World, monkeypatch: pytest.MonkeyPatch, locale: str, language: Language) -> None:
    world.clock.set(NOW)
    everything = Everything(world, await world.new_school("green", locale=locale))
    await everything.happens(monkeypatch)
    mails, said = await everything.said()
    assert {mail.kind for mail in mails} == set(MailKind)
    assert unsaid(language, said) == []
    for mail in mails:
        assert mail.text.startswith(GREETINGS[language])
        assert f'<html lang="{locale}">' in mail.html
    for text in said:
        if not text.startswith("<!doctype"):
            assert not FOREIGN[language].search(re.sub(r"https?://\S+", "", text)), text
            assert "{" not in text
    told = " ".join(said)
    for form in {
        Language.ENGLISH: ("18 November 2026", "75 %", "66.7 %", "7.5 of 100", "29 November 2026"),
        Language.SPANISH: ("18 de noviembre de 2026", "75 %", "66,7 %", "7,5 de 100", "29 de noviembre de 2026"),
    }[language]:
        assert form in told

"""Send the mails that are due."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from lms_app.notices.internet_message import parse_mailbox
from lms_app.ports.clock import Clock
from lms_app.ports.logger import Logger
from lms_app.ports.mailer import Mailer, MailMessage, MailRefused, MailUnavailable
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope
from lms_domain.errors import Unavailable
from lms_domain.notices.mail_delivery import MailDelivery, MailState
from lms_domain.schools.tenant import Tenant

_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")

Outcome = Callable[[MailDelivery], MailDelivery]
"""What an attempt made of a delivery."""


@dataclass(frozen=True, slots=True)
class MailRules:
    """How mail is sent."""

    platform_name: str
    """Shown as the sender of mail that no school sends."""
    at_once: int = 8
    """Mails in hand at the same time, each on a connection of its own."""
    pauses_seconds: tuple[float, ...] = (0.2, 1.0, 5.0, 20.0)
    """Between attempts to write down what became of a mail while the database does not answer."""


class SendMail:
    """Send every mail that is due, of the platform and of all schools, and write down what became of it.

    Taking a mail, sending it and recording the outcome are three things: no transaction is open while a mail server
    is spoken to, and a request never waits for one. A mail that was taken is this worker's alone for the time of a
    lease. What the server puts off is tried again, later and later, for a day; what it refuses ends FAILED with the
    reason.

    A person may get one copy too many, never two: when a worker dies between sending and recording, or the connection
    breaks after the text was handed over, nobody can know whether the mail is on its way. It is then tried once more
    (under the same Message-ID, by which many servers drop the double), and given up when that ends in the dark too.
    """

    def __init__(self, uow: UnitOfWork, mailer: Mailer, clock: Clock, rules: MailRules, log: Logger) -> None:
        self._uow = uow
        self._mailer = mailer
        self._clock = clock
        self._rules = rules
        self._log = log

    async def __call__(self) -> int:
        """How many mails were taken in hand; call again at once while it is not 0.

        Raises:
            Unavailable: the database does not answer; the mails wait.
        """
        taken, schools = await self._take()
        for delivery in taken:
            if delivery.state is not MailState.QUEUED:
                self._log_end(delivery)  # given up instead of begun
        # No task group: what goes wrong with one mail must not cut the others off in the middle.
        ends = await asyncio.gather(
            *(self._deliver(each, schools.get(each.tenant_id)) for each in taken if each.state is MailState.QUEUED),
            return_exceptions=True,
        )
        for end in ends:
            if end is not None:
                raise end
        return len(taken)

    async def _take(self) -> tuple[list[MailDelivery], dict[UUID | None, Tenant | None]]:
        now = self._clock.now()
        async with self._uow.begin(SystemScope("mail is sent")) as system:
            due = await system.mail.take_due(self._rules.at_once, now=now)
            taken = [delivery.begun(now=now) for delivery in due]
            for delivery in taken:
                await system.mail.save(delivery)
            tenant_ids = {delivery.tenant_id for delivery in taken if delivery.tenant_id is not None}
            schools: dict[UUID | None, Tenant | None] = {each: await system.tenants.get(each) for each in tenant_ids}
            await system.commit()
        return taken, schools

    async def _deliver(self, delivery: MailDelivery, school: Tenant | None) -> None:
        outcome = await self._attempt(delivery, school)
        for pause in (*self._rules.pauses_seconds, None):
            try:
                await self._record(delivery, outcome)
            except Unavailable as error:
                if pause is None:
                    # The lease runs out by itself, and the mail counts as one whose outcome nobody knows.
                    self._log.warning("outcome of a mail not recorded", mail_id=str(delivery.id), error=error.detail)
                    return
                await asyncio.sleep(pause)
            else:
                return

    async def _attempt(self, delivery: MailDelivery, school: Tenant | None) -> Outcome:
        try:
            await self._mailer.send(self._message(delivery, school))
        except MailRefused as error:
            reason = error.reason
            return lambda kept: kept.refused(reason)
        except MailUnavailable as error:
            return self._put_off(error.reason, may_have_been_sent=error.may_have_been_sent)
        except Exception:  # noqa: BLE001 -- whatever broke must end as a reason on the mail, not as silence
            self._log.exception("sending a mail broke", mail_id=str(delivery.id))
            return self._put_off("Something went wrong on our side.", may_have_been_sent=True)
        return lambda kept: kept.sent(now=self._clock.now())

    def _put_off(self, reason: str, *, may_have_been_sent: bool) -> Outcome:
        return lambda kept: kept.unavailable(reason, now=self._clock.now(), may_have_been_sent=may_have_been_sent)

    async def _record(self, delivery: MailDelivery, outcome: Outcome) -> None:
        async with self._uow.begin(SystemScope("what became of a mail")) as system:
            kept = await system.mail.get(delivery.id, for_update=True)
            if kept is None:
                return  # the school is gone
            ended = outcome(kept)
            if kept.attempts != delivery.attempts and ended.state is not MailState.SENT:
                return  # this attempt outlived its lease: a later one says how it ended
            await system.mail.save(ended)
            await system.commit()
        self._log_end(ended)

    def _log_end(self, delivery: MailDelivery) -> None:
        """Without addresses, which servers like to repeat: logs are kept by others, for longer."""
        say = self._log.info if delivery.state is MailState.SENT else self._log.warning
        say(
            "mail",
            mail_id=str(delivery.id),
            tenant_id=str(delivery.tenant_id) if delivery.tenant_id is not None else None,
            kind=delivery.kind.value,
            state=delivery.state.value,
            attempts=delivery.attempts,
            error=_ADDRESS.sub("…@…", delivery.error),
        )

    def _message(self, delivery: MailDelivery, school: Tenant | None) -> MailMessage:
        return MailMessage(
            id=delivery.id,
            to=delivery.to,
            to_name="",
            from_name=school.name if school is not None else self._rules.platform_name,
            subject=delivery.subject,
            text=delivery.text,
            html=delivery.html,
            created_at=delivery.created_at,
            reply_to=_usable(school.contact_email) if school is not None else None,
            unsubscribe_url=delivery.unsubscribe_url,
        )


def _usable(address: str) -> str | None:
    """Where answers go, or nowhere: a school's odd contact address must not keep its mail back."""
    try:
        mailbox = parse_mailbox(address)
    except ValueError:
        return None
    return str(mailbox) if mailbox.is_ascii else None

"""Mail that anybody may ask for by naming an address: the same answer after the same time, whoever is behind it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from lms_app.accounts.tries import check_no_wait
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.email import fold_email
from lms_domain.accounts.lockout import NETWORK_FREE_TRIES, account_key, network_key
from lms_domain.accounts.person import User

FREE_MAILS = 3
"""After so many mails to one address the next ones follow at growing distances, a quarter of an hour at most."""


@dataclass(frozen=True, slots=True)
class EvenAnswer:
    """How long after a question its answer comes, at the earliest: longer than the work takes for those who exist."""

    seconds: float = 0.25


class AskedMail:
    """Queues a mail for the person with an address, or does nothing; nobody can tell which.

    Questions from one network are limited, and so are mails to one address, whether or not it has an account: nobody's
    mailbox is flooded, and nobody is kept from the link that they need for longer than a quarter of an hour.
    """

    def __init__(self, uow: UnitOfWork, clock: Clock, answer: EvenAnswer) -> None:
        self._uow = uow
        self._clock = clock
        self._answer = answer

    async def queue(
        self,
        school: HostedSchool | None,
        *,
        email: str,
        address: str,
        send: Callable[[TenantTransaction, User], Awaitable[None]],
    ) -> None:
        """Args:
            school: that of the host; None on the platform's own host, where nothing is ever sent.
            address: the client's.
            send: queues the mail for a person who is active.

        Raises:
            TooManyTries: this network asked too often.
        """
        answer_at = asyncio.get_running_loop().time() + self._answer.seconds
        try:
            if school is not None:
                await self._queue(TenantScope(school.tenant_id), fold_email(email), address, send)
        finally:
            await asyncio.sleep(answer_at - asyncio.get_running_loop().time())

    async def _queue(
        self,
        scope: TenantScope,
        email_folded: str,
        address: str,
        send: Callable[[TenantTransaction, User], Awaitable[None]],
    ) -> None:
        now = self._clock.now()
        of_network, of_account = f"{network_key(address)}#mail", f"{account_key(email_folded)}#mail"
        async with self._uow.begin(scope) as tx:
            asked = await tx.sign_in_failures.get_many(of_network, of_account)
            check_no_wait(asked.get(of_network), NETWORK_FREE_TRIES, now=now)
            await tx.sign_in_failures.count_up(of_network, now=now)
            earlier = asked.get(of_account)
            if earlier is None or not earlier.wait_seconds(now, free_tries=FREE_MAILS):
                await tx.sign_in_failures.count_up(of_account, now=now)
                user = await tx.users.by_email(email_folded)
                if user is not None and user.is_active:
                    await send(tx, user)
            await tx.commit()

"""Mail of one school, from a transaction across schools."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from lms_app.accounts.account_mail import SchoolMail
from lms_app.ports.mail import MailDeliveryRepository
from lms_app.ports.one_time_tokens import OneTimeTokenRepository
from lms_app.ports.school import SchoolRepository
from lms_app.ports.unit_of_work import SystemTransaction


@dataclass(frozen=True, slots=True)
class AtSchool(SchoolMail):
    """What an invitation needs, in an operator's transaction."""

    school: SchoolRepository
    one_time_tokens: OneTimeTokenRepository
    mail: MailDeliveryRepository

    @classmethod
    def of(cls, system: SystemTransaction, tenant_id: UUID) -> Self:
        """The same transaction, as mail of that school sees it."""
        return cls(system.school_of(tenant_id), system.one_time_tokens_of(tenant_id), system.mail)

"""Whether a school is open."""

from lms_app.ports.host_directory import HostedSchool
from lms_domain.errors import NotAllowed
from lms_domain.schools.tenant import TenantStatus


def admit(school: HostedSchool) -> None:
    """Let people of an open school pass.

    Raises:
        NotAllowed: ``school_suspended`` or ``trial_expired``.
    """
    if school.status is TenantStatus.SUSPENDED:
        raise NotAllowed(
            "This school's access is suspended. Its data is kept. Please ask your administrator.",
            code="school_suspended",
        )
    if school.status is TenantStatus.EXPIRED:
        raise NotAllowed(
            "This school's trial has ended. Its data is kept. Please ask your administrator.", code="trial_expired"
        )

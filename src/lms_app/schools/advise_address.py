"""Advise on a new school's address."""

from typing import Literal

import msgspec

from lms_app.actor import Actor
from lms_app.ports.repositories import TenantRepository
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import InvalidInput
from lms_domain.schools.subdomain import check_subdomain, suggest_subdomain, with_suffix

_MAX_TRIES = 20
"""A name with more namesakes than this gets no suggestion: its operator chooses, or opening the school counts on."""
_LOOK = SystemScope("an operator looks for a school's address")


class AddressAdviceView(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be said about an address. `problem` and its `message` are null when it can be had; `suggestion` is one
    that can be had, null when none was found quickly. It may be gone a moment later: opening the school decides."""

    subdomain: str
    problem: Literal["invalid", "reserved", "taken"] | None
    message: str | None
    suggestion: str | None


class AdviseAddress:
    """Whether a school could have an address, and a free one made from its name in any script. Without an address the
    suggestion itself is told."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def __call__(self, actor: Actor, *, school_name: str, subdomain: str = "") -> AddressAdviceView:
        """Raises NotAllowed: only operators open schools."""
        actor.require(Permission.RUN_PLATFORM)
        async with self._uow.begin(_LOOK) as system:
            suggestion = await _free_address(system.tenants, suggest_subdomain(school_name))
            if not subdomain:
                return AddressAdviceView(subdomain=suggestion or "", problem=None, message=None, suggestion=suggestion)
            problem: Literal["invalid", "reserved", "taken"] | None = None
            message = None
            try:
                check_subdomain(subdomain)
            except InvalidInput as refused:
                problem = "reserved" if refused.errors[0].code == "reserved" else "invalid"
                message = refused.errors[0].message
            else:
                if await system.tenants.by_subdomain(subdomain) is not None:
                    problem, message = "taken", f"The address “{subdomain}” is taken."
        return AddressAdviceView(subdomain=subdomain, problem=problem, message=message, suggestion=suggestion)


async def _free_address(tenants: TenantRepository, label: str) -> str | None:
    """``label`` or the next one after it that no school has, as opening a school would choose it."""
    for candidate in (label, *(with_suffix(label, number) for number in range(2, _MAX_TRIES))):
        if await tenants.by_subdomain(candidate) is None:
            return candidate
    return None

"""Change what one says of oneself."""

from dataclasses import dataclass, replace
from typing import TypeVar

from lms_app.accounts.views import UserView, view_of_operator, view_of_user
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.person import Operator, User, clean_profile
from lms_domain.accounts.roles import Permission, Role
from lms_domain.errors import InvalidInput, NotSignedIn

P = TypeVar("P", User, Operator)


@dataclass(frozen=True, slots=True)
class AboutMe:
    """What changes; None stays as it is."""

    first_name: str | None = None
    last_name: str | None = None
    bio: str | None = None


class EditMe:
    """Change one's own names and what one says of oneself. The rest of a profile is the school's to change. Operators
    have a name and no profile."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail) -> None:
        self._uow = uow
        self._trail = trail

    async def __call__(self, actor: Actor, about: AboutMe) -> UserView:
        """Raises:
        InvalidInput: a name or text that the rules refuse.
        NotAllowed: ``impersonating``.
        """
        actor.require(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        if actor.tenant_id is None:
            return view_of_operator(await self._edit_operator(actor, about))
        return view_of_user(await self._edit_user(actor, TenantScope(actor.tenant_id), about))

    async def _edit_user(self, actor: Actor, scope: TenantScope, about: AboutMe) -> User:
        async with self._uow.begin(scope) as tx:
            user = await tx.users.lock(actor.user_id)
            if user is None:
                raise NotSignedIn("Please sign in again.")
            changed = _changed(user, about)
            if changed != user:
                await tx.users.save(changed)
                if user.role is Role.SCHOOL_ADMIN:
                    await self._trail.record(
                        tx,
                        actor,
                        "user.changed",
                        AuditedObject("user", user.id, user.email),
                        before=_facts(user),
                        after=_facts(changed),
                    )
                await tx.commit()
        return changed

    async def _edit_operator(self, actor: Actor, about: AboutMe) -> Operator:
        if about.bio:
            raise InvalidInput.for_field("bio", "not_kept", "Operators have a name and no profile.")
        async with self._uow.begin(SystemScope("an operator changes their own name")) as system:
            operator = await system.operators.get(actor.user_id)
            if operator is None:
                raise NotSignedIn("Please sign in again.")
            changed = _renamed(operator, about)
            if changed != operator:
                first_name, last_name = changed.first_name, changed.last_name
                await system.operators.rename(operator.id, first_name=first_name, last_name=last_name)
                await self._trail.record(
                    system,
                    actor,
                    "operator.changed",
                    AuditedObject("operator", operator.id, operator.email),
                    before={"first_name": operator.first_name, "last_name": operator.last_name},
                    after={"first_name": first_name, "last_name": last_name},
                )
                await system.commit()
        return changed


def _renamed(person: P, about: AboutMe) -> P:
    return person.renamed(
        first_name=person.first_name if about.first_name is None else about.first_name,
        last_name=person.last_name if about.last_name is None else about.last_name,
    )


def _changed(user: User, about: AboutMe) -> User:
    renamed = _renamed(user, about)
    if about.bio is None:
        return renamed
    return replace(renamed, profile=clean_profile(replace(user.profile, bio=about.bio)))


def _facts(user: User) -> dict[str, object]:
    return {"first_name": user.first_name, "last_name": user.last_name, "bio": user.profile.bio}

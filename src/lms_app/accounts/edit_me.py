"""Change what one says of oneself."""

from dataclasses import dataclass, replace

from lms_app.accounts.views import UserView, view_of_user
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.person import User, clean_profile
from lms_domain.accounts.roles import Permission, Role
from lms_domain.errors import NotSignedIn


@dataclass(frozen=True, slots=True)
class AboutMe:
    """What changes; None stays as it is."""

    first_name: str | None = None
    last_name: str | None = None
    bio: str | None = None


class EditMe:
    """Change one's own names and what one says of oneself. The rest of a profile is the school's to change."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail) -> None:
        self._uow = uow
        self._trail = trail

    async def __call__(self, actor: Actor, about: AboutMe) -> UserView:
        """Raises:
        InvalidInput: a name or text that the rules refuse.
        NotAllowed: for operators, and ``impersonating``.
        """
        scope = actor.school(Permission.OWN_ACCOUNT)
        actor.require_in_person()
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
        return view_of_user(changed)


def _changed(user: User, about: AboutMe) -> User:
    renamed = user.renamed(
        first_name=user.first_name if about.first_name is None else about.first_name,
        last_name=user.last_name if about.last_name is None else about.last_name,
    )
    if about.bio is None:
        return renamed
    return replace(renamed, profile=clean_profile(replace(user.profile, bio=about.bio)))


def _facts(user: User) -> dict[str, object]:
    return {"first_name": user.first_name, "last_name": user.last_name, "bio": user.profile.bio}

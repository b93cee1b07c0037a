"""What a person wants to be told, and how."""

from dataclasses import dataclass, replace

import msgspec

from lms_app.actor import Actor
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.preferences import DEFAULT_PREFERENCES, NotificationPreferences
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotAllowed, NotSignedIn
from lms_domain.notices.notification import NotificationKind


class PreferencesView(msgspec.Struct, frozen=True, kw_only=True):
    """``mail``: notifications also come by mail. ``digest``: one mail a day in place of many. ``muted``: kinds of which
    the person is not told in any way. ``unmailed``: kinds of which they are told in the application only."""

    mail: bool
    digest: bool
    muted: list[NotificationKind]
    unmailed: list[NotificationKind]


@dataclass(frozen=True, slots=True)
class PreferenceChanges:
    """What changes; None stays as it is."""

    mail: bool | None = None
    digest: bool | None = None
    muted: frozenset[NotificationKind] | None = None
    unmailed: frozenset[NotificationKind] | None = None


class ShowPreferences:
    """What one wants to be told, and how. Operators are told nothing but what concerns their own account, which always
    comes by mail: there is nothing for them to choose, and this says so."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def __call__(self, actor: Actor) -> PreferencesView:
        """Raises NotAllowed ``impersonating``."""
        actor.require(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        if actor.tenant_id is None:
            return _view(DEFAULT_PREFERENCES)
        scope = TenantScope(actor.tenant_id)
        async with self._uow.begin(scope) as tx:
            user = await tx.users.get(actor.user_id)
        if user is None:
            raise NotSignedIn("Please sign in again.")
        return _view(user.preferences)


class EditPreferences:
    """Change what one wants to be told, and how. What concerns the account itself always comes, by mail too."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def __call__(self, actor: Actor, changes: PreferenceChanges) -> PreferencesView:
        """Raises:
        InvalidInput: a kind that cannot be muted.
        NotAllowed: for operators, and ``impersonating``.
        """
        if actor.tenant_id is None:
            raise NotAllowed("Operators are only mailed about their own account, and that always comes.")
        scope = actor.school(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        async with self._uow.begin(scope) as tx:
            user = await tx.users.lock(actor.user_id)
            if user is None:
                raise NotSignedIn("Please sign in again.")
            kept = user.preferences
            wanted = NotificationPreferences(
                mail=kept.mail if changes.mail is None else changes.mail,
                digest=kept.digest if changes.digest is None else changes.digest,
                muted=kept.muted if changes.muted is None else changes.muted,
                unmailed=kept.unmailed if changes.unmailed is None else changes.unmailed,
            )
            if wanted != kept:
                await tx.users.save(replace(user, preferences=wanted))
                await tx.commit()
        return _view(wanted)


def _view(preferences: NotificationPreferences) -> PreferencesView:
    return PreferencesView(
        mail=preferences.mail,
        digest=preferences.digest,
        muted=sorted(preferences.muted),
        unmailed=sorted(preferences.unmailed),
    )

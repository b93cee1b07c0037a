"""Begin with a second factor."""

import base64

import msgspec

from lms_app.accounts.desk import open_desk
from lms_app.accounts.step_up import require_recent_step_up
from lms_app.actor import Actor
from lms_app.notices.mail_brands import MailBrands
from lms_app.ports.clock import Clock
from lms_app.ports.randomness import Randomness
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.accounts.second_factor import SECRET_BYTES, enrol
from lms_domain.errors import Conflict


class SecretView(msgspec.Struct, frozen=True, kw_only=True):
    """What an authenticator app needs: ``uri`` as a QR code, or ``secret`` (Base32) typed by hand."""

    secret: str
    uri: str


class EnrolSecondFactor:
    """Begin with a second factor: a new secret for an authenticator app (TOTP). It counts once a code of it was
    confirmed; until then beginning again gives another one. Asks for a proof of the last five minutes that it is
    really the person (see the step-up)."""

    def __init__(self, uow: UnitOfWork, brands: MailBrands, randomness: Randomness, clock: Clock) -> None:
        self._uow = uow
        self._brands = brands
        self._randomness = randomness
        self._clock = clock

    async def __call__(self, actor: Actor) -> SecretView:
        """Raises:
        Conflict: ``otp_already_confirmed``.
        NotAllowed: ``step_up_required`` or ``impersonating``.
        """
        actor.require(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        factor = enrol(self._randomness.random_bytes(SECRET_BYTES))
        async with open_desk(self._uow, actor.tenant_id, "an operator begins with a second factor") as desk:
            await require_recent_step_up(desk.sessions, actor, now=self._clock.now())
            person = await desk.present(actor.user_id)
            earlier = await desk.factors.get(person.id, for_update=True)
            if earlier is not None and earlier.is_confirmed:
                raise Conflict("A second factor is in force already.", code="otp_already_confirmed")
            school = await desk.school.get() if desk.school is not None else None
            await desk.factors.save(person.id, factor)
            await desk.commit()
        return SecretView(
            secret=base64.b32encode(factor.secret).decode("ascii"),
            uri=factor.uri(
                issuer=school.name if school is not None else self._brands.platform_name, account=person.email
            ),
        )

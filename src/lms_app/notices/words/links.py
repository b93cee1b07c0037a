"""The words of mails with a link about an account."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWords:
    """One mail in one language; ``lifetime`` is how long its link works."""

    subject: str
    paragraphs: tuple[str, ...]
    button: str
    closing: tuple[str, ...]


INVITATION = InEach(
    english=LinkWords(
        subject="Your account at {school}",
        paragraphs=(
            "{school} has opened an account for you. Choose a password, and you are in.",
            "You sign in with this address: {email}",
        ),
        button="Choose a password",
        closing=("This link works once, for {lifetime}. If it has ended, ask your school for a new one.",),
    ),
    spanish=LinkWords(
        subject="Tu cuenta en {school}",
        paragraphs=(
            "{school} te ha abierto una cuenta. Elige una contraseña y ya estás dentro.",
            "Entras con esta dirección: {email}",
        ),
        button="Elegir una contraseña",
        closing=("Este enlace sirve una sola vez, durante {lifetime}. Si ha caducado, pide otro a tu centro.",),
    ),
)
PASSWORD_RESET = InEach(
    english=LinkWords(
        subject="Choose a new password",
        paragraphs=("Somebody, hopefully you, asked for a new password for your account at {school}.",),
        button="Choose a new password",
        closing=(
            "This link works once, for {lifetime}.",
            "If it was not you, there is nothing to do: your password stays as it is.",
        ),
    ),
    spanish=LinkWords(
        subject="Elige una contraseña nueva",
        paragraphs=("Alguien, esperamos que tú, ha pedido una contraseña nueva para tu cuenta en {school}.",),
        button="Elegir una contraseña nueva",
        closing=(
            "Este enlace sirve una sola vez, durante {lifetime}.",
            "Si no has sido tú, no tienes que hacer nada: tu contraseña sigue siendo la misma.",
        ),
    ),
)
EMAIL_VERIFICATION = InEach(
    english=LinkWords(
        subject="Please confirm your e-mail address",
        paragraphs=("Please confirm that this address is yours: {school} uses it for your account.",),
        button="Confirm the address",
        closing=("This link works once, for {lifetime}.", "If you know nothing of this, there is nothing to do."),
    ),
    spanish=LinkWords(
        subject="Confirma tu correo electrónico",
        paragraphs=("Confirma que esta dirección es tuya: {school} la usa para tu cuenta.",),
        button="Confirmar la dirección",
        closing=(
            "Este enlace sirve una sola vez, durante {lifetime}.",
            "Si no sabes nada de esto, no tienes que hacer nada.",
        ),
    ),
)

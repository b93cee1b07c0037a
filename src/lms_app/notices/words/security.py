"""The words of mails that say what changed about an account."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One mail in one language. ``what`` is a sentence or two."""

    subject: str
    what: str


IF_NOT_YOU = InEach(
    english="If it was not you, choose a new password at once, and tell your administrator.",
    spanish="Si no has sido tú, elige enseguida una contraseña nueva y avisa a la administración de tu centro.",
)
PASSWORD_CHANGED = InEach(
    english=Alert(subject="Your password was changed", what="The password of your account was changed."),
    spanish=Alert(subject="Tu contraseña ha cambiado", what="La contraseña de tu cuenta ha cambiado."),
)
PASSWORD_CHOSEN_BY_LINK = InEach(
    english=Alert(
        subject="Your password was changed",
        what="A new password was chosen for your account, by a link that we mailed to you.",
    ),
    spanish=Alert(
        subject="Tu contraseña ha cambiado",
        what="Se ha elegido una contraseña nueva para tu cuenta con un enlace que te enviamos por correo.",
    ),
)
PASSWORD_SET_BY_OPERATOR = InEach(
    english=Alert(
        subject="Your password was changed",
        what="An operator of the platform gave your account a new initial password.",
    ),
    spanish=Alert(
        subject="Tu contraseña ha cambiado",
        what="Quien opera la plataforma ha dado a tu cuenta una contraseña inicial nueva.",
    ),
)
SECOND_FACTOR_ON = InEach(
    english=Alert(
        subject="A second factor protects your account",
        what="From now on signing in to your account asks for a code of your authenticator app.",
    ),
    spanish=Alert(
        subject="Un segundo factor protege tu cuenta",
        what="A partir de ahora, al entrar en tu cuenta se pide un código de tu aplicación de autenticación.",
    ),
)
SECOND_FACTOR_OFF = InEach(
    english=Alert(
        subject="The second factor of your account is off",
        what="Signing in to your account no longer asks for a code of your authenticator app.",
    ),
    spanish=Alert(
        subject="El segundo factor de tu cuenta está desactivado",
        what="Al entrar en tu cuenta ya no se pide un código de tu aplicación de autenticación.",
    ),
)
SESSION_ENDED = InEach(
    english=Alert(
        subject="One of your sessions was ended",
        what="Somebody used an old key of one of your sessions. That happens when a key was copied from your browser, "
        "so we have ended that session; on that device please sign in again.",
    ),
    spanish=Alert(
        subject="Hemos cerrado una de tus sesiones",
        what="Alguien ha usado una clave antigua de una de tus sesiones. Eso ocurre cuando se copia una clave de tu "
        "navegador, así que hemos cerrado esa sesión; en ese dispositivo, vuelve a entrar.",
    ),
)
SESSION_ENDED_FROM = InEach(
    english=Alert(
        subject="One of your sessions was ended",
        what="Somebody used an old key of one of your sessions from the address {address}. That happens when a key was "
        "copied from your browser, so we have ended that session; on that device please sign in again.",
    ),
    spanish=Alert(
        subject="Hemos cerrado una de tus sesiones",
        what="Alguien ha usado una clave antigua de una de tus sesiones desde la dirección {address}. Eso ocurre "
        "cuando se copia una clave de tu navegador, así que hemos cerrado esa sesión; en ese dispositivo, vuelve a "
        "entrar.",
    ),
)

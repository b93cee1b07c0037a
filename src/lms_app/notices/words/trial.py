"""The words of the platform's mails to administrators: their school is open, and its trial ends."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialWords:
    """One language."""

    welcome: str
    open_at: str
    sign_in_with: str
    runs_until: str
    second_mail: str
    open_school: str
    ends: str
    last_day: str
    afterwards: str


TRIAL = InEach(
    english=TrialWords(
        welcome="Welcome to {platform}",
        open_at="{school} is open at {address}",
        sign_in_with="You are its administrator and sign in with this address: {email}",
        runs_until="The trial runs until {day}.",
        second_mail="A second mail brings the link with which you choose your password.",
        open_school="Open the school",
        ends="The trial of {school} ends {when}",
        last_day="The trial of {school} ends {when}: its last day is {day}.",
        afterwards="After that nobody can sign in until it is prolonged or becomes a paid plan. All data is kept.",
    ),
    spanish=TrialWords(
        welcome="Te damos la bienvenida a {platform}",
        open_at="{school} ya tiene su lugar en {address}",
        sign_in_with="Llevas su administración y entras con esta dirección: {email}",
        runs_until="El periodo de prueba dura hasta el {day}.",
        second_mail="Otro correo te trae el enlace con el que eliges tu contraseña.",
        open_school="Abrir el centro",
        ends="La prueba de {school} termina {when}",
        last_day="La prueba de {school} termina {when}: su último día es el {day}.",
        afterwards="Después nadie podrá entrar hasta que se prolongue o pase a un plan de pago. Se conservan todos los "
        "datos.",
    ),
)

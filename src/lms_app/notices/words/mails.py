"""What stands in every mail, whatever it is about."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWords:
    """One language."""

    hello: str
    open: str
    or_open: str
    stop_mails: str
    several: str
    something_new: str


MAILS = InEach(
    english=MailWords(
        hello="Hello {name},",
        open="Open",
        or_open="Or open this address:",
        stop_mails="Stop mails like this",
        several="{count} news from {school}",
        something_new="There is something new for you:",
    ),
    spanish=MailWords(
        hello="Hola, {name}:",
        open="Abrir",
        or_open="O abre esta dirección:",
        stop_mails="No recibir más correos como este",
        several="{count} novedades de {school}",
        something_new="Hay novedades para ti:",
    ),
)

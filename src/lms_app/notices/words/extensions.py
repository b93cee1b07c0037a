"""The words for more time or more attempts at a quiz."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionWords:
    """One language. ``more`` is filled in with time, attempts, or both."""

    more_for_you: str
    given: str
    time: str
    attempt: str
    attempts: str
    both: str
    as_everybody: str
    ended: str


EXTENSIONS = InEach(
    english=ExtensionWords(
        more_for_you="More for you: ",
        given="You have {more} at “{title}”.",
        time="more time",
        attempt="1 more attempt",
        attempts="{count} more attempts",
        both="{time} and {attempts}",
        as_everybody="As for everybody: ",
        ended="At “{title}” you have again what everybody has. An attempt that you have begun keeps its time.",
    ),
    spanish=ExtensionWords(
        more_for_you="Más para ti: ",
        given="Tienes {more} en «{title}».",
        time="más tiempo",
        attempt="1 intento más",
        attempts="{count} intentos más",
        both="{time} y {attempts}",
        as_everybody="Como todo el mundo: ",
        ended="En «{title}» vuelves a tener lo mismo que todo el mundo. Un intento que ya has empezado conserva su "
        "tiempo.",
    ),
)

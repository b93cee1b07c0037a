"""The one family of errors that rules and use cases raise on purpose.

Every error carries a stable ``code``. Clients and tests rely on codes; words may change.
Only ``entrypoints/http/problems.py`` knows which HTTP status a code becomes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field. ``field`` is its path in the request, such as ``modules.0.title``."""

    field: str
    code: str
    message: str


class LmsError(Exception):
    """Something a person asked for cannot be done. ``detail`` is a sentence for that person."""

    code: str = "error"

    def __init__(self, detail: str, *, code: str | None = None, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors
        if code is not None:
            self.code = code


class InvalidInput(LmsError):
    """A value breaks a rule of the domain."""

    code = "validation_error"

    @classmethod
    def for_field(cls, field: str, code: str, message: str) -> "InvalidInput":
        """An error about exactly one field."""
        return cls(message, errors=(FieldError(field, code, message),))


class NotFound(LmsError):
    """No such object, or none that this person may know of: the two look the same."""

    code = "not_found"


class NotAllowed(LmsError):
    """This person's role may not do this."""

    code = "not_allowed"


class NotSignedIn(LmsError):
    """Nobody is signed in, or the sign-in does not hold here."""

    code = "not_signed_in"


class Conflict(LmsError):
    """The request is fine, the present state of things is not."""

    code = "conflict"


class PlanLimitReached(LmsError):
    """The school's plan allows no more of this."""

    code = "plan_limit"


class TooLarge(LmsError):
    """More bytes than allowed."""

    code = "too_large"


class Unavailable(LmsError):
    """A part we need does not answer just now; trying again later makes sense."""

    code = "unavailable"


class StartRefused(Exception):
    """This installation would not be safe, so nothing is started. The text says why and what to do.

    ``problem`` and ``remedy`` are the two halves of the text; ``remedy`` is empty where ``problem`` says it all.
    """

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem} {remedy}".rstrip())
        self.problem = problem
        self.remedy = remedy

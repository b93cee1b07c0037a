"""Which passwords may be chosen. Lengths and the refusal of composition rules follow NIST SP 800-63B."""

import re
import unicodedata
from collections.abc import Iterable

from lms_domain.accounts.roles import Role
from lms_domain.errors import InvalidInput

MIN_LENGTH = 12
MIN_LENGTH_ADMIN = 15
MAX_LENGTH = 128

_COMMON_PARTS = (
    "password",
    "passwort",
    "qwerty",
    "letmein",
    "welcome",
    "iloveyou",
    "abc123",
    "123456",
    "admin123",
)


def check_new_password(password: str, *, role: Role, context: Iterable[str] = (), field: str = "new_password") -> None:
    """Long enough, not built from something that anybody would guess first.

    Args:
        context: words near the person (names, school, subdomain, address) that must not be most of the password.

    Raises:
        InvalidInput: with the reason as the error's code: ``too_short``, ``too_long``, ``too_common``.
    """
    minimum = MIN_LENGTH_ADMIN if role in {Role.SUPER_ADMIN, Role.SCHOOL_ADMIN} else MIN_LENGTH
    if len(password) < minimum:
        raise InvalidInput.for_field(field, "too_short", f"Use at least {minimum} characters.")
    if len(password) > MAX_LENGTH:
        raise InvalidInput.for_field(field, "too_long", f"Use at most {MAX_LENGTH} characters.")
    folded = unicodedata.normalize("NFKC", password).casefold()
    rest = folded
    for word in sorted({w.casefold() for w in context if len(w) >= 3} | set(_COMMON_PARTS), key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(set(folded)) < 5 or len(re.sub(r"[\W\d_]", "", rest) + re.sub(r"\D", "", rest)) < minimum // 2:
        raise InvalidInput.for_field(
            field,
            "too_common",
            "This is too easy to guess. Three or four unrelated words make a good password.",
        )

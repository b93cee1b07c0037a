"""The label in front of the platform's domain that is a school's address."""

import re
import unicodedata

from lms_domain.errors import InvalidInput

MIN_LENGTH = 3
MAX_LENGTH = 40
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.ASCII)

RESERVED = frozenset(
    {
        "about", "account", "accounts", "admin", "administrator", "api", "app", "assets", "auth",
        "autoconfig", "autodiscover", "billing", "blog", "cdn", "command", "command-center", "console",
        "dashboard", "demo-admin", "dev", "docs", "download", "email", "files", "ftp", "health", "help",
        "host", "imap", "internal", "legal", "live", "localhost", "login", "mail", "media", "metrics", "mx",
        "news", "ns1", "ns2", "official", "oauth", "pop", "portal", "postmaster", "private", "public",
        "register", "root", "security", "server", "signin", "signup", "smtp", "sso", "staging", "static",
        "status", "store", "super-admin", "superadmin", "support", "system", "test", "tls", "upload",
        "uploads", "webmail", "wpad", "www",
    }
)  # fmt: skip
"""Labels that would look like ours, or that mail and browsers look for."""

_TRANSLITERATION = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
        "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
        "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i",
        "ї": "yi", "є": "ye", "ґ": "g",
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
        "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
        "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
        "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ı": "i",
    }
)  # fmt: skip
"""Letters that do not decompose to ASCII: Cyrillic, Greek, and the Latin ones Unicode keeps whole."""


def check_subdomain(label: str) -> str:
    """``label`` itself, when it may be a school's address.

    Raises:
        InvalidInput: wrong length or characters (``invalid``), or ``reserved``.
    """
    if not MIN_LENGTH <= len(label) <= MAX_LENGTH or not _LABEL.fullmatch(label) or label.startswith("xn--"):
        raise InvalidInput.for_field(
            "subdomain",
            "invalid",
            f"Use {MIN_LENGTH} to {MAX_LENGTH} of a-z, 0-9 and -, with no - at the ends.",
        )
    if label in RESERVED:
        raise InvalidInput.for_field("subdomain", "reserved", f"“{label}” is kept for the platform.")
    return label


def suggest_subdomain(name: str) -> str:
    """A permitted label made from a school's name in any script; ``school`` where nothing can be transliterated."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_TRANSLITERATION)
    # Accented letters of other scripts (ό) are in the table only without their accent: hence the second pass.
    ascii_only = (
        _without_accents(_without_accents(folded).translate(_TRANSLITERATION)).encode("ascii", "ignore").decode()
    )
    label = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['`]", "", ascii_only)).strip("-")[:MAX_LENGTH].strip("-")
    if len(label) < MIN_LENGTH:
        label = f"school-{label}".strip("-")
    if label in RESERVED or label.startswith("xn--"):
        label = f"school-{label.removeprefix('xn--')}"[:MAX_LENGTH].strip("-")
    return label


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def with_suffix(label: str, number: int) -> str:
    """``label-number``, shortened so that it stays permitted: the next choice when ``label`` is taken."""
    suffix = f"-{number}"
    return label[: MAX_LENGTH - len(suffix)].strip("-") + suffix

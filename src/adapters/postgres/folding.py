"""The form in which texts are compared, searched and sorted, stored beside them.

PostgreSQL's own ``lower()`` depends on the server's locale, and no index is used for it under row-level security.
"""

import unicodedata


def folded(text: str) -> str:
    """``text`` without differences of case or of compatible characters (NFKC, Unicode case folding)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())

"""Port: HTML that does no harm."""

from typing import Protocol


class HtmlSanitizer(Protocol):
    """Takes everything out of HTML that is not on a short list of what texts are made of."""

    def clean(self, html: str) -> str:
        """``html`` without scripts, styles, pictures, forms and addresses other than of the web and of mail. What is
        clean already stays as it is. Empty when nothing is left that can be read."""
        ...

"""Clean HTML, by nh3 (ammonia)."""

import nh3

from lms_app.ports.html_sanitizer import HtmlSanitizer

_BLOCKS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "hr", "table", "thead", "tbody", "tr"}
_INLINE = {"a", "b", "br", "code", "em", "i", "s", "strong", "sub", "sup", "td", "th", "u"}
_ATTRIBUTES = {"a": {"href"}, "th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}, "ol": {"start"}}
_EMPTY_WITHOUT = {"br", "hr"}


class Nh3HtmlSanitizer(HtmlSanitizer):
    """An allow-list: what it does not name is gone, the words inside stay (those of scripts and styles do not)."""

    def __init__(self) -> None:
        self._cleaner = nh3.Cleaner(
            tags=_BLOCKS | _INLINE,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer nofollow",
            strip_comments=True,
        )

    def clean(self, html: str) -> str:
        cleaned = self._cleaner.clean(html.replace("\x00", "")).strip()
        return cleaned if nh3.clean(cleaned, tags=set()).replace("&nbsp;", " ").strip() else ""

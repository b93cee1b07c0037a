"""What all HtmlSanitizers do."""

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms_app.ports.html_sanitizer import HtmlSanitizer

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><p>x</p></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' jAvAsCrIpT&#58;alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x' onclick='alert(1)' style='x' id='y' class='z'>x</a>",
    "<p onmouseover=alert(1) style='background:url(x)'>x</p>",
    "<iframe src='https://evil.example'></iframe><object data=x></object><embed src=x>",
    "<form action='https://evil.example'><input name=password><button>x</button></form>",
    "<style>@import 'https://evil.example'</style><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
    "<base href='https://evil.example'><p>x</p>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p><!-- --!><script>alert(1)</script>-->x</p>",
    "<x-y onclick=alert(1)>x</x-y>",
    "<video src=x onerror=alert(1)></video><audio src=x></audio>",
    "<a href='https://ok.example' target='_blank' ping='https://evil.example'>x</a>",
    "<p>\x00<scr\x00ipt>alert(1)</scr\x00ipt></p>",
]
ALLOWED = r"p|h[234]|[uo]l|li|blockquote|pre|hr|table|thead|tbody|tr|a|b|br|code|em|i|s|strong|su[bp]|t[dh]|u"
"""The list, written a second time."""
SCHEMES = {"http:", "https:", "mailto:"}
"""And this one too."""
TAG = re.compile(rf"</?({ALLOWED})((?: (?:href|rel|colspan|rowspan|scope|start)=\"[^\"<>]*\")*)>")


SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*:")
"""What an address begins with that is not looked for on the same site: “:” alone or “/a:b” is."""


def is_clean(html: str) -> bool:
    left = TAG.sub("", html)
    # As browsers read them: without what is not seen, wherever it stands.
    addresses = [re.sub(r"[\x00-\x20]", "", unescape(each)) for each in re.findall(r'href="([^"]*)"', html)]
    schemes = [SCHEME.match(address) for address in addresses]
    return "<" not in left and all(each is None or each[0].lower() in SCHEMES for each in schemes)


PIECES = ["<p>", "</p>", "<script>", "</script>", "<a href='", "'>", "javascript:", "<!--", "-->", "<svg>", "x", " ",
          "&lt;", "<style>", "</style>", '"', "<table>", "<td>", "</a>", "<math>", "on=", "<", ">", "&"]  # fmt: skip


class HtmlSanitizerContract:
    """Runs over every adapter. A subclass gives ``sanitizer``."""

    @pytest.fixture
    def sanitizer(self) -> HtmlSanitizer:
        """The one under test."""
        raise NotImplementedError

    @pytest.mark.parametrize("html", HOSTILE)
    def test_nothing_that_acts_is_left(self, sanitizer: HtmlSanitizer, html: str) -> None:
        cleaned = sanitizer.clean(html)
        assert is_clean(cleaned), cleaned
        assert "alert(1)" not in cleaned or "<" not in TAG.sub("", cleaned)
        assert sanitizer.clean(cleaned) == cleaned

    def test_what_texts_are_made_of_stays(self, sanitizer: HtmlSanitizer) -> None:
        html = (
            "<h2>Title</h2><p>Some <strong>strong</strong> words, x<sub>2</sub>.<br>Next</p>"
            '<ol start="3"><li>one</li></ol><table><tbody><tr><td colspan="2">cell</td></tr></tbody></table><hr>'
        )
        assert sanitizer.clean(html) == html
        assert sanitizer.clean('<a href="https://a.example/?x=1&amp;y=2">link</a>') == (
            '<a href="https://a.example/?x=1&amp;y=2" rel="noopener noreferrer nofollow">link</a>'
        )

    @pytest.mark.parametrize(
        "html", ["", "  ", "<p></p>", "<p>&nbsp; </p><br>", "<script>alert(1)</script>", "<!-- x -->"]
    )
    def test_what_nobody_could_read_is_nothing(self, sanitizer: HtmlSanitizer, html: str) -> None:
        assert sanitizer.clean(html) == ""

    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)))
    def test_what_is_clean_stays_as_it_is(self, sanitizer: HtmlSanitizer, html: str) -> None:
        cleaned = sanitizer.clean(html)
        assert is_clean(cleaned)
        assert sanitizer.clean(cleaned) == cleaned

"""What mails look like."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_app.notices.mail_template import (
    MailBrand,
    MailButton,
    MailContent,
    MailItem,
    RenderedMail,
    paragraphs_of,
    render_mail,
)
from lms_domain.schools.branding import Branding
from lms_domain.schools.contrast import TEXT_RATIO, contrast_ratio

BRAND = MailBrand(
    name="Green & Co School",
    home_url="https://green.lms.example/",
    branding=Branding(primary_color="#ffd700", logo_url="https://green.lms.example/media/public/abc"),
    locale="pt_BR",
)
CONTENT = MailContent(
    subject="Your course is ready",
    greeting="Hello Ana,",
    paragraphs=("A course waits for you.\nIt is short.", "See you there."),
    items=(MailItem("Phonics", "https://green.lms.example/courses/1?a=1&b=2"), MailItem("Reading")),
    button=MailButton("Open the course", "https://green.lms.example/courses/1?a=1&b=2"),
    closing=("This link works for 30 minutes.",),
    unsubscribe_url="https://green.lms.example/unsubscribe?token=t",
)

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)> \"quoted\" 'single' &amp; {main} {0} %s"


class Seen(HTMLParser):
    """What a mail program sees: tags with attributes, and text. Complains of tags that are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in {"meta", "img", "br"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def links(self) -> list[str | None]:
        return [attributes["href"] for tag, attributes in self.tags if tag == "a"]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def mail() -> RenderedMail:
    return render_mail(BRAND, CONTENT)


def test_the_html_says_everything_and_links_where_it_should(mail: RenderedMail) -> None:
    seen = Seen(mail.html)
    course = "https://green.lms.example/courses/1?a=1&b=2"
    assert seen.links == [course, course, course, BRAND.home_url, CONTENT.unsubscribe_url]
    for words in ("Hello Ana,", "A course waits for you.", "It is short.", "Reading", "Open the course", "30 minutes"):
        assert words in seen.text
    assert seen.text.count("Green & Co School") == 2
    (picture,) = (attributes for tag, attributes in seen.tags if tag == "img")
    assert picture["src"] == BRAND.branding.logo_url
    assert picture["alt"] == ""
    assert ("html", {"lang": "pt-BR"}) in seen.tags
    assert "{" not in mail.html


def test_the_text_says_the_same(mail: RenderedMail) -> None:
    assert mail.text == (
        "Hello Ana,\n\n"
        "A course waits for you.\nIt is short.\n\n"
        "See you there.\n\n"
        "* Phonics\n  https://green.lms.example/courses/1?a=1&b=2\n* Reading\n\n"
        "Open the course:\nhttps://green.lms.example/courses/1?a=1&b=2\n\n"
        "This link works for 30 minutes.\n\n"
        "-- \nGreen & Co School · https://green.lms.example/\n"
        "Stop mails like this: https://green.lms.example/unsubscribe?token=t\n"
    )
    assert mail.unsubscribe_url == CONTENT.unsubscribe_url
    assert mail.subject == CONTENT.subject


def test_a_mail_about_the_account_has_neither_list_nor_button_nor_a_way_out() -> None:
    plain = replace(CONTENT, items=(), button=None, closing=(), unsubscribe_url=None)
    brand = replace(BRAND, branding=Branding())
    mail = render_mail(brand, plain)
    seen = Seen(mail.html)
    assert seen.links == [BRAND.home_url]
    assert not {"ul", "img"} & {tag for tag, _ in seen.tags}
    assert "Stop mails" not in mail.text + mail.html


def test_whatever_people_write_stays_text() -> None:
    evil = MailContent(
        subject=EVIL,
        greeting=EVIL,
        paragraphs=(EVIL,),
        items=(MailItem(EVIL), MailItem(EVIL, "https://x.example/")),
        button=MailButton(EVIL, "https://x.example/?q=%22&r='<b>"),
        closing=(EVIL,),
        preview=EVIL,
    )
    mail = render_mail(replace(BRAND, name=EVIL, locale='"><script>'), evil)
    seen = Seen(mail.html)
    assert {tag for tag, _ in seen.tags} <= {
        *("html", "head", "meta", "title", "body", "div", "table", "tr", "td", "span", "img", "h1", "p"),
        *("ul", "li", "a", "br"),
    }
    assert not any(name.startswith("on") for _, attributes in seen.tags for name in attributes)
    assert seen.text.count(" ".join(EVIL.split())) == 10
    assert "https://x.example/?q=%22&r='<b>" in seen.links


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "/courses",
        "//evil.example",
        "https:",
        "https://a b",
        "https://a\nb",
        "",
    ],
)
def test_no_address_but_an_absolute_one_of_the_web_gets_into_a_mail(url: str) -> None:
    for content in (
        replace(CONTENT, button=MailButton("x", url)),
        replace(CONTENT, items=(MailItem("x", url),)),
        replace(CONTENT, unsubscribe_url=url),
    ):
        with pytest.raises(ValueError, match="absolute"):
            render_mail(BRAND, content)
    with pytest.raises(ValueError, match="absolute"):
        render_mail(replace(BRAND, branding=Branding(logo_url=url)), CONTENT)


@settings(max_examples=30)
@given(st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}"))
def test_everything_can_be_read_in_every_colour(color: str) -> None:
    html = render_mail(replace(BRAND, branding=Branding(primary_color=color)), CONTENT).html
    inks = re.findall(r"<a [^>]*style=\"[^\"]*?(?<!-)color:(#[0-9a-f]{6})[^>]*>([^<]*)", html)
    assert len(inks) == 5
    for ink, words in inks:
        backgrounds = [color] if words == "Open the course" else ["#ffffff", "#f3f4f6"]
        assert all(contrast_ratio(ink, background) >= TEXT_RATIO for background in backgrounds)


def test_a_subject_is_one_line() -> None:
    assert render_mail(BRAND, replace(CONTENT, subject="a\r\nb\u2028 c\x00")).subject == "a b c"


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", ()),
        ("  \n\n ", ()),
        ("one", ("one",)),
        ("one\ntwo\n\n\n\nthree  \n  \nfour\n", ("one\ntwo", "three", "four")),
        ("a\r\n\r\nb", ("a", "b")),
    ],
)
def test_empty_lines_set_paragraphs_apart(text: str, paragraphs: tuple[str, ...]) -> None:
    assert paragraphs_of(text) == paragraphs

"""What a mail of a school, or of the platform, looks like: HTML that every mail program shows, and the same as text.

Written without a template engine: one layout, and every value passes through one of two functions that escape it.
"""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from lms_app.notices.words.language import language_of
from lms_app.notices.words.mails import MAILS, MailWords
from lms_domain.schools.branding import Branding
from lms_domain.schools.contrast import readable_on, text_on

_PAGE = "#f3f4f6"
"""Behind everything, and darker than the white behind the text: what can be read on it can be read on both."""
_SCHEMES = {"http", "https"}


@dataclass(frozen=True, slots=True)
class MailBrand:
    """Whose mail it is."""

    name: str
    home_url: str
    branding: Branding
    locale: str = "en"

    @property
    def language(self) -> str:
        """For screen readers: BCP 47."""
        return self.locale.replace("_", "-")

    @property
    def words(self) -> MailWords:
        """What the layout adds."""
        return MAILS.of(language_of(self.locale))


@dataclass(frozen=True, slots=True)
class MailButton:
    """The one thing to do. ``url`` is absolute."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class MailItem:
    """A line of a list, perhaps a link."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class MailContent:
    """What a mail says. All of it is plain text; nothing is taken as HTML."""

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    """A line end inside one stays a line end."""
    items: tuple[MailItem, ...] = ()
    button: MailButton | None = None
    closing: tuple[str, ...] = ()
    """Small paragraphs after the button: how long a link works, whom to ask."""
    preview: str = ""
    """What a mailbox shows beside the subject; the first paragraph when it is empty."""
    unsubscribe_url: str | None = None
    """For mails that are not about the account."""


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """Ready to be queued."""

    subject: str
    html: str
    text: str
    unsubscribe_url: str | None


def paragraphs_of(text: str) -> tuple[str, ...]:
    """What somebody wrote into one field, as paragraphs: they are set apart by empty lines."""
    blocks = "\n".join(line.rstrip() for line in text.strip().splitlines()).split("\n\n")
    return tuple(block.strip("\n") for block in blocks if block.strip())


def render_mail(brand: MailBrand, content: MailContent) -> RenderedMail:
    """The mail of ``brand`` that says ``content``.

    Raises:
        ValueError: some address is not absolute, or neither http nor https.
    """
    return RenderedMail(
        # One line, of what can be shown: names of people and courses stand in subjects.
        subject=" ".join("".join(c if c.isprintable() else " " for c in content.subject).split()),
        html=_html(brand, content),
        text=_text(brand, content),
        unsubscribe_url=content.unsubscribe_url,
    )


def _text(brand: MailBrand, content: MailContent) -> str:
    blocks = [content.greeting, *content.paragraphs]
    if content.items:
        blocks.append("\n".join(_text_item(item) for item in content.items))
    if content.button is not None:
        blocks.append(f"{content.button.label}:\n{content.button.url}")
    blocks += content.closing
    footer = [f"{brand.name} · {brand.home_url}"]
    if content.unsubscribe_url is not None:
        footer.append(f"{brand.words.stop_mails}: {content.unsubscribe_url}")
    return "\n\n".join([*(block for block in blocks if block), "-- \n" + "\n".join(footer)]) + "\n"


def _text_item(item: MailItem) -> str:
    return f"* {item.text}" if item.url is None else f"* {item.text}\n  {item.url}"


def _html(brand: MailBrand, content: MailContent) -> str:
    primary = brand.branding.primary_color
    link = readable_on(_PAGE, primary)
    preview = content.preview or next(iter(content.paragraphs), "")
    main = [
        f'<h1 style="margin:0 0 16px;font-size:20px;line-height:28px;color:#111111">{_words(content.greeting)}</h1>'
        if content.greeting
        else "",
        *(f'<p dir="auto" style="{_PARAGRAPH}">{_words(paragraph)}</p>' for paragraph in content.paragraphs),
        _items(content.items, link),
        _button(content.button, primary, link, brand.words),
        *(f'<p dir="auto" style="{_SMALL}">{_words(paragraph)}</p>' for paragraph in content.closing),
    ]
    footer = f'<a href="{_address(brand.home_url)}" style="color:{link}">{_words(brand.name)}</a>'
    if content.unsubscribe_url is not None:
        stop = _words(brand.words.stop_mails)
        footer += f' · <a href="{_address(content.unsubscribe_url)}" style="color:{link}">{stop}</a>'
    return _LAYOUT.format(
        language=_attribute(brand.language),
        subject=_words(content.subject),
        preview=_words(preview),
        font=_attribute(f"'{brand.branding.font_family}', Arial, sans-serif"),
        page=_PAGE,
        primary=primary,
        head=_head(brand, text_on(primary)),
        main="\n".join(part for part in main if part),
        footer=footer,
    )


def _head(brand: MailBrand, color: str) -> str:
    """The logo with the name beside it: many mail programs show no picture until they are asked to."""
    name = f'<span style="font-size:18px;font-weight:bold;color:{color}">{_words(brand.name)}</span>'
    logo = brand.branding.logo_url
    if logo is None:
        return name
    picture = f'<img src="{_address(logo)}" alt="" height="32" style="height:32px;max-width:160px;border:0">'
    return f'<span style="display:inline-block;vertical-align:middle;padding-right:12px">{picture}</span>{name}'


def _items(items: tuple[MailItem, ...], link: str) -> str:
    if not items:
        return ""
    lines = "\n".join(f'<li dir="auto" style="margin:0 0 8px">{_item(item, link)}</li>' for item in items)
    return f'<ul style="margin:0 0 16px;padding:0 0 0 24px;font-size:16px;line-height:24px">\n{lines}\n</ul>'


def _item(item: MailItem, link: str) -> str:
    words = _words(item.text)
    return words if item.url is None else f'<a href="{_address(item.url)}" style="color:{link}">{words}</a>'


def _button(button: MailButton | None, primary: str, link: str, words: MailWords) -> str:
    """A link that looks like a button, and the address below it: some programs show no link that they distrust."""
    if button is None:
        return ""
    address = _address(button.url)
    style = f"display:inline-block;padding:12px 24px;border-radius:6px;color:{text_on(primary)};text-decoration:none"
    return (
        f'<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 16px"><tr>\n'
        f'<td bgcolor="{primary}" style="background:{primary};border-radius:6px;font-size:16px;font-weight:bold">'
        f'<a href="{address}" style="{style}">{_words(button.label)}</a></td>\n'
        f"</tr></table>\n"
        f'<p style="{_SMALL}">{_words(words.or_open)} '
        f'<a href="{address}" style="color:{link};word-break:break-all">{address}</a></p>'
    )


def _words(text: str) -> str:
    """Text between tags."""
    return escape(text).replace("\n", "<br>\n")


def _attribute(value: str) -> str:
    return escape(value, quote=True)


def _address(url: str) -> str:
    """An address as an attribute: absolute, and of the web, so that none can be a script."""
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.netloc or not url.isprintable() or " " in url:
        raise ValueError("a link in a mail is an absolute address of the web")
    return _attribute(url)


_PARAGRAPH = "margin:0 0 16px;font-size:16px;line-height:24px"
_SMALL = "margin:0 0 12px;font-size:14px;line-height:20px;color:#4b5563"

_LAYOUT = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light">
<title>{subject}</title>
</head>
<body style="margin:0;padding:0;background:{page};color:#111111;font-family:{font}">
<div style="display:none;max-height:0;overflow:hidden">{preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:{page}"><tr>
<td align="center" style="padding:24px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px">
<tr><td bgcolor="{primary}" style="background:{primary};padding:20px 32px;border-radius:8px 8px 0 0">{head}</td></tr>
<tr><td bgcolor="#ffffff" style="background:#ffffff;padding:32px;border-radius:0 0 8px 8px">
{main}
</td></tr>
<tr><td style="padding:16px 32px;font-size:13px;line-height:20px;color:#4b5563">{footer}</td></tr>
</table>
</td>
</tr></table>
</body>
</html>
"""

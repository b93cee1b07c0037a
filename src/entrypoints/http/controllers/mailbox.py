"""A look into mails that are files, on somebody's own machine: what a mail server would have delivered."""

import asyncio
from html import escape
from pathlib import Path
from urllib.parse import quote

from litestar import Response, get
from litestar.params import FromPath

from adapters.mail_files.mailbox import written_mail, written_mails
from entrypoints.http.api_request import ApiRequest
from entrypoints.http.session import PUBLIC_FILE
from lms_domain.errors import NotFound

_BASE = "/dev/mailbox"
_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src 'self' data: http: https:; frame-ancestors 'self'"
)
"""A mail runs no script, sends no form and reads nothing of this site; its links open in new windows."""
_STYLE = (
    "body{font:16px system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}"
    "td,th{text-align:left;padding:.4rem 1rem .4rem 0;vertical-align:top}"
    "iframe{width:100%;height:60vh;border:1px solid #999}pre{white-space:pre-wrap}"
)


@get(_BASE, include_in_schema=False, opt=PUBLIC_FILE)
async def list_mails(request: ApiRequest) -> Response[str]:
    mails = await asyncio.to_thread(written_mails, _folder(request))
    rows = "".join(
        f"<tr><td>{mail.created_at:%Y-%m-%d %H:%M:%S}</td><td>{escape(mail.recipient)}</td>"
        f'<td><a href="{_BASE}/{quote(mail.name)}">{escape(mail.subject)}</a></td></tr>'
        for mail in mails
    )
    table = f"<table><tr><th>Sent<th>To<th>Subject</tr>{rows}</table>" if rows else "<p>No mail yet.</p>"
    return _page("Mailbox", f"<h1>Mailbox</h1>{table}")


@get(f"{_BASE}/{{name:str}}", include_in_schema=False, opt=PUBLIC_FILE)
async def show_mail(request: ApiRequest, name: FromPath[str]) -> Response[str]:
    mail = await asyncio.to_thread(written_mail, _folder(request), name)
    if mail is None:
        raise NotFound("There is no such mail.")
    return _page(
        mail.subject,
        f'<p><a href="{_BASE}">All mails</a></p><h1>{escape(mail.subject)}</h1>'
        f"<p>From {escape(mail.sender)} to {escape(mail.recipient)}, {mail.created_at:%Y-%m-%d %H:%M:%S %Z}</p>"
        f'<iframe title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox" '
        f'src="{_BASE}/{quote(mail.name)}/html"></iframe>'
        f"<h2>As text</h2><pre>{escape(mail.text)}</pre>",
    )


@get(f"{_BASE}/{{name:str}}/html", include_in_schema=False, opt=PUBLIC_FILE)
async def show_mail_itself(request: ApiRequest, name: FromPath[str]) -> Response[str]:
    mail = await asyncio.to_thread(written_mail, _folder(request), name)
    if mail is None:
        raise NotFound("There is no such mail.")
    html = mail.html.replace("<head>", '<head><base target="_blank">', 1)
    return Response(html, media_type="text/html", headers={"Content-Security-Policy": _MAIL_POLICY})


HANDLERS = (list_mails, show_mail, show_mail_itself)


def _folder(request: ApiRequest) -> Path:
    """Raises NotFound anywhere but on somebody's own machine, and where mail is really sent."""
    folder = request.options.mail_folder
    if folder is None:
        raise NotFound("There is nothing here.")
    return folder


def _page(title: str, body: str) -> Response[str]:
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>{body}</html>"
    )
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": _PAGE_POLICY})

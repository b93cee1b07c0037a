"""Mail, the addresses in it, and DNS."""

from dishka import Provider, Scope, provide

from adapters.mail_files.mailer import FileMailer
from adapters.smtp.address import parse_smtp_url
from entrypoints.settings import Settings
from lms_app.notices.internet_message import parse_mailbox
from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.send_mail import MailRules
from lms_app.ports.dns_resolver import DnsResolver
from lms_app.ports.mailer import Mailer
from lms_app.schools.addresses import PublicAddresses

MAIL_FOLDER = "mail"
"""Below the data directory: where mail lies that no server is there for."""


class MailProvider(Provider):
    """To send mail by other means, change one method here."""

    scope = Scope.APP

    @provide
    def mailer(self, settings: Settings) -> Mailer:
        """SMTP where there is a server, else files."""
        sender = parse_mailbox(settings.mail_from)
        if settings.smtp_url is None:
            return FileMailer(settings.data_dir / MAIL_FOLDER, sender)
        # Processes that send no mail load neither TLS nor the library; nor DNS below, which takes 0.1 s.
        from adapters.smtp.mailer import SmtpMailer  # noqa: PLC0415

        return SmtpMailer(parse_smtp_url(settings.smtp_url), sender)

    @provide
    def rules(self, settings: Settings) -> MailRules:
        """How mail is sent."""
        return MailRules(platform_name=settings.platform_name)

    @provide
    def addresses(self, settings: Settings) -> PublicAddresses:
        """Links of this installation."""
        return PublicAddresses(settings.public_url, settings.platform_domain)

    @provide
    def brands(self, settings: Settings, addresses: PublicAddresses) -> MailBrands:
        """Whose mail it is."""
        return MailBrands(addresses, settings.platform_name)

    @provide
    def resolver(self) -> DnsResolver:
        """The machine's name servers."""
        from adapters.dns.resolver import DnspythonResolver  # noqa: PLC0415

        return DnspythonResolver()


async def check_mailer(mailer: Mailer, settings: Settings) -> str:
    """Where mail goes, as a sentence, once ``mailer`` has shown that it would be taken there. Sends nothing.

    Raises:
        MailUnavailable: it would not.
    """
    await mailer.check()
    if settings.smtp_url is None:
        return f"no mail server: mails are files in {settings.data_dir / MAIL_FOLDER}"
    return f"{parse_smtp_url(settings.smtp_url)} takes mail from {settings.mail_from}"

"""Whose mail it is, from what is known of schools and of the installation."""

from dataclasses import dataclass, replace

from lms_app.notices.mail_template import MailBrand
from lms_app.schools.addresses import PublicAddresses
from lms_domain.schools.branding import Branding
from lms_domain.schools.tenant import Tenant


@dataclass(frozen=True, slots=True)
class MailBrands:
    """Makes brands for mails."""

    addresses: PublicAddresses
    platform_name: str

    def school(self, tenant: Tenant) -> MailBrand:
        """Mail of a school: its name, colours and logo, and its address, which it never loses."""
        return MailBrand(
            name=tenant.name,
            home_url=self.addresses.school_url(tenant.subdomain),
            branding=replace(tenant.branding, logo_url=self._logo(tenant)),
            locale=tenant.locale,
        )

    def platform(self, locale: str = "en") -> MailBrand:
        """Mail of the platform itself; ``locale`` is that of the school to whose people it goes."""
        home = self.addresses.platform_url()
        return MailBrand(name=self.platform_name, home_url=home, branding=Branding(), locale=locale)

    def _logo(self, tenant: Tenant) -> str | None:
        """A mail is read far from the site, so a path on it becomes a whole address; what is neither is left out."""
        logo = tenant.branding.logo_url
        if logo is None or logo.startswith(("https://", "http://")):
            return logo
        try:
            return self.addresses.school_url(tenant.subdomain, logo)
        except ValueError:
            return None

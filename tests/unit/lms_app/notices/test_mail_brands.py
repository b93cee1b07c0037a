"""Whose mail it is."""

from dataclasses import replace

import pytest

from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.mail_template import MailContent, render_mail
from lms_app.schools.addresses import PublicAddresses
from lms_domain.schools.branding import Branding
from tests.contracts.samples import a_tenant

BRANDS = MailBrands(PublicAddresses("https://lms.example", "lms.example"), "Brain LMS")
CONTENT = MailContent(subject="Hello", greeting="Hello,", paragraphs=("A mail.",))


@pytest.mark.parametrize(
    ("logo", "shown"),
    [
        (None, None),
        ("/media/public/abc", "https://green.lms.example/media/public/abc"),
        ("https://cdn.example/logo.png", "https://cdn.example/logo.png"),
        ("//evil.example/logo.png", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_school_shows_its_name_and_colours_and_its_logo_from_anywhere(logo: str | None, shown: str | None) -> None:
    branding = Branding(primary_color="#aabbcc", logo_url=logo)
    tenant = a_tenant(name="Green School", subdomain="green", locale="fr", branding=branding)
    brand = BRANDS.school(tenant)
    assert (brand.name, brand.home_url, brand.language) == ("Green School", "https://green.lms.example/", "fr")
    assert brand.branding == replace(branding, logo_url=shown)
    assert ("<img" in render_mail(brand, CONTENT).html) == (shown is not None)


def test_the_platform_has_its_own() -> None:
    mail = render_mail(BRANDS.platform(), CONTENT)
    assert "Brain LMS · https://lms.example/" in mail.text

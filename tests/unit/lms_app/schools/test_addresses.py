"""Links of this installation."""

import pytest

from lms_app.schools.addresses import PublicAddresses

PUBLIC = PublicAddresses("https://lms.example", "lms.example")
LOCAL = PublicAddresses("http://localhost:8000", "localhost")


def test_every_site_has_its_address() -> None:
    assert PUBLIC.platform_url() == "https://lms.example/"
    assert PUBLIC.school_url("green", "/reset?token=a%20b") == "https://green.lms.example/reset?token=a%20b"
    assert PUBLIC.domain_url("learn.green.example") == "https://learn.green.example/"
    assert LOCAL.platform_url("/login") == "http://localhost:8000/login"
    assert LOCAL.school_url("demo") == "http://demo.localhost:8000/"


def test_the_platforms_domain_counts_and_not_the_host_of_the_public_url() -> None:
    assert PublicAddresses("https://127.0.0.1:8443", "lms.example").platform_url() == "https://lms.example:8443/"


@pytest.mark.parametrize("path", ["", "login", "//evil.example", "/\\evil.example", "https://evil.example"])
def test_no_path_leads_to_another_site(path: str) -> None:
    with pytest.raises(ValueError, match="path"):
        PUBLIC.school_url("green", path)


@pytest.mark.parametrize("url", ["", "lms.example", "ftp://lms.example", "https://", "https://u:p@x", "http://x:99999"])
def test_what_is_no_site_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PublicAddresses(url, "lms.example")

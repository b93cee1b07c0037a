"""Schools' own host names: which may be claimed, and how a claim is proven."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.schools.custom_domain import GRACE, MAX_HOSTNAME, DomainStatus, TenantDomain, check_hostname
from lms_domain.schools.host import CustomDomain, parse_host

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLATFORM = "lms.example.org"
DOMAIN = TenantDomain(
    id=UUID(int=1),
    tenant_id=UUID(int=2),
    hostname="learn.school.org",
    status=DomainStatus.PENDING,
    token="s3cr3t",
    created_at=NOW,
    verified_at=None,
)


@pytest.mark.parametrize(
    ("value", "hostname"),
    [
        ("learn.school.org", "learn.school.org"),
        (" Learn.School.ORG. ", "learn.school.org"),
        ("school.org", "school.org"),
        ("faß.school.de", "xn--fa-hia.school.de"),  # not fass: that is somebody else's
        ("BÜCHER.example.com", "xn--bcher-kva.example.com"),
        ("学校。com", "xn--48s290a.com"),
        ("xn--bcher-kva.com", "xn--bcher-kva.com"),
        ("1and1.com", "1and1.com"),
        ("notlms.example.org", "notlms.example.org"),
        ("example.org", "example.org"),
    ],
)
def test_names_that_a_school_may_claim(value: str, hostname: str) -> None:
    assert check_hostname(value, platform_domain=PLATFORM) == hostname


@pytest.mark.parametrize(
    "value",
    [
        "", ".", "school", "localhost", "a.localhost", "printer.local", "db.internal", "x.test", "x.onion",
        "192.168.0.1", "1.2.3.4", "2130706433", "0x7f.1", "foo.0x7f", "[::1]", "::1", "fe80::1%eth0",
        "school.org:443", "https://school.org", "school.org/path", "user@school.org", "*.school.org", "a b.org",
        "under_score.org", "-a.org", "a-.org", "a..org", "a.o", "\x00.org", "\ud800.org", "a\u200d.org", "💥.org",
        "evil.org\r\nHost: x.org", "x" * 64 + ".org", ("x" * 60 + ".") * 4 + "org",
    ],
)  # fmt: skip
def test_names_that_nobody_may_claim(value: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_hostname(value, platform_domain=PLATFORM)
    assert [(error.field, error.code) for error in refused.value.errors] == [("hostname", "invalid")]


@pytest.mark.parametrize("value", [PLATFORM, "LMS.example.org.", "green.lms.example.org", "a.b.ｌms.example.org"])
def test_the_names_of_the_platform_are_its_own(value: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_hostname(value, platform_domain=PLATFORM)
    assert refused.value.errors[0].code == "reserved"


@settings(max_examples=100, deadline=None)
@given(st.text("abXßéΣ学ⅧＡ0-.。_ \u0301\u200d", max_size=30), st.sampled_from([".org", ".ORG.", ".қаз", ""]))
def test_what_is_accepted_is_a_name_that_requests_can_come_for(name: str, end: str) -> None:
    try:
        hostname = check_hostname(name + end, platform_domain=PLATFORM)
    except InvalidInput:
        return
    assert len(hostname) <= MAX_HOSTNAME
    assert parse_host(hostname, platform_domain=PLATFORM) == CustomDomain(hostname)
    assert check_hostname(hostname, platform_domain=PLATFORM) == hostname


def test_the_dns_proves_a_claim() -> None:
    assert DOMAIN.txt_name == "_brain-lms.learn.school.org"
    verified = DOMAIN.verify(["v=spf1 -all", f" {DOMAIN.txt_value} "], now=NOW)
    assert verified == replace(DOMAIN, status=DomainStatus.VERIFIED, verified_at=NOW)
    assert verified.verify([DOMAIN.txt_value], now=NOW + timedelta(days=1)) == verified


@pytest.mark.parametrize("records", [[], [""], ["s3cr3t"], ["brain-lms-verification=other"]])
def test_nothing_else_proves_it(records: list[str]) -> None:
    with pytest.raises(Conflict) as refused:
        DOMAIN.verify(records, now=NOW)
    assert refused.value.code == "domain_not_verified"


def test_a_domain_cannot_be_verified_at_no_time() -> None:
    with pytest.raises(InvalidInput):
        replace(DOMAIN, status=DomainStatus.VERIFIED)
    with pytest.raises(InvalidInput):
        replace(DOMAIN, verified_at=NOW)


def test_a_proof_may_be_missing_for_a_week() -> None:
    proven = DOMAIN.verify([DOMAIN.txt_value], now=NOW)
    records = [DOMAIN.txt_value]
    assert proven.proven_again(records, now=NOW + GRACE) == proven
    missing = proven.proven_again([], now=NOW)
    assert (missing.status, missing.missing_since) == (DomainStatus.VERIFIED, NOW)
    last = NOW + GRACE - timedelta(seconds=1)
    assert missing.proven_again(["other"], now=last) == missing
    assert missing.proven_again(records, now=last) == proven
    assert missing.verify(records, now=last) == proven
    lost = missing.proven_again([], now=NOW + GRACE)
    assert lost == DOMAIN
    assert lost.verify(records, now=NOW + GRACE).verified_at == NOW + GRACE


def test_only_a_verified_domain_misses_its_proof() -> None:
    with pytest.raises(InvalidInput):
        replace(DOMAIN, missing_since=NOW)

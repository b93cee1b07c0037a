"""What every DnsResolver does."""

import pytest

from lms_app.ports.dns_resolver import DnsResolver, DnsUnavailable

RECORDS: dict[str, tuple[str, ...]] = {
    "_brain-lms.school.example": ("brain-lms=abc123",),
    "two.school.example": ("v=spf1 -all", "brain-lms=with spaces \"and\" \\ quotes"),
    "long.school.example": ("brain-lms=" + "x" * 700,),
    "empty.school.example": ("",),
    "xn--bcher-kva.example": ("bücher",),
}  # fmt: skip
"""What the world of the contract says."""


class DnsResolverContract:
    """Over a resolver that finds ``RECORDS`` and nothing else. A subclass gives the fixture."""

    @pytest.fixture
    async def resolver(self) -> DnsResolver:
        """See above."""
        raise NotImplementedError

    @pytest.mark.parametrize("name", RECORDS)
    async def test_finds_every_record_as_one_text(self, resolver: DnsResolver, name: str) -> None:
        assert sorted(await resolver.txt(name)) == sorted(RECORDS[name])

    async def test_upper_and_lower_case_are_one(self, resolver: DnsResolver) -> None:
        assert sorted(await resolver.txt("TWO.School.Example")) == sorted(RECORDS["two.school.example"])

    @pytest.mark.parametrize(
        "name",
        [
            "nobody.example",
            "school.example",
            "example",
            "a..b",
            "x" * 64 + ".example",
            ("x" * 60 + ".") * 5 + "example",
        ],
        ids=["none", "no such record", "top", "empty label", "long label", "long name"],
    )
    async def test_what_is_not_there_is_empty(self, resolver: DnsResolver, name: str) -> None:
        assert await resolver.txt(name) == ()


class BrokenDnsResolverContract:
    """Over a resolver without an answer. A subclass gives the fixture."""

    @pytest.fixture
    async def broken(self) -> DnsResolver:
        """A resolver out of order."""
        raise NotImplementedError

    async def test_no_answer_is_not_an_empty_answer(self, broken: DnsResolver) -> None:
        with pytest.raises(DnsUnavailable):
            await broken.txt("_brain-lms.school.example")

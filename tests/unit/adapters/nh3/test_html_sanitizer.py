"""nh3 under its contract."""

import pytest

from adapters.nh3.html_sanitizer import Nh3HtmlSanitizer
from tests.contracts.html_sanitizer import HtmlSanitizerContract


class TestNh3HtmlSanitizer(HtmlSanitizerContract):
    @pytest.fixture
    def sanitizer(self) -> Nh3HtmlSanitizer:
        return Nh3HtmlSanitizer()

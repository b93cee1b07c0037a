"""Colours that can be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.schools.contrast import TEXT_RATIO, contrast_ratio, readable_on, text_on

COLORS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#1d4ed8", "#ffffff", 6.7),
        ("#abcdef", "#abcdef", 1),
    ],
)
def test_the_ratio_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast_ratio(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast_ratio(one, other) == contrast_ratio(other, one)


@settings(max_examples=100)
@given(COLORS, COLORS)
def test_text_can_be_read_on_whatever_a_school_chooses(background: str, color: str) -> None:
    assert contrast_ratio(text_on(background), background) >= TEXT_RATIO
    shown = readable_on(background, color)
    assert contrast_ratio(shown, background) >= TEXT_RATIO
    if contrast_ratio(color, background) >= TEXT_RATIO:
        assert shown == color


def test_a_pale_colour_becomes_a_darker_neighbour_and_not_black() -> None:
    assert readable_on("#ffffff", "#ffd700") not in {"#ffd700", "#000000"}

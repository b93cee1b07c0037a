"""What people type, made fit to keep."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_domain.errors import InvalidInput
from lms_domain.text import clean_line, clean_text, display_filename


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Hello", "Hello"),
        ("  Hello \t\n world\u00a0! ", "Hello world !"),
        ("e\u0301t\u00e9", "été"),
        ("北京 学校", "北京 学校"),
        ("नमस्ते", "नमस्ते"),
        ("👩‍🏫 teaches", "👩‍🏫 teaches"),
        ("\U0001fae8 shaking", "\U0001fae8 shaking"),
        ("می‌خواهم", "می‌خواهم"),
        ("<b>", "<b>"),
    ],
)
def test_a_line(typed: str, kept: str) -> None:
    assert clean_line(typed, field="title", max_length=50) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        (" \t\r\n\u00a0\u2003", "required"),
        ("x" * 51, "too_long"),
        ("a\x00b", "invalid"),
        ("a\x1bb", "invalid"),
        ("a\x7fb", "invalid"),
        ("a\u0080b", "invalid"),
        ("a\ud83db", "invalid"),
        ("a\ue000b", "invalid"),
        ("a\uffffb", "invalid"),
        ("a\ufdd0b", "invalid"),
    ],
)
def test_no_line(typed: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        clean_line(typed, field="title", max_length=50)
    assert (refused.value.errors[0].field, refused.value.errors[0].code) == ("title", code)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  \n ", ""),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("a\tb", "a\tb"),
        ("  indented\n  more", "indented\n  more"),
        ("e\u0301", "é"),
    ],
)
def test_several_lines(typed: str, kept: str) -> None:
    assert clean_text(typed, field="description", max_length=50) == kept


@pytest.mark.parametrize(("typed", "code"), [("x" * 51, "too_long"), ("a\x00", "invalid"), ("a\x0b\x0cb", "invalid")])
def test_no_lines(typed: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        clean_text(typed, field="description", max_length=50)
    assert refused.value.errors[0].code == code


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("lecture.mp4", "lecture.mp4"),
        ("Вводная лекция №1.mp4", "Вводная лекция №1.mp4"),
        ("C:\\Users\\Ada\\Videos\\lecture.mp4", "lecture.mp4"),
        ("/home/ada/lecture.mp4", "lecture.mp4"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\evil.mp4", "evil.mp4"),
        ("a/b\\c.mp4", "c.mp4"),
        ("folder/", ""),
        ("", ""),
        ("lec\r\nture\x00.mp4", "lecture.mp4"),
        ("cod\u202e4pm.exe", "cod4pm.exe"),
        ("a\u2028b\u2029c", "abc"),
        ("  two   words .mp4 ", "two words .mp4"),
        ("x" * 300, "x" * 255),
        ("e\u0301.mp4", "é.mp4"),
        ("\ud83d.mp4", ".mp4"),
    ],
)
def test_a_file_name_is_only_shown(sent: str, shown: str) -> None:
    assert display_filename(sent) == shown


@given(typed=st.text(max_size=300))
def test_what_is_kept_stays_as_it_is(typed: str) -> None:
    name = display_filename(typed)
    assert "/" not in name
    assert "\\" not in name
    assert len(name) <= 255
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in name)
    for clean in (clean_line, clean_text):
        try:
            kept = clean(typed, field="title", max_length=300)
        except InvalidInput:
            continue
        assert clean(kept, field="title", max_length=300) == kept
        assert "\x00" not in kept

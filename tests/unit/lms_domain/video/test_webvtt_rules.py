"""Captions: nothing that was heard can end a cue or be taken for markup."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_domain.video.transcript import Segment, full_text
from lms_domain.video.webvtt import escape, render, timestamp

CUE = re.compile(r"(\d+)\n(\d\d+:\d\d:\d\d\.\d{3}) --> (\d\d+:\d\d:\d\d\.\d{3})\n([^\n]+)\n")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "00:00:00.000"),
        (0.0004, "00:00:00.000"),
        (0.0006, "00:00:00.001"),
        (0.9996, "00:00:01.000"),
        (59.9999, "00:01:00.000"),
        (61.5, "00:01:01.500"),
        (3599.9996, "01:00:00.000"),
        (3661.001, "01:01:01.001"),
        (360_000.25, "100:00:00.250"),
    ],
)
def test_timestamps(seconds: float, text: str) -> None:
    assert timestamp(seconds) == text


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("Hello.", "Hello."),
        ("a --> b", "a --&gt; b"),
        ("00:00:00.000 --> 99:00:00.000", "00:00:00.000 --&gt; 99:00:00.000"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<v Ada>hi</v>", "&lt;v Ada&gt;hi&lt;/v&gt;"),
        ("a & b &amp; c", "a &amp; b &amp;amp; c"),
        ("one\n\ntwo", "one two"),
        ("one\r\n\r\nNOTE two", "one NOTE two"),
        ("\u2028a\u2029b\x85c\x0bd", "a b c d"),
        ("  WEBVTT  ", "WEBVTT"),
    ],
)
def test_escaping(heard: str, written: str) -> None:
    assert escape(heard) == written


def test_a_file() -> None:
    segments = [Segment(0.0, 1.25, " Hello. "), Segment(1.25, 2.5, "a --> b")]
    assert render(segments) == (
        "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.250\nHello.\n\n2\n00:00:01.250 --> 00:00:02.500\na --&gt; b\n"
    )
    assert full_text(segments) == "Hello. a --> b"


def test_silence() -> None:
    assert render([]) == "WEBVTT\n"
    assert full_text([]) == ""


HEARD = st.text(min_size=1, max_size=60).filter(str.strip)


@given(texts=st.lists(HEARD, max_size=6))
def test_there_are_as_many_cues_as_were_heard_and_each_says_what_was_heard(texts: list[str]) -> None:
    segments = [Segment(number * 2.0, number * 2.0 + 1.5, text) for number, text in enumerate(texts)]
    file = render(segments)
    header, _, body = file.partition("\n")
    assert header == "WEBVTT"
    blocks = [block + "\n" for block in body.removeprefix("\n").removesuffix("\n").split("\n\n")] if texts else []
    assert len(blocks) == len(texts)
    for number, (block, text) in enumerate(zip(blocks, texts, strict=True), start=1):
        cue = CUE.fullmatch(block)
        assert cue is not None, block
        assert int(cue[1]) == number
        assert "-->" not in cue[4]
        assert "<" not in cue[4]
        assert cue[4] == escape(text)
    assert file.count("-->") == len(texts)


@pytest.mark.parametrize(
    ("start", "end"),
    [(-0.1, 1), (1, 1), (2, 1), (math.nan, 1), (0, math.nan), (0, math.inf), (-math.inf, 0), (math.inf, math.inf)],
)
def test_a_segment_ends_after_it_starts(start: float, end: float) -> None:
    with pytest.raises(ValueError, match="end after"):
        Segment(start, end, "text")


@pytest.mark.parametrize("text", ["", " ", "\n\t\u2003"])
def test_a_segment_has_text(text: str) -> None:
    with pytest.raises(ValueError, match="text"):
        Segment(0, 1, text)

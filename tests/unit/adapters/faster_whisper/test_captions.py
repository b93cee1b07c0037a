"""From words to segments that people read."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.faster_whisper.captions import MAX_SECONDS, MAX_WIDTH, Word, make_segments
from adapters.faster_whisper.inventions import Heard, is_invented, without_loops
from lms_domain.video.transcript import full_text


def spoken(text: str, *, start: float = 0.0, each: float = 0.3) -> list[Word]:
    """Every word lasts ``each`` seconds, without a pause."""
    words = text.split()
    return [Word(start + each * n, start + each * (n + 1), f" {word}") for n, word in enumerate(words)]


def texts(words: list[Word], duration: float = 1000.0) -> list[str]:
    return [segment.text for segment in make_segments(words, duration)]


class TestSentences:
    def test_one_segment_each(self) -> None:
        assert texts(spoken("Where am I going? How am I going? Where to next?")) == [
            "Where am I going?",
            "How am I going?",
            "Where to next?",
        ]

    def test_abbreviations_and_initials_end_none(self) -> None:
        assert texts(spoken("Dr. Mary B. Rowe waited e.g. three seconds.")) == [
            "Dr. Mary B. Rowe waited e.g. three seconds."
        ]

    def test_a_pause_ends_one(self) -> None:
        assert texts([*spoken("ask not"), *spoken("what your country", start=5.0)]) == ["ask not", "what your country"]

    def test_times_are_those_of_the_words(self) -> None:
        segment = make_segments(spoken("One two.", start=2.0), 10.0)[0]
        assert (segment.start, segment.end) == (2.0, 2.6)


class TestLongSentences:
    def test_cut_after_a_comma(self) -> None:
        sentence = (
            "Formative assessment is the practice of gathering evidence of learning during a lesson, "
            "so that the teacher can change what happens next."
        )
        parts = texts(spoken(sentence, each=0.2))
        assert parts[-1] == "so that the teacher can change what happens next."
        assert " ".join(parts) == sentence

    def test_not_after_a_short_word(self) -> None:
        sentence = (
            "Every student answers short questions in the last five minutes of the lesson before leaving the room."
        )
        for part in texts(spoken(sentence, each=0.1))[:-1]:
            assert len(part.split()[-1]) > 3

    def test_slow_speech_is_cut_by_time(self) -> None:
        segments = make_segments(spoken("one two three four five six", each=3.0), 60.0)
        assert all(segment.end - segment.start <= MAX_SECONDS for segment in segments)

    def test_wide_signs_count_twice(self) -> None:
        words = [Word(n * 0.1, n * 0.1 + 0.1, "評") for n in range(60)]
        assert all(len(part) <= MAX_WIDTH // 2 for part in texts(words))

    def test_a_word_of_two_parts_stays_whole(self) -> None:
        words = [word for n in range(30) for word in (Word(n, n + 0.3, " class"), Word(n + 0.3, n + 0.6, "room"))]
        assert all("class room" not in part and part.startswith("classroom") for part in texts(words))


word_lists = st.lists(
    st.builds(
        Word,
        start=st.floats(0, 60),
        end=st.floats(0, 60),
        text=st.sampled_from([" a", " word", " end.", ",", " ", "", " 評価", " question?", " a\nb", " x" * 60]),
    ),
    max_size=40,
)


@given(word_lists, st.floats(0.1, 50))
def test_whatever_was_heard_the_segments_are_sound(words: list[Word], duration: float) -> None:
    segments = make_segments(words, duration)
    for segment in segments:
        assert 0 <= segment.start < segment.end <= duration + 0.001
        assert "\n" not in segment.text
    for before, after in pairwise(segments):
        assert before.end <= after.start


@given(st.lists(st.sampled_from(["a", "word", "end.", "question?", "comma,"]), min_size=1, max_size=80))
def test_no_word_is_lost(words: list[str]) -> None:
    assert full_text(make_segments(spoken(" ".join(words)), 1000.0)) == " ".join(words)


class TestLoops:
    def test_a_phrase_that_goes_on_and_on_is_said_once(self) -> None:
        words = spoken("So. " + "How am I going? " * 12 + "The end.")
        assert "".join(word.text for word in without_loops(words)) == " So. How am I going? The end."

    def test_a_loop_of_sentences(self) -> None:
        verse = "The first strategy is to clarify. The second strategy is to discuss. "
        assert len(without_loops(spoken(verse * 5))) == len(verse.split())

    def test_one_word_on_and_on(self) -> None:
        assert len(without_loops(spoken("the " * 50 + "end"))) == 2

    @pytest.mark.parametrize(
        "text",
        [
            "No, no, no, I mean it.",
            "It is very, very, very important.",
            "What do we want? What do we want?",
            "Again and again and again.",
            "1 2 3 4 5 6 7 8 9 10",
        ],
    )
    def test_people_may_repeat_themselves(self, text: str) -> None:
        assert len(without_loops(spoken(text))) == len(text.split())

    @given(word_lists)
    def test_nothing_is_added_or_moved(self, words: list[Word]) -> None:
        kept = iter(words)
        assert all(any(word is candidate for candidate in kept) for word in without_loops(words))


class TestInventions:
    @pytest.mark.parametrize(
        ("silence", "sureness", "invented"),
        [
            (0.1, -0.2, False),
            (0.9, -0.2, False),  # quiet, but sure
            (0.85, -0.94, True),  # "Thank you." at the end of many recordings
            (0.3, -0.9, False),
            (0.1, -1.5, True),
        ],
    )
    def test_silence_and_sureness_decide(self, silence: float, sureness: float, invented: bool) -> None:
        assert is_invented(Heard((), silence, sureness)) is invented

"""Few questions rather than bad ones: each about something else, from all over the video."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.learning.question_choice import MAX_NUMBER_QUESTIONS, choose
from lms_domain.learning.question_draft import DraftEvidence, QuestionDraft
from lms_domain.learning.quiz import QuestionKind, QuestionOrigin


def draft(
    second: int, key: str, confidence: float = 0.5, prompt: str = "What is meant?", quote: str = ""
) -> QuestionDraft:
    return QuestionDraft(
        kind=QuestionKind.SHORT_ANSWER,
        prompt=prompt,
        key=key,
        evidence=(DraftEvidence(0, 0, float(second), second + 5.0, quote or f"Sentence at {second}."),),
        rule="definition",
        confidence=confidence,
        origin=QuestionOrigin.RULES,
    )


def keys(*drafts: QuestionDraft, wanted: int = 8) -> list[str]:
    return [chosen.key for chosen in choose(drafts, count=wanted)]


def test_the_best_of_every_part_comes_before_the_second_best_of_one() -> None:
    crowd = [draft(second, f"crowd {second}", 0.9 - second / 100) for second in range(4)]
    late = draft(100, "late", 0.1)
    assert keys(*crowd, late, wanted=2) == ["crowd 0", "late"]
    assert keys(late, *crowd, wanted=3) == ["crowd 0", "crowd 1", "late"]


def test_one_for_each_sentence_and_key_and_none_that_tells_another() -> None:
    assert keys(draft(0, "Wait Time", 0.9), draft(50, "wait time")) == ["Wait Time"]
    assert keys(draft(0, "wait time", 0.9, quote="Same."), draft(50, "pause", quote="same.")) == ["wait time"]
    telling = draft(50, "pause", prompt="What does (wait-time) or wait time mean?")
    assert keys(draft(0, "wait time", 0.9), telling) == ["wait time"]
    assert keys(draft(0, "wait", 0.9), draft(50, "pause", prompt="Who waits?")) == ["wait", "pause"]


def test_a_quiz_is_not_about_figures() -> None:
    figures = [draft(second, f"{second} percent", 0.9 - second / 1000) for second in (10, 20, 30, 40)]
    assert keys(*figures, draft(5, "wait time", 0.1)) == ["wait time", "10 percent", "20 percent"]


def test_nothing_of_nothing() -> None:
    assert choose(()) == ()
    assert keys(draft(0, "wait time"), wanted=0) == []


drafts = st.lists(
    st.builds(
        draft,
        st.integers(0, 600),
        st.sampled_from(["exit ticket", "wait time", "40 percent", "12", "3 seconds", "cold calling", "entry task"]),
        st.floats(0, 1),
    ),
    max_size=15,
)


@settings(max_examples=80, deadline=None)
@given(drafts, st.integers(0, 8))
def test_what_is_chosen(offered: list[QuestionDraft], wanted: int) -> None:
    chosen = choose(offered, count=wanted)
    assert len(chosen) <= wanted
    assert set(chosen) <= set(offered)
    starts = [one.evidence[0].start for one in chosen]
    assert starts == sorted(starts)
    assert len({one.key for one in chosen}) == len({one.evidence[0].quote for one in chosen}) == len(chosen)
    assert sum(any(c.isdecimal() for c in one.key) for one in chosen) <= MAX_NUMBER_QUESTIONS
    assert choose(offered, count=wanted) == chosen
    if offered and wanted:
        best = max(offered, key=lambda one: one.confidence)
        assert max(one.confidence for one in chosen) == best.confidence
    if len({one.key for one in offered}) > 1:
        assert keys(*[replace(one, evidence=one.evidence) for one in offered], wanted=wanted) == [c.key for c in chosen]

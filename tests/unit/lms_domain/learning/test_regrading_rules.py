"""Mending questions and grading again: what it reaches, and that nobody loses by it."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.errors import Conflict, InvalidInput, NotFound
from lms_domain.learning.attempt import AttemptState, QuizAttempt, begin_attempt
from lms_domain.learning.grading import Answer, OptionAnswer, TextAnswer, Verdict, grade_question, reads_the_same
from lms_domain.learning.mending import Mend, asks_the_same, mend_versions
from lms_domain.learning.quiz import McqQuestion, Quiz, QuizState, Review, ShortAnswerQuestion
from lms_domain.learning.regrading import compare, regrade_all, snapshot
from tests.unit.lms_domain.learning.quiz_samples import ADMIN, NOW, a_quiz, a_short_answer, an_mcq

MCQ, TYPED, OPEN_ENDED = an_mcq(1), a_short_answer(2, "wait time"), a_short_answer(3)
QUIZ = a_quiz(MCQ, TYPED, OPEN_ENDED)
LATER = NOW + timedelta(hours=1)
WORDS = ("wait time", "thinking time", "the silence", "")


def copy_of(quiz: Quiz, **changes: object) -> Quiz:
    """The next version, as an editor copies it."""
    questions = tuple(replace(each, id=UUID(int=each.id.int + 100)) for each in quiz.questions)
    values = {"id": UUID(int=1003), "version": 2, "state": QuizState.DRAFT, **changes}
    return replace(quiz, **values).with_questions(questions, now=NOW)  # type: ignore[arg-type]  # of one test


def attempt_of(quiz: Quiz, person: int, answers: dict[UUID, Answer], now: datetime = NOW) -> QuizAttempt:
    attempt = begin_attempt(quiz, (), attempt_id=UUID(int=5000 + person), user_id=UUID(int=person), seed=1, now=now)
    attempt.submit(quiz, answers, now=now)
    return attempt


def answers_with(option: int, typed: str, why: str) -> dict[UUID, Answer]:
    said: dict[UUID, Answer] = {MCQ.id: OptionAnswer(UUID(int=10 + option))} if option < 3 else {}
    return said | {each.id: TextAnswer(text) for each, text in ((TYPED, typed), (OPEN_ENDED, why)) if text}


def test_a_mend_reaches_every_copy_with_the_same_key_and_no_other() -> None:
    other_key = copy_of(QUIZ.with_question(replace(TYPED, accepted_answers=("silence",)), now=NOW))
    copy = copy_of(QUIZ)
    mended = mend_versions((QUIZ, copy), TYPED.id, Mend(accepted_answers=("silence", "silence", "pause")), now=LATER)
    assert {question.id for question in mended.questions} == {UUID(int=2), UUID(int=102)}
    for quiz in mended.versions:
        (typed,) = [each for each in quiz.questions if each.id in {UUID(int=2), UUID(int=102)}]
        assert isinstance(typed, ShortAnswerQuestion)
        assert (typed.accepted_answers, typed.is_read) == (("silence", "pause"), False)
    assert len(mend_versions((QUIZ, other_key), TYPED.id, Mend(tolerance=1.0), now=LATER).questions) == 1
    # Options of a copy that was generated anew have other ids: what they say decides.
    again = tuple(replace(option, id=UUID(int=option.id.int + 900)) for option in MCQ.options)
    renewed = copy_of(QUIZ.with_question(replace(MCQ, options=again), now=NOW))
    chosen = mend_versions((QUIZ, renewed), MCQ.id, Mend(correct_option_id=UUID(int=11)), now=LATER)
    assert [each.correct_option.text for each in chosen.questions if isinstance(each, McqQuestion)] == ["wait time"] * 2
    withdrawn = mend_versions((QUIZ, copy), MCQ.id, Mend(is_withdrawn=True, reason="Unfair."), now=LATER)
    assert {(each.review, each.review_reason) for each in withdrawn.questions} == {(Review.REJECTED, "Unfair.")}
    assert not asks_the_same(MCQ, replace(MCQ, prompt="Another?"))
    assert not asks_the_same(a_short_answer(1), MCQ)


@pytest.mark.parametrize(
    ("question", "changes", "field"),
    [
        (MCQ, {"correct_option_id": UUID(int=99)}, "correct_option_id"),
        (MCQ, {"accepted_answers": ("x",)}, "accepted_answers"),
        (MCQ, {"more_accepted": ("x",)}, "accepted_answers"),
        (MCQ, {"tolerance": 1.0}, "tolerance"),
        (TYPED, {"correct_option_id": UUID(int=10)}, "correct_option_id"),
        (TYPED, {"accepted_answers": ()}, "accepted_answers"),
        (TYPED, {"accepted_answers": tuple(map(str, range(21)))}, "accepted_answers"),
    ],
)
def test_what_cannot_be_mended(
    question: McqQuestion | ShortAnswerQuestion, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        mend_versions((QUIZ,), question.id, Mend(**changes), now=LATER)  # type: ignore[arg-type]  # of one row
    assert refused.value.errors[0].field == field


def test_what_is_mended_is_said() -> None:
    Mend(is_withdrawn=True).must_say_something()
    with pytest.raises(InvalidInput):
        Mend().must_say_something()


def test_a_quiz_that_learners_meet_keeps_a_question() -> None:
    alone = a_quiz(MCQ)
    with pytest.raises(Conflict):
        mend_versions((alone,), MCQ.id, Mend(is_withdrawn=True), now=LATER)
    retired = replace(alone, state=QuizState.RETIRED)
    assert mend_versions((retired,), MCQ.id, Mend(is_withdrawn=True), now=LATER).questions
    with pytest.raises(NotFound):
        mend_versions((alone,), UUID(int=77), Mend(is_withdrawn=True), now=LATER)


def test_accepted_words_make_no_other_answer_wrong_where_a_person_reads() -> None:
    mended = Mend(more_accepted=("because",)).of(OPEN_ENDED)
    assert grade_question(mended, TextAnswer("Because!"), language="en") is Verdict.RIGHT
    assert grade_question(mended, TextAnswer("no idea"), language="en") is Verdict.NEEDS_REVIEW
    assert grade_question(mended, None, language="en") is Verdict.WRONG
    assert reads_the_same("The Wait-time!", "wait time", language="en")
    assert not reads_the_same("?", "!", language="en")


def test_what_becomes_of_people() -> None:
    people = [
        attempt_of(QUIZ, 1, answers_with(0, "thinking time", "")),
        attempt_of(QUIZ, 2, answers_with(0, "thinking time", "why not")),
        attempt_of(QUIZ, 3, answers_with(1, "x", "")),
    ]
    unfinished = begin_attempt(QUIZ, (), attempt_id=UUID(int=6000), user_id=UUID(int=4), seed=1, now=NOW)
    before = snapshot([*people, unfinished])
    people[1].decide(QUIZ, OPEN_ENDED.id, is_right=True, by=ADMIN, now=LATER)
    mended = mend_versions((QUIZ,), TYPED.id, Mend(more_accepted=("thinking time",)), now=LATER)
    graded = regrade_all(mended.versions, [*people, unfinished], frozenset({TYPED.id}), now=LATER)
    regrading = compare(before, [*people, unfinished])
    assert len(graded) == 3
    assert {each.user_id.int for each in regrading.people} == {1, 2}
    assert (regrading.scores_raised, regrading.newly_graded, regrading.newly_passed) == (1, 1, 1)
    first, second = regrading.people
    assert (first.score_before, first.score, first.passes_now) == (33.3, 66.6, False)
    assert (second.score_before, second.score, second.score_of_waiting, second.passes_now) == (None, 100.0, 100.0, True)
    assert (people[2].graded_at, people[2] in regrading.changed) == (NOW, False), "nothing changed for them"
    assert not compare(before, before).changed


def test_taking_a_decision_back_costs_what_the_question_is_worth_and_no_more() -> None:
    quiz = a_quiz(MCQ, TYPED)
    attempt = attempt_of(quiz, 1, {MCQ.id: OptionAnswer(UUID(int=10)), TYPED.id: TextAnswer("wait time")})
    harder = quiz.with_question(replace(MCQ, options=Mend(correct_option_id=UUID(int=11)).of(MCQ).options), now=NOW)  # type: ignore[union-attr]  # it stays a choice
    attempt.regrade(harder, now=LATER)
    assert (attempt.score, attempt.passed) == (100.0, True), "by the key of today it would be 50"
    attempt.decide(harder, MCQ.id, is_right=True, by=ADMIN, now=LATER)
    assert (attempt.score, attempt.passed) == (100.0, True)
    attempt.decide(harder, MCQ.id, is_right=False, by=ADMIN, now=LATER)
    assert (attempt.score, attempt.passed) == (50.0, False)
    attempt.decide(harder, MCQ.id, is_right=True, by=ADMIN, now=LATER)
    assert (attempt.score, attempt.passed) == (100.0, True)


mends = st.one_of(
    st.builds(lambda n: (MCQ.id, Mend(correct_option_id=UUID(int=10 + n))), st.integers(0, 2)),
    st.builds(
        lambda words: (TYPED.id, Mend(accepted_answers=tuple(words))),
        st.lists(st.sampled_from(WORDS[:3]), min_size=1, unique=True),
    ),
    st.builds(
        lambda words: (OPEN_ENDED.id, Mend(accepted_answers=tuple(words))),
        st.lists(st.sampled_from(WORDS[:3]), min_size=1, unique=True),
    ),
    st.builds(lambda question: (question.id, Mend(is_withdrawn=True)), st.sampled_from((MCQ, TYPED, OPEN_ENDED))),
)


@settings(max_examples=60, deadline=None)
@given(
    people=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(WORDS), st.sampled_from(WORDS)), max_size=4),
    decisions=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3), st.booleans()), max_size=4),
    steps=st.lists(mends, max_size=5),
)
def test_nobody_ever_loses_and_decisions_hold(
    people: list[tuple[int, str, str]], decisions: list[tuple[int, int, bool]], steps: list[tuple[UUID, Mend]]
) -> None:
    attempts = [attempt_of(QUIZ, n, answers_with(*said)) for n, said in enumerate(people)]
    decided = {}
    for person, number, is_right in decisions:
        if person < len(attempts):
            attempts[person].decide(QUIZ, UUID(int=number), is_right=is_right, by=ADMIN, now=NOW)
            decided[person, UUID(int=number)] = is_right
    versions: tuple[Quiz, ...] = (QUIZ,)
    for question_id, mend in steps:
        before = snapshot(attempts)
        try:
            mended = mend_versions(versions, question_id, mend, now=LATER)
        except Conflict:
            continue  # It was the last question.
        versions = mended.versions
        regrade_all(versions, attempts, frozenset(each.id for each in mended.questions), now=LATER)
        for old, new in zip(before, attempts, strict=True):
            assert (new.score or 0.0) >= (old.score or 0.0)
            assert bool(new.passed) >= bool(old.passed)
            assert (old.state, new.state) != (AttemptState.GRADED, AttemptState.SUBMITTED)
            assert new.state is not AttemptState.GRADED or not new.waiting
            assert new.answers == old.answers
        for (person, asked), is_right in decided.items():
            mark = attempts[person].marks.get(asked)
            assert mark is None or (mark.verdict is Verdict.RIGHT) == is_right
